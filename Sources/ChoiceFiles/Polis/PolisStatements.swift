/// The statements of a conversation as Polis exports them (`comments.csv`): `comment-id`, and where they are given `moderated` (-1 out, 0 not looked at, 1 in)
/// and `comment-body`.
package struct PolisStatements: Sendable {
  /// Those with `moderated` -1.
  package let moderatedOut: Set<String>
  /// By comment-id; the last row of an id counts.
  package let texts: [String: String]
  /// What was odd and read all the same.
  package let remarks: [FileFault]

  /// - Throws: ``FileFault`` with the line for a missing column or field and for a `moderated` that is no whole number.
  package init(_ bytes: [UInt8], file: String) throws(FileFault) {
    let table = try CommaSeparated(bytes, file: file)
    remarks = table.oddity.map { [FileFault(file: file, line: $0.line, reason: $0.words)] } ?? []
    let idColumn = try table.column("comment-id")
    let moderatedColumn = table.columnIfAny("moderated")
    let bodyColumn = table.columnIfAny("comment-body")
    var out: Set<String> = []
    var texts: [String: String] = [:]
    for record in table.records {
      guard let id = record[idColumn]?.trimmed.text, !id.isEmpty else {
        throw FileFault(file: file, line: record.line, reason: "the comment-id is empty")
      }
      out.remove(id)
      if let moderatedColumn, let field = record[moderatedColumn]?.trimmed.text, !field.isEmpty {
        guard let moderated = Int(field.hasSuffix(".0") ? String(field.dropLast(2)) : field) else {
          throw FileFault(file: file, line: record.line, reason: "moderated is “\(field)”; -1 (out), 0 or 1 was expected")
        }
        if moderated == -1 { out.insert(id) }
      }
      texts[id] = bodyColumn.flatMap { record[$0]?.text } ?? ""
    }
    moderatedOut = out
    self.texts = texts
  }
}
