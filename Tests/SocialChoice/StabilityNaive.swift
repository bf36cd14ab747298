@testable import SocialChoice

/// How far halves of the people find the same groups, by the words of the method: half after half, everyone placed by each.
struct StabilityNaive {
  /// For each number of groups from 2: the mean agreement of halves, of the people and of a cloud without groups.
  private(set) var agreements: [(people: Double, cloud: Double)] = []

  init(_ positions: [SIMD2<Double>], seed: String) {
    var scatter = Scatter(seed: seed + "/halves")
    // Who is drawn when is known by the places from left to right.
    let sorted = PlanePoints(positions, weight: positions.map { _ in 1 })
    let standing = sorted.places.indices.flatMap { point in positions.filter { $0 == sorted.places[point] } }
    let own = scatter.sample(500, below: standing.count).map { standing[$0] }
    let count = Double(max(1, own.count))
    let mean = own.reduce(.zero, +) / count
    let variance = own.reduce(SIMD2<Double>.zero) { $0 + ($1 - mean) * ($1 - mean) } / count
    let cloud = own.map { _ in
      var sum = SIMD2(-6.0, -6.0)
      for _ in 0..<12 { sum += SIMD2(scatter.unit(), scatter.unit()) }
      return mean + variance.squareRoot() * sum
    }
    let numbers = Array(2..<max(2, min(10, own.count / 4, Set(own).count) + 1))
    let seeds = numbers.map { _ in (scatter.next(), scatter.next()) }
    for (groups, seed) in zip(numbers, seeds) {
      agreements.append((Self.agreement(own, groups, seed.0), Self.agreement(cloud, groups, seed.1)))
    }
  }

  /// Of those that halves bear out the one that gains most over chance.
  var best: Int {
    let gains = agreements.map { $0.people == 1 || ($0.people >= 0.8 && $0.people - $0.cloud >= 0.05) ? $0.people - $0.cloud : -1 }
    return gains.firstIndex { $0 >= 0 && $0 == gains.max() }.map { $0 + 2 } ?? 1
  }

  private static func agreement(_ people: [SIMD2<Double>], _ groups: Int, _ seed: UInt64) -> Double {
    var scatter = Scatter(seed: seed)
    let all = PlanePoints(people, weight: people.map { _ in 1 })
    var divisions: [[Int]] = []
    for _ in 0..<8 {
      let half = scatter.sample(people.count / 2, below: people.count)
      let points = PlanePoints(people, weight: people.indices.map { half.contains($0) ? 1 : 0 })
      // The tighter of two tries, the first of equals.
      let tries = (0..<2).map { _ in
        ClusterNaive.means(points, from: starts(points, groups, &scatter).map { points.places[$0] }, rounds: 20)
      }
      let looseness = tries.map { found in
        points.places.indices.reduce(0) { sum, point in
          sum + points.weight[point] * points.places[point].squaredDistance(to: found.centres[found.clusterOf[point]])
        }
      }
      let found = looseness[1] < looseness[0] ? tries[1] : tries[0]
      divisions.append(all.pointOf.map { found.clusterOf[$0] })
    }
    var pairs: [Double] = []
    for one in divisions.indices { for other in divisions[..<one] { pairs.append(RandIndex.adjusted(divisions[one], other)) } }
    return pairs.reduce(0, +) / Double(pairs.count)
  }

  /// The first by weight, each further one by weight times the squared distance to the nearest start.
  private static func starts(_ points: PlanePoints, _ groups: Int, _ scatter: inout Scatter) -> [Int] {
    var starts: [Int] = []
    while starts.count < groups {
      let chances = points.places.indices.map { point in
        points.weight[point] * (starts.map { points.places[point].squaredDistance(to: points.places[$0]) }.min() ?? 1)
      }
      guard chances.contains(where: { $0 > 0 }) else { break }
      let drawn = scatter.unit() * chances.reduce(0, +)
      var passed = 0.0
      let start = chances.indices.first { point in
        passed += chances[point]
        return chances[point] > 0 && drawn < passed
      }
      starts.append(start ?? chances.lastIndex { $0 > 0 } ?? 0)
    }
    return starts
  }
}
