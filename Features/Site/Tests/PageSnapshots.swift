import Foundation
import Testing

/// Pages as they were accepted, in `Pages/NAME.html` beside this file; written only by `./test --accept --only swift`, for a person to read in review.
struct PageSnapshots: Sendable {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Pages")

  let site: TownSite

  /// Asks for a page and holds it against the file.
  /// - Parameter whole: with the frame around the page and its head.
  func hold(
    _ name: String, _ path: String, as token: String? = nil, status: Int = 200, whole: Bool = false, location: SourceLocation = #_sourceLocation
  ) async throws {
    hold(name, try await site.get(path, as: token), status, whole, location)
  }

  /// Sends a form and holds the page that answers it against the file.
  func hold(
    _ name: String, posting fields: [(String, String)], to path: String, as token: String? = nil, status: Int,
    location: SourceLocation = #_sourceLocation
  ) async throws {
    hold(name, try await site.post(path, fields, as: token), status, false, location)
  }

  private func hold(_ name: String, _ reply: TownSite.Reply, _ status: Int, _ whole: Bool, _ location: SourceLocation) {
    #expect(reply.status == status, "\(name)", sourceLocation: location)
    let found = "<!-- \(reply.status) -->\n" + (whole ? ReadableMarkup.whole(reply.text) : ReadableMarkup.main(of: reply.text))
    let file = Self.folder.appendingPathComponent(name + ".html")
    let environment = ProcessInfo.processInfo.environment
    if environment["ISEGORIA_TEST_ACCEPT"] != nil {
      guard environment["CI"] == nil else {
        Issue.record("snapshots are not written anew where CI is set", sourceLocation: location)
        return
      }
      do { try Data(found.utf8).write(to: file) } catch { Issue.record(error, sourceLocation: location) }
      return
    }
    guard let kept = FileManager.default.contents(atPath: file.path) else {
      Issue.record("there is no snapshot \(name): read the page, then ./test --accept --only swift", sourceLocation: location)
      return
    }
    if let difference = Self.firstDifference(String(decoding: kept, as: UTF8.self), found) {
      Issue.record("\(name).html, \(difference)", sourceLocation: location)
    }
  }

  /// Where two texts part, with the line before; nil when they are the same bytes.
  static func firstDifference(_ old: String, _ new: String) -> String? {
    if old.utf8.elementsEqual(new.utf8) { return nil }
    let (old, new) = (old.components(separatedBy: "\n"), new.components(separatedBy: "\n"))
    let line = zip(old, new).enumerated().first { !$1.0.utf8.elementsEqual($1.1.utf8) }?.offset ?? min(old.count, new.count)
    let told = [
      line > 0 ? "  " + old[line - 1] : nil, line < old.count ? "- " + old[line] : "- (the end)", line < new.count ? "+ " + new[line] : "+ (the end)",
    ]
    return "line \(line + 1):\n" + told.compactMap { $0 }.joined(separator: "\n")
  }
}
