package import ArgumentParser
internal import ChoiceFiles
internal import Foundation
internal import SocialChoice

/// `isegoria draw POOL.csv QUOTAS.csv --panel N --seed …`
package struct DrawCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "draw", abstract: "Draw a panel by lot, with quotas, as fairly as they allow.",
    discussion: """
      POOL is a table of the people who are willing, one row each, with a column for each category of QUOTAS. QUOTAS has the columns category, feature, min \
      and max. A lottery of numbered panels is computed in which the smallest chance is as large as the quotas allow, then the second smallest, and so on \
      (leximin); then one number is drawn: from the seed, or by you, in public, with --number.

        isegoria draw respondents.csv categories.csv --panel 20 --seed "lotto 2026-11-25: 4 8 15 16 23 42"
        isegoria draw respondents.csv categories.csv --panel 20 --seed spring --number 417

      With --withdrawn or --alternates a seed is needed, also with --number: it orders who is asked for a free seat.

      Rows of the pool are counted from 1, without the line of names. The same input and seed give the same bytes; the published lottery, once computed, \
      needs no trust in the program that found it: each panel can be checked against the quotas, each chance by counting.

      JSON: panel (row numbers of the pool, from 1), minimum, probabilities (one a row), portfolio, types, gap, certified, certificate and more; each key is \
      explained in docs/algorithms/sortition.md.

      \(ExitWords.line) Also 70: the solver's process failed.
      """)

  @Argument(help: "The people who are willing (CSV).") var pool: String
  @Argument(help: "The quotas (CSV): category, feature, min, max.") var quotas: String
  @Option(help: "Seats.") var panel: Int
  @Option(help: "Any text, fixed in public before the draw.") var seed: String?
  @Option(help: "The lottery's number, from 1, when it was thrown in public; else the seed draws it.") var number: Int?
  @Option(help: "leximin, maximin or legacy (greedy, as before 2021).") var method = "leximin"
  @Option(help: "How many panels the lottery has.") var lottery = 1_000
  @Option(help: "Columns that make a household, separated by commas: people who agree in all of them never sit together.") var household: String?
  @Flag(help: "If no panel keeps the quotas, go on with the smallest change of them.") var relax = false
  @Option(help: "Rows of people on the panel who withdrew, separated by commas: they are replaced, quotas kept.") var withdrawn: String?
  @Option(help: "How many alternates to list for each seat.") var alternates = 0
  @Flag(help: "Refuse files in which anything is odd.") var strict = false
  @Flag(help: "For machines.") var json = false
  @Option(help: ArgumentHelp("Memory of the solver's process, in MiB.", visibility: .hidden)) var memory = 4_096
  @Option(help: ArgumentHelp("Seconds of the solver's process.", visibility: .hidden)) var seconds = 1_800

  package init() {}

  package func validate() throws {
    try Self.checking { try check() }
  }

  private func check() throws {
    guard panel >= 1, panel <= 100_000 else { throw Misuse(reason: "--panel is a number of seats, from 1") }
    guard (1...100_000).contains(lottery) else { throw Misuse(reason: "--lottery is a number of panels, from 1 to 100000") }
    guard SortitionMethod(rawValue: method) != nil else { throw Misuse(reason: "--method is leximin, maximin or legacy") }
    guard seed != nil || number != nil else { throw Misuse(reason: "give --seed TEXT, or --number N thrown in public") }
    if seed == nil, withdrawn != nil || alternates > 0 {
      // The number is one of a few: an order that hung on it alone, or on nothing, would be known before.
      throw Misuse(reason: "--withdrawn and --alternates need --seed, besides --number: it orders who is asked for a free seat")
    }
    if let number { guard (1...lottery).contains(number) else { throw Misuse(reason: "--number is from 1 to \(lottery)") } }
    if let withdrawn { guard Self.rows(withdrawn) != nil else { throw Misuse(reason: "--withdrawn is a list of rows, as 12,87") } }
  }

  private static func rows(_ text: String) -> [Int]? {
    let rows = text.split(separator: ",").map { Int($0.trimmingCharacters(in: .whitespaces)) }
    return rows.contains(nil) || rows.isEmpty ? nil : rows.compactMap { $0 }
  }

  package func run() throws {
    try Self.ending { try draw() }
  }

  private func draw() throws {
    let households = household?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
    let files = try SortitionFiles(
      pool: InputFile.bytes(pool), poolName: pool, quotas: InputFile.bytes(quotas), quotasName: quotas, panelSize: panel, household: households)
    let people = files.members.count
    guard panel <= people else {
      throw FileFault(file: pool, reason: "\(Plural.of(people, "person is", "people are")) in the pool, too few for a panel of \(panel)")
    }
    if strict, let first = files.remarks.first { throw first }
    Complaint.note(files.remarks)
    let leaving = withdrawn.flatMap(Self.rows) ?? []
    if let row = leaving.first(where: { !(1...people).contains($0) }) {
      throw Misuse(reason: "--withdrawn \(row): the pool has the rows 1 to \(people)")
    }
    let sortition = SortitionPool(members: files.members, quotas: files.quotas, panelSize: panel)
    let request = DrawRequest(
      pool: sortition, method: SortitionMethod(rawValue: method) ?? .leximin, lotterySize: lottery, seed: seed ?? "", relax: relax)
    let answer: DrawAnswer
    do {
      answer = try DrawChild(memory: memory, seconds: seconds).ask(request)
    } catch {
      Complaint.write("\(error)")
      throw ExitCode(70)
    }
    if let failure = answer.failure {
      if json { try Self.print(["failure": failure].merging(DrawReport.relaxation(answer)) { first, _ in first }) }
      throw FileFault(file: quotas, reason: DrawReport.words(failure: failure, answer))
    }
    var random = PublicRandom(seed: (seed ?? "") + "/draw")
    let drawn = number ?? random.below(answer.panels.count) + 1
    let report = try DrawReport(
      answer: answer, pool: sortition, drawn: drawn, seed: seed ?? "", method: method, withdrawn: leaving, alternates: alternates)
    let strangers = leaving.filter { row in !answer.panels[drawn - 1].contains(row) }
    if !strangers.isEmpty {
      let rows = strangers.map(String.init).joined(separator: ", ")
      Complaint.write("note: --withdrawn: not on the panel drawn, and not asked to replace anyone: \(Plural.word(strangers.count, "row")) \(rows)")
    }
    if json { try Self.print(report.json) } else { Swift.print(report.table) }
  }

  private static func print(_ object: [String: Any]) throws {
    let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    try FileHandle.standardOutput.write(contentsOf: data + Data("\n".utf8))
  }
}
