/// Where every voice went in one voting, and what each direct vote weighs.
///
/// Linear in the members, without recursion: each member is walked over once, and chains that are known already are not walked again. A chain of a
/// million members and a ring of a million are as easy as a million of one.
///
/// ```swift
/// // 0 → 1 → 2, who votes; 3 → 4, who does not.
/// let trust = TrustTable(memberCount: 5, delegations: [
///   Delegation(truster: 0, scope: .organization, trust: .inMember(1)), Delegation(truster: 1, scope: .theme, trust: .inMember(2)),
///   Delegation(truster: 3, scope: .voting, trust: .inMember(4)),
/// ])
/// let tally = VoiceTally(trust: trust, standings: Array(repeating: .entitled, count: 5), votes: [false, false, true, false, false])
/// tally.weights      // [0, 0, 3, 0, 0]
/// tally.end(of: 3)   // .lost(.silent(4))
/// ```
package struct VoiceTally: Sendable {
  /// What a whole voice weighs; 1 unless a decay makes finer shares.
  package let unit: Int
  /// By member: what the direct vote weighs, in 1/``unit``; 0 for those who do not vote directly.
  package let weights: [Int]
  /// By member: how many whole voices came this far, the own included; 0 for those whose voice is not counted.
  package let carried: [Int]
  /// What all voices came to.
  package let totals: VoiceTotals
  let ends: VoiceEnds
  private let limits: WeightLimits
  private let uncapped: [Int]

  /// - Parameters:
  ///   - standings: by member.
  ///   - votes: by member: votes directly. It has no effect for those who may not speak.
  /// - Precondition: both have one entry for each member of `trust`.
  package init(trust: TrustTable, standings: [Standing], votes: [Bool], limits: WeightLimits = .none) {
    precondition(standings.count == trust.memberCount && votes.count == trust.memberCount, "one standing and one vote flag for each member")
    let trustees = trust.holdingTrustees()
    let ends = VoiceEnds(trustees: trustees, standings: standings, votes: votes, horizon: limits.decay?.horizon)
    self.ends = ends
    self.limits = limits
    unit = limits.unit
    carried = ends.carriedVoices(trustees: trustees)
    uncapped = ends.weights(carried: carried, unit: unit, faded: limits.faded())
    if let cap = limits.cap {
      let most = min(cap, trust.memberCount) * unit
      weights = uncapped.map { min($0, most) }
    } else {
      weights = uncapped
    }
    totals = VoiceTotals(ends: ends, weights: weights, uncapped: uncapped, unit: unit)
  }

  package var memberCount: Int { weights.count }

  /// Where the voice of a member ended.
  package func end(of member: Int) -> VoiceEnd { ends[member] }

  /// How much of a member's voice counts: 1 for a direct vote and for a carried voice, less where a limit is on, 0 for the others.
  package func share(of member: Int) -> Rational {
    switch ends[member] {
    case .direct: return .one
    case .carried(let voter, let distance):
      let fading = limits.decay == nil ? Rational.one : Rational(limits.faded()[distance], unit)
      guard weights[voter] < uncapped[voter] else { return fading }
      return fading * Rational(weights[voter] - unit, uncapped[voter] - unit)
    default: return .zero
    }
  }
}

/// The account of all voices: nothing is lost without a name.
package struct VoiceTotals: Sendable, Hashable {
  /// Members who may speak.
  package internal(set) var entitled = 0
  /// Of these, those who vote directly.
  package internal(set) var direct = 0
  /// Those whose voice is carried to a vote.
  package internal(set) var carried = 0
  /// Those who neither vote nor delegate.
  package internal(set) var away = 0
  /// Those whose delegated voice counts nowhere, by reason.
  package internal(set) var inRing = 0
  /// Of ``lost``: whose chain ends at someone who neither votes nor delegates, who has switched delegation off, who is inactive, who may not vote, or too far away.
  package internal(set) var atSilent = 0
  package internal(set) var atSwitchedOff = 0
  package internal(set) var atInactive = 0
  package internal(set) var atUnentitled = 0
  package internal(set) var beyondHorizon = 0
  /// Weight of all direct votes together, in 1/unit.
  package internal(set) var counted = 0
  /// What carried voices lost on the way by decay, in 1/unit.
  package internal(set) var faded = 0
  /// What the cap cut off, in 1/unit.
  package internal(set) var aboveCap = 0

  /// All whose voice was delegated and counts nowhere.
  package var lost: Int { inRing + atSilent + atSwitchedOff + atInactive + atUnentitled + beyondHorizon }

  /// Counted, faded, cut off, lost and away make up all who may speak. It holds always; a page may show the sum.
  package func balances(unit: Int) -> Bool { counted + faded + aboveCap + (lost + away) * unit == entitled * unit }

  init(ends: VoiceEnds, weights: [Int], uncapped: [Int], unit: Int) {
    for member in weights.indices {
      switch ends.kinds[member] {
      case .direct: direct += 1
      case .carried: carried += 1
      case .away: away += 1
      case .inactive, .unentitled: continue
      case .lostInRing: inRing += 1
      case .lostAtSilent: atSilent += 1
      case .lostAtSwitchedOff: atSwitchedOff += 1
      case .lostAtInactive: atInactive += 1
      case .lostAtUnentitled: atUnentitled += 1
      case .lostBeyondHorizon: beyondHorizon += 1
      case .unknown, .underWay: continue
      }
      entitled += 1
      counted += weights[member]
      aboveCap += uncapped[member] - weights[member]
    }
    faded = (direct + carried) * unit - counted - aboveCap
  }
}
