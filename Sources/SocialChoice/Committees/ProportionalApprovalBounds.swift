internal import BigInt

/// The arithmetic of the search for the best committee: points of committees and bounds by prices, in whole numbers, and the descent to good prices, in
/// doubles that decide nothing.
struct ProportionalApprovalBounds<Number: SignedInteger & Sendable>: Sendable {
  let election: CommitteeElection
  let weights: [Number]
  /// H(j) in units.
  let harmonic: [Number]
  /// A price of `priceUnit` is 1, and one part of it this many units.
  let priceScale: Number
  let priceUnit: Int
  /// Points of committees are multiples of it.
  let grain: Number
  private let harmonicDoubles: [Double]

  var seats: Int { election.seats }
  var reading: Int { election.reading }

  /// What is decided so far.
  struct State {
    /// For each group, how many of its candidates are in, and how many are open.
    var members: [Int]
    var open: [Int]
    /// nil is open.
    var isIn: [Bool?]
    var inCount = 0
    var openCount: Int

    init(_ bounds: ProportionalApprovalBounds) {
      members = Array(repeating: 0, count: bounds.election.groups.count)
      open = bounds.election.groups.map(\.approved.count)
      isIn = Array(repeating: nil, count: bounds.election.candidateCount)
      openCount = bounds.election.candidateCount
    }

    /// The committee, where the decisions leave but one.
    func onlyCommittee(_ seats: Int) -> [Int]? {
      guard inCount == seats || inCount + openCount == seats else { return nil }
      return isIn.indices.filter { isIn[$0] == true || (isIn[$0] == nil && inCount < seats) }
    }
  }

  /// A bound with the worth of the candidates that gives it.
  struct Bound {
    let total: Number
    let worth: [Number]
    /// Open candidates, the best worth first.
    let order: [Int]
  }

  init(election: CommitteeElection, scale: Scale) {
    self.election = election
    weights = election.groups.map { Number($0.weight) }
    harmonic = scale.harmonic.map { Number($0) }
    priceScale = Number(scale.priceScale)
    priceUnit = scale.priceUnit
    grain = Number(scale.grain)
    let one = Double(scale.harmonic[1])
    harmonicDoubles = scale.harmonic.map { Double($0) / one }
  }

  func decide(_ candidate: Int, isIn: Bool, _ state: inout State) {
    state.isIn[candidate] = isIn
    state.openCount -= 1
    state.inCount += isIn ? 1 : 0
    for group in election.supporters[candidate] {
      state.open[group] -= 1
      if isIn { state.members[group] += 1 }
    }
  }

  func undo(_ candidate: Int, _ state: inout State) {
    let wasIn = state.isIn[candidate] == true
    state.isIn[candidate] = nil
    state.openCount += 1
    state.inCount -= wasIn ? 1 : 0
    for group in election.supporters[candidate] {
      state.open[group] += 1
      if wasIn { state.members[group] -= 1 }
    }
  }

  func points(_ committee: [Int]) -> Number {
    var members = [Int](repeating: 0, count: weights.count)
    for candidate in committee { for group in election.supporters[candidate] { members[group] += 1 } }
    var sum: Number = 0
    for (group, count) in members.enumerated() where count > 0 { sum += weights[group] * harmonic[count] }
    return sum
  }

  /// What exchanging members for others adds, until no exchange adds anything; first the best exchange of each newcomer in turn.
  func improved(_ committee: [Int]) -> [Int] {
    var committee = committee
    var points = points(committee)
    var isImproving = true
    while isImproving {
      isImproving = false
      for candidate in 0..<election.candidateCount where !committee.contains(candidate) {
        for place in committee.indices {
          var other = committee
          other[place] = candidate
          let otherPoints = self.points(other)
          if otherPoints > points {
            (committee, points, isImproving) = (other, otherPoints, true)
            break
          }
        }
      }
    }
    return committee.sorted()
  }

  /// The prices 1/(members + 1), where the bound is what is in and the best single additions.
  func nextMemberPrices(_ state: State) -> [Number] { state.members.map { harmonic[min($0, seats - 1) + 1] - harmonic[min($0, seats - 1)] } }

  func prices(_ parts: [Int]) -> [Number] { parts.map { Number($0) * priceScale } }

  /// The bound that these prices (in units) give. `highest` is the number of members up to which H(j) − price · j grows.
  func bound(_ prices: [Number], _ state: State) -> Bound {
    let seatsLeft = seats - state.inCount
    var worth = [Number](repeating: 0, count: election.candidateCount)
    var total: Number = 0
    for (group, price) in prices.enumerated() {
      let (least, weight) = (state.members[group], weights[group])
      let most = least + min(seatsLeft, state.open[group])
      var members = least
      while members < most, harmonic[members + 1] - harmonic[members] > price { members += 1 }
      total += weight * (harmonic[members] - price * Number(members))
      let paid = weight * price
      for candidate in election.groups[group].approved { worth[candidate] += paid }
    }
    var open: [Int] = []
    open.reserveCapacity(state.openCount)
    for (candidate, isIn) in state.isIn.enumerated() {
      if isIn == nil { open.append(candidate) } else if isIn == true { total += worth[candidate] }
    }
    open.sort { (worth[$0], $1) > (worth[$1], $0) }
    for candidate in open.prefix(seatsLeft) { total += worth[candidate] }
    return Bound(total: total, worth: worth, order: open)
  }

  /// An open candidate one of whose answers the same prices close, if there is one: they would then bound it below `enough`.
  func closing(_ bound: Bound, _ state: State, enough: Number) -> Int? {
    let seatsLeft = seats - state.inCount
    let (lastIn, firstOut) = (bound.worth[bound.order[seatsLeft - 1]], bound.worth[bound.order[seatsLeft]])
    var best: (candidate: Int, bound: Number)?
    for (place, candidate) in bound.order.enumerated() {
      let worth = bound.worth[candidate]
      let other = bound.total - (place < seatsLeft ? worth - firstOut : lastIn - worth)
      if other < enough, best.map({ other < $0.bound }) ?? true { best = (candidate, other) }
    }
    return best?.candidate
  }
}

extension ProportionalApprovalBounds {
  /// Prices found by doubles.
  struct Descent {
    var prices: [Double]
    /// In which part of the rounds each open candidate was among the best.
    var frequency: [Double]
    var rounds: Int
  }

  func rounded(_ prices: [Double]) -> [Int] { prices.map { Int(($0 * Double(priceUnit)).rounded()) } }

  /// Subgradient descent of the bound from some prices, with Polyak's step towards `target`, each group measured by its weight.
  func descend(from start: [Double], _ state: State, target: Double, rounds: Int) -> Descent {
    let seatsLeft = seats - state.inCount
    var current = start
    var best = Descent(prices: start, frequency: Array(repeating: 0, count: election.candidateCount), rounds: rounds)
    var bestBound = Double.infinity
    var step = 1.0
    var sinceBest = 0
    var worth = [Double](repeating: 0, count: election.candidateCount)
    var isBest = [Bool](repeating: false, count: election.candidateCount)
    let open = state.isIn.indices.filter { state.isIn[$0] == nil }
    for round in 0..<rounds {
      for candidate in worth.indices { (worth[candidate], isBest[candidate]) = (0, state.isIn[candidate] == true) }
      for (group, price) in current.enumerated() {
        let paid = price * Double(election.groups[group].weight)
        for candidate in election.groups[group].approved { worth[candidate] += paid }
      }
      let order = open.sorted { (worth[$0], $1) > (worth[$1], $0) }
      for candidate in order.prefix(seatsLeft) {
        isBest[candidate] = true
        best.frequency[candidate] += 1
      }
      var bound = worth.indices.reduce(0.0) { isBest[$1] ? $0 + worth[$1] : $0 }
      var square = 0.0
      var slopes = [Double](repeating: 0, count: current.count)
      for (group, price) in current.enumerated() {
        let weight = Double(election.groups[group].weight)
        let taken = election.groups[group].approved.reduce(0) { isBest[$1] ? $0 + 1 : $0 }
        let (rest, members) = rest(price, state.members[group], min(seatsLeft, state.open[group]), near: taken)
        bound += weight * rest
        slopes[group] = Double(taken - members)
        square += weight * slopes[group] * slopes[group]
      }
      if bound < bestBound - 1e-9 * abs(bound) {
        (bestBound, best.prices, sinceBest) = (bound, current, 0)
      } else {
        sinceBest += 1
        if sinceBest == 8 { (step, sinceBest) = (step / 2, 0) }
      }
      guard square > 0, bound > target else {
        best.rounds = round + 1
        break
      }
      let length = step * (bound - target) / square
      for group in current.indices { current[group] = min(1, max(0, current[group] - length * slopes[group])) }
    }
    for candidate in best.frequency.indices { best.frequency[candidate] /= Double(best.rounds) }
    return best
  }

  /// The largest H(j) − price · j, and where it is; of equals the one nearest to `near`.
  private func rest(_ price: Double, _ least: Int, _ more: Int, near: Int) -> (value: Double, members: Int) {
    var members = least
    while members < least + more {
      let gain = harmonicDoubles[members + 1] - harmonicDoubles[members] - price
      if gain < -1e-9 || (gain < 1e-9 && members >= near) { break }
      members += 1
    }
    return (harmonicDoubles[members] - price * Double(members), members)
  }
}

/// The units in which points and prices are whole.
struct Scale {
  let priceUnit: Int
  let harmonic: [BigInt]
  let priceScale: BigInt
  let grain: BigInt

  init(seats: Int) {
    let grain: BigInt = 16
    let unit = HarmonicScale(seats: seats).unit * grain
    let priceUnit = HarmonicScale(seats: min(seats, 20)).unit * grain
    var harmonic: [BigInt] = [0]
    for number in 1...max(seats, 1) { harmonic.append(harmonic[number - 1] + unit / BigInt(number)) }
    self.grain = grain
    self.harmonic = harmonic
    self.priceUnit = Int(priceUnit)
    self.priceScale = unit / priceUnit
  }

  /// The largest number that a search can meet: a price is at most 1, so no sum is above the voters times three times the seats.
  func most(_ election: CommitteeElection) -> BigInt { harmonic[1] * BigInt(election.voterCount) * BigInt(3 * election.seats + 3) * BigInt(1) }
}
