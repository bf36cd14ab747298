import Dispatch
import Foundation
import Synchronization

@testable import Database

/// Lets transactions that run at once take their steps in one order after another.
///
/// Each waits before the calls to the database at which a step of its begins, until the order grants it; one that waits for a lock of
/// another is passed over and goes on when it can. A transaction that is run again after a conflict waits no more.
final class Turns: Sendable {
  private struct Player {
    /// The numbers of its calls before which it waits, in order; the last is its commit.
    var stops: [Int] = []
    var calls = 0
    var runs = 0
    var granted = 0
    var isWaiting = false
    var isOver = false
  }

  private struct State {
    var players: [Player] = []
    var isOn = false
  }

  private let state = Mutex(State())
  private static let key = "isegoria.player"

  /// What the database asks before each statement and each commit.
  func check() {
    guard let number = Thread.current.threadDictionary[Self.key] as? Int else { return }
    let waits = state.withLock { state in
      guard state.players.indices.contains(number) else { return false }
      state.players[number].calls += 1
      guard state.isOn, state.players[number].runs == 1 else { return false }
      return state.players[number].stops.contains(state.players[number].calls)
    }
    guard waits else { return }
    state.withLock { $0.players[number].isWaiting = true }
    while true {
      let goesOn = state.withLock { state in
        if state.isOn && state.players[number].granted == 0 { return false }
        state.players[number].granted = max(0, state.players[number].granted - 1)
        state.players[number].isWaiting = false
        return true
      }
      if goesOn { return }
      usleep(100)
    }
  }

  /// Called at the start of a transaction, on its thread: what follows there is its.
  func begin(_ number: Int) {
    Thread.current.threadDictionary[Self.key] = number
    state.withLock { state in
      guard state.players.indices.contains(number) else { return }
      state.players[number].calls = 0
      state.players[number].runs += 1
    }
  }

  private func end(_ number: Int) { state.withLock { $0.players[number].isOver = true } }

  typealias Move = @Sendable (Writing) throws -> Void

  private func start(_ moves: [Move], in database: OpenDatabase) -> [Task<(any Error)?, Never>] {
    moves.enumerated().map { number, move in
      Task {
        defer { end(number) }
        do {
          try await database.write { db in
            self.begin(number)
            try move(db)
          }
          return nil
        } catch { return error }
      }
    }
  }

  /// Runs the moves one after another and counts the calls of each, its commit among them.
  func measure(_ moves: [Move], in database: OpenDatabase) async -> [Int] {
    var counts: [Int] = []
    for move in moves {
      state.withLock { $0 = State(players: [Player()]) }
      _ = await start([move], in: database)[0].value
      counts.append(state.withLock { $0.players[0].calls })
    }
    return counts
  }

  /// Runs the moves at once, their steps in this order.
  /// - Parameter stops: for each move the calls before which it waits.
  /// - Returns: for each move what it failed with.
  func run(_ moves: [Move], stops: [[Int]], order: [Int], in database: OpenDatabase) async -> [(any Error)?] {
    state.withLock { $0 = State(players: stops.map { Player(stops: $0) }, isOn: true) }
    let tasks = start(moves, in: database)
    try? await offThread { [self] in
      for number in order { step(number) }
      state.withLock { $0.isOn = false }
    }
    var outcomes: [(any Error)?] = []
    for task in tasks { outcomes.append(await task.value) }
    state.withLock { $0 = State() }
    return outcomes
  }

  /// Grants one step and waits until it is done, or until it looks as if it waited for a lock.
  private func step(_ number: Int) {
    wait(for: number, milliseconds: 40) { $0.isWaiting || $0.isOver }
    state.withLock { $0.players[number].granted += 1 }
    wait(for: number, milliseconds: 12) { $0.isOver || $0.isWaiting && $0.granted == 0 }
  }

  private func wait(for number: Int, milliseconds: Int, until holds: (Player) -> Bool) {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while !state.withLock({ holds($0.players[number]) }), ContinuousClock.now < end { usleep(100) }
  }
}

/// All orders in which so many steps of each player can follow one another.
enum Orders {
  static func all(_ steps: [Int]) -> [[Int]] {
    guard steps.contains(where: { $0 > 0 }) else { return [[]] }
    return steps.indices.filter { steps[$0] > 0 }.flatMap { player -> [[Int]] in
      var rest = steps
      rest[player] -= 1
      return all(rest).map { [player] + $0 }
    }
  }

  /// The calls before which a transaction waits so that it has about so many steps: its first, its commit, and some evenly between.
  static func stops(calls: Int, steps: Int) -> [Int] {
    guard steps > 1, calls > 1 else { return [1] }
    let between = (1..<(steps - 1)).map { 1 + (calls - 1) * $0 / (steps - 1) }
    return Array(Set([1] + between + [calls])).sorted()
  }
}
