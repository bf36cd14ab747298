package import CommonsDomain
package import Database
import Interface
package import Localization

/// The pages that the law and honesty ask for: templates in the program, filled by the settings, or the organization's own words.
package enum LegalPages {
  package static let slugs = ["legal-notice", "terms", "privacy", "moderation-charter", "accessibility"]

  static func title(_ slug: String, _ say: Localizer) -> String { say(MessageKey(storedKey: "legal." + slug)) }

  static func template(_ slug: String, _ language: Language) -> String { ServedAssets.text("Assets/legal/\(language.tag)/\(slug).md") }

  /// What is read: the organization's own words or the template, with the settings filled in; Markdown.
  static func shown(_ slug: String, own: String?, _ settings: OrganizationSettings, _ say: Localizer) -> String {
    fill(own ?? template(slug, say.language), settings, say)
  }

  /// What the pages say before and after the settings change, where that differs; to be kept with the change.
  /// - Parameter words: one for each language of the site.
  package static func changes(from before: OrganizationSettings, to after: OrganizationSettings, _ words: [Localizer], in db: Reading) throws
    -> [(slug: String, change: LegalChange)]
  {
    try slugs.flatMap { slug in
      try words.compactMap { say in
        let own = try LegalTexts.own(slug, say.language, in: db)
        let change = LegalChange(
          say.language, source: own ?? "", before: shown(slug, own: own, before, say), after: shown(slug, own: own, after, say))
        return change.before == change.after ? nil : (slug, change)
      }
    }
  }

  /// Fills the placeholders; a value is escaped, so that nothing in it is Markdown.
  private static func fill(_ source: String, _ settings: OrganizationSettings, _ say: Localizer) -> String {
    let values = [
      "organization": settings.publisher.isEmpty ? settings.name : settings.publisher, "publicationDirector": settings.publicationDirector,
      "host": settings.hostingProvider, "contact": settings.contact, "termsVersion": String(settings.termsVersion),
      "auditState": say(MessageKey(storedKey: "legal.audit." + settings.audit.rawValue)),
    ]
    return values.reduce(source) { $0.replacingPlaceholder($1.key, with: escaped($1.value.isEmpty ? "…" : $1.value)) }
  }

  private static func escaped(_ text: String) -> String {
    var output: [UInt8] = []
    for byte in text.utf8 {
      if "\\`*_{}[]()#+-!<>|".utf8.contains(byte) { output.append(UInt8(ascii: "\\")) }
      output.append(byte)
    }
    return String(decoding: output, as: UTF8.self)
  }
}

extension String {
  fileprivate func replacingPlaceholder(_ name: String, with value: String) -> String {
    var rest = self[...]
    var output = ""
    while let range = rest.firstRange(of: "{\(name)}") {
      output += rest[..<range.lowerBound] + value
      rest = rest[range.upperBound...]
    }
    return output + rest
  }
}
