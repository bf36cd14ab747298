/// How wide a delegation reaches. Of a member's delegations the narrowest holds, so that one may trust a neighbour in general and a doctor on health.
package enum DelegationScope: Int, Sendable, Hashable, Comparable, CaseIterable {
  /// Everything that the organization (in LiquidFeedback: the unit) decides.
  case organization
  /// One theme (in LiquidFeedback: the area).
  case theme
  /// One voting (in LiquidFeedback: the issue).
  case voting

  package static func < (a: DelegationScope, b: DelegationScope) -> Bool { a.rawValue < b.rawValue }
}

/// What a member has said for one scope.
package enum Trust: Sendable, Hashable {
  /// This member speaks for me where I do not speak myself. Members are numbers from 0.
  case inMember(Int)
  /// Nobody speaks for me here, whatever I have said for a wider scope.
  case switchedOff
}

/// One member's word for one scope, as it applies to one voting.
package struct Delegation: Sendable, Hashable {
  /// By number.
  package let truster: Int
  package let scope: DelegationScope
  package let trust: Trust

  package init(truster: Int, scope: DelegationScope, trust: Trust) {
    self.truster = truster
    self.scope = scope
    self.trust = trust
  }
}
