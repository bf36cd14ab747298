import Testing

@testable import SocialChoice

/// Rules that give each candidate a figure and take the largest: the figures again from the ballots, and all that follows from them.
struct RankingFigureTests {
  private static let cases = 0..<1_000

  /// Winners, ranking, choice, tie and reasons of figures.
  private func expect(_ outcome: RankingOutcome, follows figures: [Rational], _ tieBreak: TieBreak, reasons: Bool = true, _ number: Int) {
    let levels = Set(figures).sorted(by: >).map { figure in figures.indices.filter { figures[$0] == figure } }
    let winners = levels.first ?? []
    let chosen = tieBreak.order(figures.count).first { winners.contains($0) } ?? 0
    #expect(outcome.winners == winners && outcome.ranking == levels && outcome.chosen == [chosen], "case \(number)")
    #expect(outcome.ties == (winners.count > 1 ? [Tie(round: 1, options: winners, chosen: chosen)] : []), "case \(number)")
    #expect(outcome.tiesEnumerated)
    let others = figures.indices.filter { $0 != chosen }
    #expect(outcome.losers.map(\.candidate) == others)
    guard reasons else { return }
    let expected = others.map {
      figures[$0] == figures[chosen] ? LosingReason.Reason.tieBroken(by: chosen) : .fewer(own: figures[$0], than: chosen, with: figures[chosen])
    }
    #expect(outcome.losers.map(\.reason) == expected, "case \(number)")
  }

  @Test func `plurality, borda, copeland and minimax give the figures of their definitions, and what follows from them`() throws {
    var tied = 0
    for number in Self.cases {
      let election = RankingCase(number)
      let naive = RankingNaive(election: election)
      let table = PairwiseTable(try election.profile)
      let tieBreak = TieBreak.ofCase(number)
      let all = Array(0..<election.candidateCount)
      let votes = naive.firstPreferences(all)
      let plurality = try election.profile.plurality(tieBreak: tieBreak)
      #expect(plurality.trace == .scores(all.map { Rational(votes[$0] ?? 0, 60) }))
      expect(plurality, follows: all.map { Rational(votes[$0] ?? 0, 60) }, tieBreak, number)
      let borda = table.borda(tieBreak: tieBreak)
      #expect(borda.trace == .scores(naive.borda().map { Rational($0, 2) }))
      expect(borda, follows: naive.borda().map { Rational($0, 2) }, tieBreak, number)
      let copeland = table.copeland(tieBreak: tieBreak)
      #expect(copeland.trace == .scores(naive.copeland().map { Rational($0) }))
      expect(copeland, follows: naive.copeland().map { Rational($0) }, tieBreak, number)
      for measure in [VictoryStrength.winningVotes, .margins] {
        let outcome = table.minimax(by: measure, tieBreak: tieBreak)
        let worst = naive.minimax(measure)
        #expect(outcome.trace == .worstDefeats(worst))
        expect(outcome, follows: worst.map { Rational(-$0) }, tieBreak, reasons: false, number)
        for loser in outcome.losers {
          if case .worseDefeat(let own, let by, let than, let best) = loser.reason {
            #expect(own == worst[loser.candidate] && naive.strength(by, loser.candidate, measure) == own && own > best)
            #expect(best == worst[than] && [than] == outcome.chosen)
          } else {
            #expect(loser.reason == .tieBroken(by: outcome.chosen[0]) && outcome.winners.contains(loser.candidate))
          }
        }
      }
      tied += copeland.ties.count
    }
    #expect(tied > 150)
  }

  @Test func `approval counts who approves, ballot by ballot`() throws {
    var tied = 0
    for number in Self.cases {
      let election = PointCase(number)
      let tieBreak = TieBreak.ofCase(number)
      let outcome = try election.approvals.approval(tieBreak: tieBreak)
      let figures = election.figures { $0 > 0 ? 1 : 0 }
      #expect(outcome.trace == .scores(figures))
      expect(outcome, follows: figures, tieBreak, number)
      tied += outcome.ties.count
    }
    #expect(tied > 150)
  }

  @Test func `score adds up points, as points and as grades, and grades that say nothing add nothing`() throws {
    var tied = 0
    for number in Self.cases {
      let election = PointCase(number)
      let tieBreak = TieBreak.ofCase(number)
      let figures = election.figures { $0 }
      let outcome = try election.points.score(tieBreak: tieBreak)
      #expect(outcome.trace == .scores(figures))
      expect(outcome, follows: figures, tieBreak, number)
      let (profile, grades) = try election.points.grades()
      expect(profile.score(points: grades, tieBreak: tieBreak), follows: figures, tieBreak, number)
      // A zero becomes a grade without points, a two stands for seven.
      let changed = grades.map { $0 == 0 ? nil : $0 == 2 ? 7 : $0 }
      expect(profile.score(points: changed, tieBreak: tieBreak), follows: election.figures { $0 == 2 ? 7 : $0 }, tieBreak, number)
      tied += outcome.ties.count
    }
    #expect(tied > 150)
  }

  @Test func `quadratic votes are paid by their squares, and ballots that spend too much are named and left out`() throws {
    var (tied, overspent) = (0, 0)
    for number in Self.cases {
      let election = PointCase(number)
      let tieBreak = TieBreak.ofCase(number)
      let credits = 2 + number % 9
      let outcome = try election.points.quadratic(credits: credits, tieBreak: tieBreak)
      let spent = election.ballots.map { $0.points.map { abs($0) }.map { $0 * $0 }.reduce(0, +) }
      var paid = election
      paid.ballots = zip(election.ballots, spent).filter { $0.1 <= credits }.map(\.0)
      expect(outcome, follows: paid.figures { $0 }, tieBreak, number)
      guard case .credits(let count) = outcome.trace else {
        Issue.record("no account of credits")
        return
      }
      #expect(count.votes.map { Rational($0) } == paid.figures { $0 } && count.credits == credits)
      #expect(count.overspent.map { [$0.ballot, $0.spent] } == spent.indices.filter { spent[$0] > credits }.map { [$0, spent[$0]] })
      #expect(count.countedBallots == paid.ballots.reduce(0) { $0 + $1.weight })
      tied += outcome.ties.count
      overspent += count.overspent.count
    }
    #expect(tied > 200 && overspent > 500)
  }
}
