import CommonsDomain
import Database
package import Interface
import Localization

/// Pages that help when something is not there, not allowed, or broken.
package struct SiteErrorPages: FrontDoor.ErrorPages {
  let doors: Doors

  package init(_ doors: Doors) { self.doors = doors }

  package func answer(status: Int, exchange: Exchange, wait: Int?) async -> Answer {
    guard let visit = try? await doors.visit(exchange) else { return .text("\(status)\n", status: status) }
    let known = [400, 403, 404, 405, 408, 413, 429, 500].contains(status) ? status : 400
    // A press stands on a page, and a page can be asked for again; a form that was sent is still there behind the browser's own "back".
    let page = DraftKeeping.formPath(exchange.path)
    let back = known == 429 && (exchange.method == .get || page != exchange.path) ? page : nil
    return Self.page(visit, status: status, title: "error.\(known).title", body: "error.\(known).body", wait: wait, back: back)
  }

  private static func page(_ visit: Visit, status: Int, title: String, body: String, wait: Int?, back: String? = nil) -> Answer {
    let say = visit.say
    let heading = say(MessageKey(storedKey: title))
    var answer = visit.page(heading, status: status, robots: false) { page in
      page.div(.class("wrap")) {
        page.div(.class("head")) {
          page.h1(heading)
          page.p(say(MessageKey(storedKey: body), ["id": .text(visit.exchange.id), "count": .count(wait ?? 0)]), .class("lead"))
        }
        page.p(.class("cluster")) {
          if let back { page.link(back, say("form.back"), .class("button")) }
          page.link("/", say("error.home"), back == nil ? .class("button") : .class("button second"))
          page.link("/search", say("frame.search"), .class("button second"))
        }
      }
    }
    if let wait { answer.extra.append(("Retry-After", String(wait))) }
    return answer
  }

  package func answer(error: any Error, exchange: Exchange) async -> Answer? {
    guard let visit = try? await doors.visit(exchange) else { return nil }
    switch error {
    case is NotFound:
      // What organisers prepare is there for nobody else; whose session ended is asked to sign in, and keeps what they typed.
      if visit.signedIn == nil, exchange.path == "/admin" || exchange.path.hasPrefix("/admin/") {
        return try? await refused(Refusal("refusal.sign-in", remedy: .signIn), visit)
      }
      return await answer(status: 404, exchange: exchange, wait: nil)
    case is Conflict:
      // A draft of a visitor is found by a token, which this page does not hand out.
      let kept = visit.signedIn == nil ? nil : try? await DraftKeeping.keep(visit)
      let isKept = kept != nil
      return Self.page(
        visit, status: 409, title: "error.409.title", body: isKept ? "error.409.kept" : "error.409.body", wait: nil, back: visit.exchange.path)
    case let refusal as Refusal: return try? await refused(refusal, visit)
    case let fault as DatabaseFault where fault == .busy:
      return Self.page(visit, status: 503, title: "error.503.title", body: "error.503.body", wait: 5)
    default: return nil
    }
  }

  /// Not allowed, with the reason and what would help. What was typed is kept as a draft, whoever typed it.
  private func refused(_ refusal: Refusal, _ visit: Visit) async throws -> Answer {
    let say = visit.say
    var kept: DraftKeeping.Kept?
    if visit.exchange.method == .post { kept = try await DraftKeeping.keep(visit) }
    switch refusal.remedy {
    case .signIn: return DraftKeeping.toSignIn(visit, kept)
    case .secondFactor: return visit.redirect("/account/second-factor")
    case .acceptTerms:
      let answer = visit.redirect("/account/terms?return=" + Percent.encode(DraftKeeping.returnPath(visit)))
      return UncountedPress.kept(visit).map { answer.with($0) } ?? answer
    case .none: break
    }
    var answer = visit.page(say("error.refused.title"), status: 403, robots: false) { page in
      page.div(.class("wrap")) {
        page.div(.class("head")) {
          page.h1(say("error.refused.title"))
          page.p(say(refusal.key, refusal.arguments), .class("lead"))
          if kept != nil {
            page.notice(say("error.refused.kept"), .yes) {
              let isKnown = visit.signedIn != nil
              page.p { page.link(isKnown ? "/account/drafts" : "/sign-in?return=/account/drafts", say(isKnown ? "account.drafts" : "frame.sign-in")) }
            }
          }
        }
        page.p(.class("cluster")) {
          // A press stands on a page, and a form is one; whoever was refused goes on there.
          if visit.exchange.method == .post { page.link(DraftKeeping.formPath(visit.exchange.path), say("form.back"), .class("button")) }
          page.link("/", say("error.home"), .class("button second"))
        }
      }
    }
    if let kept, visit.signedIn == nil { answer = answer.with(.init(DraftKeeping.cookie(visit), kept.token, age: 3600)) }
    return answer
  }
}
