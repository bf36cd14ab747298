import CQRencode
import Synchronization

/// A QR code (ISO/IEC 18004): a square of dark and light modules that a camera reads back as text.
///
///     if let code = QRCode("https://ormeval.example/fr") { print(code.path(quietZone: QRCode.quietZone)) }
package struct QRCode: Sendable, Hashable {
  /// How much of the drawing may be lost: about 7, 15, 25 or 30 per cent.
  package enum Correction: Sendable, CaseIterable { case low, medium, quartile, high }

  /// Light modules that the standard asks for on each side.
  package static let quietZone = 4

  /// Modules on each side, without the quiet zone: 21 to 177.
  package let size: Int
  /// Row by row from the upper left; true is dark.
  private let modules: [Bool]

  /// libqrencode keeps tables that it fills on first use.
  private static let lock = Mutex(())

  /// Encodes the bytes of a text in the smallest version that holds them.
  /// - Returns: nil for an empty text, and for one that no code holds (more than 2,331 bytes with medium correction).
  package init?(_ text: String, correction: Correction = .medium) {
    let bytes = Array(text.utf8)
    let level =
      switch correction {
      case .low: QR_ECLEVEL_L
      case .medium: QR_ECLEVEL_M
      case .quartile: QR_ECLEVEL_Q
      case .high: QR_ECLEVEL_H
      }
    guard !bytes.isEmpty, bytes.count <= 2_953, let count = Int32(exactly: bytes.count) else { return nil }
    let drawn = Self.lock.withLock { _ -> (size: Int, modules: [Bool])? in
      guard let code = QRcode_encodeData(count, bytes, 0, level) else { return nil }
      defer { QRcode_free(code) }
      let size = Int(code.pointee.width)
      guard (21...177).contains(size), let data = code.pointee.data else { return nil }
      return (size, UnsafeBufferPointer(start: data, count: size * size).map { $0 & 1 == 1 })
    }
    guard let drawn else { return nil }
    (size, modules) = (drawn.size, drawn.modules)
  }

  /// Whether the module is dark; what lies outside is light.
  package func isDark(row: Int, column: Int) -> Bool {
    guard 0..<size ~= row, 0..<size ~= column else { return false }
    return modules[row * size + column]
  }

  /// The dark modules as the `d` of an SVG path, one unit a module, moved right and down by the quiet zone; some 10 kB for 300 bytes of text.
  package func path(quietZone: Int) -> String {
    var path = ""
    for row in 0..<size {
      var column = 0
      while column < size {
        guard isDark(row: row, column: column) else {
          column += 1
          continue
        }
        let start = column
        while isDark(row: row, column: column) { column += 1 }
        path += "M\(start + quietZone) \(row + quietZone)h\(column - start)v1h-\(column - start)z"
      }
    }
    return path
  }
}
