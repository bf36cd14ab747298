/// A name to be shown: trimmed, without control, invisible or direction-changing scalars, and not too long.
package enum DisplayName {
  /// The most scalars of a person's name.
  package static let longest = 60
  /// The most scalars of the name of an organization or of a group, which may be a whole sentence.
  package static let longestCollective = 100

  /// - Parameter longest: the most scalars that it may have once cleaned.
  /// - Returns: the cleaned name, or nil when nothing readable is left or it is too long.
  package static func clean(_ text: String, longest: Int = longest) -> String? {
    var scalars = String.UnicodeScalarView()
    var marks = 0
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned, .otherSymbol, .modifierSymbol: continue
      case .nonspacingMark, .enclosingMark, .spacingMark:
        marks += 1
        if marks > 2 { continue }
        scalars.append(scalar)
      case .spaceSeparator:
        marks = 0
        if scalars.last != " " && !scalars.isEmpty { scalars.append(" ") }
      default:
        marks = 0
        scalars.append(scalar)
      }
    }
    while scalars.last == " " { scalars.removeLast() }
    let name = String(scalars)
    guard scalars.contains(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil }) else { return nil }
    return scalars.count <= longest ? name : nil
  }
}
