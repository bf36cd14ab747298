import BigInt

/// What each group's voters have (money of equal shares) or carry (loads of Phragmén), exactly.
///
/// Voters who paid for the same seats have the same amount, so that a few amounts serve many groups: each group points to its amount, and all amounts
/// are whole numbers over one denominator. Equal accounts are equal values: amounts ascend, each once, and the denominator is the lowest.
struct VoterAccounts: Hashable {
  private(set) var denominator: BigInt
  /// Numerators, ascending.
  private(set) var amounts: [BigInt]
  /// For each group the place of its amount.
  private(set) var places: [Int]

  init(groupCount: Int, amount: Rational) {
    denominator = amount.denominator
    amounts = [amount.numerator]
    places = Array(repeating: 0, count: groupCount)
  }

  /// How many voters among these groups have each amount.
  func weights(of groups: [Int], in election: CommitteeElection) -> [Int] {
    var weights = [Int](repeating: 0, count: amounts.count)
    for group in groups { weights[places[group]] += election.groups[group].weight }
    return weights
  }

  /// What these voters have together.
  func total(_ weights: [Int]) -> Rational {
    var sum: BigInt = 0
    for (place, weight) in weights.enumerated() where weight > 0 { sum += amounts[place] * BigInt(weight) }
    return Rational(sum, denominator)
  }

  /// Each of these groups gets the amount that `change` makes of its old one; `change` is given and gives numerators over `denominator · factor`.
  mutating func change(_ groups: [Int], factor: BigInt, _ change: (BigInt) -> BigInt) {
    let scaled = factor == 1 ? amounts : amounts.map { $0 * factor }
    var changed: [Int: Int] = [:]
    var all = scaled
    var newPlaces = places
    for group in groups {
      let old = places[group]
      if let new = changed[old] {
        newPlaces[group] = new
      } else {
        changed[old] = all.count
        newPlaces[group] = all.count
        all.append(change(scaled[old]))
      }
    }
    settle(all, places: newPlaces, denominator: denominator * factor)
  }

  /// Money left becomes load below zero.
  mutating func negate() { settle(amounts.map { -$0 }, places: places, denominator: denominator) }

  /// Equal amounts become one, unused ones go, the fraction becomes lowest.
  private mutating func settle(_ all: [BigInt], places old: [Int], denominator whole: BigInt) {
    var used = [Bool](repeating: false, count: all.count)
    for place in old { used[place] = true }
    let order = all.indices.filter { used[$0] }.sorted { all[$0] < all[$1] }
    var kept: [BigInt] = []
    var newPlace = [Int](repeating: 0, count: all.count)
    for index in order {
      if kept.last != all[index] { kept.append(all[index]) }
      newPlace[index] = kept.count - 1
    }
    var divisor = whole
    for amount in kept where divisor != 1 { divisor = divisor.greatestCommonDivisor(with: amount) }
    amounts = divisor == 1 ? kept : kept.map { $0 / divisor }
    denominator = whole / divisor
    places = old.map { newPlace[$0] }
  }
}
