/// Who takes the seat of a panel member who withdraws.
package enum Replacement {
  /// The people who may take the seat, all quotas kept: those of the same type first, then those with the same profile, then the others; within
  /// each, in an
  /// order drawn by the seed. Empty if nobody can.
  ///
  /// - Parameters:
  ///   - panel: numbers of the pool.
  ///   - leaving: who withdraws, a number in `panel`.
  ///   - excluded: people who may not be asked, as they withdrew themselves.
  package static func candidates(_ typed: TypedPool, panel: [Int], leaving: Int, excluded: Set<Int>, seed: String) -> [Int] {
    let pool = typed.pool
    let rest = panel.filter { $0 != leaving }
    guard rest.count == panel.count - 1 else { return [] }
    var random = PublicRandom(seed: "\(seed)/replacement/\(leaving + 1)")
    let order = random.shuffled(Array(pool.members.indices))
    let seated = Set(panel)
    let fit = order.filter { !seated.contains($0) && !excluded.contains($0) && pool.accepts(rest + [$0]) }
    func distance(_ member: Int) -> Int {
      if typed.typeOfMember[member] == typed.typeOfMember[leaving] { return 0 }
      return pool.members[member].features == pool.members[leaving].features ? 1 : 2
    }
    return (0...2).flatMap { step in fit.filter { distance($0) == step } }
  }

  /// The panel after all of these withdrew, and who took whose place: one after the other in the order given, each the first of
  /// ``candidates(_:panel:leaving:excluded:seed:)``;
  /// a seat that nobody can take with all quotas kept stays empty and is in `vacant`.
  package static func replace(
    _ typed: TypedPool, panel: [Int], withdrawn: [Int], seed: String
  ) -> (panel: [Int], replacements: [(leaving: Int, joining: Int)], vacant: [Int]) {
    var current = panel
    var replacements: [(leaving: Int, joining: Int)] = []
    var vacant: [Int] = []
    for leaving in withdrawn where current.contains(leaving) && !vacant.contains(leaving) {
      let excluded = Set(withdrawn)
      if let joining = candidates(typed, panel: current, leaving: leaving, excluded: excluded, seed: seed).first {
        current = current.filter { $0 != leaving } + [joining]
        replacements.append((leaving, joining))
      } else {
        vacant.append(leaving)
      }
    }
    let gone = Set(vacant)
    return (current.filter { !gone.contains($0) }.sorted(), replacements, vacant)
  }
}
