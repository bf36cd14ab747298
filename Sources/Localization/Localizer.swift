/// Writes messages, dates and numbers for one reader: their language, the organization's time zone.
///
/// ```swift
/// let say = Localizer(catalogue: catalogue, zone: .universal)
/// say("votes.count", ["count": .count(3)])   // "3 votes"
/// ```
package struct Localizer: Sendable {
  package let catalogue: Catalogue
  /// The zone in which days and times are written.
  package let zone: Zone

  package var language: Language { catalogue.language }
  private var conventions: Conventions { catalogue.conventions }

  package init(catalogue: Catalogue, zone: Zone) {
    self.catalogue = catalogue
    self.zone = zone
  }

  /// The message, with its placeholders filled. A message that is not there shows its key; a placeholder without argument, its name.
  package func callAsFunction(_ key: MessageKey, _ arguments: MessageArguments = [:]) -> String {
    var count: Int?
    if case .count(let amount) = arguments["count"] { count = amount }
    guard let pieces = catalogue.pieces(key.name, count: count) else { return key.name }
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

  private func grouped(_ number: UInt) -> String {
    let digits = Array(String(number).utf8)
    guard digits.count > 3 else { return String(number) }
    var result: [UInt8] = []
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { result.append(contentsOf: conventions.groupSeparator.utf8) }
      result.append(digit)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A whole number with its groups: `88 622`, `88,622`; negative ones with the minus sign U+2212.
  package func number(_ number: Int) -> String { (number < 0 ? "−" : "") + grouped(number.magnitude) }

  /// A number with so many decimals (0 to 6), rounded to the nearest, halves away from zero. What is not a number below a million million
  /// is written as a dash.
  package func decimal(_ value: Double, digits: Int) -> String {
    guard value.magnitude < 1e12 else { return "–" }
    let digits = min(max(0, digits), 6)
    let scale = (0..<digits).reduce(1 as UInt) { product, _ in product * 10 }
    let product = value.magnitude * Double(scale)
    let whole = value.magnitude.rounded(.down)
    // Beyond 2^53 the product itself would be rounded, and show decimals that the value does not have.
    let scaled =
      product < 0x1p53
      ? UInt(product.rounded(.toNearestOrAwayFromZero))
      : UInt(whole) * scale + UInt(((value.magnitude - whole) * Double(scale)).rounded(.toNearestOrAwayFromZero))
    return (value < 0 && scaled > 0 ? "−" : "") + fixed(scaled, scale: scale, digits: digits)
  }

  private func fixed(_ scaled: UInt, scale: UInt, digits: Int) -> String {
    grouped(scaled / scale) + (digits > 0 ? conventions.decimalMark + Zone.padded(Int(scaled % scale), digits) : "")
  }

  /// A share of one, with one decimal unless it is zero: `39,6 %`, `39.6%`, `40%`.
  package func percent(_ share: Double) -> String {
    let percentage = share * 100
    let tenths = (percentage.magnitude * 10).rounded(.toNearestOrAwayFromZero)
    return decimal(percentage, digits: tenths.truncatingRemainder(dividingBy: 10) == 0 ? 0 : 1) + conventions.percentSign
  }

  /// An amount in hundredths of a currency (ISO 4217 code), without decimals when they are zero: `1 200 €`, `£12.50`, `−CHF 3`.
  package func money(cents: Int64, currency: String) -> String {
    let size = UInt(cents.magnitude)
    let amount = size % 100 == 0 ? grouped(size / 100) : fixed(size, scale: 100, digits: 2)
    let minus = cents < 0 ? "−" : ""
    let sign = Conventions.currencySigns[currency]
    if conventions.isCurrencyLast { return minus + amount + "\u{A0}" + (sign ?? currency) }
    return minus + (sign ?? currency + "\u{A0}") + amount
  }

  /// `a, b et c`, `a, b and c`.
  package func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + conventions.and + last
  }

  // MARK: Dates

  /// `full` has the weekday; `numeric` is `24/11/2026`, day first.
  package enum DateStyle: Sendable { case full, day, dayAndMonth, month, numeric }

  /// A day in the organization's zone: `24 novembre 2026`, `mardi 1er décembre 2026` (full), `24 November 2026`.
  /// - Parameter milliseconds: since 1 January 1970, universal time, as for all that follow.
  package func date(_ milliseconds: Int64, style: DateStyle = .day) -> String {
    let local = zone.local(milliseconds)
    let month = conventions.months[local.month - 1]
    let day = local.day == 1 ? conventions.firstOfMonth : String(local.day)
    return switch style {
    case .full: "\(conventions.weekdays[local.weekday]) \(day) \(month) \(local.year)"
    case .day: "\(day) \(month) \(local.year)"
    case .dayAndMonth: "\(day) \(month)"
    case .month: "\(month) \(local.year)"
    case .numeric: Zone.padded(local.day, 2) + "/" + Zone.padded(local.month, 2) + "/" + String(local.year)
    }
  }

  /// A first and a last day as one says them together, the first without what the last says again: `10` and `26 décembre 2026`,
  /// `24 novembre` and `26 décembre 2026`; whole where the years differ, or where both are one day.
  package func period(_ first: Int64, _ last: Int64) -> (first: String, last: String) {
    let (from, to) = (zone.local(first), zone.local(last))
    let isOneDay = from.isoDate == to.isoDate
    if from.year != to.year || isOneDay { return (date(first), date(last)) }
    if from.month != to.month { return (date(first, style: .dayAndMonth), date(last)) }
    return (from.day == 1 ? conventions.firstOfMonth : String(from.day), date(last))
  }

  /// `14 h 32`, `9 h`, `14:32`.
  package func time(_ milliseconds: Int64) -> String {
    let local = zone.local(milliseconds)
    let hour = conventions.isHourPadded ? Zone.padded(local.hour, 2) : String(local.hour)
    if local.minute == 0, let mark = conventions.fullHourMark { return hour + mark }
    return hour + conventions.hourMark + Zone.padded(local.minute, 2)
  }

  /// `24 novembre 2026 à 14 h 32`; with the clock's name where readers may live by another: `… à 14 h 32 (CET)`.
  package func dateTime(_ milliseconds: Int64, withZone: Bool = false) -> String {
    let clock = withZone ? " (\(zone.shortName(at: milliseconds)))" : ""
    return date(milliseconds) + conventions.at + time(milliseconds) + clock
  }

  /// The day for `<time datetime>`: `2026-11-24`, in the organization's zone.
  package func isoDate(_ milliseconds: Int64) -> String { zone.local(milliseconds).isoDate }
}
