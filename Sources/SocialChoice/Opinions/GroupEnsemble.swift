/// Groups that do not hang on who came first.
///
/// Polis clusters in two steps: up to 100 base clusters that begin at the first 100 different positions, then 2 to 5 groups of these that begin at the first
/// base clusters. Its outcome therefore depends on the order in which people arrived. Here both steps are run for many orders of arrival, drawn by the seed:
/// the number of groups is the one with the best silhouette on the mean of all orders, and each person goes where most orders put them. How many of the orders
/// did is their certainty.
struct GroupEnsemble: Sendable {
  static let baseClusters = 100
  static let mostBySilhouette = 5
  /// Base clusters only thin the people out. Groups made of them after six rounds are no farther from Polis' own than after its hundred, and Polis itself,
  /// which goes on from its last state, does one or two at each update.
  private static let baseRounds = 6
  private static let mostRounds = 4
  private static let settledAgreement = 0.9

  /// One order of arrival.
  private struct Run: Sendable {
    let clusterOf: [UInt8]
    /// For each number of groups from 2, the group of each base cluster.
    let groupOf: [[Int]]
    let silhouettes: [Double]
  }

  private var runs: [Run] = []
  private let points: PlanePoints

  private init(_ points: PlanePoints, _ runs: some Sequence<Run>) {
    self.points = points
    self.runs = Array(runs)
  }

  /// Orders are drawn until the groups are settled: until two halves of the orders find the same number of groups and nearly the same groups, but no more
  /// than ``mostRounds`` times as many.
  ///
  /// - Parameters:
  ///   - points: where people stand; those with weight draw the map, the others are only placed on it.
  ///   - number: how many groups these orders are for.
  init(_ points: PlanePoints, orders: Int, upTo most: Int, seed: String, number: (Self) -> Int) {
    self.init(points, [])
    let drawers = points.weight.indices.flatMap { point in repeatElement(point, count: Int(points.weight[point])) }
    guard !drawers.isEmpty else { return }
    var scatter = Scatter(seed: seed)
    for _ in 0..<Self.mostRounds {
      let seeds = (0..<orders).map { _ in scatter.next() }
      runs += Together.map(orders) { Self.run(points, drawers, upTo: most, seed: seeds[$0]) }
      if isSettled(number) { return }
    }
  }

  private func isSettled(_ number: (Self) -> Int) -> Bool {
    let half = runs.count / 2
    guard half > 0 else { return true }
    let halves = [Self(points, runs.prefix(half)), Self(points, runs.suffix(half))]
    guard number(halves[0]) == number(halves[1]) else { return false }
    let found = halves.map { $0.majority(groups: number($0)).groupOf }
    return RandIndex.adjusted(found[0], found[1]) >= Self.settledAgreement
  }

  private static func run(_ points: PlanePoints, _ drawers: [Int], upTo most: Int, seed: UInt64) -> Run {
    var scatter = Scatter(seed: seed)
    let base = PlaneClusters(points, starts: firstPositions(drawers, points.count, &scatter), rounds: baseRounds)
    let centres = PlanePoints(base.centres, weight: base.weight)
    let silhouette = Silhouette(base.centres)
    var groupOf: [[Int]] = []
    var silhouettes: [Double] = []
    for groups in 2..<max(2, min(most, centres.count) + 1) {
      var starts: [Int] = []
      for cluster in 0..<base.count where starts.count < groups && !starts.contains(centres.pointOf[cluster]) {
        starts.append(centres.pointOf[cluster])
      }
      let clusters = PlaneClusters(centres, starts: starts, rounds: 20)
      let found = centres.pointOf.map { Int(clusters.clusterOf[$0]) }
      groupOf.append(found)
      if groups <= min(mostBySilhouette, 2 + base.count / 12) { silhouettes.append(silhouette.mean(found, groups: groups)) }
    }
    return Run(clusterOf: base.clusterOf, groupOf: groupOf, silhouettes: silhouettes)
  }

  /// The first different positions of an order of arrival, at most 100: the order is drawn only as far as it is needed.
  private static func firstPositions(_ drawers: [Int], _ points: Int, _ scatter: inout Scatter) -> [Int] {
    var order = drawers
    var isTaken = [Bool](repeating: false, count: points)
    var first: [Int] = []
    for place in order.indices where first.count < baseClusters {
      order.swapAt(place, place + scatter.below(order.count - place))
      if !isTaken[order[place]] {
        isTaken[order[place]] = true
        first.append(order[place])
      }
    }
    return first
  }

  /// The largest number of groups that all orders have.
  var most: Int { 1 + (runs.map(\.groupOf.count).min() ?? 0) }

  /// For each number of groups that Polis would try (2 to 5, fewer on small maps), the silhouette on the mean of all orders.
  var silhouettes: [Double] {
    let most = runs.map(\.silhouettes.count).min() ?? 0
    return (0..<most).map { number in runs.reduce(0) { $0 + $1.silhouettes[number] } / Double(runs.count) }
  }

  /// For each point its group and the share of the orders that put it there.
  ///
  /// The groups of each order get the names of those in the reference that they overlap most; the first reference is the order that agrees best with the others,
  /// the next is the majority, until it stays the same.
  func majority(groups: Int) -> (groupOf: [Int], certainty: [Double]) {
    guard groups > 1, let first = runs.first, first.groupOf.count > groups - 2 else {
      return ([Int](repeating: 0, count: points.count), [Double](repeating: 1, count: points.count))
    }
    let partitions = Together.map(runs.count) { number in
      let groupOf = runs[number].groupOf[groups - 2].map { UInt8($0) }
      return runs[number].clusterOf.map { groupOf[Int($0)] }
    }
    var reference = partitions[central(partitions)]
    var certainty: [Double] = []
    for _ in 0..<10 {
      var tally = [Int32](repeating: 0, count: points.count * groups)
      for partition in partitions {
        let names = Self.names(of: partition, in: reference, points.weight, groups)
        for point in 0..<points.count { tally[point * groups + names[Int(partition[point])]] += 1 }
      }
      let before = reference
      certainty = []
      for point in 0..<points.count {
        var best = 0
        for group in 1..<groups where tally[point * groups + group] > tally[point * groups + best] { best = group }
        reference[point] = UInt8(best)
        certainty.append(Double(tally[point * groups + best]) / Double(partitions.count))
      }
      if reference == before { break }
    }
    return (reference.map { Int($0) }, certainty)
  }

  /// The order that agrees best with the others (by adjusted Rand index, on at most 400 points evenly taken).
  private func central(_ partitions: [[UInt8]]) -> Int {
    let step = max(1, points.count / 400)
    let samples = partitions.map { partition in stride(from: 0, to: points.count, by: step).map { Int(partition[$0]) } }
    var sums = [Double](repeating: 0, count: samples.count)
    for one in samples.indices {
      for other in 0..<one {
        let agreement = RandIndex.adjusted(samples[one], samples[other])
        sums[one] += agreement
        sums[other] += agreement
      }
    }
    return sums.indices.reduce(0) { sums[$1] > sums[$0] ? $1 : $0 }
  }

  /// The pair of groups with most in common gets the same name, then the next.
  static func names(of partition: [UInt8], in reference: [UInt8], _ weight: [Double], _ groups: Int) -> [Int] {
    var common = [Double](repeating: 0, count: groups * groups)
    for point in partition.indices { common[Int(partition[point]) * groups + Int(reference[point])] += weight[point] }
    var names = [Int](repeating: -1, count: groups)
    var isFree = [Bool](repeating: true, count: groups)
    for _ in 0..<groups {
      var best: (common: Double, group: Int, name: Int)?
      for group in 0..<groups where names[group] < 0 {
        for name in 0..<groups where isFree[name] && common[group * groups + name] > (best?.common ?? -1) {
          best = (common[group * groups + name], group, name)
        }
      }
      guard let best else { break }
      names[best.group] = best.name
      isFree[best.name] = false
    }
    return names
  }
}
