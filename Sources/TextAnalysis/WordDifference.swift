/// What changed between two wordings, word by word.
///
/// The shortest edit script by Eugene W. Myers, *An O(ND) Difference Algorithm and Its Variations*, Algorithmica 1 (1986), on words and the signs
/// between them, compared as bytes: time O((N+M)·D), memory O(D²). Beyond `mostDifferences` or `mostWork` the common beginning and end are kept
/// and the middle is given as replaced whole (`isCoarse`).
///
/// The kept and removed segments joined are the old wording, the kept and added ones the new, byte for byte.
///
/// ```swift
/// WordDifference.between("douze mois", "six mois").segments   // removed "douze", added "six", kept " mois"
/// ```
package struct WordDifference: Sendable, Hashable {
  package enum Kind: Sendable, Hashable { case kept, removed, added }

  /// A run of words of one kind. Text of people: it is escaped where it is written, each segment by itself.
  package struct Segment: Sendable, Hashable {
    package let kind: Kind
    package let text: String
  }

  /// In reading order; of one change, what was removed comes before what was added.
  package let segments: [Segment]
  /// The texts differ too much to be compared word by word: the middle is replaced whole.
  package let isCoarse: Bool
  /// Words that the new wording has and the old has not. Words that a joined phrase shows in both are not counted.
  package let addedWords: Int
  package let removedWords: Int

  package var summary: (added: Int, removed: Int) { (addedWords, removedWords) }
  package var isEmpty: Bool { segments.allSatisfy { $0.kind == .kept } }

  /// The difference from one wording to another.
  package static func between(_ old: String, _ new: String) -> WordDifference {
    var vocabulary = Vocabulary()
    let a = vocabulary.read(old)
    let b = vocabulary.read(new)
    let script = EditScript(a.words, b.words)
    let blocks = PhraseBlocks(script.edits, old: a, new: b)
    return WordDifference(
      segments: blocks.segments(), isCoarse: script.isCoarse, addedWords: blocks.addedWords, removedWords: blocks.removedWords)
  }
}

/// A wording as numbers, one a token; equal bytes have equal numbers.
struct NumberedText {
  let source: [UInt8]
  let tokens: [WordCut.Token]
  let words: [Int]

  func text(_ range: Range<Int>) -> ArraySlice<UInt8> {
    range.isEmpty ? [] : source[tokens[range.lowerBound].bytes.lowerBound..<tokens[range.upperBound - 1].bytes.upperBound]
  }

  func wordCount(_ range: Range<Int>) -> Int { range.reduce(0) { $0 + (tokens[$1].isWord ? 1 : 0) } }
}

/// Gives each different token a number. By bytes: Swift's strings hold `é` and `e` + accent for equal, and a difference must show the latter.
private struct Vocabulary {
  private var numbers: [ArraySlice<UInt8>: Int] = [:]

  mutating func read(_ text: String) -> NumberedText {
    let source = Array(text.utf8)
    let tokens = WordCut.tokens(text)
    var words: [Int] = []
    words.reserveCapacity(tokens.count)
    for token in tokens {
      let number = numbers[source[token.bytes]] ?? numbers.count
      numbers[source[token.bytes]] = number
      words.append(number)
    }
    return NumberedText(source: source, tokens: tokens, words: words)
  }
}
