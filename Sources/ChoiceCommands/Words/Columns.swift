/// Texts in columns.
extension String {
  /// With spaces behind it, until it is so many characters wide.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

  /// At most so many characters; where some are left out the last is an ellipsis.
  func shortened(to width: Int) -> String { count > width ? prefix(width - 1) + "…" : self }

  /// With spaces before it: for figures.
  func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
