/// What every member has said, for the three scopes that touch one voting: its own, its theme's and its organization's.
///
/// Twelve bytes a member, so that a million members fit in a processor's cache levels rather than in a dictionary.
package struct TrustTable: Sendable {
  package let memberCount: Int
  private var said: [[Int32]]

  private static let nothing: Int32 = -1
  private static let switchedOff: Int32 = -2

  /// Later words of the same member for the same scope replace earlier ones; words of or about members outside `0..<memberCount` are left out, since
  /// a member who does not exist can carry nothing.
  ///
  /// - Parameter memberCount: below 2³¹.
  package init(memberCount: Int, delegations: [Delegation] = []) {
    self.memberCount = min(max(memberCount, 0), Int(Int32.max))
    said = DelegationScope.allCases.map { _ in [] }
    for delegation in delegations { self[delegation.truster, delegation.scope] = delegation.trust }
  }

  /// A scope for which nobody has said anything takes no room.
  package subscript(truster: Int, scope: DelegationScope) -> Trust? {
    get { said[scope.rawValue].isEmpty ? nil : Self.trust(said[scope.rawValue][truster]) }
    set {
      guard (0..<memberCount).contains(truster) else { return }
      var code = Self.nothing
      switch newValue {
      case .inMember(let trustee):
        guard (0..<memberCount).contains(trustee) else { return }
        code = Int32(trustee)
      case .switchedOff: code = Self.switchedOff
      case nil: if said[scope.rawValue].isEmpty { return }
      }
      if said[scope.rawValue].isEmpty { said[scope.rawValue] = [Int32](repeating: Self.nothing, count: memberCount) }
      said[scope.rawValue][truster] = code
    }
  }

  /// The word that holds for a member: the narrowest.
  package func holding(_ truster: Int) -> (scope: DelegationScope, trust: Trust)? {
    for scope in DelegationScope.allCases.reversed() {
      if let trust = self[truster, scope] { return (scope, trust) }
    }
    return nil
  }

  /// For each member the one trusted by the word that holds; −1 where no word holds, −2 where the word that holds is "nobody".
  func holdingTrustees() -> [Int32] {
    var result = [Int32](repeating: Self.nothing, count: memberCount)
    for row in said where !row.isEmpty {
      for member in 0..<memberCount where row[member] != Self.nothing { result[member] = row[member] }
    }
    return result
  }

  private static func trust(_ code: Int32) -> Trust? {
    code == nothing ? nil : code == switchedOff ? .switchedOff : .inMember(Int(code))
  }
}
