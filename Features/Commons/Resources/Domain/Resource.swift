package import Database

/// What stands where moderation hid something.
package struct Tombstone: Sendable, Hashable {
  /// The rule of the moderation charter, by its key.
  package let rule: String
  package let hidden: Instant

  package init(rule: String, hidden: Instant) {
    self.rule = rule
    self.hidden = hidden
  }
}

/// What a component holds: an article, another wording, a proposal, an argument, a source. These are its facts, without its words.
package struct Resource: Sendable {
  package enum Kind: String, Sendable, CaseIterable { case article, wording, proposal, argument, source }

  package let id: ResourceID
  package let kind: Kind
  package let space: SpaceID
  package let component: ComponentID
  package let subject: ResourceID?
  package let author: AuthorID
  /// The account behind the author; nil for imported and assisted ones.
  package let authorPerson: PersonID?
  package let isOfficial: Bool
  /// Written by an agent for someone without account.
  package let isAssisted: Bool
  package let revision: Int
  package let edition: Int
  package let published: Instant?
  package let state: ResourceState

  package init(
    id: ResourceID, kind: Kind, space: SpaceID, component: ComponentID, subject: ResourceID?, author: AuthorID,
    authorPerson: PersonID?, isOfficial: Bool, isAssisted: Bool, revision: Int, edition: Int, published: Instant?, state: ResourceState
  ) {
    self.id = id
    self.kind = kind
    self.space = space
    self.component = component
    self.subject = subject
    self.author = author
    self.authorPerson = authorPerson
    self.isOfficial = isOfficial
    self.isAssisted = isAssisted
    self.revision = revision
    self.edition = edition
    self.published = published
    self.state = state
  }
}
