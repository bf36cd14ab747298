/// What is wrong with a file: where, and why. Nothing of the file was imported.
package struct ImportFault: Error, Sendable, CustomStringConvertible {
  package let file: String
  /// The place in the file.
  package let element: String
  package let reason: String

  package init(file: String, element: String, reason: String) {
    self.file = file
    self.element = element
    self.reason = reason
  }

  package var description: String { "\(file): \(element): \(reason). Nothing was imported." }
}

/// How far an import is, told while it runs.
package typealias Progress = @Sendable (_ done: Int, _ total: Int, _ what: String) -> Void

/// What came in.
package struct ImportSummary: Sendable {
  /// How many rows of each kind came in.
  package var added: [String: Int] = [:]
  /// How many were there already.
  package var known = 0

  package init() {}

  package mutating func count(_ what: String) { added[what, default: 0] += 1 }
}
