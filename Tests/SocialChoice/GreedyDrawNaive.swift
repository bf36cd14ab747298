@testable import SocialChoice

/// The greedy draw as a tree: every seat, everybody who may be drawn for it, with exact chances. Panels are bits: person p is 1 << p.
struct GreedyDrawNaive {
  private let pool: SortitionPool
  private let withFeature: [Int]
  private let withHousehold: [Int?: Int]

  init(_ pool: SortitionPool) {
    self.pool = pool
    let people = pool.members.indices
    withFeature = pool.quotas.indices.map { feature in people.filter { pool.members[$0].features.contains(feature) }.reduce(0) { $0 | 1 << $1 } }
    withHousehold = Dictionary(grouping: people) { pool.members[$0].household }.mapValues { $0.reduce(0) { $0 | 1 << $1 } }
  }

  /// The chance of each panel (ascending) in one attempt; what is missing to one are dead ends.
  func chances() -> [[Int]: Fraction] {
    var now = [0: Fraction(1)]
    for _ in 0..<pool.panelSize {
      var next: [Int: Fraction] = [:]
      for (seated, chance) in now {
        let drawable = drawable(seated)
        for person in drawable { next[seated | 1 << person, default: .zero] += chance / Fraction(drawable.count) }
      }
      now = next
    }
    return Dictionary(uniqueKeysWithValues: now.map { (people($0.key), $0.value) }.filter { pool.accepts($0.0) })
  }

  /// One draw, seat by seat: of those who may be drawn, ascending, the number says whom. Nil at a dead end.
  func attempt(_ random: inout PublicRandom) -> [Int]? {
    var seated = 0
    while seated.nonzeroBitCount < pool.panelSize {
      let drawable = drawable(seated)
      if drawable.isEmpty { return nil }
      seated |= 1 << drawable[random.below(drawable.count)]
    }
    return pool.accepts(people(seated)) ? people(seated) : nil
  }

  private func people(_ bits: Int) -> [Int] { pool.members.indices.filter { bits >> $0 & 1 == 1 } }

  /// Who may be drawn next; nobody at a dead end.
  private func drawable(_ seated: Int) -> [Int] {
    let seats = withFeature.map { ($0 & seated).nonzeroBitCount }
    let free = pool.members.indices.filter { person in
      let member = pool.members[person]
      let isHome = member.household != nil && (withHousehold[member.household] ?? 0) & seated != 0
      return seated >> person & 1 == 0 && !isHome && member.features.allSatisfy { seats[$0] < pool.quotas[$0].maximum }
    }
    var neediest: (need: Fraction, people: [Int])?
    for feature in pool.quotas.indices {
      let missing = pool.quotas[feature].minimum - seats[feature]
      guard missing > 0 else { continue }
      let people = free.filter { withFeature[feature] >> $0 & 1 == 1 }
      if people.count < missing { return [] }
      let need = Fraction(missing, people.count)
      if neediest.map({ $0.need < need }) ?? true { neediest = (need, people) }
    }
    return neediest?.people ?? free
  }
}
