import CommonsDomain
import Foundation
import Testing

/// Files are kept whole, once, under the hash of what they hold.
struct UploadFilesTests {
  @Test(arguments: [("%PDF-1.7\n1 0 obj\n%%EOF\n", true), ("%PDF-1.4 hello", false), ("<html>%%EOF", false), ("", false)])
  func `a document is a PDF with its end`(_ text: String, _ isWhole: Bool) {
    #expect(Uploads.isDocument(Array(text.utf8)) == isWhole)
  }

  @Test func `the same file kept by many at once is kept once, and read whole`() async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/uploads-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let files = UploadFiles(folder: folder)
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let digests = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<20 { group.addTask { try await files.keep(bytes) } }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(digests == [UploadFiles.digest(bytes)])
    let kept = try #require(FileManager.default.enumerator(atPath: folder)?.allObjects as? [String])
    #expect(kept.count { $0.contains(".part") } == 0, "nothing half written stays")
    #expect(await files.read(UploadFiles.digest(bytes)) == bytes)
    #expect(await files.read(UploadFiles.digest([1])) == nil)
  }
}
