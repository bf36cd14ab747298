import CommonsDomain
import Database
import HTML
package import Interface
import Localization

/// The slip that an agent prints for someone without account.
package enum SlipRoutes {
  package static func routes(_ doors: Doors) -> [Route] {
    [
      doors.get("/slips/:id") { visit in
        guard let id = visit.exchange.number("id") else { throw NotFound() }
        let actor = visit.actor
        let (slip, place, can, another) = try await visit.read { db -> (Slip, String, (correct: Bool, withdraw: Bool), String?) in
          guard let slip = try Slips.slip(ID(id), in: db) else { throw NotFound() }
          try Assist(slip.resource.space).check(for: actor, at: db.now)
          let place = try ResourcePath.path(of: slip.resource, in: db)
          let another = slip.resource.kind == .proposal ? String(place.dropLast("\(slip.resource.id)".count)) + "assist" : nil
          let admission = try Admission.load(slip.resource.component, in: db)
          let can = (
            correct: slip.resource.kind != .source && Correct(slip.resource, admission).verdict(for: actor, at: db.now).isYes,
            withdraw: Withdraw(slip.resource).verdict(for: actor, at: db.now).isYes
          )
          return (slip, place, can, another)
        }
        return visit.page(visit.say("assist.slip"), robots: false) { $0.slip(slip, place, can, another, visit) }
      }
    ]
  }
}

extension Page {
  /// What the person takes home: the reference, what was written, how the answer comes.
  func slip(_ slip: Slip, _ place: String, _ can: (correct: Bool, withdraw: Bool), _ another: String?, _ visit: Visit) {
    let given = say.zone.instant(isoDateTime: slip.givenOn + "T00:00").map { say.date($0.milliseconds) } ?? slip.givenOn
    let address = visit.exchange.site.origin + path(place)
    div(.class("wrap narrow")) {
      div(.class("head")) {
        p(visit.settings.name, .class("over")); h1(say("assist.slip.title", ["reference": .text(slip.reference)]))
      }
      dl(.class("stack")) {
        for (key, value) in [
          ("assist.slip.contribution" as MessageKey, slip.title), ("assist.name", slip.name.isEmpty ? say("authors.former") : slip.name),
          ("assist.slip.given", "\(say(MessageKey(storedKey: "authors.channel." + slip.channel.rawValue))), \(slip.place), \(given)"),
          ("assist.answer-by", say(MessageKey(storedKey: "assist.answer-by." + slip.answerBy.rawValue))), ("assist.slip.page", address),
          ("help.contact", visit.settings.contact),
        ] {
          div {
            dt(say(key)); dd(value, .class("said"))
          }
        }
      }
      div(.class("mt5")) {
        qrCode(address, id: "page", title: say("assist.slip.qr"), description: say("assist.slip.qr.instead"))
      }
      p(say("assist.slip.keep"), .class("mt5"))
      p(.class("cluster")) {
        link(place, say("form.back"))
        if let another { link(another, say("assist.another"), .class("button second")) }
        if can.correct { link(slip.correction(place), say("resources.correct"), .class("button quiet")) }
        if can.withdraw { link("/withdraw/\(slip.resource.id)", say("resources.withdraw"), .class("button quiet")) }
      }
    }
  }
}

extension Slip {
  /// Where what was written is corrected; an argument is, on the page of what it is about.
  fileprivate func correction(_ place: String) -> String {
    guard resource.kind == .argument, let page = place.split(separator: "#").first else { return place + "/correct" }
    return "\(page)/arguments/\(resource.id)/correct"
  }
}
