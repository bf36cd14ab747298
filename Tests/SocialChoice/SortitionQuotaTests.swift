import Solvers
import Testing

@testable import ChoiceCommands
@testable import ChoiceFiles
@testable import SocialChoice

struct SortitionQuotaTests {
  /// How far the seats of the best panel lie outside of the quotas, looking at all.
  private static func leastChange(_ pool: SortitionPool) -> Int? {
    var free = pool
    for quota in free.quotas.indices {
      free.quotas[quota].minimum = 0
      free.quotas[quota].maximum = pool.panelSize
    }
    return SortitionCase.subsets(pool.members.count, pool.panelSize).filter(free.accepts).map { panel in
      pool.quotas.indices.reduce(0) { sum, quota in
        let have = panel.count { pool.members[$0].features.contains(quota) }
        return sum + max(0, pool.quotas[quota].minimum - have) + max(0, have - pool.quotas[quota].maximum)
      }
    }.min()
  }

  @Test func `a thousand impossible quotas get the smallest change that works`() throws {
    var random = PublicRandom(seed: "impossible")
    var impossible = 0
    for seed in 76_000..<79_000 where impossible < 1_000 {
      var pool = SortitionCase(seed: seed).pool
      pool.drawQuotas(&random)
      guard let least = Self.leastChange(pool), least > 0 else { continue }
      impossible += 1
      do {
        _ = try SeatLottery(pool, method: .leximin, size: 10, seed: "", solver: CoinSolver())
        Issue.record("case \(seed) was thought possible")
      } catch SortitionFault.quotas(let relaxation) {
        #expect(relaxation.seats == least, "case \(seed)")
        #expect(Self.leastChange(relaxation.applied(to: pool)) == 0)
      }
    }
    #expect(impossible == 1_000)
  }

  @Test func `too few people are too few, whatever the quotas`() throws {
    let pool = SortitionPool(
      members: [PoolMember(features: [0], household: 1), PoolMember(features: [0], household: 1)],
      quotas: [Quota(category: "c", feature: "f", minimum: 0, maximum: 2)], panelSize: 2)
    #expect(throws: SortitionFault.seats) { try SeatLottery(pool, method: .leximin, size: 10, seed: "", solver: CoinSolver()) }
  }

  /// A solver whose time ends: with what it has found, or with nothing.
  private struct Impatient: LinearSolver {
    let findsNothing: Bool
    func keep(_ program: LinearProgram) -> any WarmProgram { CoinSolver().keep(program) }
    func wholeNumbers(_ program: LinearProgram, nodes: Int) throws(SolverFault) -> IntegerSolution {
      let best = try CoinSolver().wholeNumbers(program, nodes: nodes)
      if findsNothing { throw .stopped }
      return IntegerSolution(values: best.values, objective: best.objective, bound: min(0, best.objective + 1.5))
    }
  }

  @Test func `a change of quotas that the solver gave up before it was proven smallest is not called so`() throws {
    // Four seats for the young, of whom there are two; none for the old: two seats less, two more.
    let quotas = [Quota(category: "age", feature: "young", minimum: 4, maximum: 4), Quota(category: "age", feature: "old", minimum: 0, maximum: 0)]
    let pool = SortitionPool(members: [0, 0, 1, 1, 1].map { PoolMember(features: [$0]) }, quotas: quotas, panelSize: 4)
    let proven = try QuotaRelaxation(TypedPool(pool), solver: CoinSolver())
    #expect(proven.seats == 4 && proven.atLeast == 4 && proven.isProvenSmallest)
    let found = try QuotaRelaxation(TypedPool(pool), solver: Impatient(findsNothing: false))
    #expect(found.seats == 4 && found.atLeast == 3 && !found.isProvenSmallest)
    #expect(throws: SortitionFault.solver) {
      try SeatLottery(pool, method: .leximin, size: 10, seed: "", solver: Impatient(findsNothing: true))
    }
    for (relaxation, isProven) in [(proven, true), (found, false)] {
      var answer = DrawAnswer()
      answer.relaxation = relaxation.changes.map { DrawAnswer.Change($0, of: quotas[$0.quota]) }
      answer.relaxationSize = DrawAnswer.ChangeSize(relaxation)
      #expect(DrawReport.relaxation(answer)["relaxation_proven_smallest"] as? Bool == isProven)
      #expect(DrawReport.relaxation(answer)["relaxation_at_least"] as? Int == relaxation.atLeast)
      let words = DrawReport.words(failure: "no panel", answer)
      #expect(words.contains("smallest change") == isProven && words.contains("not proven smallest") == !isProven)
    }
  }

  @Test func `who withdraws is replaced by someone of the same type, quotas kept`() throws {
    let pool = MadePool.hard(count: 300, seats: 30, categories: 4, seed: "withdrawals")
    let lottery = try SeatLottery(pool, method: .leximin, size: 100, seed: "s", solver: CoinSolver())
    var ofSameType = 0
    for panel in lottery.panels.prefix(20) {
      let leaving = Array(panel.prefix(3))
      let result = Replacement.replace(lottery.typed, panel: panel, withdrawn: leaving, seed: "s")
      for (left, joined) in result.replacements where lottery.typed.typeOfMember[left] == lottery.typed.typeOfMember[joined] { ofSameType += 1 }
      #expect(Set(result.panel).isDisjoint(with: leaving))
      if result.vacant.isEmpty { #expect(pool.accepts(result.panel)) } else { #expect(result.panel.count == 30 - result.vacant.count) }
    }
    #expect(ofSameType > 5)
  }

  private static func read(_ pool: String, _ quotas: String, household: [String] = []) throws -> SortitionFiles {
    try SortitionFiles(
      pool: Array(pool.utf8), poolName: "pool.csv", quotas: Array(quotas.utf8), quotasName: "quotas.csv", panelSize: 5, household: household)
  }

  @Test func `files of the field's programs are read as they come`() throws {
    let files = try Self.read(
      "\u{FEFF}id;Name;age;gender;address\r\n1;\"Dupont; Anne\";16-29;Woman;a\r\n2;Bo;30+;man;A\r\n3;Cy;30+;man;\r\n",
      "category,name,max,min,min_flex,max_flex\nage,16-29,3,1,0,4\nage,30+,,\"2\",0,4\ngender,woman,4,1.0,0,4\ngender,man,4,1,0,4\n",
      household: ["address"])
    #expect(files.members.map(\.features) == [[0, 2], [1, 3], [1, 3]])
    #expect(files.members.map(\.household) == [0, 0, nil])
    #expect(files.quotas[1] == Quota(category: "age", feature: "30+", minimum: 2, maximum: 5))
    #expect(files.lines == [2, 3, 4])
    // A feature in other letters; no maximum.
    #expect(files.remarks.map(\.line) == [nil, 3])
  }

  @Test(arguments: [
    ("gender\nwoman\nx\n", "category,feature,min,max\ngender,woman,1,2\n", "pool.csv, line 3: “x” is not one of the features of “gender”: woman"),
    ("sex\nwoman\n", "category,feature,min,max\ngender,woman,1,2\n", "pool.csv, line 1: there is no column “gender”; there are: sex"),
    ("gender\nwoman\n", "category,feature,min,max\ngender,woman,3,2\n", "quotas.csv, line 2: the minimum 3 is above the maximum 2"),
    ("gender\nwoman\n", "category,feature,min,max\ngender,woman,nan,2\n", "quotas.csv, line 2: “nan” is no number of seats"),
    ("gender\nwoman\n", "category,feature,min,max\ngender,woman,1,2\ngender,woman,1,2\n", "quotas.csv, line 3: “woman” of “gender” stands twice"),
    ("gender\n", "category,feature,min,max\ngender,woman,1,2\n", "pool.csv: there is nobody in the pool"),
  ]) func `what is malformed is refused with line and reason`(pool: String, quotas: String, reason: String) {
    #expect { try Self.read(pool, quotas) } throws: { "\($0)" == reason }
  }
}
