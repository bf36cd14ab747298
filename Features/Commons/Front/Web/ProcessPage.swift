package import CommonsDomain
package import Database
import HTML
package import Interface
import Localization
import RichText

/// All that the page of a process shows.
struct ProcessModel: Sendable {
  let context: SpaceContext
  let commitments: [Commitment]
  let partners: [Partner]
  let documents: [Document]
  let news: [NewsPost]
  let newsCount: Int
  let reports: [GuarantorReport]
  let allowed: [ComponentID: Set<PhaseAct>]
  let figures: ProcessFigures
  let follow: FollowModel
  let canManage: Bool
  let isGuarantor: Bool
  let canAssist: Bool
}

extension ProcessModel {
  static func load(_ slug: String, _ signedIn: SignedIn?, in db: Reading) throws -> ProcessModel {
    let actor = signedIn?.actor ?? .visitor
    let context = try SpaceContext.load(slug, for: actor, in: db)
    let space = context.space.id
    let current = Set(context.phases.filter { $0.runs(at: db.now) }.map(\.id))
    var allowed: [ComponentID: Set<PhaseAct>] = [:]
    for row in try Spaces.permissions(of: space, in: db) where current.contains(row.phase) { allowed[row.component, default: []].insert(row.act) }
    return ProcessModel(
      context: context, commitments: try Commitments.versions(of: space, in: db), partners: try Spaces.partners(of: space, in: db),
      documents: try Spaces.documents(of: space, in: db), news: try Spaces.news(of: space, limit: 5, in: db),
      newsCount: try Spaces.newsCount(of: space, in: db),
      reports: try Moderation.guarantorReports(of: space, in: db), allowed: allowed,
      figures: try ProcessFigures.load([space], in: db)[space] ?? ProcessFigures(),
      follow: try FollowModel.load(.space(space), signedIn?.person, at: context.path, in: db),
      canManage: ManageSpace(space).verdict(for: actor, at: db.now).isYes,
      isGuarantor: PublishGuarantorReport(space).verdict(for: actor, at: db.now).isYes,
      canAssist: Assist(space).verdict(for: actor, at: db.now).isYes)
  }
}

extension Page {
  func process(_ model: ProcessModel, now: Instant, isSignedIn: Bool) {
    let space = model.context.space
    div(.class("wrap")) {
      crumbs(model.context)
      draftNotice(space)
      plaque(model, now)
      if model.canManage { p { link("/admin" + model.context.path, say("admin.edit"), .class("button second")) } }
      if let image = space.image { figure { img(.src("/files/\(image)"), .named("alt", plain(space.imageWords)), inLanguage(of: space.imageWords)) } }
      section(.labelledBy("phases"), .class("mt6")) {
        h2(say("spaces.phases"), .class("vh"), .id("phases"))
        timeline(model.context.phases.map { step($0, now) })
      }
      div(.class("split mt6")) {
        div {
          if let commitment = model.commitments.first { pledge(commitment, earlier: Array(model.commitments.dropFirst()), now) }
          activities(model, now)
          about(space)
          if !model.news.isEmpty { news(model) }
          if !model.reports.isEmpty || model.isGuarantor { guarantor(model) }
        }
        aside(model, isSignedIn: isSignedIn)
      }
    }
  }

  private func plaque(_ model: ProcessModel, _ now: Instant) {
    let space = model.context.space
    div(.class("plaque")) {
      words(space.title, in: "p")
      h1 { words(space.question.isEmpty ? space.title : space.question) }
      words(space.summary, in: "p", .class("lead"))
      let open = model.context.components.filter { $0.isPublished && !(model.allowed[$0.id] ?? []).isEmpty }
      if !open.isEmpty {
        p(.class("cluster")) {
          for component in open.prefix(3) {
            a(.class(component.id == open[0].id ? "button voice" : "button second"), .href(path(model.context.path(component)))) {
              write(component.kind == .texts ? "spaces.act.texts" : "spaces.act.proposals")
              text(" ")
              icon("next")
            }
          }
        }
      } else if let component = model.context.components.first(where: \.isPublished) {
        p { link(model.context.path(component), say("spaces.act.read"), .class("button voice")) }
      }
      if let phase = model.context.current(at: now) {
        p {
          words(phase.name, in: "strong")
          if let ends = phase.ends {
            text(
              " · " + left(ends, now) + ", "
                + until(ends))
          }
          if !space.scope.isEmpty { text(" · "); words(space.scope) }
        }
      } else {
        p(say(model.context.phases.allSatisfy { $0.isOver(at: now) } ? "spaces.over" : "spaces.not-open"))
      }
    }
  }

  private func step(_ phase: Phase, _ now: Instant) -> Step {
    // What ends at midnight ends, for people, on the day before.
    let period = phase.ends.map { say.period(phase.starts.milliseconds, $0.milliseconds - 1) }
    let detail =
      period.map { $0.first == $0.last ? $0.last : say("spaces.phase-dates", ["from": .text($0.first), "to": .text($0.last)]) }
      ?? say("spaces.phase-from", ["from": .text(say.date(phase.starts.milliseconds))])
    return Step(
      name: phase.name, detail: detail, note: phase.description,
      state: phase.isOver(at: now) ? .done : phase.runs(at: now) ? .now : .coming)
  }

  /// The commitment: what is decided, by whom, by which rule, when the answer comes; late by itself.
  package func pledge(_ commitment: Commitment, earlier: [Commitment], _ now: Instant) {
    section(.class("pledge"), .labelledBy("commitment")) {
      div(.class("section-head")) {
        h2(say("commitment.title"), .id("commitment"))
        if commitment.version > 1 { tag(say("commitment.changed.tag", ["date": .date(milliseconds: commitment.signed.milliseconds)]), .wait) }
        if now > commitment.answerDue {
          tag(say("commitment.due-past", ["date": .date(milliseconds: commitment.answerDue.milliseconds)]), .wait)
        } else {
          tag(say("commitment.due", ["date": .date(milliseconds: commitment.answerDue.milliseconds)]), .plain)
        }
      }
      if let first = earlier.last, first.answerDue < commitment.answerDue {
        p {
          strong(say("commitment.postponed", ["date": .date(milliseconds: first.answerDue.milliseconds)]))
          if let reason = commitment.reason { text(" "); words(reason) }
        }
      }
      dl {
        for (label, words) in [
          ("commitment.decided" as MessageKey, commitment.decided), ("commitment.settled", commitment.settled),
          ("commitment.decider", commitment.decider),
          ("commitment.rule", commitment.rule), ("commitment.answer", commitment.answer),
        ] where !words.isEmpty {
          div {
            dt(say(label))
            dd { self.words(words) }
          }
        }
      }
      div(.class("signed")) {
        icon("seal")
        p {
          cite(commitment.signedBy)
          small {
            self.words(commitment.office)
            text(", ")
            day(commitment.signed.milliseconds)
          }
          if let name = commitment.enteredBy, name != commitment.signedBy {
            br()
            small(say("commitment.entered-by", ["name": .text(name), "signed": .text(commitment.signedBy)]))
          }
        }
      }
      if commitment.version > 1 {
        details(.class("plain")) {
          summary(say("commitment.versions", ["number": .number(commitment.version)]))
          for (newer, older) in zip([commitment] + earlier, earlier) {
            p {
              strong(say("commitment.changed", ["date": .date(milliseconds: newer.signed.milliseconds)]))
              if let reason = newer.reason { text(" "); self.words(reason) }
            }
            p(.class("small soft")) {
              text(say("commitment.was") + " ")
              self.words(older.decided)
              text(" ")
              self.words(older.answer)
            }
          }
        }
      }
    }
  }

  private func activities(_ model: ProcessModel, _ now: Instant) {
    section("activities", say("spaces.activities")) {
      ul(.class("register")) {
        for component in model.context.components where component.isPublished || model.canManage {
          li {
            p(.class("mark")) {
              if !component.isPublished {
                tag(say("spaces.component.hidden"))
              } else if (model.allowed[component.id] ?? []).isEmpty {
                tag(say("spaces.component.closed"))
              } else {
                tag(say("spaces.component.open"), .now)
              }
            }
            div(.class("flow-s")) {
              h3(.class("said")) { link(model.context.path(component), component.title) }
              words(component.introduction, in: "p", .class("small soft"))
              if model.canAssist, component.kind == .proposals, model.allowed[component.id]?.contains(.propose) == true {
                p { link(model.context.path(component) + "/proposals/assist", say("assist.title"), .class("button second")) }
              }
            }
          }
        }
      }
    }
  }

  private func about(_ space: Space) {
    let description = space.description.text(in: language)
    guard !description.text.isEmpty, let body = try? RichText(markdown: description.text) else { return }
    section("about", say("spaces.about")) { div(.class("prose"), inLanguage(description.language)) { rich(body) } }
  }

  private func guarantor(_ model: ProcessModel) {
    section("guarantor", say("guarantor.title")) {
      for report in model.reports {
        article(.class("answer")) {
          h3(report.title)
          div(inLanguage(report.language)) { rich(report.body) }
          p(.class("who")) {
            text(report.guarantor + ", "); day(report.published.milliseconds)
          }
        }
      }
      if model.isGuarantor { p { link(model.context.path + "/guarantor-report", say("guarantor.write"), .class("button second")) } }
    }
  }

  private func aside(_ model: ProcessModel, isSignedIn: Bool) {
    aside(.class("stack"), .label(say("spaces.aside"))) {
      section(.labelledBy("figures")) {
        h2(say("spaces.figures"), .id("figures"), .class("vh"))
        dl(.class("numbers")) {
          for (number, key) in [
            (model.figures.votes, "spaces.figures.votes" as MessageKey), (model.figures.supports, "spaces.figures.supports"),
            (model.figures.contributions, "spaces.figures.contributions"),
            (model.figures.arguments, "spaces.figures.arguments"),
          ] where number > 0 || key == "spaces.figures.contributions" {
            div {
              dt(say(key, ["count": .count(number)]))
              dd { span(say.number(number), .class("big")) }
            }
          }
        }
        if model.figures.withdrawn > 0 { p(say("spaces.figures.withdrawn", ["count": .count(model.figures.withdrawn)]), .class("small soft")) }
        if model.figures.imported > 0 { p(say("spaces.figures.imported", ["count": .count(model.figures.imported)]), .class("small soft")) }
        assisted(model.figures.assisted)
      }
      if let note = model.context.space.sourceNote {
        section(.class("mt6"), .labelledBy("source-note")) {
          h2(say("spaces.source-note"), .id("source-note"))
          words(note, in: "p", .class("small"))
        }
      }
      if !model.documents.isEmpty {
        section(.class("mt6"), .labelledBy("documents")) {
          h2(say("spaces.documents"), .id("documents"))
          ul(.class("register flat")) {
            for document in model.documents {
              li {
                span {
                  icon("doc")
                  text(" ")
                  if let address = document.address {
                    a(.href(external: address), .fixed("rel", "noopener")) { words(document.title) }
                  } else if let upload = document.upload {
                    a(.href("/files/\(upload)")) { words(document.title) }
                  }
                }
              }
            }
          }
        }
      }
      if !model.partners.isEmpty {
        section(.class("mt6"), .labelledBy("partners")) {
          h2(say("spaces.partners"), .id("partners"))
          ul {
            for partner in model.partners {
              li {
                if let address = partner.address { a(partner.name, .href(external: address), .fixed("rel", "noopener")) } else { text(partner.name) }
              }
            }
          }
        }
      }
      follow(model.follow)
      p { link("/search?space=\(model.context.space.slug)", say("spaces.search")) }
      if model.context.space.isPublished { p { link(model.context.path + "/open-data", say("spaces.open-data")) } }
    }
  }

  /// What agents wrote down for others, each way that it came told apart.
  private func assisted(_ counts: [Author.Channel: Int]) {
    let channels = Author.Channel.allCases.compactMap { channel in
      counts[channel].map { "\(say(MessageKey(storedKey: "authors.channel." + channel.rawValue))) (\(say.number($0)))" }
    }
    guard !channels.isEmpty else { return }
    let all = counts.values.reduce(0, +)
    p(say("spaces.figures.assisted", ["count": .count(all), "channels": .text(channels.joined(separator: ", "))]), .class("small soft"))
  }
}
