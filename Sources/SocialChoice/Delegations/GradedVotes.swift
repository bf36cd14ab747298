/// Votes that grade options: above 0 approves, below 0 rejects, 0 abstains; the higher the grade, the more preferred. Only the order and the sign count.
package struct GradedVotes: Sendable {
  package let optionCount: Int
  /// Who voted, by member number, in the order of the votes.
  package private(set) var voters: [Int] = []
  /// The grades of the first voter for each option, then those of the second …
  package private(set) var grades: [Int32] = []

  package init(optionCount: Int) { self.optionCount = max(optionCount, 0) }

  /// Options without a grade are abstained from; grades beyond the last option are left out.
  package mutating func append(voter: Int, grades: [Int32]) {
    voters.append(voter)
    self.grades += grades.prefix(optionCount)
    self.grades += repeatElement(0, count: max(optionCount - grades.count, 0))
  }
}

/// How much weight prefers each option to each other. The status quo takes part as the last one: an option is preferred to it by a grade above 0.
package struct Battle: Sendable, Hashable {
  /// Without the status quo.
  package let optionCount: Int
  private var weights: [Int]

  /// The number under which the status quo takes part: one after the last option.
  package var statusQuo: Int { optionCount }

  /// The weight of those who prefer one to the other.
  package subscript(preferred: Int, other: Int) -> Int { weights[preferred * (optionCount + 1) + other] }

  /// O(votes · options²).
  ///
  /// - Parameters:
  ///   - options: which of the votes' options take part, by number.
  ///   - weights: by member; a vote of weight 0 does not count.
  package init(votes: GradedVotes, options: [Int], weights memberWeights: [Int]) {
    optionCount = options.count
    let side = options.count + 1
    weights = [Int](repeating: 0, count: side * side)
    // Grades of one voter, the status quo's 0 at the end.
    var grades = [Int32](repeating: 0, count: side)
    for (vote, voter) in votes.voters.enumerated() {
      let weight = memberWeights[voter]
      if weight == 0 { continue }
      for (place, option) in options.enumerated() { grades[place] = votes.grades[vote * votes.optionCount + option] }
      for a in 1..<side {
        for b in 0..<a where grades[a] != grades[b] {
          weights[grades[a] > grades[b] ? a * side + b : b * side + a] += weight
        }
      }
    }
  }
}
