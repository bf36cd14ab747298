import CommonsDomain
import HTML
import Interface
import Localization

extension Page {
  /// What someone gave and what became of it, and what they follow.
  func activity(_ activity: OwnActivity) {
    div(.class("wrap narrow")) {
      crumbs([(say("account.title"), "/account"), (say("account.activity"), nil)])
      div(.class("head")) { h1(say("account.activity")) }
      section(.class("section"), .labelledBy("given")) {
        h2(say("account.activity.given"), .id("given"))
        if activity.contributions.isEmpty { p(say("account.activity.none")) }
        ol(.class("register")) { for entry in activity.contributions { li { given(entry) } } }
      }
      section(.class("section"), .labelledBy("votes")) {
        h2(say("account.activity.votes"), .id("votes"))
        p(say(activity.votes.isEmpty ? "account.activity.votes-none" : "account.activity.votes-own"), .class("small soft"))
        ul(.class("register")) {
          for vote in activity.votes {
            li {
              p(.class("mark")) { tag(say(MessageKey(storedKey: "votes.choice." + vote.choice.rawValue))) }
              h3(.class("said")) { link(vote.path, vote.title, inLanguage(vote.language)) }
            }
          }
        }
      }
      section(.class("section"), .labelledBy("followed")) {
        h2(say("account.activity.followed"), .id("followed"))
        if activity.followed.isEmpty { p(say("account.activity.follows-none")) }
        ul(.class("register flat")) { for followed in activity.followed { li { self.followed(followed) } } }
      }
    }
  }

  private func given(_ entry: OwnActivity.Entry) {
    p(.class("mark")) { if let published = entry.published { day(published.milliseconds) } }
    div(.class("flow-s")) {
      h3(.class("said")) { link(entry.path, entry.title, inLanguage(entry.language)) }
      p(.class("cluster small")) {
        span(say(MessageKey(storedKey: "resources.kind." + entry.kind.rawValue)))
        switch entry.state {
        case .hidden: tag(say("moderation.tombstone.title"), .no)
        case .withdrawn: tag(say("resources.withdrawn.title"))
        case .published:
          a(.href(path("/withdraw/\(entry.id)"))) {
            text(say("resources.withdraw")); span(" " + entry.title, .class("vh"), inLanguage(entry.language))
          }
        }
      }
      if !entry.hiddenReason.isEmpty { p(entry.hiddenReason, .class("small said")) }
    }
  }

  private func followed(_ followed: OwnActivity.Followed) {
    let title = followed.title.text(in: language)
    div(.class("flow-s")) {
      h3(.class("said")) { link(followed.path, title.text, inLanguage(title.language)) }
      form(.fixed("method", "post"), .action(path(followed.path + "/follow"))) {
        hidden("follow", "0")
        button(.class("button quiet"), .type("submit")) {
          text(say("follows.stop")); span(" " + title.text, .class("vh"))
        }
      }
    }
  }
}
