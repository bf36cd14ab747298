package import Database

/// What a component holds: an article, another wording, a proposal, an argument, a source. These are its facts, without its words.
package struct Resource: Sendable {
  package enum Kind: String, Sendable, CaseIterable { case article, wording, proposal, argument, source }

  package let id: ID<Resource>
  package let kind: Kind
  package let space: ID<Space>
  package let component: ID<Component>
  package let subject: ID<Resource>?
  package let author: ID<Author>
  /// The account behind the author; nil for imported and assisted ones.
  package let authorPerson: ID<Person>?
  package let isOfficial: Bool
  package let revision: Int
  package let edition: Int
  package let published: Instant?
  package let state: ResourceState

  package init(
    id: ID<Resource>, kind: Kind, space: ID<Space>, component: ID<Component>, subject: ID<Resource>?, author: ID<Author>,
    authorPerson: ID<Person>?, isOfficial: Bool, revision: Int, edition: Int, published: Instant?, state: ResourceState
  ) {
    self.id = id
    self.kind = kind
    self.space = space
    self.component = component
    self.subject = subject
    self.author = author
    self.authorPerson = authorPerson
    self.isOfficial = isOfficial
    self.revision = revision
    self.edition = edition
    self.published = published
    self.state = state
  }
}
