package import Database

/// Voting on, supporting or marking a resource; and changing or taking that back.
package struct CastVote: Act {
  package let resource: Resource
  package let admission: Admission
  /// Supports the person already gives in this component, others than this one.
  package let supportsGiven: Int

  package init(_ resource: Resource, _ admission: Admission, supportsGiven: Int) {
    self.resource = resource
    self.admission = admission
    self.supportsGiven = supportsGiven
  }

  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    let admitted = admission.verdict(for: actor, Choice.offered(on: resource.kind).act)
    guard admitted.isYes else { return admitted }
    guard resource.state == .published else { return .no(Refusal("refusal.state")) }
    if resource.kind == .argument || resource.kind == .source, resource.authorPerson == actor.person { return .no(Refusal("refusal.own")) }
    if resource.kind == .proposal, let limit = admission.settings.supportLimit, supportsGiven >= limit {
      return .no(Refusal("refusal.support-limit", ["count": .count(limit)]))
    }
    return .yes
  }
}
