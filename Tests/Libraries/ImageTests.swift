import Foundation
import Testing

@testable import Images

/// A PNG written by hand, so that a test can lie in it.
struct SamplePNG {
  var width: Int
  var height: Int
  /// Bytes a pixel: 3, or 4 with transparency.
  var bands = 3
  var color: (Int, Int) -> [UInt8] = { x, y in [UInt8(x % 256), UInt8(y % 256), 128] }
  /// The size that the header claims.
  var claimed: (width: Int, height: Int)?
  var extra: [UInt8] = []

  var bytes: [UInt8] {
    let size = claimed ?? (width, height)
    var raw: [UInt8] = []
    for y in 0..<height {
      raw.append(0)
      for x in 0..<width { raw += color(x, y) }
    }
    let header = big(size.width) + big(size.height) + [8, bands == 4 ? 6 : 2, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + extra + chunk("IDAT", stored(raw)) + chunk("IEND", [])
  }

  static func text(_ text: String) -> [UInt8] { SamplePNG(width: 1, height: 1).chunk("tEXt", Array("Comment\0\(text)".utf8)) }

  private func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in body {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return big(data.count) + body + big(Int(crc ^ 0xFFFF_FFFF))
  }

  /// Zlib's form without compression.
  private func stored(_ raw: [UInt8]) -> [UInt8] {
    var output: [UInt8] = [0x78, 0x01]
    var (a, b) = (UInt32(1), UInt32(0))
    for byte in raw {
      a = (a + UInt32(byte)) % 65_521
      b = (b + a) % 65_521
    }
    for start in stride(from: 0, to: raw.count, by: 65_535) {
      let block = raw[start..<min(start + 65_535, raw.count)]
      let (low, high) = (UInt8(block.count & 255), UInt8(block.count >> 8))
      output += [start + 65_535 >= raw.count ? 1 : 0, low, high, ~low, ~high] + block
    }
    return output + big(Int(b << 16 | a))
  }

  private func big(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(number >> (24 - 8 * $0) & 255) } }
}

/// A JPEG that claims to lie on its side and to know where it was taken.
func turnedJPEG(_ jpeg: [UInt8]) -> [UInt8] {
  // TIFF, little-endian: Orientation = 6 (a quarter turn), ImageDescription = a place.
  let place = Array("48.8566,2.3522 chez Amina\0".utf8)
  let exif: [UInt8] =
    Array("Exif\0\0II*\0".utf8) + [8, 0, 0, 0, 2, 0] + [0x0E, 0x01, 2, 0, UInt8(place.count), 0, 0, 0, 38, 0, 0, 0]
    + [0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0] + [0, 0, 0, 0] + place
  let length = exif.count + 2
  return Array(jpeg.prefix(2)) + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + exif + jpeg.dropFirst(2)
}

let smallGIF = Array(Data(base64Encoded: "R0lGODlhAQABAIAAAP8AAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==") ?? Data())
let smallWebP = Array(Data(base64Encoded: "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==") ?? Data())

func contains(_ bytes: [UInt8], _ text: String) -> Bool { Data(bytes).range(of: Data(text.utf8)) != nil }

struct ImageTests {
  @Test func `a picture without transparency becomes a JPEG of its size`() throws {
    let image = try ImageFile(reencoding: SamplePNG(width: 60, height: 40).bytes)
    #expect(image.kind == .jpeg)
    #expect((image.width, image.height) == (60, 40))
    #expect(image.bytes.starts(with: [0xFF, 0xD8, 0xFF]))
  }

  @Test func `transparency is kept, and a band that hides nothing is not`() throws {
    let seen = try ImageFile(reencoding: SamplePNG(width: 8, height: 8, bands: 4, color: { x, _ in [255, 0, 0, UInt8(x * 30)] }).bytes)
    #expect(seen.kind == .png)
    let opaque = try ImageFile(reencoding: SamplePNG(width: 8, height: 8, bands: 4, color: { _, _ in [255, 0, 0, 255] }).bytes)
    #expect(opaque.kind == .jpeg)
    #expect(try ImageFile(reencoding: smallWebP).kind == .webp)
    #expect(try ImageFile(reencoding: smallGIF).kind != .webp)
  }

  @Test func `a large picture is made smaller in proportion, a small one is left`() throws {
    let image = try ImageFile(reencoding: SamplePNG(width: 400, height: 200).bytes, longestSide: 100)
    #expect((image.width, image.height) == (100, 50))
    let tall = try ImageFile(reencoding: SamplePNG(width: 20, height: 2_000).bytes)
    #expect((tall.width, tall.height) == (16, 1_600))
  }

  @Test func `a photograph is turned upright, and forgets where it was taken`() throws {
    let straight = try ImageFile(reencoding: SamplePNG(width: 60, height: 40, color: { x, _ in x < 30 ? [255, 0, 0] : [0, 0, 255] }).bytes)
    let photograph = turnedJPEG(straight.bytes)
    #expect(contains(photograph, "chez Amina"))
    let image = try ImageFile(reencoding: photograph)
    #expect((image.width, image.height) == (40, 60))
    #expect(!contains(image.bytes, "chez Amina"))
    #expect(!contains(image.bytes, "Exif"))
  }

  @Test func `comments and what was appended are gone`() throws {
    let hidden = SamplePNG(width: 4, height: 4, bands: 4, color: { _, _ in [1, 2, 3, 4] }, extra: SamplePNG.text("<script>alert(1)</script>")).bytes
    let image = try ImageFile(reencoding: hidden + Array("PK\u{3}\u{4}<html><script>evil()</script>".utf8))
    for text in ["script", "PK\u{3}\u{4}", "Comment"] { #expect(!contains(image.bytes, text), "\(text)") }
    let archive = try ImageFile(reencoding: smallGIF + Array("PK\u{3}\u{4}META-INF".utf8))
    #expect(!contains(archive.bytes, "META-INF"))
  }

  @Test(arguments: [
    "", "x", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><svg>&a;</svg>",
    "%PDF-1.7\n", "<!DOCTYPE html><script>1</script>", "%!PS-Adobe", "BM", "II*\0", "P6\n1 1\n255\n000", "RIFF\0\0\0\0WAVE",
    "GIF88a", "\u{89}PNG", "PK\u{3}\u{4}",
    "push graphic-context\nviewbox 0 0 1 1\n",
  ])
  func `what is no picture by its content is refused`(text: String) {
    #expect(throws: ImageFile.Fault.type) { try ImageFile(reencoding: Array(text.utf8)) }
  }

  @Test func `more pixels than allowed are refused before they are decoded`() {
    for claimed in [(30_000, 30_000), (2_000_000_000, 1), (1, 2_000_000_000)] {
      let bomb = SamplePNG(width: 1, height: 1, claimed: claimed).bytes
      let start = ContinuousClock.now
      #expect { try ImageFile(reencoding: bomb) } throws: { $0 as? ImageFile.Fault == .pixels || $0 as? ImageFile.Fault == .broken }
      #expect(start.duration(to: .now) < .seconds(1))
    }
    #expect(throws: ImageFile.Fault.pixels) { try ImageFile(reencoding: SamplePNG(width: 30, height: 30).bytes, mostPixels: 899) }
    #expect(throws: Never.self) { try ImageFile(reencoding: SamplePNG(width: 30, height: 30).bytes, mostPixels: 900) }
    #expect(throws: ImageFile.Fault.bytes) { try ImageFile(reencoding: [UInt8](repeating: 0xFF, count: ImageFile.mostBytes + 1)) }
  }

  @Test func `a picture cut short is refused`() throws {
    let png = SamplePNG(width: 200, height: 200).bytes
    #expect(throws: ImageFile.Fault.broken) { try ImageFile(reencoding: Array(png.prefix(png.count / 2))) }
    let jpeg = try ImageFile(reencoding: SamplePNG(width: 200, height: 200).bytes).bytes
    #expect(throws: ImageFile.Fault.broken) { try ImageFile(reencoding: Array(jpeg.prefix(jpeg.count / 2))) }
  }

  @Test func `no damaged picture stops the program`() throws {
    var random = Lehmer(state: 11)
    let png = SamplePNG(width: 12, height: 9, bands: 4, color: { x, y in [UInt8(x), UInt8(y), 9, 77] }).bytes
    let samples = [png, try ImageFile(reencoding: SamplePNG(width: 12, height: 9).bytes).bytes, smallGIF, smallWebP]
    var (taken, refused) = (0, 0)
    for round in 0..<400 {
      var bytes = samples[round % samples.count]
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random) { bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random))) }
      do throws(ImageFile.Fault) {
        let image = try ImageFile(reencoding: bytes, mostPixels: 1_000_000)
        #expect(max(image.width, image.height) <= ImageFile.longestSide)
        taken += 1
      } catch { refused += 1 }
    }
    #expect(taken > 0 && refused > 0, "taken \(taken), refused \(refused)")
  }

  @Test func `the worker's line is read, and nothing else is`() {
    let said = ImageWorker.picture(saidBy: "image/png 16 9\n")
    #expect(said?.kind == .png && said?.width == 16 && said?.height == 9)
    for line in ["", "image/gif 1 1", "image/png 1", "image/png a b", "type", "image/png 1 1 1"] {
      #expect(ImageWorker.picture(saidBy: line) == nil, "\(line)")
    }
  }
}

/// The program itself, where the test script built it: `ISEGORIA_TEST_PROGRAM work image IN OUT`.
private let imageProgram = ProcessInfo.processInfo.environment["ISEGORIA_TEST_PROGRAM"]

@Suite(.enabled(if: imageProgram != nil, "ISEGORIA_TEST_PROGRAM names no program"))
struct ImageWorkerTests {
  private func work(_ bytes: [UInt8], in folder: String) throws -> (code: Int32, said: String) {
    try Data(bytes).write(to: URL(fileURLWithPath: folder + "/in"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(imageProgram))
    process.arguments = ["work", "image", folder + "/in", folder + "/out"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationReason == .exit ? process.terminationStatus : -1, String(decoding: said, as: UTF8.self))
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("isegoria-image-\(UInt64.random(in: 0 ... .max))").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test func `a picture is written for its owner alone, within the limits`() throws {
    try withFolder { folder in
      let result = try work(SamplePNG(width: 60, height: 40).bytes, in: folder)
      #expect(result.code == ImageWorker.done)
      #expect(result.said == "image/jpeg 60 40\n")
      #expect(try FileManager.default.attributesOfItem(atPath: folder + "/out")[.posixPermissions] as? Int == 0o600)
      #expect(try work(SamplePNG(width: 6, height: 4).bytes, in: folder).code == ImageWorker.unwritable)
    }
  }

  @Test func `what is refused leaves no file`() throws {
    try withFolder { folder in
      let result = try work(Array("<svg/>".utf8), in: folder)
      #expect(result.code == ImageWorker.refused)
      #expect(result.said == "type\n")
      #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
    }
  }
}
