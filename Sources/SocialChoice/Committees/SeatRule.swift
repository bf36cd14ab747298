/// A rule that gives one seat after the other. Where several candidates lead equally, each of them opens a course of the count of its own.
protocol SeatRule {
  /// All that the next seats depend on; equal positions have equal futures.
  associatedtype Position: Hashable
  var election: CommitteeElection { get }
  var start: Position { get }
  /// Those who may have the next seat, ascending; nil when the rule gives no more seats. It may move the position on to the rule's next stage.
  func leaders(_ position: inout Position) -> SeatLeaders?
  func position(_ position: Position, electing candidate: Int, at leaders: SeatLeaders) -> Position
  func seated(_ position: Position) -> [Int]
  /// Why `candidate` has no seat when the count ended after `last`.
  func reason(_ candidate: Int, end: Position, before: Position, last: CommitteeRound?) -> CommitteeReason
}

/// Who may have the next seat.
struct SeatLeaders {
  let stage: CommitteeStage
  let candidates: [Int]
  let value: Rational
  var exhausted: (Int) -> Int = { _ in 0 }
}

extension SeatRule {
  /// One course of the count, ties broken by `places`.
  func course(places: [Int]) -> SeatCourse<Position> {
    var position = start
    var course = SeatCourse(before: start, end: start)
    while let leaders = leaders(&position) {
      guard let elected = leaders.candidates.min(by: { places[$0] < places[$1] }) else { break }
      if leaders.candidates.count > 1 { course.ties.append(Tie(round: course.rounds.count + 1, options: leaders.candidates, chosen: elected)) }
      course.rounds.append(
        CommitteeRound(
          stage: leaders.stage, elected: elected, value: leaders.value, supporters: election.approvals[elected],
          exhausted: leaders.exhausted(elected)))
      course.before = position
      position = self.position(position, electing: elected, at: leaders)
    }
    course.end = position
    return course
  }

  /// The results of every course, or nil where following them takes more than `limit` steps (a step reads one approval of one ballot group).
  func everyResult(limit: Int) -> Set<[Int]>? {
    var results: Set<[Int]> = []
    var known: Set<Position> = [start]
    var open = [start]
    var steps = 0
    while var position = open.popLast() {
      steps += election.reading
      guard steps <= limit else { return nil }
      guard let leaders = leaders(&position) else {
        results.insert(seated(position))
        continue
      }
      for candidate in leaders.candidates {
        let next = self.position(position, electing: candidate, at: leaders)
        if known.insert(next).inserted { open.append(next) }
      }
    }
    return results
  }

  /// The count under `tieBreak`, with all results that other ways of breaking ties give.
  func outcome(tieBreak: TieBreak, workLimit: Int) -> CommitteeOutcome {
    let course = course(places: tieBreak.places(count: election.candidateCount))
    let chosen = seated(course.end)
    let all = course.ties.isEmpty ? [chosen] : everyResult(limit: workLimit)
    let losers = Set(0..<election.candidateCount).subtracting(chosen).sorted().map { candidate in
      let nobody = election.approvals[candidate] == 0
      let why = nobody ? .approvedByNobody : reason(candidate, end: course.end, before: course.before, last: course.rounds.last)
      return CommitteeLoser(candidate: candidate, reason: why)
    }
    return CommitteeOutcome(
      chosen: chosen, ties: all == nil ? .notEnumerated : .enumerated,
      committees: (all ?? [chosen]).sorted { $0.lexicographicallyPrecedes($1) }, rounds: course.rounds, tiesMet: course.ties, losers: losers)
  }
}

/// One course of the count.
struct SeatCourse<Position> {
  var rounds: [CommitteeRound] = []
  var ties: [Tie] = []
  /// Before the last seat.
  var before: Position
  var end: Position
}
