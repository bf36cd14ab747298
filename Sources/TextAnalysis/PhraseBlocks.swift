/// Joins an edit script into phrases that people can read: a lone space or short word that stayed between two changes is taken into them.
struct PhraseBlocks {
  /// Tokens of the old and of the new wording: equal ones, or one change.
  private struct Block {
    let isChange: Bool
    var old: Range<Int>
    var new: Range<Int>
  }

  /// What stays in the middle of a change: at most one word, of at most this many bytes, …
  private static let longestIslandWord = 4
  /// … and at most this many bytes in all.
  private static let longestIsland = 8

  private let old: NumberedText
  private let new: NumberedText
  private var blocks: [Block] = []
  private(set) var addedWords = 0
  private(set) var removedWords = 0

  init(_ edits: [EditScript.Edit], old: NumberedText, new: NumberedText) {
    self.old = old
    self.new = new
    var x = 0
    var y = 0
    for edit in edits {
      let isChange = edit != .keep
      if blocks.last?.isChange != isChange { blocks.append(Block(isChange: isChange, old: x..<x, new: y..<y)) }
      if edit != .add { x += 1 }
      if edit != .remove { y += 1 }
      let last = blocks.count - 1
      blocks[last].old = blocks[last].old.lowerBound..<x
      blocks[last].new = blocks[last].new.lowerBound..<y
    }
    for block in blocks where block.isChange {
      removedWords += old.wordCount(block.old)
      addedWords += new.wordCount(block.new)
    }
    joinPhrases()
  }

  private mutating func joinPhrases() {
    var joined: [Block] = []
    for block in blocks {
      if block.isChange, joined.count >= 2, let island = joined.last, isIsland(island.old) {
        let before = joined[joined.count - 2]
        let whole = Block(isChange: true, old: before.old.lowerBound..<block.old.upperBound, new: before.new.lowerBound..<block.new.upperBound)
        // Two removals, or two additions, with a word between them read better apart.
        if !(before.old.isEmpty && block.old.isEmpty) && !(before.new.isEmpty && block.new.isEmpty) {
          joined.removeLast(2)
          joined.append(whole)
          continue
        }
      }
      joined.append(block)
    }
    blocks = joined
  }

  private func isIsland(_ range: Range<Int>) -> Bool {
    let text = old.text(range)
    return text.count <= Self.longestIsland && !text.contains(0x0A) && old.wordCount(range) <= 1
      && range.allSatisfy { !old.tokens[$0].isWord || old.tokens[$0].bytes.count <= Self.longestIslandWord }
  }

  func segments() -> [WordDifference.Segment] {
    var segments: [WordDifference.Segment] = []
    func add(_ kind: WordDifference.Kind, _ text: ArraySlice<UInt8>) {
      if !text.isEmpty { segments.append(.init(kind: kind, text: String(decoding: text, as: UTF8.self))) }
    }
    for block in blocks {
      if block.isChange {
        add(.removed, old.text(block.old))
        add(.added, new.text(block.new))
      } else {
        add(.kept, old.text(block.old))
      }
    }
    return segments
  }
}
