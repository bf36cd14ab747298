/// Plural categories of CLDR.
package enum PluralCategory: String, Sendable, CaseIterable { case zero, one, two, few, many, other }

/// How a language tells amounts apart: its CLDR cardinal rule for whole numbers, and the categories that whole numbers reach
/// (Czech `many`, say, is for fractions alone, and no message here counts in fractions).
///
/// The table follows the language plural rules of CLDR 48, with v = f = t = e = 0.
struct PluralRule: Sendable {
  let categories: Set<PluralCategory>
  /// From the absolute value.
  let category: @Sendable (UInt) -> PluralCategory

  /// A language that is not in the table counts like English; `pt-br` like `pt`.
  static func of(_ language: Language) -> PluralRule { table[language.tag] ?? table[language.primary.tag] ?? oneOther }

  private init(_ categories: Set<PluralCategory>, _ category: @escaping @Sendable (UInt) -> PluralCategory) {
    self.categories = categories
    self.category = category
  }

  private static let oneOther = PluralRule([.one, .other]) { $0 == 1 ? .one : .other }
  /// One, millions, the rest.
  private static let millions = PluralRule([.one, .many, .other]) { $0 == 1 ? .one : isMillions($0) ? .many : .other }
  /// None and one alike, millions, the rest.
  private static let noneLikeOne = PluralRule([.one, .many, .other]) { $0 <= 1 ? .one : isMillions($0) ? .many : .other }
  private static let czech = PluralRule([.one, .few, .other]) { $0 == 1 ? .one : 2...4 ~= $0 ? .few : .other }

  private static func isMillions(_ amount: UInt) -> Bool { amount != 0 && amount % 1_000_000 == 0 }
  /// 2 to 4 and what ends on them, without 12 to 14.
  private static func endsFew(_ amount: UInt) -> Bool { 2...4 ~= amount % 10 && !(12...14 ~= amount % 100) }

  /// The official languages of the European Union.
  static let table: [String: PluralRule] = [
    "bg": oneOther, "da": oneOther, "de": oneOther, "el": oneOther, "en": oneOther, "et": oneOther, "fi": oneOther, "hu": oneOther,
    "nl": oneOther, "sv": oneOther, "es": millions, "it": millions, "fr": noneLikeOne, "pt": noneLikeOne, "pt-pt": millions, "cs": czech, "sk": czech,
    "ga": PluralRule([.one, .two, .few, .many, .other]) { amount in
      switch amount {
      case 1: .one
      case 2: .two
      case 3...6: .few
      case 7...10: .many
      default: .other
      }
    },
    "hr": PluralRule([.one, .few, .other]) { amount in
      if amount % 10 == 1 && amount % 100 != 11 { return .one }
      return endsFew(amount) ? .few : .other
    },
    "lt": PluralRule([.one, .few, .other]) { amount in
      if amount % 10 == 0 || 11...19 ~= amount % 100 { return .other }
      return amount % 10 == 1 ? .one : .few
    },
    "lv": PluralRule([.zero, .one, .other]) { amount in
      if amount % 10 == 0 || 11...19 ~= amount % 100 { return .zero }
      return amount % 10 == 1 ? .one : .other
    },
    "mt": PluralRule([.one, .two, .few, .many, .other]) { amount in
      switch (amount, amount % 100) {
      case (1, _): .one
      case (2, _): .two
      case (0, _), (_, 3...10): .few
      case (_, 11...19): .many
      default: .other
      }
    },
    "pl": PluralRule([.one, .few, .many]) { $0 == 1 ? .one : endsFew($0) ? .few : .many },
    "ro": PluralRule([.one, .few, .other]) { amount in
      if amount == 1 { return .one }
      return amount == 0 || 1...19 ~= amount % 100 ? .few : .other
    },
    "sl": PluralRule([.one, .two, .few, .other]) { amount in
      switch amount % 100 {
      case 1: .one
      case 2: .two
      case 3, 4: .few
      default: .other
      }
    },
  ]
}
