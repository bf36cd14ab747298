/// What someone answered to a statement. No answer at all is no ``Opinion``: most people see few of the statements.
package enum Opinion: Int8, Sendable, Hashable, CaseIterable {
  case disagree = -1
  case pass = 0
  case agree = 1
}

/// One answer, by numbers: participants and statements are counted from 0 by whoever holds their names.
package struct OpinionVote: Sendable, Hashable {
  package let participant: Int32
  package let statement: Int32
  package let opinion: Opinion

  package init(participant: Int32, statement: Int32, opinion: Opinion) {
    self.participant = participant
    self.statement = statement
    self.opinion = opinion
  }
}

/// How many answered what.
package struct OpinionCount: Sendable, Hashable {
  /// People, each once.
  package internal(set) var agree = 0
  package internal(set) var disagree = 0
  package internal(set) var pass = 0

  package init(agree: Int = 0, disagree: Int = 0, pass: Int = 0) {
    self.agree = agree
    self.disagree = disagree
    self.pass = pass
  }

  /// All who answered.
  package var total: Int { agree + disagree + pass }

  mutating func add(_ value: Int8) {
    if value > 0 {
      agree += 1
    } else if value < 0 {
      disagree += 1
    } else {
      pass += 1
    }
  }

  static func + (left: OpinionCount, right: OpinionCount) -> OpinionCount {
    OpinionCount(agree: left.agree + right.agree, disagree: left.disagree + right.disagree, pass: left.pass + right.pass)
  }
}
