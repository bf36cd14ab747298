import CommonsDomain
import Foundation
import Synchronization
import Testing

@testable import Database

/// Makes one call to the database fail, or each from one on, and tells whether it came that far.
final class Trap: Sendable {
  private struct State {
    var calls = 0
    var failing: Int?
    var forGood = false
    var wasSprung = false
  }

  private let state = Mutex(State())

  func set(at call: Int, forGood: Bool) { state.withLock { $0 = State(failing: call, forGood: forGood) } }

  /// - Returns: whether a call failed since it was set.
  func release() -> Bool {
    state.withLock { state in
      defer { state = State() }
      return state.wasSprung
    }
  }

  /// What the database asks before each statement and each commit.
  func check() throws {
    let fails = state.withLock { state in
      guard let failing = state.failing else { return false }
      state.calls += 1
      let fails = state.forGood ? state.calls >= failing : state.calls == failing
      if fails { state.wasSprung = true }
      return fails
    }
    if fails { throw DatabaseFault.storage("this call fails") }
  }
}

/// Does each act again and again while its first, its second, its third call to the database fails, until it passes untouched;
/// after each failure the database must be what it was.
final class FailingCalls: Sendable {
  /// Far more than any act asks of the database.
  private static let most = 400

  let site: TownSite
  let trap: Trap
  private let rows: AllRows
  private let walked = Mutex<Set<String>>([])
  /// Each failure of an act.
  private let failures = Mutex(0)

  init(_ site: TownSite, _ trap: Trap) throws {
    self.site = site
    rows = try AllRows(of: site.town)
    self.trap = trap
  }

  /// The patterns of the routes that were walked.
  var routes: Set<String> { walked.withLock { $0 } }
  var count: Int { failures.withLock { $0 } }

  /// Sends a form until it passes.
  @discardableResult
  func form(
    _ path: String, _ fields: [(String, String)], as token: String? = nil, answers status: Int = 303, cookie: String? = nil,
    file: (name: String, bytes: [UInt8])? = nil, location: SourceLocation = #_sourceLocation
  ) async throws -> TownSite.Reply {
    let act = path + " " + fields.map { "\($0.0)=\($0.1)" }.joined(separator: "&").prefix(80)
    let headers = ["Sec-Fetch-Site": "same-origin"].merging(cookie.map { ["Cookie": $0] } ?? [:]) { $1 }
    if let pattern = pattern(of: path) {
      walked.withLock { _ = $0.insert(pattern) }
    } else {
      Issue.record("no route: \(path)", sourceLocation: location)
    }
    let reply = try await walk(String(act), location) { [site] in
      if let file { return try await site.post("/fr" + path, fields, file: file, as: token) }
      return try await site.post("/fr" + path, fields, as: token, headers: headers)
    }
    #expect(reply.status == status, "\(act)", sourceLocation: location)
    return reply
  }

  /// Does what no form does until it passes.
  func work(_ name: String, location: SourceLocation = #_sourceLocation, _ work: @escaping @Sendable (Writing) throws -> Void) async throws {
    let database = site.town.database
    _ = try await walk(name, location) {
      do {
        try await database.write(work)
        return TownSite.Reply(status: 200, headers: [:], text: "")
      } catch is DatabaseFault { return TownSite.Reply(status: 500, headers: [:], text: "") }
    }
  }

  private func walk(_ act: String, _ location: SourceLocation, _ perform: () async throws -> TownSite.Reply) async throws -> TownSite.Reply {
    let before = try await rows.all()
    for call in 1...Self.most {
      for forGood in [true, false] {
        trap.set(at: call, forGood: forGood)
        let reply = try await perform()
        guard trap.release() else { return reply }
        failures.withLock { $0 += 1 }
        let what = "\(act): call \(call)\(forGood ? " and all behind it" : "") failed"
        if reply.status < 500 { Issue.record("\(what), and the answer was \(reply.status)", sourceLocation: location) }
        let after = try await rows.all(since: before)
        guard after.lines != before.lines else { continue }
        let changed = Set(after.lines).symmetricDifference(before.lines).sorted().prefix(6).map { $0.prefix(160) }.joined(separator: "\n")
        Issue.record("\(what), and it left something behind:\n\(changed)", sourceLocation: location)
        return reply
      }
    }
    Issue.record("\(act) never passed", sourceLocation: location)
    return TownSite.Reply(status: 0, headers: [:], text: "")
  }

  /// The route whose pattern says most of the path in letters.
  private func pattern(of path: String) -> String? {
    let parts = path.split(separator: "/")
    let fitting = site.routes.filter { route in
      let names = route.pattern.split(separator: "/")
      return route.method == .post && names.count == parts.count && zip(names, parts).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
    }
    return fitting.map(\.pattern).min { left, right in left.count { $0 == ":" } < right.count { $0 == ":" } }
  }

  /// All rows of all tables, a line each, whatever the tables are.
  func close() { rows.close() }
}
