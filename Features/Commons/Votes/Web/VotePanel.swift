package import CommonsDomain
import HTML
package import Interface
import Localization

/// What the vote of a text shows: totals, one's own choice, whether it is open.
package struct VoteModel: Sendable {
  package let resource: Resource
  package let tally: Tally
  /// Votes on the version before; nil for a first version.
  package let before: Int?
  package let own: Choice?
  package let older: Choice?
  package let verdict: Verdict
  package let path: String
  /// What was chosen before signing in, of which edition, and is not counted.
  package var uncounted: (choice: Choice, edition: Int)?

  package init(resource: Resource, tally: Tally, before: Int?, own: Choice?, older: Choice?, verdict: Verdict, path: String) {
    self.resource = resource
    self.tally = tally
    self.before = before
    self.own = own
    self.older = older
    self.verdict = verdict
    self.path = path
  }

  /// Open to whoever may vote, and to visitors, who are asked to sign in when they press.
  package var isOpen: Bool { verdict.isOffered }
}

extension Page {
  /// For, mixed, against: three stones, their bar, and what proof stands behind the total.
  package func voteSection(_ vote: VoteModel) {
    let (pro, mixed, con) = (vote.tally.total(.for), vote.tally.total(.mixed), vote.tally.total(.against))
    section(.class("section"), .id("vote"), .labelledBy("vote-title")) {
      div(.class("section-head")) {
        h2(say(vote.isOpen ? "votes.ask" : "votes.result"), .id("vote-title"))
        if vote.tally.total > 0 { span(say("votes.public-number", ["count": .count(vote.tally.total)]), .class("soft small")) }
      }
      if vote.tally.total > 0 {
        voteBar(pro: pro, mixed: mixed, con: con, id: vote.resource.id.description)
      } else {
        p(say("votes.none"), .class("soft"))
      }
      if let before = vote.before {
        p(.class("small mt4")) { link(vote.path + "/history", say("votes.before", ["count": .count(before)])) }
      }
      if let (choice, edition) = vote.uncounted, vote.isOpen, vote.own != choice { confirm(choice, of: edition, vote) }
      if vote.isOpen {
        form(.fixed("method", "post"), .action(path(vote.path + "/vote")), .class("vote mt4"), .label(say("votes.form"))) {
          hidden("edition", String(vote.resource.edition))
          stoneButton(.for, pro, vote)
          stoneButton(.mixed, mixed, vote)
          stoneButton(.against, con, vote)
        }
      } else {
        dl(.class("legend stones mt4")) {
          for (choice, amount, side) in [(Choice.for, pro, "for" as StaticString), (.mixed, mixed, "mixed"), (.against, con, "against")] {
            div(.class(side)) {
              dt {
                stoneIcon(choice); text(" " + say(MessageKey(storedKey: "votes.choice." + choice.rawValue)))
              }
              dd {
                text(say.number(amount))
                if vote.tally.total > 0 { span(" (" + share(amount, vote.tally.total) + ")", .class("nowrap small soft")) }
              }
            }
          }
        }
        if case .no(let refusal) = vote.verdict { p(say(refusal.key, refusal.arguments), .class("small soft mt4")) }
      }
      proof(vote.tally)
      own(vote)
    }
  }

  /// What was chosen before signing in: one press counts it, unless the text changed since.
  private func confirm(_ choice: Choice, of edition: Int, _ vote: VoteModel) {
    let words = say(MessageKey(storedKey: "votes.choice." + choice.rawValue))
    notice(say("votes.uncounted", ["choice": .text(words)]), .wait) {
      guard edition == vote.resource.edition else { return p(say("refusal.new-version")) }
      form(.fixed("method", "post"), .action(path(vote.path + "/vote"))) {
        hidden("edition", String(vote.resource.edition))
        hidden("choice", choice.rawValue)
        p(.class("mt4")) { button(say("votes.confirm", ["choice": .text(words)]), .class("button voice"), .type("submit")) }
      }
    }
  }

  private func share(_ part: Int, _ whole: Int) -> String { say.percent(Double(part) / Double(max(1, whole))) }

  private func stoneIcon(_ choice: Choice) {
    switch choice {
    case .mixed: stone("mixed")
    case .against: stone("against")
    default: stone("for")
    }
  }

  private func stoneButton(_ choice: Choice, _ amount: Int, _ vote: VoteModel) {
    let className: Attribute = choice == .for ? .class("for") : choice == .mixed ? .class("mixed") : .class("against")
    button(className, .type("submit"), .name("choice"), .value(choice.rawValue), .named("aria-pressed", vote.own == choice ? "true" : "false")) {
      b {
        stoneIcon(choice)
        text(say(MessageKey(storedKey: "votes.choice." + choice.rawValue)))
      }
      span {
        text(say.number(amount))
        if vote.tally.total > 0 { span(" (" + share(amount, vote.tally.total) + ")", .class("nowrap")) }
      }
    }
  }

  /// What stands behind the total: nobody is named.
  package func proof(_ tally: Tally) {
    if tally.total > 0, tally.castTotal(.email) == tally.total { return p(say("votes.proof.all"), .class("small soft mt4")) }
    p(.class("small soft mt4")) {
      if tally.importedTotal > 0 { text(say("votes.proof.imported", ["count": .count(tally.importedTotal)]) + " ") }
      if tally.castTotal(.email) > 0 { text(say("votes.proof.email", ["count": .count(tally.castTotal(.email))]) + " ") }
      if tally.castTotal(.desk) > 0 { text(say("votes.proof.desk", ["count": .count(tally.castTotal(.desk))])) }
    }
  }

  private func own(_ vote: VoteModel) {
    if let own = vote.own {
      let choice = say(MessageKey(storedKey: "votes.choice." + own.rawValue)).lowercased()
      if vote.isOpen {
        form(.fixed("method", "post"), .action(path(vote.path + "/vote")), .class("cluster mt4")) {
          hidden("edition", String(vote.resource.edition))
          hidden("choice", "")
          span(say("votes.own", ["choice": .text(choice)]), .class("small"))
          button(say("votes.take-back"), .class("button quiet"), .type("submit"))
        }
      } else {
        p(say("votes.own-closed", ["choice": .text(choice)]), .class("small soft"))
      }
    } else if let older = vote.older {
      notice(say("votes.older.title"), .wait) {
        p(say("votes.older.body", ["choice": .text(say(MessageKey(storedKey: "votes.choice." + older.rawValue)).lowercased())]))
      }
    }
  }

  /// One press: an argument or a source counts.
  /// - Parameter of: what it says of which contribution, for the ear.
  package func usefulButton(_ id: Resource.Marked, base: String, kind: Resource.Kind = .argument, of: () -> Void) {
    form(.fixed("method", "post"), .action(path(base + "/useful"))) {
      hidden("resource", String(id.number))
      hidden("kind", kind.rawValue)
      hidden("choice", id.isMine ? "" : "useful")
      button(.class("button second"), .type("submit"), .named("aria-pressed", id.isMine ? "true" : "false")) {
        text(say("arguments.counts"))
        of()
        text(" ")
        span(say.number(id.count), .class("num"))
        span(say("arguments.counts.spoken", ["count": .count(id.count)]), .class("vh"))
      }
    }
  }
}

extension Resource {
  /// A resource that may be marked as counting: its number, how many did, whether oneself did.
  package struct Marked: Sendable {
    package let number: Int64
    package let count: Int
    package let isMine: Bool

    package init(number: Int64, count: Int, isMine: Bool) {
      self.number = number
      self.count = count
      self.isMine = isMine
    }
  }
}

extension Visit {
  /// What whoever is signed in chose on this page before they were, of which edition, and did not confirm.
  package var uncountedChoice: (choice: Choice, edition: Int)? {
    uncounted.flatMap { kept in Choice(rawValue: kept.choice).map { ($0, kept.edition) } }
  }
}
