internal import BigInt

/// Texts in an order whose every beginning represents the voices in proportion: the proportional runoff by which LiquidFeedback orders suggestions.
///
/// Places are given from the last to the first. For each place all texts without one begin at 0; every voice feeds those of its best level that are still
/// in the runoff, in equal parts. As soon as a text is fed to 1 it is safe and leaves the runoff, and its voices turn to their next texts; the one that is
/// left takes the place. (As water: whoever fills first is out of danger.)
///
/// J. Behrens and others, LiquidFeedback core since 2.2.1; *The Principles of LiquidFeedback* (2014). There in doubles, here in whole numbers.
/// O(T²) runoff steps over all ballots for T texts: for hundreds of texts, not for thousands.
package struct ProportionalOrder: Sendable, Hashable {
  /// The texts that somebody ranked, the first place first.
  package let order: [Int]
  /// Texts on no ballot: they have no place, ascending.
  package let unranked: [Int]
  /// Texts that would have been safe in the same moment, with none other left; the one that took the place is `chosen`. Rounds count from the last place.
  package let ties: [Tie]

  /// - Parameters:
  ///   - ballots: levels of texts, the best level first, each text at most once a ballot; and the weight.
  ///   - tieBreak: of equals the one that it prefers stands higher.
  /// - Throws: ``OrderFault``.
  package init(textCount: Int, ballots: [(levels: [[Int]], weight: Int)], tieBreak: TieBreak = .lexicographic) throws(OrderFault) {
    guard (0...100_000).contains(textCount) else { throw .settings }
    var sum = 0
    var isRanked = [Bool](repeating: false, count: textCount)
    for (number, ballot) in ballots.enumerated() {
      sum = try OrderFault.sum(sum, adding: ballot.weight, voice: number)
      var seen: Set<Int> = []
      for text in ballot.levels.joined() {
        guard (0..<textCount).contains(text) else { throw .unknownText(text, voice: number) }
        guard seen.insert(text).inserted else { throw .twice(text, voice: number) }
        isRanked[text] = true
      }
    }
    let places = tieBreak.places(count: textCount)
    var open = isRanked.indices.filter { isRanked[$0] }
    unranked = isRanked.indices.filter { !isRanked[$0] }
    var placed: [Int] = []
    var ties: [Tie] = []
    while !open.isEmpty {
      var runoff = Runoff(ballots, open, textCount: textCount)
      let left = runoff.left()
      guard let last = left.max(by: { places[$0] < places[$1] }) else { break }
      if left.count > 1 { ties.append(Tie(round: placed.count + 1, options: left.sorted(), chosen: last)) }
      placed.append(last)
      open.removeAll { $0 == last }
    }
    order = placed.reversed()
    self.ties = ties
  }
}

/// The runoff for one place.
private struct Runoff {
  private let ballots: [(levels: [[Int]], weight: Int)]
  private var isIn: [Bool]
  private var remaining: [Int]
  /// How full each text is, in parts of `full`: all share one denominator, so that a step costs one product a text and no fraction is reduced.
  private var filled: [BigInt]
  private var full: BigInt = 1
  /// For each ballot the first level that may still hold a text in the runoff.
  private var levels: [Int]

  init(_ ballots: [(levels: [[Int]], weight: Int)], _ open: [Int], textCount: Int) {
    self.ballots = ballots
    remaining = open
    isIn = Array(repeating: false, count: textCount)
    for text in open { isIn[text] = true }
    filled = Array(repeating: 0, count: textCount)
    levels = Array(repeating: 0, count: ballots.count)
  }

  /// The one that is left at the end, or those who would be safe in the same moment.
  mutating func left() -> [Int] {
    while remaining.count > 1 {
      let feeds = feeds()
      // The first to be full: the least (full − filled) / feed.
      var first: [Int] = []
      for text in remaining where feeds[text] > 0 {
        if let best = first.first {
          let (mine, theirs) = ((full - filled[text]) * feeds[best], (full - filled[best]) * feeds[text])
          if mine > theirs { continue }
          if mine < theirs { first = [] }
        }
        first.append(text)
      }
      // Every open text is on a ballot, so some level of that ballot is fed.
      guard let safe = first.first, first.count < remaining.count else { return remaining }
      let (feed, missing) = (feeds[safe], full - filled[safe])
      for text in first { isIn[text] = false }
      remaining.removeAll { !isIn[$0] }
      for text in remaining { filled[text] = filled[text] * feed + missing * feeds[text] }
      full *= feed
    }
    return remaining
  }

  /// What flows into each text of the runoff, in common whole parts.
  private mutating func feeds() -> [BigInt] {
    // At index d, for each text, the weight of those who pour into d texts, this one among them.
    var byDivisor: [[Int]] = []
    for (number, ballot) in ballots.enumerated() {
      while levels[number] < ballot.levels.count {
        let level = ballot.levels[levels[number]]
        let count = level.reduce(0) { isIn[$1] ? $0 + 1 : $0 }
        if count == 0 {
          levels[number] += 1
          continue
        }
        while byDivisor.count <= count { byDivisor.append([]) }
        if byDivisor[count].isEmpty { byDivisor[count] = Array(repeating: 0, count: isIn.count) }
        for text in level where isIn[text] { byDivisor[count][text] += ballot.weight }
        break
      }
    }
    let divisors = byDivisor.indices.filter { !byDivisor[$0].isEmpty }
    var common: BigInt = 1
    for divisor in divisors { common = common / common.greatestCommonDivisor(with: BigInt(divisor)) * BigInt(divisor) }
    var feeds = [BigInt](repeating: 0, count: isIn.count)
    for divisor in divisors {
      let part = common / BigInt(divisor)
      for text in remaining where byDivisor[divisor][text] > 0 { feeds[text] += part * BigInt(byDivisor[divisor][text]) }
    }
    return feeds
  }
}
