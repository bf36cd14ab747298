import Synchronization

/// Counts of answers and of the time they took, for `/metrics`.
package final class DoorMetrics: Sendable {
  /// The upper ends of the histogram's buckets, in seconds.
  static let bounds = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5]

  private struct Counts {
    var byStatus: [Int: Int] = [:]
    var buckets = [Int](repeating: 0, count: DoorMetrics.bounds.count + 1)
    var seconds = 0.0
  }

  private let counts = Mutex(Counts())

  package init() {}

  func count(status: Int, seconds: Duration) {
    let time = Double(seconds.components.seconds) + Double(seconds.components.attoseconds) / 1e18
    counts.withLock { counts in
      counts.byStatus[status, default: 0] += 1
      counts.buckets[Self.bounds.firstIndex { time <= $0 } ?? Self.bounds.count] += 1
      counts.seconds += time
    }
  }

  /// The counts in Prometheus' text form.
  package var text: String {
    counts.withLock { counts in
      var lines = ["# TYPE isegoria_responses_total counter"]
      lines += counts.byStatus.sorted { $0.key < $1.key }.map { "isegoria_responses_total{status=\"\($0.key)\"} \($0.value)" }
      lines.append("# TYPE isegoria_response_seconds histogram")
      var sum = 0
      for (index, bucket) in counts.buckets.enumerated() {
        sum += bucket
        let bound = index < Self.bounds.count ? String(Self.bounds[index]) : "+Inf"
        lines.append("isegoria_response_seconds_bucket{le=\"\(bound)\"} \(sum)")
      }
      lines += ["isegoria_response_seconds_sum \(counts.seconds)", "isegoria_response_seconds_count \(sum)"]
      return lines.joined(separator: "\n") + "\n"
    }
  }
}
