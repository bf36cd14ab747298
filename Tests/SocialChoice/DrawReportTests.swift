import ArgumentParser
import Foundation
import Testing

@testable import ChoiceCommands
@testable import ChoiceFiles
@testable import SocialChoice

/// What `draw` says of a lottery is its own word, not that of the process that made it.
struct DrawReportTests {
  private func asked() -> (pool: SortitionPool, answer: DrawAnswer) {
    let pool = MadePool.hard(count: 60, seats: 10, categories: 3, seed: "proofs")
    let answer = DrawWork.answer(DrawRequest(pool: pool, method: .leximin, lotterySize: 100, seed: "s", relax: false))
    return (pool, answer)
  }

  private func report(_ answer: DrawAnswer, _ pool: SortitionPool) throws -> [String: Any] {
    try DrawReport(answer: answer, pool: pool, drawn: 1, seed: "s", method: "leximin", withdrawn: [], alternates: 0).json
  }

  @Test func `a proof is recomputed: one that does not hold draws nothing`() throws {
    let (pool, honest) = asked()
    #expect(try report(honest, pool)["gap"] is Double)
    let proof = try #require(honest.certificate)
    typealias Stage = DrawAnswer.Stage
    func forged(_ change: (Stage) -> Stage) -> DrawAnswer {
      var answer = honest
      answer.certificate = DrawAnswer.Certificate(unit: proof.unit, rows: proof.rows, stages: [change(proof.stages[0])] + proof.stages.dropFirst())
      return answer
    }
    let forgeries = [
      forged { Stage(coefficients: $0.coefficients, multipliers: $0.multipliers, keptChance: $0.keptChance, bound: "1/1000") },
      forged { Stage(coefficients: $0.coefficients, multipliers: $0.multipliers.map { $0 - 1_000 }, keptChance: $0.keptChance, bound: $0.bound) },
      forged { Stage(coefficients: [:], multipliers: $0.multipliers, keptChance: $0.keptChance, bound: $0.bound) },
      forged { Stage(coefficients: $0.coefficients, multipliers: Array($0.multipliers.dropLast()), keptChance: $0.keptChance, bound: $0.bound) },
    ]
    for forgery in forgeries { #expect(throws: DrawReport.Fault.self) { try report(forgery, pool) } }
    // A proof that leaves stages out is true of those that it names, and certifies nothing.
    var short = honest
    short.certificate = DrawAnswer.Certificate(unit: proof.unit, rows: proof.rows, stages: Array(proof.stages.prefix(1)))
    #expect(proof.stages.count > 1)
    #expect(try report(short, pool)["certified"] as? Bool == false)
  }

  @Test func `the proof printed is enough for a stranger`() throws {
    let (pool, answer) = asked()
    let document = try report(answer, pool)
    let proof = try #require(document["certificate"] as? [String: Any])
    let lower = try #require(proof["lower"] as? [Int])
    let upper = try #require(proof["upper"] as? [Int])
    let rows = try #require(proof["rows_of_types"] as? [[Int]])
    let most = try #require(proof["most_of_types"] as? [Int])
    let sizes = try #require(document["types"] as? [[String: Any]]).map { ($0["rows"] as? [Int])?.count ?? 0 }
    var kept = [Int](repeating: 0, count: rows.count)
    for stage in try #require(proof["stages"] as? [[String: Any]]) {
      let coefficients = try #require(stage["coefficients"] as? [String: Int])
      let multipliers = try #require(stage["multipliers"] as? [Int])
      // As the page on leximin says, in units of 2⁻⁴⁰ and of 2⁻⁸⁰.
      var sum = Rational.zero
      for type in rows.indices {
        let slope = rows[type].reduce(coefficients["\(type)"] ?? 0) { $0 - multipliers[$1] }
        sum += Rational(slope) * (slope > 0 ? Rational(most[type]) : Rational(sizes[type]) * Rational(kept[type], 1 << 40))
      }
      for (row, multiplier) in multipliers.enumerated() { sum += Rational(multiplier) * Rational(multiplier > 0 ? upper[row] : lower[row]) }
      let weight = coefficients.reduce(0) { $0 + $1.value * sizes[Int($1.key) ?? 0] }
      #expect(min(.one, sum / Rational(weight)).description == stage["bound"] as? String)
      for type in coefficients.keys { kept[Int(type) ?? 0] = try #require(stage["kept_chance"] as? Int) }
    }
  }

  @Test func `rows of nothing but separators are nobody's, in a pool and among opinions`() throws {
    let files = try SortitionFiles(
      pool: Array("name,gender\na,w\n,\nb,m\n ,  \n".utf8), poolName: "p.csv",
      quotas: Array("category,feature,min,max\ngender,w,0,1\ngender,m,0,1\n".utf8), quotasName: "q.csv", panelSize: 1)
    #expect(files.members.count == 2 && files.lines == [2, 4])
    let votes = try PolisVotes(Array("comment-id,voter-id,vote\n1,7,1\n,,\n".utf8), file: "v.csv")
    #expect(votes.votes.count == 1)
    #expect(throws: FileFault.self) { try PolisVotes(Array("comment-id,voter-id,vote\n1,7,1\n,8,1\n".utf8), file: "v.csv") }
  }
}
