/// What is wrong with a file of the field, said so that its author can mend it.
///
/// ```
/// bemowo.pb, line 41: the project 99 is not in the section PROJECTS
/// ```
package struct FileFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// The name that the caller gave.
  package let file: String
  /// From 1; nil where the fault is of the file as a whole.
  package let line: Int?
  /// What is wrong and, where it can be said, what would be right.
  package let reason: String

  package init(file: String, line: Int? = nil, reason: String) {
    self.file = file
    self.line = line
    // What stands in a file may be megabytes long.
    self.reason = reason.utf8.count > 600 ? String(decoding: reason.utf8.prefix(400), as: UTF8.self) + " …" : reason
  }

  package var description: String { line.map { "\(file), line \($0): \(reason)" } ?? "\(file): \(reason)" }
}
