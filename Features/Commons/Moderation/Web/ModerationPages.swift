import CommonsDomain
import Database
import HTML
import Interface
import Localization
import RichText

/// One page of the queue.
struct QueueModel: Sendable {
  let shelf: ModerationShelf
  let cases: [ReportedCase]
  /// On all pages.
  let total: Int
  let page: Int
  let pages: Int
}

extension Page {
  private func rules(_ state: FormState) {
    radios(
      "rule", say("moderation.rule"),
      options: CharterRule.allCases.map {
        ($0.rawValue, say(MessageKey(storedKey: "charter.offence." + $0.rawValue)), say(MessageKey(storedKey: "charter.meaning." + $0.rawValue)))
      }, state: state)
  }

  private func quoted(_ found: ReportedCase) {
    article(.class("argument")) {
      authorLine(found.author, found.resource.published ?? Instant(milliseconds: 0), in: found.language)
      if !found.title.isEmpty { h2(found.title, .class("said"), inLanguage(found.language)) }
      blockquote(inLanguage(found.language)) { rich(found.body) }
    }
  }

  func report(_ found: ReportedCase, _ state: FormState, _ visit: Visit) {
    div(.class("wrap narrow")) {
      summary(state)
      div(.class("head")) {
        h1(say("moderation.report.title")); p(say("moderation.report.lead"), .class("lead"))
      }
      quoted(found)
      // Whoever may decide need not wait for a report; one's own would keep them from deciding.
      if Moderate(found.resource, .hide, reporters: []).verdict(for: visit.actor, at: visit.now).isYes {
        notice(say("moderation.report.moderator")) { p { link("/moderation/\(found.resource.id)", say("moderation.report.decide")) } }
      }
      form(.fixed("method", "post"), .action(path(visit.exchange.path))) {
        rules(state)
        area("note", say("moderation.note"), hint: say("moderation.note.hint"), state: state, rows: 4, required: false)
        voice(say("moderation.report.send"))
      }
      p(.class("cluster")) {
        link("/go/\(found.resource.id)", say("form.back")); link("/pages/moderation-charter", say("frame.charter"))
      }
    }
  }

  func queue(_ model: QueueModel) {
    div(.class("wrap")) {
      crumbs([(say("moderation.queue"), nil)])
      div(.class("head")) { h1(say("moderation.queue")) }
      tabs(
        say("moderation.shelves"),
        ModerationShelf.allCases.map {
          (say(MessageKey(storedKey: "moderation.shelf." + $0.rawValue)), "/moderation?shelf=\($0.rawValue)", $0 == model.shelf)
        })
      let isOpen = model.shelf == .open
      if model.cases.isEmpty {
        notice(say(isOpen ? "moderation.queue.empty" : "moderation.queue.none-hidden"), .yes) {
          if isOpen { p(say("moderation.queue.empty.body")) }
        }
      } else {
        p(say(isOpen ? "moderation.queue.count" : "moderation.hidden.count", ["count": .count(model.total)]), .class("lead mt4"))
      }
      ol(.class("register wide")) {
        for found in model.cases {
          li {
            p(.class("mark")) { if let date = found.tombstone?.hidden ?? found.reports.first?.made { day(date.milliseconds) } }
            div(.class("flow-s")) {
              h2(.class("said"), inLanguage(found.language)) {
                link("/moderation/\(found.resource.id)", found.name)
              }
              p(.class("small soft")) { element("bdi", []) { text(name(of: found.author)) } }
            }
            p(.class("facts")) {
              if let tombstone = found.tombstone {
                text(say(MessageKey(storedKey: "charter.rule." + tombstone.rule)))
              } else {
                text(say("moderation.reports", ["count": .count(found.reports.count)]))
                for rule in Set(found.reports.map(\.rule.rawValue)).sorted() { br(); text(say(MessageKey(storedKey: "charter.rule." + rule))) }
              }
            }
          }
        }
      }
      pages(current: model.page, count: model.pages) { path("/moderation?shelf=\(model.shelf.rawValue)&page=\($0)") }
    }
  }

  func decide(_ found: ReportedCase, _ back: String, _ canDecide: Bool, _ state: FormState, _ visit: Visit) {
    div(.class("wrap narrow")) {
      summary(state)
      crumbs([(say("moderation.queue"), "/moderation"), (say("moderation.case"), nil)])
      div(.class("head")) {
        h1(say("moderation.case")); p { link(back, say("moderation.in-context")) }
        if found.resource.revision > 1, found.tombstone == nil {
          p { link(found.history, say("resources.history", ["count": .count(found.resource.revision)])) }
        }
      }
      if let about = found.about {
        p {
          text(say("moderation.about") + " ")
          link(about.path, about.title, inLanguage(about.language))
        }
      }
      if let answered = found.repliesTo {
        h2(say("moderation.replies-to"), .class("over mt5"))
        blockquote(inLanguage(answered.language)) { rich(answered.body) }
        h2(say("moderation.reply"), .class("over mt5"))
      }
      quoted(found)
      if let tombstone = found.tombstone {
        self.tombstone(tombstone)
        if !found.hiddenReason.isEmpty { section("reason", say("moderation.reason")) { p(found.hiddenReason, .class("said")) } }
      }
      if !found.reports.isEmpty { reports(found) }
      if !canDecide {
        notice(say("moderation.read-only")) { p(say("moderation.read-only.body")) }
      } else {
        form(.fixed("method", "post"), .action(path(visit.exchange.path))) {
          if found.tombstone != nil {
            hidden("decision", "restore")
            p(say("moderation.restore.hint"), .class("mt5"))
            voice(say("moderation.restore"))
          } else {
            radios(
              "decision", say("moderation.decision"),
              options: [
                ("keep", say("moderation.keep"), say("moderation.keep.hint")), ("hide", say("moderation.hide"), say("moderation.hide.hint")),
              ],
              state: state)
            rules(state)
            area("reason", say("moderation.reason"), hint: say("moderation.reason.hint"), state: state, rows: 4, required: false)
            voice(say("moderation.decide"))
          }
        }
      }
    }
  }

  private func reports(_ found: ReportedCase) {
    section("reports", say("moderation.reports", ["count": .count(found.reports.count)])) {
      ul(.class("register")) {
        for report in found.reports {
          li {
            p(.class("mark")) { day(report.made.milliseconds) }
            div {
              p { strong(say(MessageKey(storedKey: "charter.rule." + report.rule.rawValue))) }
              if !report.note.isEmpty { p(report.note, .class("said")) }
              p(say(report.isByVisitor ? "moderation.by-visitor" : "moderation.by-participant"), .class("small soft"))
            }
          }
        }
      }
    }
  }

  func guarantorReport(_ context: SpaceContext, _ state: FormState, _ visit: Visit) {
    div(.class("wrap narrow")) {
      summary(state)
      crumbs(context, (say("guarantor.write"), nil))
      div(.class("head")) {
        h1(say("guarantor.write")); p(say("guarantor.lead"), .class("lead"))
      }
      form(.fixed("method", "post"), .action(path(visit.exchange.path))) {
        field("title", say("texts.field.title"), state: state, longest: 150)
        area("body", say("guarantor.body"), hint: say("form.markdown.hint"), state: state, rows: 14)
        voice(say("form.publish"))
      }
    }
  }
}

extension ReportedCase {
  /// The decision begins with the rule that most reports name.
  var begun: FormState {
    let counts = Dictionary(reports.map { ($0.rule.rawValue, 1) }, uniquingKeysWith: +)
    let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    return FormState(values: most.map { ["rule": $0.key] } ?? [:])
  }
}
