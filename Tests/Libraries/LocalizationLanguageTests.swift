import Localization
import Testing

@Suite struct `Choosing a language` {
  private let offered: [Language] = [.french, .english]

  @Test(arguments: [
    ("fr", "fr"), ("en", "en"), ("en-GB,fr;q=0.8", "en"), ("fr;q=0.8, en", "en"), ("de, en;q=0.5, fr;q=0.7", "fr"), ("*", "fr"),
    ("*, fr;q=0", "en"),
    ("EN ; Q=0.3", "en"), ("en;q=0.5,fr;q=0.5", "en"), ("en-US,en;q=0.5,fr;q=0.8", "en"), ("de,*;q=0.1", "fr"), ("en;q=0.001", "en"), ("fr-CA", "fr"),
  ])
  func `the language of the highest weight is chosen`(header: String, expected: String) {
    #expect(Language.negotiate(header, among: offered)?.tag == expected)
  }

  @Test(arguments: [
    "", "de", "en;q=0", "en;q=NaN", "en;q=-1", "en;q=inf", "en;q=1e0", "en;q=0x1", "en;q=1.5", "en;q=1.001", "en;q=0.1234", "en;q=", "en;q", "en;;",
    ";q=1",
    "en;level=1;q=1", "e\u{301}n", "../../etc", "en\u{0}", "*;q=0", "english", "en_GB", "en;q=٠.٥",
  ])
  func `junk asks for nothing`(header: String) { #expect(Language.negotiate(header, among: offered) == nil) }

  @Test func `no more than 512 bytes and 16 items are read`() {
    #expect(Language.negotiate(String(repeating: "de,", count: 15) + "en", among: offered) == .english)
    #expect(Language.negotiate(String(repeating: "de,", count: 16) + "en", among: offered) == nil)
    #expect(Language.negotiate(String(repeating: " ", count: 510) + "en", among: offered) == .english)
    #expect(Language.negotiate(String(repeating: " ", count: 510) + "en-gb", among: offered) == nil)
    #expect(Language.negotiate(String(repeating: ",", count: 1_000_000), among: offered) == nil)
  }

  @Test func `any bytes give an offered language or none`() {
    var random = SystemRandomNumberGenerator()
    let parts = ["fr", "en", "*", ";", "q=", "0", "1", ".", "5", ",", " ", "-", "NaN", "é", "\u{301}", "\0", "9"]
    for _ in 0..<20_000 {
      let header = (0..<Int.random(in: 0...40, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
      if let found = Language.negotiate(header, among: offered) { #expect(offered.contains(found)) }
    }
  }

  @Test func `a tag is in lower case, whatever it was given as`() {
    #expect(Language("pt-BR") == Language("PT-br"))
    #expect(Language("pt-BR").primary == Language("pt"))
    #expect(Language("\u{212A}").tag.utf8.count == 3)
  }
}
