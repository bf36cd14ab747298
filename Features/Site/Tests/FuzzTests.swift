import CommonsDomain
import Foundation
import Imports
import Interface
import Localization
import Mail
import Participation
import RichText
import Testing

@testable import Database

/// Whatever comes in: nothing traps, what is read is bounded, what is written is a fixed point, and no request ends in a fault.
struct FuzzTests {
  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func `forms are read or refused, and hold no more than was sent`() async throws {
    let head = "multipart/form-data; boundary=b\n\n"
    let fuzz = Fuzz(
      "forms",
      samples: [
        "application/x-www-form-urlencoded\n\ntitle=Un+banc&body=%C3%80+l%E2%80%99ombre&allow=1%3Avote&allow=2%3Avote",
        head + "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nUn banc\r\n--b\r\nContent-Disposition: form-data; "
          + "name=\"file\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-\r\n--b--\r\n",
      ],
      pieces: [
        "--b", "\r\n--b", "\r\n\r\n", "--b--", "name=", "filename=\"", ";", "&", "=", "%", "%0", "%00", "%E2%80", "+", "boundary=", "\"",
        "multipart/form-data",
      ])
    try await fuzz.run(seconds: 1.5) { bytes in
      let parts = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
      let (type, body) = (Self.text(Array(parts[0])), parts.count > 1 ? Array(parts[1].drop { $0 == 0x0A }) : [])
      let form: FormData
      do { form = try FormData(body: body, type: type) } catch is FormData.Fault { return nil }
      let said = form.fields.pairs.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count } + form.files.reduce(0) { $0 + $1.bytes.count }
      // A byte that is no UTF-8 becomes three.
      if said > 3 * body.count { return "it holds \(said) bytes of \(body.count)" }
      if form.fields.pairs.count + form.files.count > 400 { return "it holds too many fields" }
      if form.fields.pairs.contains(where: { $0.name.utf8.contains(0) || $0.value.utf8.contains(0) }) { return "it holds a NUL" }
      let again = form.fields.pairs.map { Percent.encode($0.name) + "=" + Percent.encode($0.value) }.joined(separator: "&")
      let read = try FormData(body: Array(again.utf8), type: "").fields
      return read == form.fields ? nil : "what it holds is read otherwise when it is sent again"
    }
  }

  @Test func `rich text is a fixed point, and no larger than its limit`() async throws {
    let fuzz = Fuzz(
      "rich text",
      samples: [
        "# Titre\n\nUn *mot* et **deux**, [un lien](https://e.example/?a=1&b=2), https://e.example/x\n\n- un\n- deux\n\n> dit\n\n    code\n",
        "<p>Un <b>mot</b> <a href=\"https://e.example/\" onclick=x>lien</a></p><ul><li>un<li>deux</ul><table><tr><td>1</table><svg><p>x",
      ],
      pieces: [
        "*", "**", "_", "`", "```\n", "[", "](", ")", "<", ">", "</", "<a href=", "<p>", "</p>", "<svg>", "<math>", "<style>", "<script>", "<!--",
        "-->",
        "<template>", "&#", "&amp;", "&lt;", "javascript:", "]]>", "<![CDATA[", "\\", "    ", "> ", "- ", "1. ", "|", "~~", "<table>", "<select>",
      ])
    try await fuzz.run { bytes in
      let source = Self.text(bytes)
      for make in [{ try RichText(markdown: source, limits: .body) }, { try RichText(foreignHTML: source, limits: .body) }] {
        let made: RichText
        do { made = try make() } catch is RichTextError { continue }
        if made.html.utf8.count > max(2_000, source.utf8.count * 5) { return "\(made.html.utf8.count) bytes of \(source.utf8.count)" }
        if let fault = Markup(made.html).faults.first { return "it holds \(fault)" }
        guard try RichText(foreignHTML: made.html).html.utf8.elementsEqual(made.html.utf8) else {
          return "a second pass changes \(made.html.debugDescription)"
        }
      }
      return nil
    }
  }

  @Test func `texts of several languages and catalogues are read or refused, and written as they were read`() async throws {
    let fuzz = Fuzz(
      "flat json",
      samples: [
        #"{"original":"fr","texts":{"en":"Shade","fr":"De l’ombre"}}"#,
        #"{"original":"fr","machine":{"de":"Schatten"},"texts":{"de":"Schatten","fr":"\u00e9\ud83d\ude00"}}"#,
        #"{"a.b":"Un {name}","votes":{"one":"{count} vote","other":"{count} votes"}}"#,
      ], pieces: ["{", "}", "\"", ":", ",", "\\", "\\u", "\\ud83d", "\\u0000", "[", "null", "{count}", "{{", "\"other\":\"x\"", "\"texts\":{"])
    try await fuzz.run(seconds: 1.5) { bytes in
      let source = Self.text(bytes)
      _ = try? Catalogue(language: .french, json: bytes)
      guard let text = try? LocalizedText(stored: source) else { return nil }
      let again = try LocalizedText(stored: text.stored)
      return again == text && again.stored == text.stored ? nil : "written anew it is \(again.stored.debugDescription)"
    }
  }

  @Test func `addresses, names, times, colours and cookies are read or refused`() async throws {
    let fuzz = Fuzz(
      "words",
      samples: [
        "amina@example.org", "\"a b\"@[127.0.0.1]", "https://user@example.org:443/a?b#c", "/fr/processes/place?x=1#y", "2026-09-21T14:13:20",
        "#1d4e89",
        "Europe/Paris", "Amina B. \u{1F600}", "fr-FR;q=0.9, en;q=0.8, *;q=0", "__Host-session=abc; language=fr; a=b; a=c",
      ], pieces: ["@", ".", "..", "//", ":", "/", "?", "#", "\\", ";q=", "q=1.000", ",", "=", ";", "xn--", "[", "]", "T", "-", "../", "Etc/UTC"],
      longest: 600)
    try await fuzz.run(seconds: 1.5) { bytes in
      let text = Self.text(bytes)
      if let address = try? EmailAddress(text) {
        guard let again = try? EmailAddress(address.text), again.key == address.key else {
          return "an accepted address is refused when it is sent again"
        }
        if address.text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) { return "an address holds a space or a control byte" }
      }
      if WebAddress.isWeb(text), WebAddress.host(text).isEmpty { return "a web address without a host" }
      if LocalPath.isSafe(text), !text.hasPrefix("/") || text.hasPrefix("//") || text.contains("\\") { return "a local path that leads away" }
      if let name = DisplayName.clean(text), DisplayName.clean(name) != name { return "a name that changes when it is cleaned again" }
      if let colour = BrandColour(hex: text), BrandColour(hex: colour.hex)?.hex != colour.hex { return "a colour that changes" }
      if let zone = Zone(text), let time = zone.instant(isoDateTime: "2026-09-21T14:13:20") { _ = zone.local(time.milliseconds) }
      if let paris = Zone("Europe/Paris"), let time = paris.instant(isoDateTime: text), time.note == .exact {
        guard paris.local(time.milliseconds).isoDateTime.prefix(16) == text.prefix(16).replacingOccurrences(of: " ", with: "T") else {
          return "a time that is shown otherwise"
        }
      }
      _ = Language.negotiate(text, among: [.french, .english])
      let cookies = Cookies(header: text)
      if let value = cookies["a"], value.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) { return "a cookie with \(value.debugDescription)" }
      return nil
    }
  }

  @Test func `a file to import is taken or refused in words`() async throws {
    let author = #"{"id":1,"name":"Amina","official":false}"#
    let sample =
      #"{"source":"s","sections":[{"id":1,"title":"Titre","subtitle":""}],"opinions":[{"id":1,"section":1,"title":"Article","body_html":"<p>x</p>","#
      + #""author":\#(author),"created_at":"2015-09-26T02:27:54+0200","trashed":false,"votes":{"for":1,"mixed":2,"against":3},"versions_count":0,"#
      + #""appendices":[{"type":"a","body_html":"x"}],"legal_text_changes":[{"title":"t","before_html":"a","after_html":"b"}],"#
      + #""sources":[{"title":"t","link":"https://e.example","body":"b","category":"c","author":\#(author),"created_at":"2015-09-26T02:27:54+0200","votes":1}],"#
      + #""arguments":[{"id":1,"side":"for","body":"b","author":\#(author),"created_at":"2015-09-26T02:27:54+0200","votes":1,"trashed":false}]}]}"#
    _ = try RepubliqueNumerique(json: Data(sample.utf8), name: "sample.json") { _, _, _ in }
    let fuzz = Fuzz(
      "import", samples: [sample],
      pieces: ["{", "}", "[", "]", "null", "true", "1e400", "9999999999", ",", "\"", "\"id\":2", "2015-99-99T99:99:99+9999"])
    try await Town.with(.sqlite) { town in
      var taken = 0
      try await fuzz.run(seconds: 2) { bytes in
        let file: RepubliqueNumerique
        do { file = try RepubliqueNumerique(json: Data(bytes), name: "f.json") { _, _, _ in } } catch is ImportFault { return nil }
        taken += 1
        // What is accepted is also written; then it makes room for the next.
        do { _ = try await file.run(in: town.database) { _, _, _ in } } catch is ImportFault { return nil }
        try await town.database.write { db in
          for statement in [
            "UPDATE resources SET imported_key = NULL", "UPDATE authors SET imported_key = NULL", "UPDATE sections SET imported_key = NULL",
          ] as [SQL] { try db.run(statement) }
          try db.run("UPDATE spaces SET imported_key = NULL, slug = 'past-' || CAST(id AS TEXT) WHERE imported_key IS NOT NULL")
        }
        return nil
      }
      #expect(taken > 0)
    }
  }

  @Test(arguments: DatabaseKind.allCases) func `nothing that is searched for breaks a search`(_ kind: DatabaseKind) async throws {
    try await Town.with(kind) { town in
      _ = try await town.propose("Un banc à l’ombre", "Près du tilleul, côté école.", by: town.amina)
      let fuzz = Fuzz(
        "search on " + kind.rawValue, samples: ["banc ombre", "\"tilleul école\"", "title:banc AND body:tilleul NOT x", "banc* NEAR(a b, 3)"],
        pieces: [
          "\"", "'", "*", "^", "-", ":", "(", ")", " OR ", " AND ", " NEAR ", "{", "}", "\\", "&", "|", "!", "<->", ":*", "%", "_", "straße", "ﬁ",
          "ß",
        ], longest: 800)
      try await fuzz.run(seconds: 1.5) { bytes in
        let query = Self.text(bytes.filter { $0 != 0 })
        let hits = try await town.find(query)
        _ = try await town.database.read { db in
          try Search.similar(to: query, kind: .proposal, in: town.space, language: .french, limit: 3, db)
        }
        return hits.count <= 1 ? nil : "\(hits.count) found among one"
      }
    }
  }

  @Test func `no request ends in a fault`() async throws {
    try await Town.with(.sqlite) { town in
      let full = try await FullTown(town, saying: "girouette")
      let site = try await TownSite.open(town)
      let people = [nil, try await site.signIn(town.amina), try await site.signIn(town.chloe)]
      let posts = site.routes.filter { $0.method == .post }.map { route in
        "POST /fr" + route.pattern.split(separator: "/").map { "/" + (full.filled[String($0)] ?? String($0)) }.joined()
      }
      let gets = site.addresses(full.filled, languages: ["fr"]).map { "GET " + $0 }
      let fields = "\n\ntitle=a&body=b&choice=for&edition=1&read=1&_step=review&section=1&kind=press&side=for&email=a%40b.example&allow=1%3Avote"
      let fuzz = Fuzz(
        "requests",
        samples: posts.map { $0 + fields } + gets.map { $0 + "?page=2&order=votes&q=banc&theme=1\nAccept-Language: fr;q=0.5\nCookie: a=b\n\n" },
        pieces: [
          "/", "?", "&", "=", "%2F", "%00", "..", "/fr", "/en", "\n", ": ", "Cookie: __Host-session=", "Accept-Encoding: gzip\n", "HEAD ", "page=",
          "999999999999999999",
        ])
      var turn = 0
      try await fuzz.run(seconds: 4) { bytes in
        turn += 1
        let text = Self.text(bytes)
        let halves = text.components(separatedBy: "\n\n")
        let lines = halves[0].split(separator: "\n", omittingEmptySubsequences: false)
        let start = lines[0].split(separator: " ", maxSplits: 1)
        var headers = ["Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"]
        for line in lines.dropFirst() {
          let parts = line.components(separatedBy: ": ")
          if parts.count > 1 { headers[parts[0]] = parts[1] }
        }
        let (method, path) = (String(start.first ?? "GET"), start.count > 1 ? String(start[1]) : "/")
        let reply = try await site.send(method, path, people[turn % 3], headers, Array(halves.dropFirst().joined(separator: "\n\n").utf8))
        if reply.text.utf8.count > 600_000 { return "an answer of \(reply.text.utf8.count) bytes" }
        return reply.status < 500 ? nil : "\(method) \(path) as \(turn % 3): \(reply.status)"
      }
    }
  }

  @Test func `a case that is wrong is found, with its seed, and cut to what matters`() async throws {
    try await withKnownIssue {
      try await Fuzz("itself", samples: ["abcdefgh"], pieces: ["!!"]).run(seconds: 0.2) { bytes in
        bytes.contains(UInt8(ascii: "!")) ? "an exclamation mark" : nil
      }
    } matching: { issue in
      let words = "\(issue)"
      return words.contains("seed") && words.contains("shortest: \\\"!\\\"") || words.contains("shortest: \"!\"") || words.contains("too few cases")
    }
  }
}
