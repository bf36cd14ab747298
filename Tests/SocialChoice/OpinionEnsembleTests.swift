import Testing

@testable import SocialChoice

/// The groups that do not hang on who came first, order by order.
struct OpinionEnsembleTests {
  @Test func `groups, their number and their certainty are those of all orders gone through one by one, on small conversations`() {
    var scatter = Scatter(seed: 41)
    var options = OpinionMap.Options()
    var (numbers, unsure, drawnOn) = (Set<Int>(), 0, 0)
    for number in 0..<1_000 {
      // A few are large enough for the silhouettes of four and five groups, and one for more positions than there are base clusters.
      let people = number == 0 ? 104 : number % 100 == 1 ? 26 + scatter.below(12) : 1 + scatter.below(11)
      let statements = people > 11 ? 9 : 1 + scatter.below(6)
      let votes = OpinionSamples.random(&scatter, people: people, statements: statements, share: people > 11 ? 1 : 1 + scatter.below(3))
      let wanted = scatter.below(4) == 0 ? 1 + scatter.below(6) : nil
      options.orders = number == 0 ? 1 : people > 11 ? 1 + scatter.below(2) : 1 + scatter.below(4)
      options.seed = "\(number)"
      options.number = wanted.map { .fixed($0) } ?? .silhouette
      let map = OpinionMap(OpinionMatrix(votes, participants: people, statements: statements), options: options)
      let points = PlanePoints(map.positions, weight: map.drawsMap.map { $0 ? 1 : 0 })
      let naive = GroupsNaive(points, orders: options.orders, upTo: max(5, wanted ?? 0), seed: options.seed, rule: wanted)
      let chosen = naive.number(wanted)
      #expect(map.number.chosen == chosen && map.number.silhouettes == naive.silhouettes, "\(number)")
      guard map.number.chosen == chosen else { continue }
      let found = naive.groups(chosen)
      let silent = Set(0..<people).subtracting(votes.map { Int($0.participant) })
      let given = (0..<people).map { silent.contains($0) ? nil : Optional(found.groupOf[points.pointOf[$0]]) }
      // The largest first, of equals the one of the person named first.
      func drawers(_ group: Int) -> [Int] { (0..<people).filter { given[$0] == group && map.drawsMap[$0] } }
      let order = (0..<chosen).filter { !drawers($0).isEmpty }.sorted {
        drawers($0).count == drawers($1).count ? drawers($0)[0] < drawers($1)[0] : drawers($0).count > drawers($1).count
      }
      #expect(map.groupOf == given.map { group in group.flatMap { order.firstIndex(of: $0) } }, "\(number)")
      #expect(map.sizes == order.map { drawers($0).count }, "\(number)")
      #expect(map.certainty == points.pointOf.map { found.certainty[$0] }, "\(number)")
      numbers.insert(chosen)
      unsure += map.certainty.contains { $0 < 1 } ? 1 : 0
      drawnOn += naive.draws > 1 ? 1 : 0
    }
    #expect(numbers.isSuperset(of: 1...5) && unsure > 200 && drawnOn > 50, "\(numbers) \(unsure) \(drawnOn)")
  }

  @Test func `a crowd's groups are the majority of its orders, gone through one by one`() {
    var scatter = Scatter(seed: 42)
    var (numbers, unsure, ways) = (Set<Int>(), 0, 0)
    for number in 0..<1_000 {
      // Few places on a coarse grid, many people at each; at some only people who are placed. Once more places than a hundred clusters hold at once.
      let (places, width, height) = number == 0 ? (900, 6_000, 1) : (2 + scatter.below(8), 4, 4)
      let positions = (0..<places).map { _ in SIMD2(Double(scatter.below(width)), Double(scatter.below(height))) }
      var weight = positions.map { _ in Double(scatter.below(3) * (1 + scatter.below(number == 0 ? 3 : 50))) }
      weight[0] += max(0, 401 - weight.reduce(0, +))
      let points = PlanePoints(positions, weight: weight)
      let wanted = scatter.below(4) == 0 ? 1 + scatter.below(5) : nil
      let orders = number == 0 ? 1 : 1 + scatter.below(3)
      let rule = wanted.map { GroupNumber.Rule.fixed($0) } ?? .silhouette
      func chosen(_ ensemble: GroupEnsemble) -> Int {
        GroupNumber(rule: rule, silhouettes: ensemble.silhouettes, stability: nil, mostPossible: ensemble.most).chosen
      }
      let ensemble = GroupEnsemble(points, orders: orders, upTo: 5, seed: "\(number)", number: chosen)
      let naive = GroupsNaive(points, orders: orders, upTo: 5, seed: "\(number)", rule: wanted)
      #expect(ensemble.silhouettes == naive.silhouettes, "\(number)")
      #expect(ensemble.most == naive.most && chosen(ensemble) == naive.number(wanted), "\(number)")
      for groups in 1...max(1, naive.most) {
        let (found, expected) = (ensemble.majority(groups: groups), naive.groups(groups))
        #expect(found.groupOf == expected.groupOf && found.certainty == expected.certainty, "\(number), \(groups)")
        unsure += expected.certainty.contains { $0 < 1 } ? 1 : 0
        ways += expected.certainty.contains { $0 < 0.5 } ? 1 : 0
      }
      numbers.insert(naive.number(wanted))
    }
    #expect(numbers.isSuperset(of: 1...5) && unsure > 200 && ways > 50, "\(numbers) \(unsure) \(ways)")
  }

  @Test func `how many groups halves of the people bear out is what half after half gives, on a thousand small maps`() {
    var scatter = Scatter(seed: 43)
    var (numbers, some) = (Set<Int>(), 0)
    for number in 0..<1_000 {
      // Two to four places far apart with people around them, or people anywhere.
      let camps = scatter.below(5)
      let positions = (0..<6 + scatter.below(camps > 2 ? 13 : 7)).map { person in
        let near = SIMD2(Double(scatter.below(3)), Double(scatter.below(4)))
        return camps < 2 ? near * 3 : near + SIMD2(Double(person % camps * 40), Double(person % camps % 2 * 30))
      }
      let found = GroupStability(PlanePoints(positions, weight: positions.map { _ in 1 }), seed: "\(number)")
      let naive = StabilityNaive(positions, seed: "\(number)")
      #expect(found.trials.map(\.groups) == Array(2..<2 + naive.agreements.count), "\(number)")
      for (trial, expected) in zip(found.trials, naive.agreements) {
        #expect(abs(trial.agreement - expected.people) < 1e-12 && abs(trial.byChance - expected.cloud) < 1e-12, "\(number), \(trial.groups)")
      }
      #expect(found.best == naive.best, "\(number)")
      numbers.insert(naive.best)
      some += naive.agreements.isEmpty ? 0 : 1
    }
    #expect(numbers.isSuperset(of: 1...3) && some > 500, "\(numbers) \(some)")
  }
}
