internal import SocialChoice

/// The JSON of `isegoria opinions`; keys in snake case, explained in `docs/algorithms/opinion-map.md`.
struct OpinionDocument: Encodable {
  var participants = 0
  var statements = 0
  var votes = 0
  var leftOut: [String] = []
  var groups = [String: Int]()
  var certainty = [String: Double]()
  var positions = [String: [Double]]()
  var placedOnly: [String] = []
  var groupSizes: [Int] = []
  var explainedVariance: [Double] = []
  var numberOfGroups: Number?
  var representative = [String: [Representative]]()
  var consensus: [Consensus] = []

  struct Number: Encodable {
    let chosen: Int
    let rule: String
    /// What `--number` said; nil where a rule decided.
    let asked: Int?
    /// Only where it is less than what was asked for.
    let mostPossible: Int?
    let bySilhouette: Int
    let silhouettes: [String: Double]
    let byStability: Int?
    let stability: [String: Trial]?

    struct Trial: Encodable {
      let agreement: Double
      let byChance: Double
    }

    init(_ number: GroupNumber) {
      chosen = number.chosen
      rule =
        switch number.rule {
        case .silhouette: "silhouette"
        case .stability: "stability"
        case .fixed: "fixed"
        }
      if case .fixed(let count) = number.rule { asked = count } else { asked = nil }
      mostPossible = asked.flatMap { $0 > number.chosen ? number.mostPossible : nil }
      bySilhouette = number.bySilhouette
      silhouettes = Dictionary(uniqueKeysWithValues: number.silhouettes.enumerated().map { (String($0 + 2), $1) })
      byStability = number.stability?.best
      stability = number.stability.map { found in
        Dictionary(uniqueKeysWithValues: found.trials.map { (String($0.groups), Trial(agreement: $0.agreement, byChance: $0.byChance)) })
      }
    }
  }

  struct Representative: Encodable {
    let statement: String
    let text: String?
    let side: String
    let successes: Int
    let trials: Int
    let probability: Double
    let probabilityTest: Double
    let representativeness: Double
    let representativenessTest: Double
    let bestAgreement: Bool

    init(_ found: RepresentativeStatement, name: (Int) -> String, text: (Int) -> String?) {
      statement = name(found.statement)
      self.text = text(found.statement)
      side = found.side.rawValue
      successes = found.successes
      trials = found.trials
      probability = found.probability
      probabilityTest = found.probabilityTest
      representativeness = found.representativeness
      representativenessTest = found.representativenessTest
      bestAgreement = found.isBestAgreement
    }
  }

  struct Counts: Encodable {
    let agree: Int
    let disagree: Int
    let pass: Int

    init(_ count: OpinionCount) {
      agree = count.agree
      disagree = count.disagree
      pass = count.pass
    }
  }

  struct Consensus: Encodable {
    let statement: String
    let text: String?
    let groupInformed: Double
    let agreementFloor: Double
    let leastAgreeingGroup: Int
    let divisiveness: Double
    let innerDivisiveness: Double
    let counts: Counts
    let countsByGroup: [Counts]

    init(_ found: StatementConsensus, _ groups: [OpinionCount], name: (Int) -> String, text: (Int) -> String?) {
      statement = name(found.statement)
      self.text = text(found.statement)
      groupInformed = found.groupInformed
      agreementFloor = found.agreementFloor
      leastAgreeingGroup = found.leastAgreeing
      divisiveness = found.divisiveness
      innerDivisiveness = found.innerDivisiveness
      counts = Counts(found.count)
      countsByGroup = groups.map(Counts.init)
    }
  }
}
