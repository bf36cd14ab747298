import Testing

@testable import SocialChoice

/// Statements and groups counted a second time, answer by answer.
struct OpinionSecondTests {
  /// A small conversation: who answered what, many cells empty, everybody in a group by chance.
  struct Sample {
    let people: Int
    let statements: Int
    let groups: Int
    let votes: [OpinionVote]
    let groupOf: [Int?]
    let isOut: [Bool]

    init(_ scatter: inout Scatter) {
      people = 2 + scatter.below(14)
      statements = 1 + scatter.below(8)
      groups = 1 + scatter.below(3)
      votes = OpinionSamples.random(&scatter, people: people, statements: statements, share: 1 + scatter.below(3))
      var (groupOf, isOut) = ([Int?](), [Bool]())
      for _ in 0..<people { groupOf.append(scatter.below(8) == 0 ? nil : scatter.below(groups)) }
      for _ in 0..<statements { isOut.append(scatter.below(8) == 0) }
      (self.groupOf, self.isOut) = (groupOf, isOut)
    }

    var counts: [[OpinionCount]] { OpinionMatrix(votes, participants: people, statements: statements).counts(groups: groups, of: groupOf) }

    /// How many of a group answered a statement so; any answer if nil.
    func answers(_ group: Int, _ statement: Int, _ opinion: Opinion? = nil) -> Int {
      votes.count { groupOf[Int($0.participant)] == group && $0.statement == statement && (opinion == nil || $0.opinion == opinion) }
    }

    var open: [Int] { (0..<statements).filter { !isOut[$0] } }
  }

  @Test func `group-informed consensus, floors and divisiveness of a thousand small conversations are what answers and pairs of people give`() {
    var scatter = Scatter(seed: 21)
    var equal = 0
    for number in 0..<1_000 {
      let sample = Sample(&scatter)
      let found = StatementConsensus.all(sample.counts, without: sample.isOut)
      let groups = 0..<sample.groups
      func informed(_ statement: Int) -> Fraction {
        groups.reduce(Fraction(1)) { $0 * Fraction(sample.answers($1, statement, .agree) + 1, sample.answers($1, statement) + 2) }
      }
      let values = sample.open.map(informed)
      let order = sample.open.indices.sorted { values[$0] == values[$1] ? $0 < $1 : values[$0] > values[$1] }.map { sample.open[$0] }
      #expect(found.map(\.statement) == order, "\(number)")
      equal += Set(values).count < values.count ? 1 : 0
      for consensus in found {
        let statement = consensus.statement
        #expect(abs(consensus.groupInformed - informed(statement).rational.approximate) < 1e-12)
        #expect(consensus.count.agree == groups.reduce(0) { $0 + sample.answers($1, statement, .agree) })
        let floors = groups.map { group in
          Self.floor(
            agree: sample.answers(group, statement, .agree), pass: sample.answers(group, statement, .pass), of: sample.answers(group, statement))
        }
        #expect(abs(consensus.agreementFloor - (floors.min() ?? 0)) < 1e-9, "\(number)")
        #expect(abs(floors[consensus.leastAgreeing] - (floors.min() ?? 0)) < 1e-9)
        let sides = groups.map { group in Self.sides(sample, group, statement) }
        let between = groups.flatMap { one in (one + 1..<max(sample.groups, one + 1)).map { Self.opposite(sides[one], sides[$0]) } }
        let within = groups.map { Self.opposite(sides[$0], sides[$0]) }
        #expect(abs(consensus.divisiveness - Self.mean(between)) < 1e-12, "\(number)")
        #expect(abs(consensus.innerDivisiveness - Self.mean(within)) < 1e-12, "\(number)")
      }
    }
    #expect(equal > 300, "\(equal)")
  }

  /// The group's sides, each answer as one of −1, 0 and 1, and one imagined person for each.
  private static func sides(_ sample: Sample, _ group: Int, _ statement: Int) -> [Int] {
    [-1, 0, 1] + sample.votes.filter { sample.groupOf[Int($0.participant)] == group && $0.statement == statement }.map { Int($0.opinion.rawValue) }
  }

  /// How often one of these and one of those, drawn apart, stand on opposite sides.
  private static func opposite(_ one: [Int], _ other: [Int]) -> Double {
    let pairs = one.reduce(0) { sum, side in sum + other.count { $0 * side == -1 } }
    return Double(pairs) / Double(one.count * other.count)
  }

  private static func mean(_ values: [Double]) -> Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }

  /// The share p from which what was seen is one-sidedly 95 % off: (seen − p) = z · √(p (1 − p) / n), sought by halving.
  private static func floor(agree: Int, pass: Int, of total: Int) -> Double {
    guard total > 0 else { return 0 }
    let seen = (Double(agree) + Double(pass) / 2) / Double(total)
    var (low, high) = (0.0, seen)
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if seen - middle > 1.6448536269514722 * (middle * (1 - middle) / Double(total)).squareRoot() { low = middle } else { high = middle }
    }
    return low
  }

  @Test func `agreement instead of anything else lowers neither consensus nor floor, and exchanging the sides exchanges nothing of divisiveness`() {
    var scatter = Scatter(seed: 22)
    for _ in 0..<1_000 {
      var counts = (0..<1 + scatter.below(3)).map { _ in OpinionCount(agree: scatter.below(5), disagree: scatter.below(5), pass: scatter.below(3)) }
      let before = StatementConsensus(0, counts)
      let mirrored = StatementConsensus(0, counts.map { OpinionCount(agree: $0.disagree, disagree: $0.agree, pass: $0.pass) })
      #expect(abs(mirrored.divisiveness - before.divisiveness) < 1e-15 && abs(mirrored.innerDivisiveness - before.innerDivisiveness) < 1e-15)
      let reversed = StatementConsensus(0, counts.reversed())
      #expect(abs(reversed.groupInformed - before.groupInformed) < 1e-15 && reversed.agreementFloor == before.agreementFloor)
      let group = scatter.below(counts.count)
      guard counts[group].disagree > 0 else { continue }
      counts[group] = OpinionCount(agree: counts[group].agree + 1, disagree: counts[group].disagree - 1, pass: counts[group].pass)
      let after = StatementConsensus(0, counts)
      #expect(after.groupInformed > before.groupInformed && after.agreementFloor >= before.agreementFloor)
    }
  }

  @Test func `the adjusted Rand index is what counting all pairs gives, on a thousand pairs of groupings`() {
    var scatter = Scatter(seed: 23)
    for _ in 0..<1_000 {
      let count = 2 + scatter.below(12)
      var (one, other) = ([Int](), [Int]())
      for _ in 0..<count {
        one.append(scatter.below(4))
        other.append(scatter.below(3))
      }
      var (both, first, second, pairs) = (0, 0, 0, 0)
      for left in 0..<count {
        for right in 0..<left {
          let (a, b) = (one[left] == one[right], other[left] == other[right])
          both += a && b ? 1 : 0
          first += a ? 1 : 0
          second += b ? 1 : 0
          pairs += 1
        }
      }
      let expected = Fraction(first * second, pairs)
      let most = Fraction(first + second, 2)
      let index = most == expected ? Fraction(1) : (Fraction(both) - expected) / (most - expected)
      #expect(abs(RandIndex.adjusted(one, other) - index.rational.approximate) < 1e-12)
      #expect(RandIndex.adjusted(one, one) == 1)
      #expect(RandIndex.adjusted(one.map { UInt8($0) }, other.map { UInt8($0) }, groups: 4 + count % 3) == RandIndex.adjusted(one, other))
    }
  }

  @Test func `who draws a map, where people stand and what groups answered, person by person`() {
    var scatter = Scatter(seed: 24)
    var options = OpinionMap.Options()
    options.orders = 3
    for number in 0..<1_000 {
      let people = 1 + scatter.below(50)
      let statements = 1 + scatter.below(12)
      // Half of the conversations are full but for a quarter of the cells: there seven answers are many people's.
      let share = scatter.below(2) == 0 ? 1 : 2 + scatter.below(3)
      let all = OpinionSamples.random(&scatter, people: people, statements: statements, share: share)
      let votes = all.filter { _ in share > 1 || scatter.below(4) > 0 }
      let isOut = (0..<statements).map { _ in scatter.below(8) == 0 }
      let map = OpinionMap(OpinionMatrix(votes, participants: people, statements: statements), leavingOut: isOut, options: options)
      let answers = (0..<people).map { person in votes.count { $0.participant == person } }
      let alive = (0..<statements).filter { statement in votes.contains { $0.statement == statement } }
      let byBusiness = (0..<people).sorted { answers[$0] == answers[$1] ? $0 < $1 : answers[$0] > answers[$1] }
      let busy = Set(byBusiness.prefix(15).filter { answers[$0] > 0 })
      let enough = Set((0..<people).filter { answers[$0] > 0 && answers[$0] >= min(7, alive.count) })
      #expect(Set(map.drawsMap.indices.filter { map.drawsMap[$0] }) == (enough.count >= 15 ? enough : busy.union(enough)), "\(number)")
      for person in 0..<people {
        var place = (0.0, 0.0)
        var counted = alive.count { isOut[$0] }
        for vote in votes where vote.participant == person && !isOut[Int(vote.statement)] {
          let all = votes.filter { $0.statement == vote.statement }.map { Double($0.opinion.rawValue) }
          let difference = Double(vote.opinion.rawValue) - Self.mean(all)
          place.0 += difference * map.axes.weights[0][Int(vote.statement)]
          place.1 += difference * map.axes.weights[1][Int(vote.statement)]
          counted += 1
        }
        let stretch = (Double(alive.count) / Double(max(counted, 1))).squareRoot()
        #expect(abs(map.positions[person].x - place.0 * stretch) < 1e-6 && abs(map.positions[person].y - place.1 * stretch) < 1e-6, "\(number)")
      }
      for group in map.sizes.indices {
        let members = (0..<people).filter { map.groupOf[$0] == group && map.drawsMap[$0] }
        #expect(map.sizes[group] == members.count)
        for statement in 0..<statements {
          let values = votes.filter { members.contains(Int($0.participant)) && $0.statement == statement }.map(\.opinion)
          let count = map.counts[group][statement]
          #expect([count.agree, count.pass, count.disagree] == [Opinion.agree, .pass, .disagree].map { side in values.count { $0 == side } })
        }
      }
    }
  }
}
