internal import ArgumentParser
internal import ChoiceFiles
internal import SocialChoice

/// `isegoria opinions votes.csv`: who stands where, in which groups, and what they hold.
struct OpinionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "opinions",
    abstract: "Map opinions: groups of people who answer alike, what sets each apart, and what all of them hold.",
    discussion: """
      votes.csv is what Polis exports: a row a vote, with comment-id, voter-id and vote (-1 disagree, 0 pass, 1 agree).
      The last row of a voter and comment counts. Statements whose row in comments.csv says moderated = -1 are left out.

      The same file and seed give the same map on any machine. Polis' own groups depend on who came first; these are the groups
      in which most of 32 to 128 orders of arrival, drawn by the seed until they are settled, put each person, with how many did.

      isegoria opinions votes.csv --statements comments.csv
      isegoria opinions votes.csv --number stability --json

      JSON: groups (participant: group), explained_variance, representative, consensus, certainty, positions, number_of_groups and more; each key is
      explained in docs/algorithms/opinion-map.md.

      \(ExitWords.line)
      """)

  @Argument(help: ArgumentHelp("The votes.", valueName: "votes.csv"))
  var votes: String

  @Option(help: ArgumentHelp("Texts and moderation of the statements.", valueName: "comments.csv"))
  var statements: String?

  @Option(
    help: ArgumentHelp(
      "How many groups: silhouette (how well groups keep apart; as Polis, 2 to 5), stability (what halves of the people find again), or a number.",
      valueName: "rule"))
  var number: String = "silhouette"

  @Option(help: "Draws the orders of arrival and the halves.")
  var seed: String = "isegoria"

  @Option(help: ArgumentHelp("How many orders of arrival; up to four times as many until the groups are settled.", valueName: "count"))
  var orders: Int = 32

  @Flag(help: "Refuse files in which anything is odd.")
  var strict = false

  @Flag(help: "For machines; the keys are explained in docs/algorithms/opinion-map.md.")
  var json = false

  func validate() throws {
    try Self.checking {
      guard rule != nil else {
        throw Misuse(reason: "--number is silhouette, stability or a number from 1 to \(GroupNumber.most), not “\(number)”")
      }
      guard (1...1_000).contains(orders) else { throw Misuse(reason: "--orders is from 1 to 1000") }
    }
  }

  private var rule: GroupNumber.Rule? {
    switch number {
    case "silhouette": .silhouette
    case "stability": .stability
    default: Int(number).flatMap { (1...GroupNumber.most).contains($0) ? .fixed($0) : nil }
    }
  }

  func run() throws {
    let patience = Patience("mapping \(votes)")
    defer { patience.end() }
    try Self.ending {
      let votes = try PolisVotes(InputFile.bytes(self.votes), file: self.votes)
      guard !votes.votes.isEmpty else { throw FileFault(file: self.votes, reason: "there are no votes, so that there is nothing to map") }
      let statements = try self.statements.map { try PolisStatements(InputFile.bytes($0), file: $0) }
      let remarks = votes.remarks + (statements?.remarks ?? [])
      if strict, let first = remarks.first { throw first }
      Complaint.note(remarks)
      if let statements { try compare(votes, statements) }
      let report = OpinionReport(votes, statements, options: options)
      print(try json ? report.json() : report.table())
    }
  }

  private func compare(_ votes: PolisVotes, _ statements: PolisStatements) throws {
    let unknown = votes.statements.filter { statements.texts[$0] == nil }
    guard let first = unknown.first else { return }
    let (those, they) =
      unknown.count == 1 ? ("a statement with votes is", "it is kept") : ("\(unknown.count) statements with votes are", "they are kept")
    let remark = FileFault(file: self.statements ?? "", reason: "\(those) not among the statements, the first is \(first); \(they)")
    if strict { throw remark }
    Complaint.note([remark])
  }

  private var options: OpinionMap.Options {
    var options = OpinionMap.Options()
    options.seed = seed
    options.orders = orders
    options.number = rule ?? .silhouette
    return options
  }
}
