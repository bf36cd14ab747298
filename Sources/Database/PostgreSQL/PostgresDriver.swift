import CLibPQ

enum PostgresDriver {
  static func open(
    connection: String, name: String, connections: Int, access: Database.Access, surroundings: Surroundings
  ) async throws -> any Driver {
    throw DatabaseFault.configuration("PostgreSQL is not there yet")
  }
}

extension PostgresDriver {
  static func drop(connection: String, name: String) async throws {}
}
