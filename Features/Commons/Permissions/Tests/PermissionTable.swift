import Database
import Participation

@testable import CommonsDomain

/// Everyone who may come to a door, every act, and every state that a rule looks at.
///
/// The person who acts is always number 1. What is "own" was written by number 1, what is "other's" by number 2.
enum PermissionTable {
  static let now = Instant(seconds: 1_790_000_000)
  static let space = SpaceID(5)
  static let elsewhere = SpaceID(6)
  static let person = PersonID(1)

  static let actors: [(name: String, actor: Actor)] =
    [
      ("visitor", .visitor), ("participant", someone()), ("participant, suspended", someone(suspended: true)),
      ("participant, owes second factor", someone(owes: true)), ("participant, terms not accepted", someone(terms: false)),
    ]
    + Role.allCases.map { role in (role.rawValue, someone(Grant(role, in: role == .administrator ? nil : space), factor: true)) }
    + [
      ("administrator, no second factor", someone(Grant(.administrator))), ("organiser, no second factor", someone(Grant(.organiser, in: space))),
      ("moderator, no second factor", someone(Grant(.moderator, in: space))),
      ("guarantor, no second factor", someone(Grant(.guarantor, in: space))),
      ("administrator, suspended", someone(Grant(.administrator), suspended: true, factor: true)),
      ("administrator, terms not accepted", someone(Grant(.administrator), factor: true, terms: false)),
      ("organiser elsewhere", someone(Grant(.organiser, in: elsewhere), factor: true)),
      ("moderator elsewhere", someone(Grant(.moderator, in: elsewhere), factor: true)),
      ("guarantor elsewhere", someone(Grant(.guarantor, in: elsewhere), factor: true)),
      ("agent elsewhere", someone(Grant(.agent, in: elsewhere), factor: true)),
    ]

  private static func someone(
    _ grants: Grant..., suspended: Bool = false, factor: Bool = false, owes: Bool = false, terms: Bool = true
  ) -> Actor {
    Actor(
      person: person, grants: Set(grants), isSuspended: suspended, hasSecondFactor: factor, acceptedTerms: terms, owesSecondFactor: owes)
  }

  enum Phase: String, CaseIterable {
    case open, closed
    case notYet = "not yet"
    case notPublic = "not public"
  }

  static func admission(_ phase: Phase, _ kind: Component.Kind = .texts, _ settings: ComponentSettings = ComponentSettings()) -> Admission {
    let later = Dictionary(uniqueKeysWithValues: PhaseAct.allCases.map { ($0, now.adding(days: 1)) })
    return Admission(
      space: space, component: ID(7), kind: kind, settings: settings, isPublic: phase != .notPublic,
      allowed: phase == .open || phase == .notPublic ? Set(PhaseAct.allCases) : [], opens: phase == .notYet ? later : [:])
  }

  enum Whose: String { case own, others = "other's", official, imported, assisted }

  static func resource(_ kind: Resource.Kind, _ whose: Whose = .others, _ state: ResourceState = .published, age: Int64 = 0) -> Resource {
    let author: PersonID? =
      switch whose {
      case .own: person
      case .others: ID(2)
      case .official, .imported, .assisted: nil
      }
    return Resource(
      id: ID(9), kind: kind, space: space, component: ID(7), subject: nil, author: ID(3), authorPerson: author, isOfficial: whose == .official,
      isAssisted: whose == .assisted,
      revision: 1, edition: 1, published: now.adding(milliseconds: -age), state: state)
  }

  private static func draft(isPublished: Bool) -> Space {
    let none = Town.words("")
    return Space(
      id: space, slug: "place", title: none, question: none, summary: none, description: none, scope: none, image: nil, imageWords: none,
      sourceNote: nil,
      isPublished: isPublished)
  }

  static let cases: [(act: String, state: String, rule: any Act)] = votes + answers + contributions + changes + offices

  private static var votes: [(String, String, any Act)] {
    Resource.Kind.allCases.flatMap { kind -> [(String, String, any Act)] in
      let name = "CastVote on \(kind.rawValue)"
      func vote(_ resource: Resource, _ phase: Phase) -> any Act { CastVote(resource, admission(phase), supportsGiven: 0) }
      return Phase.allCases.map { (name, "other's, published, \($0.rawValue)", vote(resource(kind), $0)) } + [
        (name, "own, published, open", vote(resource(kind, .own), .open)),
        (name, "imported, published, open", vote(resource(kind, .imported), .open)),
        (name, "other's, withdrawn, open", vote(resource(kind, .others, .withdrawn), .open)),
        (name, "other's, hidden, open", vote(resource(kind, .others, .hidden), .open)),
      ]
    } + [
      (
        "CastVote on proposal", "the last support of three",
        CastVote(resource(.proposal), admission(.open, .proposals, ComponentSettings(supportLimit: 3)), supportsGiven: 2)
      ),
      (
        "CastVote on proposal", "one support more than three",
        CastVote(resource(.proposal), admission(.open, .proposals, ComponentSettings(supportLimit: 3)), supportsGiven: 3)
      ),
    ]
  }

  /// What hangs on something else.
  private static var answers: [(String, String, any Act)] {
    func all(_ name: String, _ kind: Resource.Kind, _ act: (Resource, Admission) -> any Act) -> [(String, String, any Act)] {
      Phase.allCases.map { (name, "other's, published, \($0.rawValue)", act(resource(kind), admission($0))) } + [
        (name, "own, published, open", act(resource(kind, .own), admission(.open))),
        (name, "official, published, open", act(resource(kind, .official), admission(.open))),
        (name, "other's, withdrawn, open", act(resource(kind, .others, .withdrawn), admission(.open))),
        (name, "other's, hidden, open", act(resource(kind, .others, .hidden), admission(.open))),
      ]
    }
    return all("Argue", .article) { Argue($0, $1) } + all("AddSource", .article) { AddSource($0, $1) }
      + all("ProposeWording", .article) { ProposeWording($0, $1) }
      + [("ProposeWording", "of a proposal, published, open", ProposeWording(resource(.proposal), admission(.open)))]
  }

  private static var contributions: [(String, String, any Act)] {
    let closed = ComponentSettings(articlesByParticipants: false)
    return Phase.allCases.map { ("Propose", $0.rawValue, Propose(admission($0, .proposals))) }
      + [("Propose", "open, in a text", Propose(admission(.open, .texts)))]
      + Phase.allCases.map { ("ProposeArticle", $0.rawValue, ProposeArticle(admission($0, .texts))) }
      + [
        ("ProposeArticle", "open, in ideas", ProposeArticle(admission(.open, .proposals))),
        ("ProposeArticle", "open, the authority's articles alone", ProposeArticle(admission(.open, .texts, closed))),
      ] + Phase.allCases.map { ("WriteOfficialArticle", $0.rawValue, WriteOfficialArticle(admission($0, .texts))) }
      + [("Assist", "in the space", Assist(space))]
  }

  private static var changes: [(String, String, any Act)] {
    let hour: Int64 = 3_600_000
    func correct(_ resource: Resource, _ phase: Phase = .open) -> any Act { Correct(resource, admission(phase)) }
    func reword(_ resource: Resource, _ phase: Phase = .open) -> any Act { Reword(resource, admission(phase)) }
    var list: [(String, String, any Act)] = [
      ("Correct", "own, published 59 min 59.999 s ago", correct(resource(.proposal, .own, age: hour - 1))),
      ("Correct", "own, published 60 min ago", correct(resource(.proposal, .own, age: hour))),
      ("Correct", "own, published just now, closed", correct(resource(.proposal, .own), .closed)),
    ]
    for (name, act) in [("Correct", { correct($0) }), ("Reword", { reword($0) })] as [(String, (Resource) -> any Act)] {
      list += [
        (name, "own, published just now", act(resource(.proposal, .own))), (name, "other's, published", act(resource(.proposal))),
        (name, "own, withdrawn", act(resource(.proposal, .own, .withdrawn))), (name, "own, hidden", act(resource(.proposal, .own, .hidden))),
        (name, "assisted, published", act(resource(.proposal, .assisted))),
        (name, "official, published", act(resource(.article, .official))), (name, "official, hidden", act(resource(.article, .official, .hidden))),
        (name, "imported, published", act(resource(.article, .imported))),
      ]
    }
    list += Phase.allCases.dropFirst().map { ("Reword", "own, published, \($0.rawValue)", reword(resource(.wording, .own), $0)) }
    list += [
      ("Correct", "own argument, published just now, closed", correct(resource(.argument, .own), .closed)),
      ("Reword", "own argument, published", reword(resource(.argument, .own))),
    ]
    list += [("Reword", "official, published, closed", reword(resource(.article, .official), .closed))]
    list += ResourceState.allCases.map { ("Withdraw", "own, \($0.rawValue)", Withdraw(resource(.proposal, .own, $0))) }
    list += [Whose.others, .official, .imported, .assisted].map { ("Withdraw", "\($0.rawValue), published", Withdraw(resource(.article, $0))) }
    return list
  }

  /// What roles are for.
  private static var offices: [(String, String, any Act)] {
    var list: [(String, String, any Act)] = ResourceState.allCases.map {
      ("ReportResource", "other's, \($0.rawValue)", ReportResource(resource(.argument, .others, $0)))
    }
    list += [Whose.own, .official, .imported].map { ("ReportResource", "\($0.rawValue), published", ReportResource(resource(.article, $0))) }
    for decision in Moderate.Decision.allCases {
      list += ResourceState.allCases.map {
        (
          "Moderate, \(decision.rawValue)", "other's, \($0.rawValue), reported by another",
          Moderate(resource(.argument, .others, $0), decision, reporters: [ID(4)])
        )
      }
    }
    return list + [
      ("Moderate, hide", "own, published", Moderate(resource(.argument, .own), .hide, reporters: [])),
      ("Moderate, hide", "official, published", Moderate(resource(.article, .official), .hide, reporters: [])),
      ("Moderate, hide", "other's, published, reported by the same", Moderate(resource(.argument), .hide, reporters: [person])),
      ("ReadCases", "this space", ReadCases(space)), ("ReadCases", "another space", ReadCases(ID(6))),
      ("ReadQueue", "any", ReadQueue()), ("PublishGuarantorReport", "this space", PublishGuarantorReport(space)),
      ("ManageSpace", "this space", ManageSpace(space)), ("SignCommitment", "this space", SignCommitment(space)),
      ("CreateSpace", "any", CreateSpace()),
      ("ReadSpace", "draft", ReadSpace(draft(isPublished: false))), ("ReadSpace", "published", ReadSpace(draft(isPublished: true))),
      ("EditProfile", "one's own", EditProfile()),
      ("SuspendPerson", "another", SuspendPerson(ID(2), isLastAdministrator: false)),
      ("SuspendPerson", "oneself", SuspendPerson(person, isLastAdministrator: false)),
      ("SuspendPerson", "the last administrator", SuspendPerson(ID(2), isLastAdministrator: true)),
      ("LiftSuspension", "another's", LiftSuspension(ID(2))), ("LiftSuspension", "one's own", LiftSuspension(person)),
      ("ManageGrants", "any", ManageGrants()), ("ManageOrganization", "any", ManageOrganization()), ("FollowSubject", "any", FollowSubject()),
    ]
  }

  /// The table as text: one line for each act, state and actor.
  static var text: String {
    var lines: [String] = []
    for (act, state, rule) in cases {
      for (name, actor) in actors {
        let verdict =
          switch rule.verdict(for: actor, at: now) {
          case .yes: "yes"
          case .no(let refusal): "no: \(refusal.key.name)"
          }
        lines.append("\(act) | \(state) | \(name) -> \(verdict)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
