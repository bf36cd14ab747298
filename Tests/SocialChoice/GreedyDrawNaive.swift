@testable import SocialChoice

/// The greedy draw as a tree: every seat, everybody who may be drawn for it, with exact chances.
struct GreedyDrawNaive {
  let pool: SortitionPool
  /// The chance of each panel (ascending) in one attempt; what is missing to one are dead ends.
  private(set) var chances: [[Int]: Fraction] = [:]

  init(_ pool: SortitionPool) {
    self.pool = pool
    var now: [Set<Int>: Fraction] = [[]: Fraction(1)]
    for _ in 0..<pool.panelSize {
      var next: [Set<Int>: Fraction] = [:]
      for (seated, chance) in now {
        let drawable = self.drawable(seated)
        for person in drawable { next[seated.union([person]), default: .zero] += chance / Fraction(drawable.count) }
      }
      now = next
    }
    for (panel, chance) in now where pool.accepts(panel.sorted()) { chances[panel.sorted()] = chance }
  }

  /// Who may be drawn next; nobody at a dead end.
  private func drawable(_ seated: Set<Int>) -> [Int] {
    func seats(_ feature: Int) -> Int { seated.count { pool.members[$0].features.contains(feature) } }
    let free = pool.members.indices.filter { person in
      let member = pool.members[person]
      let isHome = seated.contains { pool.members[$0].household == member.household } && member.household != nil
      return !seated.contains(person) && !isHome && member.features.allSatisfy { seats($0) < pool.quotas[$0].maximum }
    }
    var neediest: (need: Fraction, people: [Int])?
    for feature in pool.quotas.indices {
      let missing = pool.quotas[feature].minimum - seats(feature)
      guard missing > 0 else { continue }
      let people = free.filter { pool.members[$0].features.contains(feature) }
      if people.count < missing { return [] }
      let need = Fraction(missing, people.count)
      if neediest.map({ $0.need < need }) ?? true { neediest = (need, people) }
    }
    return neediest?.people ?? free
  }
}
