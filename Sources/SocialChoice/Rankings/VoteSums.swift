/// What each of some candidates has in votes: whole ballots, and, where equals share ballots, a part of one more. Exact.
struct VoteSums: Sendable, Hashable {
  /// Whole ballots.
  private(set) var whole: [Int]
  /// The part of one more, above 0 and below 1; none where all ballots are whole.
  private var parts: [Int: Rational] = [:]

  init(_ whole: [Int]) { self.whole = whole }

  subscript(candidate: Int) -> Rational {
    parts[candidate].map { Rational(whole[candidate]) + $0 } ?? Rational(whole[candidate])
  }

  var all: [Rational] { whole.indices.map { self[$0] } }

  /// Sets what a candidate has: whole ballots of its own, and its share of others.
  mutating func set(_ candidate: Int, own: Int, shared: Rational) {
    (whole[candidate], parts[candidate]) = (own, nil)
    add(shared, to: candidate)
  }

  /// - Parameter votes: not below zero.
  mutating func add(_ votes: Rational, to candidate: Int) {
    if votes.isZero { return }
    if parts[candidate] == nil, votes < .one { return parts[candidate] = votes }
    let sum = (parts[candidate] ?? .zero) + votes
    let floor = Int(clamping: sum.floor)
    whole[candidate] += floor
    let part = sum - Rational(floor)
    parts[candidate] = part.isZero ? nil : part
  }

  /// Adds shares of ballots: for each number of sharers the weight of the ballots that each candidate shares.
  mutating func add(_ shared: [Int: [Int]]) {
    // With a common denominator as small as this, every sum of the largest total of weights fits.
    if let unit = Self.commonMultiple(of: Array(shared.keys), atMost: Int.max / ProfileFault.largestTotal) {
      let shares = shared.map { (factor: unit / $0.key, weights: $0.value) }
      for candidate in whole.indices {
        let sum = shares.reduce(0) { $0 + $1.factor * $1.weights[candidate] }
        whole[candidate] += sum / unit
        if sum % unit > 0 { add(Rational(sum % unit, unit), to: candidate) }
      }
    } else {
      for (sharers, weights) in shared {
        for candidate in whole.indices where weights[candidate] > 0 { add(Rational(weights[candidate], sharers), to: candidate) }
      }
    }
  }

  private static func commonMultiple(of numbers: [Int], atMost limit: Int) -> Int? {
    var multiple = 1
    for number in numbers {
      var (divisor, rest) = (multiple, number)
      while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
      let (product, overflow) = multiple.multipliedReportingOverflow(by: number / divisor)
      guard !overflow, product <= limit else { return nil }
      multiple = product
    }
    return multiple
  }

  func isZero(_ candidate: Int) -> Bool { whole[candidate] == 0 && parts[candidate] == nil }

  func areEqual(_ a: Int, _ b: Int) -> Bool { whole[a] == whole[b] && (parts.isEmpty || parts[a] == parts[b]) }

  /// Those of the candidates who have least, in their order.
  func lowest(of candidates: [Int]) -> [Int] {
    guard let least = candidates.lazy.map({ whole[$0] }).min() else { return [] }
    let lowest = candidates.filter { whole[$0] == least }
    if parts.isEmpty { return lowest }
    guard let part = lowest.map({ parts[$0] ?? .zero }).min() else { return [] }
    return lowest.filter { (parts[$0] ?? .zero) == part }
  }

  /// Only these, numbered anew in their order.
  func picked(_ candidates: [Int]) -> VoteSums {
    var picked = VoteSums(candidates.map { whole[$0] })
    if !parts.isEmpty { for (place, candidate) in candidates.enumerated() { picked.parts[place] = parts[candidate] } }
    return picked
  }
}
