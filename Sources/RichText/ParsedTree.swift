import CGumbo
import Foundation

/// A tree that gumbo parsed, and its memory.
///
/// The memory comes from an arena that is given back whole: gumbo's own clean-up calls itself once for each level, and markup of 60,000 levels
/// would overflow the stack.
struct ParsedTree: ~Copyable {
  private let root: UnsafeMutablePointer<GumboNode>?
  private let arena: Arena

  init(_ html: [UInt8]) {
    let arena = Arena()
    self.arena = arena
    var options = kGumboDefaultOptions
    options.max_errors = 0
    options.userdata = Unmanaged.passUnretained(arena).toOpaque()
    options.allocator = { arena, size in arena.flatMap { Unmanaged<Arena>.fromOpaque($0).takeUnretainedValue().allocate(size) } }
    options.deallocator = { _, _ in }
    // An empty source has no address, and gumbo wants one.
    let source = arena.allocate(html.count + 1).assumingMemoryBound(to: CChar.self)
    for (offset, byte) in html.enumerated() { source[offset] = CChar(bitPattern: byte) }
    source[html.count] = 0
    root = gumbo_parse_with_options(&options, source, html.count)?.pointee.root
  }

  /// Gives the root to `body`; nodes are not to be kept beyond it.
  func read(_ body: (UnsafeMutablePointer<GumboNode>) -> Void) {
    withExtendedLifetime(arena) { if let root { body(root) } }
  }

  /// The child at a position, or nil behind the last one and for nodes that have none.
  static func child(_ index: Int, of node: UnsafeMutablePointer<GumboNode>) -> UnsafeMutablePointer<GumboNode>? {
    let type = node.pointee.type
    guard type == GUMBO_NODE_ELEMENT || type == GUMBO_NODE_TEMPLATE else { return nil }
    let children = node.pointee.v.element.children
    return index < Int(children.length) ? children.data[index]?.assumingMemoryBound(to: GumboNode.self) : nil
  }

  static func attribute(_ name: String, of element: GumboElement) -> String? {
    for index in 0..<Int(element.attributes.length) {
      guard let attribute = element.attributes.data[index]?.assumingMemoryBound(to: GumboAttribute.self) else { continue }
      if strcmp(attribute.pointee.name, name) == 0 { return String(cString: attribute.pointee.value) }
    }
    return nil
  }
}

/// Memory that only grows and is freed at once.
private final class Arena {
  private static let blockSize = 256 * 1_024
  private var blocks: [UnsafeMutableRawPointer] = []
  private var next: UnsafeMutableRawPointer?
  private var left = 0

  func allocate(_ size: Int) -> UnsafeMutableRawPointer {
    let needed = (max(size, 1) + 15) & ~15
    if needed > Self.blockSize / 4 { return block(needed) }
    if needed > left {
      next = block(Self.blockSize)
      left = Self.blockSize
    }
    guard let place = next else { return block(needed) }
    next = place + needed
    left -= needed
    return place
  }

  private func block(_ size: Int) -> UnsafeMutableRawPointer {
    let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    blocks.append(block)
    return block
  }

  deinit { for block in blocks { block.deallocate() } }
}
