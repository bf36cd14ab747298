import Testing

@testable import SocialChoice

/// The figures of representativeness person by person, in fractions where they are exact.
struct RepresentativenessSecondTests {
  private struct Sample {
    let census: CensusCategory
    let column: [Int?]

    init(_ random: inout PublicRandom, everyValue: Bool = false) {
      let size = 1 + random.below(4)
      var populations = (0..<size).map { _ in (everyValue ? 1 : 0) + random.below(6) }
      if populations.allSatisfy({ $0 == 0 }) { populations[0] = 1 }
      census = CensusCategory(name: "c", values: (0..<size).map { "v\($0)" }, populations: populations)
      let first = everyValue ? Array(0..<size).map(Int?.some) : []
      column = first + (0..<random.below(12)).map { _ in random.below(6) == 0 ? nil : random.below(size) }
    }

    var total: Int { census.populations.reduce(0, +) }
    func people(_ value: Int) -> Int { column.count { $0 == value } }
    var known: Int { column.count { $0 != nil } }
  }

  @Test func `gaps, dissimilarity and the people still wanted, on a thousand small censuses`() throws {
    var random = PublicRandom(seed: "censuses")
    var (equalRemainders, excess) = (0, 0)
    for number in 0..<1_000 {
      let sample = Sample(&random)
      let found = CategoryComparison(try Participants(census: [sample.census], answers: [sample.column]), category: 0)
      let values = sample.census.values.indices
      var distance = Fraction.zero
      for value in values {
        let share = Fraction(sample.census.populations[value], sample.total)
        #expect(found.rows[value].participants == sample.people(value) && found.rows[value].censusShare == share.rational)
        guard sample.known > 0 else {
          #expect(found.rows[value].gap == nil && found.dissimilarity == nil)
          continue
        }
        let gap = Fraction(sample.people(value), sample.known) - share
        #expect(found.rows[value].gap == gap.rational)
        distance += gap < .zero ? -gap : gap
      }
      if sample.known > 0 { #expect(found.dissimilarity == (distance / Fraction(2)).rational, "\(number)") }
      #expect(found.unknown == sample.column.count - sample.known)
      let size = random.below(11)
      let targets = found.targets(size: size)
      // Of all whole divisions the nearest to the shares, by the sum of squares; of equals the one that serves the first value named.
      let divisions = ReallocationNaive.divisions(size, values.count)
      func squares(_ division: [Int]) -> Int {
        values.map { division[$0] * sample.total - sample.census.populations[$0] * size }.reduce(0) { $0 + $1 * $1 }
      }
      let least = divisions.map(squares).min()
      let nearest = divisions.filter { squares($0) == least }
      #expect(targets == nearest.max { $0.lexicographicallyPrecedes($1) }, "\(number): \(sample), \(size)")
      equalRemainders += nearest.count > 1 ? 1 : 0
      #expect(found.wanted(size: size) == values.map { max(0, targets[$0] - sample.people($0)) })
      let strangers = values.contains { sample.people($0) > 0 && sample.census.populations[$0] == 0 }
      // Nobody is above the share of so many people.
      let enough = (0...12 * 24).first { all in values.allSatisfy { sample.people($0) * sample.total <= sample.census.populations[$0] * all } }
      #expect(found.sizeKeepingAll == (strangers ? nil : enough), "\(number): \(sample)")
      excess += (enough ?? 0) > sample.known ? 1 : 0
    }
    #expect(equalRemainders > 100 && excess > 200, "\(equalRemainders) \(excess)")
  }

  @Test func `with one category weights are shares over shares, and the order and number of people change none`() throws {
    var random = PublicRandom(seed: "one category")
    for number in 0..<1_000 {
      let sample = Sample(&random, everyValue: true)
      let participants = try Participants(census: [sample.census], answers: [sample.column])
      let raking = try Raking.weigh(participants).get()
      #expect(raking.end == .converged, "\(number)")
      // The known have the census's shares of their own number; who is not known keeps 1.
      let weights = sample.column.map { value -> Fraction in
        guard let value else { return Fraction(1) }
        return Fraction(sample.census.populations[value] * sample.known, sample.total * sample.people(value))
      }
      for (found, expected) in zip(raking.weights, weights) { #expect(abs(found - expected.rational.approximate) < 1e-9, "\(number)") }
      let sum = weights.reduce(Fraction.zero, +)
      let squares = weights.reduce(Fraction.zero) { $0 + $1 * $1 }
      #expect(abs(raking.designEffect.factor - (Fraction(weights.count) * squares / (sum * sum)).rational.approximate) < 1e-9)
      let order = random.shuffled(Array(sample.column.indices))
      let moved = try Raking.weigh(Participants(census: [sample.census], answers: [order.map { sample.column[$0] }])).get()
      for (place, person) in order.enumerated() { #expect(abs(moved.weights[place] - raking.weights[person]) < 1e-12) }
      let twice = try Raking.weigh(Participants(census: [sample.census], answers: [sample.column + sample.column])).get()
      for (found, expected) in zip(twice.weights, raking.weights + raking.weights) { #expect(abs(found - expected) < 1e-12) }
    }
  }

  @Test func `a weighted share is the strata's shares put together, and its interval is what leaving out people one by one moves`() throws {
    var random = PublicRandom(seed: "strata")
    var linearised = 0
    for number in 0..<3_000 where linearised < 1_000 {
      let sample = Sample(&random, everyValue: true)
      let raking = try Raking.weigh(try Participants(census: [sample.census], answers: [sample.column])).get()
      let answers = sample.column.map { _ in random.below(2) == 0 }
      let found = try #require(ShareEstimate.weighted(answers, weights: raking.weights))
      if sample.known == sample.column.count {
        let share = sample.census.values.indices.reduce(Fraction.zero) { sum, value in
          let inFavour = zip(sample.column, answers).count { $0 == value && $1 }
          return sum + Fraction(sample.census.populations[value] * inFavour, sample.total * sample.people(value))
        }
        #expect(abs(found.share - share.rational.approximate) < 1e-9, "\(number)")
      }
      guard found.method == .linearised else { continue }
      linearised += 1
      // What one person's weight moves the share by, for a weight that is a little larger: the slope, times the weight.
      func share(_ weights: [Double]) -> Double {
        zip(weights, answers).reduce(0) { $1.1 ? $0 + $1.0 : $0 } / weights.reduce(0, +)
      }
      let little = 1e-6
      let influences = raking.weights.indices.map { person in
        var (more, less) = (raking.weights, raking.weights)
        more[person] += little
        less[person] -= little
        return raking.weights[person] * (share(more) - share(less)) / (2 * little)
      }
      let count = Double(answers.count)
      let deviation = (influences.reduce(0) { $0 + $1 * $1 } * count / (count - 1)).squareRoot()
      #expect(abs(found.low - max(0, found.share - ShareEstimate.z95 * deviation)) < 1e-6, "\(number)")
      #expect(abs(found.high - min(1, found.share + ShareEstimate.z95 * deviation)) < 1e-6, "\(number)")
    }
    #expect(linearised == 1_000)
  }

  @Test func `Wilson's interval ends where what was seen is just as far off as chance takes it`() throws {
    for total in 1...40 {
      for chosen in 0...total {
        let answers = (0..<total).map { Optional($0 < chosen) }
        let found = try #require(ShareEstimate.raw(answers))
        let seen = Double(chosen) / Double(total)
        func isFar(_ share: Double) -> Bool {
          (seen - share) * (seen - share) > ShareEstimate.z95 * ShareEstimate.z95 * share * (1 - share) / Double(total)
        }
        for (end, away) in [(found.low, -1e-9), (found.high, 1e-9)] {
          #expect(end + away < 0 || end + away > 1 || isFar(end + away), "\(chosen) of \(total)")
          #expect(end - away < 0 || end - away > 1 || !isFar(end - away), "\(chosen) of \(total)")
        }
      }
    }
  }
}
