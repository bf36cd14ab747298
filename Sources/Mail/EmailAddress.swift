import Foundation

/// One mailbox: `local@domain`, nothing else. Quoted local parts, comments, routes, lists and address literals are refused:
/// what looks like one address must be one.
package struct EmailAddress: Sendable, Hashable {
  /// As typed, with the domain in lower case.
  package let text: String
  /// What makes two addresses the same account: folded to compatibility form and lower case.
  package let key: String

  package struct Fault: Error {}

  package init(_ typed: String) throws {
    let trimmed = typed.trimmingCharacters(in: .whitespaces)
    let bytes = Array(trimmed.utf8)
    guard bytes.count <= 254, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { throw Fault() }
    let local = bytes[..<at]
    let domain = bytes[(at + 1)...]
    guard (1...64).contains(local.count), local.allSatisfy(Self.isLocal), local.first != UInt8(ascii: "-") else { throw Fault() }
    let parts = local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty }) else { throw Fault() }
    let labels = domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count >= 2, labels.allSatisfy(Self.isLabel), labels.last?.contains(where: { !(48...57 ~= $0) }) == true else { throw Fault() }
    text = String(decoding: local, as: UTF8.self) + "@" + String(decoding: domain, as: UTF8.self).lowercased()
    key = text.lowercased()
  }

  /// Letters, digits and the signs of an atom that no mail system reads as routing.
  private static func isLocal(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122: true
    default: "._+-'=~&#$*/?^{}".utf8.contains(byte) && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "|")
    }
  }

  private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
    (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
      && label.allSatisfy { 48...57 ~= $0 || 65...90 ~= $0 || 97...122 ~= $0 || $0 == UInt8(ascii: "-") }
  }
}
