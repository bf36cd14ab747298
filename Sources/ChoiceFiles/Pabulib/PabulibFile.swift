package import SocialChoice

/// A participatory budget in the Pabulib format 1.x (pabulib.org; Faliszewski and others, *Participatory Budgeting: Data, Tools, and Analysis*,
/// 2023).
///
/// Everything that stands in the file is kept, columns that this program does not know as well, so that it can be written again.
package struct PabulibFile: Sendable, Hashable {
  /// In the order of the file.
  package var meta: [Entry]
  package var projectColumns: [String]
  /// Beside the projects of the election; as many fields as there are columns.
  package var projectRows: [[String]]
  package var voteColumns: [String]
  /// Beside the ballots of the election, without the columns `vote` and `points` (empty in their place).
  package var voteRows: [[String]]
  package var election: BudgetElection
  package var rules: BallotRules
  /// What was odd and yet read, in the order of the file.
  package var remarks: [FileFault]
  /// Ballots that break the file's own rules, and where they stand.
  package var breaches: [BallotBreach]

  package struct Entry: Sendable, Hashable {
    package let key: String
    package let value: String

    package init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }
  }

  package struct BallotBreach: Sendable, Hashable {
    package let ballot: Int
    package let line: Int
    package let breach: BallotRules.Breach
  }

  package func value(of key: String) -> String? { meta.first { $0.key.lowercased() == key }?.value }

  /// Those that the file says the town funded: `selected` above zero; nil where it does not say.
  package var selected: [Int]? {
    guard let column = projectColumns.firstIndex(where: { $0.lowercased() == "selected" }) else { return nil }
    return projectRows.indices.filter { row in
      guard let flag = Int(projectRows[row][column]) else { return false }
      return flag > 0
    }
  }

  /// Places behind the point of the amounts in ``election``.
  package var places: Int { Self.places(of: election.unit) }

  /// Places behind the point of its points.
  package var pointPlaces: Int { Self.places(of: election.pointUnit) }

  private static func places(of unit: Int) -> Int {
    var (places, rest) = (0, unit)
    while rest >= 10 { (places, rest) = (places + 1, rest / 10) }
    return places
  }

  /// A decimal number in smallest units; nil where it is none, finer than the amounts of the file, or where a comma may part thousands or decimals.
  package func smallest(_ text: some StringProtocol) -> Int? { PabulibNumber(money: text.utf8)?.scaled(to: places) }

  /// An amount as a decimal number.
  package func amount(_ value: Int) -> String { PabulibNumber.text(value, places: places) }
}
