/// Texts that can be compared with each other, though not with all others.
package struct PairwiseGroup: Sendable, Hashable {
  /// Ascending.
  package let texts: [Int]
  /// Comparisons with texts outside in which one of these was preferred; 0: nothing says that they are better than any other.
  package let wonOutside: Int
  /// Comparisons with texts outside in which one of these was not preferred. With ``wonOutside`` 0 as well, nobody compared them with others.
  package let lostOutside: Int
}

extension PairwiseComparisons {
  /// The groups within which all texts can be compared; one group where strengths exist. A group that won against another comes before it.
  package var groups: [PairwiseGroup] {
    var wins = [[Int]](repeating: [], count: textCount)
    for pair in pairs {
      if pair.firstHalves > 0 { wins[pair.first].append(pair.second) }
      if pair.secondHalves > 0 { wins[pair.second].append(pair.first) }
    }
    let groups = PairwiseGraph.groups(wins)
    var groupOf = [Int](repeating: 0, count: textCount)
    for (number, group) in groups.enumerated() { for text in group { groupOf[text] = number } }
    var (won, lost) = ([Int](repeating: 0, count: groups.count), [Int](repeating: 0, count: groups.count))
    // Between two groups all victories go one way, so their halves are whole.
    for pair in pairs where groupOf[pair.first] != groupOf[pair.second] {
      won[groupOf[pair.first]] += pair.firstHalves / 2
      lost[groupOf[pair.first]] += pair.secondHalves / 2
      won[groupOf[pair.second]] += pair.secondHalves / 2
      lost[groupOf[pair.second]] += pair.firstHalves / 2
    }
    return groups.indices.map { PairwiseGroup(texts: groups[$0], wonOutside: won[$0], lostOutside: lost[$0]) }
  }
}
