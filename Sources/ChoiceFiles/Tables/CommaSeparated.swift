/// A table of comma-separated values with a first record that names the columns (RFC 4180), read by bytes.
///
/// Semicolons or tabs part the fields where they, and not commas, stand most often between the names of the columns, as some spreadsheets write.
/// Fields may stand in quotation marks, with commas, line ends and doubled quotation marks inside. Lines end with LF, CRLF or CR; a byte order mark goes;
/// empty lines are no records; a quotation mark inside an unquoted field is a quotation mark. Records may be shorter or longer than the first: what a missing
/// or surplus field means is for the format to say.
///
/// ```swift
/// let table = try CommaSeparated(bytes, file: "votes.csv")
/// let vote = try table.column("vote")
/// for record in table.records { print(record.line, record[vote]?.text ?? "") }
/// ```
/// Time and memory are linear in the file.
package struct CommaSeparated: Sendable {
  /// The name that the caller gave, for faults.
  package let file: String
  /// The names of the columns, without spaces around them.
  package let header: [String]
  /// Letters that were not UTF-8.
  package let oddity: FileText.Oddity?
  /// The file, then the fields that had doubled quotation marks, without them.
  private let bytes: [UInt8]
  private let fields: [Range<Int32>]
  /// Where each record begins among the fields; one more at the end.
  private let starts: [Int32]
  private let lines: [Int32]

  /// - Throws: ``FileFault`` if there is no first record, if a quotation mark is never closed, or if the file has more than two thousand million bytes.
  package init(_ bytes: [UInt8], file: String) throws(FileFault) {
    guard bytes.count < Int(Int32.max) / 2 else { throw FileFault(file: file, reason: "the file is larger than 1 GB; divide it") }
    let text = FileText(bytes)
    var cut = FieldCut(bytes: text.bytes, separator: Self.separator(text.bytes))
    cut.run()
    if let line = cut.unclosedLine { throw FileFault(file: file, line: line, reason: "the quotation mark that opens a field here is never closed") }
    guard !cut.lines.isEmpty else {
      throw FileFault(file: file, reason: "the file is empty; the names of the columns are expected on its first line")
    }
    self.file = file
    oddity = text.oddity
    self.bytes = cut.bytes
    fields = cut.fields
    starts = cut.starts
    lines = cut.lines
    header = (0..<Int(cut.starts[1])).map { cut.bytes[Int(cut.fields[$0].lowerBound)..<Int(cut.fields[$0].upperBound)].trimmed.text }
  }

  /// The records after the first, in the order of the file.
  package var records: some RandomAccessCollection<Record> { (1..<max(1, lines.count)).lazy.map { Record(table: self, number: $0) } }

  /// The line of the names of the columns, from 1.
  package var headerLine: Int { Int(lines[0]) }

  /// The records that are more than spaces, with their lines and all their fields without spaces around them.
  package var rows: [(line: Int, fields: [ArraySlice<UInt8>])] {
    records.compactMap { record in
      let fields = (0..<record.count).map { (record[$0] ?? []).trimmed }
      return fields.count == 1 && fields[0].isEmpty ? nil : (record.line, fields)
    }
  }

  /// The place of the column with this name, in any case of ASCII letters.
  ///
  /// - Throws: ``FileFault`` if there is none, naming those that there are.
  package func column(_ name: String) throws(FileFault) -> Int {
    guard let place = columnIfAny(name) else {
      throw FileFault(file: file, line: Int(lines[0]), reason: "there is no column “\(name)”; there are: \(header.joined(separator: ", "))")
    }
    return place
  }

  /// The place of the column with this name, or nil. Where no column has it but one would with other hyphens, underscores and spaces, that one.
  package func columnIfAny(_ name: String) -> Int? {
    if let place = header.firstIndex(where: { $0.lowercased() == name.lowercased() }) { return place }
    let alike = header.indices.filter { Self.folded(header[$0]) == Self.folded(name) }
    return alike.count == 1 ? alike[0] : nil
  }

  private static func folded(_ name: String) -> [UInt8] {
    name.lowercased().utf8.map { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: " ") ? UInt8(ascii: "-") : $0 }
  }

  /// The sign that stands most often outside of quotation marks on the first line that is not empty, of comma, semicolon and tab.
  private static func separator(_ text: [UInt8]) -> UInt8 {
    let signs = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09]
    var counts = [0, 0, 0]
    var isQuoted = false
    for byte in text.drop(while: { $0 == 0x0A || $0 == 0x0D }) {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 0x0A || byte == 0x0D { break }
      if let sign = signs.firstIndex(of: byte) { counts[sign] += 1 }
    }
    return signs.indices.max { counts[$0] < counts[$1] }.map { signs[$0] } ?? signs[0]
  }

  /// One record of the table.
  package struct Record: Sendable {
    fileprivate let table: CommaSeparated
    fileprivate let number: Int

    /// The line where it begins, from 1.
    package var line: Int { Int(table.lines[number]) }
    /// How many fields it has.
    package var count: Int { Int(table.starts[number + 1] - table.starts[number]) }
    /// The field at this place, without its quotation marks; nil if the record is shorter.
    package subscript(place: Int) -> ArraySlice<UInt8>? {
      guard place >= 0, place < count else { return nil }
      let range = table.fields[Int(table.starts[number]) + place]
      return table.bytes[Int(range.lowerBound)..<Int(range.upperBound)]
    }
  }
}

/// The pass over the bytes that finds where fields and records begin and end.
private struct FieldCut {
  var bytes: [UInt8]
  let separator: UInt8
  var fields: [Range<Int32>] = []
  var starts: [Int32] = [0]
  var lines: [Int32] = []
  var unclosedLine: Int?

  private static let quote = UInt8(ascii: "\"")
  private let end: Int
  private var place = 0
  private var line: Int32 = 1

  init(bytes: [UInt8], separator: UInt8) {
    self.bytes = bytes
    self.separator = separator
    end = bytes.count
  }

  mutating func run() {
    while place < end, unclosedLine == nil {
      if isLineEnd(bytes[place]) {
        passLineEnd()
      } else {
        record()
      }
    }
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private mutating func passLineEnd() {
    place += bytes[place] == 0x0D && place + 1 < end && bytes[place + 1] == 0x0A ? 2 : 1
    line += 1
  }

  private mutating func record() {
    lines.append(line)
    while true {
      if place < end, bytes[place] == Self.quote { quotedField() } else { plainField() }
      guard unclosedLine == nil, place < end, bytes[place] == separator else { break }
      place += 1
    }
    starts.append(Int32(fields.count))
    if place < end { passLineEnd() }
  }

  private mutating func plainField() {
    let start = place
    while place < end, bytes[place] != separator, !isLineEnd(bytes[place]) { place += 1 }
    fields.append(Int32(start)..<Int32(place))
  }

  /// From the opening mark to the separator or line end after the closing one; what stands between those two belongs to the field.
  private mutating func quotedField() {
    let opening = line
    var text: [UInt8]?
    place += 1
    let start = place
    while true {
      guard place < end else { return unclosedLine = Int(opening) }
      if bytes[place] == Self.quote {
        guard place + 1 < end, bytes[place + 1] == Self.quote else { break }
        if text == nil { text = Array(bytes[start..<place]) }
        text?.append(Self.quote)
        place += 2
      } else if isLineEnd(bytes[place]) {
        let from = place
        passLineEnd()
        text?.append(contentsOf: bytes[from..<place])
      } else {
        text?.append(bytes[place])
        place += 1
      }
    }
    let closing = place
    place += 1
    let after = place
    while place < end, bytes[place] != separator, !isLineEnd(bytes[place]) { place += 1 }
    if text == nil, place == after { return fields.append(Int32(start)..<Int32(closing)) }
    let from = Int32(bytes.count)
    bytes.append(contentsOf: text ?? Array(bytes[start..<closing]))
    bytes.append(contentsOf: bytes[after..<place])
    fields.append(from..<Int32(bytes.count))
  }
}
