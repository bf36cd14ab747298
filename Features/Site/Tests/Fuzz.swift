import Foundation
import Testing

/// SplitMix64 (Steele, Lea, Flood 2014): the same seed, the same throws, everywhere.
struct Dice: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }
}

/// Input made of anything: samples that are right, cut, doubled and sprinkled with what parsers stumble over. A case is its seed.
///
/// Each run throws the same cases for about two seconds; with ISEGORIA_TEST_LONG new ones for two minutes. `ISEGORIA_TEST_SEED=n` begins at n.
/// A trap ends the run: the seed at which it did stands then in `.build/fuzz/NAME`, and the next run begins with it.
struct Fuzz: Sendable {
  let name: String
  let samples: [[UInt8]]
  let pieces: [[UInt8]]
  var longest = 4_000

  init(_ name: String, samples: [String], pieces: [String], longest: Int = 4_000) {
    self.name = name
    self.samples = samples.map { Array($0.utf8) }
    self.pieces = pieces.map { Array($0.utf8) } + Self.stumbling
    self.longest = longest
  }

  private static let stumbling: [[UInt8]] = [
    [0], [0xFF], [0xC3], [0xF0, 0x9F], [0xED, 0xA0, 0x80], [0xE2, 0x80, 0xAE], [0xCC, 0x81], [0x0D], [0x0A], [0x0D, 0x0A], [0x20], [0x09], [0x25],
    [0x22],
    Array("-1".utf8), Array("9223372036854775808".utf8), Array("0".utf8), Array("é".utf8), Array("\u{1F469}\u{200D}\u{1F467}".utf8),
    Array(repeating: 0x61, count: 300),
  ]

  /// The input of one seed.
  func input(_ seed: UInt64) -> [UInt8] {
    var dice = Dice(seed: seed)
    var bytes = samples[dice.below(samples.count)]
    for _ in 0...dice.below(6) {
      let place = dice.below(bytes.count + 1)
      let end = min(bytes.count, place + dice.below(dice.below(2) == 0 ? 4 : 60))
      switch dice.below(8) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 2: bytes.replaceSubrange(place..<end, with: pieces[dice.below(pieces.count)])
      case 3: if place < bytes.count { bytes[place] ^= UInt8(1 << dice.below(8)) }
      case 4:
        let other = samples[dice.below(samples.count)]
        let from = dice.below(other.count + 1)
        bytes.replaceSubrange(place..., with: other[from...])
      case 5:
        let piece = pieces[dice.below(pieces.count)]
        for _ in 0...dice.below(40) { bytes.insert(contentsOf: piece, at: place) }
      default: bytes.insert(contentsOf: pieces[dice.below(pieces.count)], at: place)
      }
      if bytes.count > longest { bytes.removeLast(bytes.count - longest) }
    }
    return bytes
  }

  /// - Parameter check: tells in words what is wrong with what became of an input; nil when nothing is.
  func run(seconds: Double = 2, least: Int = 20, location: SourceLocation = #_sourceLocation, _ check: ([UInt8]) async throws -> String?) async throws
  {
    let environment = ProcessInfo.processInfo.environment
    let isLong = environment["ISEGORIA_TEST_LONG"] != nil
    let note = try Note(name)
    let first = note.left ?? environment["ISEGORIA_TEST_SEED"].flatMap { UInt64($0) } ?? (isLong ? UInt64.random(in: 0..<1 << 48) : 1)
    let end = ContinuousClock.now + .seconds(isLong ? seconds * 60 : seconds)
    var seed = first
    var problems = 0
    // On a machine that is busy with other things too, the least may take longer.
    while ContinuousClock.now < end || seed - first < UInt64(least) && ContinuousClock.now < end + .seconds(120), problems < 3 {
      note.write(seed)
      let found = input(seed)
      if let problem = await told(found, check) {
        problems += 1
        let shortest = await shorter(found, check)
        Issue.record(
          "\(name), seed \(seed): \(problem)\nshortest: \(String(decoding: shortest, as: UTF8.self).debugDescription)", sourceLocation: location)
      }
      seed += 1
    }
    note.remove()
    #expect(seed - first >= UInt64(least), "\(name): too few cases to mean anything", sourceLocation: location)
  }

  private func told(_ input: [UInt8], _ check: ([UInt8]) async throws -> String?) async -> String? {
    do { return try await check(input) } catch { return "\(error)" }
  }

  /// Leaves out one part after another, ever smaller, as long as something stays wrong.
  private func shorter(_ input: [UInt8], _ check: ([UInt8]) async throws -> String?) async -> [UInt8] {
    var shortest = input
    var size = max(1, input.count / 2)
    var tries = 0
    while tries < 1_000 {
      var start = 0
      var wasCut = false
      while start < shortest.count, tries < 1_000 {
        var candidate = shortest
        candidate.removeSubrange(start..<min(candidate.count, start + size))
        tries += 1
        if await told(candidate, check) != nil {
          shortest = candidate
          wasCut = true
        } else {
          start += size
        }
      }
      if !wasCut { if size == 1 { break } else { size /= 2 } }
    }
    return shortest
  }

  /// The seed at work, on disk before the case begins.
  private struct Note {
    let path: String
    let file: Int32
    /// The seed at which an earlier run was cut off.
    let left: UInt64?

    init(_ name: String) throws {
      let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
      let folder = root.appendingPathComponent(".build/fuzz").path
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      path = folder + "/" + name.replacingOccurrences(of: " ", with: "-")
      left = FileManager.default.contents(atPath: path).flatMap { UInt64(String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespaces)) }
      file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    }

    func write(_ seed: UInt64) {
      let text = Array(String(seed).utf8) + [0x20]
      _ = text.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
    }

    func remove() {
      close(file)
      try? FileManager.default.removeItem(atPath: path)
    }
  }
}
