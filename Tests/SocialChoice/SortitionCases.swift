import Solvers

@testable import SocialChoice

/// Small random pools in which some panel keeps the quotas, and what follows from looking at every panel.
struct SortitionCase {
  let pool: SortitionPool
  /// All panels, as numbers of the pool.
  let panels: [[Int]]

  /// Quotas are drawn around a random panel, some tight; a third of the pools have households.
  init(seed: Int) {
    var random = PublicRandom(seed: "sortition \(seed)")
    let count = 5 + random.below(5)
    let seats = 2 + random.below(3)
    let sizes = (0..<1 + random.below(3)).map { _ in 2 + random.below(2) }
    let withHouseholds = random.below(3) == 0
    var starts: [Int] = []
    var quotas: [Quota] = []
    for (category, size) in sizes.enumerated() {
      starts.append(quotas.count)
      for feature in 0..<size { quotas.append(Quota(category: "c\(category)", feature: "f\(feature)", minimum: 0, maximum: seats)) }
    }
    let members = (0..<count).map { _ in
      PoolMember(
        features: sizes.indices.map { starts[$0] + min(random.below(sizes[$0]), random.below(sizes[$0])) },
        household: withHouseholds ? random.below(count) : nil)
    }
    let free = SortitionPool(members: members, quotas: quotas, panelSize: seats)
    let all = Self.subsets(count, seats).filter(free.accepts)
    guard !all.isEmpty else {
      pool = free
      panels = []
      return
    }
    let model = all[random.below(all.count)]
    for quota in quotas.indices {
      let have = model.count { members[$0].features.contains(quota) }
      quotas[quota].minimum = max(0, have - random.below(2))
      quotas[quota].maximum = min(seats, have + random.below(2))
    }
    pool = SortitionPool(members: members, quotas: quotas, panelSize: seats)
    panels = all.filter(pool.accepts)
  }

  /// Three to five features of which each has a seat at most, everybody with none, one or two of them; the panel's other seats go to those with none.
  init(rings seed: Int) {
    var random = PublicRandom(seed: "rings \(seed)")
    let (rings, count, seats) = (3 + random.below(3), 7 + random.below(4), 3 + random.below(2))
    let quotas = (0..<rings).flatMap { ring in
      [Quota(category: "c\(ring)", feature: "yes", minimum: 0, maximum: 1), Quota(category: "c\(ring)", feature: "no", minimum: 0, maximum: seats)]
    }
    let members = (0..<count).map { person in
      let (one, other) = (random.below(rings), random.below(rings))
      return PoolMember(features: (0..<rings).map { 2 * $0 + (person >= seats && ($0 == one || $0 == other) ? 0 : 1) }, household: nil)
    }
    pool = SortitionPool(members: members, quotas: quotas, panelSize: seats)
    panels = Self.subsets(count, seats).filter(pool.accepts)
  }

  /// - Parameter quotas: says how the quotas, drawn without looking at anybody, fall: most of them no panel keeps.
  init(seed: Int, quotas: inout PublicRandom) {
    var pool = SortitionCase(seed: seed).pool
    pool.drawQuotas(&quotas)
    self.pool = pool
    panels = Self.subsets(pool.members.count, pool.panelSize).filter(pool.accepts)
  }

  static func subsets(_ count: Int, _ size: Int) -> [[Int]] {
    if size == 0 { return [[]] }
    if count < size { return [] }
    return subsets(count - 1, size) + subsets(count - 1, size - 1).map { $0 + [count - 1] }
  }

  /// The ideal chances of each type, lowered by cuts until some lottery gives them all.
  func lowered() throws -> (typed: TypedPool, cuts: [PanelCuts.Cut], aims: [Double]) {
    let typed = TypedPool(pool)
    var cuts = PanelCuts(typed, PanelPolytope(typed), known: [seats(typed, panels[0])], pricings: 10_000, solver: CoinSolver())
    var aims = try RelaxedLeximin(typed, solver: CoinSolver()).chances
    while cuts.cuts.count < 200, cuts.find(Array(typed.types.indices), chances: aims, solver: CoinSolver(), progress: { _ in }) {
      aims = try RelaxedLeximin(typed, solver: CoinSolver(), cuts: cuts.cuts, stagesAtMost: .max).chances
    }
    return (typed, cuts.cuts, aims)
  }

  /// A panel as seats for each type.
  func seats(_ typed: TypedPool, _ panel: [Int]) -> [Int32] {
    panel.reduce(into: [Int32](repeating: 0, count: typed.types.count)) { $0[typed.typeOfMember[$1]] += 1 }
  }

  /// Leximin by its definition, over people and all panels: raise the smallest chance, fix those who cannot have more without taking it from others, go on.
  func leximin() throws -> [Double] {
    let people = pool.members.count
    var fixed = [Double?](repeating: nil, count: people)
    while fixed.contains(nil) {
      let chance = try best(fixed, raising: nil, floor: nil)
      for person in 0..<people where fixed[person] == nil {
        let most = try best(fixed, raising: person, floor: chance)
        if most < chance + 1e-6 { fixed[person] = chance }
      }
    }
    return fixed.map { $0 ?? 0 }
  }

  private func best(_ fixed: [Double?], raising person: Int?, floor: Double?) throws -> Double {
    var program = LinearProgram(rows: pool.members.indices.map { LinearProgram.Row(lower: (fixed[$0] ?? floor ?? 0) - 1e-9) })
    program.rows.append(LinearProgram.Row(lower: 1, upper: 1))
    for panel in panels {
      let gain: Double = person.map { panel.contains($0) ? 1 : 0 } ?? 0
      program.columns.append(LinearProgram.Column(objective: gain, entries: panel.map { ($0, 1) } + [(pool.members.count, 1)]))
    }
    if person == nil {
      let open = pool.members.indices.filter { fixed[$0] == nil }
      program.columns.append(LinearProgram.Column(objective: 1, upper: 1, entries: open.map { ($0, -1) }))
    }
    return try CoinSolver().keep(program).solve().objective
  }
}

extension SortitionPool {
  /// Other quotas, drawn without looking at anybody: most of them no panel keeps.
  mutating func drawQuotas(_ random: inout PublicRandom) {
    for quota in quotas.indices {
      quotas[quota].minimum = random.below(panelSize + 1)
      quotas[quota].maximum = max(quotas[quota].minimum, random.below(panelSize + 1))
    }
  }
}
