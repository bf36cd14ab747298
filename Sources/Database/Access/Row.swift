/// What a driver's current row can tell. `fault` keeps the first misreading; the statement throws it once the row is mapped.
protocol RowSource: AnyObject {
  /// The cell, or nil when the column is not there or the row is gone.
  func value(_ column: Int) -> Value?
  var sql: SQL { get }
  var fault: DatabaseFault? { get set }
}

/// One row of an answer, read by position (from 0). It is valid inside the mapping closure only.
///
/// Reading never throws: a NULL or another type where a value was promised gives 0, "" or [], and the statement then throws
/// `DatabaseFault.unexpectedNull` or `.unexpectedType` as soon as the closure returns, so that such a value gets nowhere.
///
///     try db.all("SELECT id, title, closed_at FROM votings") { row in
///       Voting(id: row.id(0), title: row.text(1), closedAt: row.instantOrNil(2))
///     }
package struct Row {
  let source: any RowSource

  /// A whole number, or nil where the column is NULL; so for each that ends in `OrNil`.
  package func int64OrNil(_ column: Int) -> Int64? {
    switch source.value(column) {
    case .integer(let number): return number
    case .null: return nil
    default: return mistyped(column)
    }
  }

  package func intOrNil(_ column: Int) -> Int? { int64OrNil(column).map { Int($0) } }

  /// False for 0, true for any other number.
  package func boolOrNil(_ column: Int) -> Bool? { int64OrNil(column).map { $0 != 0 } }

  /// Milliseconds since 1970.
  package func instantOrNil(_ column: Int) -> Instant? { int64OrNil(column).map(Instant.init(milliseconds:)) }

  /// The number of a row, of which the type is the caller's word.
  package func idOrNil<Of>(_ column: Int) -> ID<Of>? { int64OrNil(column).map { ID($0) } }

  /// A double; an integer counts as one.
  package func realOrNil(_ column: Int) -> Double? {
    switch source.value(column) {
    case .real(let number): return number
    case .integer(let number): return Double(number)
    case .null: return nil
    default: return mistyped(column)
    }
  }

  package func textOrNil(_ column: Int) -> String? {
    switch source.value(column) {
    case .text(let text): return text
    case .null: return nil
    default: return mistyped(column)
    }
  }

  package func blobOrNil(_ column: Int) -> [UInt8]? {
    switch source.value(column) {
    case .blob(let bytes): return bytes
    case .null: return nil
    default: return mistyped(column)
    }
  }

  /// A whole number. NULL is a fault; so for each of the following.
  package func int64(_ column: Int) -> Int64 { promised(int64OrNil(column), column) ?? 0 }
  package func int(_ column: Int) -> Int { promised(intOrNil(column), column) ?? 0 }
  package func bool(_ column: Int) -> Bool { promised(boolOrNil(column), column) ?? false }
  package func real(_ column: Int) -> Double { promised(realOrNil(column), column) ?? 0 }
  package func text(_ column: Int) -> String { promised(textOrNil(column), column) ?? "" }
  package func blob(_ column: Int) -> [UInt8] { promised(blobOrNil(column), column) ?? [] }
  /// Milliseconds since 1970.
  package func instant(_ column: Int) -> Instant { promised(instantOrNil(column), column) ?? Instant(milliseconds: 0) }
  package func id<Of>(_ column: Int) -> ID<Of> { promised(idOrNil(column), column) ?? ID(0) }

  /// The cell as it is.
  package func value(_ column: Int) -> Value { source.value(column) ?? mistyped(column) ?? .null }

  /// An enumeration kept by its raw text; a text that is no case of it counts as a wrong type.
  ///
  ///     let state = row.choice(3, or: State.draft)
  package func choice<Choice: RawRepresentable<String>>(_ column: Int, or fallback: Choice) -> Choice {
    choiceOrNil(column) ?? promised(nil, column) ?? fallback
  }

  /// An enumeration kept by its raw text, or nil where the column is NULL.
  package func choiceOrNil<Choice: RawRepresentable<String>>(_ column: Int) -> Choice? {
    guard let text = textOrNil(column) else { return nil }
    return Choice(rawValue: text) ?? mistyped(column)
  }

  private func promised<T>(_ value: T?, _ column: Int) -> T? {
    if value == nil, source.fault == nil { source.fault = .unexpectedNull(column: column, sql: source.sql.description) }
    return value
  }

  private func mistyped<T>(_ column: Int) -> T? {
    if source.fault == nil { source.fault = .unexpectedType(column: column, sql: source.sql.description) }
    return nil
  }
}
