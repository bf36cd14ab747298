/// Which ballots to take out and read by hand, drawn so that a stranger draws the same.
///
/// With replacement it is one `below(n)` after the other. In Python, for seed `s`, `n` ballots and numbers from 0:
/// ```python
/// import hashlib, itertools
/// def draws(s, n):
///     for i in itertools.count(1):
///         d = hashlib.sha256(f"{s},{i}".encode()).digest()
///         for k in range(0, 32, 8):
///             v = int.from_bytes(d[k:k+8], "big")
///             if v < 2**64 - 2**64 % n: yield v % n
/// list(itertools.islice(draws("seed", 5000), 20))
/// ```
package enum BallotSample {
  /// Numbers of ballots from 0; the same ballot may come twice, as risk-limiting audits by BRAVO need. Empty where there are no ballots.
  package static func withReplacement(_ size: Int, of ballots: Int, seed: String) -> [Int] {
    guard ballots > 0, size > 0 else { return [] }
    var random = PublicRandom(seed: seed)
    return (0..<size).map { _ in random.below(ballots) }
  }

  /// Different ballots in the order of the draw: the last places, from the last down, of ``PublicRandom/shuffled(_:)`` of all ballots, without shuffling
  /// those that are not drawn. At most all of them.
  package static func withoutReplacement(_ size: Int, of ballots: Int, seed: String) -> [Int] {
    guard ballots > 0, size > 0 else { return [] }
    var random = PublicRandom(seed: seed)
    var moved: [Int: Int] = [:]
    var drawn: [Int] = []
    for last in stride(from: ballots - 1, through: max(ballots - size, 0), by: -1) {
      let place = last > 0 ? random.below(last + 1) : 0
      drawn.append(moved[place] ?? place)
      moved[place] = moved[last] ?? last
    }
    return drawn
  }
}
