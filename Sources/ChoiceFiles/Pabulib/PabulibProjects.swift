import SocialChoice

/// The section PROJECTS.
struct PabulibProjects {
  let columns: [String]
  let rows: [[String]]
  let ids: [String]
  /// As they are written.
  let costs: [ArraySlice<UInt8>]
  let lines: [Int]

  init(_ records: [PabulibRecords.Record], file: String, _ remarks: inout PabulibRemarks) throws(FileFault) {
    guard let header = records.first else { throw FileFault(file: file, reason: "the section PROJECTS has no line of column names") }
    try PabulibMeta.checkSeparator(records, file: file)
    let columns = PabulibRecords.fields(header.bytes).map(\.text)
    let names = columns.map { $0.lowercased() }
    guard let costColumn = names.firstIndex(of: "cost") else {
      throw FileFault(file: file, line: header.line, reason: "PROJECTS has no column cost; its columns are \(columns.joined(separator: ", "))")
    }
    // Where no column is called so, the first one names the project.
    let idColumn = names.firstIndex(of: "project_id") ?? 0
    var rows: [[String]] = []
    var ids: [String] = []
    var costs: [ArraySlice<UInt8>] = []
    var lines: [Int] = []
    var seen: [String: Int] = [:]
    for record in records.dropFirst() {
      let fields = PabulibRecords.fields(record.bytes)
      if fields.count > columns.count, fields[columns.count...].contains(where: { !$0.isEmpty }) {
        try remarks.add(record.line, "more fields than columns; the last are left out")
      }
      let id = idColumn < fields.count ? fields[idColumn].text : ""
      if id.isEmpty { throw FileFault(file: file, line: record.line, reason: "a project without project_id") }
      if let first = seen[id] { throw FileFault(file: file, line: record.line, reason: "the project \(id) stands twice; first in line \(first)") }
      seen[id] = record.line
      ids.append(id)
      costs.append(costColumn < fields.count ? fields[costColumn] : [])
      lines.append(record.line)
      rows.append(columns.indices.map { $0 < fields.count ? fields[$0].text : "" })
    }
    (self.columns, self.rows, self.ids, self.costs, self.lines) = (columns, rows, ids, costs, lines)
  }

  func projects(costs amounts: [Int]) -> [BudgetProject] {
    let names = columns.map { $0.lowercased() }
    func column(_ wanted: String...) -> Int? { wanted.lazy.compactMap { names.firstIndex(of: $0) }.first }
    let (name, category, district) = (column("name"), column("category", "categories"), column("district", "subunit", "neighborhood"))
    func value(_ row: Int, _ column: Int?) -> String? {
      guard let column, !rows[row][column].isEmpty, rows[row][column].lowercased() != "none" else { return nil }
      return rows[row][column]
    }
    return ids.indices.map { row in
      BudgetProject(
        id: ids[row], cost: amounts[row], name: value(row, name) ?? "", categories: Self.list(value(row, category) ?? ""),
        district: value(row, district))
    }
  }

  /// Separated by commas, each once.
  private static func list(_ text: String) -> [String] {
    var seen: Set<String> = []
    return text.utf8.split(separator: UInt8(ascii: ",")).map { ArraySlice($0).trimmed.text }.filter { !$0.isEmpty && seen.insert($0).inserted }
  }
}
