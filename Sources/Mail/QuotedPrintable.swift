/// Text as quoted-printable (RFC 2045, 6.7): lines of at most 76 bytes, ended by CR LF, that any server passes on unchanged.
///
/// Line breaks of any kind become CR LF. A dot or `From ` at the beginning of a line is encoded, so that neither SMTP's end mark
/// nor a mailbox file's separator can arise. Linear in the text.
enum QuotedPrintable {
  private static let carriageReturn: UInt8 = 0x0D
  private static let lineFeed: UInt8 = 0x0A

  static func encode(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + bytes.count / 8 + 2)
    var column = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == carriageReturn || byte == lineFeed {
        if byte == carriageReturn, index < bytes.count, bytes[index] == lineFeed { index += 1 }
        output += [carriageReturn, lineFeed]
        column = 0
        continue
      }
      let endsLine = index == bytes.count || bytes[index] == carriageReturn || bytes[index] == lineFeed
      let width = isPlain(byte, endsLine: endsLine) ? 1 : 3
      // One column is kept for the sign of the soft break.
      if column + width > 75 {
        output += [UInt8(ascii: "="), carriageReturn, lineFeed]
        column = 0
      }
      let mustEncode = width == 3 || (column == 0 && (byte == UInt8(ascii: ".") || startsFrom(bytes, at: index - 1)))
      if mustEncode { output += [UInt8(ascii: "="), digit(byte >> 4), digit(byte & 0x0F)] } else { output.append(byte) }
      column += mustEncode ? 3 : 1
    }
    return output
  }

  private static func isPlain(_ byte: UInt8, endsLine: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "="): false
    case 0x21...0x7E: true
    case 0x20, 0x09: !endsLine
    default: false
    }
  }

  private static func startsFrom(_ bytes: [UInt8], at index: Int) -> Bool { bytes[index...].starts(with: "From ".utf8) }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 55 + value }
}
