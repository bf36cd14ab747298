import Foundation

extension OpenData {
  /// The columns of the table, in their order.
  package static let columns = [
    "id", "kind", "activity", "subject", "side", "reply_to", "title", "text", "language", "author", "author_kind", "official", "channel", "published",
    "theme", "place", "address", "edition", "for", "mixed", "against", "support", "useful", "by_email", "by_desk", "imported",
  ]

  /// The contributions as a table for spreadsheets (RFC 4180 but for the separator, UTF-8), one a row, with the votes of the edition that is shown.
  /// - Parameter separator: what spreadsheets of a language expect: a semicolon where the comma stands in numbers.
  package func csv(separator: Character) -> [UInt8] {
    var rows = [Self.columns]
    for contribution in contributions {
      let shown = contribution.votes.filter { $0.edition == contribution.edition }
      func votes(_ choice: String) -> String { String(shown.filter { $0.choice == choice }.reduce(0) { $0 + $1.amount }) }
      func proven(_ proof: String) -> String { String(shown.filter { $0.proof == proof }.reduce(0) { $0 + $1.amount }) }
      let theme = contribution.theme.flatMap { names in names.min { $0.key < $1.key }?.value }
      rows.append([
        String(contribution.id), contribution.kind, String(contribution.activity), contribution.subject.map { String($0) } ?? "",
        contribution.side ?? "", contribution.replyTo.map { String($0) } ?? "", contribution.title, contribution.text, contribution.language,
        contribution.author.name, contribution.author.kind, contribution.isOfficial ? "1" : "0", contribution.author.channel ?? "",
        contribution.published.formatted(.iso8601), theme ?? "", contribution.place, contribution.address ?? "", String(contribution.edition),
        votes("for"), votes("mixed"), votes("against"), votes("support"), votes("useful"), proven("email"), proven("desk"), proven("imported"),
      ])
    }
    // The mark tells spreadsheets that it is UTF-8.
    return [0xEF, 0xBB, 0xBF] + rows.flatMap { Array($0.map(Self.cell).joined(separator: String(separator)).utf8) + Array("\r\n".utf8) }
  }

  /// A cell in quotes, on one line. What a spreadsheet would take for the beginning of a formula gets an apostrophe in front, wherever one that
  /// expects another separator would begin a cell: people wrote it, and others open it.
  private static func cell(_ text: String) -> String {
    var cell = "\""
    var begins = true
    for scalar in text.unicodeScalars {
      let shown: Unicode.Scalar = scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}" ? " " : scalar
      if begins, formulaSigns.contains(shown) { cell += "'" }
      // Behind another separator a quote opens a cell of its own.
      begins = separators.contains(shown) || begins && (shown.properties.isWhitespace || shown == "\"")
      if shown == "\"" { cell += "\"" }
      cell.unicodeScalars.append(shown)
    }
    return cell + "\""
  }

  private static let formulaSigns: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}"]
  private static let separators: Set<Unicode.Scalar> = [";", ",", "|"]
}
