import Foundation

/// What an organiser sets on a component; kept as JSON, each key with its default.
package struct ComponentSettings: Sendable, Codable, Hashable {
  /// Supports one person may give in the component; nil: no limit.
  package var supportLimit: Int?
  /// Supports from which the authority promised to study an idea; nil: no threshold.
  package var supportThreshold: Int?
  /// Minutes in which an author may still edit what they published.
  package var editMinutes: Int
  /// Whether participants may add articles of their own to a text.
  package var articlesByParticipants: Bool

  package init(supportLimit: Int? = nil, supportThreshold: Int? = nil, editMinutes: Int = 60, articlesByParticipants: Bool = true) {
    self.supportLimit = supportLimit
    self.supportThreshold = supportThreshold
    self.editMinutes = editMinutes
    self.articlesByParticipants = articlesByParticipants
  }

  package init(stored: String) { self = (try? JSONDecoder().decode(ComponentSettings.self, from: Data(stored.utf8))) ?? ComponentSettings() }

  package var stored: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
