import Solvers
import Testing

@testable import SocialChoice

struct SortitionProofTests {
  private static func certificate(_ typed: TypedPool) throws -> LeximinCertificate {
    LeximinCertificate(stages: try RelaxedLeximin(typed, solver: CoinSolver()).stages.map(\.certificate))
  }

  /// What each person has in leximin over all panels: in fractions, or, of many panels, a little below what doubles say.
  private static func chances(_ small: SortitionCase) throws -> [Rational] {
    guard small.panels.count > 30 else { return ExactLeximin(people: small.pool.members.count, panels: small.panels).chances.map(\.rational) }
    return try small.leximin().map { max(.zero, Rational(exactly: $0 - 1e-6) ?? .zero) }
  }

  /// No proof at all, whatever the pool.
  private static func broken(_ honest: StageCertificate) -> [StageCertificate] {
    [
      StageCertificate(coefficients: [:], multipliers: honest.multipliers, keptChance: honest.keptChance),
      StageCertificate(coefficients: [0: -1], multipliers: honest.multipliers, keptChance: honest.keptChance),
      StageCertificate(coefficients: [0: 0], multipliers: honest.multipliers, keptChance: honest.keptChance),
      StageCertificate(coefficients: [9_999: 1], multipliers: honest.multipliers, keptChance: honest.keptChance),
      StageCertificate(coefficients: honest.coefficients, multipliers: [], keptChance: honest.keptChance),
      StageCertificate(coefficients: honest.coefficients, multipliers: honest.multipliers.dropLast(), keptChance: honest.keptChance),
      StageCertificate(coefficients: honest.coefficients, multipliers: honest.multipliers + [0], keptChance: honest.keptChance),
    ]
  }

  /// Multipliers near the honest ones, all without them, one of them moved, or wild.
  private static func multipliers(_ kind: Int, _ honest: [Int64], _ random: inout PublicRandom) -> [Int64] {
    func within(_ reach: Int64) -> Int64 { Int64(random.below(Int(2 * reach + 1))) - reach }
    switch kind % 4 {
    case 0: return honest.map { $0 + within(1 << 37) }
    case 1:
      var moved = honest
      moved[random.below(honest.count)] += within(1 << 40)
      return moved
    case 2: return honest.map { _ in within(1 << 41) }
    default: return honest.map { _ in 0 }
    }
  }

  @Test func `whatever its numbers, in a thousand pools a proof never shows less than panels can give, and what is none is refused`() throws {
    var random = PublicRandom(seed: "forgeries")
    var (looked, forged, tight, level) = (0, 0, 0, 0)
    for seed in 50_000..<53_000 where looked < 1_000 {
      let small = SortitionCase(seed: seed)
      guard !small.panels.isEmpty else { continue }
      looked += 1
      let typed = TypedPool(small.pool)
      let polytope = PanelPolytope(typed)
      let people = try Self.chances(small)
      let chances = typed.types.map { people[$0.members[0]] }
      let honest = try Self.certificate(typed)
      let none = [Int64](repeating: 0, count: chances.count)
      let smallest = try #require(chances.min())
      let first = try #require(honest.stages[0].bound(typed, polytope, kept: none))
      #expect(first >= smallest, "case \(seed)")
      tight += first.approximate < smallest.approximate + 1e-5 ? 1 : 0
      level += Set(people).count < people.count ? 1 : 0
      for (number, stage) in Self.broken(honest.stages[0]).enumerated() {
        #expect(LeximinCertificate(stages: [stage] + honest.stages.dropFirst()).bounds(typed) == nil, "case \(seed), \(number)")
      }
      #expect(LeximinCertificate(stages: [honest.stages[0], honest.stages[0]]).bounds(typed) == nil, "case \(seed): a type counted twice")
      for kind in 0..<12 {
        let stage = honest.stages[random.below(honest.stages.count)]
        // A third speaks of all types, a third of the honest stage's, a third of some.
        let types = [Array(chances.indices), stage.coefficients.keys.sorted(), random.shuffled(Array(chances.indices)).dropLast(chances.count / 2)]
        let coefficients = types[kind % 3].map { ($0, kind < 6 ? stage.coefficients[$0] ?? 1 : Int64(1 + random.below(1 << 40))) }
        // Others keep at most what they have in leximin, which is a lottery that the bound has to allow for.
        let kept = chances.map { Int64(($0 * Rational(kind < 4 ? 0 : random.below(2) << 40)).floor) }
        let bound = StageCertificate(
          coefficients: Dictionary(uniqueKeysWithValues: coefficients),
          multipliers: Self.multipliers(kind, stage.multipliers, &random), keptChance: 0
        ).bound(typed, polytope, kept: kept)
        let least = try #require(types[kind % 3].map { chances[$0] }.min())
        #expect(bound.map { $0 >= least } == true, "case \(seed), \(kind)")
        forged += 1
      }
    }
    #expect(looked == 1_000 && forged == 12_000 && tight > 500 && level > 500, "\(looked) \(forged) \(tight) \(level)")
  }

  @Test func `the bounds of all stages are as near to the chances as the solver computes`() throws {
    let typed = TypedPool(MadePool.hard(count: 300, seats: 30, categories: 5, seed: "bounds"))
    let ideal = try RelaxedLeximin(typed, solver: CoinSolver())
    let bounds = try #require(LeximinCertificate(stages: ideal.stages.map(\.certificate)).bounds(typed))
    for (stage, bound) in zip(ideal.stages, bounds) {
      #expect(bound.approximate >= stage.chance - 1e-7)
      #expect(bound.approximate <= stage.chance + 1e-4)
    }
    #expect(Set(ideal.stages.flatMap(\.types)).count == typed.types.count)
  }

  @Test func `a proof that was tampered with proves less or nothing`() throws {
    let typed = TypedPool(MadePool.hard(count: 200, seats: 20, categories: 4, seed: "tampered"))
    let honest = try Self.certificate(typed)
    let bounds = try #require(honest.bounds(typed))
    let first = honest.stages[0]
    func with(_ stage: StageCertificate) -> [Rational]? { LeximinCertificate(stages: [stage] + honest.stages.dropFirst()).bounds(typed) }
    let none = [Int64](repeating: 0, count: first.multipliers.count)
    let weaker = with(StageCertificate(coefficients: first.coefficients, multipliers: none, keptChance: first.keptChance))
    #expect((weaker?[0]).map { $0 > bounds[0] } ?? true)
    for (number, stage) in Self.broken(first).enumerated() { #expect(with(stage) == nil, "\(number)") }
    #expect(with(StageCertificate(coefficients: first.coefficients, multipliers: first.multipliers, keptChance: .max)) == nil)
    // A type that stands in two stages would be counted twice.
    #expect(LeximinCertificate(stages: [first, first]).bounds(typed) == nil)
  }
}
