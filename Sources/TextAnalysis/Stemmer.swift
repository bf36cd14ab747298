import CStemmer
import Synchronization

/// One Snowball stemmer (Porter, libstemmer) for each language. It holds state while it works, so each is used behind a lock.
final class Stemmer: @unchecked Sendable {
  private let lock = Mutex(())
  private let stemmer: OpaquePointer

  private init?(_ name: String) {
    guard let stemmer = sb_stemmer_new(name, "UTF_8") else { return nil }
    self.stemmer = stemmer
  }

  private static let french = Stemmer("french")
  private static let english = Stemmer("english")

  static func of(_ language: String) -> Stemmer? {
    switch language {
    case "fr": french
    case "en": english
    default: nil
    }
  }

  func stems(_ words: [String]) -> [String] {
    lock.withLock { _ in words.map(stem).filter { !$0.isEmpty } }
  }

  /// A word that the stemmer cannot take stays as it is.
  private func stem(_ word: String) -> String {
    var written = word
    return written.withUTF8 { bytes in
      guard let size = Int32(exactly: bytes.count), let stem = sb_stemmer_stem(stemmer, bytes.baseAddress, size) else { return word }
      return String(decoding: UnsafeBufferPointer(start: stem, count: Int(sb_stemmer_length(stemmer))), as: UTF8.self)
    }
  }
}
