package import SocialChoice

/// The votes of a conversation as Polis exports them (`votes.csv`): one row a vote, with `comment-id`, `voter-id` and `vote` (-1 disagree, 0 pass, 1 agree).
///
/// Other columns and any order of columns are fine; the last row of a voter and comment counts. Names may be numbers or any text. A table with a row for
/// each person and a column for each statement, called by its number, is read as well (`participants-votes.csv`): an empty cell is no vote.
package struct PolisVotes: Sendable {
  /// Ascending: numbers by value, before other names by their bytes.
  package let participants: [String]
  package let statements: [String]
  /// In the order of the file.
  package let votes: [OpinionVote]
  /// What was odd and read all the same.
  package let remarks: [FileFault]

  /// - Throws: ``FileFault`` with the line for a column or field that is missing and a vote that is none.
  package init(_ bytes: [UInt8], file: String) throws(FileFault) {
    let table = try CommaSeparated(bytes, file: file)
    let remarks = table.oddity.map { [FileFault(file: file, line: $0.line, reason: $0.words)] } ?? []
    if Self.hasRowsOfPeople(table) {
      self = try Self(rowsOfPeople: table, remarks)
      return
    }
    let statementColumn = try table.column("comment-id")
    let participantColumn = try table.column("voter-id")
    let voteColumn = try table.column("vote")
    var people = NameNumbers()
    var texts = NameNumbers()
    var votes: [OpinionVote] = []
    votes.reserveCapacity(table.lines.count)
    let (bytes, starts) = (table.bytes, table.starts)
    for number in 1..<max(1, table.lines.count) {
      let first = Int(starts[number])
      let count = Int(starts[number + 1]) - first
      func fault(_ reason: String) -> FileFault { FileFault(file: file, line: Int(table.lines[number]), reason: reason) }
      // Spreadsheets end with rows of nothing but separators.
      if count > 0, (first..<first + count).allSatisfy({ table.fields[$0].isEmpty }) { continue }
      guard count > statementColumn, count > participantColumn, count > voteColumn else {
        throw fault("the row has \(count) fields; \(table.header.count) were expected")
      }
      let statement = bytes.trimmed(table.fields[first + statementColumn])
      let participant = bytes.trimmed(table.fields[first + participantColumn])
      let vote = bytes.trimmed(table.fields[first + voteColumn])
      guard !statement.isEmpty else { throw fault("the comment-id is empty") }
      guard !participant.isEmpty else { throw fault("the voter-id is empty") }
      guard let opinion = Self.opinion(bytes, vote) else {
        throw fault("the vote is “\(bytes[vote].text)”; -1 (disagree), 0 (pass) or 1 (agree) was expected")
      }
      votes.append(OpinionVote(participant: people.number(of: bytes, participant), statement: texts.number(of: bytes, statement), opinion: opinion))
    }
    self.init(votes, people, texts, remarks)
  }

  /// - Parameter votes: numbered as their names came.
  private init(_ votes: [OpinionVote], _ people: NameNumbers, _ texts: NameNumbers, _ remarks: [FileFault]) {
    let (people, texts) = (people.ascending(), texts.ascending())
    participants = people.names
    statements = texts.names
    self.votes = votes.map {
      OpinionVote(participant: people.place[Int($0.participant)], statement: texts.place[Int($0.statement)], opinion: $0.opinion)
    }
    self.remarks = remarks
  }

  private init(rowsOfPeople table: CommaSeparated, _ remarks: [FileFault]) throws(FileFault) {
    let named = ["participant", "participant-id", "voter-id"].lazy.compactMap { table.columnIfAny($0) }.first
    guard let person = named ?? table.header.indices.first(where: { !Self.isNumber(table.header[$0]) }) else {
      throw FileFault(file: table.file, line: table.headerLine, reason: "no column names the person: “participant” is wanted")
    }
    let columns = table.header.indices.filter { Self.isNumber(table.header[$0]) }
    guard !columns.isEmpty else {
      throw FileFault(file: table.file, line: table.headerLine, reason: "no column is called by the number of a statement")
    }
    var (people, texts, votes) = (NameNumbers(), NameNumbers(), [OpinionVote]())
    for number in 1..<max(1, table.lines.count) {
      let fields = table.fields[Int(table.starts[number])..<Int(table.starts[number + 1])].map { table.bytes.trimmed($0) }
      if fields.allSatisfy(\.isEmpty) { continue }
      func fault(_ reason: String) -> FileFault { FileFault(file: table.file, line: Int(table.lines[number]), reason: reason) }
      guard fields.indices.contains(person), !fields[person].isEmpty else { throw fault("the \(table.header[person]) is empty") }
      for column in columns where fields.indices.contains(column) && !fields[column].isEmpty {
        guard let opinion = Self.opinion(table.bytes, fields[column]) else {
          let text = table.bytes[fields[column]].text
          throw fault("the vote on \(table.header[column]) is “\(text)”; -1 (disagree), 0 (pass), 1 (agree) or nothing was expected")
        }
        votes.append(
          OpinionVote(
            participant: people.number(of: table.bytes, fields[person]),
            statement: texts.number(of: table.bytes, table.bytes.trimmed(table.fields[column])), opinion: opinion))
      }
    }
    self.init(votes, people, texts, remarks)
  }

  private static func hasRowsOfPeople(_ table: CommaSeparated) -> Bool {
    guard table.columnIfAny("comment-id") == nil || table.columnIfAny("vote") == nil else { return false }
    return table.header.count { isNumber($0) } > 1 || table.columnIfAny("n-votes") != nil || table.columnIfAny("group-id") != nil
  }

  private static func isNumber(_ name: String) -> Bool { !name.isEmpty && name.utf8.allSatisfy { (0x30...0x39).contains($0) } }

  /// `1`, `+1`, `1.0` and the like, as spreadsheets and data frames write them.
  private static func opinion(_ bytes: [UInt8], _ field: Range<Int>) -> Opinion? {
    var (place, end) = (field.lowerBound, field.upperBound)
    guard place < end else { return nil }
    let isNegative = bytes[place] == UInt8(ascii: "-")
    if isNegative || bytes[place] == UInt8(ascii: "+") { place += 1 }
    guard place < end, bytes[place] == UInt8(ascii: "0") || bytes[place] == UInt8(ascii: "1") else { return nil }
    if place + 1 < end {
      guard bytes[place + 1] == UInt8(ascii: ".") else { return nil }
      while end > place + 2, bytes[end - 1] == UInt8(ascii: "0") { end -= 1 }
      guard end == place + 2 else { return nil }
    }
    return bytes[place] == UInt8(ascii: "0") ? .pass : isNegative ? .disagree : .agree
  }
}

extension [UInt8] {
  /// Without spaces and tabs at both ends.
  fileprivate func trimmed(_ field: Range<Int32>) -> Range<Int> {
    var (first, end) = (Int(field.lowerBound), Int(field.upperBound))
    while first < end, self[first] == 0x20 || self[first] == 0x09 { first += 1 }
    while end > first, self[end - 1] == 0x20 || self[end - 1] == 0x09 { end -= 1 }
    return first..<end
  }
}

/// Numbers for names as they come; short decimal numbers without making a String.
private struct NameNumbers {
  private var small: [Int32] = []
  private var named: [String: Int32] = [:]
  private var names: [Name] = []

  private enum Name {
    case number(Int)
    case text(String)
  }

  private static let mostSmall = 4_000_000

  mutating func number(of bytes: [UInt8], _ name: Range<Int>) -> Int32 {
    if let value = Self.decimal(bytes, name) {
      if value >= small.count {
        small.append(contentsOf: repeatElement(-1, count: max(value + 1, min(2 * small.count, Self.mostSmall)) - small.count))
      }
      if small[value] < 0 {
        small[value] = Int32(names.count)
        names.append(.number(value))
      }
      return small[value]
    }
    let text = bytes[name].text
    if let known = named[text] { return known }
    let number = Int32(names.count)
    named[text] = number
    names.append(.text(text))
    return number
  }

  /// A canonical decimal number below the limit: `007` stays a text of its own.
  private static func decimal(_ bytes: [UInt8], _ name: Range<Int>) -> Int? {
    guard !name.isEmpty, name.count <= 7, bytes[name.lowerBound] != UInt8(ascii: "0") || name.count == 1 else { return nil }
    var value = 0
    for place in name {
      let digit = Int(bytes[place]) - Int(UInt8(ascii: "0"))
      guard (0...9).contains(digit) else { return nil }
      value = value * 10 + digit
    }
    return value < mostSmall ? value : nil
  }

  /// The names in order, and for each number its place in it.
  func ascending() -> (names: [String], place: [Int32]) {
    var (values, texts) = ([Int](), [String]())
    for name in names {
      switch name {
      case .number(let value):
        values.append(value)
        texts.append(String(value))
      case .text(let text):
        values.append(text.utf8.count < 19 ? Int(text) ?? Int.max : Int.max)
        texts.append(text)
      }
    }
    let order = texts.indices.sorted { values[$0] != values[$1] ? values[$0] < values[$1] : texts[$0].utf8.lexicographicallyPrecedes(texts[$1].utf8) }
    var place = [Int32](repeating: 0, count: order.count)
    for (next, number) in order.enumerated() { place[number] = Int32(next) }
    return (order.map { texts[$0] }, place)
  }
}
