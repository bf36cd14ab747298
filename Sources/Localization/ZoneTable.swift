#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import Synchronization

/// What the clocks of a place show beyond universal time, for a while.
struct ZoneOffset: Sendable, Hashable {
  /// East of Greenwich.
  let seconds: Int
  /// As the zone's file has it: `CEST`, or `+0545` where people have no name for it.
  let name: String
}

/// The changes of one zone's clocks, read from the system's zone file (TZif, RFC 9636). Finding an offset is a binary search.
///
/// The system's own files are read, so that a government's change of mind arrives with the system's update of them
/// and a restart.
final class ZoneTable: Sendable {
  private let changes: [(second: Int64, offset: Int)]
  private let offsets: [ZoneOffset]
  private let last: ZoneRule?

  /// Nil for what is not a zone file of version 2 or later, or contradicts itself.
  init?(_ bytes: [UInt8]) {
    guard let old = Header(bytes, at: 0), old.version >= UInt8(ascii: "2") else { return nil }
    let start = Header.size + old.length(timeSize: 4)
    guard let header = Header(bytes, at: start), header.types > 0 else { return nil }
    let times = start + Header.size
    let indices = times + header.times * 8
    let types = indices + header.times
    let names = types + header.types * 6
    let footer = start + Header.size + header.length(timeSize: 8)
    guard footer + 1 < bytes.count, bytes[footer] == 10, bytes.last == 10 else { return nil }

    var offsets: [ZoneOffset] = []
    for type in 0..<header.types {
      let at = types + type * 6
      let seconds = Int(Int32(truncatingIfNeeded: Self.number(bytes, at: at, size: 4)))
      let name = Int(bytes[at + 5])
      guard -93_599...93_599 ~= seconds, name < header.characters else { return nil }
      let letters = bytes[(names + name)..<(names + header.characters)].prefix { $0 != 0 }
      offsets.append(ZoneOffset(seconds: seconds, name: String(decoding: letters, as: UTF8.self)))
    }
    var changes: [(second: Int64, offset: Int)] = []
    for time in 0..<header.times {
      let second = Self.number(bytes, at: times + time * 8, size: 8)
      let offset = Int(bytes[indices + time])
      guard offset < offsets.count, changes.last.map({ $0.second < second }) ?? true else { return nil }
      changes.append((second, offset))
    }
    let rule = bytes[(footer + 1)..<(bytes.count - 1)]
    last = rule.isEmpty ? nil : ZoneRule(rule)
    self.offsets = offsets
    self.changes = changes
  }

  /// The table that never changes.
  init(constant offset: ZoneOffset) {
    changes = []
    offsets = [offset]
    last = nil
  }

  /// - Parameter seconds: since 1 January 1970, universal time.
  func offset(at seconds: Int64) -> ZoneOffset {
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].second <= seconds { low = middle + 1 } else { high = middle }
    }
    if low == changes.count, let last { return last.offset(at: seconds) }
    return offsets[low == 0 ? 0 : changes[low - 1].offset]
  }

  private static func number(_ bytes: [UInt8], at start: Int, size: Int) -> Int64 {
    bytes[start..<(start + size)].reduce(0) { $0 << 8 | Int64($1) }
  }

  private struct Header {
    static let size = 44
    let version: UInt8
    let times: Int
    let types: Int
    let characters: Int
    private let others: (universal: Int, standard: Int, leaps: Int)

    init?(_ bytes: [UInt8], at start: Int) {
      guard start + Self.size <= bytes.count, bytes[start..<(start + 4)].elementsEqual("TZif".utf8) else { return nil }
      let counts = (0..<6).map { Int(ZoneTable.number(bytes, at: start + 20 + $0 * 4, size: 4)) }
      guard counts.allSatisfy({ $0 <= bytes.count }) else { return nil }
      version = bytes[start + 4]
      (times, types, characters) = (counts[3], counts[4], counts[5])
      others = (counts[0], counts[1], counts[2])
    }

    func length(timeSize: Int) -> Int {
      times * (timeSize + 1) + types * 6 + characters + others.leaps * (timeSize + 4) + others.standard + others.universal
    }
  }

  // MARK: The system's files

  private static let opened = Mutex<[String: ZoneTable]>([:])

  /// The zone of an IANA name, read once and then kept. Nil for a name that is not one, or that the system does not know.
  static func named(_ name: String) -> ZoneTable? {
    if let known = opened.withLock({ $0[name] }) { return known }
    guard isName(name), let data = FileManager.default.contents(atPath: "/usr/share/zoneinfo/" + name), let table = ZoneTable(Array(data))
    else { return nil }
    opened.withLock { $0[name] = table }
    return table
  }

  /// `America/Argentina/Ushuaia`, `Etc/GMT+3`: never a path out of the folder, nor into its other clocks (`right/…`, `posix/…`).
  private static func isName(_ name: String) -> Bool {
    let parts = name.utf8.prefix(65).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard name.utf8.count <= 64, parts.count <= 3, let first = name.utf8.first, UInt8(ascii: "A")...UInt8(ascii: "Z") ~= first else { return false }
    return parts.allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
          default: byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
          }
        }
    }
  }
}
