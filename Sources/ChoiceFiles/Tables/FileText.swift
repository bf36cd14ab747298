/// The bytes of a file of text as UTF-8.
package struct FileText: Sendable {
  /// What was odd about the letters of a file that was read all the same.
  package struct Oddity: Sendable, Hashable {
    /// Of the first such letter, from 1.
    package let line: Int
    package let words: String
  }

  let bytes: [UInt8]
  let oddity: Oddity?

  /// A byte order mark goes. UTF-16, as spreadsheets save it, is known by its mark and written anew. A byte that belongs to no letter of UTF-8 is read as
  /// in Windows-1252, the Latin-1 of old spreadsheets, and half a pair of surrogates as the replacement character: both are told.
  init(_ given: [UInt8]) {
    if given.starts(with: [0xEF, 0xBB, 0xBF]) {
      (bytes, oddity) = Self.repaired(Array(given.dropFirst(3)))
      return
    }
    let isLittle = given.starts(with: [0xFF, 0xFE])
    guard isLittle || given.starts(with: [0xFE, 0xFF]) else {
      (bytes, oddity) = Self.repaired(given)
      return
    }
    let units = stride(from: 2, to: given.count - 1, by: 2).map { place in
      let (low, high) = isLittle ? (given[place], given[place + 1]) : (given[place + 1], given[place])
      return UInt16(high) << 8 | UInt16(low)
    }
    bytes = Array(String(decoding: units, as: UTF16.self).utf8)
    let broken = String(validating: units, as: UTF16.self) == nil || given.count % 2 == 1
    oddity = broken ? Oddity(line: Self.brokenLine(units), words: "the file is no valid UTF-16; what cannot be read is replaced by �") : nil
  }

  private static func brokenLine(_ units: [UInt16]) -> Int {
    var line = 1
    for (place, unit) in units.enumerated() {
      if unit == 0x0A { line += 1 }
      let isPair = (unit & 0xFC00) == 0xD800 && place + 1 < units.count && (units[place + 1] & 0xFC00) == 0xDC00
      let isSecond = (unit & 0xFC00) == 0xDC00 && place > 0 && (units[place - 1] & 0xFC00) == 0xD800
      if (unit & 0xF800) == 0xD800, !isPair, !isSecond { return line }
    }
    return line
  }

  private static func repaired(_ bytes: [UInt8]) -> ([UInt8], Oddity?) {
    guard let first = firstStray(bytes, from: 0) else { return (bytes, nil) }
    var repaired: [UInt8] = []
    repaired.reserveCapacity(bytes.count + bytes.count / 8)
    var (done, count) = (0, 0)
    var stray: Int? = first
    while let place = stray {
      repaired += bytes[done..<place]
      repaired += Array(String(Character(windows(bytes[place]))).utf8)
      count += 1
      done = place + 1
      stray = firstStray(bytes, from: done)
    }
    repaired += bytes[done...]
    let before = bytes[..<first]
    let feeds = before.count { $0 == 0x0A }
    let line = (feeds > 0 || bytes.contains(0x0A) ? feeds : before.count { $0 == 0x0D }) + 1
    let letters = count == 1 ? "a letter is" : "\(count) letters, the first here, are"
    return (repaired, Oddity(line: line, words: "\(letters) not UTF-8 and read as Latin-1 (Windows-1252); save the file as UTF-8"))
  }

  /// The first byte from `start` on that begins no letter of UTF-8 and belongs to none.
  private static func firstStray(_ bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      var place = start
      let raw = UnsafeRawBufferPointer(bytes)
      while place < bytes.count {
        if bytes[place] < 0x80 {
          place += 1
          // Most bytes are ASCII: eight at a time.
          while place + 8 <= bytes.count, raw.loadUnaligned(fromByteOffset: place, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 { place += 8 }
          continue
        }
        let length = letterLength(bytes, at: place)
        if length == 0 { return place }
        place += length
      }
      return nil
    }
  }

  /// Bytes of the letter of UTF-8 that begins here; 0 where none does (Unicode, table 3-7).
  private static func letterLength(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Int {
    func follows(_ distance: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      place + distance < bytes.count && range.contains(bytes[place + distance])
    }
    switch bytes[place] {
    case 0xC2...0xDF: return follows(1) ? 2 : 0
    case 0xE0: return follows(1, 0xA0...0xBF) && follows(2) ? 3 : 0
    case 0xED: return follows(1, 0x80...0x9F) && follows(2) ? 3 : 0
    case 0xE1...0xEF: return follows(1) && follows(2) ? 3 : 0
    case 0xF0: return follows(1, 0x90...0xBF) && follows(2) && follows(3) ? 4 : 0
    case 0xF1...0xF3: return follows(1) && follows(2) && follows(3) ? 4 : 0
    case 0xF4: return follows(1, 0x80...0x8F) && follows(2) && follows(3) ? 4 : 0
    default: return 0
    }
  }

  /// 0x80 to 0x9F of Windows-1252; those that it leaves open stay as in Latin-1.
  private static let windowsSigns: [UInt16] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]

  private static func windows(_ byte: UInt8) -> Unicode.Scalar {
    guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
    return Unicode.Scalar(windowsSigns[Int(byte) - 0x80]) ?? Unicode.Scalar(byte)
  }
}
