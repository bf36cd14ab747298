/// Many numbers quickly, for sampling where no one's chances hang on it: SplitMix64 (Steele, Lea, Flood 2014). Draws of people use ``PublicRandom``.
struct Scatter {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// As its seed the first number of ``PublicRandom``.
  init(seed: String) {
    var random = PublicRandom(seed: seed)
    state = random.next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// From 0 to `count - 1`; unfair by less than `count` in 2⁶⁴.
  mutating func below(_ count: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(count)).high) }

  /// From 0 to below 1, in steps of 2⁻⁵³.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// `count` different places below `size` in the order drawn.
  mutating func sample(_ count: Int, below size: Int) -> [Int] {
    var order = Array(0..<size)
    for place in 0..<min(count, size) { order.swapAt(place, place + below(size - place)) }
    return Array(order.prefix(count))
  }
}
