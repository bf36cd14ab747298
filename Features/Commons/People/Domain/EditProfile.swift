package import Database

/// Changing what others see of oneself: the name, and whether it may be shown at all. Whoever is suspended speaks by no new name.
package struct EditProfile: Act {
  package init() {}

  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    // Terms are accepted with a name: they need not be before.
    guard let obstacle = actor.obstacle, obstacle.remedy != .acceptTerms else { return .yes }
    return .no(obstacle)
  }
}
