import Testing

@testable import SocialChoice

struct TransferableTests {
  @Test func `the Scottish count is what moving paper after paper gives`() throws {
    for number in 0..<1_000 {
      let election = RankingCase(number, equals: false)
      let seats = 1 + number % 3
      let outcome = try election.profile.transferable(.scottish, seats: seats, tieBreak: .lexicographic)
      #expect(outcome.chosen == ScottishNaive(election, seats: seats).elected, "case \(number)")
      #expect(Set(outcome.winners).isSuperset(of: outcome.chosen) && outcome.chosen.count == min(seats, election.candidateCount))
      #expect(outcome.losers.count == election.candidateCount - outcome.chosen.count)
    }
  }

  @Test func `the Meek count is what the reference rule gives ballot by ballot`() throws {
    for number in 0..<1_000 {
      let election = RankingCase(number, equals: false)
      let seats = 1 + number % 3
      let outcome = try election.profile.transferable(.meek, seats: seats, tieBreak: .lexicographic)
      #expect(outcome.chosen == MeekNaive.elected(election, seats: seats), "case \(number)")
    }
  }

  @Test func `no vote is made or lost without being counted as lost`() throws {
    for number in 0..<500 {
      let profile = try RankingCase(number).profile
      for method in [TransferableCount.Method.scottish, .meek] {
        guard case .transfers(let count) = profile.transferable(method, seats: 2, tieBreak: .lexicographic).trace else { continue }
        #expect(count.validBallots + count.invalidBallots == profile.total)
        for stage in count.stages {
          #expect(stage.votes.reduce(stage.lost, +) == count.validBallots * method.unit && stage.lost >= 0 && stage.votes.allSatisfy { $0 >= 0 })
        }
      }
    }
  }

  @Test func `a ballot stops before two equals, and does not count with equals on top`() throws {
    var profile = try RankedProfile(candidateCount: 3)
    try profile.append([[0, 1], [2]], weight: 10)
    try profile.append([[2], [0, 1]], weight: 1)
    guard case .transfers(let count) = profile.transferable(.scottish, seats: 1, tieBreak: .lexicographic).trace else { return }
    #expect(count.validBallots == 1 && count.invalidBallots == 10 && count.elected == [2])
  }

  @Test func `a lot that decides shows all who may be elected`() throws {
    var profile = try RankedProfile(candidateCount: 3)
    for candidate in 0..<3 { try profile.append(order: [candidate], weight: 5) }
    let outcome = profile.transferable(.scottish, seats: 2, tieBreak: .lexicographic)
    #expect(outcome.chosen == [0, 1] && outcome.winners == [0, 1, 2] && outcome.ties.map(\.options) == [[0, 1, 2]])
  }

  @Test func `every lot is tried: all pairs of equals, and chains of lots`() throws {
    #expect(TransferableTies.script(after: [([0, 1], 0), ([2, 3], 2)]) == [0, 3])
    #expect(TransferableTies.script(after: [([0, 1], 0), ([2, 3], 3)]) == [1])
    #expect(TransferableTies.script(after: [([0, 1], 1), ([2, 3], 3)]) == nil)
    var profile = try RankedProfile(candidateCount: 7)
    for candidate in 0..<7 { try profile.append(order: [candidate]) }
    for method in [TransferableCount.Method.scottish, .meek] {
      let outcome = profile.transferable(method, seats: 1, tieBreak: .lexicographic)
      #expect(outcome.chosen == [0] && outcome.winners == Array(0..<7) && outcome.tiesEnumerated)
      #expect(!profile.transferable(method, seats: 1, tieBreak: .lexicographic, steps: 1).tiesEnumerated)
    }
  }

  @Test func `a solid group of more than two quotas gets two seats`() throws {
    for number in 0..<300 {
      var random = PublicRandom(seed: "solid \(number)")
      var profile = try RankedProfile(candidateCount: 6)
      for _ in 0..<67 { try profile.append(order: random.shuffled([0, 1, 2]) + random.shuffled([3, 4, 5])) }
      for _ in 0..<33 { try profile.append(order: random.shuffled([3, 4, 5]) + random.shuffled([0, 1, 2])) }
      for method in [TransferableCount.Method.scottish, .meek] {
        #expect(profile.transferable(method, seats: 3, tieBreak: .lexicographic).chosen.count { $0 < 3 } >= 2)
      }
    }
  }
}

/// One paper a voter, five decimals, as the Order tells it.
private struct ScottishNaive {
  var elected: [Int] = []

  init(_ election: RankingCase, seats: Int) {
    let all = Array(0..<election.candidateCount)
    var papers = election.repeated.ballots.map { (order: $0.levels.map { $0[0] }, value: 100_000, at: 0) }.filter { !$0.order.isEmpty }
    let quota = (papers.count / (seats + 1) + 1) * 100_000
    var out: Set<Int> = []
    var settled: [Int: Int] = [:]
    var history: [[Int]] = []
    func holder(_ paper: (order: [Int], value: Int, at: Int)) -> Int? { paper.at < paper.order.count ? paper.order[paper.at] : nil }
    func votes() -> [Int] { all.map { c in settled[c] ?? papers.reduce(0) { holder($1) == c ? $0 + $1.value : $0 } } }
    var pending: [Int] = []
    func pick(_ equals: [Int], lowest: Bool) -> Int {
      var left = equals
      for stage in history.reversed() {
        let figure = lowest ? left.map { stage[$0] }.min() : left.map { stage[$0] }.max()
        left = left.filter { stage[$0] == figure }
      }
      return lowest ? left[left.count - 1] : left[0]
    }
    while true {
      let now = votes()
      history.append(now)
      let hopeful = all.filter { !elected.contains($0) && !out.contains($0) }
      for c in hopeful.filter({ now[$0] >= quota }).sorted(by: { (-now[$0], $0) < (-now[$1], $1) }) {
        elected.append(c)
        if now[c] > quota { pending.append(c) }
      }
      let left = hopeful.filter { !elected.contains($0) }
      if elected.count >= seats { return }
      if left.count <= seats - elected.count {
        elected += left.sorted { (-now[$0], $0) < (-now[$1], $1) }
        return
      }
      func move(_ from: Int, _ change: (Int) -> Int) {
        for index in papers.indices where holder(papers[index]) == from && settled[from] == nil {
          papers[index].value = change(papers[index].value)
          repeat { papers[index].at += 1 } while holder(papers[index]).map { elected.contains($0) || out.contains($0) } ?? false
        }
      }
      if let most = pending.map({ now[$0] }).max() {
        let c = pick(pending.filter { now[$0] == most }.sorted(), lowest: false)
        pending.removeAll { $0 == c }
        move(c) { $0 * (now[c] - quota) / now[c] }
        settled[c] = quota
      } else {
        let least = left.map { now[$0] }.min()
        let c = pick(left.filter { now[$0] == least }, lowest: true)
        out.insert(c)
        move(c) { $0 }
      }
    }
  }
}

/// The steps of the reference rule on single ballots, with quotients of 128 bits.
private enum MeekNaive {
  static func elected(_ election: RankingCase, seats: Int) -> [Int] {
    let unit: Int128 = 1_000_000_000
    func up(_ a: Int128, _ b: Int128) -> Int128 { a / b + (a % b > 0 ? 1 : 0) }
    let ballots = election.repeated.ballots.map { $0.levels.map { $0[0] } }
    var keep = Array(repeating: unit, count: election.candidateCount)
    var hopeful = Array(0..<election.candidateCount)
    var elected: [Int] = []
    var votes = keep
    while elected.count < seats, elected.count + hopeful.count > seats {
      var last: Int128?
      iteration: while true {
        votes = keep.map { _ in 0 }
        for ballot in ballots {
          var weight = unit
          for candidate in ballot {
            let part = up(weight * keep[candidate], unit)
            votes[candidate] += part
            weight -= part
          }
        }
        let quota = votes.reduce(0, +) / Int128(seats + 1) + 1
        let winners = hopeful.filter { votes[$0] >= quota }.sorted { votes[$0] != votes[$1] ? votes[$0] > votes[$1] : $0 < $1 }
        elected += winners
        hopeful.removeAll { winners.contains($0) }
        if !winners.isEmpty { break iteration }
        let surplus = max(0, elected.reduce(0) { $0 + votes[$1] - quota })
        if surplus < 1_000 || last.map({ surplus >= $0 }) ?? false {
          let least = hopeful.map { votes[$0] }.min() ?? 0
          let loser = hopeful.last { votes[$0] <= least + surplus } ?? 0
          hopeful.removeAll { $0 == loser }
          keep[loser] = 0
          break iteration
        }
        for candidate in elected { keep[candidate] = up(up(keep[candidate] * quota, unit) * unit, votes[candidate]) }
        last = surplus
      }
    }
    // Votes for the order of the rest: those of the state reached.
    votes = keep.map { _ in 0 }
    for ballot in ballots {
      var weight = unit
      for candidate in ballot {
        let part = up(weight * keep[candidate], unit)
        votes[candidate] += part
        weight -= part
      }
    }
    if elected.count < seats { elected += hopeful.sorted { votes[$0] != votes[$1] ? votes[$0] > votes[$1] : $0 < $1 } }
    return elected
  }
}
