/// The rule that a zone follows after its last listed change: the `TZ` string at the end of a zone file (RFC 9636, 3.3.1),
/// as in `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule: Sendable {
  let standard: ZoneOffset
  private let summer: Summer?

  private struct Summer: Sendable {
    let offset: ZoneOffset
    let start: ChangeDay
    let end: ChangeDay
  }

  /// When a year's change happens, on the clock that stands before it.
  private struct ChangeDay: Sendable {
    enum Day: Sendable { case weekday(month: Int, week: Int, weekday: Int), julian(Int), zeroBased(Int) }
    let day: Day
    let second: Int

    /// Seconds of the civil clock since 1 January 1970.
    func clock(_ year: Int) -> Int64 {
      let number: Int64
      switch day {
      case .weekday(let month, let week, let weekday):
        let first = CivilCalendar.day(year: year, month: month, day: 1)
        let next = month == 12 ? CivilCalendar.day(year: year + 1, month: 1, day: 1) : CivilCalendar.day(year: year, month: month + 1, day: 1)
        var found = first + Int64((weekday - CivilCalendar.weekday(first) + 7) % 7 + (week - 1) * 7)
        while found >= next { found -= 7 }
        number = found
      case .julian(let day):
        number = CivilCalendar.day(year: year, month: 1, day: 1) + Int64(day - 1) + (CivilCalendar.isLeap(year) && day >= 60 ? 1 : 0)
      case .zeroBased(let day): number = CivilCalendar.day(year: year, month: 1, day: 1) + Int64(day)
      }
      return number * 86_400 + Int64(second)
    }
  }

  /// - Parameter seconds: since 1 January 1970, universal time, within the years 1 to 9999.
  func offset(at seconds: Int64) -> ZoneOffset {
    guard let summer else { return standard }
    let year = CivilCalendar.date(CivilCalendar.floorDivide(seconds + Int64(standard.seconds), 86_400)).year
    let start = summer.start.clock(year) - Int64(standard.seconds)
    let end = summer.end.clock(year) - Int64(summer.offset.seconds)
    let isSummer = start < end ? start <= seconds && seconds < end : seconds < end || start <= seconds
    return isSummer ? summer.offset : standard
  }

  /// Nil for what is not such a string.
  init?(_ text: some Sequence<UInt8>) {
    var reader = Reader(rest: Array(text)[...])
    guard let name = reader.name(), let west = reader.time() else { return nil }
    standard = ZoneOffset(seconds: -west, name: name)
    if reader.rest.isEmpty {
      summer = nil
      return
    }
    guard let summerName = reader.name() else { return nil }
    var summerOffset = standard.seconds + 3600
    if reader.rest.first != UInt8(ascii: ",") {
      guard let west = reader.time() else { return nil }
      summerOffset = -west
    }
    guard let start = reader.change(), let end = reader.change(), reader.rest.isEmpty else { return nil }
    summer = Summer(offset: ZoneOffset(seconds: summerOffset, name: summerName), start: start, end: end)
  }

  private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func take(_ byte: UInt8) -> Bool {
      guard rest.first == byte else { return false }
      rest.removeFirst()
      return true
    }

    mutating func name() -> String? {
      let isQuoted = take(UInt8(ascii: "<"))
      let letters = rest.prefix { byte in
        if isQuoted { return byte != UInt8(ascii: ">") }
        return UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
      }
      rest = rest.dropFirst(letters.count)
      guard letters.count >= 3, !isQuoted || take(UInt8(ascii: ">")) else { return nil }
      return String(decoding: letters, as: UTF8.self)
    }

    mutating func number(upTo limit: Int) -> Int? {
      let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      guard 1...3 ~= digits.count else { return nil }
      rest = rest.dropFirst(digits.count)
      let number = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
      return number <= limit ? number : nil
    }

    /// `-3:30` in seconds; hours up to 167 (RFC 9636).
    mutating func time() -> Int? {
      let isNegative = take(UInt8(ascii: "-"))
      if !isNegative { _ = take(UInt8(ascii: "+")) }
      guard let hours = number(upTo: 167) else { return nil }
      var seconds = hours * 3600
      for unit in [60, 1] where take(UInt8(ascii: ":")) {
        guard let part = number(upTo: 59) else { return nil }
        seconds += part * unit
      }
      return isNegative ? -seconds : seconds
    }

    /// `,M10.5.0/3`
    mutating func change() -> ChangeDay? {
      guard take(UInt8(ascii: ",")), let day = day() else { return nil }
      guard take(UInt8(ascii: "/")) else { return ChangeDay(day: day, second: 7200) }
      return time().map { ChangeDay(day: day, second: $0) }
    }

    private mutating func day() -> ChangeDay.Day? {
      if take(UInt8(ascii: "J")) { return number(upTo: 365).flatMap { $0 > 0 ? .julian($0) : nil } }
      guard take(UInt8(ascii: "M")) else { return number(upTo: 365).map { .zeroBased($0) } }
      guard let month = number(upTo: 12), month > 0, take(UInt8(ascii: ".")), let week = number(upTo: 5), week > 0, take(UInt8(ascii: ".")),
        let weekday = number(upTo: 6)
      else { return nil }
      return .weekday(month: month, week: week, weekday: weekday)
    }
  }
}
