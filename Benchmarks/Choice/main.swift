// Measures the engines of SocialChoice and prints a table: swift run -c release choice-benchmarks [--only ENGINE or beginning of a row's name] [--runs N]
// Each row: the median of N runs after one that is not counted, on one thread unless the engine says otherwise.

import Foundation

let engines: [[Row]] = [
  DelegationBenchmark.rows, RepresentativenessBenchmark.rows, AuditBenchmark.rows, OpinionBenchmark.rows, RankingBenchmark.rows,
  CommitteeBenchmark.rows, OrderBenchmark.rows, ReallocationBenchmark.rows, BudgetBenchmark.rows, SortitionBenchmark.rows,
]

var arguments = CommandLine.arguments.dropFirst().makeIterator()
var only: String?
var runs = 3
while let argument = arguments.next() {
  switch argument {
  case "--only": only = arguments.next()
  case "--runs": runs = arguments.next().flatMap { Int($0) } ?? runs
  default:
    print("usage: choice-benchmarks [--only ENGINE or beginning of a row's name] [--runs N]")
    exit(64)
  }
}

print("| engine | what | seconds | peer | times faster | target | result |")
print("|---|---|---|---|---|---|---|")
let clock = ContinuousClock()
for row in engines.joined() where only == nil || row.engine == only || row.name.hasPrefix(only ?? "") {
  let work = try row.prepare()
  var result = try work()
  var times: [Double] = []
  for _ in 0..<runs {
    let spent = try clock.measure { result = try work() }
    times.append(Double(spent.components.seconds) + Double(spent.components.attoseconds) * 1e-18)
  }
  let median = times.sorted()[times.count / 2]
  let peer = row.peer.map { "\($0.seconds) s, \($0.program)" } ?? ""
  let ratio = row.peer.map { "\(Int(($0.seconds / median).rounded()))" } ?? ""
  print("| \(row.engine) | \(row.name) | \(String(median.formatted)) | \(peer) | \(ratio) | \(row.target) | \(result) |")
}

extension Double {
  /// Three figures that count.
  var formatted: String {
    let scale: Double = self < 0.01 ? 1e6 : self < 10 ? 1e3 : 10
    return "\((self * scale).rounded() / scale)"
  }
}
