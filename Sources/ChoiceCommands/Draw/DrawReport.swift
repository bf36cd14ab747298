internal import Foundation
internal import SocialChoice

/// What `isegoria draw` prints. Panels are checked, chances counted and proofs recomputed here: of them nothing is the child's word.
struct DrawReport {
  let answer: DrawAnswer
  let pool: SortitionPool
  let drawn: Int
  let seed: String
  let method: String
  /// Rows of the drawn panel, after withdrawals.
  let panel: [Int]
  let replacements: [(leaving: Int, joining: Int)]
  let vacant: [Int]
  let alternates: [(seat: Int, rows: [Int])]
  /// For each row the panels it sits in.
  let seats: [Int]
  /// Recomputed from the proof; nil where the method gives none.
  let gap: Rational?

  struct Fault: Error, CustomStringConvertible { let description: String }

  /// - Throws: if the child's lottery has a panel that is none, or a proof that does not prove what it says.
  init(
    answer: DrawAnswer, pool asked: SortitionPool, drawn: Int, seed: String, method: String, withdrawn: [Int], alternates count: Int
  ) throws {
    var pool = asked
    for change in answer.relaxation ?? [] {
      for quota in pool.quotas.indices where pool.quotas[quota].category == change.category && pool.quotas[quota].feature == change.feature {
        pool.quotas[quota].minimum = change.min
        pool.quotas[quota].maximum = change.max
      }
    }
    var seats = [Int](repeating: 0, count: pool.members.count)
    for panel in answer.panels {
      guard pool.accepts(panel.map { $0 - 1 }) else {
        throw Fault(description: "the solver's process gave a panel that breaks a quota; nothing was drawn")
      }
      for row in panel { seats[row - 1] += 1 }
    }
    guard answer.panels.indices.contains(drawn - 1) else { throw Fault(description: "the lottery has no number \(drawn)") }
    let typed = TypedPool(pool)
    gap = try answer.certificate.map { try Self.gap($0, typed, seats, answer) }
    let first = answer.panels[drawn - 1].map { $0 - 1 }
    let replaced = Replacement.replace(typed, panel: first, withdrawn: withdrawn.map { $0 - 1 }, seed: seed)
    self.answer = answer
    self.pool = pool
    self.drawn = drawn
    self.seed = seed
    self.method = method
    self.seats = seats
    panel = replaced.panel.map { $0 + 1 }
    replacements = replaced.replacements.map { ($0.leaving + 1, $0.joining + 1) }
    vacant = replaced.vacant.map { $0 + 1 }
    let excluded = Set(withdrawn.map { $0 - 1 })
    alternates =
      count < 1
      ? []
      : replaced.panel.map { seat in
        let rows = Replacement.candidates(typed, panel: replaced.panel, leaving: seat, excluded: excluded, seed: seed).prefix(count).map { $0 + 1 }
        return (seat + 1, rows)
      }
  }

  /// What the child's proof proves of this lottery.
  private static func gap(_ told: DrawAnswer.Certificate, _ typed: TypedPool, _ seats: [Int], _ answer: DrawAnswer) throws -> Rational {
    let stages = told.stages.map { stage in
      let coefficients = stage.coefficients.compactMap { key, value in Int(key).map { ($0, value) } }
      return StageCertificate(
        coefficients: Dictionary(coefficients) { first, _ in first }, multipliers: stage.multipliers, keptChance: stage.keptChance)
    }
    let proof = LeximinCertificate(stages: stages)
    guard let bounds = proof.bounds(typed), bounds.map(\.description) == told.stages.map(\.bound) else {
      throw Fault(description: "the solver's process gave a proof that does not hold; nothing was drawn")
    }
    return proof.gap(typed, bounds: bounds, seats: seats, panels: answer.panels.count)
  }

  /// Whether the proof speaks of everybody of whom the method promises something, and nobody is far below their bound.
  private var isCertified: Bool {
    guard let gap, let certificate = answer.certificate else { return false }
    let proven = Set(certificate.stages.flatMap(\.coefficients.keys))
    return (method == "maximin" || proven.count == answer.types.count) && LeximinCertificate.isCertified(gap: gap)
  }

  private func chance(_ count: Int) -> Double { Double(count) / Double(max(1, answer.panels.count)) }

  /// The changes of quotas and, where there are some, how many seats they are, how many no panel does without, and whether that is the same.
  static func relaxation(_ answer: DrawAnswer) -> [String: Any] {
    let changes = (answer.relaxation ?? []).map {
      ["category": $0.category, "feature": $0.feature, "min": $0.min, "max": $0.max, "was_min": $0.wasMin, "was_max": $0.wasMax] as [String: Any]
    }
    guard let size = answer.relaxationSize else { return ["relaxation": changes] }
    return [
      "relaxation": changes, "relaxation_seats": size.seats, "relaxation_at_least": size.atLeast,
      "relaxation_proven_smallest": size.isProvenSmallest,
    ]
  }

  static func words(failure: String, _ answer: DrawAnswer) -> String {
    guard let changes = answer.relaxation, !changes.isEmpty else { return failure }
    let size = answer.relaxationSize?.words ?? "A change"
    return
      (["\(failure). \(size) with which one does:"] + changes.map(words) + ["Change the quotas, or go on with them changed so: --relax"])
      .joined(separator: "\n")
  }

  private static func words(_ change: DrawAnswer.Change) -> String {
    var parts: [String] = []
    if change.min < change.wasMin { parts.append("at least \(change.min) instead of \(change.wasMin)") }
    if change.max > change.wasMax { parts.append("at most \(change.max) instead of \(change.wasMax)") }
    return "  \(change.category) \(change.feature): \(parts.joined(separator: ", "))"
  }

  var json: [String: Any] {
    var numbers: [[Int]: [Int]] = [:]
    for (place, panel) in answer.panels.enumerated() { numbers[panel, default: []].append(place + 1) }
    var object: [String: Any] = [
      "panel": panel, "number": drawn, "lottery_size": answer.panels.count, "first_row": 1, "method": method, "seed": seed,
      "minimum": chance(seats.min() ?? 0), "probabilities": seats.map(chance),
      "portfolio": numbers.sorted { ($0.value.first ?? 0) < ($1.value.first ?? 0) }.map { panel, numbers in
        ["panel": panel, "multiplicity": numbers.count, "probability": chance(numbers.count), "numbers": numbers] as [String: Any]
      },
      "types": encoded(answer.types), "certified": isCertified, "aimed_over_panels": answer.overPanels,
      "withdrawn": replacements.map { ["row": $0.leaving, "replaced_by": $0.joining] } + vacant.map { ["row": $0] },
      "alternates": alternates.map { ["row": $0.seat, "rows": $0.rows] as [String: Any] },
    ]
    object.merge(Self.relaxation(answer)) { first, _ in first }
    if let gap { object["gap"] = gap.approximate }
    if let certificate = answer.certificate { object["certificate"] = (encoded(certificate) as? [String: Any])?.merging(rows) { first, _ in first } }
    return object
  }

  /// What a stranger needs beside the proof: the bounds of its rows, and for each type the rows that it counts in and its most seats.
  private var rows: [String: Any] {
    let polytope = PanelPolytope(TypedPool(pool))
    return ["lower": polytope.lower, "upper": polytope.upper, "rows_of_types": polytope.rowsOfType, "most_of_types": polytope.limits]
  }

  private func encoded(_ value: some Encodable) -> Any {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return (try? JSONSerialization.jsonObject(with: encoder.encode(value), options: .fragmentsAllowed)) ?? NSNull()
  }

  var table: String {
    var lines: [String] = []
    for change in answer.relaxation ?? [] { lines.append("Quota changed:" + Self.words(change)) }
    if let size = answer.relaxationSize, !size.isProvenSmallest { lines.append(size.words.dropLast() + ".") }
    lines.append("Panel \(drawn) of \(answer.panels.count): rows " + panel.map(String.init).joined(separator: " "))
    for replacement in replacements { lines.append("Row \(replacement.leaving) withdrew; row \(replacement.joining) takes the seat.") }
    for row in vacant { lines.append("Row \(row) withdrew; nobody can take the seat with all quotas kept.") }
    for (seat, rows) in alternates {
      lines.append("Alternates of row \(seat): " + (rows.isEmpty ? "none" : rows.map(String.init).joined(separator: " ")))
    }
    lines.append("")
    lines.append("Smallest chance: \(percent(seats.min() ?? 0)). \(promise)")
    lines.append("")
    lines.append("Seats by quota, and how the pool compares:")
    for (number, quota) in pool.quotas.enumerated() {
      let have = panel.count { pool.members[$0 - 1].features.contains(number) }
      let willing = pool.members.count { $0.features.contains(number) }
      lines.append("  \(quota.category) \(quota.feature): \(Plural.of(have, "seat")) (\(quota.minimum) to \(quota.maximum)), \(willing) in the pool")
    }
    lines.append("")
    lines.append("Chance of each profile, smallest first:")
    let ordered = answer.types.enumerated().sorted { ($0.element.probability, $0.offset) < ($1.element.probability, $1.offset) }.map(\.element)
    for type in ordered.prefix(Self.profilesShown) { lines.append(line(type)) }
    if ordered.count > Self.profilesShown { lines.append("  and \(ordered.count - Self.profilesShown) more profiles; all are in --json") }
    return lines.joined(separator: "\n")
  }

  private static let profilesShown = 40

  private var promise: String {
    guard let gap else { return "The greedy draw promises nothing about chances." }
    let percent = String(format: "%.2f", gap.approximate * 100)
    // Maximin looks after the smallest chance alone: of the others nothing is proven.
    if method == "maximin", isCertified { return "Proven: it is within \(percent) points of the highest smallest chance that the quotas allow." }
    if isCertified { return "Proven: nobody is more than \(percent) points below the best that the quotas allow." }
    let below = answer.types.map { $0.aim - $0.probability }.max() ?? 1
    return answer.overPanels && below <= 1e-3 + 1e-6
      ? "The quotas' bound is up to \(percent) points higher, but no lottery of panels comes nearer by more than \(String(format: "%.2f", max(0, below) * 100)) points, the solver says."
      : "The quotas' bound is up to \(percent) points higher; whether panels can come nearer is not proven."
  }

  private func percent(_ count: Int) -> String { String(format: "%.1f %%", chance(count) * 100) }

  private func line(_ type: DrawAnswer.Kind) -> String {
    let profile = type.features.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    let bar = String(repeating: "█", count: max(0, min(20, Int((type.probability * 20).rounded()))))
    let reason = type.heldBy.prefix(2).map { reason in
      "\(reason.bound) \(reason.seats) \([reason.category, reason.feature].compactMap { $0 }.joined(separator: " "))"
    }.joined(separator: ", ")
    let people = "\(type.rows.count) \(type.rows.count == 1 ? "person" : "people")\(type.withHousemates ? " with house-mates" : "")"
    return "  " + String(format: "%5.1f %%", type.probability * 100) + " \(bar) \(profile) (\(people))"
      + (reason.isEmpty ? "" : "; held by \(reason)")
  }
}
