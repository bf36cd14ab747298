import Testing

@testable import SocialChoice

/// The statements that set a group apart, chosen a second time by the words of the method: one list of candidates, asked one after the other.
struct OpinionRepresentativeTests {
  private struct Candidate: Equatable {
    let statement: Int
    let isAgreement: Bool
    let successes: Int
    let trials: Int
    /// (p, z of p, times the others', z of that).
    let figures: [Double]

    /// One in ten is beyond this by chance.
    var isSure: Bool { figures[1] > 1.2816 && figures[3] > 1.2816 }
    var product: Double { figures[2] * figures[3] * figures[0] * figures[1] }
  }

  private func candidate(_ sample: OpinionSecondTests.Sample, _ group: Int, _ statement: Int, _ side: Opinion) -> Candidate {
    let others = (0..<sample.groups).filter { $0 != group }
    let (s, n) = (sample.answers(group, statement, side), sample.answers(group, statement))
    let (t, m) = (others.reduce(0) { $0 + sample.answers($1, statement, side) }, others.reduce(0) { $0 + sample.answers($1, statement) })
    let share = Double(s + 1) / Double(n + 2)
    let z = 2 * Double(n + 1).squareRoot() * (Double(s + 1) / Double(n + 1) - 0.5)
    let (all, chosen) = (Double(n + m + 2), Double(s + t + 2))
    let difference = Double(s + 1) / Double(n + 1) - Double(t + 1) / Double(m + 1)
    let spread = (chosen / all * (1 - chosen / all) * (1 / Double(n + 1) + 1 / Double(m + 1))).squareRoot()
    let ratio = share / (Double(t + 1) / Double(m + 2))
    let figures = [share, z, ratio, s + t == n + m ? 0 : difference / spread]
    return Candidate(statement: statement, isAgreement: side == .agree, successes: s, trials: n, figures: figures)
  }

  private func chosen(_ sample: OpinionSecondTests.Sample, _ group: Int) -> (list: [Candidate], best: Int?) {
    let sides = sample.open.map { (candidate(sample, group, $0, .agree), candidate(sample, group, $0, .disagree)) }
    let clearer = sides.map { $0.0.figures[3] > $0.1.figures[3] ? $0.0 : $0.1 }
    var best: Candidate?
    for (agree, disagree) in sides where agree.successes + disagree.successes > 0 {
      if let now = best {
        // Once something sets the group apart, what does so more and is likelier; before, what is likelier.
        let isBetter =
          now.figures[2] > 1 ? agree.product > now.product : agree.figures[0] * agree.figures[1] > now.figures[0] * now.figures[1]
        if isBetter { best = agree }
      } else if agree.figures[1] > 1.2816 || (agree.figures[2] > 1 && agree.figures[0] > 0.5) {
        best = agree
      }
    }
    let sure = zip(sides, clearer).filter { $0.0.0.isSure || $0.0.1.isSure }.map(\.1)
    var list = sure.filter { $0.statement != best?.statement }
      .sorted { $0.product == $1.product ? $0.statement < $1.statement : $0.product > $1.product }
    list = (best.map { [$0] } ?? []) + list
    if list.isEmpty {
      let answered = zip(sides, clearer).filter { $0.0.0.successes + $0.0.1.successes > 0 }.map(\.1)
      let most = answered.map { $0.figures[3] }.max()
      list = answered.filter { $0.figures[3] == most }
      list = Array(list.prefix(1))
    }
    list = Array(list.prefix(5))
    return (list.filter(\.isAgreement) + list.filter { !$0.isAgreement }, best?.statement)
  }

  @Test func `a thousand small conversations have the statements that the method's words choose`() {
    var scatter = Scatter(seed: 31)
    var (named, best, single) = (0, 0, 0)
    for number in 0..<1_000 {
      let sample = OpinionSecondTests.Sample(&scatter)
      let found = RepresentativeStatement.select(sample.counts, without: sample.isOut)
      for group in 0..<sample.groups {
        let expected = chosen(sample, group)
        let list = found[group].map {
          Candidate(
            statement: $0.statement, isAgreement: $0.side == .agree, successes: $0.successes, trials: $0.trials,
            figures: [$0.probability, $0.probabilityTest, $0.representativeness, $0.representativenessTest])
        }
        #expect(list.map(\.statement) == expected.list.map(\.statement) && list.map(\.isAgreement) == expected.list.map(\.isAgreement), "\(number)")
        for (one, other) in zip(list, expected.list) {
          #expect(one.successes == other.successes && one.trials == other.trials)
          #expect(zip(one.figures, other.figures).allSatisfy { abs($0 - $1) < 1e-9 }, "\(number)")
        }
        #expect(found[group].filter(\.isBestAgreement).map(\.statement) == (expected.best.map { [$0] } ?? []), "\(number)")
        named += list.count
        best += expected.best == nil ? 0 : 1
        single += list.count == 1 ? 1 : 0
      }
    }
    #expect(named > 1_500 && best > 800 && single > 1_000, "\(named) \(best) \(single)")
  }
}
