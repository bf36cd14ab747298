internal import ChoiceFiles
internal import Foundation
internal import SocialChoice

/// An opinion map with the names of its people and statements, as JSON and as a table.
struct OpinionReport {
  private let map: OpinionMap
  private let matrix: OpinionMatrix
  private let votes: PolisVotes
  private let texts: [String: String]
  private let out: [String]

  init(_ votes: PolisVotes, _ statements: PolisStatements?, options: OpinionMap.Options) {
    self.votes = votes
    texts = statements?.texts ?? [:]
    let isOut = votes.statements.map { statements?.moderatedOut.contains($0) ?? false }
    out = zip(votes.statements, isOut).filter(\.1).map(\.0)
    matrix = OpinionMatrix(votes.votes, participants: votes.participants.count, statements: votes.statements.count)
    map = OpinionMap(matrix, leavingOut: isOut, options: options)
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let document = OpinionDocument(
      map: map, votes: matrix.votes, participants: votes.participants, statements: votes.statements, texts: votes.statements.indices.map(text),
      leftOut: out)
    return String(decoding: try encoder.encode(document), as: UTF8.self)
  }

  private func name(_ statement: Int) -> String { votes.statements[statement] }
  private func text(_ statement: Int) -> String? { texts[votes.statements[statement]].flatMap { $0.isEmpty ? nil : $0 } }

  func table() -> String {
    var lines: [String] = []
    let people = Plural.of(votes.participants.count, "person", "people")
    let dimensions = "\(people), \(Plural.of(votes.statements.count, "statement")), \(Plural.of(matrix.votes, "vote"))"
    lines.append(out.isEmpty ? dimensions : "\(dimensions); \(Plural.of(out.count, "statement")) left out by moderation")
    let shares = map.axes.explainedVariance.map { percent($0) }
    lines.append("The two axes show \(shares[0]) and \(shares[1]) of all difference.")
    lines.append(numberLine)
    let most = max(1, map.sizes.max() ?? 1)
    for (group, size) in map.sizes.enumerated() {
      lines += ["", "Group \(group)  \(bar(Double(size) / Double(most), 30)) \(size)"]
      for statement in map.representative[group] { lines.append(representativeLine(statement)) }
    }
    if !map.sizes.isEmpty { lines += agreedLines }
    if map.sizes.count > 1 {
      lines += ["", "Most divisive (chance that people of two groups take opposite sides)"]
      for statement in map.consensus.sorted(by: { ($0.divisiveness, -$0.statement) > ($1.divisiveness, -$1.statement) }).prefix(5) {
        lines.append("  \(bar(statement.divisiveness, 20)) \(percent(statement.divisiveness).leftPadded(to: 7))  \(titled(statement.statement))")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Passing counts half in the measure, so that the counts stand beside it; where a group has nobody who agrees, not all groups agree.
  private var agreedLines: [String] {
    let agreed = map.consensus.filter { statement in map.counts.allSatisfy { $0[statement.statement].agree > 0 } }
    guard !agreed.isEmpty else { return ["", "Most agreed by all groups: no statement has somebody who agrees in every group."] }
    let measure = "agreeing counts 1, passing ½: the least that is sure in the least agreeing group; agree/disagree/pass"
    var lines = ["", "Most agreed by all groups (\(measure))"]
    for statement in agreed.sorted(by: { ($0.agreementFloor, -$0.statement) > ($1.agreementFloor, -$1.statement) }).prefix(5) {
      let counts = "\(statement.count.agree)/\(statement.count.disagree)/\(statement.count.pass)"
      let floor = percent(statement.agreementFloor).leftPadded(to: 7)
      lines.append("  \(bar(statement.agreementFloor, 20)) \(floor)  \(counts)  \(titled(statement.statement))")
    }
    return lines
  }

  private var numberLine: String {
    let number = map.number
    let placed = zip(map.groupOf, map.drawsMap).count { $0 != nil && !$1 }
    let others = placed > 0 ? " \(Plural.of(placed, "person", "people")) with few answers \(placed == 1 ? "is" : "are") placed, not counted." : ""
    var reasons: [String] = []
    if case .fixed(let asked) = number.rule, asked > number.chosen {
      let places = "\(number.mostPossible) different \(number.mostPossible == 1 ? "place" : "places")"
      reasons.append("\(asked) were asked for, but people stand at only \(places) on the map")
    }
    reasons.append(
      number.silhouettes.isEmpty
        ? "there are no two different places to compare" : "by how well groups keep apart (silhouette) \(number.bySilhouette)")
    if let stability = number.stability {
      let found = stability.best > 1 ? "halves of the people find \(stability.best) again" : "halves of the people find no groups again"
      reasons.append(stability.trials.isEmpty ? "too few people, or places where they stand, to compare halves of them" : found)
    }
    return "\(Plural.of(number.chosen, "group")): \(reasons.joined(separator: "; ")).\(others)"
  }

  private func representativeLine(_ statement: RepresentativeStatement) -> String {
    let share = statement.trials > 0 ? Double(statement.successes) / Double(statement.trials) : 0
    let side = statement.side == .agree ? "agree   " : "disagree"
    return "  \(side) \(bar(share, 10)) \(statement.successes)/\(statement.trials)  \(titled(statement.statement))"
  }

  private func titled(_ statement: Int) -> String {
    guard let text = text(statement) else { return name(statement) }
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return "\(name(statement))  \(line.shortened(to: 90))"
  }

  private func bar(_ share: Double, _ width: Int) -> String {
    let eighths = Int((max(0, min(1, share)) * Double(width * 8)).rounded())
    let part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    let full = String(repeating: "█", count: eighths / 8) + part
    return full.padded(to: width)
  }

  private func percent(_ share: Double) -> String {
    let tenths = Int((share * 1_000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
