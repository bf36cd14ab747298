import Foundation
import Solvers
import Testing

@testable import ChoiceFiles
@testable import SocialChoice

struct SortitionTests {
  private static func lottery(_ pool: SortitionPool, method: SortitionMethod = .leximin, seed: String = "spring", size: Int = 1_000) throws
    -> SeatLottery
  {
    try SeatLottery(pool, method: method, size: size, seed: seed, solver: CoinSolver())
  }

  @Test(arguments: [20, 200]) func `in the paper's examples everybody has one chance in ten, exactly`(seats: Int) throws {
    let folder =
      URL(filePath: #filePath).deletingLastPathComponent().path + "/Reference/sortition/example_\(seats == 20 ? "small" : "large")_\(seats)/"
    let files = try SortitionFiles(
      pool: Array(Data(contentsOf: URL(filePath: folder + "respondents.csv"))), poolName: "respondents.csv",
      quotas: Array(Data(contentsOf: URL(filePath: folder + "categories.csv"))), quotasName: "categories.csv", panelSize: seats)
    let pool = SortitionPool(members: files.members, quotas: files.quotas, panelSize: seats)
    let lottery = try Self.lottery(pool)
    #expect(lottery.seats.allSatisfy { $0 == 100 })
    #expect(lottery.panels.allSatisfy(pool.accepts))
    #expect(lottery.gap.map { $0 < Rational(1, 1_000_000) } == true)
  }

  @Test func `on a thousand small random pools the ideal, lowered to what panels give, is leximin by its definition over all panels`() throws {
    var (looked, level) = (0, 0)
    for seed in 60_000..<63_000 where looked < 1_000 {
      let small = SortitionCase(seed: seed)
      guard !small.panels.isEmpty else { continue }
      looked += 1
      let found = try small.lowered()
      for (member, chance) in try small.leximin().enumerated() {
        #expect(abs(found.aims[found.typed.typeOfMember[member]] - chance) < 1e-5, "case \(seed), member \(member)")
      }
      // Different people with the same chance, between zero and one.
      let ties = found.aims.filter { 1e-5 < $0 && $0 < 1 - 1e-5 }.map { Int($0 * 1e4) }
      level += Set(ties).count < ties.count ? 1 : 0
    }
    #expect(looked == 1_000 && level > 250, "\(looked) \(level)")
  }

  @Test func `a lottery's panels are panels, everybody of a type sits as often, and the smallest chance is the best there is`() throws {
    var (looked, farthest) = (0, 0.0)
    for seed in 64_000..<67_000 where looked < 1_000 {
      let small = SortitionCase(seed: seed)
      guard !small.panels.isEmpty else { continue }
      looked += 1
      let size = looked % 20 == 0 ? 1_000 : 50
      let lottery = try Self.lottery(small.pool, size: size)
      #expect(lottery.panels.count == size)
      #expect(lottery.panels.allSatisfy(small.pool.accepts), "case \(seed)")
      #expect(lottery.seats.reduce(0, +) == size * small.pool.panelSize)
      for type in lottery.typed.types {
        let seats = type.members.map { lottery.seats[$0] }
        #expect((seats.max() ?? 0) - (seats.min() ?? 0) <= 1, "case \(seed)")
      }
      let best = try small.leximin()
      farthest = max(farthest, (best.min() ?? 0) * Double(size) - Double(lottery.minimum))
      for (type, aim) in zip(lottery.typed.types, lottery.aims) {
        for member in type.members { #expect(Double(lottery.seats[member]) > aim * Double(size) - 2, "case \(seed)") }
      }
    }
    #expect(looked == 1_000 && farthest <= 1 + 1e-3, "\(looked) \(farthest)")
  }

  @Test func `a made pool of 300 people keeps within a thousandth of a bound that is checked exactly`() throws {
    let pool = MadePool.hard(count: 300, seats: 30, categories: 5, seed: "a made pool")
    let lottery = try Self.lottery(pool)
    #expect(lottery.gap.map { $0.approximate <= 0.001_001 } == true)
    let isCertified = lottery.isCertified
    #expect(isCertified)
    #expect(lottery.panels.allSatisfy(pool.accepts))
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["ISEGORIA_TEST_LONG"] != nil), arguments: ["hard", "b", "c"])
  func `leximin of 1,727 people, 110 seats and 7 categories is certified within five minutes`(seed: String) throws {
    let start = ContinuousClock.now
    let pool = MadePool.hard(count: 1_727, seats: 110, seed: seed)
    let lottery = try Self.lottery(pool)
    #expect(lottery.isCertified)
    #expect(lottery.panels.allSatisfy(pool.accepts))
    #expect(ContinuousClock.now - start < .seconds(300))
  }

  @Test func `the order of the pool changes nobody's chance but by one panel`() throws {
    let pool = MadePool.hard(count: 120, seats: 15, categories: 4, seed: "order")
    var random = PublicRandom(seed: "another order")
    let order = random.shuffled(Array(pool.members.indices))
    let moved = SortitionPool(members: order.map { pool.members[$0] }, quotas: pool.quotas, panelSize: pool.panelSize)
    let first = try Self.lottery(pool)
    let second = try Self.lottery(moved)
    #expect(first.aims == second.aims)
    for (place, member) in order.enumerated() { #expect(abs(first.seats[member] - second.seats[place]) <= 1) }
  }

  @Test func `the same seed gives the same lottery, another seed other panels and the same totals of each type`() throws {
    let pool = MadePool.hard(count: 120, seats: 15, categories: 4, seed: "seeds")
    let first = try Self.lottery(pool)
    #expect(try Self.lottery(pool).panels == first.panels)
    let other = try Self.lottery(pool, seed: "autumn")
    #expect(other.panels != first.panels)
    for type in first.typed.types { #expect(type.members.reduce(0) { $0 + first.seats[$1] } == type.members.reduce(0) { $0 + other.seats[$1] }) }
  }

  @Test func `the greedy draw keeps quotas and households, is repeatable, and gives up after its attempts`() throws {
    let pool = MadePool.hard(count: 200, seats: 20, categories: 3, seed: "greedy")
    let first = try Self.lottery(pool, method: .legacy, size: 50)
    #expect(first.panels.allSatisfy(pool.accepts))
    #expect(try Self.lottery(pool, method: .legacy, size: 50).panels == first.panels)
    #expect(first.gap == nil)
    let impossible = SortitionPool(
      members: [PoolMember(features: [0])], quotas: [Quota(category: "c", feature: "f", minimum: 2, maximum: 2)], panelSize: 2)
    var random = PublicRandom(seed: "none")
    #expect(LegacyDraw.panel(impossible, random: &random, attempts: 5) == nil)
  }

  @Test func `maximin's smallest chance is leximin's`() throws {
    let pool = MadePool.hard(count: 150, seats: 15, categories: 4, seed: "maximin")
    let leximin = try Self.lottery(pool)
    let maximin = try Self.lottery(pool, method: .maximin)
    #expect(abs(leximin.minimum - maximin.minimum) <= 1)
    #expect(maximin.ideal?.stages.count == 1)
  }
}
