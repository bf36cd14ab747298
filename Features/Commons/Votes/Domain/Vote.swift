import Database

/// What a person may say of a resource with one press.
package enum Choice: String, Sendable, CaseIterable {
  case `for`, mixed, against
  /// A support of a proposal.
  case support
  /// An argument or a source that counts.
  case useful

  /// The choices that each kind of resource takes, and what a phase must allow for them.
  package static func offered(on kind: Resource.Kind) -> (choices: [Choice], act: PhaseAct) {
    switch kind {
    case .article, .wording: ([.for, .mixed, .against], .vote)
    case .proposal: ([.support], .support)
    // Marking goes with arguing and with adding sources, so that it works on ideas as well as on texts.
    case .argument: ([.useful], .argue)
    case .source: ([.useful], .source)
    }
  }
}

/// How it is known that a vote is a person's.
package enum Proof: String, Sendable, CaseIterable { case email, desk }

/// The totals of one edition: votes cast here by proof, and those that came as totals from elsewhere.
package struct Tally: Sendable, Hashable {
  package private(set) var cast: [Proof: [Choice: Int]] = [:]
  package private(set) var imported: [Choice: Int] = [:]

  package init() {}

  package mutating func add(_ amount: Int, _ choice: Choice, _ proof: Proof) { cast[proof, default: [:]][choice, default: 0] += amount }
  package mutating func add(imported amount: Int, _ choice: Choice) { imported[choice, default: 0] += amount }

  package func total(_ choice: Choice) -> Int { imported[choice, default: 0] + cast.values.reduce(0) { $0 + $1[choice, default: 0] } }
  package var total: Int { Choice.allCases.reduce(0) { $0 + total($1) } }
  package var importedTotal: Int { imported.values.reduce(0, +) }
  package func castTotal(_ proof: Proof) -> Int { cast[proof, default: [:]].values.reduce(0, +) }
}
