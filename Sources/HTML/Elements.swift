/// The elements that pages use, named as HTML and SVG name them: with content written by a closure, or with plain text. `HTML.element` and `HTML.void`
/// do the writing; an element that is not here is added when a page wants it. Paragraphs and lists without content are not written.
extension HTML {
  package final func html(_ attributes: Attribute..., content: () -> Void) { element("html", attributes, content) }
  package final func head(_ attributes: Attribute..., content: () -> Void) { element("head", attributes, content) }
  package final func body(_ attributes: Attribute..., content: () -> Void) { element("body", attributes, content) }
  package final func title(_ attributes: Attribute..., content: () -> Void) { element("title", attributes, content) }
  package final func title(_ text: String, _ attributes: Attribute...) { element("title", attributes) { self.text(text) } }
  package final func header(_ attributes: Attribute..., content: () -> Void) { element("header", attributes, content) }
  package final func footer(_ attributes: Attribute..., content: () -> Void) { element("footer", attributes, content) }
  package final func main(_ attributes: Attribute..., content: () -> Void) { element("main", attributes, content) }
  package final func nav(_ attributes: Attribute..., content: () -> Void) { element("nav", attributes, content) }
  package final func section(_ attributes: Attribute..., content: () -> Void) { element("section", attributes, content) }
  package final func article(_ attributes: Attribute..., content: () -> Void) { element("article", attributes, content) }
  package final func aside(_ attributes: Attribute..., content: () -> Void) { element("aside", attributes, content) }
  package final func div(_ attributes: Attribute..., content: () -> Void) { element("div", attributes, content) }
  package final func span(_ attributes: Attribute..., content: () -> Void) { element("span", attributes, content) }
  package final func span(_ text: String, _ attributes: Attribute...) { element("span", attributes) { self.text(text) } }
  package final func p(_ attributes: Attribute..., content: () -> Void) { elementUnlessEmpty("p", attributes, content) }
  package final func p(_ text: String, _ attributes: Attribute...) { element("p", attributes) { self.text(text) } }
  package final func a(_ attributes: Attribute..., content: () -> Void) { element("a", attributes, content) }
  package final func a(_ text: String, _ attributes: Attribute...) { element("a", attributes) { self.text(text) } }
  package final func h1(_ attributes: Attribute..., content: () -> Void) { element("h1", attributes, content) }
  package final func h1(_ text: String, _ attributes: Attribute...) { element("h1", attributes) { self.text(text) } }
  package final func h2(_ attributes: Attribute..., content: () -> Void) { element("h2", attributes, content) }
  package final func h2(_ text: String, _ attributes: Attribute...) { element("h2", attributes) { self.text(text) } }
  package final func h3(_ attributes: Attribute..., content: () -> Void) { element("h3", attributes, content) }
  package final func h3(_ text: String, _ attributes: Attribute...) { element("h3", attributes) { self.text(text) } }
  package final func ul(_ attributes: Attribute..., content: () -> Void) { elementUnlessEmpty("ul", attributes, content) }
  package final func ol(_ attributes: Attribute..., content: () -> Void) { elementUnlessEmpty("ol", attributes, content) }
  package final func li(_ attributes: Attribute..., content: () -> Void) { element("li", attributes, content) }
  package final func li(_ text: String, _ attributes: Attribute...) { element("li", attributes) { self.text(text) } }
  package final func dl(_ attributes: Attribute..., content: () -> Void) { elementUnlessEmpty("dl", attributes, content) }
  package final func dt(_ attributes: Attribute..., content: () -> Void) { element("dt", attributes, content) }
  package final func dt(_ text: String, _ attributes: Attribute...) { element("dt", attributes) { self.text(text) } }
  package final func dd(_ attributes: Attribute..., content: () -> Void) { element("dd", attributes, content) }
  package final func dd(_ text: String, _ attributes: Attribute...) { element("dd", attributes) { self.text(text) } }
  package final func strong(_ text: String, _ attributes: Attribute...) { element("strong", attributes) { self.text(text) } }
  package final func b(_ attributes: Attribute..., content: () -> Void) { element("b", attributes, content) }
  package final func b(_ text: String, _ attributes: Attribute...) { element("b", attributes) { self.text(text) } }
  package final func small(_ attributes: Attribute..., content: () -> Void) { element("small", attributes, content) }
  package final func small(_ text: String, _ attributes: Attribute...) { element("small", attributes) { self.text(text) } }
  package final func cite(_ text: String, _ attributes: Attribute...) { element("cite", attributes) { self.text(text) } }
  package final func blockquote(_ attributes: Attribute..., content: () -> Void) { element("blockquote", attributes, content) }
  package final func blockquote(_ text: String, _ attributes: Attribute...) { element("blockquote", attributes) { self.text(text) } }
  package final func code(_ text: String, _ attributes: Attribute...) { element("code", attributes) { self.text(text) } }
  package final func ins(_ text: String, _ attributes: Attribute...) { element("ins", attributes) { self.text(text) } }
  package final func del(_ text: String, _ attributes: Attribute...) { element("del", attributes) { self.text(text) } }
  package final func time(_ attributes: Attribute..., content: () -> Void) { element("time", attributes, content) }
  package final func time(_ text: String, _ attributes: Attribute...) { element("time", attributes) { self.text(text) } }
  package final func figure(_ attributes: Attribute..., content: () -> Void) { element("figure", attributes, content) }
  /// The browser checks nothing: what is wrong is said by the page, in the reader's language, with everything that was typed.
  package final func form(_ attributes: Attribute..., content: () -> Void) { element("form", attributes + [.flag("novalidate")], content) }
  package final func fieldset(_ attributes: Attribute..., content: () -> Void) { element("fieldset", attributes, content) }
  package final func legend(_ text: String, _ attributes: Attribute...) { element("legend", attributes) { self.text(text) } }
  package final func label(_ attributes: Attribute..., content: () -> Void) { element("label", attributes, content) }
  package final func label(_ text: String, _ attributes: Attribute...) { element("label", attributes) { self.text(text) } }
  package final func select(_ attributes: Attribute..., content: () -> Void) { element("select", attributes, content) }
  package final func option(_ text: String, _ attributes: Attribute...) { element("option", attributes) { self.text(text) } }
  package final func button(_ attributes: Attribute..., content: () -> Void) { element("button", attributes, content) }
  package final func button(_ text: String, _ attributes: Attribute...) { element("button", attributes) { self.text(text) } }
  package final func details(_ attributes: Attribute..., content: () -> Void) { element("details", attributes, content) }
  package final func summary(_ text: String, _ attributes: Attribute...) { element("summary", attributes) { self.text(text) } }
  package final func progress(_ attributes: Attribute..., content: () -> Void) { element("progress", attributes, content) }
  package final func progress(_ text: String, _ attributes: Attribute...) { element("progress", attributes) { self.text(text) } }
  package final func svg(_ attributes: Attribute..., content: () -> Void) { element("svg", attributes, content) }
  package final func use(_ attributes: Attribute...) { element("use", attributes) {} }
  package final func rect(_ attributes: Attribute...) { element("rect", attributes) {} }
  package final func path(_ attributes: Attribute...) { element("path", attributes) {} }
  package final func pattern(_ attributes: Attribute..., content: () -> Void) { element("pattern", attributes, content) }
  package final func desc(_ text: String, _ attributes: Attribute...) { element("desc", attributes) { self.text(text) } }
  package final func defs(_ attributes: Attribute..., content: () -> Void) { element("defs", attributes, content) }
  package final func br(_ attributes: Attribute...) { void("br", attributes) }
  package final func hr(_ attributes: Attribute...) { void("hr", attributes) }
  package final func img(_ attributes: Attribute...) { void("img", attributes) }
  package final func input(_ attributes: Attribute...) { void("input", attributes) }
  package final func meta(_ attributes: Attribute...) { void("meta", attributes) }
}
