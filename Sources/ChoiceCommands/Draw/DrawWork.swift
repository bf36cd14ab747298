package import ArgumentParser
internal import Foundation
internal import SocialChoice
internal import Solvers

/// The child process in which solvers run: `isegoria work draw`. It reads a ``DrawRequest`` on standard input, prints a ``DrawAnswer`` on standard
/// output and
/// lines of progress on standard error.
package struct DrawWork: ParsableCommand {
  package static let configuration = CommandConfiguration(commandName: "draw", abstract: "Compute a lottery of panels.", shouldDisplay: false)

  @Option(help: "Addresses it may use, in MiB.") var memory = 4_096
  @Option(help: "Seconds of processor it may use.") var seconds = 1_800

  package init() {}

  package func run() throws {
    guard ProcessLimits.set(memoryBytes: memory << 20, processorSeconds: seconds) else { throw ExitCode(70) }
    endWithParent()
    // A solver that greets the world on standard output must not spoil the answer.
    let answers = dup(1)
    dup2(2, 1)
    let request = try JSONDecoder().decode(DrawRequest.self, from: FileHandle.standardInput.readDataToEndOfFile())
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let answer = try encoder.encode(Self.answer(request))
    try FileHandle(fileDescriptor: answers, closeOnDealloc: false).write(contentsOf: answer)
  }

  /// Ends this process within a second or so of the one that began it: an interrupt from a terminal does not reach a child of its own group, and nobody would
  /// wait for an answer on which minutes of processor may still be spent.
  private func endWithParent() {
    let parent = getppid()
    Thread.detachNewThread {
      while getppid() == parent { sleep(1) }
      _exit(75)
    }
  }

  static func answer(_ request: DrawRequest) -> DrawAnswer {
    let pool = request.pool
    let method = SortitionMethod(rawValue: request.method) ?? .leximin
    guard CoinSolver.isInstalled else {
      var answer = DrawAnswer()
      answer.failure = "the solver is not there; install Debian's packages coinor-libclp1 and coinor-libcbc3"
      return answer
    }
    let patience = Patience("drawing")
    defer { patience.end() }
    func lottery(_ pool: SortitionPool) throws(SortitionFault) -> SeatLottery {
      try SeatLottery(pool, method: method, size: request.lotterySize, seed: request.seed, solver: CoinSolver()) { what, count, of in
        patience.say("\(what) \(count)\(of.map { " of \($0)" } ?? "")")
      }
    }
    do throws(SortitionFault) {
      return DrawAnswer(try lottery(pool))
    } catch {
      var answer = DrawAnswer()
      switch error {
      case .quotas(let relaxation):
        let changes = relaxation.changes.map { DrawAnswer.Change($0, of: pool.quotas[$0.quota]) }
        if request.relax {
          guard let relaxed = try? lottery(relaxation.applied(to: pool)) else {
            answer.failure = "the solver gave up on the relaxed quotas"
            return answer
          }
          answer = DrawAnswer(relaxed)
        } else {
          answer.failure = "no panel of \(pool.panelSize) keeps all quotas"
        }
        answer.relaxation = changes
        answer.relaxationSize = DrawAnswer.ChangeSize(relaxation)
      case .seats:
        answer.failure = "the pool is too small: no \(pool.panelSize) people of different households can be chosen, whatever the quotas"
      case .attempts(let count):
        answer.failure = "the greedy draw failed \(count) times; the quotas may be impossible, or too hard for it: try --method leximin"
      case .solver:
        answer.failure = "the solver gave up"
      }
      return answer
    }
  }
}

extension DrawAnswer {
  init(_ lottery: SeatLottery) {
    let typed = lottery.typed
    panels = lottery.panels.map { $0.map { $0 + 1 } }
    overPanels = lottery.usedPanels
    var stageOfType = [Int?](repeating: nil, count: typed.types.count)
    for (number, stage) in (lottery.ideal?.stages ?? []).enumerated() { for type in stage.types { stageOfType[type] = number } }
    let polytope = PanelPolytope(typed)
    let reasons = (lottery.ideal?.stages ?? []).map { Reason.list($0.certificate, typed, polytope) }
    types = typed.types.enumerated().map { number, type in
      let least = type.members.map { lottery.seats[$0] }.min() ?? 0
      let stage = stageOfType[number]
      return Kind(
        features: Dictionary(uniqueKeysWithValues: type.features.map { (typed.pool.quotas[$0].category, typed.pool.quotas[$0].feature) }),
        rows: type.members.map { $0 + 1 }.sorted(),
        withHousemates: typed.kinds[type.kind].types.count > 1 || typed.kinds[type.kind].count < type.members.count,
        probability: Double(least) / Double(lottery.panels.count), aim: lottery.aims[number], stage: stage.map { $0 + 1 },
        bound: stage.flatMap { lottery.bounds.indices.contains($0) ? lottery.bounds[$0].approximate : nil }, heldBy: stage.map { reasons[$0] } ?? [])
    }
    if let ideal = lottery.ideal, lottery.bounds.count == ideal.stages.count {
      certificate = Certificate(
        unit: "1/\(StageCertificate.scale)", rows: polytope.meanings.map { Reason.name($0, typed) },
        stages: zip(ideal.stages, lottery.bounds).map { stage, bound in
          Stage(
            coefficients: Dictionary(uniqueKeysWithValues: stage.certificate.coefficients.map { (String($0.key), $0.value) }),
            multipliers: stage.certificate.multipliers, keptChance: stage.certificate.keptChance, bound: bound.description)
        })
    }
  }
}

extension DrawAnswer.Change {
  init(_ change: QuotaRelaxation.Change, of quota: Quota) {
    self.init(
      category: quota.category, feature: quota.feature, min: change.minimum, max: change.maximum, wasMin: quota.minimum, wasMax: quota.maximum)
  }
}

extension DrawAnswer.Reason {
  /// The rows whose multipliers count in a stage's proof, the heaviest first; the size of the panel, which always counts, is left out.
  static func list(_ certificate: StageCertificate, _ typed: TypedPool, _ polytope: PanelPolytope) -> [Self] {
    let unit = Double(StageCertificate.scale)
    let rows = polytope.meanings.indices.filter { polytope.meanings[$0] != .size && abs(Double(certificate.multipliers[$0])) / unit > 1e-7 }
    return rows.sorted { (certificate.multipliers[$1].magnitude, $0) < (certificate.multipliers[$0].magnitude, $1) }.map { row in
      let isUpper = certificate.multipliers[row] > 0
      var quota: Quota?
      if case .quota(let number) = polytope.meanings[row] { quota = typed.pool.quotas[number] }
      return Self(
        kind: quota == nil ? "household" : "quota", category: quota?.category, feature: quota?.feature, bound: isUpper ? "at most" : "at least",
        seats: isUpper ? polytope.upper[row] : polytope.lower[row], weight: abs(Double(certificate.multipliers[row])) / unit)
    }
  }

  static func name(_ meaning: PanelPolytope.RowMeaning, _ typed: TypedPool) -> String {
    switch meaning {
    case .size: "panel size"
    case .quota(let number): "\(typed.pool.quotas[number].category)=\(typed.pool.quotas[number].feature)"
    case .household(let kind): "households of types \(typed.kinds[kind].types.map(String.init).joined(separator: " and "))"
    }
  }
}
