package import Database
package import Localization

/// A participatory space: where people meet over time. A process has phases.
package struct Space: Sendable {
  package let id: SpaceID
  package let slug: String
  package let title: LocalizedText
  package let question: LocalizedText
  package let summary: LocalizedText
  package let description: LocalizedText
  package let scope: LocalizedText
  package let image: UploadID?
  /// What the image shows; empty where it only adorns.
  package let imageWords: LocalizedText
  /// What an imported consultation does not hold, said where it would stand.
  package let sourceNote: LocalizedText?
  package let isPublished: Bool
}

/// A dated step of a process.
package struct Phase: Sendable {
  package let id: ID<Phase>
  package let name: LocalizedText
  package let description: LocalizedText
  package let starts: Instant
  package let ends: Instant?

  package func runs(at now: Instant) -> Bool { starts <= now && (ends.map { now < $0 } ?? true) }
  package func isOver(at now: Instant) -> Bool { ends.map { $0 <= now } ?? false }
}

/// What a phase may allow in a component.
package enum PhaseAct: String, Sendable, CaseIterable { case propose, support, vote, argue, reword, source }

/// One activity inside a space.
package struct Component: Sendable {
  package enum Kind: String, Sendable, CaseIterable { case texts, proposals }

  package let id: ComponentID
  package let space: SpaceID
  package let kind: Kind
  package let title: LocalizedText
  package let introduction: LocalizedText
  package let settings: ComponentSettings
  package let isPublished: Bool
}

package struct Partner: Sendable {
  package let name: String
  package let address: String?

  package init(name: String, address: String?) {
    self.name = name
    self.address = address
  }
}

package struct Document: Sendable {
  package let id: Int64
  package let title: LocalizedText
  package let address: String?
  package let upload: UploadID?
}

/// A news post with the process that it is of, where several processes stand side by side.
package struct SpaceNews: Sendable {
  package let id: Int64
  package let title: LocalizedText
  package let published: Instant
  package let slug: String
  package let space: LocalizedText
}

package struct NewsPost: Sendable {
  package let id: Int64
  package let title: LocalizedText
  package let body: LocalizedText
  package let published: Instant
}
