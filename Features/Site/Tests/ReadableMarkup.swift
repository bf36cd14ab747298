/// A page laid out for reading: one element a line, indented by depth; what stands within a line of text stays within it.
/// What changes from run to run or with each asset is folded. It knows our own output, not HTML at large.
enum ReadableMarkup {
  private static let inline: Set<String> = [
    "a", "abbr", "b", "bdi", "br", "button", "cite", "code", "del", "em", "i", "img", "ins", "kbd", "label", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "svg", "time", "title", "u", "use", "wbr",
  ]
  private static let void: Set<String> = ["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"]

  /// The title and what stands in `main`: the frame around it is alike on every page and has snapshots of its own.
  static func main(of page: String) -> String {
    let (head, body) = (Array(page.utf8), Array(page.utf8))
    guard let title = part(head, from: "<title", to: "</title>"), let main = part(body, from: "<main", to: "</main>") else { return whole(page) }
    return whole(title + "\n" + main)
  }

  private static func part(_ bytes: [UInt8], from start: String, to end: String) -> String? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let first = text.range(of: start), let last = text.range(of: end, range: first.upperBound..<text.endIndex) else { return nil }
    return String(text[first.lowerBound..<last.upperBound])
  }

  static func whole(_ page: String) -> String {
    var writer = Writer()
    var rest = Substring(folded(page))
    while !rest.isEmpty {
      if rest.utf8.first == UInt8(ascii: "<") {
        let tag = self.tag(rest)
        writer.tag(String(tag))
        rest = rest[tag.endIndex...]
      } else {
        let text = rest.prefix { $0 != "<" }
        writer.text(String(text))
        rest = rest[text.endIndex...]
      }
    }
    return writer.finish()
  }

  /// A tag up to its `>`, which may also stand in a quoted value.
  private static func tag(_ text: Substring) -> Substring {
    var quoted = false
    for index in text.utf8.indices {
      let byte = text.utf8[index]
      if byte == UInt8(ascii: "\"") { quoted.toggle() }
      if byte == UInt8(ascii: ">"), !quoted { return text[...index] }
    }
    return text
  }

  /// Addresses of assets without the hash of their content, and the number of a request.
  private static func folded(_ page: String) -> String {
    var text = page
    for pattern in [/(\/assets\/)[0-9a-zA-Z_-]{12}(\/)/] { text = text.replacing(pattern) { $0.output.1 + "~" + $0.output.2 } }
    return text
  }

  private struct Writer {
    private var lines: [String] = []
    private var line = ""
    private var depth = 0
    /// For each open block: whether anything below it took a line of its own.
    private var open: [Bool] = []

    mutating func tag(_ tag: String) {
      let isEnd = tag.utf8.starts(with: "</".utf8)
      let name = String(tag.dropFirst(isEnd ? 2 : 1).prefix { $0.isLetter || $0.isNumber || $0 == "-" }).lowercased()
      if inline.contains(name) { return line += tag }
      guard isEnd else {
        flush()
        if !open.isEmpty { open[open.count - 1] = true }
        line = tag
        if void.contains(name) || tag.utf8.starts(with: "<!".utf8) { return flush() }
        open.append(false)
        depth += 1
        return
      }
      let hadLines = open.popLast() ?? true
      if hadLines { flush() }
      depth = max(0, depth - 1)
      line += tag
      hadLines ? flush() : flush(indentedAt: depth)
    }

    mutating func text(_ text: String) {
      let words = text.split(whereSeparator: \.isNewline).joined(separator: " ⏎ ")
      if line.isEmpty, words.allSatisfy(\.isWhitespace) { return }
      line += words
    }

    private mutating func flush() {
      // An opening tag stands one step above what follows it.
      let opens = line.utf8.first == UInt8(ascii: "<") && isOpening
      flush(indentedAt: opens ? depth - 1 : depth)
    }

    private var isOpening: Bool {
      let name = String(line.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "-" }).lowercased()
      return !line.utf8.starts(with: "</".utf8) && !line.utf8.starts(with: "<!".utf8) && !name.isEmpty && !inline.contains(name)
        && !void.contains(name)
    }

    private mutating func flush(indentedAt depth: Int) {
      guard !line.isEmpty else { return }
      lines.append(String(repeating: " ", count: max(0, depth)) + line)
      line = ""
    }

    mutating func finish() -> String {
      flush()
      return lines.joined(separator: "\n") + "\n"
    }
  }
}
