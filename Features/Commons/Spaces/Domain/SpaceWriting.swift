package import Database
package import Localization

/// The words of a space, as an organiser edits them.
package struct SpaceWords: Sendable {
  package var slug: String
  package var title: LocalizedText
  package var question: LocalizedText
  package var summary: LocalizedText
  package var description: LocalizedText
  package var scope: LocalizedText

  package init(
    slug: String, title: LocalizedText, question: LocalizedText, summary: LocalizedText, description: LocalizedText, scope: LocalizedText
  ) {
    self.slug = slug
    self.title = title
    self.question = question
    self.summary = summary
    self.description = description
    self.scope = scope
  }
}

extension Spaces {
  package static let created = EventKind("spaces.created", .staff, headline: "events.spaces.created")
  package static let edited = EventKind("spaces.edited", .staff, headline: "events.spaces.edited")
  package static let removed = EventKind("spaces.removed", .staff, headline: "events.spaces.removed")
  package static let published = EventKind("spaces.published", .everyone, headline: "events.spaces.published")
  package static let newsPosted = EventKind("spaces.news", .everyone, headline: "events.spaces.news")

  package static func create(_ words: SpaceWords, permit: consuming Permit<CreateSpace>, in db: Writing) throws -> SpaceID {
    let creator = permit.actor.person
    let id = try insert(words, by: creator, in: db)
    // Who creates a space organises it, unless an administrator, who already may.
    if let creator, !permit.actor.isGranted(.organiser, in: id), !permit.actor.isGranted(.administrator, in: nil) {
      try Grants.grantAsOperator(Grant(.organiser, in: id), to: creator, in: db)
    }
    return id
  }

  /// Inserts a space for an import, where the operator stands for the rule.
  package static func insert(
    _ words: SpaceWords, by creator: PersonID?, importedKey: String? = nil, sourceNote: LocalizedText? = nil, published: Bool = false,
    in db: Writing
  ) throws -> SpaceID {
    guard Slug.isValid(words.slug) else { throw Refusal("refusal.slug") }
    if try db.count("SELECT COUNT(*) FROM spaces WHERE slug = $1", words.slug) > 0 { throw Refusal("refusal.slug-taken") }
    let id = SpaceID(
      try db.insert(
        """
        INSERT INTO spaces (kind, slug, title, question, summary, description, scope, imported_key, source_note, created_at, created_by,
          published_at, published_by)
        VALUES ('process', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL) RETURNING id
        """,
        words.slug, words.title.stored, words.question.stored, words.summary.stored, words.description.stored, words.scope.stored, importedKey,
        sourceNote?.stored, db.now, creator, published ? db.now : nil))
    try db.record(created, by: creator, on: ("spaces", id.number), in: id)
    return id
  }

  package static func edit(_ words: SpaceWords, permit: consuming Permit<ManageSpace>, in db: Writing) throws {
    let space = permit.act.space
    guard Slug.isValid(words.slug) else { throw Refusal("refusal.slug") }
    if try db.count("SELECT COUNT(*) FROM spaces WHERE slug = $1 AND id <> $2", words.slug, space) > 0 { throw Refusal("refusal.slug-taken") }
    _ = try db.run(
      """
      UPDATE spaces SET slug = $1, title = $2, question = $3, summary = $4, description = $5, scope = $6
      WHERE id = $7
      """,
      words.slug, words.title.stored, words.question.stored, words.summary.stored, words.description.stored, words.scope.stored, space)
    try db.record(edited, by: permit.actor.person, on: ("spaces", space.number), in: space)
  }

  /// Opens the space to everyone. The commitment must be there first: it comes before the first contribution; and something must be allowed.
  package static func publish(permit: consuming Permit<ManageSpace>, in db: Writing) throws {
    let space = permit.act.space
    if let refusal = try PublishingChecklist.load(space, in: db).refusal { throw refusal }
    let changed = try db.run(
      "UPDATE spaces SET published_at = $1, published_by = $2 WHERE id = $3 AND published_at IS NULL AND removed_at IS NULL", db.now,
      permit.actor.person, space)
    if changed > 0 { try db.record(published, by: permit.actor.person, on: ("spaces", space.number), in: space) }
  }

  /// Throws a draft away: its address is free again, its roles end. What everyone could read once is kept.
  package static func remove(permit: consuming Permit<ManageSpace>, in db: Writing) throws {
    let space = permit.act.space
    let desk = try "/admin/processes/" + (Spaces.space(space, in: db)?.slug ?? "") + "/"
    let gone = try db.run(
      "UPDATE spaces SET removed_at = $1, slug = $2 WHERE id = $3 AND published_at IS NULL AND removed_at IS NULL", db.now, "removed/\(space)", space)
    guard gone == 1 else { throw Refusal("refusal.published") }
    try Grants.endAll(in: space, by: permit.actor.person, in: db)
    // What was kept of its forms would open in those of the next process with its address.
    try Drafts.forget(below: desk, in: db)
    try db.record(removed, by: permit.actor.person, on: ("spaces", space.number), in: space)
  }

  /// Adds a phase, or replaces the one named; with what it allows in each component.
  package static func setPhase(
    _ id: ID<Phase>?, name: LocalizedText, description: LocalizedText, starts: Instant, ends: Instant?,
    allows: [(component: ComponentID, act: PhaseAct)], permit: consuming Permit<ManageSpace>, in db: Writing
  ) throws {
    let space = permit.act.space
    if let ends, ends <= starts { throw Refusal("refusal.phase-order") }
    let known = Set(try components(of: space, in: db).map(\.id))
    let phase: ID<Phase>
    if let id {
      let changed = try db.run(
        "UPDATE phases SET name = $1, description = $2, starts_at = $3, ends_at = $4 WHERE id = $5 AND space_id = $6", name.stored,
        description.stored, starts, ends, id, space)
      guard changed == 1 else { throw NotFound() }
      phase = id
    } else {
      phase = ID(
        try db.insert(
          "INSERT INTO phases (space_id, name, description, starts_at, ends_at) VALUES ($1, $2, $3, $4, $5) RETURNING id", space, name.stored,
          description.stored, starts, ends))
    }
    _ = try db.run("DELETE FROM phase_permissions WHERE phase_id = $1", phase)
    for allowance in allows where known.contains(allowance.component) {
      _ = try db.run(
        "INSERT INTO phase_permissions (phase_id, component_id, act) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", phase, allowance.component,
        allowance.act.rawValue)
    }
    try db.record(edited, by: permit.actor.person, on: ("spaces", space.number), in: space)
  }

  package static func removePhase(_ id: ID<Phase>, permit: consuming Permit<ManageSpace>, in db: Writing) throws {
    _ = try db.run(
      "DELETE FROM phase_permissions WHERE phase_id = $1 AND phase_id IN (SELECT id FROM phases WHERE space_id = $2)", id, permit.act.space)
    guard try db.run("DELETE FROM phases WHERE id = $1 AND space_id = $2", id, permit.act.space) == 1 else { throw NotFound() }
    try db.record(edited, by: permit.actor.person, on: ("spaces", permit.act.space.number), in: permit.act.space)
  }

  package static func addComponent(
    _ kind: Component.Kind, title: LocalizedText, introduction: LocalizedText, settings: ComponentSettings,
    permit: consuming Permit<ManageSpace>, in db: Writing
  ) throws -> ComponentID {
    let id = try insertComponent(kind, in: permit.act.space, title: title, introduction: introduction, settings: settings, db)
    try db.record(edited, by: permit.actor.person, on: ("spaces", permit.act.space.number), in: permit.act.space)
    return id
  }

  package static func insertComponent(
    _ kind: Component.Kind, in space: SpaceID, title: LocalizedText, introduction: LocalizedText, settings: ComponentSettings, _ db: Writing
  ) throws -> ComponentID {
    let position = try db.count("SELECT COUNT(*) FROM components WHERE space_id = $1", space)
    return ID(
      try db.insert(
        """
        INSERT INTO components (space_id, kind, position, title, introduction, settings, published_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id
        """, space, kind.rawValue, position, title.stored, introduction.stored, settings.stored, db.now))
  }

  package static func editComponent(
    _ id: ComponentID, title: LocalizedText, introduction: LocalizedText, settings: ComponentSettings, isPublic: Bool,
    permit: consuming Permit<ManageSpace>, in db: Writing
  ) throws {
    let changed = try db.run(
      """
      UPDATE components SET title = $1, introduction = $2, settings = $3,
        published_at = CASE WHEN $4 = 1 THEN COALESCE(published_at, $5) ELSE NULL END
      WHERE id = $6 AND space_id = $7
      """, title.stored, introduction.stored, settings.stored, isPublic, db.now, id, permit.act.space)
    guard changed == 1 else { throw NotFound() }
    try db.record(edited, by: permit.actor.person, on: ("components", id.number), in: permit.act.space)
  }

  package static func post(news title: LocalizedText, body: LocalizedText, permit: consuming Permit<ManageSpace>, in db: Writing) throws {
    // Pressed twice: the same words within ten minutes.
    let isTwin =
      try db.count(
        "SELECT COUNT(*) FROM news WHERE space_id = $1 AND title = $2 AND body = $3 AND published_at > $4", permit.act.space, title.stored,
        body.stored,
        db.now.adding(minutes: -10)) > 0
    if isTwin { return }
    let id = try insertNews(title, body: body, at: db.now, by: permit.actor.person, in: permit.act.space, db)
    try db.record(newsPosted, by: permit.actor.person, on: ("news", id), in: permit.act.space)
  }

  /// Corrects what was posted; its day stays.
  package static func edit(
    news id: Int64, _ title: LocalizedText, body: LocalizedText, permit: consuming Permit<ManageSpace>, in db: Writing
  ) throws {
    let changed = try db.run(
      "UPDATE news SET title = $1, body = $2 WHERE id = $3 AND space_id = $4", title.stored, body.stored, id, permit.act.space)
    guard changed == 1 else { throw NotFound() }
    try db.record(edited, by: permit.actor.person, on: ("news", id), in: permit.act.space)
  }

  package static func removeNews(_ id: Int64, permit: consuming Permit<ManageSpace>, in db: Writing) throws {
    guard try db.run("DELETE FROM news WHERE id = $1 AND space_id = $2", id, permit.act.space) == 1 else { throw NotFound() }
    try db.record(edited, by: permit.actor.person, on: ("news", id), in: permit.act.space)
  }

  package static func insertNews(
    _ title: LocalizedText, body: LocalizedText, at time: Instant, by person: PersonID?, in space: SpaceID, _ db: Writing
  ) throws -> Int64 {
    try db.insert(
      "INSERT INTO news (space_id, title, body, published_at, published_by) VALUES ($1, $2, $3, $4, $5) RETURNING id", space, title.stored,
      body.stored, time, person)
  }

  package static func setPartners(_ partners: [Partner], permit: consuming Permit<ManageSpace>, in db: Writing) throws {
    try replacePartners(partners, of: permit.act.space, db)
    try db.record(edited, by: permit.actor.person, on: ("spaces", permit.act.space.number), in: permit.act.space)
  }

  package static func replacePartners(_ partners: [Partner], of space: SpaceID, _ db: Writing) throws {
    _ = try db.run("DELETE FROM partners WHERE space_id = $1", space)
    for partner in partners {
      _ = try db.insert("INSERT INTO partners (space_id, name, address) VALUES ($1, $2, $3) RETURNING id", space, partner.name, partner.address)
    }
  }
}
