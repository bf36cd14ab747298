internal import BigInt

/// How much room is left in each of many glasses while something flows into them: exact, in whole numbers of any length.
///
/// Only the ratios of rooms matter, so after each step all rooms are multiplied by what flows into the glass that is full, instead of being divided:
/// room ← room × its flow − its room × flow. Rows of machine words lie beside each other and are multiplied in place.
struct Glasses {
  /// What flows into each glass, in one unit.
  enum Flows {
    case words([UInt])
    case long([BigInt])
  }

  /// Row by row, the lowest word first; of each row `width` words count.
  private var words: [UInt]
  private var stride = 4
  private var width = 1
  private let count: Int

  /// All empty and of one size.
  init(count: Int) {
    self.count = count
    words = Array(repeating: 0, count: count * stride)
    for glass in 0..<count { words[glass * stride] = 1 }
  }

  /// Those of the glasses given that will be full first; none where nothing flows.
  func firstFull(of glasses: [Int], _ flows: Flows) -> [Int] {
    var first: [Int] = []
    for glass in glasses where flows.isFlowing(into: glass) {
      if let best = first.first {
        let order = compare(glass, best, flows)
        if order > 0 { continue }
        if order < 0 { first = [] }
      }
      first.append(glass)
    }
    return first
  }

  /// Lets flow until the glass is full.
  mutating func pour(into glasses: [Int], untilFull full: Int, _ flows: Flows) {
    switch flows {
    case .words(let flows):
      let common = glasses.reduce(flows[full]) { $0.commonDivisor(flows[$1]) }
      grow(1)
      let (stride, width) = (stride, width)
      words.withUnsafeMutableBufferPointer { words in
        let source = UnsafeBufferPointer(rebasing: words[full * stride..<full * stride + width])
        for glass in glasses {
          let row = UnsafeMutableBufferPointer(rebasing: words[glass * stride..<glass * stride + width])
          Self.pour(into: row, times: flows[full] / common, minus: source, times: flows[glass] / common)
        }
      }
    case .long(let flows):
      let source = room(full)
      let rooms = glasses.map { room($0) * flows[full] - source * flows[$0] }
      grow((flows[full].bitWidth + 63) / 64)
      for (glass, room) in zip(glasses, rooms) {
        for place in 0..<width { words[glass * stride + place] = 0 }
        for (place, word) in room.magnitude.words.enumerated() where place < width { words[glass * stride + place] = word }
      }
    }
    while width > 1, glasses.allSatisfy({ words[$0 * stride + width - 1] == 0 }) { width -= 1 }
  }

  /// Negative where the first glass is full before the second.
  private func compare(_ one: Int, _ other: Int, _ flows: Flows) -> Int {
    if case .words(let flows) = flows {
      // The two highest words of a room say it to one unit of the lower and 2^-52 of itself; a flow is known to 2^-53.
      let (mine, theirs) = (top(one) * Double(flows[other]), top(other) * Double(flows[one]))
      let doubt = 2 * (Double(flows[one]) + Double(flows[other])) + (mine + theirs) * 0x1p-48
      if abs(mine - theirs) > doubt { return mine < theirs ? -1 : 1 }
    }
    let (mine, theirs) = (room(one) * flows[other], room(other) * flows[one])
    return mine == theirs ? 0 : mine < theirs ? -1 : 1
  }

  private func top(_ glass: Int) -> Double {
    let high = Double(words[glass * stride + width - 1])
    return width > 1 ? high * 0x1p64 + Double(words[glass * stride + width - 2]) : high
  }

  /// In a unit that all share and nobody is told.
  func room(_ glass: Int) -> BigInt { BigInt(BigUInt(words: words[glass * stride..<glass * stride + width])) }

  /// Rooms may become longer by so many words.
  private mutating func grow(_ more: Int) {
    if width + more > stride {
      let (old, wide) = (stride, 2 * (width + more))
      var wider = [UInt](repeating: 0, count: count * wide)
      for glass in 0..<count {
        for place in 0..<width { wider[glass * wide + place] = words[glass * old + place] }
      }
      (words, stride) = (wider, wide)
    }
    for glass in 0..<count {
      for place in width..<width + more { words[glass * stride + place] = 0 }
    }
    width += more
  }

  /// row ← row × factor − source × share, which is not negative.
  private static func pour(
    into row: UnsafeMutableBufferPointer<UInt>, times factor: UInt, minus source: UnsafeBufferPointer<UInt>, times share: UInt
  ) {
    var (carry, taken, borrow): (UInt, UInt, UInt) = (0, 0, 0)
    for place in row.indices {
      let product = row[place].multipliedFullWidth(by: factor)
      let (low, more) = product.low.addingReportingOverflow(carry)
      carry = product.high &+ (more ? 1 : 0)
      let other = source[place].multipliedFullWidth(by: share)
      let (less, extra) = other.low.addingReportingOverflow(taken)
      taken = other.high &+ (extra ? 1 : 0)
      let (difference, under) = low.subtractingReportingOverflow(less)
      let (result, again) = difference.subtractingReportingOverflow(borrow)
      borrow = under || again ? 1 : 0
      row[place] = result
    }
  }
}

extension UInt {
  /// The greatest number that divides both; the other where one of them is 0.
  func commonDivisor(_ other: UInt) -> UInt {
    var (one, other) = (self, other)
    while other != 0 { (one, other) = (other, one % other) }
    return one
  }
}

extension Glasses.Flows {
  func isFlowing(into glass: Int) -> Bool {
    switch self {
    case .words(let flows): flows[glass] > 0
    case .long(let flows): flows[glass] > 0
    }
  }

  subscript(_ glass: Int) -> BigInt {
    switch self {
    case .words(let flows): BigInt(flows[glass])
    case .long(let flows): flows[glass]
    }
  }
}
