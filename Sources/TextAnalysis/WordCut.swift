/// Cuts a text at its words, for showing pieces of it: between graphemes, so that no accent or joined sign is torn from its letter.
enum WordCut {
  /// A word, or one grapheme between words, as a range of the text's UTF-8.
  struct Token {
    let bytes: Range<Int>
    let isWord: Bool
  }

  /// All tokens in order; joined they are the text. Linear.
  static func tokens(_ text: String) -> [Token] {
    var tokens: [Token] = []
    var wordStart: Int?
    var offset = 0
    for character in text {
      let size = character.utf8.count
      if isWord(character) {
        wordStart = wordStart ?? offset
      } else {
        if let start = wordStart { tokens.append(Token(bytes: start..<offset, isWord: true)) }
        wordStart = nil
        tokens.append(Token(bytes: offset..<(offset + size), isWord: false))
      }
      offset += size
    }
    if let start = wordStart { tokens.append(Token(bytes: start..<offset, isWord: true)) }
    return tokens
  }

  private static func isWord(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": return true
    case "\0"..."\u{7F}": return false
    default: return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
  }
}
