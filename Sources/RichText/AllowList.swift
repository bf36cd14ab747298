import CGumbo

/// What may come through. Everything else is unwrapped (its text stays) or, where its content is no text for people, dropped whole.
enum AllowList {
  /// Elements by gumbo's tag, and the name they are written under: headings begin at `h3`, since the page has `h1` and `h2`.
  static let names: [UInt32: String] = [
    GUMBO_TAG_P.rawValue: "p", GUMBO_TAG_BR.rawValue: "br", GUMBO_TAG_HR.rawValue: "hr", GUMBO_TAG_STRONG.rawValue: "strong",
    GUMBO_TAG_B.rawValue: "strong", GUMBO_TAG_EM.rawValue: "em", GUMBO_TAG_I.rawValue: "em", GUMBO_TAG_U.rawValue: "u", GUMBO_TAG_S.rawValue: "s",
    GUMBO_TAG_STRIKE.rawValue: "s", GUMBO_TAG_SUB.rawValue: "sub", GUMBO_TAG_SUP.rawValue: "sup", GUMBO_TAG_INS.rawValue: "ins",
    GUMBO_TAG_DEL.rawValue: "del", GUMBO_TAG_CODE.rawValue: "code", GUMBO_TAG_PRE.rawValue: "pre", GUMBO_TAG_UL.rawValue: "ul",
    GUMBO_TAG_OL.rawValue: "ol", GUMBO_TAG_LI.rawValue: "li", GUMBO_TAG_BLOCKQUOTE.rawValue: "blockquote", GUMBO_TAG_A.rawValue: "a",
    GUMBO_TAG_H1.rawValue: "h3", GUMBO_TAG_H2.rawValue: "h3", GUMBO_TAG_H3.rawValue: "h3", GUMBO_TAG_H4.rawValue: "h4", GUMBO_TAG_H5.rawValue: "h5",
    GUMBO_TAG_H6.rawValue: "h6",
  ]

  static let dropped: Set<UInt32> = Set(
    [
      GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_TEMPLATE, GUMBO_TAG_NOSCRIPT, GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT, GUMBO_TAG_EMBED,
      GUMBO_TAG_PLAINTEXT, GUMBO_TAG_SELECT, GUMBO_TAG_TEXTAREA, GUMBO_TAG_TITLE, GUMBO_TAG_XMP, GUMBO_TAG_NOEMBED, GUMBO_TAG_NOFRAMES,
      GUMBO_TAG_AUDIO, GUMBO_TAG_VIDEO, GUMBO_TAG_CANVAS, GUMBO_TAG_MATH, GUMBO_TAG_SVG,
    ].map(\.rawValue))

  /// Blocks that are unwrapped: their text begins a paragraph of its own.
  static let unwrappedBlocks: Set<UInt32> = Set(
    [
      GUMBO_TAG_DIV, GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE, GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER, GUMBO_TAG_TABLE, GUMBO_TAG_TR, GUMBO_TAG_TD,
      GUMBO_TAG_TH, GUMBO_TAG_DL, GUMBO_TAG_DT, GUMBO_TAG_DD, GUMBO_TAG_FORM, GUMBO_TAG_FIELDSET, GUMBO_TAG_FIGURE, GUMBO_TAG_CENTER,
      GUMBO_TAG_ADDRESS,
    ].map(\.rawValue))

  static let inline: Set<String> = ["strong", "em", "u", "s", "sub", "sup", "ins", "del", "code", "a"]

  static func isVoid(_ name: String) -> Bool { name == "br" || name == "hr" }

  /// An address that a link may lead to: `http`, `https`, `mailto`, a path on this site, a fragment; nil for anything else.
  /// Control bytes and white space, which browsers skip inside a scheme, make it refused.
  static func address(_ text: String) -> String? {
    var trimmed = Substring(text)
    while let first = trimmed.utf8.first, first <= 0x20 { trimmed = trimmed.dropFirst() }
    while let last = trimmed.utf8.last, last <= 0x20 { trimmed = trimmed.dropLast() }
    let bytes = Array(trimmed.utf8)
    guard !bytes.isEmpty, bytes.count <= 2_000, bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }) else { return nil }
    if bytes[0] == UInt8(ascii: "#") { return String(trimmed) }
    if bytes[0] == UInt8(ascii: "/") { return bytes.count == 1 || bytes[1] != UInt8(ascii: "/") ? String(trimmed) : nil }
    let lowered = String(decoding: bytes.prefix(8).map { 65...90 ~= $0 ? $0 + 32 : $0 }, as: UTF8.self)
    let isAllowed =
      lowered.hasPrefix("https://") && bytes.count > 8 || lowered.hasPrefix("http://") && bytes.count > 7 || lowered.hasPrefix("mailto:")
    return isAllowed ? String(trimmed) : nil
  }
}
