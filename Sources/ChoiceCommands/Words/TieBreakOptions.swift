internal import ArgumentParser
import SocialChoice

/// What every command that decides asks of equals.
struct TieBreakOptions: ParsableArguments {
  @Option(
    name: [.customLong("tie-break"), .customLong("ties")],
    help: ArgumentHelp(
      """
      How equals are told apart: first (candidates as they stand in the file, projects by the bytes of their ids; also written lexicographic), \
      cheapest (projects only), or seed, a public draw by --seed; seed:TEXT says both. Older spelling: --ties.
      """, valueName: "order"))
  var tieBreak = "first"
  @Option(help: "The public seed of --tie-break seed.") var seed: String?

  init() {}

  /// The order among equals.
  ///
  /// - Parameter hasCosts: whether what is counted has costs.
  /// - Throws: ``Misuse``, also for a seed that would go unused.
  func order(hasCosts: Bool) throws -> TieBreak {
    let (word, text) = tieBreak.hasPrefix("seed:") ? ("seed", String(tieBreak.dropFirst(5))) : (tieBreak, nil)
    if text != nil, seed != nil { throw Misuse(reason: "the seed is given twice: after --tie-break seed: and with --seed") }
    switch word {
    case "seed", "seeded":
      guard let chosen = text ?? seed, !chosen.isEmpty else { throw Misuse(reason: "--tie-break seed needs --seed TEXT, or seed:TEXT") }
      return .seeded(chosen)
    case _ where seed != nil: throw Misuse(reason: "--seed goes with --tie-break seed, not with \(word)")
    case "first", "lexicographic": return .lexicographic
    case "cheapest" where hasCosts: return .cheapest
    case "cheapest": throw Misuse(reason: "--tie-break cheapest is for projects; candidates have no cost")
    default: throw Misuse(reason: "--tie-break \(word) is not known: first, \(hasCosts ? "cheapest, " : "")seed, or seed:TEXT")
    }
  }
}
