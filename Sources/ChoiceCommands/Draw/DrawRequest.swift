internal import Foundation
internal import SocialChoice

/// What `isegoria draw` asks of its child process, as JSON on standard input.
struct DrawRequest: Codable {
  struct QuotaLine: Codable {
    let category: String
    let feature: String
    let min: Int
    let max: Int
  }
  let quotas: [QuotaLine]
  /// For each person the numbers of their quotas, and of their household or -1.
  let people: [[Int]]
  let households: [Int]
  let panelSize: Int
  let method: String
  let lotterySize: Int
  let seed: String
  let relax: Bool

  init(pool: SortitionPool, method: SortitionMethod, lotterySize: Int, seed: String, relax: Bool) {
    quotas = pool.quotas.map { QuotaLine(category: $0.category, feature: $0.feature, min: $0.minimum, max: $0.maximum) }
    people = pool.members.map(\.features)
    households = pool.members.map { $0.household ?? -1 }
    panelSize = pool.panelSize
    self.method = method.rawValue
    self.lotterySize = lotterySize
    self.seed = seed
    self.relax = relax
  }

  var pool: SortitionPool {
    SortitionPool(
      members: zip(people, households).map { PoolMember(features: $0.0, household: $0.1 < 0 ? nil : $0.1) },
      quotas: quotas.map { Quota(category: $0.category, feature: $0.feature, minimum: $0.min, maximum: $0.max) }, panelSize: panelSize)
  }
}

/// What the child answers, as JSON on standard output: a lottery, or why there is none.
struct DrawAnswer: Codable {
  struct Change: Codable {
    let category: String
    let feature: String
    let min: Int
    let max: Int
    let wasMin: Int
    let wasMax: Int
  }
  struct ChangeSize: Codable {
    /// By how many seats the quotas change, in all.
    let seats: Int
    /// No panel exists with fewer, the solver says.
    let atLeast: Int

    init(_ relaxation: QuotaRelaxation) { (seats, atLeast) = (relaxation.seats, relaxation.atLeast) }

    var isProvenSmallest: Bool { seats <= atLeast }

    var words: String {
      if isProvenSmallest { return "The smallest change" }
      let least = "\(atLeast) \(atLeast == 1 ? "is" : "are")"
      return "A change of \(Plural.of(seats, "seat")), not proven smallest (the solver's time ended: at least \(least) needed),"
    }
  }
  struct Reason: Codable {
    /// `quota`, `panel size` or `household`.
    let kind: String
    let category: String?
    let feature: String?
    /// `at most` or `at least`.
    let bound: String
    let seats: Int
    /// How strongly the chance hangs on it: by how much the stage's smallest chance would rise for one seat more (or less, for `at least`).
    let weight: Double
  }
  struct Kind: Codable {
    let features: [String: String]
    /// Rows of the pool, from 1.
    let rows: [Int]
    /// Whether house-mates of theirs are in the pool, too.
    let withHousemates: Bool
    /// The chance of the least seated of these people.
    let probability: Double
    /// What the method aims at for each of them.
    let aim: Double
    /// The stage of leximin that fixed it, from 1; nil where the method says nothing of them.
    let stage: Int?
    /// The exact bound of their stage, nearest double.
    let bound: Double?
    /// What holds their chance down, the strongest first.
    let heldBy: [Reason]
  }
  struct Stage: Codable {
    /// Numbers of `types` from 0 with their coefficients, in units of 2^-40.
    let coefficients: [String: Int64]
    /// For each of `rows` its multiplier, in units of 2^-40.
    let multipliers: [Int64]
    let keptChance: Int64
    /// The exact bound that they prove, as a fraction.
    let bound: String
  }
  struct Certificate: Codable {
    let unit: String
    let rows: [String]
    let stages: [Stage]
  }

  var failure: String?
  var relaxation: [Change]?
  var relaxationSize: ChangeSize?
  /// Rows from 1, by the numbers of the lottery.
  var panels: [[Int]] = []
  var types: [Kind] = []
  var certificate: Certificate?
  var overPanels = false
}
