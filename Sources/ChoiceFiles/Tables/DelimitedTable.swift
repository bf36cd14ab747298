/// Rows of fields between commas, or semicolons or tabs where the first row has no comma outside of quotes.
struct DelimitedTable: Sendable {
  let separator: UInt8

  init(_ lines: TextLines) {
    let first = lines.lines.first { !$0.trimmed.isEmpty } ?? []
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09]
    separator = candidates.first { DelimitedTable.split(first, at: $0).count > 1 } ?? candidates[0]
  }

  /// Without spaces around and quotes; an unclosed quote ends with the line.
  func fields(of line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] { DelimitedTable.split(line, at: separator) }

  static func split(_ line: ArraySlice<UInt8>, at separator: UInt8) -> [ArraySlice<UInt8>] {
    let quote = UInt8(ascii: "\"")
    var fields: [ArraySlice<UInt8>] = []
    var field: [UInt8] = []
    var (isQuoted, wasQuoted) = (false, false)
    var index = line.startIndex
    func finished() -> ArraySlice<UInt8> { wasQuoted ? field[...] : field[...].trimmed }
    while index < line.endIndex {
      let byte = line[index]
      if isQuoted {
        if byte == quote {
          if index + 1 < line.endIndex, line[index + 1] == quote {
            field.append(quote)
            index += 1
          } else {
            isQuoted = false
          }
        } else {
          field.append(byte)
        }
      } else if byte == quote, field[...].trimmed.isEmpty {
        (isQuoted, wasQuoted, field) = (true, true, [])
      } else if byte == separator {
        fields.append(finished())
        (wasQuoted, field) = (false, [])
      } else if !wasQuoted || (byte != 0x20 && byte != 0x09) {
        field.append(byte)
      }
      index += 1
    }
    fields.append(finished())
    return fields
  }
}

extension ArraySlice<UInt8> {
  /// A whole number in decimal digits, with a minus sign or without; nil for anything else, also for what does not fit.
  var wholeNumber: Int? {
    let digits = first == UInt8(ascii: "-") ? dropFirst() : self
    guard !digits.isEmpty, digits.count <= 18, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return first == UInt8(ascii: "-") ? -value : value
  }
}
