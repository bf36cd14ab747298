import Testing

@testable import SocialChoice

struct OpinionStatementTests {
  @Test func `the two tests are those of a table worked by hand`() {
    // 8 of 10: 2 √11 (9/11 − 1/2) = 2.1106; 8 of 10 against 3 of 12: 9/11 − 4/13 = 73/143, variance 13/24 · 11/24 · (1/11 + 1/13) = 1/24.
    #expect(abs(RepresentativeStatement.probabilityTest(8, of: 10) - 2.110_579) < 1e-5)
    #expect(abs(RepresentativeStatement.twoProportionTest(8, of: 10, 3, of: 12) - 73.0 / 143 * 24.0.squareRoot()) < 1e-12)
    #expect(RepresentativeStatement.twoProportionTest(4, of: 4, 5, of: 5) == 0)
  }

  @Test func `what sets a group apart is what it holds and others do not`() {
    // Statement 0 divides, 1 is agreed by all, 2 is refused by the second group alone, 3 was not answered.
    let first = [OpinionCount(agree: 18, disagree: 2), OpinionCount(agree: 20), OpinionCount(agree: 9, disagree: 9, pass: 2), OpinionCount()]
    let second = [OpinionCount(agree: 1, disagree: 19), OpinionCount(agree: 19, disagree: 1), OpinionCount(agree: 1, disagree: 19), OpinionCount()]
    let found = RepresentativeStatement.select([first, second], without: [false, false, false, false])
    #expect(found[0].first?.statement == 0 && found[0].first?.side == .agree && found[0].first?.isBestAgreement == true)
    #expect(found[1].map(\.statement) == [1, 0, 2])
    #expect(found[1].map(\.side) == [.agree, .disagree, .disagree])
    #expect(found[1][1].successes == 19 && found[1][1].trials == 20)
    #expect(abs(found[1][1].probability - 20.0 / 22) < 1e-12)
    #expect(abs(found[1][1].representativeness - (20.0 / 22) / (3.0 / 22)) < 1e-12)
  }

  @Test func `statements left out are not named, and at most five are, agreements first`() {
    var scatter = Scatter(seed: 1)
    for _ in 0..<1_000 {
      let counts = (0..<3).map { _ in
        (0..<12).map { _ in OpinionCount(agree: scatter.below(12), disagree: scatter.below(12), pass: scatter.below(3)) }
      }
      let isOut = (0..<12).map { _ in scatter.below(4) == 0 }
      for statements in RepresentativeStatement.select(counts, without: isOut) {
        #expect(statements.count <= 5)
        #expect(statements.allSatisfy { !isOut[$0.statement] })
        #expect(Set(statements.map(\.statement)).count == statements.count)
        #expect(statements.map { $0.side == .agree ? 0 : 1 } == statements.map { $0.side == .agree ? 0 : 1 }.sorted())
        for statement in statements where !statement.isBestAgreement && statements.count > 2 {
          #expect(statement.probabilityTest > 1.2816 && statement.representativenessTest > 1.2816)
        }
      }
    }
  }

  @Test func `the bound of agreement has its documented values, grows with agreement and with the number of the asked`() {
    #expect(abs(StatementConsensus.lowerBound(OpinionCount(agree: 20)) - 0.880_8) < 1e-3)
    #expect(abs(StatementConsensus.lowerBound(OpinionCount(agree: 10, pass: 10)) - 0.567_8) < 1e-3)
    #expect(StatementConsensus.lowerBound(OpinionCount()) == 0)
    for total in 1...30 {
      for agree in 0..<total {
        let less = StatementConsensus.lowerBound(OpinionCount(agree: agree, disagree: total - agree))
        let passing = StatementConsensus.lowerBound(OpinionCount(agree: agree, disagree: total - agree - 1, pass: 1))
        let more = StatementConsensus.lowerBound(OpinionCount(agree: agree + 1, disagree: total - agree - 1))
        #expect(less < passing && passing < more)
        #expect(less <= Double(agree) / Double(total))
        #expect(StatementConsensus.lowerBound(OpinionCount(agree: 2 * agree, disagree: 2 * (total - agree))) >= less)
      }
    }
  }

  @Test func `a consensus that sees disagreement tells a group that passes from a group that is against`() {
    let agreeing = OpinionCount(agree: 30)
    let passing = StatementConsensus(0, [agreeing, OpinionCount(agree: 10, pass: 10)])
    let against = StatementConsensus(0, [agreeing, OpinionCount(agree: 10, disagree: 10)])
    #expect(passing.groupInformed == against.groupInformed)
    #expect(passing.agreementFloor > against.agreementFloor)
    #expect(passing.leastAgreeing == 1)
    #expect(passing.divisiveness < against.divisiveness)
  }

  @Test func `divisiveness is the chance to meet the other side between groups, and inner divisiveness within them`() {
    let alongGroups = StatementConsensus(0, [OpinionCount(agree: 97), OpinionCount(disagree: 97)])
    #expect(abs(alongGroups.divisiveness - (0.98 * 0.98 + 0.01 * 0.01)) < 1e-12)
    #expect(alongGroups.innerDivisiveness < 0.02)
    let within = StatementConsensus(0, [OpinionCount(agree: 50, disagree: 50), OpinionCount(agree: 50, disagree: 50)])
    #expect(within.innerDivisiveness > 0.48 && within.divisiveness > 0.48)
    #expect(StatementConsensus(0, [OpinionCount(agree: 5, disagree: 5)]).divisiveness == 0)
  }

  @Test func `group-informed consensus is the product of shares, the highest first`() {
    let counts = [[OpinionCount(agree: 8, disagree: 2), OpinionCount(agree: 10)], [OpinionCount(agree: 3, pass: 1), OpinionCount(agree: 4)]]
    let all = StatementConsensus.all(counts, without: [false, false])
    #expect(all.map(\.statement) == [1, 0])
    #expect(abs(all[1].groupInformed - 9.0 / 12 * 4.0 / 6) < 1e-12)
  }
}
