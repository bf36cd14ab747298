/// A short piece of a text around the words that were looked for.
package enum Extract {
  /// A run of text, and whether it is one of the words looked for.
  package struct Piece: Sendable, Hashable {
    package let text: String
    package let matches: Bool
  }

  /// Matches that are tried as the middle of the extract.
  private static let mostTried = 200
  /// Shorter extracts are of no use; a smaller `bytes` counts as this.
  private static let shortest = 16
  private static let ellipsis = "…"

  /// The window of the text that holds most of the terms, cut between words, with `…` where it is cut; the beginning of the text when none matches.
  /// - Parameters:
  ///   - terms: stems, as `Analyser.stems` makes them.
  ///   - text: plain text; line breaks become spaces.
  ///   - bytes: the longest extract in bytes of UTF-8, `…` included; at least 16.
  package static func around(_ terms: Set<String>, in text: String, language: String, bytes: Int) -> [Piece] {
    let tokens = WordCut.tokens(text)
    guard !tokens.isEmpty else { return [] }
    let source = Array(text.utf8)
    let matches = matches(of: terms, tokens, source, language)
    let room = max(bytes, shortest) - 2 * ellipsis.utf8.count
    let window = best(tokens, matches, room)
    return pieces(tokens, source, matches, window, room)
  }

  /// The stem that each matching token matches, by the token's position.
  private static func matches(of terms: Set<String>, _ tokens: [WordCut.Token], _ source: [UInt8], _ language: String) -> [Int: String] {
    // A stem begins as its word does; words of ASCII that begin otherwise need no stemming.
    let initials = Set(terms.compactMap(\.utf8.first))
    var known: [ArraySlice<UInt8>: String?] = [:]
    var matches: [Int: String] = [:]
    for (index, token) in tokens.enumerated() where token.isWord {
      let first = source[token.bytes.lowerBound]
      let lowered = 65...90 ~= first ? first + 32 : first
      guard first >= 0x80 || initials.contains(lowered) else { continue }
      let word = source[token.bytes]
      let term = known[word] ?? Analyser.stems(String(decoding: word.prefix(400), as: UTF8.self), language: language).first(where: terms.contains)
      known[word] = .some(term)
      if let term { matches[index] = term }
    }
    return matches
  }

  /// The tokens of the best window: most different terms, then most matches, then the earliest.
  private static func best(_ tokens: [WordCut.Token], _ matches: [Int: String], _ room: Int) -> Range<Int> {
    var best = window(tokens, from: 0, room)
    var score = (-1, -1)
    for hit in matches.keys.sorted().prefix(mostTried) {
      // A quarter of the room stands before the match; a window that reaches the end of the text begins earlier instead.
      var start = hit
      while start > 0, tokens[hit].bytes.lowerBound - tokens[start - 1].bytes.lowerBound <= room / 4 { start -= 1 }
      var candidate = window(tokens, from: start, room)
      if candidate.upperBound == tokens.count {
        let end = tokens[tokens.count - 1].bytes.upperBound
        while start > 0, end - tokens[start - 1].bytes.lowerBound <= room { start -= 1 }
        candidate = start..<tokens.count
      }
      let found = candidate.compactMap { matches[$0] }
      let reached = (Set(found).count, found.count)
      if reached > score {
        best = candidate
        score = reached
      }
    }
    return best
  }

  /// The tokens from `start` on that fit, at least one.
  private static func window(_ tokens: [WordCut.Token], from start: Int, _ room: Int) -> Range<Int> {
    var end = start + 1
    while end < tokens.count, tokens[end].bytes.upperBound - tokens[start].bytes.lowerBound <= room { end += 1 }
    return start..<end
  }

  private static func pieces(
    _ tokens: [WordCut.Token], _ source: [UInt8], _ matches: [Int: String], _ window: Range<Int>, _ room: Int
  ) -> [Piece] {
    func isSpace(_ index: Int) -> Bool { source[tokens[index].bytes].allSatisfy { $0 == 0x20 || 0x09...0x0D ~= $0 } }
    var pieces: [Piece] = []
    var run: [UInt8] = window.lowerBound > 0 ? Array(ellipsis.utf8) : []
    func flush() {
      if !run.isEmpty { pieces.append(Piece(text: String(decoding: run, as: UTF8.self), matches: false)) }
      run = []
    }
    let shown = window.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
    for index in shown {
      let bytes = cut(source[tokens[index].bytes], to: room)
      if matches[index] != nil {
        flush()
        pieces.append(Piece(text: String(decoding: bytes, as: UTF8.self), matches: true))
      } else if isSpace(index) {
        if run.last != 0x20 { run.append(0x20) }
      } else {
        run += bytes
      }
    }
    if window.upperBound < tokens.count { run += ellipsis.utf8 }
    flush()
    return pieces
  }

  /// A token that is longer than the whole extract, cut between graphemes.
  private static func cut(_ token: ArraySlice<UInt8>, to room: Int) -> ArraySlice<UInt8> {
    guard token.count > room else { return token }
    var size = 0
    for character in String(decoding: token, as: UTF8.self) {
      if size + character.utf8.count > room { break }
      size += character.utf8.count
    }
    return token.prefix(size)
  }
}
