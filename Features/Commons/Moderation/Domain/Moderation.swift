package import Database

/// The rules of the moderation charter, by key; their words stand in the catalogues and in the charter.
package enum CharterRule: String, Sendable, CaseIterable {
  case offTopic = "off-topic"
  case insult, discrimination
  case personalData = "personal-data"
  case advertising, duplicate, unlawful, impersonation
}

/// Reporting a contribution; anyone may, with or without account.
package struct ReportResource: Act {
  package let resource: Resource
  package init(_ resource: Resource) { self.resource = resource }

  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    if actor.isSuspended { return .no(Refusal("refusal.suspended")) }
    guard resource.state.allows(.report) else { return .no(Refusal("refusal.state")) }
    if resource.isOfficial { return .no(Refusal("refusal.report-official")) }
    return .yes
  }
}

/// Deciding what becomes of a contribution: kept, hidden, or shown again.
package struct Moderate: Act {
  package enum Decision: String, Sendable, CaseIterable { case keep, hide, restore }

  package let resource: Resource
  package let decision: Decision
  /// Who reported it: nobody decides on their own report.
  package let reporters: Set<PersonID>

  package init(_ resource: Resource, _ decision: Decision, reporters: Set<PersonID>) {
    self.resource = resource
    self.decision = decision
    self.reporters = reporters
  }

  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    let held = actor.verdict(holding: .moderator, in: resource.space)
    guard held.isYes, let person = actor.person else { return held }
    if resource.authorPerson == person || reporters.contains(person) { return .no(Refusal("refusal.own-case")) }
    // What the authority puts to the vote is its own to correct, not a moderator's to take away.
    if resource.isOfficial { return .no(Refusal("refusal.official-case")) }
    switch decision {
    case .keep: return .yes
    case .hide: return resource.state.allows(.hide) ? .yes : .no(Refusal("refusal.state"))
    case .restore: return resource.state.allows(.restore) ? .yes : .no(Refusal("refusal.state"))
    }
  }
}

/// Reading the queue of reports. The guarantor reads it and decides nothing.
package struct ReadQueue: Act {
  package init() {}
  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    if let obstacle = actor.obstacle { return .no(obstacle) }
    guard [Role.moderator, .guarantor].contains(where: actor.isGrantedAnywhere) else { return .no(Refusal("refusal.role")) }
    guard actor.hasSecondFactor else { return .no(Refusal("refusal.second-factor", remedy: .secondFactor)) }
    return .yes
  }
}

/// Reading the reported and the hidden cases of a space: its moderators and guarantors.
package struct ReadCases: Act {
  package let space: SpaceID
  package init(_ space: SpaceID) { self.space = space }
  package func verdict(for actor: Actor, at now: Instant) -> Verdict { actor.verdict(holding: .moderator, .guarantor, in: space) }
}

/// The guarantor's own report: nobody else writes one.
package struct PublishGuarantorReport: Act {
  package let space: SpaceID
  package init(_ space: SpaceID) { self.space = space }
  package func verdict(for actor: Actor, at now: Instant) -> Verdict { actor.verdict(holding: .guarantor, in: space) }
}
