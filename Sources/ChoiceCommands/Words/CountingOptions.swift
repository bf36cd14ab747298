internal import ArgumentParser
import SocialChoice

/// What `tally` and `rank` ask in the same words.
struct CountingOptions: ParsableArguments {
  @OptionGroup var ties: TieBreakOptions
  @Option(
    name: [.customLong("work-limit"), .customLong("steps")],
    help: ArgumentHelp(
      """
      How much work may be spent: tally: steps of max-welfare, counts of add-one (5000000); rank: steps on outcomes of ties, Kemeny orders and \
      committees (100000000). Older spelling: --steps.
      """, valueName: "steps"))
  var workLimit: Int?
  @Flag(help: "Refuse a file in which anything is odd.") var strict = false
  @Flag(help: "Print JSON.") var json = false

  init() {}

  func limit(orElse usual: Int) throws -> Int {
    guard workLimit ?? usual >= 1 else { throw Misuse(reason: "--work-limit is at least 1") }
    return workLimit ?? usual
  }
}
