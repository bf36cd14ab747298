import HTML
import QRCodes

extension Page {
  /// A QR code as a drawing, black on white with its quiet zone, whatever the colours of the page; nothing when no code holds the text.
  /// - Parameters:
  ///   - id: of the drawing, once a page.
  ///   - title: what it is, in few words, for whoever cannot see it.
  ///   - description: what to do instead of scanning it.
  package func qrCode(_ text: String, id: String, title: String, description: String) {
    guard let code = QRCode(text) else { return }
    let side = String(code.size + 2 * QRCode.quietZone)
    svg(
      .class("qr"), .id(id), .named("viewBox", "0 0 \(side) \(side)"), .fixed("role", "img"), .labelledBy(id + "-title"),
      .describedBy([id + "-description"])
    ) {
      self.title(title, .id(id + "-title"))
      desc(description, .id(id + "-description"))
      rect(.named("width", side), .named("height", side), .fixed("fill", "#fff"))
      element("path", [.fixed("fill", "#000"), .fixed("shape-rendering", "crispEdges"), .named("d", code.path(quietZone: QRCode.quietZone))]) {}
    }
  }
}
