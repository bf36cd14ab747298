/// An IANA time zone and the civil calendar in it.
package struct Zone: Sendable, Hashable {
  /// The IANA name: `Europe/Paris`.
  package let name: String
  private let table: ZoneTable

  /// Civil date and time in the Gregorian calendar, years 1 to 9999.
  package struct Local: Sendable, Hashable {
    package let year: Int
    /// 1 to 12
    package let month: Int
    /// 1 to 31
    package let day: Int
    /// 0 to 23
    package let hour: Int
    /// 0 to 59
    package let minute: Int
    /// 0 to 59
    package let second: Int
    /// 0 is Sunday.
    package let weekday: Int

    /// `2026-11-24`
    package var isoDate: String { "\(Zone.padded(year, 4))-\(Zone.padded(month, 2))-\(Zone.padded(day, 2))" }
    /// `2026-11-24T14:32`, as `<input type="datetime-local">` takes it; with seconds where it has some.
    package var isoDateTime: String {
      isoDate + "T\(Zone.padded(hour, 2)):\(Zone.padded(minute, 2))" + (second == 0 ? "" : ":\(Zone.padded(second, 2))")
    }
  }

  /// Whether a civil time exists once, twice or not at all where clocks are changed.
  package enum Note: Sendable { case exact, ambiguous, skipped }

  /// Nil for a name that the system's zone files do not have.
  package init?(_ name: String) {
    guard let table = ZoneTable.named(name) else { return nil }
    self.init(name: name, table: table)
  }

  /// Universal time, which needs no file.
  package static let universal = Zone(name: "Etc/UTC", table: ZoneTable(constant: ZoneOffset(seconds: 0, name: "UTC")))

  private init(name: String, table: ZoneTable) {
    self.name = name
    self.table = table
  }

  /// By name: two zones of one name are the same.
  package static func == (left: Zone, right: Zone) -> Bool { left.name == right.name }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// Seconds east of Greenwich at an instant.
  /// - Parameter milliseconds: since 1 January 1970, universal time; beyond the years 1 to 9999 the nearest of them counts.
  package func offset(at milliseconds: Int64) -> Int { table.offset(at: Self.seconds(milliseconds)).seconds }

  /// What people call the clock at an instant: `CET`, `CEST`, or `UTC+05:45` where it has no name of letters.
  package func shortName(at milliseconds: Int64) -> String {
    let offset = table.offset(at: Self.seconds(milliseconds))
    if let first = offset.name.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-") { return offset.name }
    let minutes = offset.seconds.magnitude / 60
    return "UTC" + (offset.seconds < 0 ? "−" : "+") + Self.padded(Int(minutes / 60), 2) + ":" + Self.padded(Int(minutes % 60), 2)
  }

  /// The civil date and time at an instant.
  /// - Parameter milliseconds: since 1 January 1970, universal time; beyond the years 1 to 9999 the nearest of them counts.
  package func local(_ milliseconds: Int64) -> Local {
    let universal = Self.seconds(milliseconds)
    let seconds = universal + Int64(table.offset(at: universal).seconds)
    let days = CivilCalendar.floorDivide(seconds, 86_400)
    let rest = Int(seconds - days * 86_400)
    let date = CivilCalendar.date(days)
    return Local(
      year: date.year, month: date.month, day: date.day, hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60,
      weekday: CivilCalendar.weekday(days))
  }

  /// The instant of a civil time.
  /// - Returns: a time that comes twice is its first coming; one that clocks skip is moved on by the gap (02:30 becomes 03:30);
  ///   nil for what is in no calendar (30 February, 24:00, second 60) or beyond the years 2 to 9998.
  package func instant(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int = 0) -> (milliseconds: Int64, note: Note)? {
    guard 2...9998 ~= year, 1...12 ~= month, 1...31 ~= day, 0...23 ~= hour, 0...59 ~= minute, 0...59 ~= second else { return nil }
    let days = CivilCalendar.day(year: year, month: month, day: day)
    guard CivilCalendar.date(days) == (year, month, day) else { return nil }
    let wanted = days * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    func offset(_ seconds: Int64) -> Int64 { Int64(table.offset(at: seconds).seconds) }
    let early = offset(wanted - 86_400)
    let candidates = Set([early, offset(wanted + 86_400), offset(wanted - early)]).map { wanted - $0 }
    let fits = candidates.filter { $0 + offset($0) == wanted }.sorted()
    if let first = fits.first { return (first * 1000, fits.count > 1 ? .ambiguous : .exact) }
    return ((wanted - early) * 1000, .skipped)
  }

  /// Reads `2026-11-24T14:32` (seconds allowed) as a time in this zone; see `instant(year:month:day:hour:minute:second:)`.
  package func instant(isoDateTime text: String) -> (milliseconds: Int64, note: Note)? {
    let bytes = Array(text.utf8.prefix(20))
    guard bytes.count == 16 || bytes.count == 19 else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      bytes[range].allSatisfy { 48...57 ~= $0 } ? bytes[range].reduce(0) { $0 * 10 + Int($1 - 48) } : nil
    }
    guard bytes[4] == 45, bytes[7] == 45, bytes[10] == 84 || bytes[10] == 32, bytes[13] == 58, bytes.count == 16 || bytes[16] == 58
    else { return nil }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13), let minute = number(14..<16),
      let second = bytes.count == 19 ? number(17..<19) : 0
    else { return nil }
    return instant(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
  }

  /// Whole seconds, rounded down, from 2 January 0001 to 30 December 9999, so that no offset leaves the calendar.
  private static func seconds(_ milliseconds: Int64) -> Int64 {
    min(max(CivilCalendar.floorDivide(milliseconds, 1000), -62_135_510_400), 253_402_214_399)
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
