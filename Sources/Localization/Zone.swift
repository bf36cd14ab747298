import Foundation

/// An IANA time zone and the civil calendar in it.
package struct Zone: Sendable, Hashable {
  package let name: String
  private let zone: TimeZone

  /// Civil date and time; weekday 0 is Sunday.
  package struct Local: Sendable, Hashable {
    package let year: Int
    package let month: Int
    package let day: Int
    package let hour: Int
    package let minute: Int
    package let second: Int
    package let weekday: Int

    /// `2026-11-24`
    package var isoDate: String { "\(Zone.padded(year, 4))-\(Zone.padded(month, 2))-\(Zone.padded(day, 2))" }
    /// `2026-11-24T14:32`, as `<input type="datetime-local">` takes it.
    package var isoDateTime: String { isoDate + "T\(Zone.padded(hour, 2)):\(Zone.padded(minute, 2))" }
  }

  /// Whether a civil time exists once, twice or not at all where clocks are changed.
  package enum Note: Sendable { case exact, ambiguous, skipped }

  package init?(_ name: String) {
    guard let zone = TimeZone(identifier: name) else { return nil }
    self.name = name
    self.zone = zone
  }

  package static let universal = Zone(name: "Etc/UTC", zone: .gmt)

  private init(name: String, zone: TimeZone) {
    self.name = name
    self.zone = zone
  }

  /// Seconds east of Greenwich at an instant.
  package func offset(at milliseconds: Int64) -> Int { zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(milliseconds) / 1000)) }

  package func local(_ milliseconds: Int64) -> Local {
    let seconds = Self.floorDivide(milliseconds, 1000) + Int64(offset(at: milliseconds))
    let days = Self.floorDivide(seconds, 86_400)
    let rest = Int(seconds - days * 86_400)
    let (year, month, day) = Self.civil(days)
    let weekday = Int((days % 7 + 11) % 7)
    return Local(year: year, month: month, day: day, hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60, weekday: weekday)
  }

  /// The instant of a civil time. A time that comes twice is its first coming; one that clocks skip is moved on by the gap.
  package func instant(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int = 0) -> (milliseconds: Int64, note: Note)? {
    guard 1...9999 ~= year, 1...12 ~= month, 1...31 ~= day, 0...23 ~= hour, 0...59 ~= minute, 0...59 ~= second else { return nil }
    let days = Self.days(year, month, day)
    guard Self.civil(days) == (year, month, day) else { return nil }
    let wanted = days * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    let early = offset(at: (wanted - 86_400) * 1000)
    let late = offset(at: (wanted + 86_400) * 1000)
    let offsets = Set([early, late, offset(at: (wanted - Int64(early)) * 1000), offset(at: (wanted - Int64(late)) * 1000)])
    let fits = offsets.map { wanted - Int64($0) }.filter { $0 + Int64(offset(at: $0 * 1000)) == wanted }.sorted()
    if let first = fits.first { return (first * 1000, fits.count > 1 ? .ambiguous : .exact) }
    return ((wanted - Int64(early)) * 1000, .skipped)
  }

  /// Reads `2026-11-24T14:32` (seconds allowed) as a time in this zone.
  package func instant(isoDateTime text: String) -> (milliseconds: Int64, note: Note)? {
    let bytes = Array(text.utf8)
    guard bytes.count == 16 || bytes.count == 19 else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      bytes[range].allSatisfy { 48...57 ~= $0 } ? bytes[range].reduce(0) { $0 * 10 + Int($1 - 48) } : nil
    }
    guard bytes[4] == 45, bytes[7] == 45, bytes[10] == 84 || bytes[10] == 32, bytes[13] == 58, bytes.count == 16 || bytes[16] == 58 else {
      return nil
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13), let minute = number(14..<16),
      let second = bytes.count == 19 ? number(17..<19) : 0
    else { return nil }
    return instant(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
  }

  // MARK: The civil calendar, by counting days from 1 March 0000 in eras of 400 years.

  private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 { value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor) }

  private static func civil(_ days: Int64) -> (Int, Int, Int) {
    let shifted = days + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    let month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
    return (Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), month, day)
  }

  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    let shiftedYear = Int64(month <= 2 ? year - 1 : year)
    let era = floorDivide(shiftedYear, 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
