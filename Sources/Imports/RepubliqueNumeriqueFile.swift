import Foundation

/// The file of the consultation on the Digital Republic bill, autumn 2015, as it stands.
struct RepubliqueNumeriqueFile: Decodable, Sendable {
  struct Section: Decodable, Sendable {
    let id: Int
    let title: String
    let subtitle: String
  }
  struct Author: Decodable, Sendable {
    let id: Int
    let name: String
    let official: Bool
  }
  struct Votes: Decodable, Sendable {
    let `for`: Int
    let mixed: Int
    let against: Int
  }
  struct Appendix: Decodable, Sendable {
    let type: String
    let bodyHtml: String?
  }
  struct LawChange: Decodable, Sendable {
    let title: String?
    let beforeHtml: String?
    let afterHtml: String?
  }
  struct Source: Decodable, Sendable {
    let title: String
    let link: String
    let body: String?
    let category: String
    let author: Author
    let createdAt: String
    let votes: Int
  }
  struct Argument: Decodable, Sendable {
    let id: Int
    let side: String
    let body: String
    let author: Author
    let createdAt: String
    let votes: Int
    let trashed: Bool
  }
  struct Opinion: Decodable, Sendable {
    let id: Int
    let section: Int
    let title: String
    let bodyHtml: String?
    let author: Author
    let createdAt: String
    let trashed: Bool
    let votes: Votes
    let versionsCount: Int
    let appendices: [Appendix]
    let legalTextChanges: [LawChange]
    let sources: [Source]
    let arguments: [Argument]
  }

  let source: String
  let sections: [Section]
  let opinions: [Opinion]

  /// Reads and checks the whole file.
  /// - Parameter name: how messages call it.
  init(json: Data, name: String) throws {
    do {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      self = try decoder.decode(RepubliqueNumeriqueFile.self, from: json)
    } catch let error as DecodingError {
      throw Self.fault(error, name, json)
    }
    try check(name)
  }

  private static func fault(_ error: DecodingError, _ name: String, _ json: Data) -> ImportFault {
    func place(_ path: [any CodingKey]) -> String {
      path.isEmpty ? "the file" : path.map { key in key.intValue.map { "[\($0)]" } ?? "." + key.stringValue }.joined().trimmingPrefix(".").description
    }
    switch error {
    case .keyNotFound(let key, let context):
      return ImportFault(file: name, element: place(context.codingPath), reason: "\(key.stringValue) is missing")
    case .typeMismatch(let type, let context): return ImportFault(file: name, element: place(context.codingPath), reason: "it should be \(type)")
    case .valueNotFound(let type, let context):
      return ImportFault(file: name, element: place(context.codingPath), reason: "it is empty and should be \(type)")
    case .dataCorrupted(let context):
      let (line, words) = brokenAt(json)
      return ImportFault(
        file: name, element: line.map { "line \($0)" } ?? place(context.codingPath), reason: "it is not JSON: \(words ?? context.debugDescription)")
    @unknown default: return ImportFault(file: name, element: "the file", reason: "it cannot be read")
    }
  }

  /// Where a file stops being JSON, and what stands there; the decoder itself does not tell.
  private static func brokenAt(_ json: Data) -> (line: Int?, words: String?) {
    do {
      _ = try JSONSerialization.jsonObject(with: json)
      return (nil, nil)
    } catch {
      let words = ((error as NSError).userInfo["NSDebugDescription"] as? String).map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
      let place = words?.split(separator: " ").last.flatMap { Int($0) }
      return (place.map { at in 1 + json.prefix(at).count { $0 == UInt8(ascii: "\n") } }, words)
    }
  }

  private func check(_ name: String) throws {
    let known = Set(sections.map(\.id))
    var opinionIDs: Set<Int> = []
    var argumentIDs: Set<Int> = []
    for (index, opinion) in opinions.enumerated() {
      let place = "opinions[\(index)]"
      func fault(_ reason: String) -> ImportFault { ImportFault(file: name, element: place, reason: reason) }
      guard opinionIDs.insert(opinion.id).inserted else { throw fault("the id \(opinion.id) comes twice") }
      guard known.contains(opinion.section) else { throw fault("section \(opinion.section) is not in the file") }
      guard !opinion.title.isEmpty else { throw fault("the title is empty") }
      guard [opinion.votes.for, opinion.votes.mixed, opinion.votes.against].allSatisfy({ 0...10_000_000 ~= $0 }) else {
        throw fault("a number of votes is impossible")
      }
      guard Self.milliseconds(opinion.createdAt) != nil else { throw fault("created_at is not a time: \(opinion.createdAt)") }
      for (at, argument) in opinion.arguments.enumerated() {
        func fault(_ reason: String) -> ImportFault { ImportFault(file: name, element: "\(place).arguments[\(at)]", reason: reason) }
        guard argumentIDs.insert(argument.id).inserted else { throw fault("the id \(argument.id) comes twice") }
        guard argument.side == "for" || argument.side == "against" else { throw fault("side is neither for nor against") }
        guard Self.milliseconds(argument.createdAt) != nil else { throw fault("created_at is not a time") }
      }
      for (at, source) in opinion.sources.enumerated() where Self.milliseconds(source.createdAt) == nil {
        throw ImportFault(file: name, element: "\(place).sources[\(at)]", reason: "created_at is not a time")
      }
    }
  }

  /// `2015-09-26T02:27:54+0200`
  static func milliseconds(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count == 24, bytes[10] == UInt8(ascii: "T") else { return nil }
    func number(_ range: Range<Int>) -> Int? { bytes[range].allSatisfy { 48...57 ~= $0 } ? bytes[range].reduce(0) { $0 * 10 + Int($1 - 48) } : nil }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13), let minute = number(14..<16),
      let second = number(17..<19), let offsetHours = number(20..<22), let offsetMinutes = number(22..<24)
    else { return nil }
    var parts = DateComponents(timeZone: .gmt, year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    parts.calendar = Calendar(identifier: .gregorian)
    guard let date = parts.date else { return nil }
    let offset = (offsetHours * 3600 + offsetMinutes * 60) * (bytes[19] == UInt8(ascii: "-") ? -1 : 1)
    return Int64(date.timeIntervalSince1970) * 1000 - Int64(offset) * 1000
  }
}
