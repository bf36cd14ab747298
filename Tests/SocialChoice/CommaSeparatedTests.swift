import Testing

@testable import ChoiceFiles

struct CommaSeparatedTests {
  private func rows(_ text: String) throws -> [[String]] {
    let table = try CommaSeparated(Array(text.utf8), file: "t.csv")
    return [table.header] + table.records.map { record in (0..<record.count).map { record[$0]?.text ?? "?" } }
  }

  @Test func `fields may hold commas, line ends and quotation marks`() throws {
    #expect(try rows("a,b\n\"1,2\",\"say \"\"yes\"\"\"\n\"two\r\nlines\",\n") == [["a", "b"], ["1,2", "say \"yes\""], ["two\r\nlines", ""]])
  }

  @Test func `lines end with LF, CRLF or CR, and a byte order mark or an empty line is nothing`() throws {
    for end in ["\n", "\r\n", "\r"] {
      #expect(try rows("\u{FEFF}a,b\(end)1,2\(end)\(end)3,4") == [["a", "b"], ["1", "2"], ["3", "4"]])
    }
  }

  @Test func `records know the line where they begin, after line ends inside fields, too`() throws {
    let table = try CommaSeparated(Array("a\r\n\"x\ny\rz\"\r\n\nlast".utf8), file: "t.csv")
    #expect(table.records.map(\.line) == [2, 6])
  }

  @Test func `an accent on a quotation mark or comma changes nothing`() throws {
    #expect(try rows("a,b\n\"x\"\u{301},\u{301}y\n") == [["a", "b"], ["x\u{301}", "\u{301}y"]])
    #expect(try rows("a,b\n5\" nails,\"\"\n") == [["a", "b"], ["5\" nails", ""]])
  }

  @Test func `an open quotation mark is refused with its line, an empty file without`() {
    #expect(throws: FileFault(file: "t.csv", line: 2, reason: "the quotation mark that opens a field here is never closed")) {
      try rows("a\n\"b\n\nc\n")
    }
    #expect(throws: FileFault.self) { try rows("") }
    #expect(throws: FileFault.self) { try rows("\n\r\n") }
  }

  @Test func `columns are found by name in any case, and a missing one is named with those there are`() throws {
    let table = try CommaSeparated(Array("Comment-ID, vote \n1,2,3\n4\n".utf8), file: "t.csv")
    #expect(try table.column("comment-id") == 0)
    #expect(try table.column("vote") == 1)
    #expect(throws: FileFault(file: "t.csv", line: 1, reason: "there is no column “voter-id”; there are: Comment-ID, vote")) {
      try table.column("voter-id")
    }
    #expect(table.records.map { $0[1]?.text } == ["2", nil])
    #expect(table.records.map(\.count) == [3, 1])
  }

  @Test func `semicolons or tabs part the fields where they stand between the names of the columns`() throws {
    #expect(try rows("\na;b\n\"1;2\";3,4\n") == [["a", "b"], ["1;2", "3,4"]])
    #expect(try rows("a\tb\n1\t2;3\n") == [["a", "b"], ["1", "2;3"]])
    #expect(try rows("\"a;b;c;d\",e\n1,2\n") == [["a;b;c;d", "e"], ["1", "2"]])
  }

  @Test func `UTF-16 is read where its mark stands before it`() throws {
    let units = Array("a,b\nÉ,𝄞\n".utf16)
    let little = units.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let big = units.flatMap { unit -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
    for bytes in [[0xFF, 0xFE] + little, [0xFE, 0xFF] + big] {
      let table = try CommaSeparated(bytes, file: "t.csv")
      #expect(table.header == ["a", "b"])
      #expect(table.records.map { [$0[0]?.text, $0[1]?.text] } == [["É", "𝄞"]])
    }
    for bytes in [[0xFF, 0xFE], [0xFE, 0xFF, 0x00], [0xFF, 0xFE, 0x3D, 0xD8]] as [[UInt8]] { _ = try? CommaSeparated(bytes, file: "t.csv") }
  }

  @Test func `where fields and records end does not hang on how long they are, nor on signs whose bytes are alike`() throws {
    // Beside comma, line feed and return, and with their lower seven bits.
    let signs: [Character] = ["-", "+", "\u{B}", "\u{E}", "\u{C}", "¬", "Ċ", "č", "x", "\"", " ", "𝄞"]
    var state: UInt64 = 5
    func below(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    for number in 0..<1_000 {
      let rows = (0..<1 + below(4)).map { _ in
        (0..<1 + below(4)).map { _ in "x" + String((0..<below(20)).map { _ in signs[below(signs.count)] }) }
      }
      let end = ["\n", "\r\n", "\r"][number % 3]
      let text = (["a,b"] + rows.map { $0.joined(separator: ",") }).joined(separator: end) + (number % 2 == 0 ? end : "")
      #expect(try self.rows(text) == [["a", "b"]] + rows, "\(number)")
    }
  }

  @Test func `a letter that is not UTF-8 is found wherever it stands`() throws {
    for before in 0..<40 {
      for after in [0, 1, 7, 8, 9, 30] {
        let (left, right) = (String(repeating: "x", count: before), String(repeating: "y", count: after))
        let table = try CommaSeparated(Array("a\n\(left)".utf8) + [0xE9] + Array(right.utf8), file: "t.csv")
        #expect(table.records.map { $0[0]?.text } == ["\(left)é\(right)"])
        #expect(table.oddity?.line == 2)
      }
    }
  }

  @Test func `a name with other hyphens, underscores and spaces is meant where it is the only one`() throws {
    let table = try CommaSeparated(Array("comment_id,voter id,age-group,age_group\n".utf8), file: "t.csv")
    #expect(try table.column("comment-id") == 0)
    #expect(try table.column("voter-id") == 1)
    #expect(try table.column("age_group") == 3)
    #expect(table.columnIfAny("age group") == nil)
  }

  @Test func `a fault shows no more than the beginning of what is endless`() {
    let fault = FileFault(file: "t.csv", line: 1, reason: String(repeating: "9", count: 1_000_000))
    #expect(fault.description.utf8.count < 500)
  }
}
