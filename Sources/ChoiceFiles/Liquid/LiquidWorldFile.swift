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
    let text = FileText(bytes)
    let bytes = text.bytes
    if let oddity = text.oddity { throw FileFault(file: file, line: oddity.line, reason: "the file is not UTF-8, as JSON must be") }
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

  /// In plain words, with what stands there.
  private static func fault(_ error: DecodingError, in bytes: [UInt8], named file: String) -> FileFault {
    func fault(_ path: [any CodingKey], _ words: (_ found: String?) -> String) -> FileFault {
      let steps = path.map { key in key.intValue.map { JSONPlace.Step.index($0) } ?? .key(key.stringValue) }
      let name = path.indices.dropFirst().reduce(into: "") { text, place in
        let isIndex = path[place].intValue != nil && JSONPlace.text(of: Array(steps[..<place]), in: bytes)?.first != "{"
        text += isIndex ? "[\(path[place].intValue ?? 0)]" : (text.isEmpty ? "" : ".") + path[place].stringValue
      }
      let place = name.isEmpty ? (path.isEmpty ? "the document" : "world") : name
      return FileFault(file: file, line: JSONPlace.line(of: steps, in: bytes), reason: place + words(JSONPlace.text(of: steps, in: bytes)))
    }
    switch error {
    case .keyNotFound(let key, let context) where context.codingPath.isEmpty:
      return fault(context.codingPath) { _ in " has no “\(key.stringValue)”" }
    case .keyNotFound(let key, let context):
      let line = fault(context.codingPath) { _ in "" }.line
      return FileFault(file: file, line: line, reason: "\(key.stringValue) is missing")
    case .valueNotFound(let type, let context), .typeMismatch(let type, let context):
      let wanted = kind(type)
      return fault(context.codingPath) { $0.map { ": \(wanted) is expected, not \($0)" } ?? ": \(wanted) is missing at the end of the row" }
    case .dataCorrupted(let context) where context.debugDescription.hasPrefix(LiquidRows.ownWords):
      return fault(context.codingPath) { _ in ": \(context.debugDescription)" }
    case .dataCorrupted(let context):
      if let syntax = JSONSyntax.fault(in: bytes) { return FileFault(file: file, line: syntax.line, reason: "no valid JSON: \(syntax.words)") }
      if context.codingPath.isEmpty, let world = JSONPlace.range(of: [.key("world")], in: bytes),
        let number = JSONSyntax.oddNumber(in: bytes, from: world)
          ?? JSONPlace.range(of: [.key("world"), .key("votes")], in: bytes).flatMap({
            JSONSyntax.oddNumber(in: bytes, from: $0, most: Int(Int32.max))
          })
      {
        return FileFault(file: file, line: number.line, reason: "\(number.words) is no whole number, or too large")
      }
      return fault(context.codingPath) { ": a whole number below 2^63 is expected" + ($0.map { ", not \($0)" } ?? "") }
    @unknown default: return FileFault(file: file, reason: "the document is no world")
    }
  }

  private static func kind(_ type: Any.Type) -> String {
    switch type {
    case is Int.Type, is Int32.Type: "a whole number"
    case is Bool.Type: "true or false"
    case is String.Type: "a text in quotation marks"
    case is [String: Int32?].Type, is [String: Any].Type: "an object in braces"
    default: "a list in brackets"
    }
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
