/// Limits to what delegation may gather. Both are off by default, since each breaks "one person, one weight": a page that uses them says so.
package struct WeightLimits: Sendable, Hashable {
  /// The most whole voices that one vote may weigh, the voter's own included; nil for no limit. What is above counts nowhere, and each voice that was
  /// carried there counts for the same, smaller share.
  package let cap: Int?
  /// How a voice fades from delegation to delegation; nil if it does not.
  package let decay: Decay?

  /// Neither a cap nor a decay.
  package static let none = WeightLimits(uncheckedCap: nil, decay: nil)

  /// A voice carried over `k` delegations counts (`numerator`/`denominator`)ᵏ, and nothing beyond `horizon` delegations.
  package struct Decay: Sendable, Hashable {
    /// What a voice keeps at each delegation is numerator ÷ denominator, from 0 to 1.
    package let numerator: Int
    package let denominator: Int
    /// In delegations, from 1 to 1,000.
    package let horizon: Int

    package init(numerator: Int, denominator: Int, horizon: Int) {
      self.numerator = numerator
      self.denominator = denominator
      self.horizon = horizon
    }
  }

  /// Limits that cannot be counted with.
  package enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
    case capBelowOne(Int)
    case decayIsNoFraction(Int, Int)
    case horizonOutOfRange(Int)
    /// Weights are whole multiples of 1/denominator^horizon, which must leave room for a voice of every member in 64 bits.
    case decayTooFine

    package var description: String {
      switch self {
      case .capBelowOne(let cap): "a cap of \(cap): a vote weighs at least the voter's own voice, so at least 1"
      case .decayIsNoFraction(let above, let below): "a decay of \(above)/\(below): it must lie from 0/1 to 1/1"
      case .horizonOutOfRange(let horizon): "a horizon of \(horizon): it must lie from 1 to 1,000 delegations"
      case .decayTooFine: "the decay is too fine to be exact: choose a smaller denominator (at most 1,000) or a nearer horizon"
      }
    }
  }

  /// - Throws: ``Fault`` where a limit makes no sense, or where exact weights would not fit in 64 bits.
  package init(cap: Int? = nil, decay: Decay? = nil) throws {
    if let cap, cap < 1 { throw Fault.capBelowOne(cap) }
    if let decay {
      guard (1...1_000).contains(decay.denominator), (0...decay.denominator).contains(decay.numerator) else {
        if decay.denominator > 1_000 { throw Fault.decayTooFine }
        throw Fault.decayIsNoFraction(decay.numerator, decay.denominator)
      }
      guard (1...1_000).contains(decay.horizon) else { throw Fault.horizonOutOfRange(decay.horizon) }
    }
    self.init(uncheckedCap: cap, decay: decay)
    // 2³¹ members at most, each with up to `unit`: the sum stays below 2⁶².
    if decay != nil, unit == 0 || unit > 1 << 31 { throw Fault.decayTooFine }
  }

  private init(uncheckedCap: Int?, decay: Decay?) {
    cap = uncheckedCap
    self.decay = decay
  }

  /// What one whole voice weighs: all weights are whole numbers of 1/`unit`. 1 without decay; 0 where it does not fit.
  package var unit: Int { decay.map { Self.power($0.denominator, $0.horizon) } ?? 1 }

  /// What a voice weighs after 0, 1, … delegations, up to the horizon; empty without decay.
  func faded() -> [Int] {
    guard let decay else { return [] }
    return (0...decay.horizon).map { Self.power(decay.numerator, $0) * Self.power(decay.denominator, decay.horizon - $0) }
  }

  private static func power(_ base: Int, _ exponent: Int) -> Int {
    guard base > 1 else { return exponent == 0 ? 1 : base }
    var result = 1
    for _ in 0..<exponent {
      let (product, overflow) = result.multipliedReportingOverflow(by: base)
      if overflow { return 0 }
      result = product
    }
    return result
  }
}
