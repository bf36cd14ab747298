package import HTML
package import Localization

/// A page in the making, for one reader: typed HTML, their language, the addresses of this site.
package final class Page: HTML {
  /// The words of the reader's language.
  package let say: Localizer
  /// What each field with a fault is called, and the summary that names them once all are written.
  var faultyLabels: [String: String] = [:]
  var summaryPlace: (place: Int, state: FormState)?

  package init(_ say: Localizer) {
    self.say = say
    super.init()
  }

  package var language: Language { say.language }

  /// Writes a message.
  package func write(_ key: MessageKey, _ arguments: MessageArguments = [:]) { text(say(key, arguments)) }

  /// The address of a page of this site in the reader's language.
  package func path(_ path: String) -> String { "/" + language.tag + path }

  /// A link inside the site.
  package func link(_ path: String, _ words: String, _ attributes: Attribute...) {
    element("a", [.href(self.path(path))] + attributes) { text(words) }
  }

  /// A link whose words are marked where they are in another language than the page.
  package func link(_ path: String, _ words: LocalizedText, _ attributes: Attribute...) {
    let found = words.text(in: language)
    element("a", [.href(self.path(path)), inLanguage(found.language)] + attributes) { text(found.text) }
  }

  /// Words in their own language; marked where it is not the page's.
  package func inLanguage(_ language: Language) -> Attribute { .named("lang", ifPresent: language == self.language ? nil : language.tag) }

  /// The language in which a localized text is shown here, for what holds its words: an image that they describe, say.
  package func inLanguage(of text: LocalizedText) -> Attribute { inLanguage(text.text(in: language).language) }

  /// A localized text, marked where it is in another language than the page.
  package func words(_ text: LocalizedText, in element: StaticString = "span", _ attributes: Attribute...) {
    let found = text.text(in: language)
    self.element(element, [inLanguage(found.language)] + attributes) { self.text(found.text) }
  }

  /// The text for the reader without markup or mark of its language: for titles and attributes.
  package func plain(_ text: LocalizedText) -> String { text.text(in: language).text }

  /// `<time>` with its machine form.
  package func day(_ milliseconds: Int64, style: Localizer.DateStyle = .day) {
    time(.named("datetime", say.isoDate(milliseconds))) { text(say.date(milliseconds, style: style)) }
  }
}
