internal import Crypto

/// Chance that anyone can repeat: the same seed gives the same numbers on any machine, in any language with SHA-256.
///
/// Block `i` (from 1) is SHA-256 of the seed's UTF-8, a comma and `i` in decimal; each block gives four 64-bit numbers, big-endian, first to last.
/// In Python: `hashlib.sha256(f"{seed},{i}".encode()).digest()`. It follows the sampler that R. Rivest proposed for election audits (2011).
/// The seed is public and fixed before the draw by someone who cannot foresee the input (dice in public, a published lottery number).
/// Swift's own `shuffled(using:)` and `random(in:using:)` may change between versions of Swift: use ``below(_:)`` and ``shuffled(_:)``.
package struct PublicRandom: Sendable {
  private let seed: [UInt8]
  private var block = 0
  private var waiting: [UInt64] = []

  /// - Parameter seed: any text; its UTF-8 bytes count.
  package init(seed: String) { self.seed = Array(seed.utf8) + [UInt8(ascii: ",")] }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    if waiting.isEmpty {
      block += 1
      let digest = Array(SHA256.hash(data: seed + Array(String(block).utf8)))
      waiting = stride(from: 24, through: 0, by: -8).map { start in digest[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) } }
    }
    return waiting.removeLast()
  }

  /// A whole number from 0 to `count - 1`, each as likely: 64 bits, taken again while they are at or above the largest multiple of `count`, then the
  /// remainder.
  ///
  /// - Precondition: `count` is at least 1.
  package mutating func below(_ count: Int) -> Int {
    precondition(count >= 1, "a draw among none")
    let size = UInt64(count)
    let unfair = (UInt64.max % size + 1) % size
    while true {
      let value = next()
      if value <= UInt64.max - unfair { return Int(value % size) }
    }
  }

  /// A new order, each as likely: Fisher and Yates from the last place down, swapping place `i` with place `below(i + 1)`.
  package mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var order = elements
    for last in stride(from: order.count - 1, through: 1, by: -1) { order.swapAt(last, below(last + 1)) }
    return order
  }
}
