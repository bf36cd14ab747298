/// What a ballot of a participatory budget says about each project on it.
package enum BudgetBallotKind: String, Sendable, Hashable, CaseIterable {
  /// Yes to each project named.
  case approval
  /// Points shared out among the projects, the sum limited ("cumulative").
  case points
  /// A grade for each project, one independent of the other ("scoring").
  case scores
  /// Projects from the most to the least wanted ("ordinal").
  case ranking
}

/// All ballots in three flat arrays: 90,494 ballots cost no more than their marks.
package struct BudgetBallots: Sendable, Hashable {
  package let kind: BudgetBallotKind
  /// Where each ballot begins in ``choices``; one more than there are ballots.
  package private(set) var starts: [Int] = [0]
  /// Projects by their number in the election; in a ranking the most wanted first. A project stands on a ballot at most once.
  package private(set) var choices: [Int32] = []
  /// Beside ``choices``, in the smallest unit of a point; empty where the kind has none. Below zero is allowed and supports nobody.
  package private(set) var points: [Int] = []
  /// How many people each ballot stands for, at least 1.
  package private(set) var weights: [Int] = []
  /// Where the projects that each ballot names end in ``choices``; what follows has points that were not given but stand for silence.
  private var namedEnds: [Int] = []

  package init(kind: BudgetBallotKind) { self.kind = kind }

  /// Ballots, not people: see ``weights``.
  package var count: Int { weights.count }

  /// Whether ``points`` stand beside ``choices``.
  package var hasPoints: Bool { kind == .points || kind == .scores }

  /// Adds one ballot. Of a project named twice the first mention counts; with points, the last (as the field's programs do).
  ///
  /// - Parameters:
  ///   - marks: beside `projects`; ignored for approvals and rankings, and zero where it is too short.
  ///   - others: projects that the ballot does not name and that have the points `silence` all the same.
  package mutating func append(
    _ projects: some Collection<Int32>, points marks: some Collection<Int> = EmptyCollection<Int>(), others: [Int32] = [], silence: Int = 0,
    weight: Int = 1
  ) {
    let start = choices.count
    var mark = marks.makeIterator()
    for project in projects {
      let value = mark.next() ?? 0
      if let earlier = choices[start...].firstIndex(of: project) {
        if hasPoints { points[earlier] = value }
        continue
      }
      choices.append(project)
      if hasPoints { points.append(value) }
    }
    namedEnds.append(choices.count)
    if hasPoints {
      choices.append(contentsOf: others)
      points.append(contentsOf: repeatElement(silence, count: others.count))
    }
    starts.append(choices.count)
    weights.append(weight)
  }

  /// The places in ``choices`` of one ballot.
  package func range(_ ballot: Int) -> Range<Int> { starts[ballot]..<starts[ballot + 1] }

  /// The places in ``choices`` of the projects that the voter named.
  package func named(_ ballot: Int) -> Range<Int> { starts[ballot]..<namedEnds[ballot] }

  /// Makes room, to save time.
  package mutating func reserve(ballots: Int, choices count: Int) {
    starts.reserveCapacity(ballots + 1)
    weights.reserveCapacity(ballots)
    namedEnds.reserveCapacity(ballots)
    choices.reserveCapacity(count)
    if hasPoints { points.reserveCapacity(count) }
  }
}
