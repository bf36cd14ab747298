import CommonsDomain
import Database
import HTML
import Interface
import Localization

extension SpaceAdminModel {
  func checklist(_ now: Instant) -> PublishingChecklist {
    PublishingChecklist(
      hasCommitment: !commitments.isEmpty, articles: articles, components: context.components, phases: context.phases, allowed: permissions, at: now)
  }
}

extension Page {
  /// What stands between a draft and its opening, each line leading to where it is done; then the button that opens it.
  func publishPanel(_ model: SpaceAdminModel, _ now: Instant) {
    let base = "/admin" + model.context.path
    let list = model.checklist(now)
    notice(say("admin.publish.title"), list.missing.isEmpty ? .yes : .wait) {
      ul(.class("flow-s")) {
        let hasText = model.context.components.contains { $0.kind == .texts }
        for item in PublishingChecklist.Item.allCases where item != .articles || hasText {
          let isDone = list.done.contains(item)
          li {
            tag(say(isDone ? "admin.done" : "admin.missing"), isDone ? .yes : .wait)
            text(" ")
            link(base + place(of: item, in: model, list, now), say(MessageKey(storedKey: "admin.publish." + item.rawValue)))
          }
        }
      }
      form(.fixed("method", "post"), .action(path(base + "/publish"))) {
        if list.missing.isEmpty {
          voice(say("admin.publish"))
        } else {
          p(.class("mt4")) { button(say("admin.publish"), .class("button second"), .type("submit")) }
        }
      }
    }
  }

  /// Where an item of the list is done.
  private func place(of item: PublishingChecklist.Item, in model: SpaceAdminModel, _ list: PublishingChecklist, _ now: Instant) -> String {
    let context = model.context
    switch item {
    case .commitment: return "/commitment"
    case .activity:
      return context.components.first.map { "/activities/\($0.id)" } ?? "/activities/new"
    case .articles:
      return (list.emptyText ?? context.components.first { $0.kind == .texts }?.id).map { "/activities/\($0)/articles" } ?? "/activities/new"
    case .phase, .act:
      // Nothing can be allowed while there is no activity to allow it in.
      if item == .act && context.components.isEmpty { return "/activities/new" }
      return (context.phases.first { !$0.isOver(at: now) }).map { "/phases/\($0.id)" } ?? "/phases/new"
    }
  }
}
