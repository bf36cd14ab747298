/// What names a letter for good: `left@domain`. The same letter sent again keeps it, so that the receiver can tell.
package struct MessageID: Sendable, Hashable {
  package let left: String
  /// The domain of the sender's address.
  package let domain: String

  package enum Fault: Error, Sendable { case invalid }

  /// - Parameter left: 1 to 64 letters, digits, `-`, `_` or inner single dots; unique among the letters of this domain.
  package init(_ left: String, at domain: EmailAddress) throws(Fault) {
    let atoms = Array(left.utf8).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    func isSign(_ byte: UInt8) -> Bool { 48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte || "-_".utf8.contains(byte) }
    guard left.utf8.count <= 64, atoms.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isSign) }) else { throw .invalid }
    self.left = left
    self.domain = domain.domain
  }
}

/// The address that a mail program calls to unsubscribe its reader with one click (RFC 8058).
package struct UnsubscribeLink: Sendable, Hashable {
  /// As it was given.
  package let url: String

  package enum Fault: Error, Sendable { case invalid }

  /// - Parameter url: begins with `https://` (or `http://`, on a machine of one's own), visible ASCII, at most 900 bytes.
  package init(_ url: String) throws(Fault) {
    let bytes = Array(url.utf8)
    let isWeb = bytes.starts(with: "https://".utf8) || bytes.starts(with: "http://".utf8)
    let isPlain = bytes.allSatisfy { 0x21..<0x7F ~= $0 && !"<>\"\\,".utf8.contains($0) }
    guard isWeb, bytes.count <= 900, isPlain else { throw .invalid }
    self.url = url
  }

  /// RFC 8058 promises one click only behind TLS.
  var headers: [String] {
    let link = "List-Unsubscribe: <\(url)>"
    return url.utf8.starts(with: "https://".utf8) ? [link, "List-Unsubscribe-Post: List-Unsubscribe=One-Click"] : [link]
  }
}

/// A moment in universal time, in the two forms that letters need.
///
/// Days are turned into a date by counting 400-year eras of 146,097 days from 1 March of year 0 (proleptic Gregorian calendar).
struct UniversalTime {
  let year, month, day, weekday, hour, minute, second: Int64

  /// - Parameter seconds: since 1970-01-01; held within the years 1970 to 9999.
  init(secondsSince1970 seconds: Int64) {
    let held = min(max(seconds, 0), 253_402_300_799)
    let days = held / 86_400
    let inDay = held % 86_400
    let shifted = days + 719_468
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + shifted / 146_097 * 400 + (month <= 2 ? 1 : 0)
    weekday = (days + 4) % 7
    (hour, minute, second) = (inDay / 3_600, inDay / 60 % 60, inDay % 60)
  }

  /// As RFC 5322 writes it: `Fri, 21 Nov 1997 09:55:06 +0000`.
  var header: String {
    let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return "\(weekdays[Int(weekday)]), \(two(day)) \(months[Int(month) - 1]) \(year) \(two(hour)):\(two(minute)):\(two(second)) +0000"
  }

  /// For the name of a file, sorting by time: `19971121T095506Z`.
  var compact: String { "\(year)\(two(month))\(two(day))T\(two(hour))\(two(minute))\(two(second))Z" }

  private func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
