import CLibPQ

/// PostgreSQL's own library, loaded when it is first needed: towns on SQLite need not have it (decision 0010). Whoever calls it first asks ``LibPQ/check()``.
let pq = isegoria_find_libpq()

enum LibPQ {
  /// - Throws: `DatabaseFault.configuration` where it is not installed.
  static func check() throws {
    if pq.is_there == 0 { throw DatabaseFault.configuration("libpq.so.5 is not there; install Debian's package libpq5") }
  }
}
