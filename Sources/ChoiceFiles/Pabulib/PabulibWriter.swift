package import SocialChoice

/// Writes Pabulib files: UTF-8, line feeds, quotes only where a field needs them. What a reader kept is written again.
package enum PabulibWriter {
  package static func bytes(_ file: PabulibFile) -> [UInt8] {
    var text: [String] = ["META", "key;value"]
    text += file.meta.map { row([$0.key, $0.value]) }
    text.append("PROJECTS")
    text.append(row(file.projectColumns))
    text += file.projectRows.map(row)
    text.append("VOTES")
    text.append(row(file.voteColumns))
    let names = file.voteColumns.map { $0.lowercased() }
    let (vote, points) = (names.firstIndex(of: "vote"), names.firstIndex(of: "points"))
    for (ballot, kept) in file.voteRows.enumerated() {
      var fields = kept
      let range = file.election.ballots.named(ballot)
      if let vote { fields[vote] = file.election.ballots.choices[range].map { file.election.projects[Int($0)].id }.joined(separator: ",") }
      if let points { fields[points] = marks(file, ballot: ballot, range) }
      text.append(row(fields))
    }
    return Array(text.joined(separator: "\n").utf8) + [0x0A]
  }

  /// Rankings have points in some files: the places, counted from below.
  private static func marks(_ file: PabulibFile, ballot: Int, _ range: Range<Int>) -> String {
    let ballots = file.election.ballots
    let places = file.pointPlaces
    if ballots.hasPoints { return ballots.points[range].map { PabulibNumber.text($0, places: places) }.joined(separator: ",") }
    return ballots.kind == .ranking ? range.indices.map { String(range.upperBound - $0) }.joined(separator: ",") : ""
  }

  private static func row(_ fields: [String]) -> String { fields.map(quoted).joined(separator: ";") }

  private static func quoted(_ field: String) -> String {
    let special: Set<UInt8> = [UInt8(ascii: ";"), UInt8(ascii: "\""), 0x0A, 0x0D]
    guard field.utf8.contains(where: special.contains) else { return field }
    // Byte by byte: a quote with a combining mark behind it is no quote to `Character`.
    return "\"" + String(decoding: field.utf8.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }, as: UTF8.self) + "\""
  }
}

extension PabulibFile {
  /// A file of an election that was never one: what the format asks for, and nothing else.
  ///
  /// - Parameter meta: `description`, `country`, `unit`, `instance` and others; counts, budget and kind are added.
  package init(_ election: BudgetElection, meta: [Entry] = []) {
    let types: [BudgetBallotKind: String] = [.approval: "approval", .points: "cumulative", .scores: "scoring", .ranking: "ordinal"]
    self.init(
      meta: meta, projectColumns: ["project_id", "cost", "name", "category", "district"], projectRows: [],
      voteColumns: election.ballots.hasPoints ? ["voter_id", "vote", "points"] : ["voter_id", "vote"], voteRows: [], election: election,
      rules: BallotRules(),
      remarks: [], breaches: [])
    self.meta += [
      Entry("num_projects", String(election.projects.count)), Entry("num_votes", String(election.ballots.count)),
      Entry("budget", amount(election.budget)), Entry("vote_type", types[election.ballots.kind] ?? "approval"),
    ]
    if election.ballots.weights.contains(where: { $0 != 1 }) { voteColumns.append("weight") }
    projectRows = election.projects.map { [$0.id, amount($0.cost), $0.name, $0.categories.joined(separator: ","), $0.district ?? ""] }
    let blanks = [String](repeating: "", count: voteColumns.count - 1)
    voteRows = (0..<election.ballots.count).map { ballot in
      var row = [String(ballot + 1)] + blanks
      if voteColumns.last == "weight" { row[row.count - 1] = String(election.ballots.weights[ballot]) }
      return row
    }
  }
}
