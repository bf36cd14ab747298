/// One way of dividing the population, with how many people each value has: age groups, districts, or a crossing such as "women under 30".
package struct CensusCategory: Sendable, Hashable {
  package let name: String
  package let values: [String]
  /// By value; from 0 to 2⁴⁰.
  package let populations: [Int]

  package init(name: String, values: [String], populations: [Int]) {
    self.name = name
    self.values = values
    self.populations = populations
  }

  var total: Int { populations.reduce(0, +) }
}

/// The people who took part, beside the census: for each category what each of them answered.
package struct Participants: Sendable {
  package let census: [CensusCategory]
  /// By category, then by participant: the number of the value; nil where it is not known.
  package let answers: [[Int?]]
  package let count: Int

  /// Why participants do not fit the census. Categories and participants are numbered from 0.
  package enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
    case noCategory
    case labelsAndPopulationsDiffer(category: String)
    case populationOutOfRange(category: String, value: String)
    case emptyCensus(category: String)
    case columnsDiffer(expected: Int, category: String, found: Int)
    case noSuchValue(category: String, participant: Int, value: Int)

    package var description: String {
      switch self {
      case .noCategory: "there is no category to compare by"
      case .labelsAndPopulationsDiffer(let category): "\(category): as many populations as values are needed"
      case .populationOutOfRange(let category, let value): "\(category), \(value): a population lies from 0 to 2^40"
      case .emptyCensus(let category): "\(category): the census counts nobody"
      case .columnsDiffer(let expected, let category, let found): "\(category): \(found) answers, \(expected) participants"
      case .noSuchValue(let category, let participant, let value):
        "\(category): participant \(participant) has the value \(value), which there is not"
      }
    }
  }

  /// - Throws: ``Fault``.
  package init(census: [CensusCategory], answers: [[Int?]]) throws {
    guard let first = answers.first, census.count == answers.count else { throw Fault.noCategory }
    for (category, column) in zip(census, answers) {
      guard category.values.count == category.populations.count, category.values.count <= 1 << 20 else {
        throw Fault.labelsAndPopulationsDiffer(category: category.name)
      }
      for (value, population) in zip(category.values, category.populations) where !(0...1 << 40).contains(population) {
        throw Fault.populationOutOfRange(category: category.name, value: value)
      }
      guard category.total > 0 else { throw Fault.emptyCensus(category: category.name) }
      guard column.count == first.count else { throw Fault.columnsDiffer(expected: first.count, category: category.name, found: column.count) }
      for (participant, value) in column.enumerated() {
        if let value, !category.values.indices.contains(value) {
          throw Fault.noSuchValue(category: category.name, participant: participant, value: value)
        }
      }
    }
    self.census = census
    self.answers = answers
    count = first.count
  }
}
