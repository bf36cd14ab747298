@testable import SocialChoice

/// The rules again, straight from their definitions, for a handful of candidates.
struct RankingNaive {
  let election: RankingCase
  private let table: [[Int]]
  private var count: Int { election.candidateCount }
  var all: [Int] { Array(0..<count) }

  init(election: RankingCase) {
    self.election = election
    let (all, ranks) = (0..<election.candidateCount, election.ranks)
    table = all.map { a in all.map { b in ranks.reduce(0) { $0 + ($1.ranks[a] < $1.ranks[b] ? $1.weight : 0) } } }
  }

  func prefer(_ a: Int, _ b: Int) -> Int { table[a][b] }

  func strength(_ a: Int, _ b: Int, _ measure: VictoryStrength) -> Int {
    let difference = prefer(a, b) - prefer(b, a)
    return difference <= 0 ? 0 : measure == .margins ? difference : prefer(a, b)
  }

  /// The strongest of all paths without a candidate twice.
  func pathStrength(_ from: Int, _ to: Int, _ measure: VictoryStrength, without: Set<Int> = []) -> Int {
    if from == to { return .max }
    let visited = without.union([from])
    return all.filter { !visited.contains($0) }.map { next in
      min(strength(from, next, measure), pathStrength(next, to, measure, without: visited))
    }.max() ?? 0
  }

  func schulze(_ measure: VictoryStrength) -> [Int] {
    all.filter { a in all.allSatisfy { b in a == b || pathStrength(a, b, measure) >= pathStrength(b, a, measure) } }
  }

  /// Those on top of a stack (Zavist, Tideman 1989): an order in which each victory against it is answered by a chain down the order of victories at
  /// least as strong.
  func rankedPairs(_ measure: VictoryStrength) -> [Int] {
    let strengths = all.map { a in all.map { strength(a, $0, measure) } }
    func isStack(_ order: [Int]) -> Bool {
      for high in order.indices {
        for low in order.indices where low > high {
          let against = strengths[order[low]][order[high]]
          if against == 0 { continue }
          var reached: Set<Int> = [high]
          for place in high + 1...low where reached.contains(where: { strengths[order[$0]][order[place]] >= against }) { reached.insert(place) }
          if !reached.contains(low) { return false }
        }
      }
      return true
    }
    return Set(election.orders.filter(isStack).map { $0[0] }).sorted()
  }

  func kemeny() -> (orders: Set<[Int]>, disagreements: Int) {
    let costs = election.orders.map { order in
      order.indices.reduce(0) { sum, i in order[(i + 1)...].reduce(sum) { $0 + table[$1][order[i]] } }
    }
    let best = costs.min() ?? 0
    return (Set(zip(election.orders, costs).filter { $0.1 == best }.map(\.0)), best)
  }

  /// Doubled points.
  func borda() -> [Int] {
    all.map { a in
      election.ranks.reduce(0) { sum, ballot in
        sum + ballot.weight
          * all.reduce(0) { $1 == a ? $0 : $0 + (ballot.ranks[a] < ballot.ranks[$1] ? 2 : ballot.ranks[a] == ballot.ranks[$1] ? 1 : 0) }
      }
    }
  }

  func copeland() -> [Int] { all.map { a in all.reduce(0) { $0 + (prefer(a, $1) - prefer($1, a)).signum() } } }

  func minimax(_ measure: VictoryStrength) -> [Int] { all.map { a in all.map { strength($0, a, measure) }.max() ?? 0 } }

  /// Locked in one by one, in the order of strength, then of the winner's place, then of the loser's from the last; and what of each group of equals
  /// closes a cycle with what was locked in before.
  func lockedCourse(_ measure: VictoryStrength, order: [Int]) -> (winner: Int, ranking: [[Int]], ties: [Tie]) {
    let place = { (candidate: Int) in order.firstIndex(of: candidate) ?? 0 }
    let victories = all.flatMap { a in all.filter { strength(a, $0, measure) > 0 }.map { (winner: a, loser: $0, strength: strength(a, $0, measure)) }
    }
    .sorted { ($1.strength, place($0.winner), -place($0.loser)) < ($0.strength, place($1.winner), -place($1.loser)) }
    var locked: Set<[Int]> = []
    var ties: [Tie] = []
    for strength in Set(victories.map(\.strength)).sorted(by: >) {
      let group = victories.filter { $0.strength == strength }
      let before = closure(locked)
      let open = group.filter { !before[$0.loser][$0.winner] && !before[$0.winner][$0.loser] }
      let cyclic = closure(locked.union(open.map { [$0.winner, $0.loser] }))
      var known: Set<Int> = []
      for first in open where cyclic[first.loser][first.winner] && !known.contains(first.winner) {
        let knot = all.filter { $0 == first.winner || (cyclic[$0][first.winner] && cyclic[first.winner][$0]) }
        known.formUnion(knot)
        let options = knot.filter { member in
          open.contains { knot.contains($0.winner) && knot.contains($0.loser) && [$0.winner, $0.loser].contains(member) }
        }
        ties.append(Tie(round: ties.count + 1, options: options, chosen: first.winner))
      }
      for victory in group where !closure(locked)[victory.loser][victory.winner] { locked.insert([victory.winner, victory.loser]) }
    }
    let above = closure(locked)
    let ranking = peeled { above[$0][$1] }
    let winner = order.first { ranking[0].contains($0) } ?? 0
    if ranking[0].count > 1 { ties.append(Tie(round: ties.count + 1, options: ranking[0], chosen: winner)) }
    return (winner, ranking, ties)
  }

  /// Who reaches whom.
  private func closure(_ steps: Set<[Int]>) -> [[Bool]] {
    var reach = all.map { a in all.map { steps.contains([a, $0]) } }
    for middle in all { for a in all { for b in all where reach[a][middle] && reach[middle][b] { reach[a][b] = true } } }
    return reach
  }

  /// Again and again those above whom none of the rest stands.
  func peeled(_ isAbove: (Int, Int) -> Bool) -> [[Int]] {
    var (rest, levels): ([Int], [[Int]]) = (all, [])
    while !rest.isEmpty {
      levels.append(rest.filter { low in !rest.contains { isAbove($0, low) } })
      rest.removeAll { levels[levels.count - 1].contains($0) }
    }
    return levels
  }

  /// Places of an order that others could have taken in one of some orders that begin alike.
  static func ties(_ chosen: [Int], among orders: Set<[Int]>) -> [Tie] {
    chosen.indices.compactMap { place in
      let options = Set(orders.filter { $0.prefix(place) == chosen.prefix(place) }.map { $0[place] }).sorted()
      return options.count > 1 ? Tie(round: place + 1, options: options, chosen: chosen[place]) : nil
    }
  }
}

/// Grades and medians from lists of grades, one an entry.
enum JudgmentNaive {
  /// (median, plus or minus share) as a key that sorts the best first: grade, sign, share in units of one ballot.
  static func gauge(_ grades: [Int]) -> [Int] {
    let sorted = grades.sorted()
    let median = sorted[sorted.count / 2]
    let (above, below) = (grades.count { $0 < median }, grades.count { $0 > median })
    return above > below ? [median, 0, -above] : [median, 1, below]
  }

  static func value(_ grades: [Int]) -> [Int] {
    var left = grades.sorted()
    var taken: [Int] = []
    while !left.isEmpty { taken.append(left.remove(at: left.count / 2)) }
    return taken
  }
}
