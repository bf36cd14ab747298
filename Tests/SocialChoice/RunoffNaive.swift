@testable import SocialChoice

/// Rules that count first preferences in rounds, again from their definitions.
extension RankingNaive {
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

  /// One count, told round by round; `order` is the tie-break's.
  func instantRunoffCourse(order: [Int]) -> (winner: Int, ranking: [[Int]], ties: [Tie]) {
    var (standing, ranking, ties, round): ([Int], [[Int]], [Tie], Int) = (Array(0..<election.candidateCount), [], [], 0)
    while standing.count > 1 {
      round += 1
      let votes = firstPreferences(standing)
      let least = votes.values.min() ?? 0
      let lowest = standing.filter { votes[$0] == least }
      if lowest.count == standing.count, least == 0 || standing.count == 2 {
        let winner = order.first { lowest.contains($0) } ?? 0
        return (winner, [lowest] + ranking, ties + [Tie(round: round, options: lowest, chosen: winner)])
      }
      var out = lowest
      if least > 0 {
        out = [order.last { lowest.contains($0) } ?? 0]
        if lowest.count > 1 { ties.append(Tie(round: round, options: lowest, chosen: out[0])) }
      }
      ranking.insert(out, at: 0)
      standing.removeAll { out.contains($0) }
    }
    return (standing[0], [standing] + ranking, ties)
  }

  func twoRoundCourse(order: [Int]) -> (winner: Int, ranking: [[Int]], ties: [Tie]) {
    let votes = firstPreferences(Array(0..<election.candidateCount))
    let levels = Set(votes.values).sorted(by: >).map { figure in votes.filter { $0.value == figure }.map(\.key).sorted() }
    let voters = votes.values.reduce(0, +)
    if levels[0].count == 1, election.candidateCount == 1 || 2 * (votes[levels[0][0]] ?? 0) > voters { return (levels[0][0], levels, []) }
    let sure = levels[0].count == 1 ? levels[0] : []
    let equal = levels[0].count == 1 ? levels[1] : levels[0]
    let pair = sure + order.filter { equal.contains($0) }.prefix(2 - sure.count)
    let difference = prefer(pair[0], pair[1]) - prefer(pair[1], pair[0])
    let winner = difference == 0 ? order.first { pair.contains($0) } ?? 0 : difference > 0 ? pair[0] : pair[1]
    let other = pair[0] == winner ? pair[1] : pair[0]
    var ties: [Tie] = []
    if sure.count + equal.count > 2 { ties.append(Tie(round: 1, options: equal, chosen: equal.contains(other) ? other : winner)) }
    if difference == 0 { ties.append(Tie(round: 2, options: pair.sorted(), chosen: winner)) }
    let rest = levels.map { $0.filter { !pair.contains($0) } }.filter { !$0.isEmpty }
    return (winner, (difference == 0 ? [pair.sorted()] : [[winner], [other]]) + rest, ties)
  }
}
