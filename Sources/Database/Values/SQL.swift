/// The text of a statement. It can be made of literals only, so that no value ever becomes SQL: interpolation does not compile,
/// and `+` joins two statements' texts that are themselves literals.
///
///     let open: SQL = "SELECT id, title FROM proposals WHERE space = $1"
///     let newest = open + " ORDER BY id DESC LIMIT $2"
///
/// What a statement may say, to be understood by both databases:
/// - parameters are `$1`, `$2` …; each must have a type that PostgreSQL can tell from its place (beside a column, as a function's
///   argument, in `LIMIT`); elsewhere (`$1 IS NULL`, a `SELECT $1`, a sum of two parameters) write `CAST($1 AS INTEGER)` or `CAST($1 AS TEXT)`;
/// - `CAST(… AS INTEGER)`, `AS REAL`, `AS BLOB` mean 64-bit integers, doubles and bytes on both;
/// - `SUM` and `AVG` are cast: `CAST(SUM(weight) AS INTEGER)`; `ORDER BY` a column that can be NULL says `NULLS FIRST` or `NULLS LAST`;
/// - no `LOWER`, `LIKE`, `||` with numbers, `GLOB`, `REPLACE INTO`, double-quoted strings; `ON CONFLICT (…) DO …` and `RETURNING` are there;
/// - a set in one argument is `IN numbers($1)` (with `Numbers`) or `IN texts($1)` (with `Texts`).
package struct SQL: ExpressibleByStringLiteral, Sendable, Hashable, CustomStringConvertible {
  private let first: StaticString
  private let rest: [StaticString]

  package init(stringLiteral value: StaticString) {
    first = value
    rest = []
  }

  private init(first: StaticString, rest: [StaticString]) {
    self.first = first
    self.rest = rest
  }

  /// One text behind the other, without a space between them.
  package static func + (left: SQL, right: SQL) -> SQL {
    SQL(first: left.first, rest: left.rest + [right.first] + right.rest)
  }

  /// The whole text, as written.
  package var description: String { rest.reduce(into: first.description) { $0 += $1.description } }

  // Identity, not text: a literal stands once in the program, so its address and length name it, and comparing costs two words.
  package static func == (left: SQL, right: SQL) -> Bool {
    guard left.rest.count == right.rest.count, identity(left.first) == identity(right.first) else { return false }
    return zip(left.rest, right.rest).allSatisfy { identity($0) == identity($1) }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(SQL.identity(first))
    for piece in rest { hasher.combine(SQL.identity(piece)) }
  }

  private struct Identity: Hashable {
    let start: UInt
    let length: Int
  }

  private static func identity(_ text: StaticString) -> Identity {
    text.hasPointerRepresentation
      ? Identity(start: UInt(bitPattern: text.utf8Start), length: text.utf8CodeUnitCount)
      : Identity(start: UInt(text.unicodeScalar.value), length: -1)
  }
}
