/// A short piece of a text around the words that were looked for.
package enum Extract {
  /// A run of text, and whether it is one of the words looked for.
  package struct Piece: Sendable, Hashable {
    package let text: String
    package let matches: Bool
  }

  /// The window of the text with most matches, cut between words.
  /// - Parameters:
  ///   - terms: stems, as `Analyser.stems` makes them.
  ///   - bytes: the longest extract, in bytes.
  package static func around(_ terms: Set<String>, in text: String, language: String, bytes: Int) -> [Piece] {
    let words = text.split(separator: " ", omittingEmptySubsequences: true)
    let hits = words.map { word in Analyser.stems(String(word), language: language).contains(where: terms.contains) }
    var best = (start: 0, end: 0, count: -1)
    var start = 0
    var size = 0
    var count = 0
    for end in words.indices {
      size += words[end].utf8.count + 1
      count += hits[end] ? 1 : 0
      while size > bytes && start < end {
        size -= words[start].utf8.count + 1
        count -= hits[start] ? 1 : 0
        start += 1
      }
      if count > best.count { best = (start, end, count) }
    }
    guard best.count >= 0 else { return [] }
    // Some words before the first match, so that it does not stand alone at the edge.
    var pieces: [Piece] = []
    var run = best.start > 0 ? "… " : ""
    var end = best.end
    var length = words[best.start...best.end].reduce(0) { $0 + $1.utf8.count + 1 }
    while end + 1 < words.count, length + words[end + 1].utf8.count < bytes {
      end += 1
      length += words[end].utf8.count + 1
    }
    for index in best.start...end {
      if hits[index] {
        if !run.isEmpty { pieces.append(Piece(text: run, matches: false)) }
        pieces.append(Piece(text: String(words[index].utf8.prefix(200)) ?? String(words[index]), matches: true))
        run = " "
      } else {
        run += (String(words[index].utf8.prefix(200)) ?? String(words[index])) + " "
      }
    }
    if end + 1 < words.count { run += "…" }
    if !run.isEmpty { pieces.append(Piece(text: run, matches: false)) }
    return pieces
  }
}
