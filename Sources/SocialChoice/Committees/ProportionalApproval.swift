internal import BigInt

/// What is known of the best committee.
package struct ProportionalApprovalOptimum: Sendable, Hashable {
  /// The points of the committee that was chosen.
  package let points: Rational
  /// No committee has more; equal to ``points`` where the best is proven.
  package let bound: Rational
  /// What a stranger checks ``bound`` by.
  package let certificate: ProportionalApprovalCertificate
  /// Whether no committee has more points than the one chosen.
  package var isProven: Bool { points == bound }
}

/// Proportional approval (Thiele 1895): of all committees the one with most points, where a voter with u members gives 1 + 1/2 + … + 1/u.
///
/// NP-hard; here branch and bound with bounds by Lagrangian prices, exponential at worst and quick where groups are clear. Extended justified
/// representation holds for each optimum (Aziz, Brill, Conitzer, Elkind, Freeman, Walsh 2017).
package enum ProportionalApproval {
  /// - Parameter workLimit: steps, each the reading of one approval. Beyond it the best committee found is given with a bound that no committee exceeds;
  ///   where the best is proven but not all its equals are known, the one that the tie-break puts first is looked for by itself.
  package static func outcome(_ election: CommitteeElection, tieBreak: TieBreak = .lexicographic, workLimit: Int = 400_000_000) -> CommitteeOutcome {
    let scale = Scale(seats: election.seats)
    let most = scale.most(election)
    if most < BigInt(Int.max) { return count(ProportionalApprovalBounds<Int>(election: election, scale: scale), tieBreak, workLimit) }
    if most < BigInt(Int128.max) { return count(ProportionalApprovalBounds<Int128>(election: election, scale: scale), tieBreak, workLimit) }
    return count(ProportionalApprovalBounds<BigInt>(election: election, scale: scale), tieBreak, workLimit)
  }

  private static func count<Number>(_ bounds: ProportionalApprovalBounds<Number>, _ tieBreak: TieBreak, _ limit: Int) -> CommitteeOutcome {
    let search = ProportionalApprovalSearch(bounds: bounds)
    let places = tieBreak.places(count: bounds.election.candidateCount)
    let begin = bounds.improved(SequentialProportionalApproval.outcome(bounds.election, tieBreak: tieBreak, workLimit: 0).chosen)
    let all = search.run(.allOptima, incumbent: begin, limit: limit)
    if all.isComplete {
      let committees = all.committees.sorted { $0.lexicographicallyPrecedes($1) }
      let chosen = committees.min { comes($0, before: $1, places) } ?? begin
      return outcome(chosen, committees, .enumerated, all, listed: committees, bounds, places)
    }
    let one = search.run(.oneOptimum, incumbent: all.committees.min { comes($0, before: $1, places) } ?? begin, limit: limit)
    let tighter = one.bound <= all.bound ? one : all
    var chosen = one.committees.min { comes($0, before: $1, places) } ?? begin
    if one.isComplete {
      chosen = first(search, one.best, chosen, places, limit)
    } else {
      chosen = bounds.improved(chosen)
    }
    return outcome(chosen, [chosen], .notEnumerated, tighter, listed: nil, bounds, places)
  }

  /// Whether the tie-break prefers one committee: the best placed of those who are in only one of them is in it.
  private static func comes(_ one: [Int], before other: [Int], _ places: [Int]) -> Bool {
    one.map { places[$0] }.sorted().lexicographicallyPrecedes(other.map { places[$0] }.sorted())
  }

  /// The best committee that the tie-break puts first: candidate by candidate in its order, is there one with it? Questions beyond the limit keep what
  /// is known.
  private static func first<Number>(
    _ search: ProportionalApprovalSearch<Number>, _ best: Number, _ known: [Int], _ places: [Int], _ limit: Int
  ) -> [Int] {
    var witness = known
    var forced: [Int] = []
    for candidate in places.indices.sorted(by: { places[$0] < places[$1] }) where forced.count < search.bounds.seats {
      if !witness.contains(candidate) {
        let found = search.run(.atLeast(best), incumbent: witness, forced: forced + [candidate], limit: limit / search.bounds.election.candidateCount)
        guard let committee = found.committees.first else { continue }
        witness = committee
      }
      forced.append(candidate)
    }
    return witness
  }

  private static func outcome<Number>(
    _ chosen: [Int], _ committees: [[Int]], _ ties: TieEnumeration, _ finding: ProportionalApprovalSearch<Number>.Finding, listed: [[Int]]?,
    _ bounds: ProportionalApprovalBounds<Number>, _ places: [Int]
  ) -> CommitteeOutcome {
    func points(_ units: Number) -> Rational { Rational(BigInt(units), BigInt(bounds.harmonic[1])) }
    let own = bounds.points(chosen)
    // Points are multiples of the grain, so a bound may be rounded down to one.
    let bound = max(own, finding.bound / bounds.grain * bounds.grain)
    let certificate = ProportionalApprovalCertificate(
      tree: finding.tree, prices: finding.prices, priceUnit: bounds.priceUnit, bound: points(bound), committees: listed)
    let outside = Set(0..<bounds.election.candidateCount).subtracting(chosen).sorted()
    let losers = outside.map { candidate in
      if bounds.election.approvals[candidate] == 0 { return CommitteeLoser(candidate: candidate, reason: .approvedByNobody) }
      let exchanges = chosen.map { member in (member: member, points: bounds.points(chosen.filter { $0 != member } + [candidate])) }
      let best = exchanges.max { ($0.points, places[$0.member]) < ($1.points, places[$1.member]) }
      return CommitteeLoser(
        candidate: candidate, reason: .exchangeLoses(member: best?.member ?? candidate, points: points(own - (best?.points ?? own))))
    }
    // Those in some of the best committees, not in all: the tie-break took the first of them.
    let common = committees.reduce(Set(chosen)) { $0.intersection($1) }
    let open = Set(committees.joined()).subtracting(common)
    let met = chosen.filter(open.contains).min { places[$0] < places[$1] }.map { [Tie(round: 1, options: open.sorted(), chosen: $0)] } ?? []
    return CommitteeOutcome(
      chosen: chosen, ties: ties, committees: committees, tiesMet: met, losers: losers,
      optimum: ProportionalApprovalOptimum(points: points(own), bound: points(bound), certificate: certificate))
  }
}
