import BigInt

/// A proof, checkable by anyone in exact arithmetic, of how many points the best committee has.
///
/// The tree asks of one candidate after the other "with or without?" until the committees that remain are few enough to see that none has more points
/// than ``bound``. A leaf shows it by prices. Let `p` be the price of a seat for a ballot group (from 0 to 1), and let a candidate's worth be the sum of
/// `weight · p` over the groups that approve of it. A group with `u` members has H(u) = 1 + 1/2 + … + 1/u points a voter, and H(u) ≤ p·u + rest(p), where
/// rest(p) is the largest H(j) − p·j over the numbers j of members that the group can have. Summed over the groups: no committee of the leaf has more
/// points than all `weight · rest(p)` and the worth of its members, which is at most the worth of those that are in and of the best of those left open.
package struct ProportionalApprovalCertificate: Sendable, Hashable {
  /// The tree in preorder: after a question comes first the tree with the candidate, then the one without.
  package enum Node: Sendable, Hashable {
    case question(candidate: Int)
    /// Bounded by the prices 1/(members + 1), with the members that are in already.
    case nextMember
    /// Bounded by ``prices`` at this place.
    case priced(Int)
    /// One committee is left: counted.
    case single
  }
  package let tree: [Node]
  /// For each group of the election a price, in parts of ``priceUnit``.
  package let prices: [[Int]]
  /// A price of 1 is so many parts.
  package let priceUnit: Int
  /// No committee has more points.
  package let bound: Rational
  /// All committees with exactly ``bound`` points where the proof finds them all; nil where it proves the bound alone.
  package let committees: [[Int]]?

  /// Whether the proof holds for this election. It shares no code with the search. O(tree · approvals), in slow exact arithmetic.
  package func holds(for election: CommitteeElection) -> Bool {
    var reading = Reading(election: election, certificate: self)
    return reading.run()
  }

  /// Walks the tree with what is in and what is out.
  private struct Reading {
    let election: CommitteeElection
    let certificate: ProportionalApprovalCertificate
    var isIn: Set<Int> = []
    var isOut: Set<Int> = []
    var found: Set<[Int]> = []
    var harmonic: [Rational] = [.zero]

    mutating func run() -> Bool {
      for number in 1...election.seats { harmonic.append(harmonic[number - 1] + Rational(1, number)) }
      // Each open question waits with its candidate for the tree without it.
      var waiting: [(candidate: Int, without: Bool)] = []
      for (place, node) in certificate.tree.enumerated() {
        if case .question(let candidate) = node {
          guard (0..<election.candidateCount).contains(candidate), !isIn.contains(candidate), !isOut.contains(candidate) else { return false }
          isIn.insert(candidate)
          waiting.append((candidate, false))
          continue
        }
        guard leafHolds(node) else { return false }
        while let last = waiting.last, last.without {
          isOut.remove(last.candidate)
          waiting.removeLast()
        }
        guard let last = waiting.last else { return place == certificate.tree.count - 1 && (certificate.committees.map { Set($0) == found } ?? true) }
        isIn.remove(last.candidate)
        isOut.insert(last.candidate)
        waiting[waiting.count - 1].without = true
      }
      return false
    }

    private mutating func leafHolds(_ node: Node) -> Bool {
      let open = (0..<election.candidateCount).filter { !isIn.contains($0) && !isOut.contains($0) }
      let seats = election.seats - isIn.count
      // Too many in, or too few left: no committee is there at all.
      if seats < 0 || open.count < seats { return true }
      if seats == 0 || open.count == seats {
        let committee = isIn.union(seats == 0 ? [] : open)
        let points = election.groups.reduce(Rational.zero) {
          $0 + Rational($1.weight) * harmonic[$1.approved.filter(committee.contains).count]
        }
        if points == certificate.bound { found.insert(committee.sorted()) }
        return points <= certificate.bound
      }
      guard let prices = prices(node) else { return false }
      var worth = [Rational](repeating: .zero, count: election.candidateCount)
      var bound = Rational.zero
      for (group, price) in zip(election.groups, prices) {
        let members = group.approved.filter(isIn.contains).count
        let most = members + min(seats, group.approved.filter { !isIn.contains($0) && !isOut.contains($0) }.count)
        let rest = (members...most).map { harmonic[$0] - price * Rational($0) }.max() ?? .zero
        bound += Rational(group.weight) * rest
        for candidate in group.approved { worth[candidate] += Rational(group.weight) * price }
      }
      bound += isIn.reduce(.zero) { $0 + worth[$1] }
      bound += open.map { worth[$0] }.sorted(by: >).prefix(seats).reduce(.zero, +)
      return certificate.committees == nil ? bound <= certificate.bound || floored(bound) <= certificate.bound : bound < certificate.bound
    }

    /// Points are whole multiples of 1/lcm(1…seats): a bound may be rounded down to one.
    private func floored(_ bound: Rational) -> Rational {
      var unit: BigInt = 1
      for number in 1...election.seats { unit = unit / unit.greatestCommonDivisor(with: BigInt(number)) * BigInt(number) }
      return Rational((bound * Rational(unit)).floor, unit)
    }

    private func prices(_ node: Node) -> [Rational]? {
      switch node {
      case .question, .single: return nil
      case .nextMember: return election.groups.map { Rational(1, $0.approved.filter(isIn.contains).count + 1) }
      case .priced(let place):
        guard certificate.prices.indices.contains(place), certificate.prices[place].count == election.groups.count else { return nil }
        return certificate.prices[place].map { Rational($0, certificate.priceUnit) }
      }
    }
  }
}
