/// The states of a resource and what each allows: the one table that lists, buttons, rules and tests derive from.
package enum ResourceState: String, Sendable, CaseIterable {
  case published, withdrawn, hidden

  /// From the facts of the row; hiding weighs more than withdrawing.
  package init(isWithdrawn: Bool, isHidden: Bool) {
    self = isHidden ? .hidden : isWithdrawn ? .withdrawn : .published
  }
}

package enum ResourceAct: String, Sendable, CaseIterable { case correct, reword, withdraw, hide, restore, report, answer }

extension ResourceState {
  /// Whether an act is possible in this state. What is hidden keeps whether its author withdrew it: shown again, it is what it was.
  package func allows(_ act: ResourceAct) -> Bool {
    switch self {
    case .published: act != .restore
    case .withdrawn: act == .hide
    case .hidden: act == .restore
    }
  }
}
