import ChoiceFiles
import Foundation
import SocialChoice

/// An outcome with the names and amounts of the file: what the JSON holds.
struct TallyReport: Encodable {
  let winners: [String]
  let cost: Amount
  let budget: Amount
  let rule: String
  let completion: String?
  let tieBreak: String
  let trace: [Round]
  /// All that are open, or that they were not enumerated.
  let openTies: TieList
  /// Those that were met.
  let ties: [TieReport]
  let tiesEnumerated: Bool
  let losers: [Loss]
  let indicators: Indicators
  let raised: Raised?
  let welfare: Welfare?

  enum CodingKeys: String, CodingKey {
    case winners, cost, budget, rule, completion, trace, losers, indicators, raised, welfare
    case tieBreak = "tie_break"
    case openTies = "ties"
    case ties = "ties_met"
    case tiesEnumerated = "ties_enumerated"
  }

  struct Round: Encodable {
    let project: String
    let name: String
    let cost: Amount
    let left: Amount
    let step: String
    let why: String
    var value: Double?
    var price: Double?
    var paidInFull: Int?
    var emptied: Int?
    var coverage: Double?
    var load: Double?

    enum CodingKeys: String, CodingKey {
      case project, name, cost, left, step, why, value, price, emptied, coverage, load
      case paidInFull = "paid_in_full"
    }
  }

  struct TieReport: Encodable {
    let round: Int
    let projects: [String]
    let chosen: String
  }

  /// As `rank` prints it: the list, or a text where a work limit ended the search for further ties.
  enum TieList: Encodable {
    case all([TieReport])
    case notEnumerated

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .all(let ties): try container.encode(ties)
      case .notEnumerated: try container.encode("not enumerated")
      }
    }
  }

  struct Loss: Encodable {
    let project: String
    let name: String
    let cost: Amount
    let reason: String
    let words: String
    let numbers: Numbers

    /// The numbers of the reason; which ones there are hangs on it.
    struct Numbers: Encodable {
      var missing: Amount?
      /// Of the part of a budget by districts, and whose it is; no name for the projects of no such district.
      var budget: Amount?
      var district: String?
      var left: Amount?
      /// A project that is funded, or where the rule ended.
      var opponent: String?
      var best: Double?
      var atMost: Double?

      enum CodingKeys: String, CodingKey {
        case missing, budget, district, left, opponent, best
        case atMost = "at_most"
      }
    }
  }

  struct Raised: Encodable {
    let added: Int
    let counts: Int
    let end: String
  }

  struct Indicators: Encodable {
    let people: Int
    let excluded: Int
    let exclusionRatio: Double
    let satisfied: [Int]
    let meanSatisfied: Double
    let themes: [Part]
    let districts: [Part]
    let efforts: [Effort]

    struct Part: Encodable {
      let name: String
      let projects: Int
      let funded: Int
      let asked: Amount
      let spent: Amount
      let mentions: Int
    }

    struct Effort: Encodable {
      let project: String
      let supporters: Int
      let perSupporter: Double?

      enum CodingKeys: String, CodingKey {
        case project, supporters
        case perSupporter = "per_supporter"
      }
    }

    enum CodingKeys: String, CodingKey {
      case people, excluded, satisfied, themes, districts, efforts
      case exclusionRatio = "exclusion_ratio"
      case meanSatisfied = "mean_satisfied"
    }
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}

/// Money in the file's currency, exactly.
struct Amount: Encodable {
  let smallest: Int
  let places: Int
  let text: String

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let whole = Int(text) {
      try container.encode(whole)
    } else {
      try container.encode(Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")) ?? 0)
    }
  }
}

extension TallyReport {
  init(_ file: PabulibFile, _ election: BudgetElection, _ outcome: BudgetOutcome, rule: BudgetRule, completion: String, ties tieBreak: String) {
    let words = TallyWords(
      file: file, election: election, rule: rule, unproven: Welfare.unproven(outcome, election),
      isParted: !outcome.partCertificates.isEmpty)
    func id(_ project: Int) -> String { election.projects[project].id }
    winners = outcome.winners.map(id)
    cost = words.amount(outcome.cost)
    budget = words.amount(election.budget)
    self.rule = rule.name
    if case .equalShares = rule { self.completion = completion } else { self.completion = nil }
    self.tieBreak = tieBreak
    trace = outcome.trace.map { words.round($0) }
    ties = outcome.ties.map { TieReport(round: $0.round, projects: $0.options.map(id), chosen: id($0.chosen)) }
    openTies = outcome.tiesEnumerated ? .all(ties) : .notEnumerated
    tiesEnumerated = outcome.tiesEnumerated
    losers = outcome.losers.map { loss in
      let project = election.projects[loss.project]
      return Loss(
        project: project.id, name: project.name, cost: words.amount(project.cost), reason: words.key(loss.reason),
        words: words.sentence(loss), numbers: words.numbers(loss.reason))
    }
    indicators = Indicators(BudgetIndicators(election, winners: outcome.winners), words)
    raised = outcome.raised.map { Raised(added: $0.added, counts: $0.runs, end: $0.end.rawValue) }
    welfare = Welfare(outcome, words)
  }
}

extension TallyReport.Indicators {
  init(_ indicators: BudgetIndicators, _ words: TallyWords) {
    people = indicators.people
    excluded = indicators.excluded
    exclusionRatio = indicators.exclusionRatio
    satisfied = indicators.satisfied
    meanSatisfied = indicators.meanSatisfied
    func parts(_ parts: [BudgetIndicators.Part]) -> [Part] {
      parts.map {
        Part(
          name: $0.name, projects: $0.projects, funded: $0.funded, asked: words.amount($0.asked), spent: words.amount($0.spent), mentions: $0.mentions
        )
      }
    }
    themes = parts(indicators.themes)
    districts = parts(indicators.districts)
    efforts = indicators.efforts.map { effort in
      Effort(
        project: words.election.projects[effort.project].id, supporters: effort.supporters,
        perSupporter: effort.perSupporter.map { $0 / Double(words.election.unit) })
    }
  }
}
