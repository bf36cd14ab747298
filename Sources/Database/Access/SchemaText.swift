/// Comparing and translating the text of a schema.
enum SchemaText {
  /// The text with comments gone and each run of spaces made one.
  static func normalised(_ sql: String) -> String {
    StatementText.tokens(sql).filter { $0.kind != .space && $0.kind != .comment }.map(\.string).joined(separator: " ")
  }

  /// Each `CHECK (…)` of a table with its name in front, normalised.
  static func checks(_ sql: String) -> [String] {
    let tokens = StatementText.tokens(sql).filter { $0.kind != .space && $0.kind != .comment }
    var checks: [String] = []
    for (index, token) in tokens.enumerated() where token.kind == .word && token.upper == "CHECK" {
      let isNamed = index >= 2 && tokens[index - 2].upper == "CONSTRAINT"
      var depth = 0
      var text = isNamed ? "\(tokens[index - 1].string) " : ""
      for token in tokens[(index + 1)...] {
        text += token.string + " "
        if token.string == "(" { depth += 1 }
        if token.string == ")" { depth -= 1 }
        if depth == 0 { break }
      }
      checks.append(text)
    }
    return checks
  }
}
