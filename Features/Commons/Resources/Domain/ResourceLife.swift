/// The states of a resource and what leads from one to another: the one table that lists, buttons, rules and tests derive from.
package enum ResourceState: String, Sendable, CaseIterable {
  case published, withdrawn, hidden

  /// From the facts of the row; hiding weighs more than withdrawing.
  package init(isWithdrawn: Bool, isHidden: Bool) {
    self = isHidden ? .hidden : isWithdrawn ? .withdrawn : .published
  }
}

package enum ResourceAct: String, Sendable, CaseIterable { case correct, reword, withdraw, hide, restore, report, answer }

package enum ResourceLife {
  /// What an act leads to; nil where it is not possible.
  package static func next(_ state: ResourceState, _ act: ResourceAct) -> ResourceState? {
    switch (state, act) {
    case (.published, .correct), (.published, .reword), (.published, .report), (.published, .answer): .published
    case (.published, .withdraw): .withdrawn
    case (.published, .hide), (.withdrawn, .hide): .hidden
    case (.hidden, .restore): .published
    default: nil
    }
  }
}
