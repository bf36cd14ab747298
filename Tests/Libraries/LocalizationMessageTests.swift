@testable import Localization
import Testing

private func localizer(_ language: Language, _ json: String = "{}", zone: String = "Europe/Paris") throws -> Localizer {
  Localizer(catalogue: try Catalogue(language: language, json: Array(json.utf8)), zone: try #require(Zone(zone)))
}

@Suite struct `Messages` {
  @Test func `the count chooses the plural form`() throws {
    let say = try localizer(.french, #"{"votes": {"one": "{count} vote", "many": "{count} de votes", "other": "{count} votes"}}"#)
    let expected = [
      (0, "0 vote"), (1, "1 vote"), (-1, "−1 vote"), (2, "2 votes"), (88_622, "88\u{202F}622 votes"), (1_000_000, "1\u{202F}000\u{202F}000 de votes"),
      (1_000_001, "1\u{202F}000\u{202F}001 votes"),
    ]
    for (count, text) in expected { #expect(say("votes", ["count": .count(count)]) == text) }
    #expect(say("votes", ["count": .number(1)]) == "1 votes")
  }

  @Test func `a missing message shows its key and a missing argument its name`() throws {
    let say = try localizer(.english, #"{"hello": "Hello {name}"}"#)
    #expect(say("no.such.key") == "no.such.key")
    #expect(say("hello") == "Hello {name}")
  }

  @Test func `what people write is never read for placeholders`() throws {
    let say = try localizer(.english, #"{"by": "{name} says {words}", "loop": "{words}"}"#)
    for hostile in ["{words}", "{name}", "{{name}}", "${name}", "%s %n %@", "{count}", "}{", "\u{301}}", "{\u{301}name}", "\\(name)", "\0"] {
      #expect(Array(say("by", ["name": .text(hostile), "words": .text("x")]).utf8) == Array("\(hostile) says x".utf8))
      #expect(Array(say("by", ["name": .text("x"), "words": .text(hostile)]).utf8) == Array("x says \(hostile)".utf8))
    }
    #expect(say("loop", ["words": .message("loop")]) == "{words}")
  }

  @Test func `arguments are written as the reader writes them`() throws {
    let say = try localizer(.french, #"{"all": "{share}, {sum}, {day}, {moment}, {state}", "state": "ouvert"}"#)
    let text = say(
      "all",
      [
        "share": .percent(0.396), "sum": .money(cents: 120_050, currency: "EUR"), "day": .date(milliseconds: 1_796_083_200_000),
        "moment": .dateTime(milliseconds: 1_796_083_200_000), "state": .message("state"),
      ])
    #expect(text == "39,6\u{202F}%, 1\u{202F}200,50\u{A0}€, 1er décembre 2026, 1er décembre 2026 à 1\u{A0}h, ouvert")
  }

  @Test(arguments: [
    (#"{"a": 1}"#, "a "), (#"{"a": null}"#, "a "), (#"{"a": ["x"]}"#, "a "), (#"{"a": {"one": {"x": "y"}}}"#, "a "),
    (#"{"a": {"much": "x"}}"#, "a "),
    (#"{"a": {}}"#, "a "), (#"{"a": "x", "a": "y"}"#, "a "), (#"{"a": "{"}"#, "a "), (#"{"a": "}"}"#, "a "), (#"{"a": "{}"}"#, "a "),
    (#"{"a": "{b c}"}"#, "a "), (#"{"a": "{{b}}"}"#, "a "), (#"{"a": "\ud800"}"#, ""), (#"{"a": "x"} {}"#, ""), (#"{"a": "x",}"#, ""),
    ("[]", ""), ("", ""),
    (#"{"a": "x"#, ""), ("{\"a\": \"\n\"}", ""), (#"{"a": "\x"}"#, ""), (#"{"a" "x"}"#, ""), (String(repeating: "[", count: 100_000), ""),
    (String(repeating: #"{"a":"#, count: 100_000), ""),
  ])
  func `a faulty catalogue is refused with its key and the reason`(json: String, named: String) {
    let fault = #expect(throws: CatalogueFault.self) { try Catalogue(language: .french, json: Array(json.utf8)) }
    #expect(fault?.description.hasPrefix("fr.json: \(named)") ?? false, "\(fault?.description ?? "")")
  }

  @Test func `bytes that are not UTF-8 are refused`() {
    #expect(throws: CatalogueFault.self) { try Catalogue(language: .french, json: Array("{\"a\": \"".utf8) + [0xC0, 0xAF] + Array("\"}".utf8)) }
  }
}

@Suite struct `Numbers and dates` {
  @Test func `numbers are grouped and rounded`() throws {
    let (french, english) = (try localizer(.french), try localizer(.english))
    #expect(french.number(-1_234_567) == "−1\u{202F}234\u{202F}567")
    #expect(english.number(999) == "999")
    #expect(english.number(.min) == "−9,223,372,036,854,775,808")
    #expect(french.decimal(1234.05, digits: 1) == "1\u{202F}234,1")
    #expect(english.decimal(-0.04, digits: 1) == "0.0")
    #expect(english.decimal(2.5, digits: 0) == "3")
    #expect(english.decimal(1.02, digits: 2) == "1.02")
    for odd in [Double.nan, .infinity, -.infinity, 1e300] { #expect(english.decimal(odd, digits: 2) == "–") }
    #expect(english.decimal(999_999_999_999, digits: .max) == "999,999,999,999.000000")
    #expect(english.decimal(1, digits: .min) == "1")
  }

  @Test func `shares have one decimal unless it is zero`() throws {
    #expect(try localizer(.french).percent(0.396) == "39,6\u{202F}%")
    let say = try localizer(.english)
    #expect([0.396, 0.4, 1, 0, 0.9996, -0.051].map(say.percent) == ["39.6%", "40%", "100%", "0%", "100%", "−5.1%"])
    #expect(say.percent(.nan) == "–%")
  }

  @Test func `money is exact to the cent`() throws {
    let (french, english) = (try localizer(.french), try localizer(.english))
    #expect(french.money(cents: -1250, currency: "EUR") == "−12,50\u{A0}€")
    #expect(english.money(cents: -1250, currency: "GBP") == "−£12.50")
    #expect(english.money(cents: 300, currency: "CHF") == "CHF\u{A0}3")
    #expect(english.money(cents: .max, currency: "USD") == "$92,233,720,368,547,758.07")
    #expect(english.money(cents: .min, currency: "USD") == "−$92,233,720,368,547,758.08")
  }

  @Test func `lists end with and`() throws {
    let french = try localizer(.french)
    #expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(french.list) == ["", "a", "a et b", "a, b et c"])
  }

  @Test func `a period does not say its month and year twice`() throws {
    let (french, english) = (try localizer(.french), try localizer(.english))
    let day: Int64 = 86_400_000
    let first: Int64 = 1_796_083_200_000  // 1 December 2026
    func said(_ period: (first: String, last: String)) -> String { period.first + " / " + period.last }
    #expect(said(french.period(first, first + 9 * day)) == "1er / 10 décembre 2026")
    #expect(said(english.period(first + day, first + 9 * day)) == "2 / 10 December 2026")
    #expect(said(french.period(first - 5 * day, first)) == "26 novembre / 1er décembre 2026")
    #expect(said(french.period(first, first + 40 * day)) == "1er décembre 2026 / 10 janvier 2027")
    #expect(said(french.period(first, first + 3_600_000)) == "1er décembre 2026 / 1er décembre 2026")
  }

  @Test func `a day is written in the organization's zone`() throws {
    let (french, english) = (try localizer(.french), try localizer(.english, zone: "America/St_Johns"))
    let moment: Int64 = 1_796_083_200_000  // 1 December 2026, 00:00 universal time
    #expect(french.date(moment, style: .full) == "mardi 1er décembre 2026")
    #expect(french.date(moment, style: .dayAndMonth) == "1er décembre")
    #expect(french.date(moment, style: .month) == "décembre 2026")
    #expect(french.date(moment, style: .numeric) == "01/12/2026")
    #expect(english.date(moment) == "30 November 2026")
    #expect(english.isoDate(moment) == "2026-11-30")
    #expect(english.time(moment) == "20:30")
    #expect(french.time(moment) == "1\u{A0}h")
    #expect(french.time(moment + 5 * 60_000) == "1\u{A0}h\u{A0}05")
    #expect(french.dateTime(moment, withZone: true) == "1er décembre 2026 à 1\u{A0}h (CET)")
    #expect(english.dateTime(moment) == "30 November 2026 at 20:30")
  }

  @Test func `a region's language is written like its language`() throws {
    #expect(try localizer(Language("fr-CA")).number(1234) == "1\u{202F}234")
  }
}
