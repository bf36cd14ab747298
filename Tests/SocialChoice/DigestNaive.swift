/// SHA-256 as FIPS 180-4 says it, its constants from the roots of the first primes, and chance and shuffles made of it.
struct DigestNaive {
  private static let primes = (2...311).filter { number in (2..<number).allSatisfy { number % $0 != 0 } }

  /// The first 32 bits behind the point of a root of a number.
  private static func fraction(ofRoot degree: Int, of number: Int) -> UInt32 {
    let wanted = Int128(number) << (32 * degree)
    var root = Int128(0)
    for bit in stride(from: 40, through: 0, by: -1) {
      let larger = root + Int128(1) << bit
      if (0..<degree).reduce(Int128(1), { power, _ in power * larger }) <= wanted { root = larger }
    }
    return UInt32(truncatingIfNeeded: root)
  }

  private static let first = primes.prefix(8).map { fraction(ofRoot: 2, of: $0) }
  private static let constants = primes.map { fraction(ofRoot: 3, of: $0) }

  private static func turned(_ word: UInt32, _ places: UInt32) -> UInt32 { word >> places | word << (32 - places) }

  static func sha256(_ message: [UInt8]) -> [UInt8] {
    var bytes = message + [0x80]
    while bytes.count % 64 != 56 { bytes.append(0) }
    for byte in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: UInt64(message.count * 8) >> (8 * (7 - byte)))) }
    var state = first
    for block in stride(from: 0, to: bytes.count, by: 64) {
      var words = (0..<16).map { word in (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[block + 4 * word + $1]) } }
      for word in 16..<64 {
        let (early, late) = (words[word - 15], words[word - 2])
        let small = turned(early, 7) ^ turned(early, 18) ^ early >> 3
        let large = turned(late, 17) ^ turned(late, 19) ^ late >> 10
        words.append(large &+ words[word - 7] &+ small &+ words[word - 16])
      }
      var s = state
      for round in 0..<64 {
        let choice = s[4] & s[5] ^ ~s[4] & s[6]
        let majority = s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2]
        let low = s[7] &+ (turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25)) &+ choice &+ constants[round] &+ words[round]
        let high = (turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22)) &+ majority
        s = [low &+ high, s[0], s[1], s[2], s[3] &+ low, s[4], s[5], s[6]]
      }
      state = zip(state, s).map { $0 &+ $1 }
    }
    return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32($0))) } }
  }

  let seed: String
  private var numbers: [UInt64] = []
  private var blocks = 0
  /// Numbers that were too large for a fair remainder.
  private(set) var refused = 0

  init(seed: String) { self.seed = seed }

  mutating func next() -> UInt64 {
    if numbers.isEmpty {
      blocks += 1
      let digest = Self.sha256(Array("\(seed),\(blocks)".utf8))
      numbers = (0..<4).map { number in (0..<8).reduce(UInt64(0)) { $0 << 8 | UInt64(digest[8 * number + $1]) } }
    }
    return numbers.removeFirst()
  }

  mutating func below(_ count: Int) -> Int {
    let all = UInt128(1) << 64
    while true {
      let number = UInt128(next())
      if number < all - all % UInt128(count) { return Int(number % UInt128(count)) }
      refused += 1
    }
  }

  /// From the last place down to the second, each changes places with one drawn from itself and those before it.
  mutating func shuffled(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for place in order.indices.dropFirst().reversed() {
      let other = below(place + 1)
      (order[place], order[other]) = (order[other], order[place])
    }
    return order
  }
}
