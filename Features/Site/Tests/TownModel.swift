import CommonsDomain
import Database

/// What the town should hold, kept beside it in plain values: who voted what, what was written, hidden, taken back. It knows the promises
/// and nothing of how they are kept.
struct TownModel {
  struct Thing {
    let kind: Resource.Kind
    let author: PersonID
    /// What it hangs on: the argument answered for a reply, else its subject.
    let above: ResourceID?
    let subject: ResourceID?
    let published: Instant
    /// A word that stands in nothing else, changed with each revision.
    var word: String
    var revision = 1
    var edition = 1
    var isWithdrawn = false
    var isHidden = false

    var state: ResourceState { isHidden ? .hidden : isWithdrawn ? .withdrawn : .published }
    var isReply: Bool { above != subject }
  }

  struct Ballot: Hashable {
    let resource: ResourceID
    let edition: Int
    let person: PersonID
  }

  let supportLimit: Int
  let editMinutes: Int64
  var things: [ResourceID: Thing] = [:]
  var votes: [Ballot: Choice] = [:]
  var suspended: Set<PersonID> = []
  var gone: Set<PersonID> = []
  /// When the phase ends.
  var ends: Instant
  /// Votes were parted from accounts: nobody can vote or write here any more, whatever phases say.
  var isClosed = false

  /// In the order in which they were made, so that a throw of dice finds the same.
  var ids: [ResourceID] { things.keys.sorted { $0.number < $1.number } }

  func isActive(_ person: PersonID) -> Bool { !suspended.contains(person) && !gone.contains(person) }
  func isOpen(_ now: Instant) -> Bool { !isClosed && now < ends }
  func isPublished(_ id: ResourceID?) -> Bool { id.flatMap { things[$0] }?.state == .published }

  /// Whether everyone sees it: it is published, and all that it hangs on.
  func isPublic(_ id: ResourceID) -> Bool {
    guard let thing = things[id], thing.state == .published else { return false }
    return thing.above.map(isPublic) ?? true
  }

  static func choices(_ kind: Resource.Kind) -> [Choice] {
    switch kind {
    case .proposal: [.support]
    case .article, .wording: [.for, .mixed, .against]
    case .argument, .source: [.useful]
    }
  }

  /// Whether the press of a vote is accepted.
  func takes(_ choice: Choice?, on id: ResourceID, edition: Int, by person: PersonID, at now: Instant) -> Bool {
    guard let thing = things[id], isOpen(now), isActive(person), thing.state == .published, edition == thing.edition else { return false }
    if let choice, !Self.choices(thing.kind).contains(choice) { return false }
    if thing.kind == .argument || thing.kind == .source, thing.author == person { return false }
    return thing.kind != .proposal || choice == nil || supports(by: person, besides: id) < supportLimit
  }

  /// The ideas that someone supports as they stand now.
  private func supports(by person: PersonID, besides id: ResourceID) -> Int {
    votes.keys.count { ballot in
      guard ballot.person == person, ballot.resource != id, let thing = things[ballot.resource] else { return false }
      return thing.kind == .proposal && thing.state == .published && thing.edition == ballot.edition
    }
  }

  mutating func vote(_ choice: Choice?, on id: ResourceID, edition: Int, by person: PersonID) {
    votes[Ballot(resource: id, edition: edition, person: person)] = choice
  }

  func count(_ choice: Choice, of id: ResourceID, edition: Int) -> Int {
    votes.count { $0.key.resource == id && $0.key.edition == edition && $0.value == choice }
  }

  /// How many public things of a kind hang on it, replies not counted.
  func count(_ kind: Resource.Kind, under id: ResourceID) -> Int {
    things.count { $0.value.kind == kind && $0.value.subject == id && !$0.value.isReply && isPublic($0.key) }
  }

  /// Where voting is open again, those who left since have no vote any more: they could come back and vote anew.
  mutating func movePhase(to end: Instant, at now: Instant) {
    ends = end
    if isOpen(now) { votes = votes.filter { !gone.contains($0.key.person) } }
  }

  /// Someone leaves: votes are taken back while voting is open.
  mutating func leave(_ person: PersonID, withdrawing: Bool, at now: Instant) {
    gone.insert(person)
    suspended.remove(person)
    if isOpen(now) { votes = votes.filter { $0.key.person != person } }
    guard withdrawing else { return }
    for id in ids where things[id]?.author == person { things[id]?.isWithdrawn = true }
  }
}
