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

  func points(_ committee: some Collection<Int>) -> Rational {
    voters.reduce(.zero) { sum, voter in
      let members = committee.filter(voter.contains).count
      return sum + (0..<members).reduce(.zero) { $0 + Rational(1, $1 + 1) }
    }
  }

  func optima() -> Set<[Int]> {
    let scored = committees.map { ($0, points($0)) }
    let best = scored.map(\.1).max()
    return Set(scored.filter { $0.1 == best }.map(\.0))
  }

  func sequentialPoints() -> Set<[Int]> {
    var level: Set<Set<Int>> = [[]]
    for _ in 0..<seats {
      level = Set(
        level.flatMap { committee in
          let next = (0..<candidates).filter { !committee.contains($0) }.map { ($0, points(committee.union([$0]))) }
          let best = next.map(\.1).max()
          return next.filter { $0.1 == best }.map { committee.union([$0.0]) }
        })
    }
    return Set(level.map { $0.sorted() })
  }

  /// All results of Phragmén's rule from some loads and members.
  func phragmen(_ committee: Set<Int> = [], _ start: [Rational]? = nil) -> Set<[Int]> {
    let loads = start ?? Array(repeating: .zero, count: voters.count)
    guard committee.count < seats else { return [committee.sorted()] }
    let rest = (0..<candidates).filter { !committee.contains($0) }
    let supported = rest.filter { candidate in voters.contains { $0.contains(candidate) } }
    guard !supported.isEmpty else { return rest.reduce(into: []) { $0.formUnion(phragmen(committee.union([$1]), loads)) } }
    let next = supported.map { candidate in
      let supporters = voters.indices.filter { voters[$0].contains(candidate) }
      return (candidate, (Rational.one + supporters.reduce(.zero) { $0 + loads[$1] }) / Rational(supporters.count))
    }
    let least = next.map(\.1).min()
    return next.filter { $0.1 == least }.reduce(into: []) { results, choice in
      let after = loads.enumerated().map { voters[$0.offset].contains(choice.0) ? choice.1 : $0.element }
      results.formUnion(phragmen(committee.union([choice.0]), after))
    }
  }

  /// All results of equal shares, the money of each voter given.
  func equalShares(_ committee: Set<Int>, _ money: [Rational], completion: EqualSharesCompletion) -> Set<[Int]> {
    guard committee.count < seats else { return [committee.sorted()] }
    let rest = (0..<candidates).filter { !committee.contains($0) }
    let prices = rest.compactMap { candidate in price(candidate, money).map { (candidate, $0) } }
    guard let least = prices.map(\.1).min() else {
      switch completion {
      case .none, .increment: return [committee.sorted()]
      case .phragmen: return phragmen(committee, money.map { -$0 })
      case .approval: return byApproval(committee)
      }
    }
    return prices.filter { $0.1 == least }.reduce(into: []) { results, choice in
      let after = money.enumerated().map { voters[$0.offset].contains(choice.0) ? $0.element - min($0.element, choice.1) : $0.element }
      results.formUnion(equalShares(committee.union([choice.0]), after, completion: completion))
    }
  }

  /// The lowest ρ with Σ min(money, ρ) = 1 over the supporters, found by trying each number of voters who pay all they have.
  private func price(_ candidate: Int, _ money: [Rational]) -> Rational? {
    let purses = voters.indices.filter { voters[$0].contains(candidate) }.map { money[$0] }.sorted()
    for poor in purses.indices {
      let price = (Rational.one - purses[..<poor].reduce(.zero, +)) / Rational(purses.count - poor)
      if purses.reduce(.zero, { $0 + min($1, price) }) == .one { return price }
    }
    return nil
  }

  private func byApproval(_ committee: Set<Int>) -> Set<[Int]> {
    guard committee.count < seats else { return [committee.sorted()] }
    let rest = (0..<candidates).filter { !committee.contains($0) }
    let counts = rest.map { candidate in voters.filter { $0.contains(candidate) }.count }
    return zip(rest, counts).filter { $0.1 == counts.max() }.reduce(into: []) { $0.formUnion(byApproval(committee.union([$1.0]))) }
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
