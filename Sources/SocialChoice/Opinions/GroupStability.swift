/// How many groups the people themselves bear out, with no limit at five.
///
/// After T. Lange, V. Roth, M. Braun, J. Buhmann, *Stability-based validation of clustering solutions*, Neural Computation 16 (2004). Halves of the people, drawn by the
/// seed, are clustered apart, and everyone is placed by each half: real groups are found again (mean adjusted Rand index near 1). Since some numbers are stable on any
/// long cloud, the same is done with a cloud of equal size and spread that has no groups (normal, each axis by itself), and the difference counts.
/// At most 1,000 people, drawn by the seed, stand for all. O(numbers × halves × people × groups).
package struct GroupStability: Sendable {
  /// One number of groups.
  package struct Trial: Sendable, Hashable {
    package let groups: Int
    /// Mean adjusted Rand index of each two halves, at most 1.
    package let agreement: Double
    /// The same on a cloud without groups.
    package let byChance: Double
    package var gain: Double { agreement - byChance }
  }

  /// From 2 groups to at most ten.
  package let trials: [Trial]
  /// Of the numbers whose halves agree by 0.8 or more, the one that gains most over chance, the lower of equals; 1 if none gains 0.05.
  package let best: Int

  static let most = 10
  private static let halves = 8
  private static let sampled = 1_000

  init(_ points: PlanePoints, seed: String) {
    var scatter = Scatter(seed: seed + "/halves")
    let people = points.weight.indices.flatMap { point in repeatElement(point, count: Int(points.weight[point])) }
    let drawn = scatter.sample(Self.sampled, below: people.count).map { people[$0] }
    let own = (x: drawn.map { points.x[$0] }, y: drawn.map { points.y[$0] })
    let cloud = (x: Self.cloud(own.x, &scatter), y: Self.cloud(own.y, &scatter))
    let different = PlanePoints(x: own.x, y: own.y, weight: own.x.map { _ in 1 }).count
    var trials: [Trial] = []
    for groups in 2..<max(2, min(Self.most, different / 4) + 1) {
      let agreement = Self.agreement(own.x, own.y, groups, &scatter)
      trials.append(Trial(groups: groups, agreement: agreement, byChance: Self.agreement(cloud.x, cloud.y, groups, &scatter)))
    }
    self.trials = trials
    let borneOut = trials.filter { $0.agreement >= 0.8 && $0.gain >= 0.05 }
    best = borneOut.max { ($0.gain, -$0.groups) < ($1.gain, -$1.groups) }?.groups ?? 1
  }

  /// As many values with the same mean and spread, normal as far as twelve evenly spread numbers added up are.
  private static func cloud(_ values: [Double], _ scatter: inout Scatter) -> [Double] {
    let count = Double(max(values.count, 1))
    let mean = values.reduce(0, +) / count
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    return values.map { _ in
      var sum = -6.0
      for _ in 0..<12 { sum += scatter.unit() }
      return mean + deviation * sum
    }
  }

  private static func agreement(_ x: [Double], _ y: [Double], _ groups: Int, _ scatter: inout Scatter) -> Double {
    let partitions = (0..<halves).map { _ in
      var weight = [Double](repeating: 0, count: x.count)
      for person in scatter.sample(x.count / 2, below: x.count) { weight[person] = 1 }
      let points = PlanePoints(x: x, y: y, weight: weight)
      let clusters = best(points, groups, &scatter)
      return points.pointOf.map { Int(clusters.clusterOf[$0]) }
    }
    var sum = 0.0
    for one in 0..<halves {
      for other in 0..<one { sum += RandIndex.adjusted(partitions[one], partitions[other]) }
    }
    return sum / Double(halves * (halves - 1) / 2)
  }

  /// The tightest of three tries, each from starts that keep away from each other.
  private static func best(_ points: PlanePoints, _ groups: Int, _ scatter: inout Scatter) -> PlaneClusters {
    var best = PlaneClusters(points, starts: spread(points, groups, &scatter), rounds: 30)
    var least = best.looseness(points)
    for _ in 0..<2 {
      let next = PlaneClusters(points, starts: spread(points, groups, &scatter), rounds: 30)
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
        let distance = points.weight[place] * points.squaredDistance(place, start)
        chance[place] = starts.count == 1 ? distance : min(chance[place], distance)
      }
    }
    return starts
  }
}
