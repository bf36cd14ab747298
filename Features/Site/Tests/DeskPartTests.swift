import CommonsDomain
import Testing

/// The parts of a process at the desk: texts that are empty, phases that overlap, documents, the image.
struct DeskPartTests {
  @Test func `a text without article is not published, and phases that overlap are pointed at`() async throws {
    try await DeskTests.withDraft { town, site, chloe in
      _ = try await site.post(DeskTests.base + "/commitment", DeskTests.promise, as: chloe)
      _ = try await site.post(DeskTests.base + "/activities/new", [("kind", "texts"), ("title_fr", "Le règlement")], as: chloe)
      let text = try await DeskTests.newest("components", town)
      let times = [("name_fr", "Lire"), ("starts", "2026-09-20T08:00"), ("ends", "2026-10-20T08:00"), ("allow", "\(text):vote")]
      _ = try await site.post(DeskTests.base + "/phases/new", times, as: chloe)
      let reply = try await site.post(DeskTests.base + "/publish", [], as: chloe)
      #expect(reply.status == 422)
      #expect(reply.text.contains("Un texte est encore vide"))
      #expect(reply.text.contains("href=\"\(DeskTests.base)/activities/\(text)/articles\""))
      #expect(!reply.text.contains("se chevauchent"))
      let articles = DeskTests.base + "/activities/\(text)/articles"
      _ = try await site.post(articles + "/sections/new", [("section_title_fr", "Tout")], as: chloe)
      let section = try await town.database.read { db in try db.first("SELECT MAX(id) FROM sections") { $0.int64(0) } ?? 0 }
      let article = [("title", "Article 1"), ("body", "Le marché ouvre à huit heures."), ("section", String(section))]
      #expect(try await site.post(articles + "/new", article, as: chloe).status == 303)
      // One that begins the moment another ends does not overlap it; one that begins before does.
      let next = [("name_fr", "Voter"), ("starts", "2026-10-20T08:00"), ("ends", "2026-12-20T08:00"), ("allow", "\(text):vote")]
      _ = try await site.post(DeskTests.base + "/phases/new", next, as: chloe)
      #expect(try await !site.get(DeskTests.base, as: chloe).text.contains("se chevauchent"))
      let early = [("name_fr", "Répondre"), ("starts", "2026-12-19T08:00"), ("ends", "2026-12-30T08:00"), ("allow", "\(text):vote")]
      _ = try await site.post(DeskTests.base + "/phases/new", early, as: chloe)
      #expect(try await site.get(DeskTests.base, as: chloe).text.contains("«\u{A0}Voter\u{A0}» et «\u{A0}Répondre\u{A0}» se chevauchent"))
      #expect(try await site.post(DeskTests.base + "/publish", [], as: chloe).status == 303)
    }
  }

  @Test func `a document is renamed and taken away, an image described and taken away`() async throws {
    try await DeskTests.withDraft { town, site, chloe in
      _ = try await site.post(
        DeskTests.base + "/documents/new", [("document_title_fr", "Le plan"), ("document_address", "https://plan.example/")], as: chloe)
      let document = try await town.database.read { db in try db.first("SELECT MAX(id) FROM documents") { $0.int64(0) } ?? 0 }
      let page = DeskTests.base + "/documents/\(document)"
      #expect(try await site.get(page, as: chloe).text.contains("https://plan.example/"))
      #expect(try await site.post(page, [("document_title_fr", "")], as: chloe).status == 422)
      #expect(try await site.post(page, [("document_title_fr", "Le plan de la place")], as: chloe).status == 303)
      #expect(try await site.get(DeskTests.base, as: chloe).text.contains("Le plan de la place"))
      #expect(try await site.post(page, [("_remove", "1")], as: chloe).status == 303)
      #expect(try await site.get(page, as: chloe).status == 404)
      let image = DeskTests.base + "/image"
      #expect(try await site.post(image, [("image_words_fr", "La place")], as: chloe).status == 422, "there is no picture to describe")
      #expect(try await site.post(image, [("image_words_fr", "La \"place\"")], file: ("image", [0x89] + Array("PNG".utf8)), as: chloe).status == 303)
      #expect(try await site.get("/fr/processes/marche", as: chloe).text.contains("alt=\"La &quot;place&quot;\""))
      #expect(try await site.post(image, [("image_words_fr", "")], as: chloe).status == 303)
      #expect(try await site.get("/fr/processes/marche", as: chloe).text.contains("alt=\"\""))
      #expect(try await site.post(image, [("_remove", "1")], as: chloe).status == 303)
      #expect(try await !site.get("/fr/processes/marche", as: chloe).text.contains("<figure"))
    }
  }
}
