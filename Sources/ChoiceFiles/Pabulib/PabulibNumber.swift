/// A decimal number, exactly: `digits` · 10^−`places`, without zeros at its end.
struct PabulibNumber: Sendable, Hashable {
  let digits: Int
  /// 0 to 18.
  let places: Int

  /// Reads `12`, `-3.50`, `.5`, `1e3`; nil for all else: no `nan`, `inf`, hexadecimal or fractions, and nothing beyond 18 digits.
  init?(_ text: some Collection<UInt8>) {
    var rest = text[...]
    var isNegative = false
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    var (digits, places, count, seenPoint) = (0, 0, 0, false)
    while let byte = rest.first, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if byte == UInt8(ascii: "."), !seenPoint {
        seenPoint = true
        continue
      }
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      count += 1
      if digits == 0, byte == 0x30, !seenPoint { continue }
      guard digits < 1_000_000_000_000_000_00 else {
        // Further zeros behind the point change nothing.
        guard seenPoint, byte == 0x30 else { return nil }
        continue
      }
      digits = digits * 10 + Int(byte - 0x30)
      if seenPoint { places += 1 }
    }
    guard count > 0 else { return nil }
    var exponent = 0
    if !rest.isEmpty {
      guard let value = Self.exponent(rest.dropFirst()) else { return nil }
      exponent = value
    }
    self.init(digits: isNegative ? -digits : digits, places: places - exponent)
  }

  private init?(digits start: Int, places count: Int) {
    var (digits, places) = (start, count)
    if digits == 0 { places = 0 }
    while places > 0, digits % 10 == 0 { (digits, places) = (digits / 10, places - 1) }
    while places < 0 {
      let (product, isTooLarge) = digits.multipliedReportingOverflow(by: 10)
      if isTooLarge { return nil }
      (digits, places) = (product, places + 1)
    }
    guard places <= 18 else { return nil }
    (self.digits, self.places) = (digits, places)
  }

  private static func exponent(_ text: some Collection<UInt8>) -> Int? {
    var rest = text[...]
    var isNegative = false
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    guard !rest.isEmpty, rest.count <= 3, rest.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    let value = rest.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return isNegative ? -value : value
  }

  /// An amount of money that stands by itself, see ``MoneyText``: of a comma before exactly three digits nobody can say what it means, which is nil.
  init?(money text: some Collection<UInt8>) {
    guard let money = MoneyText(text), money.marks != .openComma, let number = money.number() else { return nil }
    self = number
  }

  /// As a whole number of units of 10^−`places`; nil where it does not fit.
  func scaled(to target: Int) -> Int? {
    guard target >= places else { return nil }
    var value = digits
    for _ in places..<target {
      let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      if isTooLarge { return nil }
      value = product
    }
    return value
  }

  /// `value` units of 10^−`places` as a decimal number without zeros at its end.
  static func text(_ value: Int, places: Int) -> String {
    guard places > 0 else { return String(value) }
    let digits = String(value.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
    let whole = padded.dropLast(places)
    var fraction = padded.suffix(places)
    while fraction.last == "0" { fraction = fraction.dropLast() }
    return (value < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
  }
}
