package import CommonsDomain
package import Database
package import Interface
import Localization

/// The space and component that an address names, checked: published, or open to whoever asks.
package struct SpaceContext: Sendable {
  package let space: Space
  package let phases: [Phase]
  package let components: [Component]

  package var path: String { "/processes/" + space.slug }
  package func path(_ component: Component) -> String { "\(path)/f/\(component.id)" }

  package static func load(_ slug: String, for actor: Actor, in db: Reading) throws -> SpaceContext {
    guard let space = try Spaces.space(slug: slug, in: db) else { throw NotFound() }
    guard ReadSpace(space).verdict(for: actor, at: db.now).isYes else { throw NotFound() }
    return SpaceContext(
      space: space, phases: try Spaces.phases(of: space.id, in: db), components: try Spaces.components(of: space.id, in: db))
  }

  /// The component that the address names; one that is not public is there for its organisers only.
  package func component(_ id: Int64?, for actor: Actor, at now: Instant) throws -> Component {
    guard let id, let component = components.first(where: { $0.id.number == id }) else { throw NotFound() }
    guard component.isPublished || ManageSpace(space.id).verdict(for: actor, at: now).isYes else { throw NotFound() }
    return component
  }

  package func current(at now: Instant) -> Phase? { phases.first { $0.runs(at: now) } }
}

extension Page {
  /// The way from home to a part of a space.
  package func crumbs(_ context: SpaceContext, _ more: (words: String, path: String?)...) {
    crumbs([(say("frame.take-part"), "/processes"), (plain(context.space.title), more.isEmpty ? nil : context.path)] + more)
  }

  /// What stands above everything in a space that is not public yet.
  package func draftNotice(_ space: Space) {
    guard !space.isPublished else { return }
    div(.class("mt4")) { notice(say("spaces.preview.title"), .wait) { p(say("spaces.preview.body")) } }
  }
}

extension Page {
  /// Until when: the day that ends with it, or the minute.
  package func until(_ ends: Instant) -> String {
    let local = say.zone.local(ends.milliseconds)
    let isMidnight = (local.hour, local.minute, local.second) == (0, 0, 0)
    return say("spaces.until", ["date": isMidnight ? .date(milliseconds: ends.milliseconds - 1) : .dateTime(milliseconds: ends.milliseconds)])
  }
}
