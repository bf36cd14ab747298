import CAssets
import NIOCore

/// What is embedded in the program: style, icons, catalogues, schema, texts. Pages name assets by the hash of their content.
package enum ServedAssets {
  /// The bytes of an embedded file by its path in the repository; nil when it is not embedded.
  package static func bytes(_ name: String) -> [UInt8]? {
    for index in 0..<isegoria_asset_count where String(cString: isegoria_asset(index).name) == name {
      let asset = isegoria_asset(index)
      return Array(UnsafeBufferPointer(start: asset.bytes, count: asset.size))
    }
    return nil
  }

  /// The text of an embedded file; empty when it is not embedded.
  package static func text(_ name: String) -> String { String(decoding: bytes(name) ?? [], as: UTF8.self) }

  /// Names of all embedded files, sorted.
  package static var names: [String] { (0..<isegoria_asset_count).map { String(cString: isegoria_asset($0).name) }.sorted() }

  private static let types = ["isegoria.css": "text/css; charset=utf-8", "icons.svg": "image/svg+xml", "favicon.svg": "image/svg+xml"]

  /// Address to content of what browsers may fetch.
  static let served: [String: MicroCache.Entry] = {
    var served: [String: MicroCache.Entry] = [:]
    for (name, type) in types {
      guard let bytes = bytes("Assets/" + name) else { continue }
      var answer = Answer(type: type, bytes: bytes)
      answer.isForever = true
      served[address(of: name, bytes)] = MicroCache.entry(answer, at: 0, secure: false)
    }
    return served
  }()

  private static let addresses: [String: String] = {
    var addresses: [String: String] = [:]
    for name in types.keys {
      addresses[name] = bytes("Assets/" + name).map { address(of: name, $0) } ?? ""
    }
    return addresses
  }()

  private static func address(of name: String, _ bytes: [UInt8]) -> String {
    "/assets/" + MicroCache.etag(bytes).dropFirst().prefix(12) + "/" + name
  }

  /// The address of an asset, which changes with its content.
  package static func address(_ name: String) -> String { addresses[name] ?? "" }

  /// What the address of a drawing begins with; its name follows.
  static let drawings = address("icons.svg") + "#"
}
