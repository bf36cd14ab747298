import SocialChoice

/// Why a candidate has no seat, in English.
extension CommitteeReason {
  /// - Parameters:
  ///   - name: a candidate's name.
  ///   - isProven: false where the work limit ended the search for the best committee.
  func words(_ name: (Int) -> String, isProven: Bool = true) -> String {
    switch self {
    case .approvedByNobody: return "nobody approves of it"
    case .notAffordable(let left): return "its supporters have \(Self.shown(left, beside: .one, asParts: true).0) of a seat's price left, together"
    case .exchangeLoses(let member, let points):
      guard points.isZero else {
        return "in place of \(name(member)) it would lose \(Figures.counted(points, Self.shown(points, beside: .zero).0, "points"))"
      }
      return isProven ? "as good as \(name(member)): the tie-break decided" : "in place of \(name(member)) it would neither lose nor gain"
    case .behind(let stage, let own, let elected, let value):
      guard own != value else { return "as good as \(name(elected)) for the last seat: the tie-break decided" }
      let (mine, theirs) = Self.shown(own, beside: value, asParts: stage == .load || stage == .price)
      switch stage {
      case .points: return "\(Figures.counted(own, mine, "points")) for the last seat, \(name(elected)) \(theirs)"
      case .approvals: return "\(Figures.counted(own, mine, "approvals")), \(name(elected)) \(theirs)"
      case .load: return "each of its supporters would carry \(mine) of a seat, each of \(name(elected))'s \(theirs)"
      case .price: return "each of its supporters would pay up to \(mine) of a seat, each of \(name(elected))'s \(theirs)"
      }
    }
  }

  /// Whole numbers as they are, others as decimals of two places, or of more where two that differ would read the same.
  ///
  /// - Parameter asParts: simple parts of a seat, such as 3/4, stay as they are.
  private static func shown(_ one: Rational, beside other: Rational, asParts: Bool = false) -> (String, String) {
    func isSimple(_ value: Rational) -> Bool { value.denominator == 1 || (asParts && value < .one && value.denominator <= 12) }
    if isSimple(one), isSimple(other) { return (one.description, other.description) }
    for places in 2...30 {
      func text(_ value: Rational) -> String { value.denominator == 1 ? value.description : Figures.decimal(value, places) }
      if Figures.decimal(one, places) != Figures.decimal(other, places) || one == other { return (text(one), text(other)) }
    }
    return (one.description, other.description)
  }
}
