import CommonsDomain
import Database
import Foundation
import Testing

/// Who is told of what.
struct NoticeFollowerTests {
  /// To whom which mail goes, as `name to`.
  private func mails(_ town: Town) async throws -> [String] {
    try await FollowerRunner(database: town.database, followers: [NoticeFollower()], logger: .init(label: "town")).catchUp()
    let payloads = try await town.database.read { db in try db.all("SELECT payload FROM jobs WHERE kind = 'mail' ORDER BY id") { $0.text(0) } }
    return try payloads.map { payload in
      let notice = try JSONDecoder().decode(Notice.self, from: Data(payload.utf8))
      #expect(notice.topic == nil, "mails of security cannot be stopped")
      return "\(notice.name) \(notice.person ?? 0) \(notice.values["role"] ?? "")"
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `whoever is given a role is told, and a new administrator is known to all others, the giver too`(
    _ kind: DatabaseKind
  ) async throws {
    try await Town.with(kind) { town in
      #expect(try await mails(town).isEmpty, "what the operator gives at the machine is told to nobody")
      let chief = Actor(person: town.chloe, grants: [Grant(.administrator)], isSuspended: false, hasSecondFactor: true, acceptedTerms: true)
      try await town.database.write { [amina = town.amina, bernard = town.bernard, space = town.space] db in
        try Grants.grant(Grant(.moderator, in: space), to: amina, permit: Permit(ManageGrants(), for: chief, in: db), in: db)
        try Grants.grant(Grant(.administrator), to: bernard, permit: Permit(ManageGrants(), for: chief, in: db), in: db)
      }
      let expected = [
        "granted \(town.amina) moderator", "granted \(town.bernard) administrator", "administrator-made \(town.chloe) administrator",
      ]
      #expect(try await Set(mails(town)) == Set(expected))
    }
  }
}
