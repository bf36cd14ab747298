import Foundation

/// The outcome for people: a table with a bar.
struct TallyTable {
  let text: String

  init(_ report: TallyReport) {
    var lines: [String] = []
    let completion = report.completion.map { $0 == "none" ? "" : ", then \($0)" } ?? ""
    let isProven = report.welfare?.optimal ?? true
    let doubt = isProven ? "" : ", not proven best (the work limit was reached)"
    let projects = Plural.of(report.winners.count, "project")
    lines.append("\(report.rule)\(completion)\(doubt): \(projects) for \(report.cost.text) of \(report.budget.text)")
    lines.append("")
    let widest = report.trace.map(\.project.count).max() ?? 0
    let amounts = (report.trace.map(\.cost.text.count).max() ?? 0)
    for round in report.trace {
      let columns = [
        round.project.padded(to: widest), round.cost.text.leftPadded(to: amounts), Self.bar(round.cost, of: report.budget),
        round.name.shortened(to: 70),
      ]
      lines.append(columns.joined(separator: "  "))
      lines.append("\("".padded(to: widest))  \(round.why)")
    }
    if let raised = report.raised { lines += ["", Self.sentence(raised)] }
    if let welfare = report.welfare {
      lines += [
        "",
        welfare.optimal
          ? "No choice \(welfare.certificates == nil ? "" : "within the parts ")is worth more: the proof has \(Plural.of(welfare.certificateNodes, "part"))."
          : "The best found is worth \(welfare.texts.value); that none is worth more than \(welfare.texts.bound) is proven.",
      ]
    }
    let isDecided = report.welfare?.tieBreakDecided ?? true
    for tie in report.ties {
      let taken = isDecided ? "\(report.tieBreak) took \(tie.chosen)" : "taken was \(tie.chosen)"
      lines.append("Tie in round \(tie.round): \(tie.projects.joined(separator: ", ")); \(taken).")
    }
    if isProven, !isDecided { lines.append("Which of the choices worth as much \(report.tieBreak) puts first was not found within the work limit.") }
    // Where the best is not known nothing is known of its equals.
    if isProven, !report.tiesEnumerated { lines.append("Ties: not enumerated (work limit): other projects may be level as well.") }
    if !report.losers.isEmpty { lines += ["", "Not funded:"] }
    let losers = report.losers.map(\.project.count).max() ?? 0
    for loss in report.losers { lines.append("\(loss.project.padded(to: losers))  \(loss.words)") }
    lines += Self.indicators(report)
    text = lines.joined(separator: "\n")
  }

  private static func sentence(_ raised: TallyReport.Raised) -> String {
    let end =
      switch raised.end {
      case "exhausted": "nothing more fits"
      case "wouldOverspend": "one more would overspend"
      default: "the work limit was reached"
      }
    return "Everyone was given \(raised.added) more; then \(end)."
  }

  private static func indicators(_ report: TallyReport) -> [String] {
    let indicators = report.indicators
    guard indicators.people > 0 else { return [] }
    var lines = [
      "",
      "Funded projects that people had named (\(Plural.of(indicators.people, "person", "people")), "
        + "\(String(format: "%.1f", indicators.exclusionRatio * 100)) % none):",
    ]
    let most = indicators.satisfied.max() ?? 1
    for (count, people) in indicators.satisfied.enumerated() {
      let length = most == 0 ? 0 : people * 30 / most
      lines.append("\(String(count).leftPadded(to: 3))  \(String(repeating: "█", count: length).padded(to: 30))  \(people)")
    }
    lines += parts("By theme", indicators.themes) + parts("By district", indicators.districts)
    if !indicators.efforts.isEmpty { lines += ["", "Cost for each person who named the project:"] }
    let ids = indicators.efforts.map(\.project.count).max() ?? 0
    let efforts = indicators.efforts.map { $0.perSupporter.map { String(format: "%.2f", $0) } ?? "-" }
    let widest = efforts.map(\.count).max() ?? 0
    for (effort, figure) in zip(indicators.efforts, efforts) {
      let people = effort.supporters == 0 ? "nobody" : Plural.of(effort.supporters, "person", "people")
      lines.append("\(effort.project.padded(to: ids))  \(figure.leftPadded(to: widest))  \(people)")
    }
    return lines
  }

  /// A line for each theme or district; none where the file has none.
  private static func parts(_ title: String, _ parts: [TallyReport.Indicators.Part]) -> [String] {
    guard !parts.isEmpty else { return [] }
    let names = parts.map { $0.name.shortened(to: 70) }
    let (widest, spent) = (names.map(\.count).max() ?? 0, parts.map(\.spent.text.count).max() ?? 0)
    let (funded, projects) = (parts.map { "\($0.funded)".count }.max() ?? 0, parts.map { "\($0.projects)".count }.max() ?? 0)
    return ["", "\(title): projects funded, money spent of what they asked, how often people named them:"]
      + zip(names, parts).map { name, part in
        let count = "\("\(part.funded)".leftPadded(to: funded)) of \("\(part.projects)".leftPadded(to: projects))"
        let money = "\(part.spent.text.leftPadded(to: spent)) of \(part.asked.text)"
        return "\(name.padded(to: widest))  \(count)  \(money), \(Plural.of(part.mentions, "time"))"
      }
  }

  private static func bar(_ cost: Amount, of budget: Amount) -> String {
    let length = budget.smallest == 0 ? 0 : Int(Double(cost.smallest) / Double(budget.smallest) * 20 + 0.5)
    return String(repeating: "█", count: min(20, length)).padded(to: 20)
  }
}
