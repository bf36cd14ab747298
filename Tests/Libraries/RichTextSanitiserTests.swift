import RichText
import Testing

@Suite struct `Rich text from foreign HTML` {
  private func html(_ source: String) throws -> String { try RichText(foreignHTML: source).html }

  @Test(arguments: [
    ("a<b>b</b>", "<p>a<strong>b</strong></p>"),
    ("<p>a<p>b", "<p>a</p><p>b</p>"),
    ("<div>a<div>b</div>c</div>", "<p>a</p><p>b</p><p>c</p>"),
    ("<p>a<div>b</div></p>", "<p>a</p><p>b</p>"),
    ("<b><p>a</p><p>b</p></b>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
    ("<a href=/x><div>a</div><div>b</div></a>", "<p><a href=\"/x\">a</a></p><p><a href=\"/x\">b</a></p>"),
    ("<span style='x'>a </span> <span>b</span>", "<p>a b</p>"),
    ("<ul><li>a<li>b<ul><li>c</ul></ul>", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
    ("<ul>a<p>b</p><ul><li>c</li></ul></ul>", "<ul><li>a</li><li><p>b</p></li><li><ul><li>c</li></ul></li></ul>"),
    ("<li>a</li>", "<p>a</p>"),
    ("<h1 id=x class=y>a</h1><h2 name=z>b</h2>", "<h3>a</h3><h4>b</h4>"),
    ("<h3>a</h3><h4>b</h4>", "<h3>a</h3><h4>b</h4>"),
    ("<h2><p>a</p></h2>", "<h3>a</h3>"),
    ("<table><tr><td>a<td>b</table>", "<p>a</p><p>b</p>"),
    ("a<br>b<br><br><br>c<br>", "<p>a<br>b<br><br>c</p>"),
    ("<p></p><p> </p><p>&nbsp;</p><b></b><ul><li></li></ul><blockquote></blockquote>", ""),
    ("<pre>\n\n a\n  b</pre>", "<pre> a\n  b</pre>"),
    ("<img src=x alt='une &lt;carte&gt;' onerror=y>", "<p>une &lt;carte&gt;</p>"),
    ("<b><b>a</b></b>", "<p><strong>a</strong></p>"),
    ("a &#1;&#x80;&#0;&amp;lt; \u{202E}b", "<p>a €\u{FFFD}&amp;lt; \u{202E}b</p>"),
    ("<title>x</title><script>y</script>a<style>z</style><!-- c --><?php d ?><!doctype e>", "<p>a</p>"),
    ("<textarea><p>x</textarea>a<xmp><b></xmp><iframe src=x><p></iframe>", "<p>a</p>"),
    ("a<plaintext>b</plaintext>", "<p>a</p>"),
    ("a < b <3 </ x> <>c", "<p>a &lt; b &lt;3 &lt;&gt;c</p>"),
    ("", ""),
  ])
  func `each source is written in its one form`(_ source: String, _ expected: String) throws {
    let written = try html(source)
    #expect(written == expected)
    #expect(try html(written) == written)
  }

  @Test(arguments: [
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<svg><p><style><img src=x onerror=alert(1)></style></p></svg>", "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><script>alert(1)</script><p>a</p></template>",
    "<select><template><style><!--</style><a rel=\"--></style></select><img id=x onerror=y>\">",
    "<select><iframe></select><img src=x: onerror=alert(1)>", "<svg><foreignObject><p><script>alert(1)</script></foreignObject>",
    "<svg/onload=alert(1)>", "<svg><a xlink:href=\"javascript:alert(1)\">x</a></svg>", "<math href=\"javascript:x\">a</math>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>", "<p style=\"background:url(javascript:x)\" onclick=x formaction=y>a</p>",
    "<form id=attributes><input name=getElementById><button formaction=javascript:x>a</button></form>",
    "<a name=x id=y class=z href=\"/a\" target=_blank onclick=b>c</a>",
    "<isindex action=javascript:x>", "<base href=//evil.example><a href=x>a</a>", "<meta http-equiv=refresh content='0;url=javascript:x'>a",
    "<object data=x><p>b</object>",
    "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<p><svg><desc><table><tr><td><svg></td></tr><script>a</script>", "<![CDATA[<script>alert(1)</script>]]>",
    "<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>",
    "<!--><img src=x onerror=alert(1)>-->", "<!--!><img src=x onerror=alert(1)>--!><b>x", "<a href='java\u{0}script:x'>a</a>",
    "<a\u{301} href=//e>b</a>", "<p\"'><b =\u{338}>c",
    "<a href=\"https://e.example/\"\u{301} onclick=x>y</a>", "<a href=\"/\"\u{301}\"><b>c</a>", "<xss id=x tabindex=1 onfocus=alert(1)>d</xss>",
    "<frameset onload=x><frame src=javascript:y></frameset>", "<p><plaintext><b>e", "<body onload=x><html onclick=y>f", "<ruby>a<rt>b<rp>(</ruby>",
    "<button><p>a<button>b", "<nobr><nobr><font><big>a",
    "<scr<script>ipt>alert(1)</scr</script>ipt>", "<<script>alert(1)//<</script>", "<img src=\"x` `<script>alert(1)</script>\"` `>",
    "<a href=x onclick=\"</a><script>x</script>\">g",
  ])
  func `markup made to change meaning when parsed again stays harmless`(_ source: String) throws {
    for before in ["", "<p>", "<table><td>", "<ul><li>", "<b><i>", "<pre>", "<a href=/q>"] {
      let wrapped = before + source + "<p>z"
      let written = try html(wrapped)
      #expect(Markup(written).problem == nil, "\(wrapped) gave \(written)")
      #expect(try html(written) == written)
    }
  }

  @Test(arguments: [
    "math", "svg", "template", "noscript", "style", "script", "iframe", "object", "select", "textarea", "title", "xmp", "noembed",
    "noframes", "audio", "video", "canvas",
  ])
  func `what is no text for people goes with its content`(_ name: String) throws {
    #expect(try html("a<\(name)>secret</\(name)>b") == "<p>ab</p>")
  }

  @Test(arguments: ["blockquote", "ul><li", "div", "b", "span", "ol><li><p", "a href=/x", "b><i><u", "table><tr><td", "svg", "select", "p><b a=1"])
  func `markup of thousands of levels is refused, of hundreds written within 64 levels`(_ tag: String) throws {
    for levels in [50, 150, 5_000] { try checkDepth(tag, levels) }
  }

  private func checkDepth(_ tag: String, _ levels: Int) throws {
    let source = String(repeating: "<\(tag)>", count: levels) + "a"
    do {
      let written = try html(source)
      let markup = Markup(written)
      #expect(markup.problem == nil)
      #expect(markup.depth <= 62)
      #expect(try html(written) == written)
    } catch { #expect(error as? RichTextError == .amplified && levels > 150) }
  }

  @Test(arguments: [
    "/\\evil.example", "\\\\evil.example", "//evil.example", "/\t/evil.example", "\u{1}javascript:x", "java\nscript:x", "https://a@evil.example",
    "https:\\\\evil.example", "x", "",
    "https://", "https://:80", "https://a b", "https://a.fr:x", "mailto:", "HTTPS:evil", "&#106;avascript:x", "javascript&colon;x",
    "https://a\u{85}.fr", "feed:https://a.fr",
  ])
  func `a foreign address of another kind makes no link`(_ address: String) throws {
    #expect(try html("<a href=\"\(address)\">a</a>") == "<p>a</p>")
  }

  @Test func `more tags than an import may have are refused`() {
    #expect(throws: RichTextError.amplified) { try html(String(repeating: "<p>x", count: 30_001)) }
    #expect(throws: Never.self) { try html(String(repeating: "<p>x", count: 30_000)) }
    #expect(throws: RichTextError.amplified) { try html(String(repeating: "<div/>", count: 5_001)) }
    #expect(throws: Never.self) { try html(String(repeating: "a<br/>", count: 6_000)) }
  }

  @Test func `each scalar before and after a quote closes no attribute`() throws {
    for value in UInt32(0)...0x10FFFF {
      guard value < 0x3000 || value % 251 == 0, let scalar = Unicode.Scalar(value) else { continue }
      let link = "<a href=\"/x&quot;\(scalar)&quot;\u{301}&lt;\(scalar)\u{338}&gt;\">\(scalar)&lt;\u{338}&quot;\u{301}</a>"
      let written = try html(link)
      if Markup(written).problem != nil { Issue.record("U+\(String(value, radix: 16)) gave \(written)") }
    }
  }

  @Test func `importing twice changes nothing, and quotes of French stay as they are`() throws {
    let source =
      "<div class=\"body\"><p>L’article 1<sup>er</sup> dit : «&nbsp;l'eau&nbsp;».</p>"
      + "<ol><li><p>a</p></li></ol><p>&lt;b&gt; \"c\"</p></div>"
    let once = try html(source)
    #expect(once == "<p>L’article 1<sup>er</sup> dit : «\u{A0}l'eau\u{A0}».</p><ol><li><p>a</p></li></ol><p>&lt;b&gt; &quot;c&quot;</p>")
    #expect(try html(once) == once)
  }
}
