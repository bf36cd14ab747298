package import Database
import Passwords

/// What a person may be written to about, and may stop one by one. Mails of security have no topic: they always come.
package enum Topic: String, Sendable, CaseIterable { case moderation, wording, follow }

package enum Unsubscriptions {
  package static func stop(_ topic: Topic, for person: PersonID, in db: Writing) throws {
    _ = try db.run(
      "INSERT INTO unsubscriptions (person_id, topic, made_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", person, topic.rawValue, db.now)
  }

  package static func resume(_ topic: Topic, for person: PersonID, in db: Writing) throws {
    _ = try db.run("DELETE FROM unsubscriptions WHERE person_id = $1 AND topic = $2", person, topic.rawValue)
  }

  package static func stopped(by person: PersonID, in db: Reading) throws -> Set<Topic> {
    Set(try db.all("SELECT topic FROM unsubscriptions WHERE person_id = $1", person) { Topic(rawValue: $0.text(0)) }.compactMap { $0 })
  }

  package static func forget(of person: PersonID, in db: Writing) throws {
    _ = try db.run("DELETE FROM unsubscriptions WHERE person_id = $1", person)
  }

  /// What an unsubscribe link holds: person and topic, signed, so that it works without signing in and for nobody else.
  package static func token(_ topic: Topic, _ person: PersonID, key: [UInt8]) -> String {
    let text = "\(person.number).\(topic.rawValue)"
    return text + "." + Secret.sign(text, purpose: "unsubscribe", key: key)
  }

  package static func read(token: String, key: [UInt8]) -> (person: PersonID, topic: Topic)? {
    let parts = token.utf8.split(separator: UInt8(ascii: "."), maxSplits: 3).map { String(Substring($0)) }
    guard parts.count == 3, let number = Int64(parts[0]), let topic = Topic(rawValue: parts[1]) else { return nil }
    guard isEqualInConstantTime(Array(token.utf8), Array(Self.token(topic, ID(number), key: key).utf8)) else { return nil }
    return (ID(number), topic)
  }
}
