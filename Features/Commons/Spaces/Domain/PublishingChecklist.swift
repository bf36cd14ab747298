package import Database
import Localization

/// What must stand before a process is shown to everyone: a promise, something to do, and a time in which it may be done.
package struct PublishingChecklist: Sendable {
  package enum Item: String, Sendable, CaseIterable {
    case commitment, activity, articles, phase, act

    /// Why the process cannot be published without it.
    package var refusal: Refusal {
      switch self {
      case .commitment: Refusal("refusal.commitment-first")
      case .activity: Refusal("refusal.activity-first")
      case .articles: Refusal("refusal.articles-first")
      case .phase: Refusal("refusal.phase-first")
      case .act: Refusal("refusal.act-first")
      }
    }
  }

  /// What is done.
  package let done: Set<Item>
  /// The first text that is shown and holds no article.
  package let emptyText: ComponentID?
  /// Phases that run at the same time, each with the next one that begins before it ends: allowed, and often a mistake.
  package let overlaps: [(Phase, Phase)]

  /// - Parameters:
  ///   - articles: how many articles each text holds.
  ///   - allowed: what each phase allows, in which component.
  package init(
    hasCommitment: Bool, articles: [ComponentID: Int], components: [Component], phases: [Phase],
    allowed: [(phase: ID<Phase>, component: ComponentID, act: PhaseAct)],
    at now: Instant
  ) {
    let shown = Set(components.filter(\.isPublished).map(\.id))
    let usable = Set(phases.filter { !$0.isOver(at: now) }.map(\.id))
    var done: Set<Item> = []
    if hasCommitment { done.insert(.commitment) }
    if !shown.isEmpty { done.insert(.activity) }
    emptyText = components.first { $0.kind == .texts && $0.isPublished && articles[$0.id, default: 0] == 0 }?.id
    if !shown.isEmpty && emptyText == nil { done.insert(.articles) }
    overlaps = zip(phases, phases.dropFirst()).filter { first, second in first.ends.map { second.starts < $0 } ?? true }
    if !phases.isEmpty { done.insert(.phase) }
    if allowed.contains(where: { usable.contains($0.phase) && shown.contains($0.component) }) { done.insert(.act) }
    self.done = done
  }

  /// What is missing, in the order in which it is done.
  package var missing: [Item] { Item.allCases.filter { !done.contains($0) } }

  /// Why the process cannot be published yet.
  package var refusal: Refusal? { missing.first?.refusal }
}

extension PublishingChecklist {
  package static func load(_ space: SpaceID, in db: Reading) throws -> PublishingChecklist {
    PublishingChecklist(
      hasCommitment: try db.count("SELECT COUNT(*) FROM commitments WHERE space_id = $1", space) > 0,
      articles: try articles(in: space, db),
      components: try Spaces.components(of: space, in: db), phases: try Spaces.phases(of: space, in: db),
      allowed: try Spaces.permissions(of: space, in: db), at: db.now)
  }
}

extension PublishingChecklist {
  /// How many articles each text of a space holds; texts without any are left out.
  package static func articles(in space: SpaceID, _ db: Reading) throws -> [ComponentID: Int] {
    let counts = try db.all(
      """
      SELECT c.id, COUNT(*) FROM standings s JOIN components c ON c.id = s.component_id WHERE c.space_id = $1 AND s.kind = 'article'
      GROUP BY c.id ORDER BY c.id
      """, space
    ) { row in (row.id(0) as ComponentID, row.int(1)) }
    return Dictionary(counts, uniquingKeysWith: { first, _ in first })
  }
}

extension Spaces {
  /// Those of the spaces in which participants may do anything now.
  package static func allowingSomething(among spaces: [SpaceID], in db: Reading) throws -> Set<SpaceID> {
    let open: [SpaceID] = try db.all(
      """
      SELECT DISTINCT p.space_id FROM phase_permissions a JOIN phases p ON p.id = a.phase_id JOIN components c ON c.id = a.component_id
        JOIN spaces s ON s.id = p.space_id
      WHERE p.space_id IN numbers($1) AND p.starts_at <= $2 AND (p.ends_at IS NULL OR p.ends_at > $2) AND c.published_at IS NOT NULL
        AND s.closed_at IS NULL
      """, Numbers(spaces), db.now
    ) { $0.id(0) }
    return Set(open)
  }
}

extension Component.Kind {
  /// What a phase can allow in it.
  package var phaseActs: [PhaseAct] {
    switch self {
    case .texts: [.vote, .argue, .reword, .source, .propose]
    case .proposals: [.propose, .support, .argue, .source]
    }
  }

  /// What it is for: what a new phase allows unless its organisers say otherwise.
  package var usualActs: [PhaseAct] {
    switch self {
    case .texts: [.vote, .argue, .reword]
    case .proposals: [.propose, .support, .argue]
    }
  }
}
