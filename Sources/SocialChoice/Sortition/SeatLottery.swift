/// How chances are shared out.
package enum SortitionMethod: String, Sendable, Hashable, CaseIterable {
  /// Greedy, as before 2021: see ``LegacyDraw``.
  case legacy
  /// The smallest chance is as large as can be; nothing is said of the others.
  case maximin
  /// The smallest chance is as large as can be, then the second smallest, and so on.
  case leximin
}

/// Why there is no lottery.
package enum SortitionFault: Error, Sendable, Hashable {
  /// No panel keeps the quotas; with these changes one does.
  case quotas(QuotaRelaxation)
  /// No quotas would help: there are too few people, or too few households, for the seats.
  case seats
  /// The greedy draw failed this often; it may be that no panel keeps the quotas, it may be that they are too hard for it.
  case attempts(Int)
  /// The solver gave up.
  case solver
}

/// So many panels, numbered, each as likely as each other: throw a number in public, and the panel is drawn.
///
/// The lottery is the published result: each person's chance is the number of panels they sit in, over the number of panels, a whole number that
/// anyone can
/// count. Solvers help to find it, and their last bits may differ between machines; the lottery, once written down, does not.
package struct SeatLottery: Sendable {
  package let method: SortitionMethod
  /// The pool that was drawn from, and its types.
  package let typed: TypedPool
  /// The panels by their numbers less one, each as numbers of the pool, ascending. A panel may come several times.
  package let panels: [[Int]]
  /// For each member of the pool the panels they sit in.
  package let seats: [Int]
  /// What the polytope of the quotas allows, with its proofs; nil for the legacy draw.
  package let ideal: RelaxedLeximin?
  /// For each stage of ``ideal`` the exact bound on its smallest chance.
  package let bounds: [Rational]
  /// For each type the chance aimed at: the ideal one, or, where panels cannot give it, what the leximin over panels gives.
  package let aims: [Double]
  /// Whether the aims were lowered by what panels keep beside the quotas, because the polytope promises too much. By the solver's word no lottery gives more.
  package let usedPanels: Bool

  /// The smallest chance in the pool, as panels out of all panels.
  package var minimum: Int { seats.min() ?? 0 }

  /// By how much, at most, a person's chance lies below the exact bound of their stage; nil where there is no bound. From 0.
  package var gap: Rational? {
    guard let ideal, bounds.count == ideal.stages.count else { return nil }
    return LeximinCertificate(stages: ideal.stages.map(\.certificate)).gap(typed, bounds: bounds, seats: seats, panels: panels.count)
  }

  /// As ``LeximinCertificate/isCertified(gap:)`` says.
  package var isCertified: Bool { gap.map { LeximinCertificate.isCertified(gap: $0) } ?? false }
}

extension SeatLottery {
  /// Computes a lottery.
  ///
  /// - Parameters:
  ///   - size: how many panels, from 1; 1,000 suits three ten-sided dice.
  ///   - seed: decides who of a type sits where, and the order of the panels; for ``SortitionMethod/legacy`` all of it.
  ///   - progress: is told what is being done, with a count and, where there is one, the count it ends at.
  package init(
    _ pool: SortitionPool, method: SortitionMethod, size: Int, seed: String, solver: some LinearSolver,
    progress: (String, Int, Int?) -> Void = { _, _, _ in }
  ) throws(SortitionFault) {
    let typed = TypedPool(pool)
    if method == .legacy {
      self = try Self.legacy(typed, size: size, seed: seed, progress: progress)
      return
    }
    let polytope = PanelPolytope(typed)
    do throws(SolverFault) {
      let first = try Self.firstPanel(typed, polytope, solver)
      let stagesAtMost = method == .maximin ? 1 : Int.max
      let ideal = try RelaxedLeximin(typed, solver: solver, stagesAtMost: stagesAtMost)
      let plan = LotteryPlan(
        typed, polytope, ideal: ideal, first: first, size: size, stagesAtMost: stagesAtMost, solver: solver, progress: progress)
      self.init(typed, method: method, ideal: ideal, plan: plan, seed: seed)
    } catch {
      guard error == .infeasible else { throw .solver }
      throw Self.relaxation(typed, solver)
    }
  }

  /// What is said where no panel keeps the quotas.
  private static func relaxation(_ typed: TypedPool, _ solver: some LinearSolver) -> SortitionFault {
    do throws(SolverFault) {
      let relaxation = try QuotaRelaxation(typed, solver: solver)
      return relaxation.seats > 0 ? .quotas(relaxation) : .solver
    } catch {
      // Only that no change helps says that the pool is too small; a solver that was stopped says nothing.
      return error == .infeasible ? .seats : .solver
    }
  }

  private static func firstPanel(_ typed: TypedPool, _ polytope: PanelPolytope, _ solver: some LinearSolver) throws(SolverFault) -> [Int32] {
    let program = polytope.program(objectives: typed.types.map { _ in 0 })
    // Quotas that no average of panels keeps are found out at once.
    _ = try solver.keep(program).solve()
    // Most often a walk is on a panel soon, also where quotas ask exact numbers; where it is not, whole numbers say whether there is one.
    let search = PanelSearch(typed, polytope, solver: solver)
    let share = Double(typed.pool.panelSize) / Double(typed.pool.members.count)
    let worth = SeatWorth(nearTo: typed.types.map { share * Double($0.members.count) }, typed)
    if let panel = search.best(worth, steps: 10_000) { return panel }
    let found = try solver.wholeNumbers(program, nodes: 400_000)
    let panel = found.values.map { Int32($0) }
    guard typed.accepts(TypePanel(counts: panel.map { Int($0) })) else { throw .stopped }
    return panel
  }

  private init(_ typed: TypedPool, method: SortitionMethod, ideal: RelaxedLeximin, plan: LotteryPlan, seed: String) {
    var random = PublicRandom(seed: seed + "/lottery")
    let dealt = SeatDealing(typed, panels: random.shuffled(plan.panels), seed: seed + "/seats")
    self.method = method
    self.typed = typed
    panels = dealt.panels
    seats = dealt.seatsOfMember
    self.ideal = ideal
    bounds = LeximinCertificate(stages: ideal.stages.map(\.certificate)).bounds(typed) ?? []
    aims = plan.aims
    usedPanels = plan.usedPanels
  }

  private static func legacy(
    _ typed: TypedPool, size: Int, seed: String, progress: (String, Int, Int?) -> Void
  ) throws(SortitionFault) -> SeatLottery {
    var random = PublicRandom(seed: seed + "/lottery")
    var panels: [[Int]] = []
    var seats = [Int](repeating: 0, count: typed.pool.members.count)
    for place in 0..<size {
      guard let panel = LegacyDraw.panel(typed.pool, random: &random, attempts: attemptsAtMost) else { throw .attempts(attemptsAtMost) }
      panels.append(panel)
      for member in panel { seats[member] += 1 }
      progress("panels", place + 1, size)
    }
    return SeatLottery(
      method: .legacy, typed: typed, panels: panels, seats: seats, ideal: nil, bounds: [],
      aims: typed.types.map { type in Double(type.members.reduce(0) { $0 + seats[$1] }) / Double(type.members.count * size) }, usedPanels: false)
  }

  /// The greedy draw may begin anew this often for one panel.
  private static let attemptsAtMost = 1_000
}
