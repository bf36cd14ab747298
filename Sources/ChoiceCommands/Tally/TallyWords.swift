import ChoiceFiles
import Foundation
import SocialChoice

/// Rounds and reasons in English.
struct TallyWords {
  let file: PabulibFile
  let election: BudgetElection
  let rule: BudgetRule
  /// The projects of parts in which the work limit ended the search for the best choice.
  let unproven: Set<Int>
  /// Whether the best choice is that of each part of a budget by districts.
  let isParted: Bool
  /// How many people named each project.
  private let named: [Int]

  init(file: PabulibFile, election: BudgetElection, rule: BudgetRule, unproven: Set<Int> = [], isParted: Bool = false) {
    (self.file, self.election, self.rule, self.unproven, self.isParted) = (file, election, rule, unproven, isParted)
    var named = [Int](repeating: 0, count: election.projects.count)
    let ballots = election.ballots
    for ballot in 0..<ballots.count { for place in ballots.named(ballot) { named[Int(ballots.choices[place])] += ballots.weights[ballot] } }
    self.named = named
  }

  func amount(_ value: Int) -> Amount { Amount(smallest: value, places: file.places, text: file.amount(value)) }

  private func id(_ project: Int) -> String { election.projects[project].id }

  /// Short figures for prices and loads.
  static func figure(_ value: Double) -> String {
    if value.isInfinite { return "without end" }
    let digits = value.magnitude >= 100 ? 0 : value.magnitude >= 1 ? 2 : 6
    return String(format: "%.\(digits)f", value)
  }

  /// Values of all ballots together, in currency, approvals or points.
  func value(of value: some BinaryInteger) -> Double { Double(value) / Double(valueUnit) }

  /// How many smallest units of value make one of currency, approvals or points.
  var valueUnit: Int {
    switch rule {
    case .maximumWelfare(.cost): election.unit
    case .maximumWelfare(.points), .greedy(.points, _), .equalShares(.points, .addOneGreedy): election.pointUnit
    default: 1
    }
  }

  /// A value as a number for people: whole where it is.
  func shown(_ number: some BinaryInteger) -> String {
    let rounded = value(of: number)
    if rounded.magnitude < 1e15 { return Figures.bar(rounded) }
    // Beyond what a double tells apart.
    return Figures.decimal(Int128(number), unit: valueUnit)
  }

  /// What a greedy rule goes by, with its value.
  private func greedy(_ value: Int, perCost: Bool) -> String {
    let each: (one: String, many: String)
    switch rule {
    case .greedy(.points, _), .equalShares(.points, _): each = ("point", "points")
    case .greedy(.borda, _), .equalShares(.borda, _): each = ("point by rank", "points by rank")
    default: each = ("approval", "approvals")
    }
    let figure = shown(value)
    let counted = "\(figure) \(figure == "1" ? each.one : each.many)"
    // Where a project is worth its cost, its value for each unit of cost is the number of approvals.
    switch rule {
    case .greedy(.cost, _), .equalShares(.cost, _): return "\(counted), in the order of \(each.many)"
    default: return perCost ? "\(counted), in the order of \(each.many) per cost" : counted
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
      return with("greedy", greedy(value, perCost: perCost)) { $0.value = self.value(of: value) }
    case .bought(let price, let inFull, let emptied, let coverage):
      let part = coverage < 1 ? ", covering \(String(format: "%.1f", coverage * 100)) %" : ""
      let spent = emptied > 0 ? ", \(emptied) \(emptied == 1 ? "gives" : "give") all they have left" : ""
      let full = "\(inFull) \(inFull == 1 ? "pays" : "pay") it in full"
      return with("bought", "price \(Self.figure(price / priceUnit)) per unit of satisfaction; \(full)\(spent)\(part)") {
        ($0.price, $0.paidInFull, $0.emptied, $0.coverage) = (price / priceUnit, inFull, emptied, coverage)
      }
    case .load(let load):
      return with("load", load.isInfinite ? "\(noSupport(round.project)); money was left" : "each supporter carries \(Self.figure(load / unit))") {
        $0.load = load.isInfinite ? nil : load / unit
      }
    case .optimum(let value): return with("optimum", "value \(shown(value)) with those above") { $0.value = self.value(of: value) }
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
    case .aboveBudget, .abovePart: "above_budget"
    case .unaffordable: "unaffordable"
    case .supportersShort: "supporters_short"
    case .conflict: "conflict"
    case .ended: "ended"
    case .belowOptimum: "below_optimum"
    case .tied, .tiedOpen: "tied"
    case .perhapsTied: "perhaps_tied"
    }
  }

  func numbers(_ reason: BudgetLoss.Reason) -> TallyReport.Loss.Numbers {
    switch reason {
    case .noSupport, .tied, .tiedOpen: .init()
    case .aboveBudget(let missing), .unaffordable(let missing): .init(missing: amount(missing))
    case .abovePart(let missing, let budget, let district): .init(missing: amount(missing), budget: amount(budget), district: district)
    case .supportersShort(let money): .init(left: amount(money))
    case .conflict(let other), .ended(let other): .init(opponent: id(other))
    case .belowOptimum(let optimum, let atMost), .perhapsTied(let optimum, let atMost): .init(best: value(of: optimum), atMost: value(of: atMost))
    }
  }

  /// Why a project is worth nothing to all ballots together.
  private func noSupport(_ project: Int) -> String {
    let people = named[project]
    if people == 0 { return "nobody named it" }
    let those = people == 1 ? "the one who named it" : "the \(people) who named it"
    switch rule {
    case .greedy(.points, _), .equalShares(.points, _), .boundedOverspending(.points), .maximumWelfare(.points):
      return "\(those) gave it no points above 0"
    case .phragmen where election.ballots.hasPoints: return "\(those) gave it no points above 0"
    case .greedy(.borda, _), .equalShares(.borda, _), .boundedOverspending(.borda), .maximumWelfare(.borda):
      return "\(those) ranked it last, which is worth 0"
    case .greedy(.cost, _), .equalShares(.cost, _), .boundedOverspending(.cost), .maximumWelfare(.cost):
      return "it costs nothing, and by this measure is worth what it costs"
    default: return "it is worth nothing to \(those)"
    }
  }

  func sentence(_ loss: BudgetLoss) -> String {
    switch loss.reason {
    case .belowOptimum, .tied, .tiedOpen, .perhapsTied: isParted ? "in its part \(words(loss))" : words(loss)
    default: words(loss)
    }
  }

  private func words(_ loss: BudgetLoss) -> String {
    let cost = election.projects[loss.project].cost
    return switch loss.reason {
    case .noSupport: noSupport(loss.project)
    case .aboveBudget(let missing): "it alone costs \(file.amount(missing)) more than the whole budget"
    case .abovePart(let missing, let budget, let district?):
      "it alone costs \(file.amount(missing)) more than the \(file.amount(budget)) of its district, \(district)"
    case .abovePart(let missing, let budget, nil):
      "it alone costs \(file.amount(missing)) more than the \(file.amount(budget)) that the districts leave"
    case .unaffordable(let missing): "\(file.amount(missing)) were missing in the budget left"
    case .supportersShort(let money):
      "in the end its supporters had less than \(file.amount(money + 1)) left of the \(file.amount(cost)) it costs"
    case .conflict(let winner): "it excludes \(id(winner)), which is funded"
    case .ended(let stopper): "the rule ended before its turn, when \(id(stopper)) was next and did not fit"
    case .belowOptimum(let optimum, let atMost):
      if unproven.contains(loss.project), atMost < optimum {
        "any choice with it is worth at most \(shown(atMost)), the one found \(shown(optimum))"
      } else if unproven.contains(loss.project) {
        "the choice found, worth \(shown(optimum)), does without it; one with it may be worth up to \(shown(atMost))"
      } else if atMost < optimum {
        "any choice with it is worth at most \(shown(atMost)), the best \(shown(optimum))"
      } else {
        "the best choice, worth \(shown(optimum)), does without it"
      }
    case .tied: "another choice with it is worth as much; the tie-break decided"
    case .tiedOpen: "another choice with it is worth as much; the work limit ended the search for the one that the tie-break puts first"
    case .perhapsTied(let optimum, _):
      "the choice taken, worth \(shown(optimum)), does without it; whether another with it is worth as much was not found within the work limit"
    }
  }

  static func fault(_ fault: BudgetFault, rule: String) -> String {
    switch fault {
    case .wrongBallots(let needed, let found): "the rule \(rule) needs \(needed); the ballots of this file are of the kind \(found.rawValue)"
    case .mandatoryInConflict: "two mandatory projects exclude each other"
    case .mandatoryTooExpensive: "the mandatory projects cost more than the budget"
    case .mandatoryAbovePart(let district?): "the mandatory projects of the district \(district) cost more than its part of the budget"
    case .mandatoryAbovePart(nil): "the mandatory projects of no district with a part cost more than what the districts leave"
    case .unknownDistrict(let name): "no project is of the district \(name), or it is named twice"
    case .districtsTooExpensive: "the districts' parts are more than the budget"
    case .conflictAcrossDistricts: "projects of different districts exclude each other, so the districts cannot be counted apart"
    case .tooLarge: "the numbers are too large to be counted exactly"
    default: "the election cannot be counted (\(fault))"
    }
  }
}
