import RichText
import Testing

@Suite struct `Rich text from Markdown` {
  @Test func `paragraphs, lists, quotes, code and emphasis are written in one form`() throws {
    let source = "Un *mot* et **deux**.\n\n- a\n- b\n\n1. un\n2. deux\n\n> cité\n\n```\n x < y\n```\n\n---\n"
    let html = try RichText(markdown: source).html
    #expect(
      html == "<p>Un <em>mot</em> et <strong>deux</strong>.</p><ul><li>a</li><li>b</li></ul><ol><li>un</li><li>deux</li></ol>"
        + "<blockquote><p>cité</p></blockquote><pre><code> x &lt; y\n</code></pre><hr>")
  }

  @Test func `the highest heading is h3 and the others keep their distance to it`() throws {
    #expect(try RichText(markdown: "# a\n## b\n### c\n#### d").html == "<h3>a</h3><h4>b</h4><h5>c</h5><h6>d</h6>")
    #expect(try RichText(markdown: "## b\n### c").html == "<h3>b</h3><h4>c</h4>")
    #expect(try RichText(markdown: "### c\n###### f").html == "<h3>c</h3><h6>f</h6>")
  }

  @Test func `links outside the site say what they are, links inside do not`() throws {
    #expect(
      try RichText(markdown: "[a](https://example.org/x?b=1&c=2)").html
        == "<p><a href=\"https://example.org/x?b=1&amp;c=2\" rel=\"nofollow ugc noopener\">a</a></p>")
    #expect(
      try RichText(markdown: "[a](/x) [b](#y) [c](mailto:d@example.org)").html
        == "<p><a href=\"/x\">a</a> <a href=\"#y\">b</a> <a href=\"mailto:d@example.org\">c</a></p>")
  }

  @Test(arguments: [
    "javascript:alert(1)", "JavaScript:alert(1)", "java&#x09;script:alert(1)", "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)",
    "&#106avascript:alert(1)", "&#x6A;avascript&colon;alert(1)", "data:text/html;base64,PHNjcmlwdD4=", "vbscript:msgbox(1)", "//evil.example",
    "\\\\evil.example",
    "file:///etc/passwd", "https:evil", "https://bank.example@evil.example", "http://", "tel:1", "relative/path", "?q=1", "<javascript:x>",
    "\u{1}javascript:x",
  ])
  func `an address of another kind makes no link`(_ address: String) throws {
    for source in [
      "[a](\(address))", "[a]: \(address)\n\n[a]", "<\(address)>", "[a](<\(address)> \"t\")", "![a](\(address))", "[![a](\(address))](\(address))",
    ] {
      let html = try RichText(markdown: source).html
      #expect(!html.contains("href=") && !html.contains("src="), "\(source) gave \(html)")
    }
  }

  @Test func `raw HTML, comments, images and CDATA leave only words`() throws {
    let source =
      "<div onclick=x>un</div>\n\ndeux <b style=x>trois</b> <!--> <img src=x onerror=y> --> ![quatre](x\"onerror=)\n\n"
      + "![cinq](/a.png \"t\") <![CDATA[<p>]]>"
    let html = try RichText(markdown: source).html
    #expect(!html.contains("onclick=") && !html.contains("<img") && !html.contains("<b") && !html.contains("<div") && !html.contains("src="))
    #expect(html.contains("cinq") && html.contains("trois"))
  }

  @Test func `a link in a link is not nested`() throws {
    let html = try RichText(markdown: "[a [b](/b) c](/a) <https://example.org/[x](/y)>").html
    #expect(Markup(html).problem == nil)
  }

  @Test func `bare addresses become links without the signs of the sentence around them`() throws {
    func link(_ address: String) -> String {
      "<a href=\"\(address)\" rel=\"nofollow ugc noopener\">\(address)</a>"
    }
    #expect(try RichText(markdown: "Voir https://example.org/a_b_c.").html == "<p>Voir \(link("https://example.org/a_b_c")).</p>")
    #expect(try RichText(markdown: "(http://example.org/a(b))").html == "<p>(\(link("http://example.org/a(b)")))</p>")
    #expect(try RichText(markdown: "«\u{A0}https://example.org\u{A0}»").html == "<p>«\u{A0}\(link("https://example.org"))\u{A0}»</p>")
    #expect(
      try RichText(markdown: "xhttps://example.org `https://example.org` https:// http://a@b.example").html
        == "<p>xhttps://example.org <code>https://example.org</code> https:// http://a@b.example</p>")
    #expect(try RichText(markdown: "[https://example.org/x](/a)").html == "<p><a href=\"/a\">https://example.org/x</a></p>")
  }

  @Test func `words that show another site than the link leads to are followed by its host`() throws {
    #expect(try RichText(markdown: "[bank.fr](https://Evil.example/bank)").html.contains(">bank.fr [evil.example]</a>"))
    #expect(try RichText(markdown: "[https://**bank**.fr](https://evil.example)").html.contains("</strong>.fr [evil.example]</a>"))
    #expect(try RichText(markdown: "[www.BANK.FR](https://evil.example)").html.contains("[evil.example]"))
    #expect(try !RichText(markdown: "[le rapport.pdf de www.example.org](https://www.example.org/r)").html.contains("["))
    #expect(try !RichText(markdown: "[rapport.pdf](https://example.org/r)").html.contains("["))
  }

  @Test func `a source beyond its limit is refused with both sizes`() {
    #expect(throws: RichTextError.tooLong(bytes: 20_001, limit: 20_000)) { try RichText(markdown: String(repeating: "a", count: 20_001)) }
    #expect(throws: RichTextError.tooLong(bytes: 5_002, limit: 5_000)) {
      try RichText(
        markdown: String(repeating: "é", count: 2_501),
        limits: .comment)
    }
    #expect(throws: Never.self) { try RichText(markdown: String(repeating: "é", count: 2_500), limits: .comment) }
  }

  @Test(arguments: ["> ", "- ", "> - ", "* * ", "1. "])
  func `a small source makes no huge page`(_ unit: String) {
    let source = String(repeating: unit, count: 20_000 / unit.utf8.count - 1) + "a"
    do {
      let html = try RichText(markdown: source).html
      #expect(html.utf8.count <= 100_000)
      #expect(Markup(html).problem == nil)
    } catch { #expect(error as? RichTextError == .amplified) }
  }

  @Test func `plain text has no markup, its blocks stand on lines, and its white space is folded`() throws {
    let text = try RichText(markdown: "# Eau &amp; *air*\n\nligne une\nligne deux  \nligne trois\n\n- <i>a</i>\n- b&lt;c 'd' \"e\"")
    #expect(text.plain == "Eau & air\nligne une ligne deux\nligne trois\na\nb<c 'd' \"e\"")
    #expect(try RichText(markdown: " \n\n&nbsp;\n").isEmpty)
    #expect(RichText(stored: "<p>a<").plain == "a")
  }

  @Test func `plain paragraphs are no markup`() {
    #expect(RichText(paragraphs: "# a <b>\r\n\r\n \r\n[c](d)\u{0}").html == "<p># a &lt;b&gt;</p><p>[c](d)</p>")
  }
}
