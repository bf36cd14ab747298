import SocialChoice
import Testing

struct RepresentativenessTests {
  private static let ages = CensusCategory(name: "age", values: ["young", "middle", "old"], populations: [300, 500, 200])
  private static let sexes = CensusCategory(name: "sex", values: ["women", "men"], populations: [520, 480])

  /// Ten participants: too many older men.
  private static func town() throws -> Participants {
    try Participants(
      census: [ages, sexes], answers: [[0, 0, 1, 1, 1, 2, 2, 2, 2, nil], [0, 1, 0, 1, 1, 0, 1, 1, 1, 1]])
  }

  @Test func `gaps and dissimilarity are exact`() throws {
    let age = CategoryComparison(try Self.town(), category: 0)
    #expect(age.rows.map(\.participants) == [2, 3, 4])
    #expect(age.unknown == 1)
    #expect(age.rows[2].gap == Rational(4, 9) - Rational(1, 5))
    // ½(|2/9 − 3/10| + |3/9 − 1/2| + |4/9 − 1/5|)
    #expect(age.dissimilarity == Rational(11, 45))
  }

  @Test func `the wanted complete the census's shares and nobody has to leave`() throws {
    let age = CategoryComparison(try Self.town(), category: 0)
    #expect(age.targets(size: 9) == [3, 4, 2], "2.7, 4.5, 1.8: the largest remainders are .8 and .7")
    #expect(age.wanted(size: 9) == [1, 1, 0])
    #expect(age.sizeKeepingAll == 20)
    #expect(age.wanted(size: 20) == [4, 7, 0])
  }

  @Test func `raked shares are the census's in every category, against a second way of fitting`() throws {
    var random = PublicRandom(seed: "raking")
    var converged = 0
    for _ in 0..<3_000 where converged < 1_000 {
      let count = 6 + random.below(30)
      let columns: [[Int?]] = [3, 2].map { size in (0..<count).map { _ in random.below(8) == 0 ? nil : random.below(size) } }
      let participants = try Participants(census: [Self.ages, Self.sexes], answers: columns)
      guard case .success(let raking) = Raking.weigh(participants) else { continue }
      #expect(abs(raking.weights.reduce(0, +) - Double(count)) < 1e-9 * Double(count))
      guard raking.end == .converged else { continue }
      converged += 1
      for (category, column) in zip(participants.census, columns) {
        let known = zip(column, raking.weights).filter { $0.0 != nil }
        let sum = known.reduce(0.0) { $0 + $1.1 }
        for value in category.values.indices {
          let share = known.reduce(0.0) { $0 + ($1.0 == value ? $1.1 : 0) } / sum
          #expect(abs(share - Double(category.populations[value]) / 1_000) < 1e-9)
        }
      }
      let naive = cellWise(columns, rounds: raking.rounds + 20)
      for participant in 0..<count { #expect(abs(naive[participant] - raking.weights[participant]) < 1e-6) }
    }
    #expect(converged == 1_000)
  }

  /// The same fitting on the table of crossings (answers and "not known" crossed) instead of on the people.
  private func cellWise(_ columns: [[Int?]], rounds: Int) -> [Double] {
    let shares = [[0.3, 0.5, 0.2], [0.52, 0.48]]
    let cells = zip(columns[0], columns[1]).map { ($0 ?? 3) * 3 + ($1 ?? 2) }
    var factor = [Double](repeating: 1, count: 12)
    func value(_ cell: Int, _ category: Int) -> Int { category == 0 ? cell / 3 : cell % 3 }
    for _ in 0..<rounds {
      for category in 0..<2 {
        let unknown = shares[category].count
        let known = cells.filter { value($0, category) != unknown }
        let total = known.reduce(0) { $0 + factor[$1] }
        let sums = shares[category].indices.map { wanted in known.reduce(0) { $0 + (value($1, category) == wanted ? factor[$1] : 0) } }
        for cell in factor.indices where value(cell, category) != unknown {
          factor[cell] *= shares[category][value(cell, category)] * total / sums[value(cell, category)]
        }
      }
    }
    let mean = cells.reduce(0) { $0 + factor[$1] } / Double(cells.count)
    return cells.map { factor[$0] / mean }
  }

  @Test func `ten people are weighted as the Python package ipfn weights them`() throws {
    let participants = try Participants(
      census: [Self.ages, Self.sexes], answers: [[0, 0, 1, 1, 1, 2, 2, 2, 2, 1], [0, 1, 0, 1, 1, 0, 1, 1, 1, 1]])
    let raking = try Raking.weigh(participants).get()
    // ipfn 1.4.4 on the crossings; it stops at seven figures.
    let expected = [
      2.110_011_14, 0.889_988_86, 2.207_134_90, 0.930_955_03, 0.930_955_03, 0.882_853_96, 0.372_382_01, 0.372_382_01, 0.372_382_01, 0.930_955_03,
    ]
    for (found, expected) in zip(raking.weights, expected) { #expect(abs(found - expected) < 2e-7) }
    #expect(abs(raking.designEffect.factor - 1.391_114) < 1e-5)
    // samplics 0.6.1, TaylorEstimator of the mean with these weights: 0.557952, standard error 0.186850.
    let estimate = try #require(
      ShareEstimate.weighted([true, true, true, false, false, false, false, false, true, false], weights: raking.weights))
    #expect(abs(estimate.share - 0.557_952) < 1e-5)
    #expect(abs(estimate.share - estimate.low - ShareEstimate.z95 * 0.186_850) < 1e-5)
  }

  @Test func `a value that nobody has, or that the census does not know, is named instead of weighted`() throws {
    let census = [CensusCategory(name: "age", values: ["young", "old", "none"], populations: [5, 5, 0]), Self.sexes]
    let participants = try Participants(census: census, answers: [[0, 0, 2], [nil, nil, nil]])
    guard case .failure(let obstacles) = Raking.weigh(participants) else {
      Issue.record("weights where there can be none")
      return
    }
    #expect(
      obstacles.all == [.missingAmongParticipants(category: 0, value: 1), .missingInCensus(category: 0, value: 2), .nobodyKnown(category: 1)])
    #expect(CategoryComparison(participants, category: 0).sizeKeepingAll == nil)
    #expect(CategoryComparison(participants, category: 1).dissimilarity == nil)
    guard case .failure(let empty) = Raking.weigh(try Participants(census: census, answers: [[], []])) else {
      Issue.record("weights of nobody")
      return
    }
    #expect(empty.all == [.noParticipants])
  }

  @Test func `categories that contradict each other are reported, not waited for`() throws {
    // All the young are women and all the others men, but the census wants 30 % and 52 %.
    let participants = try Participants(census: [Self.ages, Self.sexes], answers: [[0, 0, 1, 2], [0, 0, 1, 1]])
    let raking = try Raking.weigh(participants).get()
    #expect(raking.end == .notConverged)
    #expect(raking.rounds == 1_000)
    #expect(raking.largestDeviation > 0.1)
  }

  @Test func `bounds hold weights back, cost less precision, and leave a gap that is reported`() throws {
    let participants = try Participants(census: [Self.ages], answers: [[0] + Array(repeating: 1, count: 9) + Array(repeating: 2, count: 10)])
    var options = Raking.Options()
    let free = try Raking.weigh(participants, options: options).get()
    options.bounds = 0.3...3
    let held = try Raking.weigh(participants, options: options).get()
    #expect(free.end == .converged)
    #expect(abs((free.weights.max() ?? 0) - 6) < 1e-9, "one person in twenty stands for 30 %")
    #expect(held.end == .heldByBounds)
    // The others have 17 of 20, ten to four as the census has them.
    let expected: [Double] = [3] + Array(repeating: 170.0 / 126, count: 9) + Array(repeating: 68.0 / 140, count: 10)
    for (found, weight) in zip(held.weights, expected) { #expect(abs(found - weight) < 1e-9) }
    #expect(abs(held.largestDeviation - 0.15) < 1e-9)
    // Weights whose mean is 1 cannot all be above 2: such bounds are widened to 1.
    options.bounds = 2...3
    #expect(try Raking.weigh(participants, options: options).get().weights.allSatisfy { $0 >= 1 - 1e-12 })
    #expect(held.designEffect.factor < free.designEffect.factor)
    // Kish: 20 · (36 + 9·(10/9)² + 10·0.4²) / 20²
    #expect(abs(free.designEffect.factor - 20 * (36 + 100.0 / 9 + 1.6) / 400) < 1e-9)
    #expect(abs(free.designEffect.effectiveSize * free.designEffect.factor - 20) < 1e-9)
  }

  @Test func `intervals are those of the textbooks`() throws {
    // Wilson for 7 of 10, as statsmodels' proportion_confint(7, 10, method="wilson") gives it.
    let raw = try #require(ShareEstimate.raw(Array(repeating: true, count: 7) + Array(repeating: false, count: 3) + [nil]))
    #expect(abs(raw.low - 0.396_778_1) < 1e-6 && abs(raw.high - 0.892_208_7) < 1e-6)
    #expect(raw.participants == 10)
    // Equal weights: the linearised variance is p(1 − p)/(n − 1).
    let equal = try #require(
      ShareEstimate.weighted(Array(repeating: true, count: 7) + Array(repeating: false, count: 3), weights: Array(repeating: 2, count: 10)))
    #expect(abs((equal.high - equal.low) / 2 - ShareEstimate.z95 * (0.21 / 9).squareRoot()) < 1e-12 || equal.high == 1)
    #expect(equal.method == .linearised)
    let alike = try #require(ShareEstimate.weighted([true, true, true, nil], weights: [1, 1, 4, 9]))
    #expect(alike.method == .wilsonForEffectiveSize)
    #expect(alike.high == 1 && alike.low < 0.55)
    #expect(ShareEstimate.raw([nil, nil]) == nil)
    #expect(ShareEstimate.weighted([true], weights: [0]) == nil)
  }

  @Test func `weights move a result towards those who are missing, side by side with the raw one`() throws {
    let participants = try Self.town()
    let raking = try Raking.weigh(participants).get()
    let answers: [Int?] = [0, 0, 0, 1, 1, 1, 1, 1, 1, nil]
    let rows = SideBySide.compare(answers, optionCount: 2, weights: raking.weights)
    #expect(rows.count == 2)
    let weighted = try #require(rows[0].weighted)
    #expect(weighted.share > rows[0].raw.share, "the young, of whom too few came, are for it")
    #expect(rows[0].raw.low < rows[0].raw.share && rows[0].raw.share < rows[0].raw.high)
    #expect(abs(weighted.share + (rows[1].weighted?.share ?? 0) - 1) < 1e-12)
  }

  @Test func `what cannot be compared is refused by name`() {
    #expect(throws: Participants.Fault.noCategory) { try Participants(census: [], answers: []) }
    #expect(throws: Participants.Fault.noSuchValue(category: "age", participant: 1, value: 3)) {
      try Participants(census: [Self.ages], answers: [[0, 3]])
    }
    #expect(throws: Participants.Fault.columnsDiffer(expected: 2, category: "sex", found: 1)) {
      try Participants(census: [Self.ages, Self.sexes], answers: [[0, 1], [0]])
    }
    #expect(throws: Participants.Fault.emptyCensus(category: "x")) {
      try Participants(census: [CensusCategory(name: "x", values: ["a"], populations: [0])], answers: [[0]])
    }
    #expect(throws: Participants.Fault.populationOutOfRange(category: "x", value: "a")) {
      try Participants(census: [CensusCategory(name: "x", values: ["a"], populations: [.max])], answers: [[0]])
    }
  }
}
