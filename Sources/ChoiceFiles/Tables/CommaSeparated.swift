/// A table of comma-separated values with a first record that names the columns (RFC 4180), read by bytes.
///
/// Semicolons or tabs part the fields where they, and not commas, stand most often between the names of the columns, as some spreadsheets write; or the
/// sign that a line `sep=;` before them names.
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
  let bytes: [UInt8]
  let fields: [Range<Int32>]
  /// Where each record, the names of the columns being the first, begins among the fields; one more at the end.
  let starts: [Int32]
  let lines: [Int32]

  /// - Throws: ``FileFault`` if there is no first record, if a quotation mark is never closed, or if the file has more than two thousand million bytes.
  package init(_ bytes: [UInt8], file: String) throws(FileFault) {
    let most = Int(Int32.max) / 2
    guard bytes.count < most else { throw FileFault(file: file, reason: "the file is larger than 1 GB; divide it") }
    let text = FileText(bytes)
    // Letters of Windows-1252 take two bytes or three in UTF-8.
    guard text.bytes.count < most else { throw FileFault(file: file, reason: "the file is larger than 1 GB as UTF-8; divide it") }
    var cut = FieldCut(length: text.bytes.count, told: Self.toldSeparator(text.bytes), orElse: Self.separator(text.bytes))
    text.bytes.withUnsafeBufferPointer { cut.run($0) }
    if let line = cut.unclosedLine { throw FileFault(file: file, line: line, reason: "the quotation mark that opens a field here is never closed") }
    guard !cut.lines.isEmpty else {
      throw FileFault(file: file, reason: "the file is empty; the names of the columns are expected on its first line")
    }
    self.file = file
    oddity = text.oddity
    let bytes = cut.rewritten.isEmpty ? text.bytes : text.bytes + cut.rewritten
    self.bytes = bytes
    fields = cut.fields
    starts = cut.starts
    lines = cut.lines
    header = (0..<Int(cut.starts[1])).map { bytes[Int(cut.fields[$0].lowerBound)..<Int(cut.fields[$0].upperBound)].trimmed.text }
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

  /// The sign that a first line `sep=;` names; nil where there is no such line.
  private static func toldSeparator(_ text: [UInt8]) -> UInt8? {
    let line = text.prefix(7).prefix { $0 != 0x0A && $0 != 0x0D }
    return line.count == 5 && line.text.lowercased().hasPrefix("sep=") ? line.last : nil
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
  /// The fields that do not stand in the file as they are meant, as if they stood behind it.
  var rewritten: [UInt8] = []
  var fields: [Range<Int32>] = []
  var starts: [Int32] = [0]
  var lines: [Int32] = []
  var unclosedLine: Int?

  private typealias Bytes = UnsafeBufferPointer<UInt8>
  private static let quote = UInt8(ascii: "\"")
  private let separator: UInt8
  private let end: Int
  private var place = 0
  private var line: Int32 = 1

  /// - Parameter told: the separator that the first line names, which then is no record.
  init(length: Int, told: UInt8?, orElse found: UInt8) {
    separator = told ?? found
    end = length
    place = told == nil ? 0 : "sep=;".utf8.count
  }

  mutating func run(_ bytes: UnsafeBufferPointer<UInt8>) {
    while place < end, unclosedLine == nil {
      if Self.isLineEnd(bytes[place]) {
        passLineEnd(bytes)
      } else {
        record(bytes)
        if lines.count == 1_000 { reserve() }
      }
    }
  }

  /// Room for a file that goes on as it began: to move what was found to ever larger places takes as long as to find it.
  private mutating func reserve() {
    let share = Double(end) / Double(place) * 1.02
    fields.reserveCapacity(Int(Double(fields.count) * share))
    starts.reserveCapacity(Int(Double(starts.count) * share))
    lines.reserveCapacity(Int(Double(lines.count) * share))
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private mutating func passLineEnd(_ bytes: Bytes) {
    place += bytes[place] == 0x0D && place + 1 < end && bytes[place + 1] == 0x0A ? 2 : 1
    line += 1
  }

  private mutating func record(_ bytes: Bytes) {
    lines.append(line)
    while true {
      if place < end, bytes[place] == Self.quote {
        quotedField(bytes)
      } else {
        let start = place
        place = fieldEnd(bytes, from: start)
        fields.append(Int32(truncatingIfNeeded: start)..<Int32(truncatingIfNeeded: place))
      }
      guard unclosedLine == nil, place < end, bytes[place] == separator else { break }
      place += 1
    }
    starts.append(Int32(fields.count))
    if place < end { passLineEnd(bytes) }
  }

  /// The next separator or line end, or the end of the file: eight bytes at a time where none of the eight is one.
  private func fieldEnd(_ bytes: Bytes, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    let separators = UInt64(separator) &* 0x0101_0101_0101_0101
    var place = start
    while place + 8 <= end {
      let eight = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      let found = Self.zeros(eight ^ separators) | Self.zeros(eight ^ 0x0A0A_0A0A_0A0A_0A0A) | Self.zeros(eight ^ 0x0D0D_0D0D_0D0D_0D0D)
      if found != 0 { return place + found.trailingZeroBitCount / 8 }
      place += 8
    }
    while place < end, bytes[place] != separator, !Self.isLineEnd(bytes[place]) { place += 1 }
    return place
  }

  /// The highest bit of the lowest byte that is zero; above it other bytes may be marked, too.
  private static func zeros(_ eight: UInt64) -> UInt64 { (eight &- 0x0101_0101_0101_0101) & ~eight & 0x8080_8080_8080_8080 }

  /// From the opening mark to the separator or line end after the closing one; what stands between those two belongs to the field.
  private mutating func quotedField(_ bytes: Bytes) {
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
      } else if Self.isLineEnd(bytes[place]) {
        let from = place
        passLineEnd(bytes)
        text?.append(contentsOf: bytes[from..<place])
      } else {
        text?.append(bytes[place])
        place += 1
      }
    }
    let closing = place
    place = fieldEnd(bytes, from: closing + 1)
    if text == nil, place == closing + 1 { return fields.append(Int32(start)..<Int32(closing)) }
    let from = Int32(end + rewritten.count)
    rewritten.append(contentsOf: text ?? Array(bytes[start..<closing]))
    rewritten.append(contentsOf: bytes[closing + 1..<place])
    fields.append(from..<Int32(end + rewritten.count))
  }
}
