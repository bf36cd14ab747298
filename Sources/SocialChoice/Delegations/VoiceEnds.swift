/// The ends of all voices, nine bytes a member.
struct VoiceEnds: Sendable {
  enum Kind: UInt8, Sendable {
    case unknown, underWay
    case direct, carried, away, inactive, unentitled
    case lostInRing, lostAtSilent, lostAtSwitchedOff, lostAtInactive, lostAtUnentitled, lostBeyondHorizon
  }

  private(set) var kinds: [Kind]
  /// The voter who carries the voice, or the member where the chain broke.
  private(set) var places: [Int32]
  private(set) var distances: [Int32]
  /// Members whose voice is carried, those nearer to the vote before those further away.
  private(set) var carriedInOrder: [Int32] = []

  /// - Parameters:
  ///   - trustees: by member: the one trusted, −1 for none, −2 for "nobody".
  ///   - horizon: the most delegations over which a voice counts; nil for no limit.
  init(trustees: [Int32], standings: [Standing], votes: [Bool], horizon: Int?) {
    let count = trustees.count
    kinds = [Kind](repeating: .unknown, count: count)
    places = [Int32](repeating: 0, count: count)
    distances = [Int32](repeating: 0, count: count)
    for member in 0..<count {
      if standings[member] != .entitled {
        kinds[member] = standings[member] == .inactive ? .inactive : .unentitled
      } else if votes[member] {
        kinds[member] = .direct
      } else if trustees[member] < 0 {
        kinds[member] = .away
      }
    }
    let limit = Int32(clamping: horizon ?? Int(Int32.max))
    var path: [Int32] = []
    for start in 0..<count where kinds[start] == .unknown {
      var at = start
      while kinds[at] == .unknown {
        kinds[at] = .underWay
        path.append(Int32(at))
        at = Int(trustees[at])
      }
      if kinds[at] == .underWay { closeRing(at: at, path: &path) }
      walkBack(path: &path, from: at, trustees: trustees, limit: limit)
    }
  }

  /// All from the ring's entry to the end of the path are in the ring, and are taken off the path.
  private mutating func closeRing(at entry: Int, path: inout [Int32]) {
    while let member = path.popLast() {
      kinds[Int(member)] = .lostInRing
      places[Int(member)] = member
      if Int(member) == entry { return }
    }
  }

  private mutating func walkBack(path: inout [Int32], from last: Int, trustees: [Int32], limit: Int32) {
    var ahead = last
    while let next = path.popLast() {
      let member = Int(next)
      places[member] = places[ahead]
      switch kinds[ahead] {
      case .direct: (kinds[member], places[member], distances[member]) = (.carried, Int32(ahead), 1)
      case .carried:
        distances[member] = distances[ahead] + 1
        kinds[member] = distances[member] > limit ? .lostBeyondHorizon : .carried
      case .away: (kinds[member], places[member]) = (trustees[ahead] == -2 ? .lostAtSwitchedOff : .lostAtSilent, Int32(ahead))
      case .inactive: (kinds[member], places[member]) = (.lostAtInactive, Int32(ahead))
      case .unentitled: (kinds[member], places[member]) = (.lostAtUnentitled, Int32(ahead))
      case let lost: kinds[member] = lost
      }
      if kinds[member] == .carried { carriedInOrder.append(next) }
      ahead = member
    }
  }

  subscript(member: Int) -> VoiceEnd {
    let place = Int(places[member])
    switch kinds[member] {
    case .direct: return .direct
    case .carried: return .carried(voter: place, distance: Int(distances[member]))
    case .away, .unknown, .underWay: return .away
    case .inactive: return .barred(.inactive)
    case .unentitled: return .barred(.unentitled)
    case .lostInRing: return .lost(.ring(entry: place))
    case .lostAtSilent: return .lost(.silent(place))
    case .lostAtSwitchedOff: return .lost(.switchedOff(place))
    case .lostAtInactive: return .lost(.barred(place, .inactive))
    case .lostAtUnentitled: return .lost(.barred(place, .unentitled))
    case .lostBeyondHorizon: return .lost(.beyondHorizon(voter: place))
    }
  }

  /// By member: whole voices that came this far and are counted.
  func carriedVoices(trustees: [Int32]) -> [Int] {
    var voices = kinds.map { $0 == .direct || $0 == .carried ? 1 : 0 }
    for member in carriedInOrder.reversed() { voices[Int(trustees[Int(member)])] += voices[Int(member)] }
    return voices
  }

  /// By member: the weight of the direct vote in 1/unit, before any cap.
  ///
  /// - Parameter faded: what a voice weighs by distance; empty for no decay.
  func weights(carried: [Int], unit: Int, faded: [Int]) -> [Int] {
    guard !faded.isEmpty else { return kinds.indices.map { kinds[$0] == .direct ? carried[$0] : 0 } }
    var weights = kinds.map { $0 == .direct ? unit : 0 }
    for member in carriedInOrder { weights[Int(places[Int(member)])] += faded[Int(distances[Int(member)])] }
    return weights
  }
}
