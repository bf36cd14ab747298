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
  /// One order of arrival; for each number of groups from 2 who is where, and how far all are from the means of their groups.
  struct Order {
    var partitions: [[Int]] = []
    var looseness: [Double] = []
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
      order.looseness.append(looseness(order.partitions[groups - 2]))
      if groups <= min(5, 2 + base.centres.count / 12) { order.silhouettes.append(Self.silhouette(base.centres, groupOfBase, isShared: isShared)) }
    }
    return order
  }

  /// The sum of all people's squared distances to the means of their groups.
  private func looseness(_ groupOf: [Int]) -> Double {
    let heavy = points.places.indices.filter { points.weight[$0] > 0 }
    let means = (0...(groupOf.max() ?? 0)).map { mean(groupOf, $0) }
    return heavy.reduce(0) { $0 + points.weight[$1] * points.places[$1].squaredDistance(to: means[groupOf[$1]]) }
  }

  private func mean(_ groupOf: [Int], _ group: Int) -> SIMD2<Double> {
    let members = points.places.indices.filter { groupOf[$0] == group && points.weight[$0] > 0 }
    let sum = members.reduce(SIMD2<Double>.zero) { $0 + points.weight[$1] * points.places[$1] }
    return sum / members.reduce(0) { $0 + points.weight[$1] }
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

  /// The mean of all orders, for the numbers that all of them have.
  var silhouettes: [Double] {
    let numbers = orders.map { $0.silhouettes.count }.min() ?? 0
    return (0..<numbers).map { (number: Int) -> Double in
      var sum = 0.0
      for order in orders { sum += order.silhouettes[number] }
      return sum / Double(orders.count)
    }
  }

  var most: Int { 1 + (orders.map(\.partitions.count).min() ?? 0) }

  /// The number asked for, or the one with the best silhouette, the lowest of equals; no more than there are.
  func number(_ rule: Int?) -> Int {
    let best = silhouettes.firstIndex { $0 == silhouettes.max() }
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
    for other in silhouettes.indices where chosen >= 2 && chosen - 2 < silhouettes.count && other != chosen - 2 {
      let leads = orders.map { $0.silhouettes[chosen - 2] - $0.silhouettes[other] }
      let mean = leads.reduce(0, +) / Double(leads.count)
      let variance = leads.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(leads.count - 1)
      if mean <= 2 * (variance / Double(leads.count)).squareRoot() { return false }
    }
    let halves = [part(orders.prefix(orders.count / 2)), part(orders.suffix(orders.count / 2))]
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
      let least = way.map { $0.looseness[groups - 2] }.min()
      division = exchanged(partitions[way.firstIndex { $0.looseness[groups - 2] == least } ?? 0], groups)
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

  /// Points from left to right, each to the group with which all are tightest, means moving along, until none moves. A group is not emptied.
  private func exchanged(_ start: [Int], _ groups: Int) -> [Int] {
    var groupOf = start
    let heavy = points.places.indices.filter { points.weight[$0] > 0 }
    func weight(_ group: Int) -> Double { heavy.reduce(0) { $0 + (groupOf[$1] == group ? points.weight[$1] : 0) } }
    var isStill = false
    for _ in 0..<100 where !isStill {
      isStill = true
      for point in heavy {
        let (own, share) = (groupOf[point], points.weight[point])
        guard weight(own) > share else { continue }
        func cost(_ group: Int, with change: Double) -> Double {
          weight(group) / (weight(group) + change) * points.places[point].squaredDistance(to: mean(groupOf, group))
        }
        let leaving = cost(own, with: -share)
        let joining = (0..<groups).map { $0 == own || weight($0) == 0 ? .infinity : cost($0, with: share) }
        guard let least = joining.min(), least < leaving * (1 - 1e-9), let group = joining.firstIndex(of: least) else { continue }
        groupOf[point] = group
        isStill = false
      }
    }
    for point in points.places.indices where points.weight[point] == 0 {
      let distances = (0..<groups).map { weight($0) > 0 ? points.places[point].squaredDistance(to: mean(groupOf, $0)) : .infinity }
      groupOf[point] = distances.firstIndex { $0 == distances.min() } ?? 0
    }
    return groupOf
  }
}
