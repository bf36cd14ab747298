import Database

/// Who acts, as the rules see them: what the person is trusted with and what holds them back, nothing else.
package struct Actor: Sendable, Hashable {
  package let person: PersonID?
  package let grants: Set<Grant>
  /// Suspended accounts read, and do nothing else.
  package let isSuspended: Bool
  /// Whether a second factor was shown in this session, or is excused (the demonstration's accounts).
  package let hasSecondFactor: Bool
  /// Accepted the terms in force.
  package let acceptedTerms: Bool
  /// Has a second factor and has not shown it yet in this session.
  package let owesSecondFactor: Bool

  package static let visitor = Actor(person: nil, grants: [], isSuspended: false, hasSecondFactor: false, acceptedTerms: false)

  package init(person: PersonID?, grants: Set<Grant>, isSuspended: Bool, hasSecondFactor: Bool, acceptedTerms: Bool, owesSecondFactor: Bool = false) {
    self.person = person
    self.grants = grants
    self.isSuspended = isSuspended
    self.hasSecondFactor = hasSecondFactor
    self.acceptedTerms = acceptedTerms
    self.owesSecondFactor = owesSecondFactor
  }

  /// Holds the role in this space or everywhere, whatever the second factor.
  package func isGranted(_ role: Role, in space: SpaceID?) -> Bool {
    grants.contains(Grant(role)) || space.map { grants.contains(Grant(role, in: $0)) } ?? false
  }

  /// Holds the role somewhere.
  package func isGrantedAnywhere(_ role: Role) -> Bool { grants.contains { $0.role == role } }
}
