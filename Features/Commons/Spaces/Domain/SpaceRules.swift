package import Database

/// Making a new space.
package struct CreateSpace: Act {
  package init() {}
  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    if let obstacle = actor.obstacle { return .no(obstacle) }
    guard actor.isGranted(.administrator, in: nil) || actor.isGrantedAnywhere(.organiser) else { return .no(Refusal("refusal.role")) }
    guard actor.hasSecondFactor else { return .no(Refusal("refusal.second-factor", remedy: .secondFactor)) }
    return .yes
  }
}

/// Editing, publishing and setting up one space and its components.
package struct ManageSpace: Act {
  package let space: SpaceID
  package init(_ space: SpaceID) { self.space = space }
  package func verdict(for actor: Actor, at now: Instant) -> Verdict { actor.verdict(holding: .organiser, .administrator, in: space) }
}

/// Reading a space. Drafts are read by those who make them, by the authority that signs for them, and by the guarantor.
package struct ReadSpace: Act {
  package let space: SpaceID
  package let isPublished: Bool
  package init(_ space: Space) {
    self.space = space.id
    self.isPublished = space.isPublished
  }

  /// For acts, which need no word of the space.
  package init(_ space: SpaceID, isPublished: Bool) {
    self.space = space
    self.isPublished = isPublished
  }
  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    if isPublished { return .yes }
    return actor.verdict(holding: .organiser, .administrator, .authority, .guarantor, in: space)
  }
}
