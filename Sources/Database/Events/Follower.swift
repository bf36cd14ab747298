/// Someone who reads all events in order, each in a transaction of the follower's own, and remembers how far they came.
package protocol Follower: Sendable {
  /// Its name in the table `followers`; never changed after release.
  var name: String { get }
  var kind: FollowerKind { get }
  /// Does what follows from these events. What it writes is kept together with how far it came, so that its own rows count each
  /// event once; what it does elsewhere it only *enqueues* (a job with a key), since the transaction may be run again.
  func handle(_ events: [StoredEvent], in db: Writing) throws
  /// Empties its own tables before a rebuild; for projections only.
  func clear(in db: Writing) throws
}

extension Follower {
  package func clear(in db: Writing) throws {}
}

/// What a follower does with events, and so where it begins.
package enum FollowerKind: Sendable, Equatable {
  /// Rows derived from events: starts at the first event, may be rebuilt from it.
  case projection
  /// Acts on the world (mail, webhooks): starts at the head, is never replayed.
  case reactor
}

/// What a follower cannot be asked.
package enum FollowerFault: Error, Equatable {
  case unknown(String)
  /// A reactor would act a second time.
  case notRebuildable(String)
}
