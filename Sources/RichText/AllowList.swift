import CGumbo

/// What may come through. Everything else is unwrapped (its text stays) or, where its content is no text for people, dropped whole.
enum AllowList {
  /// What an element becomes in what we write.
  enum Role {
    case inline(String)
    case container(String)
    case paragraph
    case heading(Int)
    case preformatted
    case lineBreak
    case rule
    case image
    /// A block of no meaning: its text is a paragraph of its own.
    case block
    /// Only its text stays, in the line.
    case unwrapped
    /// Left out with all that is in it.
    case dropped
  }

  /// The role of an HTML element by gumbo's tag.
  static func role(_ tag: GumboTag) -> Role { roles[tag.rawValue] ?? .unwrapped }

  /// Elements inside a line, as written.
  static let inline: Set<String> = ["strong", "em", "u", "s", "sub", "sup", "ins", "del", "code", "a"]

  private static let roles: [UInt32: Role] = {
    var roles: [UInt32: Role] = [
      GUMBO_TAG_STRONG.rawValue: .inline("strong"), GUMBO_TAG_B.rawValue: .inline("strong"), GUMBO_TAG_EM.rawValue: .inline("em"),
      GUMBO_TAG_I.rawValue: .inline("em"), GUMBO_TAG_U.rawValue: .inline("u"), GUMBO_TAG_S.rawValue: .inline("s"),
      GUMBO_TAG_STRIKE.rawValue: .inline("s"), GUMBO_TAG_SUB.rawValue: .inline("sub"), GUMBO_TAG_SUP.rawValue: .inline("sup"),
      GUMBO_TAG_INS.rawValue: .inline("ins"), GUMBO_TAG_DEL.rawValue: .inline("del"), GUMBO_TAG_CODE.rawValue: .inline("code"),
      GUMBO_TAG_A.rawValue: .inline("a"), GUMBO_TAG_UL.rawValue: .container("ul"), GUMBO_TAG_OL.rawValue: .container("ol"),
      GUMBO_TAG_LI.rawValue: .container("li"), GUMBO_TAG_BLOCKQUOTE.rawValue: .container("blockquote"), GUMBO_TAG_P.rawValue: .paragraph,
      GUMBO_TAG_PRE.rawValue: .preformatted, GUMBO_TAG_LISTING.rawValue: .preformatted, GUMBO_TAG_BR.rawValue: .lineBreak,
      GUMBO_TAG_HR.rawValue: .rule, GUMBO_TAG_IMG.rawValue: .image, GUMBO_TAG_H1.rawValue: .heading(1), GUMBO_TAG_H2.rawValue: .heading(2),
      GUMBO_TAG_H3.rawValue: .heading(3), GUMBO_TAG_H4.rawValue: .heading(4), GUMBO_TAG_H5.rawValue: .heading(5), GUMBO_TAG_H6.rawValue: .heading(6),
    ]
    for tag in blocks { roles[tag.rawValue] = .block }
    for tag in dropped { roles[tag.rawValue] = .dropped }
    return roles
  }()

  private static let blocks = [
    GUMBO_TAG_DIV, GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE, GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER, GUMBO_TAG_MAIN, GUMBO_TAG_ASIDE, GUMBO_TAG_NAV,
    GUMBO_TAG_HGROUP, GUMBO_TAG_TABLE, GUMBO_TAG_CAPTION, GUMBO_TAG_TBODY, GUMBO_TAG_THEAD, GUMBO_TAG_TFOOT, GUMBO_TAG_TR, GUMBO_TAG_TD,
    GUMBO_TAG_TH, GUMBO_TAG_DL, GUMBO_TAG_DT, GUMBO_TAG_DD, GUMBO_TAG_FORM, GUMBO_TAG_FIELDSET, GUMBO_TAG_LEGEND, GUMBO_TAG_FIGURE,
    GUMBO_TAG_FIGCAPTION, GUMBO_TAG_DETAILS, GUMBO_TAG_SUMMARY, GUMBO_TAG_CENTER, GUMBO_TAG_ADDRESS, GUMBO_TAG_DIR, GUMBO_TAG_MENU,
  ]

  private static let dropped = [
    GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_TEMPLATE, GUMBO_TAG_NOSCRIPT, GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT, GUMBO_TAG_APPLET,
    GUMBO_TAG_EMBED, GUMBO_TAG_PLAINTEXT, GUMBO_TAG_SELECT, GUMBO_TAG_DATALIST, GUMBO_TAG_TEXTAREA, GUMBO_TAG_TITLE, GUMBO_TAG_XMP,
    GUMBO_TAG_NOEMBED, GUMBO_TAG_NOFRAMES, GUMBO_TAG_AUDIO, GUMBO_TAG_VIDEO, GUMBO_TAG_CANVAS, GUMBO_TAG_MATH, GUMBO_TAG_SVG,
  ]
}
