/// Walks an SQL text by its tokens, just far enough to know words and parameters from literals, quoted names and comments.
enum StatementText {
  enum Kind { case word, number, parameter, literal, space, comment, other }

  struct Token {
    let kind: Kind
    let text: Substring.UTF8View
    var string: String { String(Substring(text)) }
    var upper: String { string.uppercased() }
  }

  /// The tokens in order; joined they are the text again. One pass, linear.
  static func tokens(_ sql: String) -> [Token] {
    let bytes = sql.utf8
    var tokens: [Token] = []
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let (kind, end) = token(bytes, from: start)
      tokens.append(Token(kind: kind, text: bytes[start..<end]))
      start = end
    }
    return tokens
  }

  private static func token(_ bytes: String.UTF8View, from start: String.Index) -> (Kind, String.Index) {
    let byte = bytes[start]
    let next = bytes.index(after: start)
    switch byte {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return (.literal, endOfQuoted(bytes, from: next, quote: byte))
    case UInt8(ascii: "-") where next < bytes.endIndex && bytes[next] == byte:
      return (.comment, bytes[next...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex)
    case UInt8(ascii: "/") where next < bytes.endIndex && bytes[next] == UInt8(ascii: "*"):
      return (.comment, endOfComment(bytes, from: bytes.index(after: next)))
    case UInt8(ascii: "$"): return (.parameter, end(bytes, from: next, while: isDigit))
    case 9, 10, 13, 32: return (.space, end(bytes, from: next) { $0 == 32 || (9...13).contains($0) })
    case _ where isDigit(byte): return (.number, end(bytes, from: next, while: isWord))
    case _ where isWord(byte): return (.word, end(bytes, from: next, while: isWord))
    default: return (.other, next)
    }
  }

  private static func end(_ bytes: String.UTF8View, from start: String.Index, while holds: (UInt8) -> Bool) -> String.Index {
    bytes[start...].firstIndex { !holds($0) } ?? bytes.endIndex
  }

  // A doubled quote inside is read as two literals side by side, which joins to the same text.
  private static func endOfQuoted(_ bytes: String.UTF8View, from start: String.Index, quote: UInt8) -> String.Index {
    guard let close = bytes[start...].firstIndex(of: quote) else { return bytes.endIndex }
    return bytes.index(after: close)
  }

  private static func endOfComment(_ bytes: String.UTF8View, from start: String.Index) -> String.Index {
    var previous: UInt8 = 0
    var index = start
    while index < bytes.endIndex {
      let byte = bytes[index]
      index = bytes.index(after: index)
      if previous == UInt8(ascii: "*"), byte == UInt8(ascii: "/") { return index }
      previous = byte
    }
    return bytes.endIndex
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95 || byte >= 128
  }

  /// The text for SQLite: `$1` becomes `?1` (there `$1` would be a name), `numbers($1)` and `texts($1)` a walk through a JSON list.
  static func forSQLite(_ sql: String) -> String {
    let tokens = tokens(sql)
    var result = ""
    var index = 0
    while index < tokens.count {
      let token = tokens[index]
      if token.kind == .word, let parameter = listParameter(tokens, at: index) {
        result += "(SELECT value FROM json_each(?\(parameter.dropFirst())))"
        index += 4
      } else {
        result += token.kind == .parameter ? "?" + token.string.dropFirst() : token.string
        index += 1
      }
    }
    return result
  }

  /// The parameter of `numbers($1)` or `texts($1)` standing at `index`, or nil.
  static func listParameter(_ tokens: [Token], at index: Int) -> String? {
    guard index + 3 < tokens.count, ["numbers", "texts"].contains(tokens[index].string),
      tokens[index + 1].string == "(", tokens[index + 2].kind == .parameter, tokens[index + 3].string == ")"
    else { return nil }
    return tokens[index + 2].string
  }
  /// The text for PostgreSQL: `numbers($1)` and `texts($1)` as above; `AS INTEGER`, `AS REAL` and `AS BLOB` of a CAST in its words.
  static func forPostgres(_ sql: String) -> String {
    let tokens = tokens(sql)
    var result = ""
    var index = 0
    var previous = ""
    while index < tokens.count {
      let token = tokens[index]
      if token.kind == .word, let parameter = listParameter(tokens, at: index) {
        let type = token.string == "numbers" ? "BIGINT" : "TEXT"
        result += "(SELECT CAST(item AS \(type)) FROM json_array_elements_text(CAST(\(parameter) AS JSON)) AS list (item))"
        index += 4
        continue
      }
      result += previous == "AS" ? postgresTypes[token.upper] ?? token.string : token.string
      if token.kind != .space, token.kind != .comment { previous = token.kind == .word ? token.upper : "" }
      index += 1
    }
    return result
  }

  static let postgresTypes = ["INTEGER": "BIGINT", "REAL": "DOUBLE PRECISION", "BLOB": "BYTEA"]
}
