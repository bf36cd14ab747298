/// The document as it is written: rows are lists, so each is decoded place by place.
struct LiquidDocument: Decodable {
  let world: LiquidRows
}

struct LiquidRows: Decodable {
  let members: [Member]
  let units: [Unit]
  let areas: [Area]
  let issues: [Issue]
  let privileges: [Privilege]
  let memberships: [Pair]
  let interests: [Pair]
  let supporters: [Pair]
  let delegations: [Delegation]
  let votes: [Vote]

  /// How faults begin whose words are ours and not the decoder's.
  static let ownWords = "the scope is"

  private enum Key: String, CodingKey {
    case members, units, privileges, areas, memberships, issues, interests, supporters, delegations, votes
  }

  /// Tables that a small world may well leave empty may be missing.
  init(from decoder: any Decoder) throws {
    let tables = try decoder.container(keyedBy: Key.self)
    members = try tables.decode([Member].self, forKey: .members)
    units = try tables.decode([Unit].self, forKey: .units)
    areas = try tables.decode([Area].self, forKey: .areas)
    issues = try tables.decode([Issue].self, forKey: .issues)
    privileges = try tables.decodeIfPresent([Privilege].self, forKey: .privileges) ?? []
    memberships = try tables.decodeIfPresent([Pair].self, forKey: .memberships) ?? []
    interests = try tables.decodeIfPresent([Pair].self, forKey: .interests) ?? []
    supporters = try tables.decodeIfPresent([Pair].self, forKey: .supporters) ?? []
    delegations = try tables.decodeIfPresent([Delegation].self, forKey: .delegations) ?? []
    votes = try tables.decodeIfPresent([Vote].self, forKey: .votes) ?? []
  }

  struct Member: Decodable {
    let id: Int
    let isActive: Bool
    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      id = try row.decode(Int.self)
      isActive = try row.decode(Bool.self)
    }
  }

  struct Unit: Decodable {
    let id: Int
    let parent: Int?
    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      id = try row.decode(Int.self)
      parent = row.isAtEnd ? nil : try row.decodeIfPresent(Int.self)
    }
  }

  struct Area: Decodable {
    let id: Int
    let unit: Int
    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      id = try row.decode(Int.self)
      unit = try row.decode(Int.self)
    }
  }

  struct Issue: Decodable {
    let id: Int
    let area: Int
    let initiatives: [Int]
    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      id = try row.decode(Int.self)
      area = try row.decode(Int.self)
      initiatives = try row.decode([Int].self)
    }
  }

  struct Privilege: Decodable {
    let unit: Int
    let member: Int
    let votingRight: Bool
    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      unit = try row.decode(Int.self)
      member = try row.decode(Int.self)
      votingRight = try row.decode(Bool.self)
    }
  }

  /// An area, issue or initiative, and a member who takes part in it.
  struct Pair: Decodable {
    let matter: Int
    let member: Int
    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      matter = try row.decode(Int.self)
      member = try row.decode(Int.self)
    }
  }

  struct Delegation: Decodable {
    enum Scope: String { case unit, area, issue }
    let truster: Int
    let trustee: Int?
    let scope: Scope
    let id: Int
    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      truster = try row.decode(Int.self)
      trustee = try row.decodeIfPresent(Int.self)
      let word = try row.decode(String.self)
      guard let scope = Scope(rawValue: word) else {
        throw DecodingError.dataCorruptedError(in: row, debugDescription: "\(LiquidRows.ownWords) \"unit\", \"area\" or \"issue\", not \"\(word)\"")
      }
      self.scope = scope
      id = try row.decode(Int.self)
    }
  }

  struct Vote: Decodable {
    let issue: Int
    let member: Int
    let grades: [String: Int32?]
    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      issue = try row.decode(Int.self)
      member = try row.decode(Int.self)
      grades = try row.decodeIfPresent([String: Int32?].self) ?? [:]
    }
  }
}
