package import Database

/// An act whose rule lets a new resource come into being; only such acts may be spent on one.
package protocol Contribution: Act {
  var admission: Admission { get }
}

/// Correcting a mistake: votes stay, the correction is shown. What was written for someone without account, the desk corrects.
package struct Correct: Act {
  package let resource: Resource
  package let admission: Admission

  package init(_ resource: Resource, _ admission: Admission) {
    self.resource = resource
    self.admission = admission
  }

  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    if let obstacle = actor.obstacle { return .no(obstacle) }
    guard resource.state.allows(.correct) else { return .no(Refusal("refusal.state")) }
    if resource.isOfficial { return actor.verdict(holding: .organiser, .authority, .administrator, in: resource.space) }
    if resource.isAssisted {
      guard actor.verdict(holding: .agent, .administrator, in: resource.space).isYes else { return .no(Refusal("refusal.author")) }
    } else {
      guard resource.authorPerson == actor.person else { return .no(Refusal("refusal.author")) }
    }
    guard let published = resource.published, Self.isInTime(published, admission, at: now) else {
      return .no(Refusal("refusal.edit-time", ["count": .count(admission.settings.editMinutes)]))
    }
    return .yes
  }

  /// Whether what participants published then may still be corrected.
  package static func isInTime(_ published: Instant, _ admission: Admission, at now: Instant) -> Bool {
    now < published.adding(minutes: Int64(admission.settings.editMinutes))
  }
}

/// Publishing a new version: the votes stay with the old one, and voters are told.
package struct Reword: Act {
  package let resource: Resource
  package let admission: Admission

  package init(_ resource: Resource, _ admission: Admission) {
    self.resource = resource
    self.admission = admission
  }

  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    if let obstacle = actor.obstacle { return .no(obstacle) }
    guard resource.kind.hasVersions, resource.state.allows(.reword) else { return .no(Refusal("refusal.state")) }
    if resource.isOfficial { return actor.verdict(holding: .organiser, .authority, .administrator, in: resource.space) }
    guard resource.authorPerson == actor.person else { return .no(Refusal("refusal.author")) }
    return admission.verdict(for: actor, resource.kind == .proposal ? .propose : .reword)
  }
}

/// Taking back one's own contribution. Allowed at any time, whatever terms came since: nobody is kept saying what they no longer say.
/// What the authority puts to the vote, those who may correct it take out; its text stays readable where it was. What was written for someone
/// without account, the desk takes back for them.
package struct Withdraw: Act {
  package let resource: Resource

  package init(_ resource: Resource) { self.resource = resource }

  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    if let obstacle = actor.obstacle, obstacle.remedy != .acceptTerms { return .no(obstacle) }
    guard resource.state.allows(.withdraw) else { return .no(Refusal("refusal.state")) }
    if resource.isOfficial { return actor.verdict(holding: .organiser, .authority, .administrator, in: resource.space) }
    if resource.isAssisted { return actor.verdict(holding: .agent, .administrator, in: resource.space) }
    guard let person = actor.person, resource.authorPerson == person else { return .no(Refusal("refusal.author")) }
    return .yes
  }
}
