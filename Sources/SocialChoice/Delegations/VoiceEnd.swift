/// Whether a member may speak in a voting.
package enum Standing: UInt8, Sendable, Hashable {
  case entitled
  /// Left, suspended or not seen for too long.
  case inactive
  /// Has no right to vote in this organization.
  case unentitled
}

/// Where a member's voice ends up. Every member has exactly one end.
package enum VoiceEnd: Sendable, Hashable {
  /// Votes directly.
  case direct
  /// Carried to the vote of `voter` over `distance` delegations, at least 1.
  case carried(voter: Int, distance: Int)
  /// Delegated, and counts nowhere.
  case lost(LostVoice)
  /// Neither votes nor delegates (or has said "nobody"): stays away by choice.
  case away
  /// May not speak: inactive or without the right to vote.
  case barred(Standing)
}

/// Why a delegated voice counts nowhere. Each names the member where the chain broke.
package enum LostVoice: Sendable, Hashable {
  /// The chain runs in a ring, which it enters at this member.
  case ring(entry: Int)
  /// This member neither votes nor delegates.
  case silent(Int)
  /// This member has said that nobody speaks for them, and does not vote.
  case switchedOff(Int)
  /// This member may not speak.
  case barred(Int, Standing)
  /// The vote of this member is further away than the decay's horizon.
  case beyondHorizon(voter: Int)
}
