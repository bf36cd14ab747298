import CommonsDomain
package import Interface

extension Doors {
  /// A page that administrators alone open.
  package func admin(_ pattern: String, _ handler: @escaping Handler) -> Route {
    get(pattern) { visit in
      try ManageOrganization().check(for: visit.actor, at: visit.now)
      return try await handler(visit)
    }
  }

  /// A form that administrators alone send.
  package func adminPost(_ pattern: String, _ handler: @escaping Handler) -> Route {
    post(pattern) { visit in
      try ManageOrganization().check(for: visit.actor, at: visit.now)
      return try await handler(visit)
    }
  }
}
