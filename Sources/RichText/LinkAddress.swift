/// Which addresses a link may lead to, and which host a reader must be told.
enum LinkAddress {
  static let longest = 2_000

  /// The address, trimmed, when it is `http`, `https` with a plain host, `mailto`, a path on this site (one leading slash) or a fragment; else nil.
  ///
  /// Control bytes and white space, which browsers skip inside a scheme, backslashes, which they read as slashes, and user names before
  /// the host (`https://bank.example@evil.example`) make it refused.
  static func allowed(_ text: String) -> String? {
    let bytes = Array(text.utf8).drop { $0 <= 0x20 }
    guard let end = bytes.lastIndex(where: { $0 > 0x20 }) else { return nil }
    let trimmed = bytes[bytes.startIndex...end]
    guard trimmed.count <= longest, trimmed.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }), !hasC1(trimmed) else { return nil }
    let address = String(decoding: trimmed, as: UTF8.self)
    // What a parser put in place of bytes that may not be.
    if address.unicodeScalars.contains("\u{FFFD}") { return nil }
    if trimmed.first == UInt8(ascii: "#") { return address }
    if trimmed.first == UInt8(ascii: "/") { return trimmed.dropFirst().first == UInt8(ascii: "/") ? nil : address }
    let lowered = trimmed.prefix(8).map(lower)
    if lowered.starts(with: "mailto:".utf8) { return trimmed.count > 7 ? address : nil }
    return host(of: address) == nil ? nil : address
  }

  static func isExternal(_ address: String) -> Bool { host(of: address) != nil }

  /// The host of an `http` or `https` address, in lower case, without port; nil for other addresses and for hosts with odd bytes.
  static func host(of address: String) -> [UInt8]? {
    let bytes = Array(address.utf8)
    let lowered = bytes.prefix(8).map(lower)
    let start = lowered.starts(with: "https://".utf8) ? 8 : lowered.starts(with: "http://".utf8) ? 7 : nil
    guard let start else { return nil }
    let authority = bytes[start...].prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    let name = authority.prefix { $0 != UInt8(ascii: ":") }
    let port = authority.dropFirst(name.count)
    guard !name.isEmpty, name.count <= 253, name.allSatisfy(isHostByte), port.dropFirst().allSatisfy({ 48...57 ~= $0 }) else { return nil }
    return name.map(lower)
  }

  /// Whether a link's words (escaped, lower case) look like an address of another host than the one it leads to: `bank.fr` that leads elsewhere.
  static func misleads(_ words: [UInt8], host: [UInt8]) -> Bool {
    if words.count < 4 || contains(words, host) { return false }
    if contains(words, Array("://".utf8)) || contains(words, Array("www.".utf8)) { return true }
    return words.split(whereSeparator: { !isHostByte($0) }).contains { word in
      let labels = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: true)
      guard labels.count > 1, let last = labels.last, 2...24 ~= last.count, last.allSatisfy({ 97...122 ~= $0 }) else { return false }
      return !fileKinds.contains(String(decoding: last, as: UTF8.self))
    }
  }

  /// Endings of file names, which are no hosts.
  private static let fileKinds: Set<String> = [
    "pdf", "doc", "docx", "odt", "ods", "xls", "xlsx", "csv", "json", "xml", "txt", "html", "htm", "jpg", "jpeg", "png",
  ]

  static func lower(_ byte: UInt8) -> UInt8 { 65...90 ~= byte ? byte + 32 : byte }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch lower(byte) {
    case 97...122, 48...57, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), 0x80...: true
    default: false
    }
  }

  /// U+0080–U+009F, bytes C2 80 to C2 9F.
  private static func hasC1(_ bytes: ArraySlice<UInt8>) -> Bool {
    zip(bytes, bytes.dropFirst()).contains { $0 == 0xC2 && 0x80...0x9F ~= $1 }
  }

  private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    guard let first = part.first, part.count <= bytes.count else { return false }
    return (0...(bytes.count - part.count)).contains { bytes[$0] == first && bytes[$0...].starts(with: part) }
  }
}
