/// The ballots of an instant run-off in piles, one a candidate: when a candidate goes, only the ballots of its pile are looked at.
///
/// All rounds together take the entries of all ballots once, and each level of equals once for each of them who goes.
struct RunoffPiles {
  private(set) var sums: VoteSums
  /// Ballots that rank nobody who stands.
  private(set) var exhausted = 0
  private let profile: RankedProfile
  private var isStanding: [Bool]
  /// For each candidate the ballots on whose highest level it stands, alone or with equals.
  private var piles: [[Int]]
  /// For each ballot where the highest level with someone who stands begins, and how many stand there.
  private var heads: [Int]
  private var sharers: [Int]
  /// Votes of ballots of its own, and for each number of sharers the weight of those it shares.
  private var own: [Int]
  private var shared: [[Int: Int]]

  init(_ profile: RankedProfile) {
    let (count, ballots) = (profile.candidateCount, profile.ballotCount)
    self.profile = profile
    isStanding = Array(repeating: true, count: count)
    piles = Array(repeating: [], count: count)
    heads = Array(profile.starts.dropLast())
    sharers = Array(repeating: 0, count: ballots)
    own = Array(repeating: 0, count: count)
    shared = Array(repeating: [:], count: count)
    sums = VoteSums(own)
    for ballot in 0..<ballots { _ = deal(ballot) }
    settle(Set(0..<count))
  }

  /// Puts some out; their ballots pass on.
  mutating func exclude(_ candidates: [Int]) {
    for candidate in candidates { isStanding[candidate] = false }
    var touched: Set<Int> = []
    for candidate in candidates {
      for ballot in piles[candidate] { touched.formUnion(passOn(ballot)) }
      piles[candidate] = []
      (own[candidate], shared[candidate]) = (0, [:])
      sums.set(candidate, own: 0, shared: .zero)
    }
    settle(touched.filter { isStanding[$0] })
  }

  /// Adds up anew. Many may share the same ballots with the same others: their fractions are added once.
  private mutating func settle(_ candidates: Set<Int>) {
    var known: [[Int: Int]: Rational] = [[:]: .zero]
    for candidate in candidates {
      let shares = shared[candidate]
      let sum = known[shares] ?? shares.reduce(.zero) { $0 + Rational($1.value, $1.key) }
      known[shares] = sum
      sums.set(candidate, own: own[candidate], shared: sum)
    }
  }

  /// One who shared the ballot, or had it alone, is gone. Returns for whom it counts now.
  private mutating func passOn(_ ballot: Int) -> [Int] {
    let before = sharers[ballot]
    let left = members(ofLevelAt: heads[ballot], of: ballot)
    guard !left.isEmpty else {
      heads[ballot] = end(ofLevelAt: heads[ballot], of: ballot)
      return deal(ballot)
    }
    let weight = profile.weights[ballot]
    for candidate in left {
      let rest = (shared[candidate][before] ?? 0) - weight
      shared[candidate][before] = rest == 0 ? nil : rest
      count(ballot, for: candidate, among: left.count)
    }
    sharers[ballot] = left.count
    return left
  }

  /// Gives a ballot to those who stand on the first level, from its head on, on which anyone does.
  private mutating func deal(_ ballot: Int) -> [Int] {
    while heads[ballot] < profile.starts[ballot + 1] {
      let members = members(ofLevelAt: heads[ballot], of: ballot)
      if !members.isEmpty {
        for candidate in members {
          piles[candidate].append(ballot)
          count(ballot, for: candidate, among: members.count)
        }
        sharers[ballot] = members.count
        return members
      }
      heads[ballot] = end(ofLevelAt: heads[ballot], of: ballot)
    }
    exhausted += profile.weights[ballot]
    return []
  }

  private mutating func count(_ ballot: Int, for candidate: Int, among sharers: Int) {
    if sharers == 1 { own[candidate] += profile.weights[ballot] } else { shared[candidate][sharers, default: 0] += profile.weights[ballot] }
  }

  private func end(ofLevelAt head: Int, of ballot: Int) -> Int {
    var place = head + 1
    while place < profile.starts[ballot + 1], profile.entries[place] < 0 { place += 1 }
    return place
  }

  private func members(ofLevelAt head: Int, of ballot: Int) -> [Int] {
    var members: [Int] = []
    // A closure here would copy all piles' references for each ballot.
    for place in head..<end(ofLevelAt: head, of: ballot) {
      let entry = profile.entries[place]
      let candidate = Int(entry < 0 ? ~entry : entry)
      if isStanding[candidate] { members.append(candidate) }
    }
    return members
  }
}
