import SocialChoice

/// Committees as reports of `isegoria rank`.
extension RankReport {
  /// Counts approval ballots for a committee rule.
  ///
  /// - Throws: ``Misuse`` where there are more seats than candidates.
  init(_ input: RankInput, _ settings: RankSettings, _ count: (CommitteeElection, TieBreak, Int) -> CommitteeOutcome) throws {
    let election: CommitteeElection
    do throws(CommitteeFault) {
      election = try CommitteeElection(input.approvals, seats: settings.seats)
    } catch {
      throw Misuse(reason: error.description)
    }
    let outcome = count(election, settings.tieBreak, settings.steps)
    var remarks: [String] = []
    if let optimum = outcome.optimum, !optimum.isProven {
      let (points, bound) = (Figures.words(optimum.points), Figures.words(optimum.bound, up: true))
      remarks.append("the best committee found has \(points) points; that none has more than \(bound) is proven")
    }
    if outcome.committees.count > 1 {
      remarks.append("\(outcome.committees.count) committees are equally right; in each of them: \(Self.names(outcome.inEveryCommittee, input))")
    }
    let empty = settings.seats - outcome.chosen.count
    if empty > 0 { remarks.append("\(Plural.of(empty, "seat")) \(empty == 1 ? "stays" : "stay") empty") }
    let isProven = outcome.optimum?.isProven ?? true
    self.init(
      winners: outcome.inSomeCommittee, ranking: Self.ranking(outcome), chosen: outcome.chosen, ties: outcome.tiesMet,
      tiesEnumerated: outcome.ties == .enumerated,
      losers: outcome.losers.map {
        RankLoser(
          candidate: $0.candidate, words: $0.reason.words(input.name, isProven: isProven), code: $0.reason.code,
          fields: LosingFields.fields($0.reason))
      }, trace: CommitteeTraces.value(outcome, election),
      figures: ("approvals", election.approvals.map { Double($0) }), remarks: remarks, committees: outcome.committees,
      isProven: isProven)
  }

  /// Those elected in their order, where the rule elects one after the other, or together; then the others together.
  private static func ranking(_ outcome: CommitteeOutcome) -> [[Int]] {
    let order = outcome.rounds.map(\.elected)
    let elected = Set(order) == Set(outcome.chosen) ? order.map { [$0] } : [outcome.chosen]
    return (elected + [outcome.losers.map(\.candidate)]).filter { !$0.isEmpty }
  }

  private static func names(_ candidates: [Int], _ input: RankInput) -> String {
    candidates.isEmpty ? "nobody" : candidates.map(input.name).joined(separator: ", ")
  }
}

enum CommitteeTraces {
  /// A proof of more parts than this is not printed.
  private static let longestProof = 500_000

  static func value(_ outcome: CommitteeOutcome, _ election: CommitteeElection) -> TraceValue {
    var value: [String: TraceValue] = [
      "committees": .list(outcome.committees.map { .candidates($0) }), "in_every_committee": .candidates(outcome.inEveryCommittee),
    ]
    if let optimum = outcome.optimum {
      value["points"] = .rational(optimum.points)
      value["bound"] = .rational(optimum.bound)
      value["proven_best"] = .bool(optimum.isProven)
      value["certificate"] = certificate(optimum.certificate, election)
    } else {
      value["rounds"] = .list(outcome.rounds.map(round))
    }
    return .object(value)
  }

  private static func round(_ round: CommitteeRound) -> TraceValue {
    .object([
      "elected": .candidate(round.elected), "by": .text(round.stage.rawValue), "value": .rational(round.value),
      "supporters": .number(round.supporters),
      "supporters_who_paid_all_they_had": .number(round.exhausted),
    ])
  }

  /// What a stranger needs to check it: the ballots in the order of the prices, the tree in preorder, the prices.
  private static func certificate(_ proof: ProportionalApprovalCertificate, _ election: CommitteeElection) -> TraceValue {
    guard proof.tree.count + proof.prices.count * election.groups.count <= longestProof else {
      return .text("\(proof.tree.count) parts: not printed")
    }
    let ballots = election.groups.map { TraceValue.object(["approved": .candidates($0.approved), "weight": .number($0.weight)]) }
    let tree = proof.tree.map { node -> TraceValue in
      switch node {
      case .question(let candidate): .object(["with_or_without": .candidate(candidate)])
      case .nextMember: .text("next member")
      case .priced(let place): .object(["prices": .number(place)])
      case .single: .text("one committee")
      }
    }
    return .object([
      "ballots": .list(ballots), "tree": .list(tree), "prices": .list(proof.prices.map { .list($0.map { .number($0) }) }),
      "price_unit": .number(proof.priceUnit), "lists_all_committees": .bool(proof.committees != nil),
    ])
  }
}
