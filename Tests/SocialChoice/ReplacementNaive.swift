@testable import SocialChoice

/// Who takes a seat, as the documentation says it: everybody is tried, in the order drawn, with the list of all panels there are.
struct ReplacementNaive {
  let pool: SortitionPool
  /// All panels, ascending.
  let panels: Set<[Int]>
  let seed: String

  /// The profiles of all who live together.
  private func home(_ person: Int) -> [[Int]] {
    let household = pool.members[person].household
    let together = household == nil ? [person] : pool.members.indices.filter { pool.members[$0].household == household }
    return together.map { pool.members[$0].features }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// 0: the same profile and the same profiles at home; 1: the same profile; 2: the others.
  func distance(_ person: Int, _ other: Int) -> Int {
    pool.members[person].features != pool.members[other].features ? 2 : home(person) == home(other) ? 0 : 1
  }

  func candidates(panel: [Int], leaving: Int, notAsked: Set<Int>) -> [Int] {
    var random = PublicRandom(seed: "\(seed)/replacement/\(leaving + 1)")
    let order = random.shuffled(Array(pool.members.indices))
    var found: [Int] = []
    for likeness in 0...2 {
      for person in order where distance(person, leaving) == likeness && !panel.contains(person) && !notAsked.contains(person) {
        if panels.contains(panel.map { $0 == leaving ? person : $0 }.sorted()) { found.append(person) }
      }
    }
    return found
  }

  /// Who sits on each seat of the panel after all of these withdrew, one after the other; nil where nobody could take it. While a seat is empty the
  /// others are filled as if who left it were still there.
  func seats(panel: [Int], withdrawn: [Int]) -> [Int?] {
    var holders = panel
    var isEmpty = panel.map { _ in false }
    for person in withdrawn {
      guard let seat = holders.firstIndex(of: person) else { continue }
      if let joining = candidates(panel: holders, leaving: person, notAsked: Set(withdrawn)).first {
        holders[seat] = joining
      } else {
        isEmpty[seat] = true
      }
    }
    return holders.indices.map { isEmpty[$0] ? nil : holders[$0] }
  }
}
