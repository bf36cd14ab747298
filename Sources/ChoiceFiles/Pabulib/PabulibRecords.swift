/// Cuts a file into records and fields: `;` between fields, `"` around a field that holds `;`, quotes (doubled) or line ends.
///
/// Real files have quotes that nobody closed. A quote at the beginning of a field that is not closed before the end of its line, with `;` or the
/// line's end after it, is one of a field over several lines only if a later line closes it so before the next section; otherwise it is a sign like
/// any other.
struct PabulibRecords {
  struct Record {
    /// From 1.
    let line: Int
    let bytes: ArraySlice<UInt8>
  }

  let records: [Record]
  /// See ``FileText``.
  let oddity: FileText.Oddity?
  private static let quote = UInt8(ascii: "\"")
  private static let semicolon = UInt8(ascii: ";")

  init(_ bytes: [UInt8]) {
    let text = TextLines(bytes)
    let lines = text.lines
    oddity = text.oddity
    var records: [Record] = []
    records.reserveCapacity(lines.count)
    var next = 0
    while next < lines.count {
      let start = next
      var text = lines[next]
      next += 1
      if text.contains(Self.quote), let last = Self.end(of: start, in: lines) {
        for line in lines[(start + 1)...last] { text = ArraySlice(Array(text) + [0x0A] + line) }
        next = last + 1
      }
      records.append(Record(line: start + 1, bytes: text))
    }
    self.records = records
  }

  /// The last line of a record that goes on over several; nil if it ends where it begins.
  private static func end(of start: Int, in lines: [ArraySlice<UInt8>]) -> Int? {
    guard endsInsideQuotes(lines[start]) else { return nil }
    for line in (start + 1)..<max(start + 1, min(lines.count, start + 50)) {
      if PabulibSection(fields: [lines[line]]) != nil { return nil }
      guard let close = lines[line].firstIndex(of: quote) else { continue }
      let after = lines[line].index(after: close)
      return after == lines[line].endIndex || lines[line][after] == semicolon ? line : nil
    }
    return nil
  }

  private static func endsInsideQuotes(_ line: ArraySlice<UInt8>) -> Bool {
    var (isInside, isFieldStart) = (false, true)
    var index = line.startIndex
    while index < line.endIndex {
      let byte = line[index]
      if isInside {
        if byte == quote {
          if index + 1 < line.endIndex, line[index + 1] == quote { index += 1 } else { isInside = false }
        }
      } else if byte == quote, isFieldStart {
        isInside = true
      }
      isFieldStart = byte == semicolon && !isInside
      index += 1
    }
    return isInside
  }

  static func fields(_ record: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    guard record.contains(quote) else { return record.split(separator: semicolon, omittingEmptySubsequences: false).map(\.trimmed) }
    var fields: [ArraySlice<UInt8>] = []
    var index = record.startIndex
    while true {
      let (field, end) = self.field(record, from: index)
      fields.append(field.trimmed)
      guard end < record.endIndex else { return fields }
      index = end + 1
    }
  }

  /// One field and where it ends: at a `;` or at the record's end.
  private static func field(_ record: ArraySlice<UInt8>, from start: Int) -> (ArraySlice<UInt8>, Int) {
    if start < record.endIndex, record[start] == quote {
      var content: [UInt8] = []
      var index = start + 1
      while index < record.endIndex {
        if record[index] != quote {
          content.append(record[index])
        } else if index + 1 < record.endIndex, record[index + 1] == quote {
          content.append(quote)
          index += 1
        } else {
          // What stands between the closing quote and the next `;` belongs to the field, as the field's programs read it.
          let end = record[(index + 1)...].firstIndex(of: semicolon) ?? record.endIndex
          return (ArraySlice(content + record[(index + 1)..<end]), end)
        }
        index += 1
      }
    }
    let end = record[start...].firstIndex(of: semicolon) ?? record.endIndex
    return (record[start..<end], end)
  }
}

/// The three parts of a Pabulib file.
enum PabulibSection: String, CaseIterable {
  case meta, projects, votes

  /// Nil at the first glance for nearly every record.
  init?(record: ArraySlice<UInt8>) {
    guard record.count < 40, let first = record.trimmed.first, Array("mMpPvV\"".utf8).contains(first) else { return nil }
    self.init(fields: PabulibRecords.fields(record))
  }

  /// A record with the section's name, in any case, and nothing else.
  init?(fields: [ArraySlice<UInt8>]) {
    guard let first = fields.first?.trimmed, first.count >= 4, first.count <= 8, fields.dropFirst().allSatisfy(\.isEmpty) else { return nil }
    self.init(rawValue: first.text.lowercased())
  }
}
