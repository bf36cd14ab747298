package struct StoredEvent: Sendable { package let position: Int64, kind: String, actor: Int64?, subjectKind: String, subject: Int64, space: Int64?, at: Instant, payload: String }
package enum FollowerKind: Sendable { case projection, reactor }
package protocol Follower: Sendable { var name: String { get }; var kind: FollowerKind { get }; func handle(_ events: [StoredEvent], in db: Writing) throws }
extension Writing {
  package func append(kind: String, actor: Int64?, subjectKind: String, subject: Int64, space: Int64?, payload: String) throws {}
  package func enqueue(kind: String, key: String, payload: String, at: Instant) throws {}
  package func index(document: Int64, title: [String], body: [String], space: Int64, kind: String) throws {}
  package func unindex(document: Int64) throws {}
}
extension Reading {
  package func matches(_ stems: [[String]], space: Int64? = nil, kind: String? = nil, limit: Int) throws -> [(document: Int64, score: Double)] { [] }
}
