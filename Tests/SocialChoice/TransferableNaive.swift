@testable import SocialChoice

/// Transferable votes again, one paper a voter, as the rules tell it.
struct TransferableNaive {
  struct Count {
    var elected: [Int] = []
    var ties: [Tie] = []
    /// The votes of each stage; by Meek's rule only.
    var stages: [[Int128]] = []
  }

  let election: RankingCase
  let seats: Int
  /// The tie-break's, the preferred first.
  let order: [Int]
  /// Who is drawn at each lot, as far as it is laid down; then the tie-break decides.
  var lots: [Int] = []

  init(_ election: RankingCase, seats: Int, order: [Int]) {
    self.election = election
    self.seats = seats
    self.order = order
  }

  /// All who have a seat for some fall of the lots.
  func everyone(_ count: (TransferableNaive) -> Count) -> [Int] {
    var seated: Set<Int> = []
    var waiting: [[Int]] = [[]]
    while let laidDown = waiting.popLast() {
      var other = self
      other.lots = laidDown
      let result = count(other)
      seated.formUnion(result.elected)
      for place in laidDown.count..<result.ties.count {
        let tie = result.ties[place]
        for option in tie.options where option != tie.chosen { waiting.append(result.ties.prefix(place).map(\.chosen) + [option]) }
      }
    }
    return seated.sorted()
  }

  private func draw(_ equals: [Int], out: Bool, round: Int, _ count: inout Count) -> Int {
    guard equals.count > 1 else { return equals[0] }
    let usual = (out ? order.last { equals.contains($0) } : order.first { equals.contains($0) }) ?? equals[0]
    let chosen = count.ties.count < lots.count ? lots[count.ties.count] : usual
    count.ties.append(Tie(round: round, options: equals.sorted(), chosen: chosen))
    return chosen
  }

  private func byVotes(_ candidates: [Int], _ votes: [Int128]) -> [Int] {
    order.filter(candidates.contains).sorted { votes[$0] > votes[$1] }
  }

  /// Values of papers with five decimals (Scottish Local Government Elections Order 2007).
  func scottish() -> Count {
    let all = Array(0..<election.candidateCount)
    var count = Count()
    var papers = election.repeated.ballots.map { (order: $0.levels.map { $0[0] }, value: 100_000, at: 0) }.filter { !$0.order.isEmpty }
    let quota = (papers.count / (seats + 1) + 1) * 100_000
    var out: Set<Int> = []
    var settled: [Int: Int] = [:]
    var history: [[Int]] = []
    var pending: [Int] = []
    func holder(_ paper: (order: [Int], value: Int, at: Int)) -> Int? { paper.at < paper.order.count ? paper.order[paper.at] : nil }
    func pick(_ equals: [Int], lowest: Bool) -> Int {
      var left = equals
      for stage in history.reversed() {
        let figure = lowest ? left.map { stage[$0] }.min() : left.map { stage[$0] }.max()
        left = left.filter { stage[$0] == figure }
      }
      return draw(left, out: lowest, round: history.count + 1, &count)
    }
    func move(_ from: Int, _ change: (Int) -> Int) {
      for index in papers.indices where holder(papers[index]) == from && settled[from] == nil {
        papers[index].value = change(papers[index].value)
        repeat { papers[index].at += 1 } while holder(papers[index]).map { count.elected.contains($0) || out.contains($0) } ?? false
      }
    }
    while true {
      let now = all.map { c in settled[c] ?? papers.reduce(0) { holder($1) == c ? $0 + $1.value : $0 } }
      history.append(now)
      let hopeful = all.filter { !count.elected.contains($0) && !out.contains($0) }
      for c in byVotes(hopeful.filter({ now[$0] >= quota }), now.map { Int128($0) }) {
        count.elected.append(c)
        if now[c] > quota { pending.append(c) }
      }
      let left = hopeful.filter { !count.elected.contains($0) }
      if count.elected.count >= seats { return count }
      if left.count <= seats - count.elected.count {
        count.elected += byVotes(left, now.map { Int128($0) })
        return count
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

  /// The steps of the reference rule of Meek's count, with quotients of 128 bits.
  func meek() -> Count {
    var count = Count()
    var keep = Array(repeating: Self.unit, count: election.candidateCount)
    var hopeful = Array(0..<election.candidateCount)
    var votes = keep
    // Whether the votes of this round stand in a stage.
    var isWritten = false
    while count.elected.count < seats, count.elected.count + hopeful.count > seats {
      var last: Int128?
      iteration: while true {
        votes = self.votes(keep)
        let quota = votes.reduce(0, +) / Int128(seats + 1) + 1
        let winners = byVotes(hopeful.filter { votes[$0] >= quota }, votes)
        func write() {
          if !isWritten { count.stages.append(votes) }
          isWritten = true
        }
        if last == nil || !winners.isEmpty { write() }
        count.elected += winners
        hopeful.removeAll { winners.contains($0) }
        if !winners.isEmpty { break iteration }
        let surplus = max(0, count.elected.reduce(0) { $0 + votes[$1] - quota })
        if surplus < 1_000 || last.map({ surplus >= $0 }) ?? false {
          write()
          let least = hopeful.map { votes[$0] }.min() ?? 0
          let loser = draw(hopeful.filter { votes[$0] <= least + surplus }, out: true, round: count.stages.count + 1, &count)
          hopeful.removeAll { $0 == loser }
          keep[loser] = 0
          isWritten = false
          break iteration
        }
        isWritten = false
        for c in count.elected { keep[c] = up(up(keep[c] * quota, Self.unit) * Self.unit, votes[c]) }
        last = surplus
      }
    }
    // Votes for the order of the rest: those of the state reached.
    if !isWritten { count.stages.append(self.votes(keep)) }
    if count.elected.count < seats, !hopeful.isEmpty {
      count.elected += byVotes(hopeful, self.votes(keep))
      count.stages.append(self.votes(keep))
    }
    return count
  }

  private static let unit: Int128 = 1_000_000_000

  private func up(_ a: Int128, _ b: Int128) -> Int128 { a / b + (a % b > 0 ? 1 : 0) }

  private func votes(_ keep: [Int128]) -> [Int128] {
    var votes = keep.map { _ in Int128(0) }
    for ballot in election.repeated.ballots {
      var weight = Self.unit
      for level in ballot.levels {
        let part = up(weight * keep[level[0]], Self.unit)
        votes[level[0]] += part
        weight -= part
      }
    }
    return votes
  }
}
