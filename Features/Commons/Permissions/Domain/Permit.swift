package import Database

/// An act, with the facts its rule needs. The rule is a pure function.
package protocol Act: Sendable {
  /// Yes, or no with the reason.
  func verdict(for actor: Actor, at now: Instant) -> Verdict
}

extension Act {
  /// Asks the rule where nothing is written; what writes asks for a ``Permit``.
  /// - Throws: the `Refusal` that the rule gives.
  package func check(for actor: Actor, at now: Instant) throws {
    if case .no(let refusal) = verdict(for: actor, at: now) { throw refusal }
  }
}

package enum Verdict: Sendable {
  case yes
  case no(Refusal)

  package var isYes: Bool {
    if case .yes = self { return true }
    return false
  }

  /// Throws what signing in would not mend: whoever comes to a closed form is told before they write.
  package func requireOffered() throws {
    if case .no(let refusal) = self, refusal.remedy == .none { throw refusal }
  }

  /// Whether to offer the act: allowed, or allowed once signed in.
  package var isOffered: Bool {
    switch self {
    case .yes: true
    case .no(let refusal): refusal.remedy != .none
    }
  }
}

/// The proof that a rule said yes. Writing functions consume one, so that a forgotten check does not compile;
/// it cannot be copied, kept or handed to another task.
package struct Permit<A: Act>: ~Copyable {
  package let act: A
  package let actor: Actor

  /// Asks the rule, with the transaction's own time.
  /// - Throws: the `Refusal` that the rule gives.
  package init(_ act: A, for actor: Actor, in db: Writing) throws {
    try act.check(for: actor, at: db.now)
    self.act = act
    self.actor = actor
  }
}

extension Actor {
  /// The steps that every act of a signed-in person begins with; nil when nothing stands in the way.
  package var obstacle: Refusal? {
    if person == nil { return Refusal("refusal.sign-in", remedy: .signIn) }
    if isSuspended { return Refusal("refusal.suspended") }
    if owesSecondFactor { return Refusal("refusal.second-factor", remedy: .secondFactor) }
    if !acceptedTerms { return Refusal("refusal.terms", remedy: .acceptTerms) }
    return nil
  }

  /// Whether the person holds one of the roles here and has shown the second factor that roles ask for.
  package func verdict(holding roles: Role..., in space: SpaceID?) -> Verdict {
    if let obstacle { return .no(obstacle) }
    guard roles.contains(where: { isGranted($0, in: space) }) else { return .no(Refusal("refusal.role")) }
    guard hasSecondFactor else { return .no(Refusal("refusal.second-factor", remedy: .secondFactor)) }
    return .yes
  }
}
