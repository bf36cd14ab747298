import Testing

@testable import SocialChoice

/// Which of many choices that are worth as much is taken, and what is told of the others.
struct WelfareTieTests {
  /// Twelve projects, most of them alike.
  private static func town(_ number: Int) throws -> BudgetElection {
    var random = PublicRandom(seed: "many optima \(number)")
    let ids = random.shuffled((1...12).map(String.init))
    let kinds = (0..<3).map { _ in (cost: 1 + random.below(4), people: 1 + random.below(4)) }
    let kind = (0..<12).map { _ in random.below(10) < 6 ? 0 : random.below(3) }
    let projects = (0..<12).map { BudgetProject(id: ids[$0], cost: kinds[kind[$0]].cost) }
    var ballots = BudgetBallots(kind: .approval)
    for project in 0..<12 { ballots.append([Int32(project)], weight: kinds[kind[project]].people) }
    let total = projects.reduce(0) { $0 + $1.cost }
    let conflicts = number % 3 == 0 ? [[0, 1], [2, 3, 4]] : []
    return try BudgetElection(projects: projects, budget: total / 2 + random.below(4), ballots: ballots, conflicts: conflicts)
  }

  /// All best choices.
  private static func best(_ election: BudgetElection) -> [[Int]] {
    let people = election.ballots.weights
    var (most, best): (Int, [[Int]]) = (0, [])
    for set in 0..<4_096 {
      var (cost, value) = (0, 0)
      for project in 0..<12 where set >> project & 1 == 1 { (cost, value) = (cost + election.projects[project].cost, value + people[project]) }
      if cost > election.budget || value < most { continue }
      let chosen = (0..<12).filter { set >> $0 & 1 == 1 }
      if election.conflicts.contains(where: { group in chosen.count(where: group.contains) > 1 }) { continue }
      (most, best) = (value, value > most ? [chosen] : best + [chosen])
    }
    return best
  }

  private static func first(_ best: [[Int]], _ election: BudgetElection, _ tieBreak: TieBreak) -> [Int] {
    let order = NaiveBudgets(election, tieBreak).order
    func places(_ choice: [Int]) -> [Int] { order.indices.filter { choice.contains(order[$0]) } }
    return best.min { places($0).lexicographicallyPrecedes(places($1)) } ?? []
  }

  @Test func `of more than 64 best choices the one is taken that the tie-break puts first, and each project is told the truth`() throws {
    var (many, conflicts) = (0, 0)
    for number in 0..<250 {
      let election = try Self.town(number)
      let best = Self.best(election)
      let tieBreak = [TieBreak.lexicographic, .cheapest, .seeded("108")][number % 3]
      let outcome = try BudgetTally(tieBreak: tieBreak).count(election, .maximumWelfare(.cardinality))
      #expect(outcome.winners.sorted() == Self.first(best, election, tieBreak), "\(number)")
      #expect(outcome.tieBreakDecided && outcome.tiesEnumerated)
      let some = Set(best.joined())
      let open = some.filter { project in !best.allSatisfy { $0.contains(project) } }
      #expect(outcome.ties.map(\.options) == (open.isEmpty ? [] : [open.sorted()]), "\(number)")
      for loss in outcome.losers {
        switch loss.reason {
        case .tied: #expect(some.contains(loss.project))
        case .belowOptimum: #expect(!some.contains(loss.project))
        case .conflict:
          conflicts += 1
          #expect(!some.contains(loss.project))
        default: break
        }
      }
      #expect(outcome.certificate?.isValid(for: election, .cardinality) == true)
      many += best.count > 64 ? 1 : 0
    }
    #expect(many > 100 && conflicts > 10, "\(many) \(conflicts)")
  }

  @Test func `where the work limit ends the search for the first of them, nothing is claimed that is not so`() throws {
    var (undecided, open, unsure, decided) = (0, 0, 0, 0)
    for number in 0..<2_000 {
      let election = try Self.town(number)
      let best = Self.best(election)
      let outcome = try BudgetTally(workLimit: 26 + number % 20).count(election, .maximumWelfare(.cardinality))
      guard let certificate = outcome.certificate, certificate.isOptimal else {
        #expect(!outcome.tieBreakDecided && !outcome.tiesEnumerated)
        continue
      }
      #expect(best.contains(outcome.winners.sorted()), "\(number)")
      let some = Set(best.joined())
      if outcome.tieBreakDecided {
        decided += 1
        #expect(outcome.winners.sorted() == Self.first(best, election, .lexicographic), "\(number)")
      } else {
        undecided += 1
      }
      for loss in outcome.losers {
        switch loss.reason {
        case .tied: #expect(outcome.tieBreakDecided && some.contains(loss.project), "\(number)")
        case .tiedOpen:
          open += 1
          #expect(!outcome.tieBreakDecided && some.contains(loss.project), "\(number)")
        case .perhapsTied:
          unsure += 1
          #expect(!outcome.tiesEnumerated, "\(number)")
        case .belowOptimum: #expect(!some.contains(loss.project), "\(number)")
        default: break
        }
      }
    }
    #expect(undecided > 10 && open > 10 && unsure > 10 && decided > 100, "\(undecided) \(open) \(unsure) \(decided)")
  }

  @Test func `of 1,716 and as many best choices the one with the first project is taken`() throws {
    let costs = (1...13).map { "g\($0 < 10 ? "0" : "")\($0)" }
    let line = "63; p=2 a=3 \(costs.map { "\($0)=10" }.joined(separator: " ")); 3× p; 3× a; " + costs.map { "5× \($0)" }.joined(separator: "; ")
    let town = try BudgetCases.town(line)
    let outcome = try BudgetTally().count(town, .maximumWelfare(.cardinality))
    #expect(Set(BudgetCases.ids(town, outcome)) == ["a", "g01", "g02", "g03", "g04", "g05", "g06"])
    #expect(outcome.tieBreakDecided && outcome.tiesEnumerated)
    #expect(outcome.ties.first?.options.count == 15)
    #expect(outcome.losers.allSatisfy { $0.reason == .tied })
  }
}
