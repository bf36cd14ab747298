/// One member's chain of trust in one voting, to be shown to that member alone: whom they trust, whom these trust, and where it ends.
///
/// It is found from the member forwards and says nothing about who else trusts anyone.
package struct DelegationChain: Sendable, Hashable {
  /// The place in a ring; `repetition` is the link that closes it.
  package enum RingPlace: String, Sendable, Hashable { case first, intermediate, last, repetition }

  /// One member on the way.
  package struct Link: Sendable, Hashable {
    /// By number.
    package let member: Int
    package let standing: Standing
    /// Speaks for themselves.
    package let takesPart: Bool
    /// Someone earlier in the chain speaks already: the voice does not come this far.
    package let overridden: Bool
    /// The scope of the delegation that leads here; nil at the start.
    package let scopeIn: DelegationScope?
    /// The scope of the word that holds for this member; nil where there is none.
    package let scopeOut: DelegationScope?
    /// The word that holds is "nobody".
    package let switchedOff: Bool
    /// Where the chain runs in a ring: the member's place in it. The last link repeats the first of the ring.
    package fileprivate(set) var ringPlace: RingPlace?
  }

  /// From the member on; the first is the member.
  package private(set) var links: [Link] = []

  /// The chain of one member, past members who take part, as long as it goes: O(length).
  ///
  /// - Parameter takesPart: whether a member speaks for themselves; asked only for those who may.
  package init(of member: Int, trust: TrustTable, standings: [Standing], takesPart: (Int) -> Bool) {
    var visited: Set<Int> = []
    var at = member
    var scopeIn: DelegationScope?
    var spoken = false
    var ringEntry: Int?
    while ringEntry == nil {
      if !visited.insert(at).inserted { ringEntry = at }
      let entitled = standings[at] == .entitled
      let speaks = entitled && takesPart(at)
      let word = entitled ? trust.holding(at) : nil
      links.append(
        Link(
          member: at, standing: standings[at], takesPart: speaks, overridden: spoken, scopeIn: scopeIn, scopeOut: word?.scope,
          switchedOff: word?.trust == .switchedOff))
      guard case .inMember(let trustee)? = word?.trust else { break }
      spoken = spoken || speaks
      scopeIn = word?.scope
      at = trustee
    }
    if let ringEntry, let first = links.firstIndex(where: { $0.member == ringEntry }) { markRing(from: first) }
  }

  private mutating func markRing(from first: Int) {
    for place in first..<links.count { links[place].ringPlace = .intermediate }
    links[first].ringPlace = .first
    if links.count - 2 > first { links[links.count - 2].ringPlace = .last }
    links[links.count - 1].ringPlace = .repetition
  }

  /// The links up to the member who speaks, or all where nobody does: what the voice really travels.
  package var travelled: ArraySlice<Link> { links.prefix { !$0.overridden } }
}
