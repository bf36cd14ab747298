import ChoiceFiles
import SocialChoice

/// What `isegoria rank` prints.
struct RankPage {
  let rule: String
  /// How victories were measured; nil where the rule knows none.
  let strength: VictoryStrength?
  let file: BallotFile
  let tieBreak: String
  let report: RankReport
  let quorum: ThresholdVerdict?

  private var numbers: [Int] { file.candidates.map(\.number) }

  /// Stable keys, sorted; a part at a time.
  func writeJSON(to write: @escaping ([UInt8]) throws -> Void) throws { try TraceWriter.write(.object(document), numbers: numbers, to: write) }

  private var document: [String: TraceValue] {
    func ties(_ ties: [Tie]) -> TraceValue {
      .list(ties.map { .object(["round": .number($0.round), "options": .candidates($0.options), "chosen": .candidate($0.chosen)]) })
    }
    let numbers = numbers
    let losers = Dictionary(report.losers.map { ($0.candidate, $0.value) }) { _, last in last }
    var document: [String: TraceValue] = [
      "rule": .text(rule), "tie_break": .text(tieBreak), "winners": .candidates(report.winners), "chosen": .candidates(report.chosen),
      "ties": report.tiesEnumerated ? ties(report.ties) : .text("not enumerated"), "ties_met": ties(report.ties),
      "candidates": .byCandidate(file.candidates.map { .text($0.name) }),
      "losers": .object(Dictionary(uniqueKeysWithValues: losers.map { (String(numbers[$0.key]), $0.value) })),
      "trace": report.trace, "notes": .list((file.oddities + report.remarks).map { .text($0) }),
      "ranking": report.ranking.map { .list($0.map { .candidates($0) }) } ?? .null,
    ]
    if let committees = report.committees { document["committees"] = .list(committees.map { .candidates($0) }) }
    if let strength { document["strength"] = .text(strength.rawValue) }
    if let quorum {
      document["quorum"] = .object([
        "reached": .bool(quorum.isReached), "participants": .number(quorum.count), "needed": .number(quorum.needed),
      ])
    }
    return document
  }

  /// For people.
  func text() -> String {
    let names = file.candidates.map { "\($0.number) \($0.name)" }
    let doubt = report.isProven ? "" : ", not proven best (the work limit was reached)"
    var lines = ["\(rule)\(doubt): \(report.chosen.map { file.candidates[$0].name }.joined(separator: "; "))"]
    if report.winners.count > report.chosen.count {
      lines.append(
        "\(report.tiesEnumerated ? "if" : "found to win if") ties are left open: \(report.winners.map { file.candidates[$0].name }.joined(separator: "; "))"
      )
    }
    if report.isProven, !report.tiesEnumerated {
      lines.append("ties: not enumerated (work limit): others may win as well under another tie-break than \(tieBreak)")
    }
    lines += report.ties.map { tie in
      "tie in round \(tie.round): \(tie.options.map { file.candidates[$0].name }.joined(separator: "; ")); taken: \(file.candidates[tie.chosen].name)"
    }
    if let quorum {
      lines.append("quorum \(quorum.isReached ? "reached" : "NOT reached"): \(quorum.count) took part, \(quorum.needed) needed")
    }
    lines.append("")
    let width = min(40, names.map(\.count).max() ?? 0)
    let reasons = Dictionary(uniqueKeysWithValues: report.losers.map { ($0.candidate, $0.words) })
    let largest = report.figures?.values.max() ?? 0
    if let figures = report.figures { lines.append("place  candidate, \(figures.name)") }
    for (place, level) in (report.ranking ?? [report.chosen, report.losers.map(\.candidate)]).enumerated() {
      for candidate in level {
        let name = names[candidate].shortened(to: width)
        var line = "\(String(place + 1).leftPadded(to: 5))  \(name.padded(to: width))"
        if let value = report.figures?.values[candidate] {
          let bar = largest > 0 && value > 0 ? String(repeating: "█", count: Int((value / largest * 24).rounded())) : ""
          line += "  \(Figures.bar(value).leftPadded(to: 9))  \(bar)"
        }
        lines.append(line)
        if let reason = reasons[candidate] { lines.append("       \(reason)") }
      }
    }
    lines += (file.oddities + report.remarks).map { "note: \($0)" }
    return lines.joined(separator: "\n")
  }
}
