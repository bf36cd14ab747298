package import Localization
import Database

/// Why an act is not allowed, or what is wrong with what was typed: words for the person, and what would help.
package struct Refusal: Error, Sendable {
  /// What the person can do about it.
  package enum Remedy: String, Sendable { case signIn, secondFactor, acceptTerms, none }

  package let key: MessageKey
  package let arguments: MessageArguments
  package let remedy: Remedy

  package init(_ key: MessageKey, _ arguments: MessageArguments = [:], remedy: Remedy = .none) {
    self.key = key
    self.arguments = arguments
    self.remedy = remedy
  }
}

/// Something is not there, or not for this person to know of: the two look alike.
package struct NotFound: Error, Sendable {
  package init() {}
}

/// Someone was faster: the text that was edited is no longer the one that was read.
package struct Conflict: Error, Sendable {
  package init() {}
}
