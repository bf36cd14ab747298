import CommonsDomain
import Database
import HTML
import Interface
import Localization

/// What the desk begins with: the processes that one may see, and what waits.
struct DeskModel: Sendable {
  struct Item: Sendable {
    let space: Space
    let phases: [Phase]
    let due: Instant?
    let week: ProcessWeek
  }

  let items: [Item]
  /// Reports that whoever looks may decide.
  let reports: Int
}

extension Page {
  func desk(_ model: DeskModel, _ visit: Visit) {
    div(.class("wrap")) {
      crumbs([(say("admin.title"), nil)])
      div(.class("head")) {
        h1(say("admin.title"))
        if model.reports > 0 {
          notice(say("admin.reports", ["count": .count(model.reports)]), .wait) { p { link("/moderation", say("moderation.queue")) } }
        }
        if CreateSpace().verdict(for: visit.actor, at: visit.now).isYes {
          p { link("/admin/processes/new", say("admin.new"), .class("button voice")) }
        }
      }
      section("spaces", say("spaces.all")) {
        ol(.class("register wide")) {
          for item in model.items {
            let space = item.space
            li {
              p(.class("mark")) { if space.isPublished { tag(say("admin.published"), .yes) } else { tag(say("admin.draft")) } }
              div(.class("flow-s")) {
                h2(.class("said")) { link(leads(to: space, visit), space.title) }
                if let phase = item.phases.first(where: { $0.runs(at: visit.now) }) {
                  p(.class("small soft")) {
                    words(phase.name)
                    if let ends = phase.ends { text(" · " + until(ends)) }
                  }
                }
                if let due = item.due {
                  p(.class("small soft")) {
                    text(say(due < visit.now ? "commitment.due-past" : "commitment.due", ["date": .date(milliseconds: due.milliseconds)]))
                  }
                }
                if space.isPublished { week(item.week) }
              }
              p(.class("facts")) {
                link("/processes/" + space.slug, say("admin.see"))
                if SignCommitment(space.id).verdict(for: visit.actor, at: visit.now).isYes {
                  br()
                  link("/admin/processes/\(space.slug)/commitment", say("commitment.title"))
                }
                if PublishGuarantorReport(space.id).verdict(for: visit.actor, at: visit.now).isYes {
                  br()
                  link("/processes/\(space.slug)/guarantor-report", say("guarantor.write"))
                }
              }
            }
          }
        }
      }
      if visit.actor.isGrantedAnywhere(.administrator) {
        if visit.settings.lacksLegalNotice {
          notice(say("admin.legal-notice.missing"), .wait) {
            p(say("admin.legal-notice.missing.body"))
            p { link("/admin/settings", say("admin.settings")) }
          }
        }
        section("organization", visit.settings.name) {
          ul {
            li { link("/admin/settings", say("admin.settings")) }
            li { link("/admin/roles", say("admin.roles")) }
            li { link("/admin/people", say("admin.people")) }
            li { link("/admin/legal", say("admin.legal")) }
            li { link("/admin/mails", say("admin.mails")) }
          }
        }
      }
    }
  }

  /// Whoever reads a process and does not set it up, as its guarantor, is led to its page.
  private func leads(to space: Space, _ visit: Visit) -> String {
    (ManageSpace(space.id).verdict(for: visit.actor, at: visit.now).isYes ? "/admin/processes/" : "/processes/") + space.slug
  }

  /// What came lately, and what has enough support to be studied.
  private func week(_ week: ProcessWeek) {
    p(.class("small")) {
      text(
        say(
          "admin.week",
          [
            "contributions": .text(say("admin.week.contributions", ["count": .count(week.contributions)])),
            "arguments": .text(say("arguments.count", ["count": .count(week.arguments)])),
          ]))
      if week.overThreshold > 0 { text(" " + say("admin.over-threshold", ["count": .count(week.overThreshold)])) }
    }
  }
}
