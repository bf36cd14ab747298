/// A published list of ballots, of whatever kind: each marks some options with whole numbers (1 for an approval, points, a grade, a rank from 1).
///
/// The list has one canonical form, whatever the order in which ballots and marks came, and so one digest. Equal ballots stay as often as they were cast.
package struct OpenBallots: Sendable, Hashable {
  /// One ballot, or several equal ones.
  package struct Ballot: Sendable, Hashable {
    /// How many people cast it, from 1.
    package let weight: Int
    /// By option number; options that are not marked are absent.
    package let marks: [Int: Int]

    package init(weight: Int = 1, marks: [Int: Int]) {
      self.weight = weight
      self.marks = marks
    }
  }

  /// Why a list of ballots is none. Ballots and options are numbered from 0.
  package enum Fault: Error, Sendable, Hashable {
    case optionTwice(String)
    case noSuchOption(ballot: Int, option: Int)
    case weightBelowOne(ballot: Int)
  }

  /// Their names, each once.
  package let options: [String]
  /// As they were given; the canonical form has an order of its own.
  package let ballots: [Ballot]

  /// - Throws: ``Fault``.
  package init(options: [String], ballots: [Ballot]) throws {
    // Compared as bytes: two names that look alike are two names.
    var seen: Set<[UInt8]> = []
    for option in options where !seen.insert(Array(option.utf8)).inserted { throw Fault.optionTwice(option) }
    for (number, ballot) in ballots.enumerated() {
      if ballot.weight < 1 { throw Fault.weightBelowOne(ballot: number) }
      for option in ballot.marks.keys where !options.indices.contains(option) { throw Fault.noSuchOption(ballot: number, option: option) }
    }
    self.options = options
    self.ballots = ballots
  }

  /// Text in UTF-8, lines ended by line feeds: `isegoria-ballots 1`; the number of options; each option in its order, as its length in bytes, a colon and its
  /// name; the number of ballots; each ballot as its weight and its marks `option=mark`, options ascending from 0, divided by spaces; the ballots' lines
  /// in ascending order of their bytes.
  package var canonicalBytes: [UInt8] {
    var text = "isegoria-ballots 1\n\(options.count)\n"
    for option in options { text += "\(option.utf8.count):\(option)\n" }
    text += "\(ballots.count)\n"
    let lines = ballots.map { ballot in
      let marks = ballot.marks.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
      return Array("\(ballot.weight)\(marks)\n".utf8)
    }
    return Array(text.utf8) + lines.sorted { $0.lexicographicallyPrecedes($1) }.joined()
  }

  /// SHA-256 of ``canonicalBytes``, as `sha256sum` prints it.
  package var digest: String { Digest.hexadecimal(Digest.sha256(canonicalBytes)) }
}
