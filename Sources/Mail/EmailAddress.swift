/// One mailbox, `local@domain`, and nothing that any mail program could read as two, as a route or as a command.
///
/// Narrower than RFC 5321 on purpose: quoted local parts, comments, lists, address literals, `%` and `!` routes, `|`, `/`, a leading `-`
/// and letters outside ASCII are refused. An internationalised domain may be written in its `xn--` form.
///
///     try EmailAddress("Amina.B@Mairie.Ormeval.FR").text  // "Amina.B@mairie.ormeval.fr"
package struct EmailAddress: Sendable, Hashable {
  /// Longest address, in bytes (RFC 5321 path of 256 less its angle brackets).
  package static let longest = 254

  /// The local part as typed, with the domain in lower case: where letters are sent.
  package let text: String

  /// What makes two addresses one account: the address after NFKC and case folding, which for ASCII is lower case.
  package let key: String

  /// Why a text is no address.
  package enum Fault: Error, Sendable, Equatable {
    case empty, tooLong, notOneMailbox, localPart, domain
  }

  /// Reads one address; spaces and tabs around it are left out, since forms and clipboards add them.
  /// - Throws: what is wrong with it, first fault first.
  package init(_ written: String) throws(Fault) {
    let typed = Self.trimmed(written.utf8.prefix(Self.longest + 64))
    guard !typed.isEmpty else { throw .empty }
    guard typed.count <= Self.longest else { throw .tooLong }
    let parts = typed.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, let local = parts.first, let domain = parts.last else { throw .notOneMailbox }
    guard Self.isLocalPart(local) else { throw .localPart }
    guard Self.isDomain(domain) else { throw .domain }
    let host = String(decoding: domain.map(Self.lowercased), as: UTF8.self)
    text = String(decoding: local, as: UTF8.self) + "@" + host
    key = String(decoding: local.map(Self.lowercased), as: UTF8.self) + "@" + host
  }

  /// The part after the `@`, in lower case.
  package var domain: String {
    String(decoding: text.utf8.drop { $0 != UInt8(ascii: "@") }.dropFirst(), as: UTF8.self)
  }

  private static func trimmed(_ bytes: String.UTF8View.SubSequence) -> ArraySlice<UInt8> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    var rest = Array(bytes)[...]
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return rest.drop(while: isBlank)
  }

  /// A dot-atom (RFC 5322) of at most 64 bytes without the signs that some mail system takes for routing or a shell.
  private static func isLocalPart(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard (1...64).contains(bytes.count), bytes.first != UInt8(ascii: "-") else { return false }
    let atoms = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return atoms.allSatisfy { atom in !atom.isEmpty && atom.allSatisfy { isLetterOrDigit($0) || "_+-'=~&#$*?^{}".utf8.contains($0) } }
  }

  /// At least two labels of letters, digits and inner hyphens; the last is no number, so that no IPv4 address passes.
  private static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
    let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard bytes.count <= 253, labels.count >= 2, let top = labels.last, !top.allSatisfy({ 48...57 ~= $0 }) else { return false }
    return labels.allSatisfy { label in
      let hyphen = UInt8(ascii: "-")
      return (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
        && label.allSatisfy { isLetterOrDigit($0) || $0 == hyphen }
    }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool { 48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte }

  private static func lowercased(_ byte: UInt8) -> UInt8 { 65...90 ~= byte ? byte | 0x20 : byte }
}

extension EmailAddress: CustomStringConvertible {
  package var description: String { text }
}
