package import Localization

/// Reads a form's fields into typed values and collects all that is wrong at once, each fault beside its field.
package final class FormReader {
  /// What is wrong with one field: the message and what fills its placeholders.
  package struct Fault: Sendable, Hashable {
    package let field: String
    package let key: MessageKey
    package let arguments: MessageArguments
  }

  /// The form as it came.
  package let data: FormData
  /// In the order in which the fields were read.
  package private(set) var faults: [Fault] = []

  package init(_ data: FormData) { self.data = data }

  package var isValid: Bool { faults.isEmpty }

  /// Whether something is already said to be wrong with a field: it is not said twice.
  package func hasFault(_ field: String) -> Bool { faults.contains { $0.field == field } }

  /// Notes a fault beside a field; the form is then not valid.
  package func fail(_ field: String, _ key: MessageKey, _ arguments: MessageArguments = [:]) {
    faults.append(Fault(field: field, key: key, arguments: arguments))
  }

  /// A line or some lines of text, trimmed. Limits are in bytes of UTF-8 on the wire and in scalars as people count.
  package func text(_ field: String, longest: Int, required: Bool = true, lines: Bool = false) -> String {
    let typed = data.fields[field] ?? ""
    let text = lines ? typed.trimmed : typed.trimmed.split(whereSeparator: \.isNewline).joined(separator: " ")
    if required && !text.hasSigns { fail(field, "form.fault.missing") }
    let length = text.unicodeScalars.count
    if length > longest || text.utf8.count > longest * 4 {
      fail(field, "form.fault.too-long", ["count": .count(length), "limit": .number(longest), "excess": .number(max(1, length - longest))])
    }
    return text
  }

  /// One of the values that a choice offers.
  package func choice<Choice: RawRepresentable<String>>(_ field: String, _ type: Choice.Type = Choice.self) -> Choice? {
    if let text = data.fields[field], let choice = Choice(rawValue: text) { return choice }
    fail(field, "form.fault.choose")
    return nil
  }

  /// A whole number within a range; an empty field is nil.
  package func number(_ field: String, in range: ClosedRange<Int>, required: Bool = false) -> Int? {
    let text = (data.fields[field] ?? "").trimmed
    if text.isEmpty {
      if required { fail(field, "form.fault.missing") }
      return nil
    }
    guard text.utf8.count <= 12, let number = Int(text), range.contains(number) else {
      fail(field, "form.fault.number", ["least": .number(range.lowerBound), "most": .number(range.upperBound)])
      return nil
    }
    return number
  }

  /// Whether a box is ticked; its value does not matter.
  package func isChecked(_ field: String) -> Bool { data.fields[field] != nil }

  /// Whether a field came at all; an empty one did.
  package func came(_ field: String) -> Bool { data.fields[field] != nil }

  /// What was typed, to be shown again.
  package func typed(_ field: String) -> String { data.fields[field] ?? "" }
}

extension String {
  /// Without white space at either end.
  package var trimmed: String {
    var view = Substring(self)
    while let first = view.unicodeScalars.first, first.properties.isWhitespace { view = Substring(view.unicodeScalars.dropFirst()) }
    while let last = view.unicodeScalars.last, last.properties.isWhitespace { view = Substring(view.unicodeScalars.dropLast()) }
    return String(view)
  }
}

/// What a form shows: the values to fill in and the faults found, by field.
package struct FormState: Sendable {
  /// What stands in each field, by its name; of a name that came twice the first.
  package var values: [String: String]
  package var faults: [FormReader.Fault]
  /// What was kept of the form when it could not be saved, where the values are that.
  package var draft: Kept?

  /// A draft that the form begins with.
  package struct Kept: Sendable {
    let number: Int64
    /// Milliseconds since 1970.
    let saved: Int64
    /// Whether what the form changes was changed by someone else since.
    let isOvertaken: Bool

    package init(number: Int64, saved: Int64, isOvertaken: Bool = false) {
      self.number = number
      self.saved = saved
      self.isOvertaken = isOvertaken
    }
  }

  package init(values: [String: String] = [:], faults: [FormReader.Fault] = []) {
    self.values = values
    self.faults = faults
  }

  /// What came back with faults.
  package init(_ reader: FormReader) {
    values = Dictionary(reader.data.fields.pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    faults = reader.faults
  }

  /// The name of the field that says which state a form was begun from.
  package static let seen = "_seen"

  /// Tells one state of what a form changes from another, whatever its hidden fields say.
  package var fingerprint: String {
    let fields = values.filter { !$0.key.hasPrefix("_") && !$0.value.isEmpty }.sorted { $0.key < $1.key }
    return String(MicroCache.etag(Array(fields.map { "\($0.key)\u{0}\($0.value)" }.joined(separator: "\u{0}").utf8)).dropFirst().dropLast())
  }

  /// What stands in a field; empty where nothing does.
  package subscript(field: String) -> String { values[field] ?? "" }
  /// The first fault of a field.
  package func fault(_ field: String) -> FormReader.Fault? { faults.first { $0.field == field } }
}

extension String {
  /// Whether anything of it can be seen: spaces, controls and invisible signs cannot.
  package var hasSigns: Bool {
    unicodeScalars.contains { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
      default: !scalar.properties.isDefaultIgnorableCodePoint
      }
    }
  }
}
