/// The part of an address that names a space: 2 to 60 lower-case letters, digits and single hyphens, none of the site's own words.
package enum Slug {
  static let reserved: Set<String> = ["new", "admin", "api", "assets", "health", "metrics", "search", "account", "well-known", "favicon", "robots"]

  package static func isValid(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard (2...60).contains(bytes.count), !reserved.contains(text) else { return false }
    guard bytes.allSatisfy({ 97...122 ~= $0 || 48...57 ~= $0 || $0 == UInt8(ascii: "-") }) else { return false }
    guard bytes.first != UInt8(ascii: "-"), bytes.last != UInt8(ascii: "-") else { return false }
    return !zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "-") && $1 == UInt8(ascii: "-") }
  }
}
