/// Branch and bound over committees, with bounds by prices (see ``ProportionalApprovalCertificate``): doubles look for good prices, whole numbers decide.
///
/// `Number` holds points in whole units; the caller chooses one in which no sum overflows.
struct ProportionalApprovalSearch<Number: SignedInteger & Sendable>: Sendable {
  typealias Bounds = ProportionalApprovalBounds<Number>

  /// What a search is to find.
  enum Aim {
    /// Every best committee: a branch is left only when all in it is worse.
    case allOptima
    /// One best committee: a branch is left when nothing in it is better.
    case oneOptimum
    /// Any committee with so many points.
    case atLeast(Number)
  }

  struct Finding {
    var best: Number
    var committees: Set<[Int]>
    /// No committee within the forced choices has more.
    var bound: Number
    var isComplete = true
    var tree: [ProportionalApprovalCertificate.Node] = []
    var prices: [[Int]] = []
  }

  private struct Branch {
    let candidate: Int
    let isIn: Bool
    /// How many decisions stand above it.
    let depth: Int
    let prices: [Double]
  }

  let bounds: Bounds
  /// More tied committees are not listed.
  static var mostCommittees: Int { 10_000 }

  /// - Parameters:
  ///   - incumbent: a committee to begin with.
  ///   - forced: candidates that must be in.
  ///   - limit: steps; each reads one approval.
  func run(_ aim: Aim, incumbent: [Int], forced: [Int] = [], limit: Int) -> Finding {
    var state = Bounds.State(bounds)
    for candidate in forced { bounds.decide(candidate, isIn: true, &state) }
    var finding = Finding(best: bounds.points(incumbent), committees: [incumbent], bound: 0)
    if case .atLeast(let least) = aim {
      finding.best = least
      finding.committees = []
    }
    let one = bounds.harmonic[1]
    var prices = bounds.nextMemberPrices(state).map { Double($0) / Double(one) }
    var branches: [Branch] = []
    var decided: [Int] = []
    var steps = 0
    while true {
      let isOverLimit = steps > limit || finding.committees.count > Self.mostCommittees
      if let committee = state.onlyCommittee(bounds.seats) {
        steps += bounds.reading
        finding.tree.append(.single)
        record(committee, aim, &finding)
        if case .atLeast = aim, !finding.committees.isEmpty { return finding }
      } else if let question = visit(state, aim, &prices, &finding, &steps, isOverLimit: isOverLimit, isRoot: decided.isEmpty) {
        finding.tree.append(.question(candidate: question))
        for isIn in [false, true] { branches.append(Branch(candidate: question, isIn: isIn, depth: decided.count, prices: prices)) }
      }
      guard let branch = branches.popLast() else { break }
      while decided.count > branch.depth, let last = decided.popLast() { bounds.undo(last, &state) }
      bounds.decide(branch.candidate, isIn: branch.isIn, &state)
      decided.append(branch.candidate)
      prices = branch.prices
    }
    finding.bound = max(finding.bound, finding.best)
    return finding
  }

  private func record(_ committee: [Int], _ aim: Aim, _ finding: inout Finding) {
    let points = bounds.points(committee)
    switch aim {
    case .atLeast(let least): if points >= least { finding.committees = [committee] }
    case .allOptima, .oneOptimum:
      if points > finding.best {
        finding.best = points
        finding.committees = [committee]
      } else if points == finding.best, case .allOptima = aim {
        finding.committees.insert(committee)
      }
    }
  }

  /// Bounds what is left open: either closes it with a leaf of the tree (nil), or finds better prices and the candidate to ask about.
  private func visit(
    _ state: Bounds.State, _ aim: Aim, _ prices: inout [Double], _ finding: inout Finding, _ steps: inout Int, isOverLimit: Bool, isRoot: Bool
  ) -> Int? {
    var enough = finding.best
    // Points are multiples of the grain: less than a grain above the best is not above it.
    if case .oneOptimum = aim { enough += bounds.grain }
    steps += 2 * bounds.reading
    let next = bounds.bound(bounds.nextMemberPrices(state), state)
    if next.total < enough {
      finding.tree.append(.nextMember)
      return nil
    }
    steps += 2 * bounds.reading
    let parts = bounds.rounded(prices)
    let inherited = bounds.bound(bounds.prices(parts), state)
    if inherited.total < enough || isOverLimit {
      if inherited.total >= enough {
        finding.isComplete = false
        finding.bound = max(finding.bound, inherited.total)
      }
      close(parts, &finding)
      return nil
    }
    if !isRoot, let question = bounds.closing(inherited, state, enough: enough) { return question }
    let one = Double(bounds.harmonic[1])
    let descent = bounds.descend(from: prices, state, target: Double(finding.best) / one, rounds: isRoot ? 400 : 30)
    steps += 2 * descent.rounds * bounds.reading
    let found = bounds.rounded(descent.prices)
    let bound = bounds.bound(bounds.prices(found), state)
    if bound.total < enough {
      close(found, &finding)
      return nil
    }
    let isBetter = bound.total < inherited.total
    if isBetter { prices = descent.prices }
    if let question = bounds.closing(isBetter ? bound : inherited, state, enough: enough) { return question }
    return inherited.order.min { (abs(descent.frequency[$0] - 0.5), $0) < (abs(descent.frequency[$1] - 0.5), $1) }
  }

  private func close(_ prices: [Int], _ finding: inout Finding) {
    if finding.prices.last != prices { finding.prices.append(prices) }
    finding.tree.append(.priced(finding.prices.count - 1))
  }
}
