package import Database

/// What a component admits at one moment: its own and its space's state, and what the phases that run then allow.
/// Loaded in the transaction that acts, so that a phase that closed in between refuses. A space that is closed for good admits nothing.
package struct Admission: Sendable {
  package let space: SpaceID
  package let component: ComponentID
  package let kind: Component.Kind
  package let settings: ComponentSettings
  package let isPublic: Bool
  package let allowed: Set<PhaseAct>
  /// When what runs now closes; nil: open end, or nothing runs.
  package let closes: Instant?
  /// The next opening of each act that is closed now.
  package let opens: [PhaseAct: Instant]
  /// When the space's last phase ended, or the space was closed for good; nil: a phase runs, comes, or never was.
  package let over: Instant?

  package init(
    space: SpaceID, component: ComponentID, kind: Component.Kind, settings: ComponentSettings, isPublic: Bool, allowed: Set<PhaseAct>,
    closes: Instant? = nil, opens: [PhaseAct: Instant] = [:], over: Instant? = nil
  ) {
    self.space = space
    self.component = component
    self.kind = kind
    self.settings = settings
    self.isPublic = isPublic
    self.allowed = allowed
    self.closes = closes
    self.opens = opens
    self.over = over
  }

  /// Whether a participant may do this here now.
  package func verdict(for actor: Actor, _ act: PhaseAct) -> Verdict {
    guard isPublic else { return .no(Refusal("refusal.not-public")) }
    guard allowed.contains(act) else {
      if let opening = opens[act] { return .no(Refusal("refusal.not-yet", ["opening": .dateTime(milliseconds: opening.milliseconds)])) }
      if let over { return .no(Refusal("refusal.over", ["date": .date(milliseconds: over.milliseconds)])) }
      return .no(Refusal("refusal.phase-closed"))
    }
    if let obstacle = actor.obstacle { return .no(obstacle) }
    // Who watches over a consultation has no part in it, whatever else they may do here.
    if actor.isGranted(.guarantor, in: space) { return .no(Refusal("refusal.guarantor")) }
    return .yes
  }
}

extension Admission {
  /// Loads the component's admission at the transaction's own time.
  package static func load(_ component: ComponentID, in db: Reading) throws -> Admission {
    let found = try db.first(
      """
      SELECT c.space_id, c.kind, c.settings, c.published_at, s.published_at, s.closed_at
      FROM components c JOIN spaces s ON s.id = c.space_id
      WHERE c.id = $1
      """, component
    ) { row in
      (
        space: row.id(0) as SpaceID, kind: row.choice(1, or: Component.Kind.texts), settings: ComponentSettings(stored: row.text(2)),
        isPublic: row.instantOrNil(3) != nil && row.instantOrNil(4) != nil, closed: row.instantOrNil(5)
      )
    }
    guard let found else { throw NotFound() }
    if let closed = found.closed {
      let ended = try over(found.space, in: db) ?? closed
      return Admission(
        space: found.space, component: component, kind: found.kind, settings: found.settings, isPublic: found.isPublic, allowed: [],
        over: min(ended, closed))
    }
    let rows = try db.all(
      """
      SELECT a.act, p.starts_at, p.ends_at
      FROM phase_permissions a JOIN phases p ON p.id = a.phase_id
      WHERE a.component_id = $1 AND (p.ends_at IS NULL OR p.ends_at > $2)
      """, component, db.now
    ) { row in (PhaseAct(rawValue: row.text(0)), row.instant(1), row.instantOrNil(2)) }
    var allowed: Set<PhaseAct> = []
    var opens: [PhaseAct: Instant] = [:]
    var closes: Instant?
    for case (let act?, let starts, let ends) in rows {
      if starts <= db.now {
        allowed.insert(act)
        if let ends { closes = max(closes ?? ends, ends) }
      } else {
        opens[act] = min(opens[act] ?? starts, starts)
      }
    }
    return Admission(
      space: found.space, component: component, kind: found.kind, settings: found.settings, isPublic: found.isPublic, allowed: allowed,
      closes: closes, opens: opens, over: rows.isEmpty ? try over(found.space, in: db) : nil)
  }

  /// When the last phase of a space ended; nil as long as one runs or comes.
  private static func over(_ space: SpaceID, in db: Reading) throws -> Instant? {
    let ends = try db.all("SELECT ends_at FROM phases WHERE space_id = $1 ORDER BY id", space) { $0.instantOrNil(0) }
    guard let last = ends.compactMap(\.self).max(), last <= db.now, !ends.contains(nil) else { return nil }
    return last
  }
}
