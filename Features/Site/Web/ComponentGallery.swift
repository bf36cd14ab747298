import HTML
import Interface
import Localization

extension Page {
  /// The living page of all parts that pages are made of; made by the same functions as the pages themselves.
  func componentGallery() {
    let reader = FormReader(.none)
    reader.fail("sample-wrong", "form.fault.missing")
    var sample = FormState(reader)
    sample.values = ["sample-text": say("components.sample"), "sample-area": say("components.sample"), "sample-radio": "one"]
    div(.class("wrap")) {
      crumbs([(say("components.title"), nil)])
      div(.class("head")) {
        h1(say("components.title")); p(say("components.lead"), .class("lead"))
      }
      section("gallery-plaque", say("components.plaque")) {
        div(.class("plaque")) {
          p(say("components.sample"))
          p(say("components.question"), .class("question"))
          p { a(.class("button voice"), .href("#gallery-plaque")) { text(say("home.take-part")) } }
        }
      }
      section("gallery-buttons", say("components.buttons")) {
        p(.class("cluster")) {
          button(say("form.save"), .class("button"), .type("button"))
          button(say("form.cancel"), .class("button second"), .type("button"))
          button(say("moderation.hide"), .class("button danger"), .type("button"))
          button(say("form.later"), .class("button quiet"), .type("button"))
        }
      }
      section("gallery-fields", say("components.fields")) {
        summary(sample)
        form(.fixed("method", "get"), .action("#gallery-fields")) {
          field("sample-text", say("components.field"), hint: say("components.hint"), state: sample)
          field("sample-wrong", say("components.field"), state: sample, required: false)
          area("sample-area", say("components.area"), state: sample, rows: 3)
          radios(
            "sample-radio", say("components.choice"),
            options: [("one", say("votes.choice.for"), say("components.hint")), ("two", say("votes.choice.against"), nil)], state: sample)
          check("sample-check", say("components.check"), isChecked: true)
        }
      }
      section("gallery-votes", say("components.votes")) {
        voteBar(pro: 1_320, mixed: 282, con: 1_732, id: "gallery")
        dl(.class("legend")) {
          for (name, amount) in [("for", 1_320), ("mixed", 282), ("against", 1_732)] {
            div {
              dt(say(MessageKey(storedKey: "votes.choice." + name))); dd(say.number(amount))
            }
          }
        }
      }
      galleryOfSigns()
    }
  }

  private func galleryOfSigns() {
    section("gallery-tags", say("components.tags")) {
      p(.class("cluster")) {
        tag(say("components.tag.yes"), .yes)
        tag(say("components.tag.wait"), .wait)
        tag(say("components.tag.no"), .no)
        tag(say("components.tag.now"), .now)
        tag(say("components.tag.plain"))
      }
    }
    section("gallery-notices", say("components.notices")) {
      div(.class("stack")) {
        notice(say("components.sample")) { p(say("components.hint")) }
        notice(say("components.sample"), .yes) { p(say("components.hint")) }
        notice(say("components.sample"), .wait) { p(say("components.hint")) }
      }
    }
    section("gallery-timeline", say("components.timeline")) {
      timeline([
        Step(name: LocalizedText(say("components.step.one"), in: language), detail: say("components.tag.yes"), state: .done),
        Step(name: LocalizedText(say("components.step.two"), in: language), detail: say("components.tag.now"), state: .now),
        Step(name: LocalizedText(say("components.step.three"), in: language), detail: say("components.tag.plain"), state: .coming),
      ])
    }
    section("gallery-pages", say("components.pages")) { pages(current: 2, count: 9) { path("/components?page=\($0)") } }
  }
}
