package import CommonsDomain
package import Database
package import Localization

/// The shape of a text: names and order of its sections, order of the authority's articles. What an article says is changed on its own page.
package enum TextOrder {
  package enum Direction: String, Sendable { case up, down }

  package static func rename(
    _ section: ID<Section>, _ title: LocalizedText, in component: ComponentID, permit: consuming Permit<ManageSpace>, in db: Writing
  ) throws {
    try check(component, permit.act.space, in: db)
    guard try db.run("UPDATE sections SET title = $1 WHERE id = $2 AND component_id = $3", title.stored, section, component) == 1 else {
      throw NotFound()
    }
    try db.record(Spaces.edited, by: permit.actor.person, on: ("components", component.number), in: permit.act.space)
  }

  /// Removes a section in which no article stands, nor ever stood.
  package static func remove(
    _ section: ID<Section>, in component: ComponentID, permit: consuming Permit<ManageSpace>, in db: Writing
  ) throws {
    try check(component, permit.act.space, in: db)
    guard try isEmpty(section, in: db) else { throw Refusal("refusal.section-not-empty") }
    guard try db.run("DELETE FROM sections WHERE id = $1 AND component_id = $2", section, component) == 1 else { throw NotFound() }
    try db.record(Spaces.edited, by: permit.actor.person, on: ("components", component.number), in: permit.act.space)
  }

  /// Whether no article belongs to the section, hidden and withdrawn ones included.
  package static func isEmpty(_ section: ID<Section>, in db: Reading) throws -> Bool {
    try db.count("SELECT COUNT(*) FROM articles WHERE section_id = $1", section) == 0
  }

  /// Moves a section by one place; at the end of the list nothing happens.
  package static func move(
    section: ID<Section>, _ direction: Direction, in component: ComponentID, permit: consuming Permit<ManageSpace>, in db: Writing
  ) throws {
    try check(component, permit.act.space, in: db)
    let order = moved(section, direction, in: try Texts.sections(of: component, in: db).map(\.id))
    guard order.contains(section) else { throw NotFound() }
    for (position, id) in order.enumerated() { _ = try db.run("UPDATE sections SET position = $1 WHERE id = $2", position, id) }
    try db.record(Spaces.edited, by: permit.actor.person, on: ("components", component.number), in: permit.act.space)
  }

  /// Moves an article of the authority by one place within its section.
  package static func move(
    article: ResourceID, _ direction: Direction, in component: ComponentID, permit: consuming Permit<ManageSpace>, in db: Writing
  ) throws {
    try check(component, permit.act.space, in: db)
    let rows = try Texts.officialArticles(of: component, in: db)
    guard let section = rows.first(where: { $0.id == article })?.section else { throw NotFound() }
    let order = moved(article, direction, in: rows.filter { $0.section == section }.map(\.id))
    for (position, id) in order.enumerated() { _ = try db.run("UPDATE articles SET position = $1 WHERE resource_id = $2", position, id) }
    try db.record(Spaces.edited, by: permit.actor.person, on: ("components", component.number), in: permit.act.space)
  }

  static func moved<Element: Equatable>(_ element: Element, _ direction: Direction, in list: [Element]) -> [Element] {
    guard let from = list.firstIndex(of: element) else { return list }
    let to = direction == .up ? from - 1 : from + 1
    guard list.indices.contains(to) else { return list }
    var list = list
    list.swapAt(from, to)
    return list
  }

  private static func check(_ component: ComponentID, _ space: SpaceID, in db: Reading) throws {
    guard try db.count("SELECT COUNT(*) FROM components WHERE id = $1 AND space_id = $2", component, space) == 1 else { throw NotFound() }
  }
}
