/// A published result, line by line, and the way a stranger checks it: take the open ballots, count them again, compare.
package struct PublishedTally: Sendable, Hashable {
  /// One figure: `winner = Library`, `approvals of Library = 1204`.
  package struct Line: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Of the ballots, as the result names it.
  package let digest: String
  /// In the order in which they are published.
  package let lines: [Line]

  package init(digest: String, lines: [Line]) {
    self.digest = digest
    self.lines = lines
  }

  /// What counting again says of a published result.
  package enum Verdict: Sendable, Hashable {
    /// Same ballots, same figures.
    case confirmed
    /// These are not the ballots of this result.
    case otherBallots(published: String, found: String)
    /// The first line that is not what the ballots give. A value is nil where that side has no such line.
    case differs(line: Int, name: String, published: String?, recounted: String?)
  }

  /// Counts again by a rule and names the first difference, if any.
  package func verdict(on ballots: OpenBallots, countedBy rule: (OpenBallots) throws -> [Line]) rethrows -> Verdict {
    let found = ballots.digest
    guard found == digest else { return .otherBallots(published: digest, found: found) }
    let recounted = try rule(ballots)
    for number in 0..<max(lines.count, recounted.count) {
      let published = number < lines.count ? lines[number] : nil
      let counted = number < recounted.count ? recounted[number] : nil
      if published == counted { continue }
      let name = published?.name ?? counted?.name ?? ""
      return .differs(line: number, name: name, published: published?.value, recounted: counted?.name == name ? counted?.value : nil)
    }
    return .confirmed
  }
}

extension PublishedTally {
  /// The rule of a plain sum: what each option's marks add up to (approvals, points, scores), weights counted, in the order of the options; then the
  /// options with the largest sum.
  package static func sums(_ ballots: OpenBallots) -> [Line] {
    var sums = [Int128](repeating: 0, count: ballots.options.count)
    for ballot in ballots.ballots {
      for (option, mark) in ballot.marks {
        // Two 64-bit numbers make at most 127 bits; a sum beyond them wraps, and can come only from marks that no ballot rule allows.
        sums[option] &+= Int128(ballot.weight) * Int128(mark)
      }
    }
    let most = sums.max()
    let winners = ballots.options.indices.filter { sums[$0] == most }.map { ballots.options[$0] }
    return ballots.options.indices.map { Line("sum of \(ballots.options[$0])", "\(sums[$0])") } + winners.map { Line("winner", $0) }
  }
}
