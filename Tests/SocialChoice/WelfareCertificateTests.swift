import Foundation
import Testing

@testable import ChoiceCommands
@testable import SocialChoice

/// What `tally --json` prints of maximum welfare, checked with nothing else than the ballots by a walker written from
/// docs/algorithms/maximum-welfare.md.
struct WelfareCertificateTests {
  /// The JSON's certificate, as a stranger reads it.
  struct Proof: Decodable {
    var district: String?
    var budget: Int
    var order: [String]
    var best: [String]
    var tree: [String]
    var multipliers: [Int]
    var value: Int128
    var bound: Int128
  }

  private struct Report: Decodable {
    struct Welfare: Decodable {
      let optimal: Bool
      let certificate: Proof?
      let certificates: [Proof]?
    }
    let winners: [String]
    let welfare: Welfare
  }

  /// The ballots, and what the command was asked.
  struct Town {
    var projects: [(id: String, cost: Int, district: String)] = []
    var ballots: [[String]] = []
    var points: [[Int]] = []
    var budget = 0
    var mandatory: [String] = []
    var conflicts: [[String]] = []
    /// The districts that have a part.
    var districts: [(name: String, budget: Int)] = []

    init(_ seed: String, kind: String) {
      var random = PublicRandom(seed: seed)
      let count = 3 + random.below(7)
      projects = (0..<count).map { ("p\($0)", 1 + random.below(9), ["north", "south", "east"][random.below(3)]) }
      for _ in 0..<(1 + random.below(9)) {
        let named = random.shuffled(projects.map(\.id)).prefix(1 + random.below(count))
        ballots.append(Array(named))
        points.append(named.map { _ in random.below(5) })
      }
      budget = projects.reduce(0) { $0 + $1.cost } * (2 + random.below(5)) / 10
      if random.below(3) == 0 { conflicts = [[projects[0].id, projects[1].id], [projects[1].id, projects[2].id]] }
      if random.below(4) == 0, projects[0].cost <= budget { mandatory = [projects[0].id] }
    }

    func text(_ kind: String) -> String {
      let hasPoints = kind == "cumulative"
      let votes = ballots.indices.map { ballot in
        "\(ballot);\(ballots[ballot].joined(separator: ","))" + (hasPoints ? ";\(points[ballot].map(String.init).joined(separator: ","))" : "")
      }
      return
        (["META", "key;value", "budget;\(budget)", "vote_type;\(kind)", "PROJECTS", "project_id;cost;district"]
        + projects.map { "\($0.id);\($0.cost);\($0.district)" } + ["VOTES", hasPoints ? "voter_id;vote;points" : "voter_id;vote"] + votes)
        .joined(separator: "\n")
    }

    var options: [String] {
      mandatory.flatMap { ["--mandatory", $0] } + conflicts.flatMap { ["--conflict", $0.joined(separator: ",")] }
        + districts.flatMap { ["--district-budget", "\($0.name)=\($0.budget)"] }
    }
  }

  private func report(_ town: Town, kind: String, _ arguments: [String]) throws -> Report {
    let path = FileManager.default.temporaryDirectory.appending(path: "welfare-\(UUID().uuidString).pb")
    defer { try? FileManager.default.removeItem(at: path) }
    try Data(town.text(kind).utf8).write(to: path)
    let json = try #require(TallyCommand.parse([path.path] + arguments + town.options) as TallyCommand?).report().json()
    return try JSONDecoder().decode(Report.self, from: Data(json.utf8))
  }

  @Test(arguments: ["max-welfare-cost", "max-welfare-cardinality", "max-welfare-points", "max-welfare-borda"])
  func `a stranger checks the printed proof with the ballots alone, and sees each forgery`(rule: String) throws {
    let kind = ["max-welfare-points": "cumulative", "max-welfare-borda": "ordinal"][rule] ?? "approval"
    var (searched, refused) = (0, 0)
    for number in 0..<100 {
      let town = Town("printed \(rule) \(number)", kind: kind)
      let report = try report(town, kind: kind, ["--rule", rule])
      let proof = try #require(report.welfare.certificate)
      let walker = WelfareWalker(town, rule: rule)
      #expect(report.welfare.optimal && proof.value == proof.bound && walker.accepts(proof), "\(number)")
      #expect(Set(proof.best + town.mandatory) == Set(report.winners), "\(number)")
      searched += proof.tree.contains("branch") ? 1 : 0
      var forgeries = (0..<5).map { _ in proof }
      forgeries[0].bound -= 1
      forgeries[1].value += 1
      forgeries[2].tree.removeLast()
      forgeries[3].tree.append("end")
      forgeries[4].best.removeAll()
      forgeries[4].value = 0
      forgeries[4].bound = 0
      // An empty choice may be the best.
      refused += (proof.best.isEmpty ? forgeries.dropLast() : forgeries[...]).count { !walker.accepts($0) }
      #expect((proof.best.isEmpty ? forgeries.dropLast() : forgeries[...]).allSatisfy { !walker.accepts($0) }, "\(number)")
    }
    #expect(searched > 40 && refused > 400, "\(searched) \(refused)")
  }

  @Test func `where the work limit ended the search, the printed proof is of the bound`() throws {
    var unproven = 0
    for number in 0..<100 {
      let town = Town("hasty \(number)", kind: "approval")
      let report = try report(town, kind: "approval", ["--rule", "max-welfare-cost", "--work-limit", "1"])
      let proof = try #require(report.welfare.certificate)
      #expect(WelfareWalker(town, rule: "max-welfare-cost").accepts(proof), "\(number)")
      #expect(report.welfare.optimal == (proof.value == proof.bound))
      unproven += report.welfare.optimal ? 0 : 1
    }
    #expect(unproven > 20, "\(unproven)")
  }

  @Test(arguments: ["max-welfare-cost", "max-welfare-borda"]) func `each part of a budget by districts has its own proof`(rule: String) throws {
    let kind = rule == "max-welfare-borda" ? "ordinal" : "approval"
    var compared = 0
    for number in 0..<400 where compared < 100 {
      var town = Town("parts \(rule) \(number)", kind: kind)
      town.conflicts = []
      let named = ["north", "south"].filter { name in town.projects.contains { $0.district == name } }
      town.districts = named.map { ($0, town.budget / 3) }
      let needed = town.projects[0].cost
      if named.isEmpty || needed > town.budget / 3 { continue }
      compared += 1
      let report = try report(town, kind: kind, ["--rule", rule])
      let proofs = try #require(report.welfare.certificates)
      #expect(report.welfare.certificate == nil && proofs.map(\.district) == named.map { $0 } + [nil])
      for proof in proofs { #expect(WelfareWalker(town, rule: rule, district: proof.district).accepts(proof), "\(number)") }
      #expect(Set(proofs.flatMap(\.best) + town.mandatory) == Set(report.winners))
    }
    #expect(compared == 100)
  }
}

/// The steps of the page, one after the other.
private struct WelfareWalker {
  private let costs: [String: Int]
  private let values: [String: Int128]
  private let mandatory: [String]
  private let conflicts: [[String]]
  private let budget: Int

  init(_ town: WelfareCertificateTests.Town, rule: String, district: String? = nil) {
    let own = Set(town.districts.map(\.name))
    // A part is its district; the last part is all projects whose district has none.
    let members = town.projects.filter { own.isEmpty || (district == nil ? !own.contains($0.district) : $0.district == district) }
    let costs = Dictionary(uniqueKeysWithValues: members.map { ($0.id, $0.cost) })
    var values = costs.mapValues { _ in Int128(0) }
    for (ballot, points) in zip(town.ballots, town.points) {
      let named = ballot.filter { costs[$0] != nil }
      for (rank, project) in named.enumerated() {
        let worth =
          switch rule {
          case "max-welfare-cost": costs[project] ?? 0
          case "max-welfare-points": points[ballot.firstIndex(of: project) ?? 0]
          case "max-welfare-borda": named.count - 1 - rank
          default: 1
          }
        values[project, default: 0] += Int128(worth)
      }
    }
    let ids = Set(members.map(\.id))
    let funded = town.mandatory.filter(ids.contains)
    let money = own.isEmpty ? town.budget : town.districts.first { $0.name == district }?.budget
    let all = money ?? town.districts.reduce(town.budget) { $0 - $1.budget }
    budget = funded.reduce(all) { $0 - (costs[$1] ?? 0) }
    (self.costs, self.values, mandatory, conflicts) = (costs, values, funded, town.conflicts)
  }

  private func excludes(_ a: String, _ b: String) -> Bool { a != b && conflicts.contains { $0.contains(a) && $0.contains(b) } }

  func accepts(_ proof: WelfareCertificateTests.Proof) -> Bool {
    guard proof.budget == budget, Set(proof.order).count == proof.order.count, proof.order.allSatisfy({ costs[$0] != nil }) else { return false }
    for (project, cost) in costs where !proof.order.contains(project) {
      let isOut = (values[project] ?? 0) <= 0 || cost > budget || mandatory.contains(project) || mandatory.contains { excludes($0, project) }
      if !isOut { return false }
    }
    return isChoice(proof) && walk(proof)
  }

  private func isChoice(_ proof: WelfareCertificateTests.Proof) -> Bool {
    let best = proof.best
    guard Set(best).count == best.count, best.reduce(0, { $0 + (costs[$1] ?? 0) }) <= budget else { return false }
    if best.contains(where: { project in (best + mandatory).contains { excludes($0, project) } }) { return false }
    return best.reduce(0) { $0 + (values[$1] ?? 0) } == proof.value && proof.value <= proof.bound
  }

  private func walk(_ proof: WelfareCertificateTests.Proof) -> Bool {
    let order = proof.order
    var taken: [Int] = []
    var next = 0
    var multipliers = proof.multipliers[...]
    for (step, node) in proof.tree.enumerated() {
      let left = taken.reduce(budget) { $0 - (costs[order[$1]] ?? 0) }
      let reached = taken.reduce(Int128(0)) { $0 + (values[order[$1]] ?? 0) }
      if node == "branch" || node == "impossible" {
        guard next < order.count else { return false }
        let fits = (costs[order[next]] ?? 0) <= left && !taken.contains { excludes(order[$0], order[next]) }
        guard fits == (node == "branch") else { return false }
        if fits { taken.append(next) }
        next += 1
        continue
      }
      if node == "closed" {
        guard let place = multipliers.popFirst(), (0...order.count).contains(place) else { return false }
        let v = place == order.count ? 0 : values[order[place]] ?? 0
        let c = place == order.count ? 1 : Int128(costs[order[place]] ?? 0)
        guard c > 0 else { return false }
        var sum = reached * c + v * Int128(left)
        for project in order[next...] { sum += max(0, (values[project] ?? 0) * c - v * Int128(costs[project] ?? 0)) }
        guard sum < (proof.bound + 1) * c else { return false }
      } else {
        guard node == "end", next == order.count, reached <= proof.bound else { return false }
      }
      guard let last = taken.popLast() else { return step == proof.tree.count - 1 && multipliers.isEmpty }
      next = last + 1
    }
    return false
  }
}
