package import CommonsDomain
package import Database
package import Localization

extension Verdict {
  /// Whether to offer the act: allowed, or allowed once signed in.
  package var isOffered: Bool {
    switch self {
    case .yes: true
    case .no(let refusal): refusal.remedy != .none
    }
  }
}

/// One page of a list: what was looked for, best first, or the listing in its order.
package enum FoundOrListed {
  package static func page(
    _ listing: Listing, search: String, component: Component, languages: [Language], in db: Reading
  ) throws -> (ids: [ResourceID], total: Int) {
    guard !search.isEmpty else {
      return (try Standings.page(listing, of: component.id, in: db), try Standings.count(listing, of: component.id, in: db))
    }
    let found = try Search.ids(search, kind: listing.kind, in: component, languages: languages, db)
    let start = (listing.page - 1) * Listing.pageSize
    return (Array(found.dropFirst(start).prefix(Listing.pageSize)), found.count)
  }
}
