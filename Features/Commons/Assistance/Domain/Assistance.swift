package import Database

/// Writing a contribution down for someone without account.
package struct Assist: Contribution {
  package let admission: Admission
  package init(_ admission: Admission) { self.admission = admission }

  package func verdict(for actor: Actor, at now: Instant) -> Verdict {
    let held = actor.verdict(holding: .agent, .administrator, in: admission.space)
    guard held.isYes else { return held }
    guard admission.kind == .proposals else { return .no(Refusal("refusal.phase-closed")) }
    return admission.verdict(for: actor, .propose)
  }
}

/// How a contribution came to the agent, and how the answer goes back.
package struct Assistance: Sendable {
  package let name: String
  package let channel: Author.Channel
  package let place: String
  package let givenOn: String
  package let answerBy: Author.AnswerWay
  package let answerTo: String

  package init(name: String, channel: Author.Channel, place: String, givenOn: String, answerBy: Author.AnswerWay, answerTo: String) {
    self.name = name
    self.channel = channel
    self.place = place
    self.givenOn = givenOn
    self.answerBy = answerBy
    self.answerTo = answerTo
  }
}

/// What the printed slip says.
package struct Slip: Sendable {
  package let reference: String
  package let name: String
  package let channel: Author.Channel
  package let place: String
  package let givenOn: String
  package let answerBy: Author.AnswerWay
  package let answerTo: String
  package let resource: ResourceID
  package let title: String
  package let component: ComponentID
}
