import ChoiceFiles
import Foundation
import SocialChoice

/// Rounds and reasons in English.
struct TallyWords {
  let file: PabulibFile
  let election: BudgetElection
  let rule: BudgetRule

  func amount(_ value: Int) -> Amount { Amount(smallest: value, places: file.places, text: file.amount(value)) }

  private func id(_ project: Int) -> String { election.projects[project].id }

  /// Short figures for prices and loads.
  static func figure(_ value: Double) -> String {
    if value.isInfinite { return "without end" }
    let digits = value.magnitude >= 100 ? 0 : value.magnitude >= 1 ? 2 : 6
    return String(format: "%.\(digits)f", value)
  }

  /// Values of all ballots together, in currency, approvals or points.
  func value(of value: Int) -> Double {
    switch rule {
    case .maximumWelfare(.cost): Double(value) / Double(election.unit)
    case .maximumWelfare(.points): Double(value) / Double(election.pointUnit)
    default: Double(value)
    }
  }

  func round(_ round: BudgetRound) -> TallyReport.Round {
    let project = election.projects[round.project]
    let unit = Double(election.unit)
    var report = TallyReport.Round(
      project: project.id, name: project.name, cost: amount(project.cost), left: amount(round.left), step: "", why: "")
    func with(_ step: String, _ why: String, change: (inout TallyReport.Round) -> Void = { _ in }) -> TallyReport.Round {
      report = TallyReport.Round(project: project.id, name: project.name, cost: report.cost, left: report.left, step: step, why: why)
      change(&report)
      return report
    }
    switch round.step {
    case .mandatory: return with("mandatory", "funded before the count")
    case .free: return with("free", "costs nothing")
    case .greedy(let value, let perCost):
      return with("greedy", "value \(value)\(perCost ? ", in the order of value per cost" : "")") { $0.value = Double(value) }
    case .bought(let price, let inFull, let emptied, let coverage):
      let part = coverage < 1 ? ", covering \(String(format: "%.1f", coverage * 100)) %" : ""
      let spent = emptied > 0 ? ", \(emptied) give all they have left" : ""
      return with("bought", "price \(Self.figure(price / priceUnit)) per unit of satisfaction; \(inFull) pay it in full\(spent)\(part)") {
        ($0.price, $0.paidInFull, $0.emptied, $0.coverage) = (price / priceUnit, inFull, emptied, coverage)
      }
    case .load(let load):
      return with("load", load.isInfinite ? "nobody named it; money was left" : "each supporter carries \(Self.figure(load / unit))") {
        $0.load = load.isInfinite ? nil : load / unit
      }
    case .optimum(let value): return with("optimum", "value \(value) with those above") { $0.value = Double(value) }
    }
  }

  /// Prices are shown in currency for one unit of satisfaction: of money spent, an approval, a point or a rank.
  private var priceUnit: Double {
    switch rule {
    case .equalShares(.cost, _), .boundedOverspending(.cost): 1
    case .equalShares(.points, _), .boundedOverspending(.points): Double(election.unit) / Double(election.pointUnit)
    default: Double(election.unit)
    }
  }

  func key(_ reason: BudgetLoss.Reason) -> String {
    switch reason {
    case .noSupport: "no_support"
    case .aboveBudget: "above_budget"
    case .unaffordable: "unaffordable"
    case .supportersShort: "supporters_short"
    case .conflict: "conflict"
    case .ended: "ended"
    case .belowOptimum: "below_optimum"
    case .tied: "tied"
    }
  }

  func numbers(_ reason: BudgetLoss.Reason) -> TallyReport.Loss.Numbers {
    switch reason {
    case .noSupport, .tied: .init()
    case .aboveBudget(let missing), .unaffordable(let missing): .init(missing: amount(missing))
    case .supportersShort(let money): .init(left: amount(money))
    case .conflict(let other), .ended(let other): .init(opponent: id(other))
    case .belowOptimum(let optimum, let atMost): .init(best: value(of: optimum), atMost: value(of: atMost))
    }
  }

  func sentence(_ reason: BudgetLoss.Reason, cost: Int) -> String {
    switch reason {
    case .noSupport: "nobody named it"
    case .aboveBudget(let missing): "it alone costs \(file.amount(missing)) more than the whole budget"
    case .unaffordable(let missing): "\(file.amount(missing)) were missing in the budget left"
    case .supportersShort(let money): "its supporters had \(file.amount(money)) left of the \(file.amount(cost)) it costs"
    case .conflict(let winner): "it excludes \(id(winner)), which is funded"
    case .ended(let stopper): "the rule ended before its turn, when \(id(stopper)) was next and did not fit"
    case .belowOptimum(let optimum, let atMost):
      atMost < optimum ? "any choice with it is worth at most \(atMost), the best \(optimum)" : "the best choice, worth \(optimum), does without it"
    case .tied: "another choice with it is worth as much; the tie-break decided"
    }
  }

  static func fault(_ fault: BudgetFault, rule: String) -> String {
    switch fault {
    case .wrongBallots(let needed, let found): "the rule \(rule) needs \(needed); the ballots of this file are of the kind \(found.rawValue)"
    case .mandatoryInConflict: "two mandatory projects exclude each other"
    case .mandatoryTooExpensive: "the mandatory projects cost more than the budget"
    case .unknownDistrict(let name): "no project is of the district \(name), or it is named twice"
    case .districtsTooExpensive: "the districts' parts are more than the budget"
    case .conflictAcrossDistricts: "projects of different districts exclude each other, so the districts cannot be counted apart"
    case .tooLarge: "the numbers are too large to be counted exactly"
    default: "the election cannot be counted (\(fault))"
    }
  }
}
