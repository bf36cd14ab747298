@testable import Localization
import Testing

@Suite struct `Plural forms` {
  /// Whole-number samples in CLDR's own notation (`a~b` is a range).
  @Test(arguments: [
    ("fr", "one", "0~1"), ("fr", "many", "1000000 2000000 100000000"), ("fr", "other", "2~17 100 1000 10000 100000 1000001"),
    ("en", "one", "1"), ("en", "other", "0 2~16 100 1000000"), ("de", "one", "1"), ("de", "other", "0 2~16 1000000"), ("pt", "one", "0~1"),
    ("pt-br", "many", "1000000"), ("pt-pt", "other", "0 2~16 100"), ("es", "many", "1000000"), ("es", "other", "0 2~16"), ("it", "one", "1"),
    ("cs", "few", "2~4"), ("cs", "other", "0 5~19 100 1000000"), ("sk", "few", "2~4"), ("sk", "other", "0 5~19 22"),
    ("ga", "two", "2"), ("ga", "few", "3~6"), ("ga", "many", "7~10"), ("ga", "other", "0 11~25 100"),
    ("hr", "one", "1 21 31 101 1001"), ("hr", "few", "2~4 22~24 102"), ("hr", "other", "0 5~19 100 111 112"),
    ("lt", "one", "1 21 31 101"), ("lt", "few", "2~9 22~29 102"), ("lt", "other", "0 10~20 30 100 111"),
    ("lv", "zero", "0 10~20 30 100 111"), ("lv", "one", "1 21 101"), ("lv", "other", "2~9 22~29 102"),
    ("mt", "one", "1"), ("mt", "two", "2"), ("mt", "few", "0 3~10 103~109"), ("mt", "many", "11~19 111~117"), ("mt", "other", "20~35 100 102"),
    ("pl", "one", "1"), ("pl", "few", "2~4 22~24 102"), ("pl", "many", "0 5~19 21 100 112 1000000"),
    ("ro", "one", "1"), ("ro", "few", "0 2~16 101 1001"), ("ro", "other", "20~35 100 1000"),
    ("sl", "one", "1 101 201"), ("sl", "two", "2 102"), ("sl", "few", "3~4 103"), ("sl", "other", "0 5~19 100 1000000"),
    ("xx", "one", "1"), ("xx", "other", "0 2~16"),
  ])
  func `whole numbers fall into their categories`(language: String, category: String, samples: String) throws {
    let rule = PluralRule.of(Language(language))
    for sample in samples.split(separator: " ") {
      let ends = sample.split(separator: "~").compactMap { UInt($0) }
      for amount in try #require(ends.first)...(try #require(ends.last)) {
        #expect(rule.category(amount).rawValue == category, "\(language) \(amount)")
      }
    }
  }

  @Test(arguments: PluralRule.table.keys.sorted()) func `exactly the categories that whole numbers reach are wanted`(language: String) {
    let rule = PluralRule.of(Language(language))
    let reached = Set((0...1000 as ClosedRange<UInt>).map(rule.category) + [1_000_000, 2_000_000, .max].map(rule.category))
    #expect(reached == rule.categories)
  }
}
