@testable import SocialChoice

/// The committee rules again, voter by voter in fractions, as their definitions read; for small elections only.
struct CommitteeNaive {
  let candidates: Int
  let seats: Int
  /// One set a voter.
  let voters: [Set<Int>]

  init(_ candidates: Int, _ seats: Int, _ ballots: [(approved: [Int], weight: Int)]) {
    self.candidates = candidates
    self.seats = seats
    voters = ballots.flatMap { Array(repeating: Set($0.approved), count: $0.weight) }
  }

  /// All committees of the full size.
  var committees: [[Int]] {
    (0..<1 << candidates).filter { $0.nonzeroBitCount == seats }.map { bits in (0..<candidates).filter { bits >> $0 & 1 == 1 } }
  }

  func points(_ committee: some Collection<Int>) -> Fraction {
    voters.reduce(.zero) { sum, voter in
      let members = committee.filter(voter.contains).count
      return sum + (0..<members).reduce(.zero) { $0 + Fraction(1, $1 + 1) }
    }
  }

  func optima() -> Set<[Int]> {
    let scored = committees.map { ($0, points($0)) }
    let best = scored.map(\.1).max()
    return Set(scored.filter { $0.1 == best }.map(\.0))
  }

  // MARK: - Rules that go seat by seat

  /// How a count stands: the members, and for each voter a load or the money left.
  struct State: Hashable {
    var members: Set<Int> = []
    var accounts: [Fraction]
    var isLoad = false
  }

  /// All who may have the next seat, with what follows; nobody where the rule ends.
  typealias Step = (State) -> [(candidate: Int, next: State)]

  func beginning(money: Int = 0) -> State { State(accounts: voters.map { _ in Fraction(money, voters.count) }) }

  /// The results of all ways to break ties.
  func everything(_ step: Step, _ state: State) -> Set<[Int]> {
    let choices = state.members.count < seats ? step(state) : []
    if choices.isEmpty { return [state.members.sorted()] }
    return choices.reduce(into: []) { $0.formUnion(everything(step, $1.next)) }
  }

  /// The result of one way: the first in `order`.
  func course(_ step: Step, _ start: State, _ order: [Int]) -> (members: [Int], ties: [Tie]) {
    var (state, ties, round) = (start, [Tie](), 0)
    while state.members.count < seats {
      let choices = step(state)
      guard let first = order.lazy.compactMap({ wanted in choices.first { $0.candidate == wanted } }).first else { break }
      round += 1
      if choices.count > 1 { ties.append(Tie(round: round, options: choices.map(\.candidate).sorted(), chosen: first.candidate)) }
      state = first.next
    }
    return (state.members.sorted(), ties)
  }

  private func seat(_ candidate: Int, _ state: State, _ account: (Int) -> Fraction) -> (candidate: Int, next: State) {
    let accounts = voters.indices.map { voters[$0].contains(candidate) ? account($0) : state.accounts[$0] }
    return (candidate, State(members: state.members.union([candidate]), accounts: accounts, isLoad: state.isLoad))
  }

  private func rest(_ state: State) -> [Int] { (0..<candidates).filter { !state.members.contains($0) } }

  private func best<Figure: Comparable>(_ figures: [(Int, Figure)], _ pick: ([Figure]) -> Figure?) -> [(candidate: Int, figure: Figure)] {
    let wanted = pick(figures.map(\.1))
    return figures.filter { $0.1 == wanted }.map { ($0.0, $0.1) }
  }

  func sequentialPoints(_ state: State) -> [(candidate: Int, next: State)] {
    best(rest(state).map { ($0, points(state.members.union([$0]))) }) { $0.max() }.map { choice in
      seat(choice.candidate, state) { state.accounts[$0] }
    }
  }

  func approvals(_ state: State) -> [(candidate: Int, next: State)] {
    best(rest(state).map { candidate in (candidate, voters.count { $0.contains(candidate) }) }) { $0.max() }
      .map { choice in seat(choice.candidate, state) { state.accounts[$0] } }
  }

  func phragmen(_ state: State) -> [(candidate: Int, next: State)] {
    let loads = rest(state).compactMap { candidate -> (Int, Fraction)? in
      let supporters = voters.indices.filter { voters[$0].contains(candidate) }
      return supporters.isEmpty ? nil : (candidate, supporters.reduce(Fraction(1)) { $0 + state.accounts[$1] } / Fraction(supporters.count))
    }
    if loads.isEmpty { return approvals(state) }
    return best(loads) { $0.min() }.map { choice in seat(choice.candidate, state) { _ in choice.figure } }
  }

  func equalShares(_ completion: EqualSharesCompletion) -> Step {
    { state in
      let prices = rest(state).compactMap { candidate in price(candidate, state).map { (candidate, $0) } }
      if !prices.isEmpty {
        return best(prices) { $0.min() }.map { choice in seat(choice.candidate, state) { max(.zero, state.accounts[$0] - choice.figure) } }
      }
      switch completion {
      case .none, .increment: return []
      case .approval: return approvals(state)
      case .phragmen: return phragmen(state.isLoad ? state : State(members: state.members, accounts: state.accounts.map { -$0 }, isLoad: true))
      }
    }
  }

  /// The lowest ρ with Σ min(money, ρ) = 1 over the supporters, found by trying each number of voters who pay all they have.
  private func price(_ candidate: Int, _ state: State) -> Fraction? {
    let purses = voters.indices.filter { voters[$0].contains(candidate) && !state.isLoad }.map { state.accounts[$0] }.sorted()
    for poor in purses.indices {
      let price = (Fraction(1) - purses[..<poor].reduce(.zero, +)) / Fraction(purses.count - poor)
      if purses.reduce(.zero, { $0 + min($1, price) }) == Fraction(1) { return price }
    }
    return nil
  }

  /// Money for one seat more, again and again, until every course fills all seats; the result is that of the first fund under which the course of the
  /// tie-break does. Where fewer candidates than seats have a voter, approvals fill them.
  func incremented(_ order: [Int]) -> (all: Set<[Int]>, members: [Int], ties: [Tie]) {
    guard (0..<candidates).filter({ candidate in voters.contains { $0.contains(candidate) } }).count >= seats else {
      let (step, start) = (equalShares(.approval), beginning(money: seats))
      let course = course(step, start, order)
      return (everything(step, start), course.members, course.ties)
    }
    var all: Set<[Int]> = []
    var found: (members: [Int], ties: [Tie])?
    var money = seats
    while true {
      let results = everything(equalShares(.none), beginning(money: money))
      let course = course(equalShares(.none), beginning(money: money), order)
      if found == nil, course.members.count == seats { found = course }
      all.formUnion(results.filter { $0.count == seats })
      if let found, results.allSatisfy({ $0.count == seats }) { return (all, found.members, found.ties) }
      money += 1
    }
  }

  /// A group that deserves l members by agreeing on l candidates, and of whose voters each has fewer than l.
  func violatesExtendedJustifiedRepresentation(_ committee: [Int]) -> Bool {
    (1..<1 << candidates).contains { bits in
      let agreed = Set((0..<candidates).filter { bits >> $0 & 1 == 1 })
      let short = voters.filter { agreed.isSubset(of: $0) && $0.intersection(committee).count < agreed.count }
      return agreed.count <= seats && !short.isEmpty && short.count * seats >= agreed.count * voters.count
    }
  }

  /// The same where even all members whom some voter of the group approves of are fewer than l.
  func violatesProportionalJustifiedRepresentation(_ committee: [Int]) -> Bool {
    (1..<1 << candidates).contains { bits in
      let agreed = Set((0..<candidates).filter { bits >> $0 & 1 == 1 })
      guard agreed.count <= seats else { return false }
      return (0..<1 << committee.count).contains { few in
        guard few.nonzeroBitCount < agreed.count else { return false }
        let allowed = Set(committee.indices.filter { few >> $0 & 1 == 1 }.map { committee[$0] })
        let group = voters.filter { agreed.isSubset(of: $0) && $0.intersection(committee).isSubset(of: allowed) }
        return !group.isEmpty && group.count * seats >= agreed.count * voters.count
      }
    }
  }
}

/// Small elections with many ties, from a seed.
struct SmallElections {
  var random: PublicRandom

  init(seed: String) { random = PublicRandom(seed: seed) }

  mutating func next(candidates most: Int = 6, voters: Int = 7) -> (candidates: Int, seats: Int, ballots: [(approved: [Int], weight: Int)]) {
    let candidates = 2 + random.below(most - 1)
    let seats = 1 + random.below(min(candidates, 4))
    let likely = 2 + random.below(4)
    let ballots = (0..<1 + random.below(voters)).map { _ in
      (approved: (0..<candidates).filter { _ in random.below(6) < likely }, weight: 1 + random.below(2))
    }
    return (candidates, seats, ballots)
  }
}
