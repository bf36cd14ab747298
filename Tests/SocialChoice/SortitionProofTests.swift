import Solvers
import Testing

@testable import SocialChoice

struct SortitionProofTests {
  private static func certificate(_ typed: TypedPool) throws -> LeximinCertificate {
    LeximinCertificate(stages: try RelaxedLeximin(typed, solver: CoinSolver()).stages.map(\.certificate))
  }

  @Test func `whatever its numbers, a proof never shows less than panels can give`() throws {
    var random = PublicRandom(seed: "forgeries")
    var forged = 0
    for seed in 500..<620 {
      let small = SortitionCase(seed: seed)
      guard !small.panels.isEmpty else { continue }
      let typed = TypedPool(small.pool)
      let polytope = PanelPolytope(typed)
      let best = try small.leximin().min() ?? 0
      guard let honest = try Self.certificate(typed).stages.first else { continue }
      let none = [Int64](repeating: 0, count: typed.types.count)
      for _ in 0..<20 {
        let multipliers = honest.multipliers.map { $0 + Int64(random.below(1 << 38)) - 1 << 37 }
        let coefficients = Dictionary(uniqueKeysWithValues: typed.types.indices.map { ($0, Int64(1 + random.below(1 << 40))) })
        let bound = StageCertificate(coefficients: coefficients, multipliers: multipliers, keptChance: 0).bound(typed, polytope, kept: none)
        #expect((bound?.approximate ?? 0) >= best - 1e-7, "case \(seed)")
        forged += 1
      }
    }
    #expect(forged > 1_500)
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
    #expect(with(StageCertificate(coefficients: [:], multipliers: first.multipliers, keptChance: first.keptChance)) == nil)
    #expect(with(StageCertificate(coefficients: [0: -1], multipliers: first.multipliers, keptChance: first.keptChance)) == nil)
    #expect(with(StageCertificate(coefficients: first.coefficients, multipliers: [], keptChance: first.keptChance)) == nil)
    #expect(with(StageCertificate(coefficients: [9_999: 1], multipliers: first.multipliers, keptChance: first.keptChance)) == nil)
    #expect(with(StageCertificate(coefficients: first.coefficients, multipliers: first.multipliers, keptChance: .max)) == nil)
    // A type that stands in two stages would be counted twice.
    #expect(LeximinCertificate(stages: [first, first]).bounds(typed) == nil)
  }
}
