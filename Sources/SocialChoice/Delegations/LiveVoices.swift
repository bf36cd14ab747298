/// The weights of one voting while it goes on: each change of one delegation or one vote costs the length of the chains it touches, not a new tally.
///
/// For each member it keeps how many voices come together there over the delegations that hold. A change cuts the member's link and ties another; only
/// the members further along the old and the new chain change. Limits (``WeightLimits``) need the whole tally, and are not kept here.
package struct LiveVoices: Sendable {
  private var trust: TrustTable
  private var standings: [Standing]
  private var votes: [Bool]
  /// The member that a voice goes on to; −1 where it stays.
  private var next: [Int32]
  /// Voices that come together at a member, the own included; of a member in a ring, without those that come over the ring itself.
  private var gathered: [Int]
  private var inRing: [Bool]
  /// How many voices count, all votes together.
  package private(set) var counted = 0

  /// - Precondition: one standing and one vote flag for each member.
  package init(trust: TrustTable, standings: [Standing], votes: [Bool]) {
    precondition(standings.count == trust.memberCount && votes.count == trust.memberCount, "one standing and one vote flag for each member")
    self.trust = trust
    self.standings = standings
    self.votes = votes
    next = [Int32](repeating: -1, count: trust.memberCount)
    gathered = standings.map { $0 == .entitled ? 1 : 0 }
    inRing = [Bool](repeating: false, count: trust.memberCount)
    let trustees = trust.holdingTrustees()
    for member in trustees.indices where standings[member] == .entitled && !votes[member] { next[member] = max(trustees[member], -1) }
    gatherAll()
  }

  /// What the direct vote of a member weighs; 0 for those who do not vote directly.
  package func weight(of member: Int) -> Int { counts(member) ? gathered[member] : 0 }

  /// A member says something else for one scope; nil takes the word back. A trustee outside the members is no change.
  package mutating func setTrust(of truster: Int, scope: DelegationScope, to word: Trust?) {
    guard next.indices.contains(truster) else { return }
    trust[truster, scope] = word
    retie(truster)
  }

  /// A member votes directly, or takes the vote back.
  package mutating func setVote(of member: Int, to votes: Bool) {
    guard next.indices.contains(member), self.votes[member] != votes else { return }
    if votes {
      if next[member] >= 0 { cut(member) }
      self.votes[member] = true
      if counts(member) { counted += gathered[member] }
    } else {
      if counts(member) { counted -= gathered[member] }
      self.votes[member] = false
      retie(member)
    }
  }

  private func counts(_ member: Int) -> Bool { votes[member] && standings[member] == .entitled }

  private mutating func retie(_ member: Int) {
    var target: Int32 = -1
    if standings[member] == .entitled, !votes[member], case .inMember(let trustee)? = trust.holding(member)?.trust { target = Int32(trustee) }
    guard target != next[member] else { return }
    if next[member] >= 0 { cut(member) }
    if target >= 0 { tie(member, to: Int(target)) }
  }

  private mutating func cut(_ member: Int) {
    let target = Int(next[member])
    next[member] = -1
    guard inRing[member] else { return pass(-gathered[member], from: target) }
    // The ring opens into a chain from the target to the member: each hands on what it has.
    var at = target
    while at != member {
      inRing[at] = false
      let ahead = Int(next[at])
      gathered[ahead] += gathered[at]
      at = ahead
    }
    inRing[member] = false
  }

  private mutating func tie(_ member: Int, to target: Int) {
    if let ring = chain(from: target, to: member) {
      // The chain closes: each of its members keeps only what does not come over the ring.
      for place in ring.indices.reversed() {
        inRing[ring[place]] = true
        if place > 0 { gathered[ring[place]] -= gathered[ring[place - 1]] }
      }
    } else {
      pass(gathered[member], from: target)
    }
    next[member] = Int32(target)
  }

  /// The members from `target` to `member` along the links; nil if the links do not lead there.
  private func chain(from target: Int, to member: Int) -> [Int]? {
    var chain = [target]
    var at = target
    while at != member {
      guard !inRing[at], next[at] >= 0 else { return nil }
      at = Int(next[at])
      chain.append(at)
    }
    return chain
  }

  /// Adds voices along a chain to its end, or to the entry of the ring it runs into.
  private mutating func pass(_ voices: Int, from start: Int) {
    var at = start
    while true {
      gathered[at] += voices
      if inRing[at] { return }
      guard next[at] >= 0 else { break }
      at = Int(next[at])
    }
    if counts(at) { counted += voices }
  }

  /// Leaves first: a member is handed on when all who trust them have been; those who never are, are in rings.
  private mutating func gatherAll() {
    var waiting = [Int32](repeating: 0, count: next.count)
    for target in next where target >= 0 { waiting[Int(target)] += 1 }
    var ready = next.indices.filter { waiting[$0] == 0 }
    var handedOn = [Bool](repeating: false, count: next.count)
    while let member = ready.popLast() {
      handedOn[member] = true
      guard next[member] >= 0 else { continue }
      let target = Int(next[member])
      gathered[target] += gathered[member]
      waiting[target] -= 1
      if waiting[target] == 0 { ready.append(target) }
    }
    for member in next.indices {
      inRing[member] = !handedOn[member]
      if counts(member) { counted += gathered[member] }
    }
  }
}
