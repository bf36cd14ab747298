@testable import SocialChoice

/// The rules again, straight from their definitions, for a handful of candidates.
struct RankingNaive {
  let election: RankingCase
  private var count: Int { election.candidateCount }
  private var all: [Int] { Array(0..<count) }

  func prefer(_ a: Int, _ b: Int) -> Int { election.ranks.reduce(0) { $0 + ($1.ranks[a] < $1.ranks[b] ? $1.weight : 0) } }

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
    let table = all.map { a in all.map { prefer(a, $0) } }
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

  /// In sixtieths of a ballot.
  func firstPreferences(_ standing: [Int]) -> [Int: Int] {
    var votes = Dictionary(uniqueKeysWithValues: standing.map { ($0, 0) })
    for ballot in election.ballots {
      guard let top = ballot.levels.lazy.map({ $0.filter { standing.contains($0) } }).first(where: { !$0.isEmpty }) else { continue }
      for candidate in top { votes[candidate, default: 0] += 60 * ballot.weight / top.count }
    }
    return votes
  }

  func instantRunoff(_ standing: [Int]) -> Set<Int> {
    if standing.count == 1 { return Set(standing) }
    let votes = firstPreferences(standing)
    let least = votes.values.min() ?? 0
    // One by one, those without votes too: that leads to the same winners, unless nobody has any.
    if votes.values.allSatisfy({ $0 == 0 }) { return Set(standing) }
    return standing.filter { votes[$0] == least }.reduce(into: []) { winners, out in winners.formUnion(instantRunoff(standing.filter { $0 != out })) }
  }

  func twoRound() -> Set<Int> {
    let votes = firstPreferences(all)
    let voters = votes.values.reduce(0, +)
    if let winner = all.first(where: { votes[$0, default: 0] * 2 > voters }) { return [winner] }
    var winners: Set<Int> = []
    for a in all {
      for b in all where a < b {
        let least = min(votes[a, default: 0], votes[b, default: 0])
        // A pair may meet if nobody outside of it has more than one of them.
        guard all.allSatisfy({ $0 == a || $0 == b || votes[$0, default: 0] <= least }) else { continue }
        let difference = prefer(a, b) - prefer(b, a)
        if difference >= 0 { winners.insert(a) }
        if difference <= 0 { winners.insert(b) }
      }
    }
    return winners
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
