package import CommonsDomain
package import Database
package import Interface
package import Localization

extension Fields {
  /// What is looked for: the first 200 scalars that were typed, trimmed.
  package var searched: String { String(String.UnicodeScalarView((self["q"] ?? "").unicodeScalars.prefix(200))).trimmed }
}

/// One page of a list: what was looked for, best first, or the listing in its order.
package struct FoundOrListed: Sendable {
  /// As asked for, its page no further than the last one.
  package let listing: Listing
  package let ids: [ResourceID]
  package let total: Int

  package static func page(
    _ asked: Listing, search: String, component: Component, languages: [Language], in db: Reading
  ) throws -> FoundOrListed {
    var listing = asked
    func turnBack(from total: Int) { listing.page = max(1, min(listing.page, (total + Listing.pageSize - 1) / Listing.pageSize)) }
    guard !search.isEmpty else {
      let total = try Standings.count(listing, of: component.id, in: db)
      turnBack(from: total)
      return FoundOrListed(listing: listing, ids: try Standings.page(listing, of: component.id, in: db), total: total)
    }
    let found = try Search.ids(search, kind: listing.kind, in: component, languages: languages, db)
    turnBack(from: found.count)
    return FoundOrListed(
      listing: listing, ids: Array(found.dropFirst((listing.page - 1) * Listing.pageSize).prefix(Listing.pageSize)), total: found.count)
  }
}
