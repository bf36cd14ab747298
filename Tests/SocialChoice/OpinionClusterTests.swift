import Testing

@testable import SocialChoice

struct OpinionClusterTests {
  private func points(_ scatter: inout Scatter, _ count: Int) -> PlanePoints {
    let positions = (0..<count).map { _ in SIMD2(Double(scatter.below(6)), Double(scatter.below(6))) }
    return PlanePoints(positions, weight: positions.map { _ in Double(scatter.below(3)) })
  }

  @Test func `k-means finds what looking at every centre finds, on 1,000 clouds with many ties`() {
    var scatter = Scatter(seed: 3)
    var compared = 0
    while compared < 1_000 {
      let points = points(&scatter, 2 + scatter.below(20))
      let counted = points.weight.indices.filter { points.weight[$0] > 0 }
      guard !counted.isEmpty else { continue }
      compared += 1
      let starts = scatter.sample(1 + scatter.below(5), below: counted.count).map { counted[$0] }
      let rounds = scatter.below(6)
      let found = PlaneClusters(points, starts: starts, rounds: rounds)
      let expected = ClusterNaive.means(points, from: starts.map { points.places[$0] }, rounds: rounds)
      #expect(found.centres == expected.centres)
      #expect(found.clusterOf.map { Int($0) } == expected.clusterOf)
    }
  }

  @Test func `of nine to fifteen centres, too, k-means finds what looking at every centre finds, on 1,000 clouds with many ties`() {
    var scatter = Scatter(seed: 4)
    for number in 0..<1_000 {
      // Tenths are no doubles: what is as near on paper may differ in the last bit.
      let (step, count) = (number % 2 == 0 ? 1 : 0.1, 40 + scatter.below(60))
      let positions = (0..<count).map { _ in SIMD2(Double(scatter.below(12)), Double(scatter.below(12))) * step }
      let points = PlanePoints(positions, weight: positions.map { _ in Double(scatter.below(4)) })
      let counted = points.counted.numbers
      let first = scatter.sample(9 + scatter.below(7), below: counted.count).map { points.places[counted[$0]] }
      let (rounds, still) = (scatter.below(5), number % 3 == 0 ? 0.01 : 0)
      let found = PlaneClusters(points, from: first, rounds: rounds, until: still)
      let expected = ClusterNaive.means(points, from: first, rounds: rounds, until: still)
      #expect(found.centres == expected.centres && found.weight == expected.weight, "\(number)")
      #expect(found.clusterOf.map { Int($0) } == expected.clusterOf, "\(number)")
    }
  }

  @Test func `the nearest centre is found wherever centres jump to, and of equals the lowest number, 1,000 times`() {
    var scatter = Scatter(seed: 6)
    var ties = 0
    for number in 0..<1_000 {
      let scale = [1, 0.1, 1e-3 / 3, 0x1p-540][number % 4]
      func place() -> SIMD2<Double> { SIMD2(Double(scatter.below(9)), Double(scatter.below(9))) * scale }
      let positions = (0..<36 + scatter.below(60)).map { _ in place() }
      let points = PlanePoints(positions, weight: positions.map { _ in 1 })
      var work = ClusterWork(points.counted)
      let count = 1 + scatter.below(16)
      var centres = (0..<count).map { _ in place() }
      for _ in 0..<3 {
        work.assign(to: centres)
        let expected = points.places.map { point in
          let distances = centres.map { point.squaredDistance(to: $0) }
          let least = distances.min() ?? 0
          ties += distances.count { $0 == least } > 1 ? 1 : 0
          return UInt8(distances.firstIndex(of: least) ?? 0)
        }
        #expect(work.clusterOf == expected, "\(number)")
        for centre in centres.indices where scatter.below(2) == 0 { centres[centre] = place() }
        if scatter.below(4) == 0 { work.forget() }
      }
    }
    #expect(ties > 10_000, "\(ties)")
  }

  @Test func `equal positions are one point with their weight together`() {
    let points = PlanePoints([SIMD2(1, 2), SIMD2(0, 5), SIMD2(1, 2), SIMD2(1, -2)], weight: [1, 1, 1, 0])
    #expect(points.places == [SIMD2(0, 5), SIMD2(1, -2), SIMD2(1, 2)])
    #expect(points.weight == [1, 0, 2])
    #expect(points.pointOf == [2, 0, 2, 1])
  }

  @Test func `a silhouette is what Rousseeuw's definition gives, on 1,000 clouds`() {
    var scatter = Scatter(seed: 5)
    for _ in 0..<1_000 {
      let places = (0..<2 + scatter.below(10)).map { _ in SIMD2(Double(scatter.below(5)), Double(scatter.below(5))) }
      let groupOf = places.map { _ in scatter.below(3) }
      var sum = 0.0
      for (one, place) in places.enumerated() {
        func mean(_ group: Int) -> Double? {
          let others = places.indices.filter { $0 != one && groupOf[$0] == group }
          return others.isEmpty ? nil : others.reduce(0) { $0 + places[$1].squaredDistance(to: place).squareRoot() } / Double(others.count)
        }
        let nearest = (0..<3).filter { $0 != groupOf[one] }.compactMap(mean).min()
        if let own = mean(groupOf[one]), let nearest, max(own, nearest) > 0 { sum += (nearest - own) / max(own, nearest) }
      }
      #expect(abs(Silhouette(places).mean(groupOf, groups: 3) - sum / Double(places.count)) < 1e-12)
    }
  }

  @Test func `the adjusted Rand index counts pairs, and forgets the names of groups`() {
    #expect(RandIndex.adjusted([0, 0, 1, 1], [1, 1, 0, 0]) == 1)
    // Hubert and Arabie: pairs together in both 1, in the first 2, in the second 3, of 6; (1 − 1) ÷ (2.5 − 1).
    #expect(abs(RandIndex.adjusted([0, 0, 1, 1], [0, 0, 0, 1]) - 0) < 1e-15)
    #expect(abs(RandIndex.adjusted([0, 0, 1, 2], [0, 0, 1, 1]) - 4.0 / 7) < 1e-12)
  }

  @Test func `of silhouettes as good as the best that of the lowest number is taken, and no number is above what is possible`() {
    func chosen(_ silhouettes: [Double], _ most: Int = 9) -> Int {
      GroupNumber(rule: .silhouette, silhouettes: silhouettes, stability: nil, mostPossible: most).chosen
    }
    #expect(chosen([0.2, 0.5, 0.5]) == 3 && chosen([0.2, 0.5, 0.6], 3) == 3 && chosen([], 1) == 1)
    #expect(chosen([0.491, 0.5]) == 2 && chosen([0.489, 0.5]) == 3 && chosen([-0.3, -0.2]) == 3)
  }

  @Test func `of two groups that overlap most the names agree`() {
    #expect(GroupEnsemble.names(of: [0, 0, 1, 1, 2], in: [2, 2, 0, 0, 1], [1, 1, 1, 1, 1], 3) == [2, 0, 1])
  }

  @Test func `halves of the people find three clear groups again, and more than five, and none in a round cloud`() {
    var scatter = Scatter(seed: 9)
    func noise() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + scatter.unit() } }
    func cloud(_ centres: [SIMD2<Double>]) -> PlanePoints {
      let positions = (0..<420).map { centres[$0 % centres.count] + SIMD2(noise(), noise()) }
      return PlanePoints(positions, weight: positions.map { _ in 1 })
    }
    #expect(GroupStability(cloud([SIMD2(0, 0), SIMD2(12, 0), SIMD2(6, 11)]), seed: "a").best == 3)
    #expect(GroupStability(cloud((0..<7).map { SIMD2(Double($0 % 3) * 14, Double($0 / 3) * 14) }), seed: "a").best == 7)
    #expect(GroupStability(cloud([SIMD2(0, 0)]), seed: "a").best == 1)
  }
}
