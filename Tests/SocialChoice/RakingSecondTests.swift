import Solvers
import Testing

@testable import SocialChoice

/// Weights within bounds, their design effect and the intervals that they give, a second time.
struct RakingSecondTests {
  private struct Sample {
    let participants: Participants
    let rows: [[Int?]]
    let bounds: ClosedRange<Double>?

    /// Few people of one to three categories, every value taken by someone; some answers missing, bounds from tight to wide.
    init(_ random: inout PublicRandom, unbounded: Bool = false, unknown: Bool = true) throws {
      var (census, columns) = ([CensusCategory](), [[Int?]]())
      let count = 3 + random.below(10)
      for category in 0..<1 + random.below(3) {
        let size = 1 + random.below(3)
        census.append(
          CensusCategory(name: "c\(category)", values: (0..<size).map { "v\($0)" }, populations: (0..<size).map { _ in 1 + random.below(6) }))
        let rest: [Int?] = (size..<count).map { _ in unknown && random.below(8) == 0 ? nil : random.below(size) }
        columns.append(random.shuffled(Array(0..<size).map(Int?.some) + rest))
      }
      participants = try Participants(census: census, answers: columns)
      rows = (0..<count).map { person in columns.map { $0[person] } }
      let lower = [0, 0.25, 0.5, 0.75, 1][random.below(5)]
      bounds = unbounded && random.below(3) == 0 ? nil : lower...[1, 1.25, 1.5, 2, 3][random.below(5)]
    }

    /// Whether some weights within the bounds, made wider by so much, have the census's shares: by linear programming.
    func isPossible(wider slack: Double) throws -> Bool {
      guard let bounds else { return true }
      var program = LinearProgram(rows: [LinearProgram.Row(lower: Double(rows.count), upper: Double(rows.count))])
      program.columns = rows.map { _ in
        LinearProgram.Column(lower: max(0, bounds.lowerBound - slack), upper: bounds.upperBound + slack, entries: [(row: 0, value: 1)])
      }
      for (category, value) in participants.census.enumerated().flatMap({ place, census in census.values.indices.map { (place, $0) } }) {
        let populations = participants.census[category].populations
        let share = Double(populations[value]) / Double(populations.reduce(0, +))
        for (person, row) in rows.enumerated() where row[category] != nil {
          program.columns[person].entries.append((row: program.rows.count, value: (row[category] == value ? 1 : 0) - share))
        }
        program.rows.append(LinearProgram.Row(lower: 0, upper: 0))
      }
      do throws(SolverFault) {
        _ = try CoinSolver().keep(program).solve()
        return true
      } catch {
        #expect(error == .infeasible)
        return false
      }
    }
  }

  @Test func `weights within bounds, and their end, are those of a table of crossings, on a thousand small samples`() throws {
    var random = PublicRandom(seed: "bounded raking")
    var (converged, held, neither, cut) = (0, 0, 0, 0)
    var options = Raking.Options()
    options.mostRounds = 60
    for number in 0..<1_000 {
      let sample = try Sample(&random, unbounded: true)
      options.bounds = sample.bounds
      let raking = try Raking.weigh(sample.participants, options: options).get()
      var naive = RakingNaive(sample.participants, bounds: sample.bounds)
      var (moved, isCut) = (0.0, false)
      for round in 1...raking.rounds {
        let before = naive.weights
        naive.round()
        moved = zip(naive.weights, before).map { abs($0 - $1) }.max() ?? 0
        isCut = sample.bounds.map { bounds in naive.weights.contains { $0 == bounds.lowerBound || $0 == bounds.upperBound } } ?? false
        guard round < raking.rounds else { continue }
        #expect(naive.largestDeviation > 0.9e-10 && !(isCut && moved < 0.9e-10), "\(number): it should have ended at \(round)")
      }
      for (weight, row) in zip(raking.weights, sample.rows) { #expect(abs(weight - (naive.weight(of: row) ?? .nan)) < 1e-9, "\(number)") }
      #expect(abs(raking.largestDeviation - naive.largestDeviation) < 1e-9, "\(number)")
      switch raking.end {
      case .converged: #expect(naive.largestDeviation < 1.1e-10, "\(number)")
      case .heldByBounds: #expect(isCut && naive.largestDeviation > 0.9e-10 && moved < 1.1e-10, "\(number)")
      case .notConverged: #expect(raking.rounds == 60, "\(number)")
      }
      converged += raking.end == .converged ? 1 : 0
      held += raking.end == .heldByBounds ? 1 : 0
      // They stand still though no bound holds them: the categories contradict each other.
      neither += sample.bounds != nil && !isCut && moved < 1e-10 && raking.end == .notConverged ? 1 : 0
      if let bounds = sample.bounds {
        #expect(raking.weights.allSatisfy { $0 >= bounds.lowerBound - 1e-12 && $0 <= bounds.upperBound + 1e-12 }, "\(number)")
        cut += raking.weights.contains { $0 == bounds.upperBound } ? 1 : 0
      }
      // Kish's other form: 1 and the squared coefficient of variation.
      let mean = raking.weights.reduce(0, +) / naive.count
      #expect(abs(mean - 1) < 1e-9)
      let variance = raking.weights.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / naive.count
      #expect(abs(raking.designEffect.factor - 1 - variance / (mean * mean)) < 1e-9)
      #expect(abs(raking.designEffect.effectiveSize - naive.count / (1 + variance / (mean * mean))) < 1e-9)
    }
    #expect(converged > 200 && held > 200 && neither > 5 && cut > 200, "\(converged) \(held) \(neither) \(cut)")
  }

  @Test func `shares are right within the bounds just where some weights within them are, a linear programme says`() throws {
    var random = PublicRandom(seed: "possible bounds")
    var (possible, impossible) = (0, 0)
    var options = Raking.Options()
    for number in 0..<1_000 {
      let sample = try Sample(&random)
      options.bounds = sample.bounds
      let raking = try Raking.weigh(sample.participants, options: options).get()
      if try sample.isPossible(wider: -0.02) {
        possible += 1
        #expect(raking.end == .converged, "\(number): \(sample), \(raking)")
      } else if try !sample.isPossible(wider: 1e-6) {
        impossible += 1
        #expect(raking.end != .converged, "\(number): \(sample), \(raking)")
      }
    }
    #expect(possible > 100 && impossible > 300, "\(possible) \(impossible)")
  }

  @Test func `with one category bounded weights are the census's, all raised or lowered alike until they are held`() throws {
    var random = PublicRandom(seed: "one category within bounds")
    var (looked, both) = (0, 0)
    var options = Raking.Options()
    while looked < 1_000 {
      let size = 1 + random.below(4)
      let populations = (0..<size).map { _ in 1 + random.below(6) }
      let people = (0..<size).map { _ in 1 + random.below(4) }
      let (lower, upper) = (Fraction(random.below(5), 4), Fraction(4 + random.below(9), 4))
      let count = people.reduce(0, +)
      let free = (0..<size).map { Fraction(populations[$0] * count, people[$0] * populations.reduce(0, +)) }
      // Each value at the lower bound, at the upper one or at neither, all ways: the way that agrees with itself.
      var solutions: [[Fraction]] = []
      for way in 0..<[1, 3, 9, 27, 81][size] {
        let places = (0..<size).map { way / [1, 3, 9, 27][$0] % 3 }
        let held = (0..<size).reduce(Fraction(count)) { $0 - [.zero, lower, upper][places[$1]] * Fraction(people[$1]) }
        let open = (0..<size).reduce(Fraction.zero) { $0 + (places[$1] == 0 ? free[$1] * Fraction(people[$1]) : .zero) }
        guard open != .zero else {
          // Nobody is open: the weights held have to be all there is, and some factor has to bring each to its bound.
          let most = (0..<size).filter { places[$0] == 1 }.map { lower / free[$0] }.min()
          let least = (0..<size).filter { places[$0] == 2 }.map { upper / free[$0] }.max()
          let agree = most.map { most in least.map { $0 <= most } ?? true } ?? true
          if held == .zero, agree { solutions.append(places.map { $0 == 1 ? lower : upper }) }
          continue
        }
        let factor = held / open
        let scaled = free.map { $0 * factor }
        let agrees = (0..<size).allSatisfy { [lower <= scaled[$0] && scaled[$0] <= upper, scaled[$0] <= lower, scaled[$0] >= upper][places[$0]] }
        if agrees { solutions.append((0..<size).map { [scaled[$0], lower, upper][places[$0]] }) }
      }
      let expected = try #require(solutions.first)
      #expect(Set(solutions).count == 1)
      let column = (0..<size).flatMap { value in (0..<people[value]).map { _ in Int?.some(value) } }
      let census = CensusCategory(name: "c", values: populations.indices.map { "v\($0)" }, populations: populations)
      options.bounds = lower.rational.approximate...upper.rational.approximate
      let raking = try Raking.weigh(Participants(census: [census], answers: [column]), options: options).get()
      for (weight, value) in zip(raking.weights, column) { #expect(abs(weight - expected[value ?? 0].rational.approximate) < 1e-9, "\(looked)") }
      #expect(raking.end == (expected == free ? .converged : .heldByBounds), "\(looked)")
      looked += 1
      both += expected.contains(lower) && expected.contains(upper) ? 1 : 0
    }
    #expect(both > 50, "\(both)")
  }

  @Test func `weighted shares and intervals are the textbook's in fractions, with people who are silent or weigh nothing`() throws {
    var random = PublicRandom(seed: "weighted intervals")
    var (linear, alike, nobody) = (0, 0, 0)
    for number in 0..<1_000 {
      let count = random.below(9)
      let answers: [Bool?] = (0..<count).map { _ in [nil, true, true, false, false][random.below(5)] }
      let weights = (0..<count).map { _ in random.below(4) }
      let counted = (0..<count).filter { answers[$0] != nil && weights[$0] > 0 }
      let estimate = ShareEstimate.weighted(answers, weights: weights.map { Double($0) })
      guard !counted.isEmpty else {
        #expect(estimate == nil)
        nobody += 1
        continue
      }
      let found = try #require(estimate)
      let sum = counted.reduce(0) { $0 + weights[$1] }
      let share = Fraction(counted.reduce(0) { $0 + (answers[$1] == true ? weights[$1] : 0) }, sum)
      let size = counted.count
      #expect(abs(found.share - share.rational.approximate) < 1e-12 && found.participants == size, "\(number)")
      let squares = counted.reduce(Fraction.zero) { sum, person in
        let residual = Fraction(weights[person]) * (Fraction(answers[person] == true ? 1 : 0) - share)
        return sum + residual * residual
      }
      if size > 1, squares != .zero {
        let variance = Fraction(size, size - 1) * squares / Fraction(sum * sum)
        let half = ShareEstimate.z95 * variance.rational.approximate.squareRoot()
        #expect(found.method == .linearised)
        #expect(abs(found.low - max(0, found.share - half)) < 1e-9 && abs(found.high - min(1, found.share + half)) < 1e-9, "\(number)")
        linear += 1
      } else {
        // Where seen and true share are just as far apart as chance takes so many: n q = z² (1 − q) for all alike.
        let effective = Double(sum * sum) / Double(counted.reduce(0) { $0 + weights[$1] * weights[$1] })
        let far = ShareEstimate.z95 * ShareEstimate.z95 / (effective + ShareEstimate.z95 * ShareEstimate.z95)
        #expect(found.method == .wilsonForEffectiveSize)
        #expect(abs(found.low - (share == .zero ? 0 : 1 - far)) < 1e-9 && abs(found.high - (share == .zero ? far : 1)) < 1e-9, "\(number)")
        alike += 1
      }
    }
    #expect(linear > 400 && alike > 200 && nobody > 50, "\(linear) \(alike) \(nobody)")
  }
}
