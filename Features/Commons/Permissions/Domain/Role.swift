import Database

/// What a person is trusted with. Everyone signed in is a participant; the roles below are granted.
package enum Role: String, Sendable, CaseIterable, Comparable {
  case administrator, organiser, moderator, service, authority, guarantor, agent

  package static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }
}

/// A role held everywhere (`space == nil`) or in one space.
package struct Grant: Sendable, Hashable {
  package let role: Role
  package let space: SpaceID?

  package init(_ role: Role, in space: SpaceID? = nil) {
    self.role = role
    self.space = space
  }
}
