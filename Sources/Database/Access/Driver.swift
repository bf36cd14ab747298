/// One of the two databases, behind `OpenDatabase`.
protocol Driver: Sendable {
  func read<T: Sendable>(_ body: @escaping @Sendable (Reading) throws -> T) async throws -> T
  func write<T: Sendable>(_ body: @escaping @Sendable (Writing) throws -> T) async throws -> T
  /// Brings the database to the program's schema.
  func apply(_ schema: Schema) async throws
  /// The steps that `apply` would take; throws what it would throw.
  func pending(_ schema: Schema) async throws -> [String]
  func shape() async throws -> [String]
  func integrity() async throws -> [String]
  func durability() async throws -> [String]
  func backup(to path: String) async throws
  func checkpoint() async throws
  func close() async
}

/// What both drivers are given.
struct Surroundings: Sendable {
  let clock: any Clock
  let tally: Tally
  let interruption: Interruption?
}

/// What a body gave, carried from the database's thread to the waiting task. Written before and read after a hand-over that orders them.
final class Outcome<T>: @unchecked Sendable {
  var result: Result<T, any Error>?
}

/// What a database is opened for.
package enum AccessMode: Sendable, Equatable {
  /// The one process that writes (SQLite), or one of several (PostgreSQL); brings the database to the schema.
  case readingAndWriting
  /// For `doctor`: changes nothing, takes no lock, applies no schema.
  case readingOnly
}
