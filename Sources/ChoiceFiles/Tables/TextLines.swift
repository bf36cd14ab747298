/// The lines of a file, by bytes: a carriage return before the line feed goes, a byte order mark goes, an end without line feed is an end.
package struct TextLines: Sendable {
  /// Without their ends; the line number is the index + 1.
  package let lines: [ArraySlice<UInt8>]

  package init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    var lines = rest.split(separator: 0x0A, omittingEmptySubsequences: false).map { $0.last == 0x0D ? $0.dropLast() : $0 }
    if lines.last?.isEmpty == true { lines.removeLast() }
    self.lines = lines
  }
}

extension ArraySlice<UInt8> {
  /// As text; bytes that are no UTF-8 become the replacement character.
  package var text: String { String(decoding: self, as: UTF8.self) }

  /// Without spaces and tabs at both ends.
  package var trimmed: ArraySlice<UInt8> {
    var slice = self
    while let first = slice.first, first == 0x20 || first == 0x09 { slice = slice.dropFirst() }
    while let last = slice.last, last == 0x20 || last == 0x09 { slice = slice.dropLast() }
    return slice
  }
}
