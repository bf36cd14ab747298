package import HTML
import Localization

/// Form parts: label, hint, error, control, in that order; a summary of errors on top that takes the focus.
extension Page {
  /// What is wrong, in the reader's language.
  package func faultText(_ fault: FormReader.Fault) -> String { say(fault.key, fault.arguments) }

  /// What is wrong, on top of the form, each line naming its field and leading to it; and that the form begins with what was typed before.
  package func summary(_ state: FormState) {
    if let draft = state.draft {
      notice(say("form.draft-found"), .yes) {
        p(say("form.draft-found.body", ["date": .dateTime(milliseconds: draft.saved)]))
        if draft.isOvertaken { p { strong(say("form.draft-found.overtaken")) } }
        form(.fixed("method", "post"), .action(path("/account/drafts"))) {
          hidden("draft", String(draft.number))
          button(say("form.draft-found.discard"), .class("button quiet"), .type("submit"), .name("again"), .value("1"))
        }
      }
    }
    if !state.faults.isEmpty { summaryPlace = (place, state) }
  }

  /// Writes the summary where it was asked for, now that the labels of the fields are known.
  func writeSummary() {
    guard let (place, state) = summaryPlace else { return }
    write(at: place) { summaryBox(state) }
  }

  private func faultLine(_ fault: FormReader.Fault) -> String {
    faultyLabels[fault.field].map { say("form.fault.line", ["label": .text($0), "fault": .text(faultText(fault))]) } ?? faultText(fault)
  }

  private func summaryBox(_ state: FormState) {
    div(.class("summary mt4"), .fixed("role", "alert"), .labelledBy("faults"), .fixed("tabindex", "-1"), .flag("autofocus")) {
      h2(.id("faults")) {
        icon("warn")
        text(" " + say("form.faults", ["count": .count(state.faults.count)]))
      }
      ul { for fault in state.faults { li { a(faultLine(fault), .href("#\(fault.field)")) } } }
    }
  }

  private func hintAndFault(_ name: String, _ hint: String?, _ fault: FormReader.Fault?) {
    if let hint { p(hint, .class("hint"), .id("\(name)-hint")) }
    if let fault {
      p(.class("error"), .id("\(name)-fault")) {
        icon("warn")
        span {
          span(say("form.error"), .class("vh")); text(" " + faultText(fault))
        }
      }
    }
  }

  private func described(_ name: String, _ hint: String?, _ fault: FormReader.Fault?) -> Attribute {
    .describedBy((hint == nil ? [] : ["\(name)-hint"]) + (fault == nil ? [] : ["\(name)-fault"]))
  }

  /// One line to type. `longest` is in characters, as browsers count them; `more` are attributes of the control.
  package func field(
    _ name: String, _ label: String, hint: String? = nil, state: FormState, type: StaticString = "text", autocomplete: StaticString? = nil,
    longest: Int? = nil, required: Bool = true, more: Attribute...
  ) {
    let fault = state.fault(name)
    div(fault == nil ? .class("field") : .class("field has-error")) {
      if fault != nil { faultyLabels[name] = label }
      self.label(label, .for(name))
      hintAndFault(name, hint, fault)
      void(
        "input",
        [
          .id(name), .name(name), .type(type), .value(state[name]), described(name, hint, fault),
          .named("maxlength", ifPresent: longest.map { String($0) }),
          .flag("required", required), .named("aria-invalid", ifPresent: fault == nil ? nil : "true"),
          autocomplete.map { .fixed("autocomplete", $0) } ?? .flag("autocomplete", false),
        ] + more)
    }
  }

  /// Several lines to type; `said` shows them in the typeface in which people's words are read.
  package func area(
    _ name: String, _ label: String, hint: String? = nil, state: FormState, rows: Int = 6, said: Bool = false, required: Bool = true,
    more: Attribute...
  ) {
    let fault = state.fault(name)
    div(fault == nil ? .class("field") : .class("field has-error")) {
      if fault != nil { faultyLabels[name] = label }
      self.label(label, .for(name))
      hintAndFault(name, hint, fault)
      element(
        "textarea",
        [
          .id(name), .name(name), .named("rows", String(rows)), described(name, hint, fault), .flag("required", required),
          .named("aria-invalid", ifPresent: fault == nil ? nil : "true"), said ? .class("said-field") : .flag("class", false),
        ] + more
      ) {
        // A parser drops the first line break after the tag; one of ours stands there so that none of theirs is lost.
        text("\n" + state[name])
      }
    }
  }

  /// A choice out of a list that folds; the value of the state is chosen.
  package func select(_ name: String, _ label: String, hint: String? = nil, options: [(value: String, words: String)], state: FormState) {
    let fault = state.fault(name)
    div(fault == nil ? .class("field") : .class("field has-error")) {
      if fault != nil { faultyLabels[name] = label }
      self.label(label, .for(name))
      hintAndFault(name, hint, fault)
      select(.id(name), .name(name), described(name, hint, fault), .named("aria-invalid", ifPresent: fault == nil ? nil : "true")) {
        for choice in options { option(choice.words, .value(choice.value), .flag("selected", state[name] == choice.value)) }
      }
    }
  }

  /// A choice of which every possibility is in sight; its legend is the question.
  package func radios(_ name: String, _ legend: String, options: [(value: String, words: String, hint: String?)], state: FormState) {
    let fault = state.fault(name)
    fieldset(.class("field"), .id(name)) {
      if fault != nil { faultyLabels[name] = legend }
      self.legend(legend)
      if let fault {
        p(.class("error")) {
          icon("warn"); span(faultText(fault))
        }
      }
      ul(.class("choices mt4")) {
        for choice in options {
          li {
            label(.class("choice"), .for("\(name)-\(choice.value)")) {
              input(.type("radio"), .name(name), .id("\(name)-\(choice.value)"), .value(choice.value), .flag("checked", state[name] == choice.value))
              span {
                span(choice.words, .class("name"))
                if let hint = choice.hint { text(" "); small(hint, .class("soft")) }
              }
            }
          }
        }
      }
    }
  }

  /// A box to tick, sent as `value`; `id` where several boxes share a name.
  package func check(_ name: String, _ words: String, value: String = "1", isChecked: Bool, id: String? = nil) {
    let id = id ?? name
    p(.class("mt4")) { box(name, words, value: value, isChecked: isChecked, id: id, fault: nil) }
  }

  /// A box that must be ticked, with its fault beside it where it was not.
  package func requiredCheck(_ name: String, _ words: String, state: FormState) {
    let fault = state.fault(name)
    if fault != nil { faultyLabels[name] = words }
    div(fault == nil ? .class("field") : .class("field has-error")) {
      hintAndFault(name, nil, fault)
      p { box(name, words, value: "1", isChecked: state[name] == "1", id: name, fault: fault) }
    }
  }

  private func box(_ name: String, _ words: String, value: String, isChecked: Bool, id: String, fault: FormReader.Fault?) {
    label(.class("check"), .for(id)) {
      input(
        .type("checkbox"), .name(name), .id(id), .value(value), .flag("checked", isChecked), described(name, nil, fault),
        .named("aria-invalid", ifPresent: fault == nil ? nil : "true"))
      text(" " + words)
    }
  }

  /// A file to choose; `accept` is what the browser offers, not what the server takes.
  package func filePicker(_ name: String, _ label: String, hint: String, accept: StaticString, state: FormState, required: Bool = true) {
    let fault = state.fault(name)
    div(fault == nil ? .class("field") : .class("field has-error")) {
      if fault != nil { faultyLabels[name] = label }
      self.label(label, .for(name))
      hintAndFault(name, hint, fault)
      input(
        .id(name), .name(name), .type("file"), .fixed("accept", accept), described(name, hint, fault), .flag("required", required),
        .named("aria-invalid", ifPresent: fault == nil ? nil : "true"))
    }
  }

  /// Asks before something goes: the press that does it, and the way back.
  package func danger(_ words: String, action: String, back: String, keep: String) {
    form(.fixed("method", "post"), .action(path(action))) {
      p(.class("mt5 cluster")) {
        button(words, .class("button danger"), .type("submit"))
        link(back, keep, .class("button quiet"))
      }
    }
  }

  /// Which state of what it changes a form was begun from: part of every form that people may open at the same time.
  package func seen(_ state: FormState) { hidden(FormState.seen, state[FormState.seen]) }

  /// A value that goes along unseen. Whoever sends the form can change it.
  package func hidden(_ name: String, _ value: String) { input(.type("hidden"), .name(name), .value(value)) }

  /// The one action of the page.
  package func voice(_ words: String) {
    p(.class("mt5")) {
      button(.class("button voice"), .type("submit")) {
        text(words + " ")
        svg(.class("icon flip"), .hiddenFromSpeech) { use(.named("href", ServedAssets.address("icons.svg") + "#next")) }
      }
    }
  }
}
