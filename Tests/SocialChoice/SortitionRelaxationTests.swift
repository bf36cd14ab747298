import Solvers
import Testing

@testable import SocialChoice

/// The smallest change of impossible quotas against all changes there are.
struct SortitionRelaxationTests {
  /// Three to six people, some of them house-mates, one or two categories, and quotas drawn without looking at them.
  private static func pool(_ random: inout PublicRandom) -> SortitionPool {
    let (count, seats) = (3 + random.below(4), 1 + random.below(3))
    let sizes = random.below(3) == 0 ? [3] : random.below(2) == 0 ? [2, 2] : [2]
    var quotas: [Quota] = []
    for (category, size) in sizes.enumerated() {
      for feature in 0..<size {
        let minimum = random.below(seats + 1)
        quotas.append(
          Quota(category: "c\(category)", feature: "f\(feature)", minimum: minimum, maximum: minimum + random.below(seats + 1 - minimum)))
      }
    }
    let withHouseholds = random.below(3) == 0
    let members = (0..<count).map { _ in
      PoolMember(
        features: sizes.indices.map { category in sizes[..<category].reduce(0, +) + random.below(sizes[category]) },
        household: withHouseholds ? random.below(4) : nil)
    }
    return SortitionPool(members: members, quotas: quotas, panelSize: seats)
  }

  /// For each quota every lower minimum and every higher maximum, by so many seats in all.
  private static func changes(_ quotas: [Quota], seats: Int, size: Int) -> [[Quota]] {
    guard let quota = quotas.first else { return size == 0 ? [[]] : [] }
    var changes: [[Quota]] = []
    for minimum in max(0, quota.minimum - size)...quota.minimum {
      for maximum in quota.maximum...max(quota.maximum, min(seats, quota.maximum + size - (quota.minimum - minimum))) {
        let used = quota.minimum - minimum + maximum - quota.maximum
        guard used <= size else { continue }
        let changed = Quota(category: quota.category, feature: quota.feature, minimum: minimum, maximum: maximum)
        changes += Self.changes(Array(quotas.dropFirst()), seats: seats, size: size - used).map { [changed] + $0 }
      }
    }
    return changes
  }

  @Test func `the change named is one of the smallest of all changes, on a thousand tiny pools whose quotas cannot be kept`() throws {
    var random = PublicRandom(seed: "all changes")
    var (looked, nobody, several, sizes) = (0, 0, 0, Set<Int>())
    while looked < 1_000 {
      let pool = Self.pool(&random)
      let subsets = SortitionCase.subsets(pool.members.count, pool.panelSize)
      // Whoever may sit together whatever the quotas: no household twice.
      let together = subsets.filter { panel in
        let households = panel.compactMap { pool.members[$0].household }
        return Set(households).count == households.count
      }
      func isPossible(_ quotas: [Quota]) -> Bool {
        together.contains { panel in
          quotas.indices.allSatisfy { quota in
            let seats = panel.count { pool.members[$0].features.contains(quota) }
            return quotas[quota].minimum <= seats && seats <= quotas[quota].maximum
          }
        }
      }
      guard !isPossible(pool.quotas) else { continue }
      looked += 1
      guard !together.isEmpty else {
        #expect(throws: SolverFault.infeasible, "\(looked): \(pool)") { try QuotaRelaxation(TypedPool(pool), solver: CoinSolver()) }
        nobody += 1
        continue
      }
      let smallest = (1...).lazy.map { Self.changes(pool.quotas, seats: pool.panelSize, size: $0).filter(isPossible) }.first { !$0.isEmpty }
      let expected = try #require(smallest)
      let relaxation = try QuotaRelaxation(TypedPool(pool), solver: CoinSolver())
      #expect(expected.contains(relaxation.applied(to: pool).quotas), "\(looked): \(pool), \(relaxation)")
      let size = zip(expected[0], pool.quotas).reduce(0) { $0 + $1.1.minimum - $1.0.minimum + $1.0.maximum - $1.1.maximum }
      #expect(relaxation.seats == size && relaxation.atLeast == size && relaxation.isProvenSmallest, "\(looked)")
      // Only quotas that change are named, each once, none narrower than before.
      #expect(Set(relaxation.changes.map(\.quota)).count == relaxation.changes.count)
      for change in relaxation.changes {
        let old = pool.quotas[change.quota]
        #expect(change.minimum <= old.minimum && change.maximum >= old.maximum && (change.minimum, change.maximum) != (old.minimum, old.maximum))
      }
      several += expected.count > 1 ? 1 : 0
      sizes.insert(size)
    }
    #expect(nobody > 10 && several > 300 && sizes.isSuperset(of: 1...4), "\(nobody) \(several) \(sizes)")
  }
}
