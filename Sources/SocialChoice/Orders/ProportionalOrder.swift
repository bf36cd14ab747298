/// Texts in an order whose every beginning represents the voices in proportion: the proportional runoff by which LiquidFeedback orders suggestions.
///
/// Places are given from the last to the first. For each place all texts without one begin at 0; every voice feeds those of its best level that are still
/// in the runoff, in equal parts. As soon as a text is fed to 1 it is safe and leaves the runoff, and its voices turn to their next texts; the one that is
/// left takes the place. (As water: whoever fills first is out of danger.)
///
/// J. Behrens and others, LiquidFeedback core since 2.2.1; *The Principles of LiquidFeedback* (2014). There in doubles, here in whole numbers.
/// T²/2 steps for T texts, each over the texts left and the ballots that its text leaves, with numbers of some 4 bits a step: for hundreds of texts.
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
      var runoff = ProportionalRunoff(ballots, open, textCount: textCount)
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
