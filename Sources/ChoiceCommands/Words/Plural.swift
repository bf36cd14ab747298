/// Counted things in English.
enum Plural {
  /// `1 seat`, `2 seats`.
  ///
  /// - Parameter many: the plural where it is not the singular with an s.
  static func of(_ count: Int, _ one: String, _ many: String? = nil) -> String { "\(count) \(word(count, one, many))" }

  /// The word alone.
  static func word(_ count: Int, _ one: String, _ many: String? = nil) -> String { count == 1 ? one : many ?? one + "s" }
}
