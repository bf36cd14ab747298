import Foundation
import Testing

/// Each change of power is seen in review: the file beside this one says who may do what when, in one line each.
struct PermissionTableTests {
  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("permissions.golden.txt")

  @Test func `who may do what, and when, is what the golden table says`() throws {
    let found = PermissionTable.text
    let environment = ProcessInfo.processInfo.environment
    if environment["ISEGORIA_TEST_ACCEPT"] != nil || environment["ISEGORIA_ACCEPT"] != nil {
      guard environment["CI"] == nil else {
        Issue.record("golden files are not written anew where CI is set")
        return
      }
      try Data(found.utf8).write(to: Self.file)
      return
    }
    let expected = String(decoding: try Data(contentsOf: Self.file), as: UTF8.self)
    let (old, new) = (expected.split(separator: "\n"), found.split(separator: "\n"))
    for line in new.filter({ !Set(old).contains($0) }) { Issue.record("not in the golden table: \(line)") }
    for line in old.filter({ !Set(new).contains($0) }) { Issue.record("the golden table says: \(line)") }
    #expect(old.count == new.count)
    #expect(Set(new.map { $0.split(separator: ">")[0] }).count == new.count, "a line stands for one act, one state and one actor")
  }

  @Test func `whoever is suspended may read, and no act is allowed to them`() {
    for (name, actor) in PermissionTable.actors where actor.isSuspended {
      let allowed = PermissionTable.cases.filter { $0.rule.verdict(for: actor, at: PermissionTable.now).isYes }.map(\.act)
      #expect(Set(allowed) == ["ReadSpace"], "\(name)")
    }
  }
}
