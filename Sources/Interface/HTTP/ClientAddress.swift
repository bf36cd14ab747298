import Glibc
import HTTPTypes

/// Where a request comes from, behind proxies that are trusted and no others.
package enum ClientAddress {
  static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .origin

  /// The last address of the chain that is no trusted proxy's; the peer's own when the chain cannot be read up to there.
  static func of(peer: String, forwarded: [String], trusted: Set<String>) -> String {
    guard trusted.contains(peer) else { return peer }
    let hops = forwarded.joined(separator: ",").utf8.split(separator: UInt8(ascii: ",")).map { hop in
      String(decoding: hop.filter { $0 > 0x20 }.prefix(60), as: UTF8.self)
    }
    for hop in hops.reversed() {
      guard let address = plain(hop) else { return peer }
      if !trusted.contains(address) { return address }
    }
    return peer
  }

  /// What counts as one client: an IPv4 address, or the /64 of an IPv6 address, since whoever has one has them all. Other texts are their own.
  package static func network(_ client: String) -> String {
    guard let bytes = sixteen(client) else { return client }
    if bytes.prefix(12).elementsEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) { return bytes.suffix(4).map(String.init).joined(separator: ".") }
    return bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
  }

  /// Whether a text is one IPv4 or IPv6 address, without port, brackets or range.
  package static func isAddress(_ text: String) -> Bool { isIPv4(text) || sixteen(text) != nil }

  /// An address without port and brackets; nil when it is none.
  private static func plain(_ hop: String) -> String? {
    if isAddress(hop) { return hop }
    if hop.utf8.first == UInt8(ascii: "["), let end = hop.utf8.firstIndex(of: UInt8(ascii: "]")) {
      let inside = String(Substring(hop.utf8[..<end].dropFirst()))
      return sixteen(inside) == nil ? nil : inside
    }
    guard let colon = hop.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let host = String(Substring(hop.utf8[..<colon]))
    return isIPv4(host) ? host : nil
  }

  private static func isIPv4(_ text: String) -> Bool {
    var address = in_addr()
    return inet_pton(AF_INET, text, &address) == 1
  }

  private static func sixteen(_ text: String) -> [UInt8]? {
    var address = in6_addr()
    guard inet_pton(AF_INET6, text, &address) == 1 else { return nil }
    return withUnsafeBytes(of: &address) { Array($0) }
  }
}
