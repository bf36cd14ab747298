internal import CImages

/// A picture made anew from what somebody uploaded: upright, in sRGB, of at most ``longestSide``, without metadata or anything that
/// was appended to it.
package struct ImageFile: Sendable, Equatable {
  /// What may be uploaded is told by the first bytes, never by a name: JPEG, PNG, WebP, and the first frame of a GIF.
  package enum Kind: String, Sendable, CaseIterable {
    case jpeg = "image/jpeg"
    case png = "image/png"
    case webp = "image/webp"
  }

  /// Why a picture is refused.
  package enum Fault: String, Error, Sendable, CaseIterable {
    /// No picture of these types: SVG, PDF, HTML and all others.
    case type
    /// More than ``mostPixels``.
    case pixels
    /// Cut short or damaged.
    case broken
    /// More bytes than ``mostBytes``.
    case bytes
    /// libvips could not work at all.
    case failed
  }

  /// A telephone's photograph has 12 to 50 million; what is decoded line by line needs little memory.
  package static let mostPixels = 64_000_000
  /// Bytes of what is uploaded.
  package static let mostBytes = 20_000_000
  /// Pixels of the longer side of what is kept.
  package static let longestSide = 1_600
  static let jpegQuality: Int32 = 82

  /// The file as it is kept.
  package let bytes: [UInt8]
  package let kind: Kind
  /// In pixels.
  package let width: Int
  /// In pixels.
  package let height: Int

  /// Decodes and encodes. Only in a process of its own that is limited: see ``ImageWorker``.
  /// - Throws: ``Fault``.
  init(reencoding source: [UInt8], mostPixels: Int = Self.mostPixels, longestSide: Int = Self.longestSide) throws(Fault) {
    guard source.count <= Self.mostBytes else { throw .bytes }
    var image = isegoria_image()
    let code = source.withUnsafeBytes {
      isegoria_image_reencode($0.baseAddress, $0.count, Int64(mostPixels), Int32(clamping: longestSide), Self.jpegQuality, &image)
    }
    defer { isegoria_image_free(&image) }
    switch isegoria_image_fault(UInt32(bitPattern: code)) {
    case ISEGORIA_IMAGE_OK: break
    case ISEGORIA_IMAGE_TYPE: throw .type
    case ISEGORIA_IMAGE_PIXELS: throw .pixels
    case ISEGORIA_IMAGE_BROKEN: throw .broken
    default: throw .failed
    }
    bytes = Array(UnsafeRawBufferPointer(start: image.bytes, count: image.size))
    kind =
      switch isegoria_image_type(UInt32(bitPattern: image.type)) {
      case ISEGORIA_IMAGE_PNG: .png
      case ISEGORIA_IMAGE_WEBP: .webp
      default: .jpeg
      }
    width = Int(image.width)
    height = Int(image.height)
  }
}
