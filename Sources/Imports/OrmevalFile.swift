import Foundation
import Localization

/// The file of the demonstration: an invented town, its people and one open consultation.
struct OrmevalFile: Decodable, Sendable {
  typealias Words = [String: String]

  struct Organization: Decodable, Sendable {
    let name: String, locales: [String], zone: String, contact: String, tagline: Words, description: Words
    let publisher: String, publicationDirector: String, host: String
  }
  struct Person: Decodable, Sendable { let key: String, name: String, language: String?, role: String?, under15: Bool?, account: Bool? }
  struct Phase: Decodable, Sendable { let key: String, name: Words, description: Words, starts: Int, ends: Int, permits: [String: [String]] }
  struct Commitment: Decodable, Sendable {
    let decided: Words, already: Words, who: Words, rule: Words, criteria: Words, answer: Words, answerBy: Int, signedBy: String, office: Words,
      signedOn: Int
  }
  struct News: Decodable, Sendable { let title: Words, day: Int, body: Words }
  struct Document: Decodable, Sendable { let title: Words, url: String?, text: Words? }
  struct Partner: Decodable, Sendable { let name: String, url: String? }
  struct Process: Decodable, Sendable {
    let slug: String, title: Words, question: Words, summary: Words, description: Words, scope: Words, phases: [Phase], commitment: Commitment
    let news: [News], documents: [Document], partners: [Partner]
  }
  struct Section: Decodable, Sendable { let title: Words }
  struct Article: Decodable, Sendable {
    let section: Int, title: Words, body: Words, before: Words?, explanation: Words, plain: Words, correction: Correction?
  }
  /// What the French text said at first where it now says something else, until which day, and why it was corrected.
  struct Correction: Decodable, Sendable { let now: String, first: String, day: Int, reason: String }
  struct OwnArticle: Decodable, Sendable {
    let section: Int, title: String, body: String, author: String, language: String, day: Int, explanation: String?
  }
  struct Wording: Decodable, Sendable { let article: Int, title: String, text: String, reason: String, author: String, language: String, day: Int }
  struct Texts: Decodable, Sendable {
    let title: Words, intro: Words, sections: [Section], articles: [Article], participantArticles: [OwnArticle], wordings: [Wording]
  }
  struct Component: Decodable, Sendable { let title: Words, intro: Words, supportThreshold: Int }
  struct Theme: Decodable, Sendable { let key: String, name: Words }
  struct Channel: Decodable, Sendable { let by: String, place: String, day: Int, answerBy: String, agent: String }
  struct OnBehalf: Decodable, Sendable { let name: String, kind: String }
  struct Supports: Decodable, Sendable {
    let keys: [String], amount: Int
    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let amount = try? container.decode(Int.self) {
        (keys, self.amount) = ([], amount)
      } else {
        (keys, amount) = (try container.decode([String].self), 0)
      }
    }
  }
  struct Proposal: Decodable, Sendable {
    let title: String, body: String, theme: String, place: String, author: String, language: String, day: Int, supports: Supports, channel: Channel?
    let onBehalfOf: OnBehalf?
  }
  struct Target: Decodable, Sendable { let article: Int?, wording: Int?, proposal: Int? }
  struct Reply: Decodable, Sendable { let body: String, author: String, language: String, day: Int }
  struct Argument: Decodable, Sendable {
    let on: Target, side: String, body: String, author: String, language: String, useful: [String], replies: [Reply], day: Int
  }
  struct Source: Decodable, Sendable { let on: Target, title: String, url: String, kind: String, author: String, language: String, day: Int }
  struct Votes: Decodable, Sendable { let article: Int, `for`: Int, mixed: Int, against: Int }

  let organization: Organization, people: [Person], process: Process, texts: Texts, themes: [Theme], proposalsComponent: Component
  let proposals: [Proposal], arguments: [Argument], sources: [Source], votes: [Votes]
}
