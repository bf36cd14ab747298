/// One address of the site and what answers there. The list of routes is the inventory that audits and tests walk.
package struct Route: Sendable {
  package typealias Handler = @Sendable (Exchange) async throws -> Answer

  package let method: Exchange.Method
  /// `/processes/:slug`; without the language unless `hasLanguage` is false.
  package let pattern: String
  /// Whether the language stands in front of it.
  package let hasLanguage: Bool
  /// Whether what visitors get may be kept for a second.
  package let isCached: Bool
  /// Called once the request is checked; what it throws becomes a page (`FrontDoor.ErrorPages`).
  package let handler: Handler

  /// A page to read; `cached` only where it is alike for every visitor.
  package static func get(_ pattern: String, hasLanguage: Bool = true, cached: Bool = false, _ handler: @escaping Handler) -> Route {
    Route(method: .get, pattern: pattern, hasLanguage: hasLanguage, isCached: cached, handler: handler)
  }

  /// A form that is sent.
  package static func post(_ pattern: String, hasLanguage: Bool = true, _ handler: @escaping Handler) -> Route {
    Route(method: .post, pattern: pattern, hasLanguage: hasLanguage, isCached: false, handler: handler)
  }

  /// `GET /:language/processes/:slug`
  package var description: String { "\(method.rawValue) \(fullPattern)" }
  /// As the router takes it.
  var fullPattern: String { (hasLanguage ? "/:language" : "") + (pattern == "/" && hasLanguage ? "" : pattern) }
}
