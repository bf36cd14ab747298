/// Groups that do not hang on who came first.
///
/// Polis clusters in two steps: up to 100 base clusters that begin at the first 100 different positions, then 2 to 5 groups of these that begin at the first
/// base clusters. Its outcome therefore depends on the order in which people arrived. Here both steps are run for many orders of arrival, drawn by the seed.
/// For each number of groups the orders fall into one or several ``Mode``s, ways to divide the same people that have little in common: the one with the best
/// mean silhouette stands for that number, unless it is rare, and the number whose mode has the best mean silhouette is taken (see ``GroupNumber``). Each
/// person goes where most of the mode's orders put them; the share of all orders that do is their certainty.
///
/// Base clusters thin out a crowd. Where there are so few people that they would hold less than four each, the thinning is nothing but noise: there the last
/// step goes on with the people themselves, from the groups found, and of the mode's orders the one is taken in which people lie best (by their own silhouette),
/// once those at a border have been tried on its other side (``GroupBorder``).
struct GroupEnsemble: Sendable {
  static let baseClusters = 100
  static let mostBySilhouette = 5
  /// Base clusters only thin the people out. Groups made of them after six rounds are no farther from Polis' own than after its hundred, and Polis itself,
  /// which goes on from its last state, does one or two at each update.
  private static let baseRounds = 6
  private static let mostRounds = 4
  private static let mostRoundsOfFew = 16
  private static let settledAgreement = 0.9
  /// Two orders whose adjusted Rand index is lower divide the people in different ways.
  private static let sameWay = 0.5
  /// A mode of fewer than one order in so many is an accident of the start: one stranger apart from all others, say.
  private static let rarest = 8
  /// Of modes whose silhouettes differ by less, the larger one is taken.
  private static let tellingSilhouette = 0.05

  /// One order of arrival.
  private struct Run: Sendable {
    let clusterOf: [UInt8]
    /// For each number of groups from 2, the group of each base cluster.
    let groupOf: [[Int]]
    /// The same for each point, where people are few.
    let refined: [[UInt8]]
    let silhouettes: [Double]

    /// - Parameter step: 1 for all points, 2 for every other, and so on.
    func partition(groups: Int, every step: Int = 1) -> [UInt8] {
      let points = stride(from: 0, to: clusterOf.count, by: step)
      if !refined.isEmpty { return step == 1 ? refined[groups - 2] : points.map { refined[groups - 2][$0] } }
      let groupOf = groupOf[groups - 2].map { UInt8($0) }
      return points.map { groupOf[Int(clusterOf[$0])] }
    }
  }

  /// The orders that divide the people in much the same way.
  private struct Mode {
    var runs: [Int]
    /// The sum over its orders, then the mean.
    var silhouette: Double
  }

  private var runs: [Run] = []
  /// For each number of groups from 2 that all orders have, the mode that stands for it.
  private var modes: [Mode] = []
  private let points: PlanePoints
  /// Where they are few.
  private var people: PeopleSilhouette?

  private func part(_ runs: some Sequence<Run>) -> Self {
    var part = self
    part.runs = Array(runs)
    part.findModes()
    return part
  }

  /// Orders are drawn until the groups are settled: until every other order and those between find the same number of groups and nearly the same groups, but no more
  /// than ``mostRounds`` times as many, or ``mostRoundsOfFew`` of few people.
  ///
  /// - Parameters:
  ///   - points: where people stand; those with weight draw the map, the others are only placed on it.
  ///   - number: how many groups these orders are for.
  init(_ points: PlanePoints, orders: Int, upTo most: Int, seed: String, number: (Self) -> Int) {
    self.points = points
    let drawers = points.weight.indices.flatMap { point in repeatElement(point, count: Int(points.weight[point])) }
    guard !drawers.isEmpty else { return }
    var scatter = Scatter(seed: seed)
    if drawers.count <= Self.baseClusters * 4 { people = PeopleSilhouette(drawers, points) }
    let areFew = people != nil
    for _ in 0..<(areFew ? Self.mostRoundsOfFew : Self.mostRounds) {
      let seeds = (0..<orders).map { _ in scatter.next() }
      runs += Together.map(orders) { Self.run(points, drawers, areFew: areFew, upTo: most, seed: seeds[$0]) }
      findModes()
      if isSettled(number) { return }
    }
  }

  private func isSettled(_ number: (Self) -> Int) -> Bool {
    guard runs.count > 1 else { return true }
    guard isNumberClear(number(self)) else { return false }
    let halves = [0, 1].map { first in part(stride(from: first, to: runs.count, by: 2).map { runs[$0] }) }
    let groups = number(halves[0])
    guard groups == number(halves[1]) else { return false }
    let found = halves.map { $0.division(of: $0.partitions(of: $0.members(groups), groups), groups).groupOf }
    return RandIndex.adjusted(found[0], found[1], groups: groups) >= Self.settledAgreement
  }

  /// Whether no other number of groups could have the best silhouette by the chance of the orders drawn: each is behind by two standard errors, or as good.
  private func isNumberClear(_ chosen: Int) -> Bool {
    let tried = numbersTried.map { number -> (mean: Double, variance: Double) in
      let known = modes[number - 2].runs.map { runs[$0].silhouettes[number - 2] }
      let mean = known.reduce(0, +) / Double(known.count)
      let variance = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, known.count - 1))
      return (mean, variance / Double(known.count))
    }
    guard tried.indices.contains(chosen - 2) else { return true }
    return tried.indices.allSatisfy { other in
      let lead = tried[chosen - 2].mean - tried[other].mean
      return abs(lead) < GroupNumber.telling || lead > 2 * (tried[chosen - 2].variance + tried[other].variance).squareRoot()
    }
  }

  private static func run(_ points: PlanePoints, _ drawers: [Int], areFew: Bool, upTo most: Int, seed: UInt64) -> Run {
    var scatter = Scatter(seed: seed)
    let base = PlaneClusters(points, starts: firstPositions(drawers, points.count, &scatter), rounds: baseRounds)
    let centres = PlanePoints(base.centres, weight: base.weight)
    let silhouette = Silhouette(base.centres)
    let isShared = isShared(base, points)
    var groupOf: [[Int]] = []
    var refined: [[UInt8]] = []
    var silhouettes: [Double] = []
    for groups in 2..<max(2, min(most, centres.count) + 1) {
      var starts: [Int] = []
      for cluster in 0..<base.count where starts.count < groups && !starts.contains(centres.pointOf[cluster]) {
        starts.append(centres.pointOf[cluster])
      }
      let clusters = PlaneClusters(centres, starts: starts, rounds: 20)
      let found = centres.pointOf.map { Int(clusters.clusterOf[$0]) }
      groupOf.append(found)
      if areFew { refined.append(PlaneClusters(points, from: clusters.centres, rounds: 100, until: 0).clusterOf) }
      if groups <= min(mostBySilhouette, 2 + base.count / 12) {
        silhouettes.append(silhouette.mean(found, groups: groups, isShared: isShared))
      }
    }
    return Run(clusterOf: base.clusterOf, groupOf: groupOf, refined: refined, silhouettes: silhouettes)
  }

  /// For each base cluster whether several people stand in it, all at one place.
  private static func isShared(_ base: PlaneClusters, _ points: PlanePoints) -> [Bool] {
    var places = [Int](repeating: 0, count: base.count)
    for point in points.weight.indices where points.weight[point] > 0 { places[Int(base.clusterOf[point])] += 1 }
    return places.indices.map { places[$0] == 1 && base.weight[$0] > 1 }
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

  /// The numbers of groups that Polis would try: 2 to 5, fewer on small maps.
  private var numbersTried: Range<Int> { 2..<2 + (runs.map(\.silhouettes.count).min() ?? 0) }

  /// For each number of ``numbersTried`` the silhouette on the mean of its mode's orders: of what would be shown, not of what would not.
  var silhouettes: [Double] { numbersTried.map { modes[$0 - 2].silhouette } }

  private mutating func findModes() { modes = most > 1 ? (2...most).map { mode(groups: $0) } : [] }

  /// Of the modes that are not rare the one with the best mean silhouette, of nearly equal ones the largest; where all are rare, the largest.
  ///
  /// Each order joins the first mode whose first order it agrees with.
  private func mode(groups: Int) -> Mode {
    let samples = runs.map { $0.partition(groups: groups, every: sampleStep) }
    var modes: [Mode] = []
    for run in runs.indices {
      let silhouette = groups - 2 < runs[run].silhouettes.count ? runs[run].silhouettes[groups - 2] : 0
      if let place = modes.firstIndex(where: { RandIndex.adjusted(samples[$0.runs[0]], samples[run], groups: groups) >= Self.sameWay }) {
        modes[place].runs.append(run)
        modes[place].silhouette += silhouette
      } else {
        modes.append(Mode(runs: [run], silhouette: silhouette))
      }
    }
    for place in modes.indices { modes[place].silhouette /= Double(modes[place].runs.count) }
    let frequent = modes.filter { $0.runs.count * Self.rarest >= runs.count }
    let largest = modes.max { $0.runs.count < $1.runs.count } ?? Mode(runs: [], silhouette: 0)
    let best = frequent.map(\.silhouette).max() ?? 0
    return frequent.filter { $0.silhouette >= best - Self.tellingSilhouette }.max { $0.runs.count < $1.runs.count } ?? largest
  }

  /// Some 400 to 800 points stand for all, evenly taken; all where they are fewer.
  private var sampleStep: Int { max(1, points.count / 400) }

  /// The orders of the mode that stands for a number of groups.
  private func members(_ groups: Int) -> [Int] { modes.indices.contains(groups - 2) ? modes[groups - 2].runs : [] }

  private func partitions(of orders: [Int], _ groups: Int) -> [[UInt8]] {
    people == nil ? Together.map(orders.count) { runs[orders[$0]].partition(groups: groups) } : orders.map { runs[$0].partition(groups: groups) }
  }

  /// For each point its group and the share of the orders that put it there.
  func majority(groups: Int) -> (groupOf: [Int], certainty: [Double]) {
    guard groups > 1, !members(groups).isEmpty else {
      return ([Int](repeating: 0, count: points.count), [Double](repeating: 1, count: points.count))
    }
    let all = partitions(of: Array(runs.indices), groups)
    let found = division(of: members(groups).map { all[$0] }, groups)
    let counted = found.votes.flatMap { members(groups).count == all.count ? $0 : nil } ?? tally(all, in: found.groupOf, groups)
    let certainty = (0..<points.count).map { Double(counted[$0 * groups + Int(found.groupOf[$0])]) / Double(all.count) }
    return (found.groupOf.map { Int($0) }, certainty)
  }

  /// What orders that are alike have in common: where people are few the one in which they lie best, else the majority.
  ///
  /// The groups of each order get the names of those in the reference that they overlap most; the first reference is the order that agrees best with the others,
  /// the next is the majority, until it stays the same.
  /// - Returns: also the last tally, where nothing has changed since.
  private func division(of alike: [[UInt8]], _ groups: Int) -> (groupOf: [UInt8], votes: [Int32]?) {
    guard groups > 1, !alike.isEmpty else { return ([UInt8](repeating: 0, count: points.count), nil) }
    if let people {
      let silhouettes = Together.map(alike.count) { people.mean(alike[$0], groups: groups) }
      let best = silhouettes.indices.reduce(0) { silhouettes[$1] > silhouettes[$0] ? $1 : $0 }
      return (GroupBorder(points, people, from: alike[best], groups: groups, silhouette: silhouettes[best]).groupOf, nil)
    }
    var reference = alike[central(alike, groups)]
    for _ in 0..<10 {
      let votes = tally(alike, in: reference, groups)
      let before = reference
      for point in 0..<points.count {
        var best = 0
        for group in 1..<groups where votes[point * groups + group] > votes[point * groups + best] { best = group }
        reference[point] = UInt8(best)
      }
      if reference == before { return (reference, votes) }
    }
    return (reference, nil)
  }

  /// For each point and group how many of the orders put it there.
  private func tally(_ partitions: [[UInt8]], in reference: [UInt8], _ groups: Int) -> [Int32] {
    var tally = [Int32](repeating: 0, count: points.count * groups)
    let names = Together.map(partitions.count) { Self.names(of: partitions[$0], in: reference, points.weight, groups) }
    for (partition, names) in zip(partitions, names) {
      for point in 0..<points.count { tally[point * groups + names[Int(partition[point])]] += 1 }
    }
    return tally
  }

  /// The order that agrees best with the others (by adjusted Rand index).
  private func central(_ partitions: [[UInt8]], _ groups: Int) -> Int {
    let samples = partitions.map { partition in stride(from: 0, to: partition.count, by: sampleStep).map { partition[$0] } }
    let agreements = Together.map(samples.count) { one in samples[..<one].map { RandIndex.adjusted(samples[one], $0, groups: groups) } }
    var sums = [Double](repeating: 0, count: samples.count)
    for (one, others) in agreements.enumerated() {
      for (other, agreement) in others.enumerated() {
        sums[one] += agreement
        sums[other] += agreement
      }
    }
    return sums.indices.reduce(0) { sums[$1] > sums[$0] ? $1 : $0 }
  }

  /// The pair of groups with most in common gets the same name, then the next.
  static func names(of partition: [UInt8], in reference: [UInt8], _ weight: [Double], _ groups: Int) -> [Int] {
    var (common, odd) = ([Double](repeating: 0, count: groups * groups), [Double](repeating: 0, count: groups * groups))
    // Two tables in turns: one would wait at each point for the sum of the last. Weights count people, so that sums are exact in any order.
    for point in stride(from: 0, to: partition.count - 1, by: 2) {
      common[Int(partition[point]) * groups + Int(reference[point])] += weight[point]
      odd[Int(partition[point + 1]) * groups + Int(reference[point + 1])] += weight[point + 1]
    }
    if let point = partition.indices.last, point % 2 == 0 { common[Int(partition[point]) * groups + Int(reference[point])] += weight[point] }
    for cell in common.indices { common[cell] += odd[cell] }
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
