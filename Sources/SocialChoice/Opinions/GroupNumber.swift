/// How many groups there are, and how that was found.
package struct GroupNumber: Sendable {
  /// How the number is found.
  package enum Rule: Sendable, Hashable {
    /// As Polis: the number from 2 to 5 with the best silhouette; of those that are as good (``telling``) the lowest.
    case silhouette
    /// The number that halves of the people find again; see ``GroupStability``.
    case stability
    /// As many as the caller says, at most ``most``.
    case fixed(Int)
  }

  /// More cannot be told apart by people who look at a map.
  package static let most = 20

  /// From 1; of groups on the map, those that nobody draws may be fewer.
  package let chosen: Int
  package let rule: Rule
  /// Silhouettes that differ by less are equally good.
  static let telling = 0.01

  /// For each number of groups from 2 to at most 5: the silhouette of the base clusters, on the mean of the orders of arrival that divide people as is shown.
  package let silhouettes: [Double]
  /// The lowest number whose silhouette is less than ``telling`` below the highest; 1 if there are no two different positions.
  package let bySilhouette: Int
  /// Measured only where the rule asks for it: it counts as much as the groups themselves.
  package let stability: GroupStability?
  /// Of the numbers tried, the largest for which there are different positions to begin at, at least 1: ``chosen`` is no more.
  package let mostPossible: Int

  init(rule: Rule, silhouettes: [Double], stability: GroupStability?, mostPossible: Int) {
    self.rule = rule
    self.silhouettes = silhouettes
    self.stability = stability
    self.mostPossible = max(1, mostPossible)
    let best = silhouettes.max() ?? 0
    bySilhouette = silhouettes.firstIndex { best - $0 < Self.telling }.map { $0 + 2 } ?? 1
    let wanted = Self.wanted(rule, stability) ?? bySilhouette
    chosen = max(1, min(wanted, mostPossible))
  }

  /// The number that is known before the silhouettes are.
  static func wanted(_ rule: Rule, _ stability: GroupStability?) -> Int? {
    switch rule {
    case .silhouette: nil
    case .stability: stability?.best
    case .fixed(let count): min(count, most)
    }
  }
}
