/// How a language writes numbers, dates and lists. Another language is another value in the table.
struct Conventions: Sendable {
  let groupSeparator: String
  let decimalMark: String
  let percentSign: String
  /// Whether a currency's sign stands after the amount.
  let isCurrencyLast: Bool
  let and: String
  let months: [String]
  /// Sunday first.
  let weekdays: [String]
  let firstOfMonth: String
  /// Between a day and the time.
  let at: String
  /// Between hours and minutes; what follows hours without minutes, or nil to write the minutes all the same.
  let hourMark: String
  let fullHourMark: String?
  let isHourPadded: Bool

  /// A language that is not in the table is written like English; `fr-ca` like `fr`.
  static func of(_ language: Language) -> Conventions { table[language.tag] ?? table[language.primary.tag] ?? english }

  private static let table: [String: Conventions] = ["fr": french, "en": english]

  /// Signs that stand before or after an amount; another currency shows its code.
  static let currencySigns = ["EUR": "€", "GBP": "£", "USD": "$"]

  private static let french = Conventions(
    groupSeparator: "\u{202F}", decimalMark: ",", percentSign: "\u{202F}%", isCurrencyLast: true,
    and: " et ",
    months: ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
    weekdays: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
    firstOfMonth: "1er", at: " à ", hourMark: "\u{A0}h\u{A0}", fullHourMark: "\u{A0}h", isHourPadded: false)

  private static let english = Conventions(
    groupSeparator: ",", decimalMark: ".", percentSign: "%", isCurrencyLast: false,
    and: " and ",
    months: [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ],
    weekdays: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
    firstOfMonth: "1", at: " at ", hourMark: ":", fullHourMark: nil, isHourPadded: true)
}
