/// How equals are told apart. It is part of the input, so that a tally has one result and anyone gets the same one.
package enum TieBreak: Sendable, Hashable {
  /// The one that stands first in the input.
  case lexicographic
  /// The one that costs least, then the one that stands first. Where nothing has a cost it is ``lexicographic``.
  case cheapest
  /// An order of all options drawn once by ``PublicRandom`` with this seed, before the tally.
  case seeded(String)

  /// The place of each option in the order of preference: of equals, the option with the lowest place is chosen.
  ///
  /// - Parameter costs: what each option costs, in the order of the input; empty where there are no costs.
  package func places(count: Int, costs: [Int] = []) -> [Int] {
    let order: [Int]
    switch self {
    case .lexicographic: order = Array(0..<count)
    case .cheapest: order = costs.count == count ? (0..<count).sorted { (costs[$0], $0) < (costs[$1], $1) } : Array(0..<count)
    case .seeded(let seed):
      var random = PublicRandom(seed: seed)
      order = random.shuffled(Array(0..<count))
    }
    var places = [Int](repeating: 0, count: count)
    for (place, option) in order.enumerated() { places[option] = place }
    return places
  }
}

/// Equals that a rule met. Every one is reported: a result that hung on a tie says so.
package struct Tie: Sendable, Hashable {
  /// The round or stage of the rule, from 1.
  package let round: Int
  /// The options that were equal, by their number in the input, ascending.
  package let options: [Int]
  /// The one that the tie-break took (or, where a rule excludes, put out).
  package let chosen: Int

  package init(round: Int, options: [Int], chosen: Int) {
    self.round = round
    self.options = options
    self.chosen = chosen
  }
}
