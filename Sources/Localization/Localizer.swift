import Foundation

/// Writes messages, dates and numbers for one reader: their language, the organization's time zone.
///
/// ```swift
/// let say = Localizer(catalogue: catalogue, zone: "Europe/Paris")
/// say("votes.count", ["count": .count(3)])   // "3 votes"
/// ```
package struct Localizer: Sendable {
  package let catalogue: Catalogue
  package let zone: Zone

  package var language: Language { catalogue.language }

  package init(catalogue: Catalogue, zone: Zone) {
    self.catalogue = catalogue
    self.zone = zone
  }

  /// The message, with its placeholders filled; a message that is not there shows its key.
  package func callAsFunction(_ key: MessageKey, _ arguments: [String: MessageArgument] = [:]) -> String {
    let pieces: [Catalogue.Piece]
    switch catalogue.messages[key.name] {
    case .plain(let plain): pieces = plain
    case .plural(let forms):
      var category = PluralCategory.other
      if case .count(let amount) = arguments["count"] { category = PluralRule.of(language).category(amount) }
      pieces = forms[category] ?? forms[.other] ?? []
    case nil: return key.name
    }
    if pieces.count == 1, case .text(let text) = pieces[0] { return text }
    var result = ""
    for piece in pieces {
      switch piece {
      case .text(let text): result += text
      case .placeholder(let name): result += arguments[name].map(write) ?? "{\(name)}"
      }
    }
    return result
  }

  private func write(_ argument: MessageArgument) -> String {
    switch argument {
    case .text(let text): text
    case .count(let number), .number(let number): self.number(number)
    case .percent(let share): percent(share)
    case .date(let milliseconds): date(milliseconds)
    case .dateTime(let milliseconds): dateTime(milliseconds)
    case .money(let cents, let currency): money(cents: cents, currency: currency)
    case .message(let key): self(key)
    }
  }

  // MARK: Numbers

  private var isFrench: Bool { language == .french }

  /// A whole number with its groups: `88 622`, `88,622`.
  package func number(_ number: Int) -> String {
    let digits = Array(String(number.magnitude).utf8)
    var result: [UInt8] = number < 0 ? Array("−".utf8) : []
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { result.append(contentsOf: isFrench ? "\u{202F}".utf8 : ",".utf8) }
      result.append(digit)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A number with so many decimals, rounded half up.
  package func decimal(_ value: Double, digits: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "–" }
    let scale = (0..<max(0, digits)).reduce(1) { product, _ in product * 10 }
    let scaled = Int((abs(value) * Double(scale)).rounded(.toNearestOrAwayFromZero))
    var fraction = String(scaled % scale)
    while fraction.utf8.count < digits { fraction = "0" + fraction }
    return (value < 0 && scaled > 0 ? "−" : "") + number(scaled / scale) + (digits > 0 ? (isFrench ? "," : ".") + fraction : "")
  }

  /// A share of one: `39,6 %`, `39.6%`.
  package func percent(_ share: Double) -> String { decimal(share * 100, digits: 1) + (isFrench ? "\u{202F}%" : "%") }

  package func money(cents: Int64, currency: String) -> String {
    let amount = cents % 100 == 0 ? number(Int(cents / 100)) : decimal(Double(cents) / 100, digits: 2)
    let sign = ["EUR": "€", "GBP": "£", "USD": "$"][currency] ?? currency
    return isFrench ? amount + "\u{A0}" + sign : sign + amount
  }

  package func fileSize(_ bytes: Int) -> String {
    let units = isFrench ? ["octets", "ko", "Mo", "Go"] : ["bytes", "kB", "MB", "GB"]
    var size = Double(max(0, bytes))
    var unit = 0
    while size >= 1000, unit < 3 {
      size /= 1000
      unit += 1
    }
    return decimal(size, digits: unit > 1 && size < 10 ? 1 : 0) + "\u{A0}" + units[unit]
  }

  /// `a, b et c`.
  package func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + (isFrench ? " et " : " and ") + last
  }

  // MARK: Dates

  package enum DateStyle: Sendable { case full, day, dayAndMonth, month }

  private static let months = [
    "fr": ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
    "en": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
  ]
  private static let weekdays = [
    "fr": ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
    "en": ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  ]

  private func names(_ table: [String: [String]]) -> [String] { table[language.tag] ?? table["en"] ?? [] }

  /// A day in the organization's zone: `24 novembre 2026`, `mardi 1er décembre 2026` (full), `24 November 2026`.
  package func date(_ milliseconds: Int64, style: DateStyle = .day) -> String {
    let local = zone.local(milliseconds)
    let month = names(Self.months)[local.month - 1]
    if style == .month { return "\(month) \(local.year)" }
    let day = isFrench && local.day == 1 ? "1er" : String(local.day)
    let short = "\(day) \(month)"
    switch style {
    case .dayAndMonth: return short
    case .full: return "\(names(Self.weekdays)[local.weekday]) \(short) \(local.year)"
    case .day, .month: return "\(short) \(local.year)"
    }
  }

  /// `14 h 32`, `14:32`.
  package func time(_ milliseconds: Int64) -> String {
    let local = zone.local(milliseconds)
    let minutes = (local.minute < 10 ? "0" : "") + String(local.minute)
    if isFrench { return local.minute == 0 ? "\(local.hour)\u{A0}h" : "\(local.hour)\u{A0}h\u{A0}\(minutes)" }
    return (local.hour < 10 ? "0" : "") + "\(local.hour):\(minutes)"
  }

  package func dateTime(_ milliseconds: Int64) -> String { date(milliseconds) + (isFrench ? " à " : " at ") + time(milliseconds) }

  /// The day for `<time datetime>`: `2026-11-24`, in the organization's zone.
  package func isoDate(_ milliseconds: Int64) -> String { zone.local(milliseconds).isoDate }
}
