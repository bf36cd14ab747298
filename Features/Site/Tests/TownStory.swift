import CommonsDomain
import Database
import Participation
import RichText

/// One history of the town by a seed: people do what comes to them, right or wrong, twice in a row, while calls to the database fail, the phase
/// closes and opens and the clock goes on. After each act the town must have answered as its model foresaw.
struct TownStory {
  /// A difference between the town and its model.
  struct Divergence: Error, CustomStringConvertible {
    let description: String
  }

  private let town: Town
  private let trap: Trap
  private let people: [PersonID]
  private(set) var model: TownModel
  private var dice: Dice
  private var words = 0
  private var tokens: [PersonID: String] = [:]
  /// The acts so far, in words.
  private(set) var told: [String] = []

  static let settings = ComponentSettings(supportLimit: 2)

  init(_ town: Town, trap: Trap, seed: UInt64) async throws {
    self.town = town
    self.trap = trap
    people = [town.amina, town.bernard] + (try await town.join(5))
    dice = Dice(seed: seed)
    model = TownModel(
      supportLimit: 2, editMinutes: Int64(Self.settings.editMinutes), ends: Town.start.adding(days: 30))
  }

  /// What an act writes, and what the model foresees: nil if it must be refused, else how the model goes on with what came of it.
  private typealias Foreseen = ((inout TownModel, ResourceID?) -> Void)?

  mutating func step() async throws {
    town.clock.advance(seconds: Int64(1 + dice.below(1_200)))
    switch dice.below(20) {
    case 0..<3: try await contribute()
    case 3..<6: try await answer()
    case 6..<13: try await vote()
    case 13..<15: try await revise()
    case 15: try await withdraw()
    case 16..<18: try await moderate()
    case 18: try await dealWithPeople()
    default: try await movePhase()
    }
  }

  private mutating func person() -> PersonID { people[dice.below(people.count)] }

  private mutating func thing() -> ResourceID? {
    let ids = model.ids
    return ids.isEmpty ? nil : ids[dice.below(ids.count)]
  }

  private mutating func word() -> String {
    words += 1
    return "mot\(words)q"
  }

  // MARK: Acts

  private mutating func contribute() async throws {
    let (person, word, now) = (person(), word(), town.clock.now())
    let kind: Resource.Kind = dice.below(3) == 0 ? .article : .proposal
    let isTaken = model.isOpen(now) && model.isActive(person)
    try await perform("\(kind) by \(person)", as: person, isTaken ? Self.made(kind, person, nil, nil, now, word) : nil) {
      [town] actor, db in
      let (writ, author) = (try Town.writ(word, "Un texte."), try Authors.personal(person, in: db))
      return kind == .article
        ? try ArticleWriting.add(writ, section: town.section, author: author, component: town.texts, by: actor, in: db)
        : try Proposals.add(writ, place: "", theme: nil, author: author, component: town.ideas, by: actor, in: db)
    }
  }

  private mutating func answer() async throws {
    guard let above = thing(), let found = model.things[above] else { return }
    let (person, word, now) = (person(), word(), town.clock.now())
    let mayBegin = model.isOpen(now) && model.isActive(person) && found.state == .published
    switch dice.below(4) {
    case 0:
      let isTaken = mayBegin && found.kind == .article
      try await perform("wording of \(above)", as: person, isTaken ? Self.made(.wording, person, above, above, now, word) : nil) { actor, db in
        try Wordings.add(
          try Town.writ(word, "Mieux dit."), reason: "Plus clair", to: above, author: try Authors.personal(person, in: db), by: actor, in: db)
      }
    case 1:
      let isTaken = mayBegin && found.kind != .argument && found.kind != .source
      try await perform("source for \(above)", as: person, isTaken ? Self.made(.source, person, above, above, now, word) : nil) { actor, db in
        try Sources.add(
          "https://example.org/\(word)", kind: .press, about: above, try Town.writ(word, "Lu."), author: try Authors.personal(person, in: db),
          by: actor, in: db)
      }
    default:
      let isReply = found.kind == .argument
      let subject = isReply ? found.subject : above
      let isTaken = mayBegin && !found.isReply && model.isPublished(subject) && (isReply || found.kind != .source)
      let foreseen = isTaken ? Self.made(.argument, person, above, subject, now, word) : nil
      try await perform("argument about \(above)", as: person, foreseen) { actor, db in
        guard let subject else { throw NotFound() }
        return try Arguments.add(
          .for, about: subject, replyTo: isReply ? above : nil, try Town.writ("", word), author: try Authors.personal(person, in: db), by: actor,
          in: db)
      }
    }
  }

  private static func made(
    _ kind: Resource.Kind, _ person: PersonID, _ above: ResourceID?, _ subject: ResourceID?, _ now: Instant, _ word: String
  ) -> Foreseen {
    { model, id in
      if let id { model.things[id] = .init(kind: kind, author: person, above: above, subject: subject, published: now, word: word) }
    }
  }

  /// Pressed once or twice, mostly rightly.
  private mutating func vote() async throws {
    guard let id = thing(), let found = model.things[id] else { return }
    let person = person()
    let right = TownModel.choices(found.kind)
    let choice: Choice? = dice.below(5) == 0 ? nil : dice.below(8) == 0 ? .against : right[dice.below(right.count)]
    let edition = dice.below(6) == 0 ? 1 : found.edition
    for _ in 0...dice.below(2) {
      let isTaken = model.takes(choice, on: id, edition: edition, by: person, at: town.clock.now())
      let foreseen: Foreseen = isTaken ? { model, _ in model.vote(choice, on: id, edition: edition, by: person) } : nil
      try await perform("\(choice?.rawValue ?? "nothing") on \(id), edition \(edition), by \(person)", as: person, foreseen) { actor, db in
        try Votes.cast(choice, on: id, edition: edition, by: actor, in: db)
        return nil
      }
    }
  }

  private mutating func revise() async throws {
    guard let id = thing(), let found = model.things[id] else { return }
    let (person, word, now) = (dice.below(4) == 0 ? person() : found.author, word(), town.clock.now())
    let read = dice.below(6) == 0 ? found.revision - 1 : found.revision
    let mayBegin = found.state == .published && found.author == person && model.isActive(person) && read == found.revision
    let title = found.kind == .argument ? "" : word
    if dice.below(2) == 0 {
      let isTaken = mayBegin && now < found.published.adding(minutes: model.editMinutes)
      let foreseen: Foreseen = isTaken ? { model, _ in Self.revised(&model, id, word, newEdition: false) } : nil
      try await perform("correction of \(id) by \(person)", as: person, foreseen) { actor, db in
        let resource = try Resources.resource(id, in: db)
        let act = Correct(resource, try Admission.load(resource.component, in: db))
        try Resources.correct(try Town.writ(title, word), reason: "Faute", read: read, permit: Permit(act, for: actor, in: db), in: db)
        return nil
      }
    } else {
      let isTaken = mayBegin && found.kind.hasVersions && model.isOpen(now)
      let foreseen: Foreseen = isTaken ? { model, _ in Self.revised(&model, id, word, newEdition: true) } : nil
      try await perform("new version of \(id) by \(person)", as: person, foreseen) { actor, db in
        let resource = try Resources.resource(id, in: db)
        let act = Reword(resource, try Admission.load(resource.component, in: db))
        try Resources.reword(try Town.writ(title, word), reason: "Mieux", read: read, permit: Permit(act, for: actor, in: db), in: db)
        return nil
      }
    }
  }

  private static func revised(_ model: inout TownModel, _ id: ResourceID, _ word: String, newEdition: Bool) {
    model.things[id]?.word = word
    model.things[id]?.revision += 1
    model.things[id]?.edition += newEdition ? 1 : 0
  }

  private mutating func withdraw() async throws {
    guard let id = thing(), let found = model.things[id] else { return }
    let person = dice.below(3) == 0 ? person() : found.author
    let isTaken = found.state == .published && found.author == person && model.isActive(person)
    try await perform("withdrawal of \(id) by \(person)", as: person, isTaken ? { model, _ in model.things[id]?.isWithdrawn = true } : nil) {
      actor, db in
      try Resources.withdraw(permit: Permit(Withdraw(Resources.resource(id, in: db)), for: actor, in: db), in: db)
      return nil
    }
  }

  /// Chloe moderates; she wrote nothing and reported nothing.
  private mutating func moderate() async throws {
    guard let id = thing(), let found = model.things[id] else { return }
    let moderator = Town.holder(.moderator, town.chloe, in: town.space)
    if dice.below(2) == 0 {
      let foreseen: Foreseen = found.isHidden ? nil : { model, _ in model.things[id]?.isHidden = true }
      try await perform("hiding of \(id)", as: nil, foreseen) { _, db in
        let act = Moderate(try Resources.resource(id, in: db), .hide, reporters: [])
        try Moderation.hide(.insult, reason: "Une insulte.", permit: Permit(act, for: moderator, in: db), in: db)
        return nil
      }
    } else {
      let foreseen: Foreseen = found.isHidden ? { model, _ in model.things[id]?.isHidden = false } : nil
      try await perform("showing of \(id)", as: nil, foreseen) { _, db in
        let act = Moderate(try Resources.resource(id, in: db), .restore, reporters: [])
        try Moderation.restore(permit: Permit(act, for: moderator, in: db), in: db)
        return nil
      }
    }
  }

  private mutating func dealWithPeople() async throws {
    let person = person()
    let chief = Town.holder(.administrator, town.chloe)
    let isSuspended = model.suspended.contains(person)
    switch dice.below(7) {
    case 0:
      let (withdrawing, now) = (dice.below(2) == 0, town.clock.now())
      guard !model.gone.contains(person), model.gone.count < 3 else { return }
      try await perform("\(person) leaves", as: nil, { model, _ in model.leave(person, withdrawing: withdrawing, at: now) }) { _, db in
        try AccountEnd.delete(person, withdrawing: withdrawing, in: db)
        return nil
      }
    case 1..<3:
      let isTaken = model.isActive(person)
      try await perform("suspension of \(person)", as: nil, isTaken ? { model, _ in model.suspended.insert(person) } : nil) { _, db in
        try Suspensions.suspend(for: "Assez", permit: Permit(SuspendPerson.load(person, in: db), for: chief, in: db), in: db)
        return nil
      }
    default:
      try await perform("lifting for \(person)", as: nil, isSuspended ? { model, _ in model.suspended.remove(person) } : nil) { _, db in
        try Suspensions.lift(permit: Permit(LiftSuspension(person), for: chief, in: db), in: db)
        return nil
      }
    }
  }

  /// Closes the phase now, or lets it run a month more.
  private mutating func movePhase() async throws {
    let now = town.clock.now()
    let ends = model.isOpen(now) && dice.below(3) == 0 ? now : now.adding(days: 30)
    let chief = Town.holder(.administrator, town.chloe)
    try await perform("the phase ends at \(ends.milliseconds)", as: nil, { model, _ in model.movePhase(to: ends, at: now) }) { [town] _, db in
      let allows = [town.ideas, town.texts].flatMap { component in PhaseAct.allCases.map { (component: component, act: $0) } }
      try Spaces.setPhase(
        town.phase, name: Town.words("Donner son avis"), description: Town.words(""), starts: Town.start.adding(days: -1), ends: ends, allows: allows,
        permit: Permit(ManageSpace(town.space), for: chief, in: db), in: db)
      try Votes.takeBackReopened(in: town.space, in: db)
      return nil
    }
  }

  /// A month after the end: what must not be kept is forgotten, and the counts stay.
  mutating func endForGood() async throws {
    town.clock.set(max(town.clock.now(), model.ends).adding(days: Retention.voteDays + 1))
    try await perform("the votes are parted from accounts", as: nil, { model, _ in model.isClosed = true }) { _, db in
      try Retention.apply(in: db)
      return nil
    }
  }

  // MARK: The town answers

  /// Does an act in one transaction, sometimes while a call to the database fails: then nothing of it may be there.
  private mutating func perform(
    _ name: String, as person: PersonID?, _ foreseen: Foreseen, _ act: @escaping @Sendable (Actor, Writing) throws -> ResourceID?
  ) async throws {
    var token: String?
    if let person { token = try await session(of: person) }
    let session = token
    let isTroubled = dice.below(8) == 0
    if isTroubled { trap.set(at: 1 + dice.below(12), forGood: false) }
    var outcome: Result<ResourceID?, any Error>
    do {
      outcome = .success(
        try await town.database.write { db in
          let found = try session.flatMap { try Sessions.find($0, excusedFromSecondFactor: false, terms: 1, in: db)?.actor }
          return try act(found ?? .visitor, db)
        })
    } catch { outcome = .failure(error) }
    let wasSprung = isTroubled && trap.release()
    told.append(name + (wasSprung ? ", a call fails" : ""))
    switch (outcome, foreseen) {
    case (.success(let id), let goOn?) where !wasSprung: goOn(&model, id)
    case (.failure(let error), nil) where error is Refusal || error is NotFound || error is Conflict: break
    case (.failure(let error), _) where wasSprung && error is DatabaseFault: break
    case (.success, nil): throw Divergence(description: "was done and should have been refused")
    case (.success, _): throw Divergence(description: "was done though a call to the database failed")
    case (.failure(let error), _): throw Divergence(description: "failed: \(error)")
    }
  }

  /// Someone's session; whoever was signed out signs in again, whoever left cannot.
  private mutating func session(of person: PersonID) async throws -> String? {
    guard !model.gone.contains(person) else { return nil }
    if let token = tokens[person],
      try await town.database.read({ try Sessions.find(token, excusedFromSecondFactor: false, terms: 1, in: $0) }) != nil
    {
      return token
    }
    let token = "session \(person) \(told.count)"
    try await town.database.write { try Sessions.start(token, for: person, device: "Firefox", in: $0) }
    tokens[person] = token
    return token
  }
}
