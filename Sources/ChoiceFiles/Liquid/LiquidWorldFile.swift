import Foundation
package import SocialChoice

/// A world of members, delegations and votes as a JSON document: `{"world": {"members": [[id, active], …], …}}`.
///
/// Rows are short lists; `units`, `areas` and `issues` are the organization's scopes. What the document says beside `world` is not read. Faults name the
/// line and the row: `delegations[12]: no member 99`.
package enum LiquidWorldFile {
  /// Documents nested deeper are refused before they are parsed; the format needs six.
  private static let deepest = 32

  /// - Throws: ``FileFault``.
  package static func read(_ bytes: [UInt8], named file: String) throws -> DelegationWorld {
    if let line = lineDeeper(than: deepest, in: bytes) { throw FileFault(file: file, line: line, reason: "nested deeper than \(deepest) levels") }
    let rows: LiquidRows
    do {
      rows = try JSONDecoder().decode(LiquidDocument.self, from: Data(bytes)).world
    } catch let error as DecodingError {
      throw fault(error, in: bytes, named: file)
    }
    do { return try LiquidWorldReading(rows).world } catch let fault as LiquidRowFault {
      throw FileFault(file: file, line: JSONPlace.line(of: [.key("world"), .key(fault.table), .index(fault.row)], in: bytes), reason: fault.reason)
    }
  }

  /// The line on which brackets first stand too deep, outside of strings; nil if they never do.
  private static func lineDeeper(than limit: Int, in bytes: [UInt8]) -> Int? {
    var (depth, line, inString, escaped) = (0, 1, false, false)
    for byte in bytes {
      if byte == UInt8(ascii: "\n") { line += 1 }
      if inString {
        if escaped { escaped = false } else if byte == UInt8(ascii: "\\") { escaped = true } else if byte == UInt8(ascii: "\"") { inString = false }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): inString = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        if depth > limit { return line }
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
    }
    return nil
  }

  private static func fault(_ error: DecodingError, in bytes: [UInt8], named file: String) -> FileFault {
    func fault(_ context: DecodingError.Context, _ words: String, key: (any CodingKey)? = nil) -> FileFault {
      let keys = context.codingPath + (key.map { [$0] } ?? [])
      let name = keys.drop { $0.stringValue == "world" }.reduce(into: "") { text, key in
        text += key.intValue.map { "[\($0)]" } ?? (text.isEmpty ? key.stringValue : ".\(key.stringValue)")
      }
      let line = JSONPlace.line(of: context.codingPath.map { key in key.intValue.map { .index($0) } ?? .key(key.stringValue) }, in: bytes)
      return FileFault(file: file, line: line, reason: "\(name.isEmpty ? "the document" : name)\(words)")
    }
    switch error {
    case .keyNotFound(let key, let context) where context.codingPath.isEmpty: return fault(context, " has no \"\(key.stringValue)\"")
    case .keyNotFound(let key, let context): return fault(context, " is missing", key: key)
    case .valueNotFound(_, let context): return fault(context, ": a value is missing")
    case .typeMismatch(_, let context): return fault(context, ": \(context.debugDescription)")
    case .dataCorrupted(let context) where context.codingPath.isEmpty: return syntaxFault(in: bytes, named: file)
    case .dataCorrupted(let context): return fault(context, ": \(context.debugDescription)")
    @unknown default: return FileFault(file: file, reason: "not a world: \(error.localizedDescription)")
    }
  }

  /// The decoder does not say where a document is broken; the other parser does.
  private static func syntaxFault(in bytes: [UInt8], named file: String) -> FileFault {
    do { _ = try JSONSerialization.jsonObject(with: Data(bytes)) } catch let error as NSError {
      let words = "\(error.userInfo[NSDebugDescriptionErrorKey] ?? error.localizedDescription)"
      let place = Int(words.split { !$0.isNumber }.last ?? "") ?? bytes.count
      return FileFault(file: file, line: JSONPlace.line(at: place, in: bytes), reason: "no valid JSON: \(words)")
    }
    return FileFault(file: file, reason: "a number is not whole, or too large")
  }
}

/// A row that contradicts another.
struct LiquidRowFault: Error {
  let table: String
  /// From 0.
  let row: Int
  let reason: String

  init(_ table: String, _ row: Int, _ words: String) { (self.table, self.row, reason) = (table, row, "\(table)[\(row)]: \(words)") }
}
