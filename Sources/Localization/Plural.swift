/// Plural categories of CLDR.
package enum PluralCategory: String, Sendable, CaseIterable { case zero, one, two, few, many, other }

/// How a language tells amounts apart: its CLDR cardinal rule for whole numbers, and the categories it wants.
struct PluralRule: Sendable {
  let categories: Set<PluralCategory>
  let category: @Sendable (Int) -> PluralCategory

  /// A language that is not in the table counts like English.
  static func of(_ language: Language) -> PluralRule { table[language.tag] ?? english }

  private static let english = PluralRule(categories: [.one, .other]) { $0 == 1 ? .one : .other }

  private static let table: [String: PluralRule] = [
    "en": english,
    "fr": PluralRule(categories: [.one, .many, .other]) { amount in
      let size = amount.magnitude
      if size == 0 || size == 1 { return .one }
      return size % 1_000_000 == 0 ? .many : .other
    },
  ]
}
