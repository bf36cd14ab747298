/// One amount of money as it is written, and what its commas and points may mean.
struct MoneyText {
  enum Marks {
    /// Digits alone, or a point before the decimals.
    case plain
    /// `12,5`: a comma before the decimals.
    case decimalComma
    /// `1,000,000`, `1,234.50`.
    case thousandsByComma
    /// `1.000,50`, `1.000.000`.
    case thousandsByPoint
    /// `600,000`: either.
    case openComma
    /// `600.000`: the decimals, unless other amounts of the file part thousands by points.
    case openPoint
  }

  let marks: Marks
  private let bytes: [UInt8]

  private static let comma = UInt8(ascii: ",")
  private static let point = UInt8(ascii: ".")

  /// Spaces and apostrophes go. Nil where commas and points stand in no order.
  init?(_ text: some Collection<UInt8>) {
    let space: Set<UInt8> = [0x20, 0x09, 0x27, 0x5F]
    // The no-break spaces U+00A0 and U+202F, as UTF-8.
    var bytes = Array(text).filter { !space.contains($0) }
    for blank in [[0xC2, 0xA0], [0xE2, 0x80, 0xAF]] as [[UInt8]] {
      while let found = bytes.firstRange(of: blank) { bytes.removeSubrange(found) }
    }
    guard let marks = Self.marks(bytes) else { return nil }
    (self.bytes, self.marks) = (bytes, marks)
  }

  private static func marks(_ bytes: [UInt8]) -> Marks? {
    let (commas, points) = (bytes.count { $0 == comma }, bytes.count { $0 == point })
    switch (commas, points) {
    case (0, 0): return .plain
    case (0, 1): return mayBeThousands(bytes, point) ? .openPoint : .plain
    case (1, 0): return mayBeThousands(bytes, comma) ? .openComma : .decimalComma
    case (0, _): return partsThousands(bytes[...], point) ? .thousandsByPoint : nil
    case (_, 0): return partsThousands(bytes[...], comma) ? .thousandsByComma : nil
    default:
      guard let lastComma = bytes.lastIndex(of: comma), let lastPoint = bytes.lastIndex(of: point) else { return nil }
      if commas == 1, lastComma > lastPoint { return partsThousands(bytes.prefix(lastComma), point) ? .thousandsByPoint : nil }
      if points == 1, lastPoint > lastComma { return partsThousands(bytes.prefix(lastPoint), comma) ? .thousandsByComma : nil }
      return nil
    }
  }

  /// Three digits after each mark.
  private static func partsThousands(_ whole: ArraySlice<UInt8>, _ mark: UInt8) -> Bool {
    whole.split(separator: mark, omittingEmptySubsequences: false).dropFirst().allSatisfy { $0.count == 3 }
  }

  /// One to three digits that do not begin with 0, the mark, and exactly three digits.
  private static func mayBeThousands(_ bytes: [UInt8], _ mark: UInt8) -> Bool {
    let parts = bytes.split(separator: mark, omittingEmptySubsequences: false)
    let whole = parts[0].first == UInt8(ascii: "-") || parts[0].first == UInt8(ascii: "+") ? parts[0].dropFirst() : parts[0]
    let areDigits = (whole + parts[1]).allSatisfy { (0x30...0x39).contains($0) }
    return (1...3).contains(whole.count) && whole.first != 0x30 && parts[1].count == 3 && areDigits
  }

  /// The number, by what the other amounts of the file say of the open marks; nil where it is none.
  func number(_ style: MoneyStyle = MoneyStyle()) -> PabulibNumber? {
    let thousands: UInt8? =
      switch marks {
      case .plain, .decimalComma: nil
      case .thousandsByComma: Self.comma
      case .thousandsByPoint: Self.point
      case .openComma: style.commasPartThousands ? Self.comma : nil
      case .openPoint: style.pointsPartThousands ? Self.point : nil
      }
    return PabulibNumber(bytes.filter { $0 != thousands }.map { $0 == Self.comma ? Self.point : $0 })
  }

  /// What a reader of the file must be told; nil where there is only one way to read it.
  func remark(_ text: String, _ style: MoneyStyle) -> String? {
    guard let number = number(style) else { return nil }
    let value = PabulibNumber.text(number.digits, places: number.places)
    switch marks {
    case .plain, .decimalComma, .thousandsByComma: return nil
    case .openComma:
      return style.commasPartThousands
        ? "\(text) is read as \(value), since other amounts of the file part thousands by commas"
        : "\(text) is read as \(value), the comma before decimals; write it without a comma if thousands were meant"
    case .openPoint: return style.pointsPartThousands ? "\(text) is read as \(value), since other amounts of the file part thousands by points" : nil
    case .thousandsByPoint: return "\(text) is read as \(value), the points between thousands"
    }
  }
}

/// What the amounts of a file that can be read in one way only say of the others.
struct MoneyStyle {
  var commasPartThousands = false
  var pointsPartThousands = false

  init() {}

  init(_ amounts: some Sequence<ArraySlice<UInt8>>) {
    for amount in amounts {
      switch MoneyText(amount)?.marks {
      case .thousandsByComma: commasPartThousands = true
      case .thousandsByPoint: pointsPartThousands = true
      default: break
      }
    }
  }
}
