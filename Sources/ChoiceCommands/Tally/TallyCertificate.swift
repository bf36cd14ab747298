import SocialChoice

extension TallyReport {
  /// How good the choice of maximum welfare is, and what proves it.
  struct Welfare: Encodable {
    let value: Double
    let bound: Double
    let optimal: Bool
    let certificateNodes: Int
    /// Whether the choice is known to be the one that the tie-break puts first among those that are worth as much.
    let tieBreakDecided: Bool
    /// Of a budget that is not cut into parts.
    let certificate: Certificate?
    /// Of a budget by districts.
    let certificates: [Certificate]?
    /// The value and the bound for people, exact where a double is not.
    let texts: (value: String, bound: String)

    enum CodingKeys: String, CodingKey {
      case value, bound, optimal, certificate, certificates
      case certificateNodes = "certificate_nodes"
      case tieBreakDecided = "tie_break_decided"
    }
  }

  /// What a stranger needs beside the ballots to check that no choice is worth more than the bound: docs/algorithms/maximum-welfare.md.
  enum Certificate: Encodable {
    case proof(Proof)
    /// A proof of so many parts that it is not printed.
    case note(String)

    struct Proof: Encodable {
      let district: String?
      let budget: Amount
      let order: [String]
      let best: [String]
      let tree: [String]
      let multipliers: [Int32]
      let value: Int128
      let bound: Int128
      let valueUnit: Int

      enum CodingKeys: String, CodingKey {
        case district, budget, order, best, tree, multipliers, value, bound
        case valueUnit = "value_unit"
      }
    }

    /// A proof of more numbers than this is not printed.
    static let longest = 500_000

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .proof(let proof): try container.encode(proof)
      case .note(let text): try container.encode(text)
      }
    }
  }
}

extension TallyReport.Welfare {
  /// Nil for rules that have no certificate.
  init?(_ outcome: BudgetOutcome, _ words: TallyWords) {
    let all = outcome.certificate.map { [$0] } ?? outcome.partCertificates.map(\.certificate)
    guard !all.isEmpty else { return nil }
    let (value, bound) = (all.reduce(Int128(0)) { $0 + $1.value }, all.reduce(Int128(0)) { $0 + $1.bound })
    self.value = words.value(of: value)
    self.bound = words.value(of: bound)
    optimal = all.allSatisfy(\.isOptimal)
    certificateNodes = all.reduce(0) { $0 + $1.tree.count }
    tieBreakDecided = outcome.tieBreakDecided
    texts = (words.shown(value), words.shown(bound))
    let budget = words.election.budget - words.election.mandatoryCost
    certificate = outcome.certificate.map { TallyReport.Certificate($0, budget: budget, words: words) }
    let parts = outcome.partCertificates.map {
      TallyReport.Certificate($0.certificate, budget: $0.budget, district: $0.district, words: words)
    }
    certificates = parts.isEmpty ? nil : parts
  }

  /// The projects of parts whose best choice is not proven.
  static func unproven(_ outcome: BudgetOutcome, _ election: BudgetElection) -> Set<Int> {
    if let certificate = outcome.certificate { return certificate.isOptimal ? [] : Set(election.projects.indices) }
    return Set(outcome.partCertificates.filter { !$0.certificate.isOptimal }.flatMap(\.projects))
  }
}

extension TallyReport.Certificate {
  init(_ proof: WelfareCertificate, budget: Int, district: String? = nil, words: TallyWords) {
    let numbers = proof.order.count + proof.best.count + proof.tree.count + proof.multipliers.count
    guard numbers <= Self.longest else {
      self = .note("\(numbers) numbers: not printed")
      return
    }
    func ids(_ projects: [Int]) -> [String] { projects.map { words.election.projects[$0].id } }
    self = .proof(
      Proof(
        district: district, budget: words.amount(budget), order: ids(proof.order), best: ids(proof.best), tree: proof.tree.map(\.name),
        multipliers: proof.multipliers, value: proof.value, bound: proof.bound, valueUnit: words.valueUnit))
  }
}

extension WelfareCertificate.Node {
  /// As the page on maximum welfare calls it.
  fileprivate var name: String {
    switch self {
    case .branch: "branch"
    case .impossible: "impossible"
    case .closed: "closed"
    case .end: "end"
    }
  }
}
