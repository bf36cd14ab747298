import CLibPQ

/// Values to and from PostgreSQL's binary formats.
enum PostgresWire {
  // Object identifiers of the built-in types, fixed by PostgreSQL's catalogue.
  static let bool: Oid = 16, bytea: Oid = 17, name: Oid = 19, int8: Oid = 20, int2: Oid = 21, int4: Oid = 23, text: Oid = 25
  static let json: Oid = 114, float4: Oid = 700, float8: Oid = 701, unknown: Oid = 705, bpchar: Oid = 1042, varchar: Oid = 1043

  /// Appends a value in the form that a parameter of this type takes; false when the value does not fit the type.
  static func append(_ value: Value, as type: Oid, to bytes: inout [UInt8]) -> Bool {
    switch (value, type) {
    case (.integer(let number), int8): append(number, to: &bytes)
    case (.integer(let number), int4):
      guard let small = Int32(exactly: number) else { return false }
      append(small, to: &bytes)
    case (.integer(let number), int2):
      guard let small = Int16(exactly: number) else { return false }
      append(small, to: &bytes)
    case (.integer(let number), float8): append(Double(number).bitPattern, to: &bytes)
    case (.integer(let number), bool):
      guard number == 0 || number == 1 else { return false }
      bytes.append(UInt8(number))
    case (.real(let number), float8): append(number.bitPattern, to: &bytes)
    case (.real(let number), float4): append(Float(number).bitPattern, to: &bytes)
    case (.text(let string), text), (.text(let string), varchar), (.text(let string), bpchar), (.text(let string), unknown),
      (.text(let string), json), (.text(let string), name):
      bytes.append(contentsOf: string.utf8)
    case (.blob(let blob), bytea): bytes.append(contentsOf: blob)
    default: return false
    }
    return true
  }

  private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  /// Reads a cell; nil for a type that we do not know or a length that is not the type's.
  static func value(_ bytes: UnsafeRawBufferPointer, type: Oid) -> Value? {
    switch type {
    case int8: number(bytes, Int64.self).map { .integer($0) }
    case int4: number(bytes, Int32.self).map { .integer(Int64($0)) }
    case int2: number(bytes, Int16.self).map { .integer(Int64($0)) }
    case bool: number(bytes, UInt8.self).map { .integer($0 == 0 ? 0 : 1) }
    case float8: number(bytes, UInt64.self).map { .real(Double(bitPattern: $0)) }
    case float4: number(bytes, UInt32.self).map { .real(Double(Float(bitPattern: $0))) }
    case text, varchar, bpchar, unknown, json, name: .text(String(decoding: bytes, as: UTF8.self))
    case bytea: .blob([UInt8](bytes))
    default: nil
    }
  }

  private static func number<Number: FixedWidthInteger>(_ bytes: UnsafeRawBufferPointer, _: Number.Type) -> Number? {
    bytes.count == MemoryLayout<Number>.size ? Number(bigEndian: bytes.loadUnaligned(as: Number.self)) : nil
  }
}

/// A whole answer, standing on one of its rows.
final class PostgresRowSource: RowSource {
  let sql: SQL
  var fault: DatabaseFault?
  var row: Int32 = 0
  private var result: OpaquePointer?
  private let types: [Oid]

  init(result: OpaquePointer, sql: SQL) {
    self.result = result
    self.sql = sql
    types = (0..<pq.PQnfields(result)).map { pq.PQftype(result, $0) }
  }

  func end() { result = nil }

  func value(_ column: Int) -> Value? {
    guard let result, types.indices.contains(column) else { return nil }
    let index = Int32(column)
    if pq.PQgetisnull(result, row, index) != 0 { return .null }
    let bytes = UnsafeRawBufferPointer(start: pq.PQgetvalue(result, row, index), count: Int(pq.PQgetlength(result, row, index)))
    return PostgresWire.value(bytes, type: types[column])
  }
}
