import CGumbo

/// Parses HTML as browsers do (gumbo, HTML5) and writes anew only what the allow-list names.
///
/// What it writes is a fixed point: sanitising it again gives the same bytes, so that no parser can read in it what we did not write.
/// The walk keeps its own stack, whatever the depth of the tree; `MarkupWriter` holds the depth of what is written below `deepest`.
enum Sanitizer {
  /// Open elements in what is written, `html` and `body` included, are at most this many.
  static let deepest = 64

  /// - Parameters:
  ///   - mostTags: tags in the source beyond which it is refused.
  ///   - linksAddresses: bare `http(s)://…` in the text becomes a link.
  /// - Throws: `RichTextError.amplified` beyond `mostTags`.
  static func sanitise(_ html: String, mostTags: Int, linksAddresses: Bool = false) throws -> String {
    let reduced = try MarkupReducer(html, mostTags: mostTags)
    var writer = MarkupWriter()
    ParsedTree(reduced.output).read { root in
      var walk = TreeWalk(headingShift: max(0, 3 - reduced.highestHeading), linksAddresses: linksAddresses)
      walk.run(from: root, into: &writer)
    }
    return writer.finish()
  }
}

/// One walk over a tree, in order, without recursion.
private struct TreeWalk {
  /// Levels that are added to every heading, so that the highest is `h3` at least: the page itself has `h1` and `h2`.
  let headingShift: Int
  let linksAddresses: Bool
  private var open: [(node: UnsafeMutablePointer<GumboNode>, next: Int, leave: Leave)] = []

  /// What is to be closed behind an element's content.
  private enum Leave { case nothing, inline, block, container }

  init(headingShift: Int, linksAddresses: Bool) {
    self.headingShift = headingShift
    self.linksAddresses = linksAddresses
  }

  mutating func run(from root: UnsafeMutablePointer<GumboNode>, into writer: inout MarkupWriter) {
    enter(root, &writer)
    while let last = open.indices.last {
      if let child = ParsedTree.child(open[last].next, of: open[last].node) {
        open[last].next += 1
        enter(child, &writer)
      } else {
        switch open.removeLast().leave {
        case .nothing: break
        case .inline: writer.leaveInline()
        case .block: writer.leaveBlock()
        case .container: writer.leaveContainer()
        }
      }
    }
  }

  private mutating func enter(_ node: UnsafeMutablePointer<GumboNode>, _ writer: inout MarkupWriter) {
    switch node.pointee.type {
    case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE, GUMBO_NODE_CDATA: write(String(cString: node.pointee.v.text.text), &writer)
    case GUMBO_NODE_ELEMENT: element(node, &writer)
    default: return
    }
  }

  private func write(_ text: String, _ writer: inout MarkupWriter) {
    guard linksAddresses, writer.takesLinks else { return writer.text(text.utf8) }
    for piece in AddressFinder.pieces(of: Array(text.utf8)) {
      let isLink = piece.isAddress && writer.enterInline("a", address: String(decoding: piece.bytes, as: UTF8.self))
      writer.text(piece.bytes)
      if isLink { writer.leaveInline() }
    }
  }

  private mutating func element(_ node: UnsafeMutablePointer<GumboNode>, _ writer: inout MarkupWriter) {
    let element = node.pointee.v.element
    guard element.tag_namespace == GUMBO_NAMESPACE_HTML else { return }
    var leave = Leave.nothing
    switch AllowList.role(element.tag) {
    case .dropped: return
    case .image: return writer.text((ParsedTree.attribute("alt", of: element) ?? "").utf8)
    case .lineBreak: return writer.lineBreak()
    case .rule: return writer.rule()
    case .unwrapped: break
    case .inline("a"):
      let address = ParsedTree.attribute("href", of: element).flatMap(LinkAddress.allowed)
      if let address, writer.enterInline("a", address: address) { leave = .inline }
    case .inline(let name): if writer.enterInline(name, address: nil) { leave = .inline }
    case .container(let name):
      leave = writer.enterContainer(name) ? .container : .block
    case .paragraph: leave = block(.paragraph, &writer)
    case .heading(let level): leave = block(.heading(min(6, level + headingShift)), &writer)
    case .preformatted: leave = block(.preformatted, &writer)
    case .block: leave = block(.bare, &writer)
    }
    open.append((node, 0, leave))
  }

  private func block(_ kind: MarkupWriter.Paragraph, _ writer: inout MarkupWriter) -> Leave {
    writer.enterBlock(kind)
    return .block
  }
}
