package import Database

/// Which part of a component's public resources a list shows, and in which order.
package struct Listing: Sendable, Hashable {
  package enum Order: String, Sendable, CaseIterable { case lot, recent, votes, arguments, controversy }

  package var kind: Resource.Kind
  package var order: Order
  /// Where an order by lot begins: a number drawn anew each minute that stands in the address, so that pages hold.
  package var seed: Int
  package var theme: Int64?
  package var authorKind: Author.Kind?
  package var page: Int

  /// Whether only a part of what is there is asked for.
  package var isFiltered: Bool { theme != nil || authorKind != nil }

  package static let pageSize = 20
  package static let lots = 1 << 31

  package init(kind: Resource.Kind, order: Order, seed: Int, theme: Int64? = nil, authorKind: Author.Kind? = nil, page: Int = 1) {
    self.kind = kind
    self.order = order
    self.seed = seed
    self.theme = theme
    self.authorKind = authorKind
    self.page = page
  }

  /// The seed of the minute: 31 bits of SplitMix64 of its number, the same for everyone.
  package static func seed(at now: Instant) -> Int { Int(Standings.lot(of: ID(0), at: Instant(milliseconds: now.milliseconds / 60_000))) }
}

extension Standings {
  /// The ids on one page of a listing.
  package static func page(_ listing: Listing, of component: ComponentID, in db: Reading) throws -> [ResourceID] {
    var clauses: SQL = "SELECT resource_id FROM standings WHERE component_id = $1 AND kind = $2 AND official = 0"
    clauses = clauses + (listing.theme == nil ? " AND CAST($3 AS BIGINT) IS NULL" : " AND theme_id = CAST($3 AS BIGINT)")
    clauses = clauses + (listing.authorKind == nil ? " AND CAST($4 AS TEXT) IS NULL" : " AND author_kind = CAST($4 AS TEXT)")
    let size = Listing.pageSize
    let offset = (max(1, min(listing.page, 100_000)) - 1) * size
    if listing.order == .lot { return try byLot(clauses, listing, component, offset, db) }
    let order: SQL =
      switch listing.order {
      case .lot, .recent: " ORDER BY published_at DESC, resource_id DESC"
      case .votes: " ORDER BY votes DESC, resource_id DESC"
      case .arguments: " ORDER BY arguments DESC, resource_id DESC"
      case .controversy: " ORDER BY controversy DESC, resource_id DESC"
      }
    return try db.all(
      clauses + order + " LIMIT $5 OFFSET $6", component, listing.kind.rawValue, listing.theme, listing.authorKind?.rawValue, size, offset
    ) {
      $0.id(0)
    }
  }

  /// From the seed upwards, then from the bottom up to the seed: two range reads of one index.
  private static func byLot(_ clauses: SQL, _ listing: Listing, _ component: ComponentID, _ offset: Int, _ db: Reading) throws -> [ResourceID] {
    let size = Listing.pageSize
    func read(_ range: SQL, _ limit: Int, _ offset: Int) throws -> [ResourceID] {
      try db.all(
        clauses + range + " ORDER BY lot, resource_id LIMIT $6 OFFSET $7", component, listing.kind.rawValue, listing.theme,
        listing.authorKind?.rawValue,
        listing.seed,
        limit, offset
      ) { $0.id(0) }
    }
    let above = try read(" AND lot >= $5", size, offset)
    if above.count == size { return above }
    // The upper range ran out on this page or an earlier one; what is missing comes from below the seed.
    let counted = try db.count(
      "SELECT COUNT(*) FROM (" + clauses + " AND lot >= $5) x", component, listing.kind.rawValue, listing.theme, listing.authorKind?.rawValue,
      listing.seed)
    return above + (try read(" AND lot < $5", size - above.count, max(0, offset - counted)))
  }

  /// How many resources a listing has, from the counted facets; a combination of filters counts to 1,000.
  package static func count(_ listing: Listing, of component: ComponentID, in db: Reading) throws -> Int {
    switch (listing.theme, listing.authorKind) {
    case (nil, nil): try facet("all", "", listing, component, db)
    case (let theme?, nil): try facet("theme", String(theme), listing, component, db)
    case (nil, let kind?): try facet("author", kind.rawValue, listing, component, db)
    case (let theme?, let kind?):
      try db.count(
        """
        SELECT COUNT(*) FROM (SELECT 1 FROM standings WHERE component_id = $1 AND kind = $2 AND official = 0 AND theme_id = $3 AND author_kind = $4
          LIMIT 1000) x
        """, component, listing.kind.rawValue, theme, kind.rawValue)
    }
  }

  private static func facet(_ facet: String, _ value: String, _ listing: Listing, _ component: ComponentID, _ db: Reading) throws -> Int {
    try db.count(
      "SELECT amount FROM standing_counts WHERE component_id = $1 AND kind = $2 AND official = 0 AND facet = $3 AND value = $4", component,
      listing.kind.rawValue, facet, value)
  }

  /// All counted facets of a component's participants' resources: `"theme:3"` to amount.
  package static func facets(_ kind: Resource.Kind, of component: ComponentID, in db: Reading) throws -> [String: Int] {
    let rows = try db.all(
      "SELECT facet, value, amount FROM standing_counts WHERE component_id = $1 AND kind = $2 AND official = 0", component, kind.rawValue
    ) { row in (row.text(0) + ":" + row.text(1), row.int(2)) }
    return Dictionary(rows, uniquingKeysWith: +)
  }

  /// Fetches rows by ids in one statement and puts them into the order of the ids.
  package static func rows<T>(_ ids: [ResourceID], fetch: (Numbers) throws -> [T], id: (T) -> ResourceID) throws -> [T] {
    guard !ids.isEmpty else { return [] }
    let rows = Dictionary(try fetch(Numbers(ids)).map { (id($0), $0) }, uniquingKeysWith: { first, _ in first })
    return ids.compactMap { rows[$0] }
  }
}
