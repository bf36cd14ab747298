package import SocialChoice

/// The two files of a draw: the people who are willing, and the quotas.
///
/// Quotas: `category,feature,min,max`, as the program of *Fair algorithms for selecting citizens' assemblies* reads them; also the Sortition Foundation's
/// `category,name,min,max,min_flex,max_flex` and `feature,value,min,max`; other columns are passed over. An empty minimum is 0, an empty maximum has no limit.
/// People: one row each, a column for each category, other columns (names, addresses, ids) are passed over. Both may be separated by commas, semicolons or
/// tabs; columns may stand in any order.
package struct SortitionFiles: Sendable {
  package let quotas: [Quota]
  package let members: [PoolMember]
  /// The line of each member in the pool's file, from 1.
  package let lines: [Int]
  /// What was odd and was read nevertheless.
  package let remarks: [FileFault]

  /// - Parameters:
  ///   - household: columns of the pool; people who agree in all of them, none being empty, live together.
  /// - Throws: ``FileFault`` naming file, line and reason.
  package init(
    pool: [UInt8], poolName: String, quotas quotaBytes: [UInt8], quotasName: String, panelSize: Int, household: [String] = []
  ) throws(FileFault) {
    let quotaRows = try QuotaRows(quotaBytes, file: quotasName, panelSize: panelSize)
    quotas = quotaRows.quotas
    let table = try CommaSeparated(pool, file: poolName)
    var remarks = table.oddity.map { [FileFault(file: poolName, line: $0.line, reason: $0.words)] } ?? []
    remarks += Self.doubled(table, quotaRows.categories + household)
    var columns: [Int] = []
    for category in quotaRows.categories { columns.append(try table.column(category)) }
    var householdColumns: [Int] = []
    for name in household { householdColumns.append(try table.column(name)) }
    var households: [[String]: Int] = [:]
    var members: [PoolMember] = []
    var lines: [Int] = []
    var folded = 0
    for record in table.records {
      // Spreadsheets end with rows of nothing but separators.
      if table.header.count > 1, (0..<record.count).allSatisfy({ record[$0]?.trimmed.isEmpty ?? true }) { continue }
      var features: [Int] = []
      for (place, column) in columns.enumerated() {
        let value = record[column]?.trimmed.text ?? ""
        let category = quotaRows.categories[place]
        guard let feature = quotaRows.feature(category: place, named: value) else {
          throw FileFault(
            file: poolName, line: record.line,
            reason: value.isEmpty
              ? "no “\(category)” is given"
              : "“\(value)” is not one of the features of “\(category)”: \(quotaRows.names(place).joined(separator: ", "))")
        }
        if quotas[feature].feature != value { folded += 1 }
        features.append(feature)
      }
      let address = householdColumns.map { record[$0]?.trimmed.text.lowercased() ?? "" }
      var number: Int?
      if !address.isEmpty, !address.contains("") {
        number = households[address] ?? households.count
        households[address] = number
      }
      members.append(PoolMember(features: features, household: number))
      lines.append(record.line)
    }
    remarks += Self.sameRows(table, without: columns)
    if members.isEmpty { throw FileFault(file: poolName, reason: "there is nobody in the pool") }
    if folded > 0 {
      let features = folded == 1 ? "a feature is" : "\(folded) features are"
      remarks.append(FileFault(file: poolName, reason: "\(features) written in other cases of letters than in \(quotasName) and taken for the same"))
    }
    self.members = members
    self.lines = lines
    self.remarks = remarks + quotaRows.remarks
  }
}

extension SortitionFiles {
  /// Columns that are asked for by a name that several have.
  private static func doubled(_ table: CommaSeparated, _ names: [String]) -> [FileFault] {
    names.filter { name in table.header.count { $0.lowercased() == name.lowercased() } > 1 }.map {
      FileFault(file: table.file, line: table.headerLine, reason: "several columns are called “\($0)”; the first counts")
    }
  }

  /// Rows that are the same in every column, names and ids as well: likely one person twice. Without such a column nobody can say.
  private static func sameRows(_ table: CommaSeparated, without columns: [Int]) -> [FileFault] {
    let others = table.header.indices.filter { !columns.contains($0) }
    var (seen, same): ([[ArraySlice<UInt8>]: Int], [(line: Int, first: Int)]) = ([:], [])
    for (line, fields) in table.rows where others.contains(where: { fields.indices.contains($0) && !fields[$0].isEmpty }) {
      if let first = seen[fields] { same.append((line, first)) } else { seen[fields] = line }
    }
    guard let first = same.first else { return [] }
    let more = same.count > 1 ? ", and \(same.count - 1) more rows repeat others" : ""
    return [
      FileFault(
        file: table.file, line: first.line,
        reason: "the row is the same as line \(first.first) in every column\(more); each counts as a person of its own")
    ]
  }
}

/// The quotas' file.
private struct QuotaRows {
  private(set) var quotas: [Quota] = []
  /// In the order of the file.
  private(set) var categories: [String] = []
  private(set) var remarks: [FileFault] = []
  private var places: [String: Int] = [:]
  private var ofCategory: [[Int]] = []

  init(_ bytes: [UInt8], file: String, panelSize: Int) throws(FileFault) {
    let table = try CommaSeparated(bytes, file: file)
    if let oddity = table.oddity { remarks.append(FileFault(file: file, line: oddity.line, reason: oddity.words)) }
    let (category, feature) = try Self.nameColumns(table)
    let minimum = try table.column("min")
    let maximum = try table.column("max")
    for record in table.records {
      func field(_ place: Int) -> String { record[place]?.trimmed.text ?? "" }
      if (0..<record.count).allSatisfy({ field($0).isEmpty }) { continue }
      let names = (field(category), field(feature))
      guard !names.0.isEmpty, !names.1.isEmpty else {
        throw FileFault(file: file, line: record.line, reason: "a category and a feature are expected")
      }
      let least = try Self.seats(field(minimum), empty: 0, file: file, line: record.line)
      let most = try Self.seats(field(maximum), empty: panelSize, file: file, line: record.line)
      guard least <= most else { throw FileFault(file: file, line: record.line, reason: "the minimum \(least) is above the maximum \(most)") }
      let place = places[names.0] ?? categories.count
      if place == categories.count {
        places[names.0] = place
        categories.append(names.0)
        ofCategory.append([])
      }
      guard !ofCategory[place].contains(where: { quotas[$0].feature == names.1 }) else {
        throw FileFault(file: file, line: record.line, reason: "“\(names.1)” of “\(names.0)” stands twice")
      }
      ofCategory[place].append(quotas.count)
      quotas.append(Quota(category: names.0, feature: names.1, minimum: least, maximum: min(most, panelSize)))
      let taken = [(field(minimum), "no minimum: 0 is taken"), (field(maximum), "no maximum: all \(panelSize) seats are taken")]
      for (text, words) in taken where text.isEmpty {
        remarks.append(FileFault(file: file, line: record.line, reason: "“\(names.1)” of “\(names.0)” has \(words)"))
      }
      if least > panelSize {
        remarks.append(FileFault(file: file, line: record.line, reason: "“\(names.1)” of “\(names.0)” has a minimum above the panel's size"))
      }
    }
    if quotas.isEmpty { throw FileFault(file: file, reason: "there are no quotas") }
  }

  /// The columns of the category and of the feature, by the names that each program of the field gives them.
  private static func nameColumns(_ table: CommaSeparated) throws(FileFault) -> (category: Int, feature: Int) {
    if let category = table.columnIfAny("category") {
      for name in ["feature", "name", "value"] { if let feature = table.columnIfAny(name) { return (category, feature) } }
      return (category, try table.column("feature"))
    }
    if let category = table.columnIfAny("feature"), let feature = table.columnIfAny("value") { return (category, feature) }
    return (try table.column("category"), try table.column("feature"))
  }

  func names(_ category: Int) -> [String] { ofCategory[category].map { quotas[$0].feature } }

  /// The quota with this name exactly, else the only one that differs by case alone.
  func feature(category: Int, named name: String) -> Int? {
    if let exact = ofCategory[category].first(where: { quotas[$0].feature == name }) { return exact }
    let alike = ofCategory[category].filter { quotas[$0].feature.lowercased() == name.lowercased() }
    return alike.count == 1 ? alike[0] : nil
  }

  /// Digits, with zeros after a point at most.
  private static func seats(_ text: String, empty: Int, file: String, line: Int) throws(FileFault) -> Int {
    if text.isEmpty { return empty }
    let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    let digits = parts[0]
    let isWhole = !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) } && parts.dropFirst().allSatisfy { $0.allSatisfy { $0 == 0x30 } }
    guard isWhole, let value = Int(String(decoding: Array(digits), as: UTF8.self)), value <= 1_000_000 else {
      throw FileFault(file: file, line: line, reason: "“\(text)” is no number of seats")
    }
    return value
  }
}
