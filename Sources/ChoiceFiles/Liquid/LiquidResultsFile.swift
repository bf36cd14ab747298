import Foundation
package import SocialChoice

/// The results of a world, in the form that LiquidFeedback's own figures take, with what is lost and the outcome without delegation beside them.
package enum LiquidResultsFile {
  /// One JSON document with sorted keys: `issues` by id and, if asked for, `chains_during_discussion`.
  ///
  /// - Parameter outcomes: one for each voting of the world, in its order.
  package static func write(_ world: DelegationWorld, outcomes: [VotingOutcome], chains: Bool = false) throws -> String {
    let results = LiquidResults(
      issues: Dictionary(zip(world.votings, outcomes).map { (String($0.id), LiquidIssueRow(world, $0, $1)) }) { first, _ in first },
      chainsDuringDiscussion: chains ? chainRows(world) : nil)
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(results), as: UTF8.self)
  }

  private static func chainRows(_ world: DelegationWorld) -> [LiquidChainRow] {
    world.memberIDs.indices.flatMap { member in
      world.units.indices.map { LiquidChainRow(world, member, .organization, $0) }
        + world.themes.indices.map { LiquidChainRow(world, member, .theme, $0) }
        + world.votings.indices.map { LiquidChainRow(world, member, .voting, $0) }
    }
  }
}

extension DelegationScope {
  /// LiquidFeedback's word.
  package var liquidFeedbackName: String {
    switch self {
    case .organization: "unit"
    case .theme: "area"
    case .voting: "issue"
    }
  }
}

extension LostVoice {
  /// A stable word for machines.
  package var reasonKey: String {
    switch self {
    case .ring: "ring"
    case .silent: "silent"
    case .switchedOff: "switched_off"
    case .barred(_, let standing): standing == .inactive ? "inactive" : "unentitled"
    case .beyondHorizon: "beyond_horizon"
    }
  }

  /// The member where the chain broke.
  package var place: Int {
    switch self {
    case .ring(let member), .silent(let member), .switchedOff(let member), .barred(let member, _), .beyondHorizon(let member): member
    }
  }
}
