/// Something that money is asked for.
package struct BudgetProject: Sendable, Hashable {
  /// As it is written in the source; ties in ``TieBreak/lexicographic`` order go by its UTF-8 bytes.
  package let id: String
  /// In the election's smallest unit of money, zero or more.
  package let cost: Int
  /// Empty where the source gives none.
  package let name: String
  /// Themes, none or several.
  package let categories: [String]
  /// Nil where the source gives none: a project of the whole town.
  package let district: String?

  package init(id: String, cost: Int, name: String = "", categories: [String] = [], district: String? = nil) {
    self.id = id
    self.cost = cost
    self.name = name
    self.categories = categories
    self.district = district
  }
}
