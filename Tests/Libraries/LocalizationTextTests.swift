@testable import Localization
import Testing

@Suite struct `Localized text` {
  @Test func `what is stored is read back byte for byte`() throws {
    var random = SystemRandomNumberGenerator()
    let scalars = [
      "a", "é", "e\u{301}", "\"", "\\", "\n", "\r\n", "\0", "\u{1F}", "{", "}", "\u{2028}",
      "\u{FEFF}", "😀", "\u{202E}", "/", "\u{10FFFF}",
    ]
    for _ in 0..<2_000 {
      func words() -> String { (0..<Int.random(in: 0...12, using: &random)).map { _ in scalars.randomElement(using: &random) ?? "" }.joined() }
      var text = LocalizedText([.french: words(), .english: words()], original: .french)
      if Bool.random(using: &random) { text.setMachine(words(), in: Language("de")) }
      let read = try LocalizedText(stored: text.stored)
      #expect(read.original == text.original)
      #expect(Array(read.stored.utf8) == Array(text.stored.utf8))
      for (tag, words) in text.texts { #expect(Array(words.utf8) == Array((read.texts[tag] ?? "?").utf8)) }
      #expect(read.machine == text.machine)
    }
  }

  @Test func `the stored form is JSON with sorted names`() {
    var text = LocalizedText([.french: "a\"b", .english: "c"], original: .french)
    text.setMachine("d", in: Language("de"))
    #expect(text.stored == #"{"machine":{"de":"d"},"original":"fr","texts":{"en":"c","fr":"a\"b"}}"#)
  }

  @Test func `escapes of other writers are read`() throws {
    let text = try LocalizedText(stored: #" { "original" : "FR" , "texts" : { "FR" : "\u00e9\/\ud83d\uDE00\b\f" } } "#)
    #expect(text[.french] == "é/😀\u{8}\u{C}")
  }

  @Test(arguments: [
    "", "{}", "[]", "null", #"{"original":"fr"}"#, #"{"original":"","texts":{}}"#, #"{"original":"fr","texts":"x"}"#,
    #"{"original":"fr","texts":{"fr":1}}"#,
    #"{"original":"fr","texts":{"fr":"x"},"machine":"y"}"#,
    #"{"original":"fr","texts":{"fr":"x","fr":"y"}}"#, #"{"original":"fr","texts":{"fr":"\udc00"}}"#,
    #"{"original":"fr","texts":{"fr":"x"}}}"#,
  ])
  func `anything else is refused`(stored: String) { #expect(throws: FlatJSON.Fault.self) { try LocalizedText(stored: stored) } }

  @Test func `cut and altered rows never stop the program`() {
    let bytes = Array(LocalizedText([.french: "é\n\"x\"", .english: "\u{1}"], original: .french).stored.utf8)
    for length in bytes.indices { _ = try? FlatJSON.read(Array(bytes[..<length])) }
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      var altered = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        altered[Int.random(in: altered.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = try? FlatJSON.read(altered)
    }
  }

  @Test func `a reader gets their language, else the original, else what there is`() {
    var text = LocalizedText("Bonjour", in: .french)
    text.setMachine("Hello", in: .english)
    #expect(text.text(in: .english) == ("Bonjour", .french))
    #expect(text.machine == ["en": "Hello"])
    text.set("Good day", in: .english)
    #expect(text.text(in: .english) == ("Good day", .english))
    #expect(text.machine.isEmpty)
    text.setMachine("Hello", in: .english)
    #expect(text.machine.isEmpty)
    #expect(LocalizedText([.english: "Hi"], original: .french).text(in: Language("de")) == ("Hi", .english))
    #expect(LocalizedText("", in: .french).text(in: .english) == ("", .french))
    #expect(LocalizedText("", in: .french).isEmpty)
  }
}
