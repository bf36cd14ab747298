/// Reads the text back out of markup that `MarkupWriter` wrote.
enum PlainText {
  /// Tags dropped, entities read back, white space folded to one space; blocks and line breaks stand on lines of their own. Linear in the size.
  static func of(_ html: String) -> String {
    var output: [UInt8] = []
    let bytes = Array(html.utf8)
    output.reserveCapacity(bytes.count)
    var index = 0
    func space() { if let last = output.last, last != 0x20, last != 0x0A { output.append(0x20) } }
    func line() {
      if output.last == 0x20 { output.removeLast() }
      if let last = output.last, last != 0x0A { output.append(0x0A) }
    }
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "<"):
        let close = bytes[index...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1
        let name = bytes[index...close].dropFirst().drop { $0 == UInt8(ascii: "/") }.prefix { 97...122 ~= $0 || 48...57 ~= $0 }
        if !AllowList.inline.contains(String(decoding: name, as: UTF8.self)) { line() }
        index = close + 1
      case UInt8(ascii: "&"):
        let rest = bytes[index...].prefix(6)
        let entity = entities.first { rest.starts(with: $0.0) }
        output.append(entity?.1 ?? UInt8(ascii: "&"))
        index += entity?.0.count ?? 1
      case 0x09...0x0D, 0x20:
        space()
        index += 1
      default:
        output.append(bytes[index])
        index += 1
      }
    }
    if output.last == 0x20 || output.last == 0x0A { output.removeLast() }
    return String(decoding: output, as: UTF8.self)
  }

  private static let entities: [([UInt8], UInt8)] = [
    (Array("&amp;".utf8), UInt8(ascii: "&")), (Array("&lt;".utf8), UInt8(ascii: "<")), (Array("&gt;".utf8), UInt8(ascii: ">")),
    (Array("&quot;".utf8), UInt8(ascii: "\"")), (Array("&#39;".utf8), UInt8(ascii: "'")),
  ]
}
