import CommonsDomain
import Database
import HTML
import Interface
import Localization
import Participation
import RichText

struct ProposalModel: Sendable {
  let context: SpaceContext
  let component: Component
  let proposal: Proposal
  let theme: Theme?
  let tally: Tally
  let own: Choice?
  let verdict: Verdict
  let arguments: ArgumentsModel
  let sources: [Source]
  let sourceTotal: Int
  let similar: [ProposalRow]
  let canSource: Bool
  let canCorrect: Bool
  let canVersion: Bool
  let canWithdraw: Bool
  let canPrintSlip: Bool
  let follow: FollowModel
  let tombstone: Tombstone?
  let base: String
  /// What was chosen before signing in, and is not counted.
  var uncounted: Choice?

  static func load(_ slug: String, _ component: Int64?, _ id: Int64?, _ signedIn: SignedIn?, _ query: Fields, in db: Reading) throws -> ProposalModel
  {
    let actor = signedIn?.actor ?? .visitor
    let context = try SpaceContext.load(slug, for: actor, in: db)
    let component = try context.component(component, for: actor, at: db.now)
    guard let id else { throw NotFound() }
    let proposal = try Proposals.proposal(ID(id), in: db)
    let resource = proposal.resource
    guard resource.component == component.id else { throw NotFound() }
    let admission = try Admission.load(component.id, in: db)
    let base = "\(context.path(component))/proposals/\(id)"
    let given = try signedIn.map { try Votes.supports(by: $0.person, in: component.id, besides: resource.id, db) } ?? 0
    let near = try Search.similar(to: proposal.shown.title, kind: .proposal, in: context.space.id, language: proposal.shown.language, limit: 4, db)
    return ProposalModel(
      context: context, component: component, proposal: proposal,
      theme: try ComponentThemes.list(of: component.id, in: db).first { $0.id == proposal.theme },
      tally: try Votes.tally(of: resource.id, edition: resource.edition, in: db),
      own: try signedIn.flatMap { try Votes.vote(of: $0.person, on: resource, in: db) },
      verdict: CastVote(resource, admission, supportsGiven: given).verdict(for: actor, at: db.now),
      arguments: try ArgumentsModel.load(about: resource, base: base, admission: admission, signedIn: signedIn, query: query, in: db),
      sources: try Sources.list(about: resource.id, limit: 5, in: db),
      sourceTotal: try Sources.count(about: resource.id, in: db),
      similar: try Proposals.rows(near.filter { $0 != resource.id }, in: db),
      canSource: AddSource(resource, admission).verdict(for: actor, at: db.now).isOffered,
      canCorrect: Correct(resource, admission).verdict(for: actor, at: db.now).isYes,
      canVersion: Reword(resource, admission).verdict(for: actor, at: db.now).isYes,
      canWithdraw: Withdraw(resource).verdict(for: actor, at: db.now).isYes,
      canPrintSlip: Assist(resource.space).verdict(for: actor, at: db.now).isYes && proposal.author.kind == .assisted,
      follow: try FollowModel.load(.resource(resource.id), signedIn?.person, at: base, in: db),
      tombstone: try Moderation.tombstone(of: resource.id, in: db), base: base)
  }
}

extension Page {
  func proposalPage(_ model: ProposalModel) {
    let proposal = model.proposal
    div(.class("wrap")) {
      crumbs(model.context, (plain(model.component.title), model.context.path(model.component)), (say("proposals.idea"), nil))
      draftNotice(model.context.space)
      switch proposal.resource.state {
      case .hidden:
        div(.class("head")) { h1(say("proposals.idea")) }
        tombstone(model.tombstone)
      case .withdrawn:
        div(.class("head")) { h1(say("proposals.idea")) }
        notice(say("resources.withdrawn.title")) { p(say("resources.withdrawn.body")) }
      case .published:
        head(model)
        div(.class("split")) {
          div {
            div(.class("law"), inLanguage(proposal.shown.language)) { rich(proposal.shown.body) }
            acts(model)
            support(model)
          }
          argumentColumns(model.arguments)
          side(model)
        }
      }
    }
  }

  private func head(_ model: ProposalModel) {
    let proposal = model.proposal
    div(.class("head")) {
      if let theme = model.theme { words(theme.name, in: "p", .class("over")) }
      h1(proposal.shown.title, inLanguage(proposal.shown.language))
      authorLine(proposal.author, proposal.resource.published ?? proposal.shown.made, in: proposal.shown.language)
      ul(.class("meta")) {
        if !proposal.place.isEmpty {
          li {
            icon("place"); text(" " + proposal.place)
          }
        }
        if proposal.resource.revision > 1 {
          li { link(model.base + "/history", say("resources.history", ["count": .count(proposal.resource.revision)])) }
        }
      }
    }
  }

  private func acts(_ model: ProposalModel) {
    p(.class("cluster mt5")) {
      if model.canCorrect { link(model.base + "/correct", say("resources.correct"), .class("button second")) }
      if model.canVersion { link(model.base + "/version", say("resources.new-version"), .class("button second")) }
      if model.canWithdraw { link("/withdraw/\(model.proposal.resource.id)", say("resources.withdraw"), .class("button quiet")) }
      if model.canPrintSlip { link("/slips/\(model.proposal.resource.id)", say("assist.slip"), .class("button second")) }
      link("/report/\(model.proposal.resource.id)", say("moderation.report"), .class("button quiet"))
    }
  }

  /// How many support the idea, how far that is, and the button.
  private func support(_ model: ProposalModel) {
    let supports = model.tally.total(.support)
    section(.class("section"), .id("support"), .labelledBy("support-title")) {
      div(.class("section-head")) { h2(say("proposals.support.title"), .id("support-title")) }
      if supports == 0 {
        p(say("proposals.support.nobody"))
      } else {
        p {
          span(say.number(supports) + " ", .class("big")); text(say("proposals.support.people", ["count": .count(supports)]))
        }
      }
      if let threshold = model.component.settings.supportThreshold {
        p(.class("progress")) {
          progress(.named("value", String(min(supports, threshold))), .named("max", String(threshold)), .label(say("proposals.progress"))) {}
          text(" ")
          span(say("proposals.of-threshold", ["count": .count(threshold)]))
        }
        p(say(supports >= threshold ? "proposals.threshold-reached" : "proposals.threshold", ["count": .count(threshold)]), .class("small soft"))
      }
      if model.uncounted == .support, model.own == nil, model.verdict.isOffered {
        notice(say("votes.uncounted", ["choice": .text(say("votes.choice.support"))]), .wait) { p(say("proposals.support.again")) }
      }
      if model.verdict.isOffered || model.own != nil {
        form(.fixed("method", "post"), .action(path(model.base + "/vote"))) {
          hidden("edition", String(model.proposal.resource.edition))
          hidden("choice", model.own == nil ? "support" : "")
          if model.own == nil {
            button(say("proposals.support"), .class("button voice"), .type("submit"))
          } else {
            p(say("proposals.support.own"))
            button(say("proposals.support.stop"), .class("button second"), .type("submit"))
          }
        }
      } else if case .no(let refusal) = model.verdict {
        p(say(refusal.key, refusal.arguments), .class("small soft"))
        if refusal.key == "refusal.support-limit" { p { link("/account/activity#votes", say("account.activity.votes")) } }
      }
      if supports > 0, model.tally.castTotal(.email) == supports {
        p(say("proposals.support.proof"), .class("small soft"))
      } else {
        proof(model.tally)
      }
    }
  }

  private func side(_ model: ProposalModel) {
    aside(.class("stack"), .label(say("proposals.around"))) {
      sourceList(model.sources, total: model.sourceTotal, base: model.base, own: model.arguments.own, canAdd: model.canSource)
      if !model.similar.isEmpty {
        section(.class("mt6"), .labelledBy("similar")) {
          h2(say("proposals.similar"), .id("similar"))
          ol(.class("register flat")) {
            for row in model.similar {
              li {
                h3(.class("said"), inLanguage(row.language)) { link("\(model.context.path(model.component))/proposals/\(row.id)", row.title) }
                p(say("proposals.supports", ["count": .count(row.supports)]), .class("small soft"))
              }
            }
          }
          p(say("proposals.similar.machine"), .class("small soft"))
        }
      }
      follow(model.follow)
    }
  }
}
