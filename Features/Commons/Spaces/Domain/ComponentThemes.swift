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

  /// How many ideas have each theme, whatever became of them.
  package static func uses(of component: ComponentID, in db: Reading) throws -> [Int64: Int] {
    let rows = try db.all(
      "SELECT theme_id, COUNT(*) FROM resources WHERE component_id = $1 AND theme_id IS NOT NULL GROUP BY theme_id ORDER BY theme_id", component
    ) { ($0.int64(0), $0.int(1)) }
    return Dictionary(rows, uniquingKeysWith: +)
  }

  /// Renames the themes that are there, takes away those that no idea has, and adds those that are not there yet.
  ///
  /// - Parameter removing: a theme that an idea has stays, since an idea would lose it.
  package static func set(
    adding names: [LocalizedText], renaming: [Int64: LocalizedText], removing: Set<Int64>, of component: ComponentID,
    permit: consuming Permit<ManageSpace>, in db: Writing
  ) throws {
    guard try db.count("SELECT COUNT(*) FROM components WHERE id = $1 AND space_id = $2", component, permit.act.space) == 1 else { throw NotFound() }
    for (id, name) in renaming where !name.isEmpty {
      _ = try db.run("UPDATE themes SET name = $1 WHERE id = $2 AND component_id = $3", name.stored, id, component)
    }
    let used = try uses(of: component, in: db)
    for id in removing.sorted() where used[id] == nil {
      _ = try db.run("DELETE FROM themes WHERE id = $1 AND component_id = $2", id, component)
    }
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
