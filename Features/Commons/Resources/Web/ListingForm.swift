package import CommonsDomain
package import Database
import HTML
package import Interface
import Localization

extension Listing {
  /// Reads a list's filters from its address; what is unknown there is as if it were not.
  package init(kind: Resource.Kind, query: Fields, now: Instant) {
    func number(_ name: String) -> Int64? { query[name].flatMap { $0.utf8.count <= 15 ? Int64($0) : nil } }
    self.init(
      kind: kind, order: query["order"].flatMap(Listing.Order.init(rawValue:)) ?? .lot,
      seed: number("seed").map { Int(max(0, min($0, Int64(Listing.lots)))) } ?? Listing.seed(at: now), theme: number("theme"),
      authorKind: query["author"].flatMap(Author.Kind.init(rawValue:)), page: query.page)
  }

  /// The address of another page of the same list: the seed stands in it, so that the order holds.
  package func address(_ base: String, page: Int, search: String) -> String {
    var parts = ["order=\(order.rawValue)"]
    if order == .lot { parts.append("seed=\(seed)") }
    if let theme { parts.append("theme=\(theme)") }
    if let authorKind { parts.append("author=\(authorKind.rawValue)") }
    if !search.isEmpty { parts.append("q=\(Percent.encode(search))") }
    if page > 1 { parts.append("page=\(page)") }
    return base + "?" + parts.joined(separator: "&")
  }
}

extension Page {
  /// The filters of a list, as a form that works without scripts, and the sentence that says which rule orders it.
  /// - Parameter id: of the section that the list stands in; whoever filters is back there.
  package func listingForm(
    _ listing: Listing, base: String, id: String, search: String, themes: [(id: Int64, name: String, amount: Int)], themeLabel: String,
    kinds: [Author.Kind: Int]
  ) {
    details(.class("plain unfolded"), .flag("open", listing.isFiltered || !search.isEmpty)) {
      summary(say("list.filters"))
      filters(listing, base: base, id: id, search: search, themes: themes, themeLabel: themeLabel, kinds: kinds)
    }
    p(say(MessageKey(storedKey: "list.rule." + listing.order.rawValue)), .class("small soft mt4"))
  }

  private func filters(
    _ listing: Listing, base: String, id: String, search: String, themes: [(id: Int64, name: String, amount: Int)], themeLabel: String,
    kinds: [Author.Kind: Int]
  ) {
    form(.fixed("method", "get"), .action(path(base + "#" + id)), .class("filters"), .fixed("role", "search"), .label(say("list.filters"))) {
      div(.class("field")) {
        label(say("list.search"), .for("q"))
        input(.type("search"), .id("q"), .name("q"), .value(search), .fixed("maxlength", "200"))
      }
      if !themes.isEmpty {
        filter(
          "theme", themeLabel, [("", say("list.all"))] + themes.map { (String($0.id), "\($0.name) (\(say.number($0.amount)))") },
          listing.theme.map { String($0) } ?? "")
      }
      filter(
        "author", say("list.author"),
        [("", say("list.all"))]
          + Author.Kind.allCases.filter { kinds[$0] ?? 0 > 0 }.map { kind in
            (kind.rawValue, "\(say(MessageKey(storedKey: "list.author." + kind.rawValue))) (\(say.number(kinds[kind] ?? 0)))")
          }, listing.authorKind?.rawValue ?? "")
      filter(
        "order", say("list.order"), Listing.Order.allCases.map { ($0.rawValue, say(MessageKey(storedKey: "list.order." + $0.rawValue))) },
        listing.order.rawValue)
      div { button(say("list.apply"), .class("button second"), .type("submit")) }
    }
  }

  private func filter(_ name: String, _ words: String, _ options: [(value: String, words: String)], _ selected: String) {
    div(.class("field")) {
      label(words, .for(name))
      select(.id(name), .name(name)) {
        for choice in options { option(choice.words, .value(choice.value), .flag("selected", choice.value == selected)) }
      }
    }
  }
}
