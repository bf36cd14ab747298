package import Database
package import Localization

/// One kind of thing that happens. An event holds ids, never words: what was said stays in rows that can be erased.
///
/// Each feature names its own kinds beside the acts that cause them; followers read kinds as data and never switch on them.
package struct EventKind: Sendable, Hashable {
  /// Who may be told that it happened.
  package enum Audience: String, Sendable { case everyone, staff, nobody }

  package let name: String
  package let audience: Audience
  /// The sentence that tells it, in the catalogues; nil where it is never told.
  package let headline: MessageKey?

  package init(_ name: String, _ audience: Audience, headline: MessageKey? = nil) {
    self.name = name
    self.audience = audience
    self.headline = headline
  }
}

extension Writing {
  /// Appends an event in this transaction.
  /// - Parameters:
  ///   - subject: the row it is about: its table's name and id.
  ///   - facts: coarse facts as JSON without words of people, `{}` when there are none.
  package func record(_ kind: EventKind, by actor: PersonID?, on subject: (kind: String, id: Int64), in space: SpaceID?, facts: String = "{}")
    throws
  {
    try append(kind: kind.name, actor: actor?.number, subjectKind: subject.kind, subject: subject.id, space: space?.number, payload: facts)
  }
}
