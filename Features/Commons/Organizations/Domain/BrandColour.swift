import Foundation

/// The one colour an organization chooses, as sRGB bytes; its deep and dark forms are derived.
package struct BrandColour: Sendable, Hashable {
  package let red: UInt8
  package let green: UInt8
  package let blue: UInt8

  package static let standard = BrandColour(red: 0x1D, green: 0x4E, blue: 0x89)

  package init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// `#rrggbb`, nothing else.
  package init?(hex: String) {
    let bytes = Array(hex.utf8)
    guard bytes.count == 7, bytes[0] == UInt8(ascii: "#"), bytes.dropFirst().allSatisfy({ Self.digit($0) != nil }) else { return nil }
    let digits = bytes.dropFirst().compactMap(Self.digit)
    self.init(red: digits[0] * 16 + digits[1], green: digits[2] * 16 + digits[3], blue: digits[4] * 16 + digits[5])
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }

  package var hex: String {
    "#" + [red, green, blue].map { byte in [byte / 16, byte % 16].map { String($0, radix: 16) }.joined() }.joined()
  }

  /// Relative luminance, 0 (black) to 1 (white), as WCAG 2.2 defines it.
  package var luminance: Double {
    func linear(_ byte: UInt8) -> Double {
      let part = Double(byte) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// Contrast ratio with another colour, 1 to 21.
  package func contrast(with other: BrandColour) -> Double {
    let (lighter, darker) = (max(luminance, other.luminance), min(luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)
  }

  /// Whether white text on it, and it on white paper, can be read: at least 4.5 to 1.
  package var isReadableOnWhite: Bool { contrast(with: BrandColour(red: 255, green: 255, blue: 255)) >= 4.5 }

  private func mixed(with other: BrandColour, share: Double) -> BrandColour {
    func mix(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8(min(255, max(0, Double(a) * (1 - share) + Double(b) * share))) }
    return BrandColour(red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
  }

  /// The pressed form on light paper.
  package var deep: BrandColour { mixed(with: BrandColour(red: 0, green: 0, blue: 0), share: 0.26) }

  /// The form on dark paper: lightened, in its hue and as vivid, until it reads at 7.5 to 1.
  package var dark: BrandColour {
    let darkPaper = BrandColour(red: 0x17, green: 0x17, blue: 0x1A)
    var lightness = 0.5
    while lightness < 1, lit(to: lightness).contrast(with: darkPaper) < 7.5 { lightness += 0.02 }
    return lit(to: min(1, lightness))
  }

  /// The colour of the same hue at another lightness (HSL, 0 to 1), a fifth more saturated, 0.85 at most: light colours look paler.
  private func lit(to lightness: Double) -> BrandColour {
    let parts = [red, green, blue].map { Double($0) / 255 }
    let (low, high) = (parts.min() ?? 0, parts.max() ?? 0)
    let (middle, span) = ((low + high) / 2, high - low)
    let saturation = span == 0 ? 0 : min(0.85, 1.2 * span / (1 - abs(2 * middle - 1)))
    let wide = saturation * (1 - abs(2 * lightness - 1))
    let lit = parts.map { UInt8(min(255, max(0, 255 * (lightness + (span == 0 ? 0 : ($0 - middle) / span * wide))))) }
    return BrandColour(red: lit[0], green: lit[1], blue: lit[2])
  }

  /// The plaque on dark paper: deepened so that white text stands out and the page does not glare.
  package var plaqueOnDark: BrandColour { mixed(with: BrandColour(red: 0, green: 0, blue: 0), share: 0.16) }
}
