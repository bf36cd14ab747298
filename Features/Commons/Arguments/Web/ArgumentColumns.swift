package import CommonsDomain
package import Database
import HTML
package import Interface
import Localization

/// The arguments about a resource as its page shows them.
package struct ArgumentsModel: Sendable {
  package let subject: Resource
  package let base: String
  package let order: Arguments.Order
  package let sides: [Argument.Side: [Argument]]
  package let replies: [Argument]
  package let counts: [Argument.Side: Int]
  package let own: [ResourceID: Choice]
  package let canArgue: Bool
  /// Works at the desk, which keeps the slips of those it wrote for.
  package let keepsSlips: Bool
  /// Who looks; nobody marks their own.
  package let viewer: PersonID?
  /// Those of one's own that may still be corrected.
  package let correctable: Set<ResourceID>
  package let page: Int
  package let seed: Int

  package static let pageSize = 10

  package static func load(
    about subject: Resource, base: String, admission: Admission, signedIn: SignedIn?, query: Fields, in db: Reading
  ) throws -> ArgumentsModel {
    let order = query["arguments"].flatMap(Arguments.Order.init(rawValue:)) ?? .useful
    let page = query["apage"].flatMap { $0.utf8.count < 5 ? Int($0) : nil }.map { max(1, $0) } ?? 1
    let seed = Listing.seed(at: db.now)
    var sides: [Argument.Side: [Argument]] = [:]
    for side in Argument.Side.allCases {
      sides[side] = try Arguments.list(
        about: subject.id, side: side, order: order, seed: seed, limit: pageSize, offset: (page - 1) * pageSize, in: db)
    }
    let replies = try Arguments.replies(about: subject.id, limit: 400, in: db)
    let keepsSlips = Assist(subject.space).verdict(for: signedIn?.actor ?? .visitor, at: db.now).isYes
    let correctable = (sides.values.joined() + replies).filter {
      ($0.authorPerson != nil && $0.authorPerson == signedIn?.person || keepsSlips && $0.author.kind == .assisted)
        && Correct.isInTime($0.published, admission, at: db.now)
    }
    return ArgumentsModel(
      subject: subject, base: base, order: order, sides: sides, replies: replies,
      counts: try Arguments.counts(about: subject.id, in: db),
      own: try signedIn.map { try Votes.votes(of: $0.person, around: subject.id, in: db) } ?? [:],
      canArgue: Argue(subject, admission).verdict(for: signedIn?.actor ?? .visitor, at: db.now).isOffered,
      keepsSlips: keepsSlips,
      viewer: signedIn?.person, correctable: Set(correctable.map(\.id)),
      page: page, seed: seed)
  }

  func count(_ side: Argument.Side) -> Int { counts[side] ?? 0 }
  var pages: Int { (max(count(.for), count(.against)) + Self.pageSize - 1) / Self.pageSize }
}

extension Page {
  /// Arguments for and against, side by side.
  package func argumentColumns(_ model: ArgumentsModel) {
    section(.class("section"), .id("arguments"), .labelledBy("arguments-title")) {
      div(.class("section-head")) {
        h2(say("arguments.title"), .id("arguments-title"))
        span(.class("cluster small orders")) {
          text(say("arguments.order"))
          for order in Arguments.Order.allCases {
            let words = say(MessageKey(storedKey: "arguments.order." + order.rawValue))
            a(words, .href(path(model.base + "?arguments=\(order.rawValue)#arguments")), .current("true", if: order == model.order))
          }
        }
      }
      nav(.class("tabs phone"), .label(say("arguments.sides"))) {
        ul {
          li {
            a(.href("#side-for")) {
              stone("for"); text(" " + say("arguments.for") + " " + say.number(model.count(.for)))
            }
          }
          li {
            a(.href("#side-against")) {
              stone("against"); text(" " + say("arguments.against") + " " + say.number(model.count(.against)))
            }
          }
        }
      }
      div(.class("pair mt4")) {
        column(.for, model)
        column(.against, model)
      }
      pages(current: model.page, count: model.pages) { path("\(model.base)?arguments=\(model.order.rawValue)&apage=\($0)#arguments") }
    }
  }

  private func column(_ side: Argument.Side, _ model: ArgumentsModel) {
    let isFor = side == .for
    section(.labelledBy("side-\(side.rawValue)")) {
      h3(isFor ? .class("col-head for") : .class("col-head against"), .id("side-\(side.rawValue)")) {
        if isFor { stone("for") } else { stone("against") }
        text(" " + say(isFor ? "arguments.for" : "arguments.against") + " ")
        small(say("arguments.count", ["count": .count(model.count(side))]))
      }
      if (model.sides[side] ?? []).isEmpty { p(say("arguments.none"), .class("soft")) }
      for argument in model.sides[side] ?? [] { self.argument(argument, model, isReply: false) }
      if model.canArgue {
        p {
          link(
            model.base + "/arguments/new?side=\(side.rawValue)", say(isFor ? "arguments.add.for" : "arguments.add.against"), .class("button second"))
        }
      }
    }
  }

  /// In letters; longer ones are shown in part, and whole once their address is asked for.
  private static let longestUnfolded = 900

  private func argument(_ argument: Argument, _ model: ArgumentsModel, isReply: Bool) {
    let isOwn = argument.authorPerson != nil && argument.authorPerson == model.viewer
    article(.class("argument"), .id("argument-\(argument.id)")) {
      switch argument.state {
      case .hidden: tombstone(argument.tombstone)
      case .withdrawn: p(say("resources.withdrawn"), .class("soft"))
      case .published:
        authorLine(argument.author, argument.published, in: argument.language)
        let isLong = argument.body.plain.unicodeScalars.count > Self.longestUnfolded
        blockquote(isLong ? .class("fold") : .class("whole"), inLanguage(argument.language)) { rich(argument.body) }
        if isLong {
          p(.class("more small")) {
            a(.href("#argument-\(argument.id)")) {
              text(say("arguments.more")); spoken(argument)
            }
          }
        }
        if argument.revision > 1 {
          p(.class("small")) {
            a(.href(path("\(model.base)/arguments/\(argument.id)/history"))) {
              text(say("arguments.corrected")); spoken(argument)
            }
          }
        }
        div(.class("cluster")) {
          if model.canArgue && !isOwn {
            usefulButton(.init(number: argument.id.number, count: argument.useful, isMine: model.own[argument.id] != nil), base: model.base) {
              spoken(argument)
            }
          } else {
            span(say("arguments.useful", ["count": .count(argument.useful)]), .class("small soft"))
          }
          if model.canArgue && !isReply {
            a(.href(path(model.base + "/arguments/new?reply=\(argument.id)")), .class("button quiet")) {
              text(say("arguments.reply")); spoken(argument)
            }
          }
          if model.keepsSlips && argument.author.kind == .assisted {
            a(.href(path("/slips/\(argument.id)")), .class("button quiet")) {
              text(say("assist.slip")); spoken(argument)
            }
          }
          if model.correctable.contains(argument.id) {
            a(.href(path("\(model.base)/arguments/\(argument.id)/correct")), .class("button quiet")) {
              text(say("resources.correct")); spoken(argument)
            }
          }
          if isOwn {
            a(.href(path("/withdraw/\(argument.id)")), .class("button quiet")) {
              text(say("resources.withdraw")); spoken(argument)
            }
          } else {
            a(.href(path("/report/\(argument.id)")), .class("button quiet")) {
              text(say("moderation.report")); spoken(argument)
            }
          }
        }
      }
      let replies = model.replies.filter { $0.replyTo == argument.id }
      if !isReply && !replies.isEmpty {
        details(.class("plain")) {
          summary(say("arguments.replies", ["count": .count(replies.count)]))
          div { for reply in replies { self.argument(reply, model, isReply: true) } }
        }
      }
    }
  }

  /// Whose argument and how it begins, for the ear: the same three buttons stand under each.
  private func spoken(_ argument: Argument) {
    span(.class("vh")) {
      text(" (" + say("arguments.spoken", ["name": .text(name(of: argument.author))]) + " ")
      span(argument.body.plain.beginning(words: 8), inLanguage(argument.language))
      text(")")
    }
  }

  /// What stands where something was hidden: that it was, when, and by which rule.
  package func tombstone(_ tombstone: Tombstone?) {
    notice(say("moderation.tombstone.title"), .no) {
      p {
        if let tombstone {
          let rule = say(MessageKey(storedKey: "charter.rule." + tombstone.rule))
          text(say("moderation.tombstone.body", ["rule": .text(rule), "date": .text(say.date(tombstone.hidden.milliseconds))]) + " ")
        }
        link("/pages/moderation-charter", say("frame.charter"))
      }
    }
  }
}
