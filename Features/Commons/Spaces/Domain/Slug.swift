package import Database
import Foundation

/// The part of an address that names a space: 2 to 60 lower-case letters, digits and single hyphens, none of the site's own words.
package enum Slug {
  static let reserved: Set<String> = [
    "vote", "follow", "useful", "publish", "new", "admin", "api", "assets", "health", "metrics", "search", "account", "well-known", "favicon",
    "robots",
  ]

  package static func isValid(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard (2...60).contains(bytes.count), !reserved.contains(text) else { return false }
    guard bytes.allSatisfy({ 97...122 ~= $0 || 48...57 ~= $0 || $0 == UInt8(ascii: "-") }) else { return false }
    guard bytes.first != UInt8(ascii: "-"), bytes.last != UInt8(ascii: "-") else { return false }
    return !zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "-") && $1 == UInt8(ascii: "-") }
  }
}

extension Slug {
  /// The address that a title suggests: its letters without accents, its digits, hyphens between words; cut after a whole word where it can be.
  package static func suggested(by title: String) -> String {
    let plain = title.replacing("œ", with: "oe").replacing("Œ", with: "oe").decomposedStringWithCompatibilityMapping.lowercased()
    var words: [String] = [""]
    for scalar in plain.unicodeScalars {
      switch scalar.value {
      case 97...122, 48...57: words[words.count - 1].unicodeScalars.append(scalar)
      case 0x300...0x36F: continue
      default: words.append("")
      }
    }
    var slug = ""
    for word in words where !word.isEmpty {
      if slug.isEmpty {
        slug = String(word.prefix(longestSuggested))
      } else if slug.utf8.count + 1 + word.utf8.count <= longestSuggested {
        slug += "-" + word
      } else {
        break
      }
    }
    return isValid(slug) ? slug : "demarche"
  }

  /// Leaves room for a number behind it.
  private static let longestSuggested = 50
}

extension Spaces {
  /// The address that a title suggests, with a number behind it while another process has it.
  package static func freeSlug(like title: String, in db: Reading) throws -> String {
    let slug = Slug.suggested(by: title)
    for number in 1...999 {
      let tried = number == 1 ? slug : "\(slug)-\(number)"
      if try db.count("SELECT COUNT(*) FROM spaces WHERE slug = $1", tried) == 0 { return tried }
    }
    throw Refusal("refusal.slug-taken")
  }
}
