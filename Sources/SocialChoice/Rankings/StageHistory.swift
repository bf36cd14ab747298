/// Candidates by their votes at the last stage, those equal there by the stage before, and so on to the first.
struct StageHistory {
  /// From the lowest; those who were equal at every stage in any order.
  private var order: [Int]
  /// For each candidate how many different histories are lower than its own.
  private var places: [Int]

  init(candidateCount: Int) {
    order = Array(0..<candidateCount)
    places = Array(repeating: 0, count: candidateCount)
  }

  /// O(m log m), nearly O(m) where few votes change.
  mutating func add(_ votes: [Int]) {
    let before = places
    order.sort { (votes[$0], before[$0]) < (votes[$1], before[$1]) }
    var place = 0
    for index in order.indices.dropFirst() {
      let (candidate, last) = (order[index], order[index - 1])
      if votes[candidate] != votes[last] || before[candidate] != before[last] { place = index }
      places[candidate] = place
    }
    if let first = order.first { places[first] = 0 }
  }

  /// Those of some candidates who were highest, or lowest, at the last stage in which they differed.
  func extremes(of candidates: [Int], lowest: Bool) -> [Int] {
    let places = candidates.map { self.places[$0] }
    guard let wanted = lowest ? places.min() : places.max() else { return [] }
    return candidates.filter { self.places[$0] == wanted }
  }
}
