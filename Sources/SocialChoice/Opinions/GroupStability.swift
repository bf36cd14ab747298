/// How many groups the people themselves bear out, with no limit at five.
///
/// After T. Lange, V. Roth, M. Braun, J. Buhmann, *Stability-based validation of clustering solutions*, Neural Computation 16 (2004). Halves of the people, drawn by the
/// seed, are clustered apart, and everyone is placed by each half: real groups are found again (mean adjusted Rand index near 1). Since some numbers are stable on any
/// long cloud, the same is done with a cloud of equal size and spread that has no groups (normal, each axis by itself), and the difference counts.
/// At most 500 people, drawn by the seed, stand for all. People count, not places: many may stand at one. O(numbers × halves × people × groups).
package struct GroupStability: Sendable {
  /// One number of groups.
  package struct Trial: Sendable, Hashable {
    package let groups: Int
    /// Mean adjusted Rand index of each two halves, at most 1.
    package let agreement: Double
    /// The same on a cloud without groups.
    package let byChance: Double
    /// How much better than by chance.
    package var gain: Double { agreement - byChance }
  }

  /// From 2 groups to at most ten, with four people or more each; no more than there are places. Empty where nothing could be tried.
  package let trials: [Trial]
  /// Of the numbers whose halves agree by 0.8 or more, the one that gains most over chance, the lower of equals; 1 if none gains 0.05 or nothing was tried.
  /// Where all halves agree to the last person no lead over chance is asked for: one cloud in ten agrees nearly as well.
  package let best: Int

  static let most = 10
  private static let halves = 8
  private static let tries = 2
  private static let sampled = 500

  init(_ points: PlanePoints, seed: String) {
    var scatter = Scatter(seed: seed + "/halves")
    let people = points.weight.indices.flatMap { point in repeatElement(point, count: Int(points.weight[point])) }
    let drawn = scatter.sample(Self.sampled, below: people.count).map { people[$0] }
    let own = drawn.map { points.places[$0] }
    let real = PlanePoints(own, weight: own.map { _ in 1 })
    let cloud = PlanePoints(Self.cloud(own, &scatter), weight: own.map { _ in 1 })
    let numbers = max(0, min(Self.most, own.count / 4, real.count) - 1)
    let seeds = (0..<2 * numbers).map { _ in scatter.next() }
    let agreements = Together.map(2 * numbers) { Self.agreement($0 % 2 == 0 ? real : cloud, $0 / 2 + 2, seed: seeds[$0]) }
    trials = (0..<numbers).map { Trial(groups: $0 + 2, agreement: agreements[2 * $0], byChance: agreements[2 * $0 + 1]) }
    let borneOut = trials.filter { $0.agreement == 1 || ($0.agreement >= 0.8 && $0.gain >= 0.05) }
    best = borneOut.max { ($0.gain, -$0.groups) < ($1.gain, -$1.groups) }?.groups ?? 1
  }

  /// As many values with the same mean and spread, normal as far as twelve evenly spread numbers added up are.
  private static func cloud(_ points: [SIMD2<Double>], _ scatter: inout Scatter) -> [SIMD2<Double>] {
    let count = Double(max(points.count, 1))
    let mean = points.reduce(.zero, +) / count
    let deviation = (points.reduce(.zero) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    return points.map { _ in
      var sum = SIMD2(repeating: -6.0)
      for _ in 0..<12 { sum += SIMD2(scatter.unit(), scatter.unit()) }
      return mean + deviation * sum
    }
  }

  private static func agreement(_ points: PlanePoints, _ groups: Int, seed: UInt64) -> Double {
    var scatter = Scatter(seed: seed)
    let people = points.pointOf
    let partitions = (0..<halves).map { _ in
      var weight = [Double](repeating: 0, count: points.count)
      for person in scatter.sample(people.count / 2, below: people.count) { weight[people[person]] += 1 }
      let clusters = best(points.weighing(weight), groups, &scatter)
      return people.map { clusters.clusterOf[$0] }
    }
    var sum = 0.0
    for one in 0..<halves {
      for other in 0..<one { sum += RandIndex.adjusted(partitions[one], partitions[other], groups: groups) }
    }
    return sum / Double(halves * (halves - 1) / 2)
  }

  /// The tightest of two tries, each from starts that keep away from each other.
  private static func best(_ points: PlanePoints, _ groups: Int, _ scatter: inout Scatter) -> PlaneClusters {
    var best = PlaneClusters(points, starts: spread(points, groups, &scatter), rounds: 20)
    var least = best.looseness(points)
    for _ in 1..<tries {
      let next = PlaneClusters(points, starts: spread(points, groups, &scatter), rounds: 20)
      let looseness = next.looseness(points)
      if looseness < least { (best, least) = (next, looseness) }
    }
    return best
  }

  /// The first start by lot, each further one with a chance that grows with the squared distance to the nearest (k-means++, Arthur and Vassilvitskii 2007).
  private static func spread(_ points: PlanePoints, _ groups: Int, _ scatter: inout Scatter) -> [Int] {
    var starts: [Int] = []
    var chance = points.weight
    while starts.count < groups {
      let all = chance.reduce(0, +)
      guard all > 0 else { break }
      var rest = scatter.unit() * all
      let start = chance.indices.first { place in
        rest -= chance[place]
        return rest < 0 && chance[place] > 0
      }
      guard let start = start ?? chance.lastIndex(where: { $0 > 0 }) else { break }
      starts.append(start)
      for place in chance.indices {
        let distance = points.weight[place] * points.places[place].squaredDistance(to: points.places[start])
        chance[place] = starts.count == 1 ? distance : min(chance[place], distance)
      }
    }
    return starts
  }
}
