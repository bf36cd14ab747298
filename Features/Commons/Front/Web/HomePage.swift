import CommonsDomain
import Database
import HTML
import Interface
import Localization

/// What home shows: the processes, each with its phases and figures.
struct HomeModel: Sendable {
  struct Item: Sendable {
    let space: Space
    let phases: [Phase]
    let figures: ProcessFigures
    /// Whether a participant may do anything here now.
    let isOpen: Bool

    func current(_ now: Instant) -> Phase? { phases.first { $0.runs(at: now) } }
  }

  let items: [Item]
  /// The latest of all processes.
  let news: [SpaceNews]

  static func load(in db: Reading) throws -> HomeModel {
    let spaces = try Spaces.all(withDrafts: false, in: db)
    let ids = spaces.map(\.id)
    let (phases, open) = (try Spaces.phases(of: ids, in: db), try Spaces.allowingSomething(among: ids, in: db))
    let figures = try ProcessFigures.load(ids, in: db)
    return HomeModel(
      items: spaces.map {
        Item(space: $0, phases: phases[$0.id] ?? [], figures: figures[$0.id] ?? ProcessFigures(), isOpen: open.contains($0.id))
      }, news: try Spaces.latestNews(limit: 4, in: db))
  }

  /// What ends first stands first.
  func open(_ now: Instant) -> [Item] {
    items.filter { $0.isOpen && $0.current(now) != nil }.sorted { ends($0, now) < ends($1, now) }
  }
  private func ends(_ item: Item, _ now: Instant) -> Int64 { item.current(now)?.ends?.milliseconds ?? .max }
  /// A phase runs and asks nothing of anyone: the authority writes its answer, say.
  func running(_ now: Instant) -> [Item] { items.filter { !$0.isOpen && $0.current(now) != nil } }
  func coming(_ now: Instant) -> [Item] { items.filter { item in item.current(now) == nil && item.phases.contains { $0.starts > now } } }
  func closed(_ now: Instant) -> [Item] { items.filter { item in item.current(now) == nil && !item.phases.contains { $0.starts > now } } }
}

extension Page {
  func home(_ model: HomeModel, _ visit: Visit) {
    let now = visit.now
    let open = model.open(now)
    div(.class("band")) {
      div(.class("wrap")) {
        div(.class("head")) {
          p(.class("over")) { day(now.milliseconds, style: .full) }
          if open.isEmpty {
            h1(say("home.open.none", ["name": .text(visit.settings.name)]))
          } else {
            h1(say("home.open", ["count": .count(open.count), "name": .text(visit.settings.name)]))
          }
        }
        if let first = open.first { front(first, others: Array(open.dropFirst()), visit) }
      }
    }
    div(.class("wrap")) {
      if !model.running(now).isEmpty { section("running", say("home.running")) { register(model.running(now), now) } }
      if !model.coming(now).isEmpty { section("coming", say("home.coming")) { register(model.coming(now), now) } }
      if !model.news.isEmpty { latest(model.news, now) }
      if !model.closed(now).isEmpty {
        section("closed", say("home.closed"), more: ("/processes", say("spaces.all"))) { register(Array(model.closed(now).prefix(6)), now) }
      }
      section("how", say("home.how")) {
        ol(.class("steps")) {
          for step in ["commit", "speak", "answer"] {
            li {
              h3(say(MessageKey(storedKey: "home.how.\(step).title")))
              p(say(MessageKey(storedKey: "home.how.\(step).body")))
            }
          }
        }
      }
    }
  }

  /// The question that ends first, and beside it the next ones or what this site is.
  private func front(_ first: HomeModel.Item, others: [HomeModel.Item], _ visit: Visit) {
    let now = visit.now
    div(.class("front")) {
      article(.class("plaque"), .labelledBy("q\(first.space.id)")) {
        p {
          words(first.space.title)
          if let phase = first.current(now) { text(" · "); words(phase.name) }
        }
        h2(.class("question"), .id("q\(first.space.id)")) { link("/processes/" + first.space.slug, question(first.space)) }
        words(first.space.summary, in: "p", .class("lead"))
        p {
          a(.class("button voice"), .href(path("/processes/" + first.space.slug))) {
            text(say("home.take-part") + " ")
            icon("next")
          }
        }
        let left = first.current(now)?.ends.map { self.left($0, now) }
        p {
          if let left { strong(left) }
          if first.figures.contributions > 0 {
            text((left == nil ? "" : " · ") + say("spaces.count.contributions", ["count": .count(first.figures.contributions)]))
          }
        }
      }
      if !others.isEmpty {
        ul(.class("side"), .label(say("home.others"))) {
          for item in others.prefix(3) { li(.class("numbered")) { side(item, now) } }
        }
      } else {
        div(.class("flow-s")) {
          h2(say("home.description"))
          for line in plain(visit.settings.description).split(separator: "\n") where !line.isEmpty {
            p(String(line), inLanguage(of: visit.settings.description))
          }
        }
      }
    }
  }

  private func latest(_ news: [SpaceNews], _ now: Instant) {
    section("news", say("spaces.news")) {
      ol(.class("register")) {
        for post in news {
          li {
            p(.class("mark")) { day(post.published.milliseconds, style: isThisYear(post.published, now) ? .dayAndMonth : .day) }
            div(.class("flow-s")) {
              h3(.class("said")) { link("/processes/\(post.slug)/news#news-\(post.id)", post.title) }
              words(post.space, in: "p", .class("small soft"))
            }
          }
        }
      }
    }
  }

  private func isThisYear(_ moment: Instant, _ now: Instant) -> Bool {
    say.isoDate(moment.milliseconds).utf8.prefix(4).elementsEqual(say.isoDate(now.milliseconds).utf8.prefix(4))
  }

  func question(_ space: Space) -> LocalizedText { space.question.isEmpty ? space.title : space.question }

  /// How long something still runs, in the largest unit that it fills: whole days, hours or minutes, begun ones counted.
  /// - Returns: the amount, its unit, and the sentence that says both.
  func timeLeft(_ ends: Instant, _ now: Instant) -> (amount: Int, unit: MessageKey, sentence: MessageKey) {
    let minutes = max(1, Int((ends.milliseconds - now.milliseconds + 59_999) / 60_000))
    if minutes > 24 * 60 { return ((minutes + 24 * 60 - 1) / (24 * 60), "home.days", "home.days-left") }
    return minutes > 60 ? ((minutes + 59) / 60, "home.hours", "home.hours-left") : (minutes, "home.minutes", "home.minutes-left")
  }

  /// `Encore 12 jours`, `Encore 3 heures`.
  func left(_ ends: Instant, _ now: Instant) -> String {
    let left = timeLeft(ends, now)
    return say(left.sentence, ["count": .count(left.amount)])
  }

  private func side(_ item: HomeModel.Item, _ now: Instant) {
    if let ends = item.current(now)?.ends {
      let left = timeLeft(ends, now)
      p(.class("big")) {
        text(say.number(left.amount) + " "); small(say(left.unit, ["count": .count(left.amount)]))
      }
    } else {
      p(.class("big")) {
        text("∞ "); small(say("home.no-end"))
      }
    }
    div(.class("flow-s")) {
      words(item.space.title, in: "p", .class("over"))
      h2(.class("question s")) { link("/processes/" + item.space.slug, question(item.space)) }
      words(item.space.summary, in: "p")
      ul(.class("meta")) {
        li {
          icon("reply"); text(" " + say("spaces.count.contributions", ["count": .count(item.figures.contributions)]))
        }
      }
    }
  }

  func processes(_ model: HomeModel, _ now: Instant) {
    div(.class("wrap")) {
      crumbs([(say("frame.take-part"), nil)])
      div(.class("head")) { h1(say("spaces.all")) }
      for (key, items) in [
        ("home.now" as MessageKey, model.open(now)), ("home.running", model.running(now)), ("home.coming", model.coming(now)),
        ("home.closed", model.closed(now)),
      ]
      where !items.isEmpty {
        section(key.name.replacingDots, say(key)) { register(items, now) }
      }
      if model.items.isEmpty { notice(say("spaces.none.title")) { p(say("spaces.none.body")) } }
    }
  }

  private func register(_ items: [HomeModel.Item], _ now: Instant) {
    ol(.class("register wide")) {
      for item in items {
        li {
          p(.class("mark")) {
            if let phase = item.current(now) {
              tag(phase.name, .now)
            } else if let next = item.phases.first(where: { $0.starts > now }) {
              text(say("home.opens") + " ")
              day(next.starts.milliseconds)
            } else if let last = item.phases.compactMap(\.ends).max() {
              text(say("home.ended") + " ")
              day(last.milliseconds, style: .month)
            }
          }
          div(.class("flow-s")) {
            h3(.class("said")) { link("/processes/" + item.space.slug, question(item.space)) }
            words(item.space.summary, in: "p", .class("small soft"))
          }
          p(.class("facts")) {
            if item.isOpen, let ends = item.current(now)?.ends {
              strong(left(ends, now))
              br()
            }
            for (number, key) in [
              (item.figures.votes, "spaces.count.votes" as MessageKey), (item.figures.supports, "proposals.supports"),
              (item.figures.contributions, "spaces.count.contributions"),
            ] where number > 0 {
              span(say(key, ["count": .count(number)]))
              br()
            }
          }
        }
      }
    }
  }
}

extension String {
  /// A key as an element's id.
  var replacingDots: String { String(decoding: utf8.map { $0 == UInt8(ascii: ".") ? UInt8(ascii: "-") : $0 }, as: UTF8.self) }
}
