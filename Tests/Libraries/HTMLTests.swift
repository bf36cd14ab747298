import HTML
import RichText
import Testing

@Suite struct HTMLTests {
  private func written(_ write: (HTML) -> Void) -> String {
    let page = HTML(capacity: 64)
    write(page)
    return page.string
  }

  @Test func `text and attribute values are escaped, NUL is replaced`() {
    #expect(written { $0.text("<a href=\"x\">'&'\0</a>") } == "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;\u{FFFD}&lt;/a&gt;")
    #expect(written { page in page.p(.id("\"><script>")) { page.text("é") } } == "<p id=\"&quot;&gt;&lt;script&gt;\">é</p>")
  }

  @Test func `an attribute is written with its value, bare, or not at all`() {
    let text = written { $0.void("input", [.type("text"), .flag("required"), .flag("disabled", false), .named("min", ifPresent: nil), .value("")]) }
    #expect(text == "<input type=\"text\" required value=\"\">")
  }

  @Test func `a paragraph and a list without content are not written, and what stood before stays`() {
    let text = written { page in
      page.text("before")
      page.p(.class("lead")) {}
      page.ul { page.li("one") }
      page.ul {}
    }
    #expect(text == "before<ul><li>one</li></ul>")
  }

  @Test func `what is known late is written at its place`() {
    let text = written { page in
      page.text("a")
      let place = page.place
      page.text("c")
      page.write(at: place) { page.b("b") }
      page.text("d")
    }
    #expect(text == "a<b>b</b>cd")
  }

  @Test func `a page larger than its first memory is whole`() {
    let line = String(repeating: "é<", count: 50)
    let text = written { page in for _ in 0..<200 { page.p(line) } }
    #expect(text == String(repeating: "<p>" + String(repeating: "é&lt;", count: 50) + "</p>", count: 200))
    #expect(written { _ in } == "")
  }

  @Test(arguments: ["/fr/x", "#part", "?page=2", "/a?b=//c"]) func `a path of this site is a local address`(address: String) {
    #expect(Address.isLocal(address))
    #expect(written { $0.a("x", .href(address)) }.contains("href=\"\(address)\""))
  }

  @Test(arguments: ["", "//evil.org", "/\\evil.org", "javascript:alert(1)", "https://evil.org", " /x", "/a\nb", "x"])
  func `anything else leads nowhere`(address: String) {
    #expect(!Address.isLocal(address))
    #expect(written { $0.a("x", .href(address)) } == "<a href=\"#\">x</a>")
  }

  @Test func `only the web and mail are foreign addresses`() {
    #expect(Address.isForeign("https://a.org") && Address.isForeign("HTTP://a.org") && Address.isForeign("mailto:a@b.org"))
    for address in ["https://", "javascript:x", "data:text/html,x", "https://a b"] { #expect(!Address.isForeign(address)) }
  }
}
