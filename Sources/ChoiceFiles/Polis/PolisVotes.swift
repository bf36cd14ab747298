package import SocialChoice

/// The votes of a conversation as Polis exports them (`votes.csv`): one row a vote, with `comment-id`, `voter-id` and `vote` (-1 disagree, 0 pass, 1 agree).
///
/// Other columns and any order of columns are fine; the last row of a voter and comment counts. Names may be numbers or any text.
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
    try Self.checkShape(table)
    remarks = table.oddity.map { [FileFault(file: file, line: $0.line, reason: $0.words)] } ?? []
    let statementColumn = try table.column("comment-id")
    let participantColumn = try table.column("voter-id")
    let voteColumn = try table.column("vote")
    var people = NameNumbers()
    var texts = NameNumbers()
    var votes: [OpinionVote] = []
    votes.reserveCapacity(table.records.count)
    for record in table.records {
      guard let statement = record[statementColumn]?.trimmed, let participant = record[participantColumn]?.trimmed,
        let vote = record[voteColumn]?.trimmed
      else { throw FileFault(file: file, line: record.line, reason: "the row has \(record.count) fields; \(table.header.count) were expected") }
      guard !statement.isEmpty else { throw FileFault(file: file, line: record.line, reason: "the comment-id is empty") }
      guard !participant.isEmpty else { throw FileFault(file: file, line: record.line, reason: "the voter-id is empty") }
      guard let opinion = Self.opinion(vote) else {
        throw FileFault(file: file, line: record.line, reason: "the vote is “\(vote.text)”; -1 (disagree), 0 (pass) or 1 (agree) was expected")
      }
      votes.append(OpinionVote(participant: people.number(of: participant), statement: texts.number(of: statement), opinion: opinion))
    }
    let peopleOrder = people.ascending()
    let textOrder = texts.ascending()
    participants = peopleOrder.names
    statements = textOrder.names
    self.votes = votes.map {
      OpinionVote(
        participant: peopleOrder.place[Int($0.participant)], statement: textOrder.place[Int($0.statement)], opinion: $0.opinion)
    }
  }

  /// A table with a row a person and a column a statement, as other programs of the field have it, is told as such.
  private static func checkShape(_ table: CommaSeparated) throws(FileFault) {
    guard table.columnIfAny("comment-id") == nil || table.columnIfAny("vote") == nil else { return }
    let numbered = table.header.count { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    guard numbered > 1 || table.columnIfAny("n-votes") != nil || table.columnIfAny("group-id") != nil else { return }
    throw FileFault(
      file: table.file, line: table.headerLine,
      reason: "this is a table with a row for each person and a column for each statement; a row for each vote is wanted: comment-id, voter-id, vote")
  }

  /// `1`, `+1`, `1.0` and the like, as spreadsheets and data frames write them.
  private static func opinion(_ field: ArraySlice<UInt8>) -> Opinion? {
    var digits = field
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
    guard let digit = digits.first, digit == UInt8(ascii: "0") || digit == UInt8(ascii: "1") else { return nil }
    let rest = digits.dropFirst()
    guard rest.isEmpty || (rest.first == UInt8(ascii: ".") && rest.dropFirst().allSatisfy { $0 == UInt8(ascii: "0") }) else { return nil }
    return digit == UInt8(ascii: "0") ? .pass : isNegative ? .disagree : .agree
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

  mutating func number(of name: ArraySlice<UInt8>) -> Int32 {
    if let value = Self.decimal(name) {
      if value >= small.count {
        small.append(contentsOf: repeatElement(-1, count: max(value + 1, min(2 * small.count, Self.mostSmall)) - small.count))
      }
      if small[value] < 0 {
        small[value] = Int32(names.count)
        names.append(.number(value))
      }
      return small[value]
    }
    let text = name.text
    if let known = named[text] { return known }
    let number = Int32(names.count)
    named[text] = number
    names.append(.text(text))
    return number
  }

  /// A canonical decimal number below the limit: `007` stays a text of its own.
  private static func decimal(_ name: ArraySlice<UInt8>) -> Int? {
    guard name.count <= 7, name.first != UInt8(ascii: "0") || name.count == 1 else { return nil }
    var value = 0
    for byte in name {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value < mostSmall ? value : nil
  }

  /// The names in order, and for each number its place in it.
  func ascending() -> (names: [String], place: [Int32]) {
    let keys = names.map { name in
      switch name {
      case .number(let value): (value: value, text: String(value))
      case .text(let text): (value: text.utf8.count < 19 ? Int(text) ?? Int.max : Int.max, text: text)
      }
    }
    let order = keys.indices.sorted {
      keys[$0].value != keys[$1].value ? keys[$0].value < keys[$1].value : keys[$0].text.utf8.lexicographicallyPrecedes(keys[$1].text.utf8)
    }
    var place = [Int32](repeating: 0, count: order.count)
    for (next, number) in order.enumerated() { place[number] = Int32(next) }
    return (order.map { keys[$0].text }, place)
  }
}
