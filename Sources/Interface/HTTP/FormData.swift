/// The fields and files of a form, URL-encoded or multipart, decoded within limits: bytes in, or a reason to refuse.
package struct FormData: Sendable {
  /// A file that came with a form. Its name and bytes are whatever was sent: nothing is checked here.
  package struct File: Sendable {
    package let name: String
    package let filename: String
    package let bytes: [UInt8]
  }

  package let fields: Fields
  /// In the order sent; an empty file picker sends one without name and bytes.
  package let files: [File]

  /// What a request without a form holds.
  package static let none = FormData(fields: Fields([]), files: [])

  /// Why a body is no form of ours.
  package enum Fault: Error, Sendable { case malformed, tooManyFields, unknownType }

  /// Fields and files together.
  static let mostFields = 400

  package init(fields: Fields, files: [File]) {
    self.fields = fields
    self.files = files
  }

  /// Reads a body by its `Content-Type`; without one as URL-encoded. Its size must be bounded before.
  /// - Throws: ``Fault``.
  package init(body: [UInt8], type: String) throws {
    let name = type.utf8.prefix { $0 != UInt8(ascii: ";") && $0 != 0x20 }
    switch String(decoding: name, as: UTF8.self).lowercased() {
    case "application/x-www-form-urlencoded", "": self.init(fields: try Self.urlEncoded(body[...]), files: [])
    case "multipart/form-data": self = try Multipart.parse(body, type: type)
    default: throw Fault.unknownType
    }
  }

  /// `name=value&…`. Bytes that are no UTF-8 become U+FFFD once; NUL is dropped, since no database keeps it.
  static func urlEncoded(_ bytes: ArraySlice<UInt8>) throws -> Fields {
    var pairs: [(name: String, value: String)] = []
    for part in bytes.split(separator: UInt8(ascii: "&")) {
      guard pairs.count < mostFields else { throw Fault.tooManyFields }
      let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      pairs.append((text(decoded(halves[0])), halves.count > 1 ? text(decoded(halves[1])) : ""))
    }
    return Fields(pairs)
  }

  static func text(_ bytes: [UInt8]) -> String {
    let kept = bytes.filter { $0 != 0 }
    // Browsers send CR LF; one line break is one byte here.
    var lines: [UInt8] = []
    lines.reserveCapacity(kept.count)
    for (index, byte) in kept.enumerated() {
      if byte == 0x0D {
        if index + 1 >= kept.count || kept[index + 1] != 0x0A { lines.append(0x0A) }
      } else {
        lines.append(byte)
      }
    }
    return String(decoding: lines, as: UTF8.self)
  }

  static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: "+") {
        output.append(0x20)
      } else if byte == UInt8(ascii: "%"), index + 2 < bytes.endIndex, let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2]) {
        output.append(high << 4 | low)
        index += 2
      } else {
        output.append(byte)
      }
      index += 1
    }
    return output
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }
}

/// multipart/form-data (RFC 7578), read in one pass over a body that is already bounded: in time linear in its length, whatever stands in it.
enum Multipart {
  static let longestPartHead = 4_096

  static func parse(_ body: [UInt8], type: String) throws -> FormData {
    guard let boundary = parameter("boundary", in: Array(type.utf8)), (1...70).contains(boundary.count) else { throw FormData.Fault.malformed }
    let marker = Array("--".utf8) + boundary
    var pairs: [(name: String, value: String)] = []
    var files: [FormData.File] = []
    guard var start = first(marker, in: body) else { throw FormData.Fault.malformed }
    while true {
      start += marker.count
      if body[start...].starts(with: "--".utf8) { break }
      guard pairs.count + files.count < FormData.mostFields else { throw FormData.Fault.tooManyFields }
      guard body[start...].starts(with: [0x0D, 0x0A]) else { throw FormData.Fault.malformed }
      let furthest = min(body.count, start + longestPartHead + 4)
      guard let headEnd = find([0x0D, 0x0A, 0x0D, 0x0A], in: body, from: start, to: furthest) else { throw FormData.Fault.malformed }
      guard let next = find([0x0D, 0x0A] + marker, in: body, from: headEnd + 2) else { throw FormData.Fault.malformed }
      let head = Array(body[start..<headEnd])
      let content = headEnd + 4 <= next ? Array(body[(headEnd + 4)..<next]) : []
      guard let name = parameter("name", in: head) else { throw FormData.Fault.malformed }
      if let filename = parameter("filename", in: head) {
        files.append(FormData.File(name: FormData.text(name), filename: FormData.text(filename), bytes: content))
      } else {
        pairs.append((FormData.text(name), FormData.text(content)))
      }
      start = next + 2
    }
    return FormData(fields: Fields(pairs), files: files)
  }

  /// `name="value"` or `name=value`; the whole parameter name must match.
  private static func parameter(_ name: String, in bytes: [UInt8]) -> [UInt8]? {
    let wanted = Array(name.utf8) + [UInt8(ascii: "=")]
    var index = 0
    while let found = find(wanted, in: bytes, from: index) {
      index = found + wanted.count
      guard found == 0 || [0x20, UInt8(ascii: ";"), 0x09].contains(bytes[found - 1]) else { continue }
      let rest = bytes[index...]
      guard rest.first == UInt8(ascii: "\"") else { return Array(rest.prefix { $0 != UInt8(ascii: ";") && $0 > 0x20 }) }
      return Array(rest.dropFirst().prefix { $0 != UInt8(ascii: "\"") && $0 != 0x0D })
    }
    return nil
  }

  /// The first marker: at the beginning, or on a line of its own behind a preamble.
  private static func first(_ marker: [UInt8], in body: [UInt8]) -> Int? {
    body.starts(with: marker) ? 0 : find([0x0D, 0x0A] + marker, in: body, from: 0).map { $0 + 2 }
  }

  /// Where the needle begins between `start` and `end`. Over a whole body only markers are looked for, whose first byte, CR, comes once in them:
  /// beginnings never overlap, and the search is linear.
  private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int, to end: Int? = nil) -> Int? {
    let last = (end ?? bytes.count) - needle.count
    guard let first = needle.first else { return nil }
    return bytes.withUnsafeBufferPointer { bytes in
      var index = start
      while index <= last {
        guard let candidate = bytes[index...last].firstIndex(of: first) else { return nil }
        if bytes[candidate..<(candidate + needle.count)].elementsEqual(needle) { return candidate }
        index = candidate + 1
      }
      return nil
    }
  }
}
