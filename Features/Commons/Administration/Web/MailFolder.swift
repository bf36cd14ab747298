import Database
import Foundation
import HTML
import Interface
import Localization
import Mail

/// Mails that were laid into a folder because no SMTP server is set.
enum MailFolder {
  static func list(_ folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return Array(names.filter(isName).sorted().reversed().prefix(50))
  }

  static func read(_ folder: String, _ name: String) -> KeptLetter? {
    guard isName(name), let data = FileManager.default.contents(atPath: folder + "/" + name) else { return nil }
    return KeptLetter(Array(data.prefix(100_000)))
  }

  /// When it was laid down, which the file's name begins with (`20260612T081500Z`).
  static func time(_ name: String) -> Instant? {
    let digits = name.utf8.prefix(16).filter { 48...57 ~= $0 }.map { String(UnicodeScalar($0)) }
    guard digits.count == 14 else { return nil }
    let text =
      digits[0..<4].joined() + "-" + digits[4..<6].joined() + "-" + digits[6..<8].joined() + "T" + digits[8..<10].joined() + ":"
      + digits[10..<12].joined()
    return Zone.universal.instant(isoDateTime: text).map { Instant(milliseconds: $0.milliseconds) }
  }

  /// A plain file name of ours, never a path.
  private static func isName(_ name: String) -> Bool {
    name.hasSuffix(".eml") && name.utf8.count < 200
      && name.utf8.allSatisfy {
        48...57 ~= $0 || 65...90 ~= $0 || 97...122 ~= $0 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
      }
  }
}

extension Page {
  func mails(_ mails: [(name: String, letter: KeptLetter?)], waiting: Int, failed: [(job: Int64, words: String)]) {
    div(.class("wrap narrow")) {
      crumbs([(say("admin.title"), "/admin"), (say("admin.mails"), nil)])
      div(.class("head")) {
        h1(say("admin.mails")); p(say("admin.mails.lead"), .class("lead"))
      }
      p(say("admin.mails.waiting", ["count": .count(waiting)]))
      if !failed.isEmpty {
        notice(say("admin.mails.failed"), .no) {
          ul {
            for line in failed {
              li {
                p(line.words)
                form(.fixed("method", "post"), .action(path("/admin/mails"))) {
                  hidden("job", String(line.job))
                  button(.class("button quiet"), .type("submit")) {
                    text(say("admin.mails.retry")); span(" \(line.job)", .class("vh"))
                  }
                }
              }
            }
          }
        }
      }
      if mails.isEmpty { p(say("admin.mails.none"), .class("soft")) }
      ol(.class("register flat")) {
        for (name, letter) in mails {
          li {
            link("/admin/mails/" + name, letter?.subject ?? name)
            p(.class("small soft")) {
              text([letter?.recipient, MailFolder.time(name).map { say.dateTime($0.milliseconds) }].compactMap { $0 }.joined(separator: " · "))
            }
          }
        }
      }
    }
  }

  /// The words of a mail, with its links of this site to be followed.
  func letter(_ text: String) {
    div(.class("flow")) {
      for paragraph in text.split(separator: "\n").map(String.init) {
        if let start = paragraph.range(of: "http"), let path = Self.ownPath(String(paragraph[start.lowerBound...])) {
          p { a(paragraph, .href(path)) }
        } else {
          p(paragraph)
        }
      }
    }
  }

  private static func ownPath(_ address: String) -> String? {
    guard let scheme = address.range(of: "://"), let slash = address[scheme.upperBound...].firstIndex(of: "/") else { return nil }
    let path = String(address[slash...])
    return LocalPath.isSafe(path) ? path : nil
  }
}
