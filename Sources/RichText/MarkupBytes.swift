/// What becomes of single bytes of text. On bytes and never on Characters: to a parser a quote is a quote, whatever accent follows it.
enum MarkupBytes {
  /// White space and no-break spaces only.
  static func isBlank(_ bytes: some Collection<UInt8>) -> Bool {
    var previous: UInt8 = 0
    for byte in bytes {
      let isBlank = byte == 0x20 || 0x09...0x0D ~= byte || byte == 0xC2 || (byte == 0xA0 && previous == 0xC2)
      if !isBlank { return false }
      previous = byte
    }
    return true
  }

  /// CR becomes LF, as a parser would make it; form feed and vertical tab a space; U+0001–U+001F, U+007F–U+009F and NUL go.
  static func withoutControls(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var clean: [UInt8] = []
    clean.reserveCapacity(bytes.count)
    for byte in bytes {
      switch byte {
      case 0x0D: clean.append(0x0A)
      case 0x0B, 0x0C: clean.append(0x20)
      case 0x09, 0x0A: clean.append(byte)
      case 0x00...0x1F, 0x7F: continue
      case 0x80...0x9F where clean.last == 0xC2: clean.removeLast()
      default: clean.append(byte)
      }
    }
    return clean
  }

  static func escape(_ byte: UInt8, into output: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "&"): output += "&amp;".utf8
    case UInt8(ascii: "<"): output += "&lt;".utf8
    case UInt8(ascii: ">"): output += "&gt;".utf8
    case UInt8(ascii: "\""): output += "&quot;".utf8
    default: output.append(byte)
    }
  }
}
