import Testing

@testable import Interface

@Suite struct FormDataTests {
  private func read(_ body: String, _ type: String = "application/x-www-form-urlencoded") throws -> FormData {
    try FormData(body: Array(body.utf8), type: type)
  }

  // MARK: URL-encoded

  @Test func `names and values are decoded once`() throws {
    let fields = try read("a=1+2&b%C3%A9=%E2%82%AC&c=%2541&d&=e&a=3&&f=g=h").fields
    #expect(fields["a"] == "1 2", "the first of a name counts")
    #expect(fields.all("a") == ["1 2", "3"])
    #expect(fields["bé"] == "€")
    #expect(fields["c"] == "%41")
    #expect(fields["d"] == "" && fields[""] == "e" && fields["f"] == "g=h")
    #expect(fields["x"] == nil)
  }

  @Test(arguments: [
    ("a=%", "%"), ("a=%4", "%4"), ("a=%zz", "%zz"), ("a=%4%41", "%4A"), ("a=x%00y", "xy"), ("a=%FF", "\u{FFFD}"),
    ("a=1%0D%0A2%0D3%0A4", "1\n2\n3\n4"),
  ])
  func `what is no encoding stays, NUL goes, line breaks are one byte`(body: String, value: String) throws {
    #expect(try read(body).fields["a"] == value)
  }

  @Test func `four hundred fields are read, one more is refused`() throws {
    func body(_ count: Int) -> String { (0..<count).map { "f\($0)=1" }.joined(separator: "&") }
    #expect(try read(body(400)).fields.pairs.count == 400)
    #expect(throws: FormData.Fault.tooManyFields) { try read(body(401)) }
  }

  @Test func `a body of another type is no form`() throws {
    #expect(throws: FormData.Fault.unknownType) { try read("{}", "application/json") }
    #expect(throws: FormData.Fault.unknownType) { try read("a=1", "text/plain") }
    #expect(try read("a=1", "Application/X-WWW-Form-URLencoded; charset=UTF-8").fields["a"] == "1")
    #expect(try read("a=1", "").fields["a"] == "1")
  }

  // MARK: Multipart

  private let multipart = "multipart/form-data; boundary=b"

  private func part(_ head: String, _ content: String) -> String { "--b\r\n\(head)\r\n\r\n\(content)\r\n" }
  private func field(_ name: String, _ content: String = "1") -> String { part("Content-Disposition: form-data; name=\"\(name)\"", content) }

  @Test func `fields and files are told apart, and a file's bytes stay as they are`() throws {
    let file = part("Content-Disposition: form-data; filename=\"a \0\r.png\"; name=\"picture\"\r\nContent-Type: image/png", "\r\n\0--b \r\n")
    let form = try read(field("title", "one\r\ntwo") + file + "--b--\r\n", multipart)
    #expect(form.fields["title"] == "one\ntwo")
    #expect(form.fields["picture"] == nil)
    #expect(form.files.map(\.name) == ["picture"])
    #expect(form.files.first?.filename == "a ")
    #expect(form.files.first?.bytes == Array("\r\n\0--b \r\n".utf8))
  }

  @Test func `a boundary may be quoted`() throws {
    #expect(try read(field("a") + "--b--", "multipart/form-data; boundary=\"b\"; charset=utf-8").fields["a"] == "1")
  }

  @Test func `four hundred parts are read, one more is refused`() throws {
    func body(_ count: Int) -> String { (0..<count).map { field("f\($0)") }.joined() + "--b--" }
    #expect(try read(body(400), multipart).fields.pairs.count == 400)
    #expect(throws: FormData.Fault.tooManyFields) { try read(body(401), multipart) }
  }

  @Test func `a part's head of four thousand and ninety-six bytes is read, a longer one is refused`() throws {
    // The line break behind the boundary counts as well.
    func head(_ size: Int) -> String {
      let line = "Content-Disposition: form-data; name=\"a\"\r\nX: "
      return part(line + String(repeating: "x", count: size - line.utf8.count - 2), "1") + "--b--"
    }
    #expect(try read(head(4_096), multipart).fields["a"] == "1")
    #expect(throws: FormData.Fault.malformed) { try read(head(4_097), multipart) }
  }

  @Test(arguments: [
    "", "--b", "--b\r\n", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1",
    "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b",
    "--bContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--", "--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--",
    "--b\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\n1\r\n--b--",
  ])
  func `a body that is cut off, or a part without a name, is refused`(body: String) {
    #expect(throws: FormData.Fault.malformed) { try read(body, multipart) }
  }

  @Test func `a boundary has one to seventy bytes`() throws {
    func form(_ boundary: String) throws -> FormData {
      try read("--\(boundary)\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--\(boundary)--", "multipart/form-data; boundary=\(boundary)")
    }
    #expect(try form(String(repeating: "x", count: 70)).fields["a"] == "1")
    #expect(throws: FormData.Fault.malformed) { try form(String(repeating: "x", count: 71)) }
    #expect(throws: FormData.Fault.malformed) { try form("") }
    #expect(throws: FormData.Fault.malformed) { try read("--b--", "multipart/form-data") }
  }

  @Test func `an empty form holds nothing`() throws {
    let form = try read("--b--\r\n", multipart)
    #expect(form.fields.pairs.isEmpty && form.files.isEmpty)
    #expect(try read("").fields.pairs.isEmpty)
  }
}

@Suite struct CookieTests {
  @Test func `cookies are read by name`() {
    let cookies = Cookies(header: "session=abc-_.~; language=fr;empty=; x=a=b")
    #expect(cookies["session"] == "abc-_.~")
    #expect(cookies["language"] == "fr")
    #expect(cookies["empty"] == "")
    #expect(cookies["x"] == "a=b")
    #expect(cookies["Session"] == nil && cookies["other"] == nil)
  }

  @Test(arguments: ["session=a; session=b", "session=a; session=a", "session=a; session=b; session=c", "session=; session=b"])
  func `a name that comes twice is taken as not sent`(header: String) {
    let cookies = Cookies(header: header + "; language=fr")
    #expect(cookies["session"] == nil)
    #expect(cookies["language"] == "fr")
  }

  @Test(arguments: ["\"abc\"", "a b", "a%20b", "é", "a\tb", "a\0b", "a\u{7F}"])
  func `a value with a sign that no cookie of ours holds is passed over`(value: String) {
    let cookies = Cookies(header: "session=\(value); language=fr")
    #expect(cookies["session"] == nil)
    #expect(cookies["language"] == "fr")
  }

  @Test func `forty cookies in eight thousand bytes are read`() {
    let many = Cookies(header: (0..<41).map { "c\($0)=1" }.joined(separator: "; "))
    #expect(many["c39"] == "1" && many["c40"] == nil)
    let long = Cookies(header: "first=1; long=\(String(repeating: "x", count: 8_192)); last=1")
    #expect(long["first"] == "1" && long["last"] == nil)
  }

  @Test func `what is no cookie is passed over`() {
    for header in ["", ";", ";;;", "session", " ; session ;"] { #expect(Cookies(header: header)["session"] == nil, "\(header)") }
  }
}
