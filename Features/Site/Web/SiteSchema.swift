package import Database
import Interface

extension Site {
  /// The schema as the features write it, in the order in which tables name one another, and the steps that lead to it from older releases.
  package static let schema: Schema = {
    let commons = [
      "Organizations", "Legal", "People", "Permissions", "Authors", "Spaces", "Commitments", "Resources", "Votes", "Arguments", "Sources",
      "Follows",
      "Moderation", "Notifications", "Uploads",
    ]
    let order = commons.map { "Features/Commons/\($0)/\($0).sql" } + ["Texts"].map { "Features/Components/\($0)/\($0).sql" }
    let steps = ServedAssets.names.filter { $0.hasPrefix("Migrations/") }
    return Schema(parts: order.map { ($0, ServedAssets.text($0)) }, steps: steps.map { ($0, ServedAssets.text($0)) })
  }()
}
