@testable import SocialChoice

/// k-means by its definition: every centre for every point.
enum ClusterNaive {
  /// - Parameter still: it ends when no centre moves by as much; at 0, when none moves.
  static func means(_ points: PlanePoints, from first: [SIMD2<Double>], rounds: Int, until still: Double = 0.01) -> (
    centres: [SIMD2<Double>], clusterOf: [Int], weight: [Double]
  ) {
    var centres = first
    var round = 0
    func nearest(_ point: SIMD2<Double>) -> Int {
      centres.indices.min { (point.squaredDistance(to: centres[$0]), $0) < (point.squaredDistance(to: centres[$1]), $1) } ?? 0
    }
    while true {
      let clusterOf = points.places.map(nearest)
      var (means, weights): ([SIMD2<Double>?], [Double]) = ([], [])
      for cluster in centres.indices {
        let members = points.places.indices.filter { clusterOf[$0] == cluster && points.weight[$0] > 0 }
        let weight = members.reduce(0) { $0 + points.weight[$1] }
        let sum = members.reduce(SIMD2<Double>.zero) { $0 + points.weight[$1] * points.places[$1] }
        means.append(members.isEmpty ? nil : sum / weight)
        weights.append(weight)
      }
      let moved = zip(means, centres).map { $0?.squaredDistance(to: $1).squareRoot() ?? .infinity }.max() ?? 0
      centres = means.compactMap { $0 }
      if moved < still || moved == 0 || (round >= rounds && moved.isFinite) {
        // Points without weight go to the centres as they are at the end, the others stay where the last round put them.
        let places = points.places.indices.map { points.weight[$0] > 0 ? clusterOf[$0] : nearest(points.places[$0]) }
        return (centres, places, weights)
      }
      round += 1
    }
  }
}

/// The groups of an opinion map by the words of their method, one order of arrival after the other, in no hurry.
///
/// What has a second count of its own is taken from the engine: the order drawn (``Scatter``), positions that are one point (``PlanePoints``), and how far two
/// divisions agree (``RandIndex``). All else is written again.
struct GroupsNaive {
  /// One order of arrival; for each number of groups from 2 who is where, and how well people lie there.
  struct Order {
    var partitions: [[Int]] = []
    var ofPeople: [Double] = []
    var silhouettes: [Double] = []
  }

  let points: PlanePoints
  /// More than four people for each of a hundred base clusters.
  let isCrowd: Bool
  private(set) var orders: [Order] = []
  /// How often more orders were drawn.
  private(set) var draws = 0

  private var people: [Int] { points.weight.indices.flatMap { [Int](repeating: $0, count: Int(points.weight[$0])) } }

  /// - Parameter rule: the number of groups asked for; nil for the best silhouette.
  init(_ points: PlanePoints, orders: Int, upTo most: Int, seed: String, rule: Int? = nil) {
    self.points = points
    isCrowd = points.weight.reduce(0, +) > 400
    let people = people
    guard !people.isEmpty else { return }
    var scatter = Scatter(seed: seed)
    repeat {
      draws += 1
      let seeds = (0..<orders).map { _ in scatter.next() }
      for seed in seeds {
        var own = Scatter(seed: seed)
        self.orders.append(order(own.sample(people.count, below: people.count).map { people[$0] }, upTo: most))
      }
    } while !isSettled(rule) && draws < (isCrowd ? 4 : 16)
  }

  private func order(_ arrivals: [Int], upTo most: Int) -> Order {
    var first: [Int] = []
    for point in arrivals where !first.contains(point) && first.count < 100 { first.append(point) }
    let base = ClusterNaive.means(points, from: first.map { points.places[$0] }, rounds: 6)
    let centres = PlanePoints(base.centres, weight: base.weight)
    let isShared = base.centres.indices.map { cluster in
      let there = people.filter { base.clusterOf[$0] == cluster }
      return there.count > 1 && Set(there).count == 1
    }
    var order = Order()
    for groups in 2...max(2, most) where groups <= centres.count {
      var starts: [SIMD2<Double>] = []
      for centre in base.centres where !starts.contains(centre) && starts.count < groups { starts.append(centre) }
      let found = ClusterNaive.means(centres, from: starts, rounds: 20)
      let groupOfBase = centres.pointOf.map { found.clusterOf[$0] }
      if isCrowd {
        order.partitions.append(base.clusterOf.map { groupOfBase[$0] })
      } else {
        order.partitions.append(ClusterNaive.means(points, from: found.centres, rounds: 100, until: 0).clusterOf)
      }
      order.ofPeople.append(isCrowd ? 0 : silhouette(ofPeople: order.partitions[groups - 2]))
      if groups <= min(5, 2 + base.centres.count / 12) { order.silhouettes.append(Self.silhouette(base.centres, groupOfBase, isShared: isShared)) }
    }
    return order
  }

  /// - Parameter isShared: where several people stand at one place, they are as near as can be to each other.
  static func silhouette(_ places: [SIMD2<Double>], _ groupOf: [Int], isShared: [Bool]) -> Double {
    var sum = 0.0
    for one in places.indices {
      func mean(_ group: Int) -> Double? {
        let others = places.indices.filter { $0 != one && groupOf[$0] == group }
        return others.isEmpty ? nil : others.reduce(0) { $0 + places[$1].squaredDistance(to: places[one]).squareRoot() } / Double(others.count)
      }
      let nearest = Set(groupOf).subtracting([groupOf[one]]).compactMap(mean).min()
      if let own = mean(groupOf[one]) ?? (isShared[one] ? 0 : nil), let nearest, max(own, nearest) > 0 { sum += (nearest - own) / max(own, nearest) }
    }
    return places.isEmpty ? 0 : sum / Double(places.count)
  }

  /// How many numbers of groups all orders have a silhouette for.
  private var tried: Int { orders.map { $0.silhouettes.count }.min() ?? 0 }
  /// For each the mean of the orders of the way that is taken.
  var silhouettes: [Double] { (0..<tried).map { number in mean(way(number + 2).map { $0.silhouettes[number] }) } }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  var most: Int { 1 + (orders.map(\.partitions.count).min() ?? 0) }

  /// The number asked for, or the lowest of those less than a hundredth below the best silhouette; no more than there are.
  func number(_ rule: Int?) -> Int {
    let silhouettes = silhouettes
    let best = silhouettes.firstIndex { (silhouettes.max() ?? 0) - $0 < 0.01 }
    return max(1, min(rule ?? best.map { $0 + 2 } ?? 1, most))
  }

  private func part(_ orders: some Sequence<Order>) -> GroupsNaive {
    var part = self
    part.orders = Array(orders)
    return part
  }

  private func isSettled(_ rule: Int?) -> Bool {
    guard orders.count > 1 else { return true }
    let chosen = number(rule)
    let means = silhouettes
    // The variance of a mean: that of what it is the mean of, by how many they are.
    let variances = means.indices.map { number in
      let known = way(number + 2).map { $0.silhouettes[number] }
      return known.reduce(0) { $0 + ($1 - mean(known)) * ($1 - mean(known)) } / Double(max(1, known.count - 1)) / Double(known.count)
    }
    for other in means.indices where chosen >= 2 && chosen - 2 < means.count && other != chosen - 2 {
      let lead = means[chosen - 2] - means[other]
      if abs(lead) >= 0.01, lead <= 2 * (variances[chosen - 2] + variances[other]).squareRoot() { return false }
    }
    let halves = [0, 1].map { rest in part(orders.indices.filter { $0 % 2 == rest }.map { orders[$0] }) }
    guard halves[0].number(rule) == halves[1].number(rule) else { return false }
    let found = halves.map { $0.groups($0.number(rule)).groupOf }
    return RandIndex.adjusted(found[0], found[1]) >= 0.9
  }

  /// The orders of the way to divide that is taken.
  private func way(_ groups: Int) -> [Order] {
    var ways: [[Order]] = []
    for order in orders {
      let partition = order.partitions[groups - 2]
      if let place = ways.firstIndex(where: { RandIndex.adjusted($0[0].partitions[groups - 2], partition) >= 0.5 }) {
        ways[place].append(order)
      } else {
        ways.append([order])
      }
    }
    func silhouette(_ way: [Order]) -> Double {
      let known = way.map { (order: Order) -> Double in groups - 2 < order.silhouettes.count ? order.silhouettes[groups - 2] : 0 }
      return known.reduce(0, +) / Double(way.count)
    }
    func largest(_ ways: [[Order]]) -> [Order]? { ways.first { way in ways.allSatisfy { $0.count <= way.count } } }
    let frequent = ways.filter { 8 * $0.count >= orders.count }
    guard let best = frequent.map(silhouette).max() else { return largest(ways) ?? [] }
    return largest(frequent.filter { silhouette($0) >= best - 0.05 }) ?? []
  }

  /// For each point its group, and the share of all orders that put it there.
  func groups(_ groups: Int) -> (groupOf: [Int], certainty: [Double]) {
    guard groups > 1, groups <= most else { return (points.places.map { _ in 0 }, points.places.map { _ in 1 }) }
    let way = way(groups)
    let partitions = way.map { $0.partitions[groups - 2] }
    var division: [Int]
    if isCrowd {
      division = central(partitions)
      for _ in 0..<10 {
        let names = partitions.map { named($0, after: division, groups) }
        let before = division
        division = points.places.indices.map { point in
          let votes = (0..<groups).map { group in names.count { $0[point] == group } }
          return votes.firstIndex { $0 == votes.max() } ?? 0
        }
        if division == before { break }
      }
    } else {
      let best = way.map { $0.ofPeople[groups - 2] }.max()
      division = bordered(partitions[way.firstIndex { $0.ofPeople[groups - 2] == best } ?? 0], groups)
    }
    let all = orders.map { named($0.partitions[groups - 2], after: division, groups) }
    return (division, points.places.indices.map { point in Double(all.count { $0[point] == division[point] }) / Double(all.count) })
  }

  /// The division that agrees best with the others, the first of equals.
  private func central(_ partitions: [[Int]]) -> [Int] {
    let sums = partitions.indices.map { one in
      partitions.indices.filter { $0 != one }.reduce(0) { $0 + RandIndex.adjusted(partitions[max(one, $1)], partitions[min(one, $1)]) }
    }
    return partitions[sums.firstIndex { $0 == sums.max() } ?? 0]
  }

  /// The groups under the names of those in the other division with which they have most people in common: the largest overlap first.
  private func named(_ partition: [Int], after other: [Int], _ groups: Int) -> [Int] {
    var names: [Int: Int] = [:]
    var pairs: [(common: Double, group: Int, name: Int)] = []
    for group in 0..<groups {
      for name in 0..<groups {
        let both = points.places.indices.filter { partition[$0] == group && other[$0] == name }
        pairs.append((both.reduce(0) { $0 + points.weight[$1] }, group, name))
      }
    }
    for pair in pairs.sorted(by: { $0.common == $1.common ? ($0.group, $0.name) < ($1.group, $1.name) : $0.common > $1.common })
    where names[pair.group] == nil && !names.values.contains(pair.name) {
      names[pair.group] = pair.name
    }
    return partition.map { names[$0] ?? 0 }
  }

  private func silhouette(ofPeople groupOf: [Int]) -> Double {
    Self.silhouette(people.map { points.places[$0] }, people.map { groupOf[$0] }, isShared: people.map { _ in false })
  }

  /// The twenty nearest to a border put on its other side one by one, k-means from there, and the best of what comes of it, until nothing better comes.
  private func bordered(_ start: [Int], _ groups: Int) -> [Int] {
    var division = start
    let heavy = points.places.indices.filter { points.weight[$0] > 0 }
    func weight(_ group: Int, _ groupOf: [Int]) -> Double { heavy.reduce(0) { $0 + (groupOf[$1] == group ? points.weight[$1] : 0) } }
    while (0..<groups).allSatisfy({ weight($0, division) > 0 }) {
      let means = (0..<groups).map { mean(division, $0) }
      func distance(_ point: Int, _ group: Int) -> Double { points.places[point].squaredDistance(to: means[group]).squareRoot() }
      let sides = heavy.map { (point: Int) -> (point: Int, other: Int, farther: Double) in
        let others = (0..<groups).filter { $0 != division[point] }
        let other = others.min { (distance(point, $0), $0) < (distance(point, $1), $1) } ?? 0
        return (point, other, distance(point, other) - distance(point, division[point]))
      }
      var better: (division: [Int], silhouette: Double)?
      for side in sides.sorted(by: { ($0.farther, $0.point) < ($1.farther, $1.point) }).prefix(20) {
        guard weight(division[side.point], division) > points.weight[side.point] else { continue }
        var moved = division
        moved[side.point] = side.other
        let found = ClusterNaive.means(points, from: (0..<groups).map { mean(moved, $0) }, rounds: 100, until: 0)
        guard found.centres.count == groups else { continue }
        let value = silhouette(ofPeople: found.clusterOf)
        if value > (better?.silhouette ?? -.infinity) { better = (found.clusterOf, value) }
      }
      guard let better, better.silhouette > silhouette(ofPeople: division) + 1e-9 else { break }
      division = better.division
    }
    return division
  }

  private func mean(_ groupOf: [Int], _ group: Int) -> SIMD2<Double> {
    let members = points.places.indices.filter { groupOf[$0] == group && points.weight[$0] > 0 }
    let sum = members.reduce(SIMD2<Double>.zero) { $0 + points.weight[$1] * points.places[$1] }
    return sum / members.reduce(0) { $0 + points.weight[$1] }
  }
}
