/// A statement that sets a group apart, as Polis finds it: more of the group than chance allows take this side, and more than in the other groups.
package struct RepresentativeStatement: Sendable, Hashable {
  /// What the group answers more often than others.
  package enum Side: String, Sendable { case agree, disagree }

  package let statement: Int
  package let side: Side
  /// Members who take that side, and members who answered (pass, too).
  package let successes: Int
  package let trials: Int
  /// (successes + 1) ÷ (trials + 2).
  package let probability: Double
  /// z of the test that most of the group take that side: 2 √(n+1) ((s+1)/(n+1) − ½).
  package let probabilityTest: Double
  /// How many times the probability of the other groups together.
  package let representativeness: Double
  /// z of the test that the group's proportion is above that of the others (two proportions, pooled, each count with one more).
  package let representativenessTest: Double
  /// True for the statement that the group agrees with most clearly: it stands first even if a disagreement is more telling.
  package let isBestAgreement: Bool

  /// One-sided, at 90 %.
  static let significance = 1.2816

  var metric: Double { representativeness * representativenessTest * probability * probabilityTest }

  /// z that more than half succeed.
  static func probabilityTest(_ successes: Int, of trials: Int) -> Double {
    let n = Double(trials + 1)
    return 2 * n.squareRoot() * (Double(successes + 1) / n - 0.5)
  }

  /// z that the first proportion is the greater; 0 where all succeed.
  static func twoProportionTest(_ one: Int, of oneTrials: Int, _ other: Int, of otherTrials: Int) -> Double {
    let n1 = Double(oneTrials + 1)
    let n2 = Double(otherTrials + 1)
    let p1 = Double(one + 1) / n1
    let p2 = Double(other + 1) / n2
    let pooled = Double(one + other + 2) / (n1 + n2)
    if pooled >= 1 { return 0 }
    return (p1 - p2) / (pooled * (1 - pooled) * (1 / n1 + 1 / n2)).squareRoot()
  }

  /// For each group at most five statements, agreements before disagreements, each by how telling they are. O(groups × statements).
  ///
  /// - Parameter counts: `[group][statement]`.
  package static func select(_ counts: [[OpinionCount]], without isOut: [Bool]) -> [[RepresentativeStatement]] {
    counts.indices.map { group in
      let both = isOut.indices.filter { !isOut[$0] }.map { statement in
        let others = counts.indices.filter { $0 != group }.reduce(OpinionCount()) { $0 + counts[$1][statement] }
        return Sides(statement, counts[group][statement], others)
      }
      return choose(both)
    }
  }

  /// Both sides of one statement, seen from one group.
  private struct Sides {
    let agree: RepresentativeStatement
    let disagree: RepresentativeStatement

    init(_ statement: Int, _ own: OpinionCount, _ others: OpinionCount) {
      func side(_ side: Side, _ successes: Int, _ elsewhere: Int) -> RepresentativeStatement {
        let probability = Double(successes + 1) / Double(own.total + 2)
        return RepresentativeStatement(
          statement: statement, side: side, successes: successes, trials: own.total, probability: probability,
          probabilityTest: probabilityTest(successes, of: own.total),
          representativeness: probability / (Double(elsewhere + 1) / Double(others.total + 2)),
          representativenessTest: twoProportionTest(successes, of: own.total, elsewhere, of: others.total), isBestAgreement: false)
      }
      agree = side(.agree, own.agree, others.agree)
      disagree = side(.disagree, own.disagree, others.disagree)
    }

    var telling: RepresentativeStatement { agree.representativenessTest > disagree.representativenessTest ? agree : disagree }
    var isTelling: Bool { agree.isSignificant || disagree.isSignificant }
    var hasSides: Bool { agree.successes + disagree.successes > 0 }
  }

  private var isSignificant: Bool { representativenessTest > Self.significance && probabilityTest > Self.significance }

  private static func choose(_ statements: [Sides]) -> [RepresentativeStatement] {
    let telling = statements.filter(\.isTelling).map(\.telling)
    guard let agreement = bestAgreement(statements) else {
      if telling.isEmpty {
        let answered = statements.filter(\.hasSides).map(\.telling)
        return answered.max { $0.representativenessTest < $1.representativenessTest }.map { [$0] } ?? []
      }
      return inOrder(Array(sorted(telling).prefix(5)))
    }
    return inOrder([agreement] + sorted(telling.filter { $0.statement != agreement.statement }).prefix(4))
  }

  private static func sorted(_ statements: [RepresentativeStatement]) -> [RepresentativeStatement] {
    statements.sorted { (-$0.metric, $0.statement) < (-$1.metric, $1.statement) }
  }

  private static func inOrder(_ statements: [RepresentativeStatement]) -> [RepresentativeStatement] {
    statements.filter { $0.side == .agree } + statements.filter { $0.side == .disagree }
  }

  /// What the group agrees with most clearly: once something sets it apart, by what sets it apart and is likely; before, by what is likely.
  private static func bestAgreement(_ statements: [Sides]) -> RepresentativeStatement? {
    var best: RepresentativeStatement?
    for sides in statements where sides.hasSides {
      let agree = sides.agree
      let isBetter =
        if let best, best.representativeness > 1 {
          agree.metric > best.metric
        } else if let best {
          agree.probability * agree.probabilityTest > best.probability * best.probabilityTest
        } else {
          agree.probabilityTest > significance || (agree.representativeness > 1 && agree.probability > 0.5)
        }
      if isBetter { best = agree }
    }
    return best.map {
      RepresentativeStatement(
        statement: $0.statement, side: .agree, successes: $0.successes, trials: $0.trials, probability: $0.probability,
        probabilityTest: $0.probabilityTest,
        representativeness: $0.representativeness, representativenessTest: $0.representativenessTest, isBestAgreement: true)
    }
  }
}
