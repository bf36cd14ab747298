import HTML

/// Parts of a web address, read as bytes.
package enum WebAddress {
  /// The host that a link really leads to, shown beside its words.
  package static func host(_ address: String) -> String {
    let bytes = Array(address.utf8)
    guard let slashes = bytes.indices.dropLast(2).first(where: { bytes[$0] == 58 && bytes[$0 + 1] == 47 && bytes[$0 + 2] == 47 }) else { return "" }
    let authority = bytes[(slashes + 3)...].prefix { $0 != 47 && $0 != 63 && $0 != 35 }
    let host = authority.split(separator: 64, omittingEmptySubsequences: false).last ?? authority
    return String(decoding: host.prefix(100), as: UTF8.self)
  }

  /// An absolute `http(s)` address with a host and without userinfo.
  package static func isWeb(_ address: String) -> Bool {
    guard Address.isForeign(address), !address.utf8.starts(with: "mailto:".utf8), address.utf8.count <= 2_000 else { return false }
    let rest = address.utf8.drop { $0 != UInt8(ascii: "/") }.dropFirst(2).prefix {
      $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
    }
    return !rest.isEmpty && !rest.contains(UInt8(ascii: "@")) && rest.first != UInt8(ascii: ":")
  }
}
