/// The lines of a file, by bytes: they end with LF, CRLF or, in files without any LF, CR; the last needs no end; see ``FileText`` for marks.
package struct TextLines: Sendable {
  /// Without their ends; the line number is the index + 1.
  package let lines: [ArraySlice<UInt8>]
  /// Letters that were not UTF-8.
  package let oddity: FileText.Oddity?

  package init(_ bytes: [UInt8]) {
    let read = FileText(bytes)
    let text = read.bytes
    oddity = read.oddity
    // Files of old machines end their lines with a carriage return alone.
    let end: UInt8 = text.contains(0x0A) ? 0x0A : 0x0D
    var lines = text.split(separator: end, omittingEmptySubsequences: false).map { $0.last == 0x0D ? $0.dropLast() : $0 }
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
