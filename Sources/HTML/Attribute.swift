/// One attribute of an element. Names are fixed; values are escaped when written; addresses are checked when made.
package struct Attribute: Sendable {
  enum Value: Sendable { case absent, flag, fixed(StaticString), text(String) }

  let name: StaticString
  let value: Value

  /// An attribute by name, for those that have no function of their own (`aria-…`, SVG geometry).
  package static func named(_ name: StaticString, _ value: String) -> Attribute { Attribute(name: name, value: .text(value)) }

  /// The attribute if `value` is there, else nothing.
  package static func named(_ name: StaticString, ifPresent value: String?) -> Attribute {
    Attribute(name: name, value: value.map { .text($0) } ?? .absent)
  }

  /// A boolean attribute (`disabled`, `checked` …), written when `on`.
  package static func flag(_ name: StaticString, _ on: Bool = true) -> Attribute { Attribute(name: name, value: on ? .flag : .absent) }

  /// Classes by name, parted by spaces; known when the program is built, never taken from data.
  package static func `class`(_ names: StaticString) -> Attribute { Attribute(name: "class", value: .fixed(names)) }
  package static func id(_ value: String) -> Attribute { .named("id", value) }
  /// The language of the words inside, as a BCP 47 tag.
  package static func lang(_ tag: String) -> Attribute { .named("lang", tag) }
  /// What it is called for whoever hears the page.
  package static func label(_ value: String) -> Attribute { .named("aria-label", value) }
  /// The id of the element that names it.
  package static func labelledBy(_ id: String) -> Attribute { .named("aria-labelledby", id) }
  /// The ids of the elements that explain it; nothing is written for none.
  package static func describedBy(_ ids: [String]) -> Attribute {
    .named("aria-describedby", ifPresent: ids.isEmpty ? nil : ids.joined(separator: " "))
  }
  /// Not read out: a drawing beside words that say the same.
  package static let hiddenFromSpeech = Attribute(name: "aria-hidden", value: .fixed("true"))
  /// Where one is among links or steps (`page`, `step`, `true`), if `on`.
  package static func current(_ kind: StaticString, if on: Bool) -> Attribute { Attribute(name: "aria-current", value: on ? .fixed(kind) : .absent) }
  /// An attribute whose value is known when the program is built; it is written as it is, without escaping.
  package static func fixed(_ name: StaticString, _ value: StaticString) -> Attribute { Attribute(name: name, value: .fixed(value)) }

  package static func name(_ value: String) -> Attribute { .named("name", value) }
  package static func value(_ value: String) -> Attribute { .named("value", value) }
  package static func type(_ value: StaticString) -> Attribute { .fixed("type", value) }
  /// The id of the control that a label is for.
  package static func `for`(_ id: String) -> Attribute { .named("for", id) }

  /// A link inside the site: a path that begins with one slash, or a fragment. Anything else becomes `#`.
  package static func href(_ path: String) -> Attribute { .named("href", Address.isLocal(path) ? path : "#") }
  /// A link that leaves the site: only `http`, `https` and `mailto` addresses are written, anything else becomes `#`.
  package static func href(external address: String) -> Attribute { .named("href", Address.isForeign(address) ? address : "#") }
  /// A picture of this site; any other address becomes the empty one.
  package static func src(_ path: String) -> Attribute { .named("src", Address.isLocal(path) ? path : "") }
  /// Where a form goes: a path of this site; any other address becomes `#`.
  package static func action(_ path: String) -> Attribute { .named("action", Address.isLocal(path) ? path : "#") }
}

/// Which addresses a page may lead to; decided on bytes, since Foundation's URL types decide otherwise than browsers (security.md, D10).
package enum Address {
  /// `/path…`, `?query`, `#fragment`: stays on this site whatever a browser makes of it.
  package static func isLocal(_ text: String) -> Bool {
    var bytes = text.utf8.makeIterator()
    guard let first = bytes.next() else { return false }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }) else { return false }
    if first == UInt8(ascii: "#") || first == UInt8(ascii: "?") { return true }
    guard first == UInt8(ascii: "/") else { return false }
    return bytes.next() != UInt8(ascii: "/")
  }

  /// An absolute `http(s)://host…` or `mailto:` address without spaces or control bytes.
  package static func isForeign(_ text: String) -> Bool {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }) else { return false }
    let lowered = String(decoding: text.utf8.prefix(8).map { 65...90 ~= $0 ? $0 + 32 : $0 }, as: UTF8.self)
    return lowered.hasPrefix("https://") && text.utf8.count > 8 || lowered.hasPrefix("http://") && text.utf8.count > 7 || lowered.hasPrefix("mailto:")
  }
}
