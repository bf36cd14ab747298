package import Database
package import Localization

/// A theme that the ideas of a component are sorted by.
package struct Theme: Sendable {
  package let id: Int64
  package let name: LocalizedText
}

package enum ComponentThemes {
  package static func list(of component: ComponentID, in db: Reading) throws -> [Theme] {
    try db.all("SELECT id, name FROM themes WHERE component_id = $1 ORDER BY position, id", component) {
      Theme(id: $0.int64(0), name: LocalizedText(kept: $0.text(1)))
    }
  }

  /// Adds the themes that are not there yet; a theme in use is never taken away.
  package static func set(_ names: [LocalizedText], of component: ComponentID, permit: consuming Permit<ManageSpace>, in db: Writing) throws {
    guard try db.count("SELECT COUNT(*) FROM components WHERE id = $1 AND space_id = $2", component, permit.act.space) == 1 else { throw NotFound() }
    try insert(names, of: component, db)
  }

  package static func insert(_ names: [LocalizedText], of component: ComponentID, _ db: Writing) throws {
    let known = Set(try list(of: component, in: db).map { $0.name[$0.name.original] })
    for (index, name) in names.enumerated() where !known.contains(name[name.original]) && !name.isEmpty {
      _ = try db.insert(
        "INSERT INTO themes (component_id, position, name) VALUES ($1, $2, $3) RETURNING id", component, known.count + index, name.stored)
    }
  }
}
