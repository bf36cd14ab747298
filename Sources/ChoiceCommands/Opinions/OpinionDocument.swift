internal import SocialChoice

/// The JSON of `isegoria opinions`; keys explained in `docs/algorithms/opinion-map.md`.
///
/// Written container by container, with one type of keys: for each further type that is encoded Foundation searches the whole program for what it
/// conforms to, which takes longer than to write it.
struct OpinionDocument: Encodable {
  let map: OpinionMap
  /// All votes that count.
  let votes: Int
  /// By number.
  let participants: [String]
  let statements: [String]
  /// Of the statements, by number; nil where a text is missing or empty.
  let texts: [String?]
  /// The names of the statements left out by moderation.
  let leftOut: [String]

  private struct Key: CodingKey, ExpressibleByStringLiteral {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init(stringLiteral name: String) { stringValue = name }
    init(stringValue name: String) { stringValue = name }
    init?(intValue: Int) { nil }
  }

  private typealias Object = KeyedEncodingContainer<Key>

  func encode(to encoder: any Encoder) throws {
    var document = encoder.container(keyedBy: Key.self)
    try document.encode(participants.count, forKey: "participants")
    try document.encode(statements.count, forKey: "statements")
    try document.encode(votes, forKey: "votes")
    try people(in: &document)
    var left = document.nestedUnkeyedContainer(forKey: "left_out")
    for name in leftOut { try left.encode(name) }
    var sizes = document.nestedUnkeyedContainer(forKey: "group_sizes")
    for size in map.sizes { try sizes.encode(size) }
    var shares = document.nestedUnkeyedContainer(forKey: "explained_variance")
    for share in map.axes.explainedVariance { try shares.encode(share) }
    try number(in: &document)
    var representative = document.nestedContainer(keyedBy: Key.self, forKey: "representative")
    for (group, found) in map.representative.enumerated() {
      var list = representative.nestedUnkeyedContainer(forKey: Key(String(group)))
      for statement in found {
        var object = list.nestedContainer(keyedBy: Key.self)
        try write(statement, in: &object)
      }
    }
    var consensus = document.nestedUnkeyedContainer(forKey: "consensus")
    for statement in map.consensus {
      var object = consensus.nestedContainer(keyedBy: Key.self)
      try write(statement, in: &object)
    }
  }

  private func people(in document: inout Object) throws {
    var groups = document.nestedContainer(keyedBy: Key.self, forKey: "groups")
    var certainty = document.nestedContainer(keyedBy: Key.self, forKey: "certainty")
    var positions = document.nestedContainer(keyedBy: Key.self, forKey: "positions")
    var placedOnly = document.nestedUnkeyedContainer(forKey: "placed_only")
    for (place, name) in participants.enumerated() {
      guard let group = map.groupOf[place] else { continue }
      let key = Key(name)
      try groups.encode(group, forKey: key)
      try certainty.encode(Self.rounded(map.certainty[place], 1e4), forKey: key)
      var position = positions.nestedUnkeyedContainer(forKey: key)
      try position.encode(Self.rounded(map.positions[place].x, 1e6))
      try position.encode(Self.rounded(map.positions[place].y, 1e6))
      if !map.drawsMap[place] { try placedOnly.encode(name) }
    }
  }

  private static func rounded(_ value: Double, _ scale: Double) -> Double { (value * scale).rounded() / scale }

  private func number(in document: inout Object) throws {
    let number = map.number
    var object = document.nestedContainer(keyedBy: Key.self, forKey: "number_of_groups")
    try object.encode(number.chosen, forKey: "chosen")
    switch number.rule {
    case .silhouette: try object.encode("silhouette", forKey: "rule")
    case .stability: try object.encode("stability", forKey: "rule")
    case .fixed(let asked):
      try object.encode("fixed", forKey: "rule")
      try object.encode(asked, forKey: "asked")
      if asked > number.chosen { try object.encode(number.mostPossible, forKey: "most_possible") }
    }
    try object.encode(number.bySilhouette, forKey: "by_silhouette")
    var silhouettes = object.nestedContainer(keyedBy: Key.self, forKey: "silhouettes")
    for (place, silhouette) in number.silhouettes.enumerated() { try silhouettes.encode(silhouette, forKey: Key(String(place + 2))) }
    guard let found = number.stability else { return }
    try object.encode(found.best, forKey: "by_stability")
    var trials = object.nestedContainer(keyedBy: Key.self, forKey: "stability")
    for trial in found.trials {
      var object = trials.nestedContainer(keyedBy: Key.self, forKey: Key(String(trial.groups)))
      try object.encode(trial.agreement, forKey: "agreement")
      try object.encode(trial.byChance, forKey: "by_chance")
    }
  }

  private func write(_ found: RepresentativeStatement, in object: inout Object) throws {
    try name(found.statement, in: &object)
    try object.encode(found.side.rawValue, forKey: "side")
    try object.encode(found.successes, forKey: "successes")
    try object.encode(found.trials, forKey: "trials")
    try object.encode(found.probability, forKey: "probability")
    try object.encode(found.probabilityTest, forKey: "probability_test")
    try object.encode(found.representativeness, forKey: "representativeness")
    try object.encode(found.representativenessTest, forKey: "representativeness_test")
    try object.encode(found.isBestAgreement, forKey: "best_agreement")
  }

  private func write(_ found: StatementConsensus, in object: inout Object) throws {
    try name(found.statement, in: &object)
    try object.encode(found.groupInformed, forKey: "group_informed")
    try object.encode(found.agreementFloor, forKey: "agreement_floor")
    try object.encode(found.leastAgreeing, forKey: "least_agreeing_group")
    try object.encode(found.divisiveness, forKey: "divisiveness")
    try object.encode(found.innerDivisiveness, forKey: "inner_divisiveness")
    var counts = object.nestedContainer(keyedBy: Key.self, forKey: "counts")
    try write(found.count, in: &counts)
    var byGroup = object.nestedUnkeyedContainer(forKey: "counts_by_group")
    for group in map.counts {
      var counts = byGroup.nestedContainer(keyedBy: Key.self)
      try write(group[found.statement], in: &counts)
    }
  }

  private func name(_ statement: Int, in object: inout Object) throws {
    try object.encode(statements[statement], forKey: "statement")
    try object.encodeIfPresent(texts[statement], forKey: "text")
  }

  private func write(_ count: OpinionCount, in object: inout Object) throws {
    try object.encode(count.agree, forKey: "agree")
    try object.encode(count.disagree, forKey: "disagree")
    try object.encode(count.pass, forKey: "pass")
  }
}
