import ArgumentParser
import Foundation
import Testing

@testable import ChoiceCommands
@testable import ChoiceFiles
@testable import SocialChoice

/// How the five commands are used, and what `tally`, `rank` and `liquid` say of small files whose outcome is known.
struct CommandUseTests {
  /// Does something with a file of this text.
  private func with<Value>(_ text: String, _ name: String, _ work: (String) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "counts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: name).path
    try Data(text.utf8).write(to: URL(filePath: path))
    return try work(path)
  }

  private func rank(_ text: String, _ name: String, _ arguments: [String]) throws -> String {
    try with(text, name) { path in try #require(RankCommand.parse([path] + arguments) as RankCommand?).page().text() }
  }

  private func tally(_ text: String, _ arguments: [String]) throws -> (report: TallyReport, text: String) {
    try with(text, "town.pb") { path in
      let report = try #require(TallyCommand.parse([path] + arguments) as TallyCommand?).report()
      return (report, TallyTable(report).text)
    }
  }

  private func town(
    _ type: String, budget: Int = 100, projects: [String] = ["1;60", "2;40", "3;50"], votes: [String], meta: [String] = []
  ) -> String {
    let voteColumns = votes[0].filter { $0 == ";" }.count == 2 ? "voter_id;vote;points" : "voter_id;vote"
    return
      (["META", "key;value", "budget;\(budget)", "vote_type;\(type)"] + meta + ["PROJECTS", "project_id;cost"] + projects
      + ["VOTES", voteColumns] + votes).joined(separator: "\n")
  }

  private func refusal(_ command: any ParsableCommand.Type, _ arguments: [String]) -> String {
    func message<Command: ParsableCommand>(_ command: Command.Type) -> String {
      do {
        _ = try command.parse(arguments)
        return ""
      } catch { return command.fullMessage(for: error) }
    }
    return message(command)
  }

  @Test func `that of orders the first rank is approved of is told`() throws {
    let orders = "# ALTERNATIVE NAME 1: Ada\n# ALTERNATIVE NAME 2: \(String(repeating: "o", count: 50))\n3: 1,2\n2: 2,1\n"
    let note = "note: the file holds orders: who stands first"
    let table = try rank(orders, "f.soc", ["--rule", "approval"])
    #expect(table.contains(note) && table.contains("\(String(repeating: "o", count: 20))…"))
    #expect(try rank(orders, "f.soc", ["--rule", "pav", "--seats", "1"]).contains(note))
    #expect(try !rank(orders, "f.soc", ["--rule", "approval", "--approve-levels", "1"]).contains(note))
    #expect(try !rank(orders, "f.soc", ["--rule", "irv"]).contains(note))
    #expect(try !rank("# NUMBER CATEGORIES: 2\n3: 1,2\n", "f.cat", ["--rule", "approval"]).contains(note))
  }

  @Test func `a file that is not there and a folder are told apart`() {
    let folder = FileManager.default.temporaryDirectory.path
    let none = folder + "/none-\(UUID().uuidString)"
    #expect(throws: FileFault(file: none, reason: "there is no such file")) { try InputFile.bytes(none) }
    #expect(throws: FileFault(file: folder, reason: "this is a folder; a file is wanted")) { try InputFile.bytes(folder) }
  }

  @Test func `options that would change nothing are refused with the command's own help`() {
    for (arguments, words) in [
      (["--rule", "irv", "--seed", "a"], "--seed goes with --tie-break seed"),
      (["--rule", "irv", "--strength", "margins"], "--strength says nothing to irv"),
      (["--rule", "irv", "--points", "1,0"], "--points says nothing to irv"), (["--rule", "irv", "--credits", "9"], "--credits says nothing to irv"),
      (["--rule", "irv", "--approve-levels", "2"], "--approve-levels says nothing"),
      (["--rule", "irv", "--status-quo", "1"], "--status-quo says nothing"),
      (["--rule", "schulze", "--majority", "2/3"], "schulze with --status-quo"), (["--rule", "irv", "--seats", "2"], "one winner"),
      (["--rule", "schulze-margins", "--strength", "winning-votes"], "contradicts"), (["--rule", "irv", "--tie-break", "cheapest"], "no cost"),
      (["--rule", "irv", "--tie-break", "seed"], "needs --seed"), (["--rule", "irv", "--steps", "0"], "at least 1"),
      (["--rule", "dice"], "no rule dice"),
    ] {
      let refusal = refusal(RankCommand.self, ["f.soc"] + arguments)
      #expect(refusal.contains(words) && refusal.contains("rank --help"), "\(arguments): \(refusal)")
    }
    for (arguments, words) in [
      (["--rule", "phragmen", "--conflict", "4"], "two projects or more"), (["--rule", "phragmen", "--conflict", "4,"], "two projects or more"),
      (["--rule", "dice"], "not known"), (["--rule", "phragmen", "--completion", "add-one"], "equal-shares rules only"),
      (["--rule", "phragmen", "--seed", "a"], "--seed goes with"), (["--rule", "phragmen", "--tie-break", "seed:a", "--seed", "b"], "given twice"),
    ] {
      let refusal = refusal(TallyCommand.self, ["f.pb"] + arguments)
      #expect(refusal.contains(words) && refusal.contains("tally --help"), "\(arguments): \(refusal)")
    }
    for (arguments, words) in [
      (["--horizon", "3"], "--horizon goes with --decay"), (["--chains"], "--chains goes with --json"),
      (["--explain", "1", "--json"], "--explain shows"),
      (["--decay", "3"], "a fraction is meant"),
    ] {
      let refusal = refusal(LiquidCommand.self, ["w.json"] + arguments)
      #expect(refusal.contains(words) && refusal.contains("liquid --help"), "\(arguments): \(refusal)")
    }
    #expect(refusal(OpinionsCommand.self, ["v.csv", "--number", "99"]).contains("opinions --help"))
    #expect(refusal(DrawCommand.self, ["p", "q", "--panel", "0", "--seed", "a"]).contains("draw --help"))
  }

  @Test func `tally and rank take the same options, and the spellings that each had`() throws {
    for arguments in [["--tie-break", "seed", "--seed", "a"], ["--tie-break", "seed:a"], ["--ties", "seed:a"]] {
      #expect(try TallyCommand.parse(["f", "--rule", "phragmen"] + arguments).counting.ties.order(hasCosts: true) == .seeded("a"))
      #expect(try RankCommand.parse(["f", "--rule", "irv"] + arguments).counting.ties.order(hasCosts: false) == .seeded("a"))
    }
    for option in ["--steps", "--work-limit"] {
      #expect(try RankCommand.parse(["f", "--rule", "irv", option, "7"]).counting.limit(orElse: 1) == 7)
      #expect(try TallyCommand.parse(["f", "--rule", "phragmen", option, "7"]).counting.limit(orElse: 1) == 7)
    }
    #expect(try TallyCommand.parse(["f", "--rule", "phragmen", "--ties", "cheapest"]).counting.ties.order(hasCosts: true) == .cheapest)
    #expect(try TallyCommand.parse(["f", "--rule", "phragmen"]).counting.ties.order(hasCosts: true) == .lexicographic)
    for help in [RankCommand.helpMessage(), TallyCommand.helpMessage()] { #expect(help.contains("--ties") && help.contains("--steps")) }
  }

  @Test func `what an option asks of a sound file and cannot have is wrong use, not a fault of the file`() throws {
    let town = "META\nkey;value\nbudget;10\nvote_type;approval\nPROJECTS\nproject_id;cost\n1;6\n2;5\nVOTES\nvoter_id;vote\na;1,2\n"
    try with(town, "town.pb") { file in
      for options in [["--mandatory", "99"], ["--conflict", "1,99"], ["--district-budget", "X=60"], ["--mandatory", "1", "--mandatory", "2"]] {
        #expect(throws: ExitCode(64), "\(options)") { try TallyCommand.parse([file, "--rule", "phragmen"] + options).run() }
      }
    }
  }

  @Test func `a panel larger than the pool, and a row that is none, are refused before anything is drawn`() throws {
    let quotas = "category,feature,min,max\nage,young,0,9\n"
    try with("id,age\n1,young\n2,young\n", "pool.csv") { pool in
      try with(quotas, "quotas.csv") { quotas in
        #expect(throws: ExitCode(65)) { try DrawCommand.parse([pool, quotas, "--panel", "3", "--seed", "a"]).run() }
        #expect(throws: ExitCode(64)) { try DrawCommand.parse([pool, quotas, "--panel", "1", "--seed", "a", "--withdrawn", "99"]).run() }
      }
    }
  }

  @Test func `a table of grades with decimals gives sums in votes, and its quorum counts them`() throws {
    let text = try rank("candidate,Good,Fair,Bad\nA,50.5,20,29.5\nB,40,30,30\n", "g.csv", ["--rule", "score", "--quorum", "100"])
    #expect(text.contains("121") && !text.contains("1210") && text.contains("quorum reached: 100 took part"), "\(text)")
  }

  @Test func `where the majority value decides it is not the tie-break that is named`() throws {
    // Both have median fair and 2 of 5 on each side; without the middle grade A's next ones are good, B's are bad … and good.
    let text = try rank("candidate,Great,Good,Fair,Bad,Awful\nB,1,1,1,1,1\nA,2,0,1,2,0\nC,2,0,1,2,0\n", "g.csv", ["--rule", "majority-judgment"])
    #expect(text.contains("majority value"), "\(text)")
    #expect(text.contains("level with A; the tie-break chose A"), "\(text)")
    let loser = try with("candidate,Great,Good,Fair,Bad,Awful\nB,1,1,1,1,1\nA,2,0,1,2,0\n", "g.csv") {
      try RankCommand.parse([$0, "--rule", "majority-judgment"]).page().report.losers.first
    }
    #expect(loser?.code == "weaker_majority_value")
  }

  /// Each candidate beats the next two of five.
  private static let circle = "5: 1,2,3,4,5\n5: 2,3,4,5,1\n5: 3,4,5,1,2\n5: 4,5,1,2,3\n5: 5,1,2,3,4\n"

  @Test func `a best order or committee that is not proven says so first, and claims no tie`() throws {
    let kemeny = try rank(Self.circle, "c.soc", ["--rule", "kemeny", "--work-limit", "1"])
    #expect(kemeny.hasPrefix("kemeny, not proven best (the work limit was reached): "), "\(kemeny)")
    #expect(!kemeny.contains("tie"), "\(kemeny)")
    var random = PublicRandom(seed: "committee")
    let ballots = (0..<200).map { _ in
      "1: {" + Set((0..<6).map { _ in 1 + random.below(40) }).sorted().map(String.init).joined(separator: ",") + "}"
    }.joined(separator: "\n")
    let committee = try rank(ballots, "c.toi", ["--rule", "pav", "--seats", "10", "--work-limit", "1"])
    #expect(committee.hasPrefix("pav, not proven best"), "\(committee)")
    #expect(!committee.contains("tie") && !committee.contains("as good as") && !committee.contains("/"), "\(committee)")
    #expect(try rank(Self.circle, "c.soc", ["--rule", "kemeny"]).hasPrefix("kemeny: "))
  }

  @Test func `a project worth nothing is told from one that nobody named`() throws {
    let ranked = town("ordinal", votes: ["7;1,2", "8;1,2"])
    let borda = try tally(ranked, ["--rule", "equal-shares-borda"]).text
    #expect(borda.contains("2  the 2 who named it ranked it last, which is worth 0") && borda.contains("3  nobody named it"), "\(borda)")
    let points = try tally(town("scoring", votes: ["7;1,2;3,0"]), ["--rule", "equal-shares-points"]).text
    #expect(points.contains("2  the one who named it gave it no points above 0"), "\(points)")
    let free = try tally(town("approval", projects: ["1;60", "2;0"], votes: ["7;1,2"]), ["--rule", "max-welfare-cost"]).text
    #expect(free.contains("2  it costs nothing, and by this measure is worth what it costs"), "\(free)")
  }

  @Test func `a greedy rule says what it goes by`() throws {
    let votes = ["7;1,2", "8;2,3", "9;2"]
    let cost = try tally(town("approval", votes: votes), ["--rule", "greedy-cost"])
    #expect(cost.report.trace.first?.why == "3 approvals, in the order of approvals" && cost.report.trace.last?.why.hasPrefix("1 approval, ") == true)
    let each = try tally(town("approval", votes: votes), ["--rule", "greedy-cardinality"]).report
    #expect(each.trace.first?.why == "3 approvals, in the order of approvals per cost")
    let points = try tally(town("cumulative", votes: ["7;1,2;2.5,1"]), ["--rule", "most-points"]).report
    #expect(points.trace.first?.why == "2.50 points" && points.trace.first?.value == 2.5)
  }

  @Test func `a choice of the greatest welfare that is not proven says so first, and a proven one does not count steps`() throws {
    var random = PublicRandom(seed: "welfare")
    let projects = (1...40).map { "\($0);\(1_000 + random.below(1_000))" }
    let votes = (0..<30).map { voter in "\(voter);" + Set((0..<8).map { _ in 1 + random.below(40) }).sorted().map(String.init).joined(separator: ",")
    }
    let text = town("approval", budget: 14_321, projects: projects, votes: votes)
    let found = try tally(text, ["--rule", "max-welfare-cost", "--work-limit", "1"])
    #expect(found.report.welfare?.optimal == false)
    #expect(found.text.hasPrefix("max-welfare-cost, not proven best (the work limit was reached): "), "\(found.text)")
    #expect(!found.text.lowercased().contains("ties:") && !found.text.contains("the best choice, worth"), "\(found.text)")
    let small = try tally(town("approval", votes: ["7;1,2", "8;2,3"]), ["--rule", "max-welfare", "--work-limit", "1"])
    #expect(small.text.contains("No choice is worth more: the proof has ") && !small.text.contains("steps"), "\(small.text)")
  }

  @Test func `points that stand for silence do not count as named in the table`() throws {
    let text = town("scoring", votes: ["7;2;3", "8;1;2"], meta: ["default_score;1"])
    #expect(try tally(text, ["--rule", "most-points"]).report.indicators.satisfied == [0, 2])
  }

  @Test func `who voted where nothing was admitted is lost with that reason, and who trusted them`() throws {
    let text = """
      {"world": {"members": [[1,true],[2,true],[3,true],[4,true]], "units": [[1,null]], "areas": [[1,1]], "issues": [[1,1,[5]]],
        "privileges": [[1,1,true],[1,2,true],[1,3,true],[1,4,true]], "delegations": [[2,1,"unit",1]], "votes": [[1,1,{"5":1}],[1,3,{"5":-1}]]}}
      """
    let world = try LiquidWorldFile.read(Array(text.utf8), named: "w.json")
    let outcomes = [VotingOutcome(world, voting: 0)]
    let report = LiquidReport.text(world, outcomes)
    #expect(report.contains("0 voted, 0 were carried, 1 stayed away, 3 were lost."), "\(report)")
    #expect(report.contains("the voice of 1: voted, but no initiative was admitted"), "\(report)")
    #expect(report.contains("the voice of 2: 1 voted, but no initiative was admitted"), "\(report)")
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(LiquidResultsFile.write(world, outcomes: outcomes).utf8)) as? [String: Any])
    let issue = try #require((json["issues"] as? [String: [String: Any]])?["1"])
    #expect((issue["lost"] as? [[String: Any]])?.compactMap { $0["reason"] as? String } == ["nothing_admitted", "silent", "nothing_admitted"])
    #expect((issue["account"] as? [String: Int])?["lost"] == 3 && (issue["account"] as? [String: Int])?["away"] == 1)
    let three = Rational(151, 15)
    #expect(Figures.words(three) == "10.07" && Figures.words(Rational(1, 300), up: true) == "0.01" && Figures.words(-three) == "-10.07")
  }

  @Test(arguments: [
    (#"[[1,"x"]]"#, #"members[0][1]: true or false is expected, not "x""#),
    (#"[[1]]"#, "members[0][1]: true or false is missing at the end of the row"),
    (#"[["a",true]]"#, #"members[0][0]: a whole number is expected, not "a""#),
    (#"[{"id":1}]"#, #"members[0]: a list in brackets is expected, not {"id":1}"#),
    (#"7"#, "members: a list in brackets is expected, not 7"), (#"[[1 true]]"#, "no valid JSON: a comma or ] is expected, not “true]]}}”"),
    (#"[[01,true]]"#, "no valid JSON: a number that does not begin with 0 is expected, not “01”"),
  ])
  func `a fault of a world is told in plain words with the line, the place and what stands there`(members: String, words: String) throws {
    let text = "{\"world\":\n{\"units\":[],\"areas\":[],\"issues\":[],\n\"members\":\(members)}}"
    let fault = try #require(throws: FileFault.self) { try LiquidWorldFile.read(Array(text.utf8), named: "w.json") }
    #expect(fault.line == 3 && fault.reason == words, "\(fault)")
  }

  @Test(arguments: [
    (#"{"5":"a"}"#, #"votes[0][2].5: a whole number is expected, not "a""#), (#"{"5":99999999999}"#, "99999999999 is no whole number, or too large"),
    (#"{"5":1.5}"#, "1.5 is no whole number, or too large"), (#"{"6":1}"#, "votes[0]: issue 1 has no initiative 6"),
    (#"7"#, "votes[0][2]: an object in braces is expected, not 7"),
  ])
  func `a fault of a vote names the initiative and the grade`(grades: String, words: String) throws {
    let text = """
      {"world":{"members":[[1,true]],"units":[[1,null]],"areas":[[1,1]],"issues":[[1,1,[5]]],
      "votes":[[1,1,\(grades)]]}}
      """
    let fault = try #require(throws: FileFault.self) { try LiquidWorldFile.read(Array(text.utf8), named: "w.json") }
    #expect(fault.line == 2 && fault.reason == words, "\(fault)")
  }
}
