import SocialChoice

/// Reads the preference files of preflib.org: orders (.soc, .soi, .toc, .toi) and categories (.cat).
///
/// Today's header is lines of `# KEY: VALUE`; that of before 2022 is the number of alternatives, one `number,name` line each and a line of three sums.
/// A ballot is `count: 1,{2,3},4`, in the older format `count,1,{2,3},4`; without a count it stands for one person.
struct PrefLibReader {
  let file: String
  /// Of the file's name, in lower case: soc, soi, toc, toi, cat or anything.
  let ending: String

  func read(_ lines: TextLines) throws(FileFault) -> BallotFile {
    var header = PrefLibHeader()
    var body: [(number: Int, line: ArraySlice<UInt8>)] = []
    for (index, line) in lines.lines.enumerated() {
      let text = line.trimmed
      if text.isEmpty { continue }
      if text.first == UInt8(ascii: "#") {
        try header.take(text.dropFirst().trimmed, file: file, line: index + 1)
      } else {
        body.append((index + 1, text))
      }
    }
    let isOld = try header.takeOldHeader(&body, file: file)
    var ballots: [(line: Int, ballot: PrefLibBallot)] = []
    ballots.reserveCapacity(body.count)
    for (number, line) in body {
      var parser = PrefLibBallotParser(line)
      guard let ballot = parser.ballot(countedByComma: isOld) else { throw FileFault(file: file, line: number, reason: parser.reason) }
      ballots.append((number, ballot))
    }
    guard !ballots.isEmpty else { throw FileFault(file: file, reason: "there are no ballots") }
    if !header.namesAlternatives {
      for number in Set(ballots.flatMap { $0.ballot.levels.joined() }).sorted() { header.alternatives[number] = "" }
    }
    return try file(header, ballots)
  }

  private func file(_ header: PrefLibHeader, _ ballots: [(line: Int, ballot: PrefLibBallot)]) throws(FileFault) -> BallotFile {
    let candidates = header.candidates
    let places = Dictionary(uniqueKeysWithValues: candidates.enumerated().map { ($1.number, $0) })
    let isCategorical = ending == "cat" || header.dataType == "cat"
    let categories = header.categories(atLeast: isCategorical ? ballots.map(\.ballot.levels.count).max() ?? 0 : 0)
    var oddities = header.oddities(file)
    let type = header.dataType ?? ending
    var short: (line: Int, named: Int, count: Int)?
    var profile = try faulty(at: nil) { () throws(ProfileFault) in try RankedProfile(candidateCount: candidates.count) }
    var categoryBallots: [BallotFile.CategoryBallot] = []
    func odd(_ line: Int?, _ reason: String) { oddities.append(FileFault(file: file, line: line, reason: reason)) }
    for (line, ballot) in ballots {
      var levels: [[Int]] = []
      for level in ballot.levels {
        var known: [Int] = []
        for number in level {
          guard let place = places[number] else {
            throw FileFault(file: file, line: line, reason: "the alternative \(number) is not among the \(candidates.count) of the header")
          }
          known.append(place)
        }
        levels.append(known)
      }
      if isCategorical, levels.count > categories.count {
        throw FileFault(file: file, line: line, reason: "\(levels.count) categories; the header has \(categories.count)")
      }
      let named = levels.reduce(0) { $0 + $1.count }
      if type == "soc" || type == "toc", named < candidates.count { short = (short?.line ?? line, short?.named ?? named, (short?.count ?? 0) + 1) }
      try faulty(at: line, candidates) { () throws(ProfileFault) in try profile.append(levels, weight: ballot.count) }
      if isCategorical { categoryBallots.append(BallotFile.CategoryBallot(levels: levels, weight: ballot.count)) }
    }
    if let voters = header.voters, voters != profile.total {
      odd(header.line("NUMBER VOTERS"), "the header says \(voters) voters, the ballots add up to \(profile.total)")
    }
    if type == "soc" || type == "soi", profile.hasEqualRanks { odd(nil, "the data type \(type) has no equal ranks, but some ballots do") }
    if let short {
      let lines = short.count == 1 ? "this order has" : "\(short.count) lines, the first here, have"
      odd(short.line, "the data type \(type) orders all \(candidates.count) alternatives, \(lines) only \(short.named); the others are not ranked")
    }
    return BallotFile(
      candidates: candidates, ballots: isCategorical ? .categories(names: categories, categoryBallots) : .orders(profile), remarks: oddities,
      lines: header.nameLines)
  }

  private func faulty<Value>(
    at line: Int?, _ candidates: [BallotFile.Candidate] = [], _ work: () throws(ProfileFault) -> Value
  ) throws(FileFault) -> Value {
    do { return try work() } catch { throw FileFault(file: file, line: line, reason: error.words(candidates)) }
  }
}

extension ProfileFault {
  /// With the file's own numbers.
  func words(_ candidates: [BallotFile.Candidate]) -> String {
    switch self {
    case .repeatedCandidate(let place) where candidates.indices.contains(place):
      "the candidate \(candidates[place].number) stands on this ballot twice"
    default: description
    }
  }
}

/// What the lines before the ballots say.
struct PrefLibHeader {
  var alternatives: [Int: String] = [:]
  private(set) var voters: Int?
  private(set) var dataType: String?
  /// Where each key stood last.
  private var lines: [String: Int] = [:]
  private(set) var nameLines: [Int: Int] = [:]
  private var repeated: [(line: Int, words: String)] = []
  private var alternativeCount: Int?
  private var categoryCount: Int?
  private var categoryNames: [Int: String] = [:]

  var namesAlternatives: Bool { !alternatives.isEmpty || alternativeCount != nil }

  /// A line after its `#`. Unknown keys are comments.
  mutating func take(_ line: ArraySlice<UInt8>, file: String, line number: Int) throws(FileFault) {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
    let key = line[..<colon].trimmed.text.uppercased()
    let value = line[(colon + 1)...].trimmed
    func whole() throws(FileFault) -> Int {
      guard let whole = value.wholeNumber, whole >= 0 else {
        throw FileFault(file: file, line: number, reason: "\(key): a number is expected, not “\(value.text)”")
      }
      return whole
    }
    if key.hasPrefix("NUMBER ") || key == "DATA TYPE", let earlier = lines.updateValue(number, forKey: key) {
      repeated.append((number, "\(key) stands twice, first in line \(earlier); the last counts"))
    }
    switch key {
    case "NUMBER ALTERNATIVES":
      let count = try whole()
      guard count <= ProfileFault.largestCandidateCount else {
        throw FileFault(file: file, line: number, reason: ProfileFault.tooManyCandidates(count).description)
      }
      alternativeCount = count
    case "NUMBER VOTERS": voters = value.isEmpty ? nil : try whole()
    case "NUMBER CATEGORIES":
      let count = try whole()
      guard count <= 10_000 else { throw FileFault(file: file, line: number, reason: "\(count) categories; at most 10,000") }
      categoryCount = count
    case "DATA TYPE": dataType = value.isEmpty ? nil : value.text.lowercased()
    default:
      if let place = PrefLibHeader.number(after: "ALTERNATIVE NAME", in: key) {
        if alternatives[place] != nil { throw FileFault(file: file, line: number, reason: "the alternative \(place) is named twice") }
        alternatives[place] = value.text
        nameLines[place] = number
      } else if let place = PrefLibHeader.number(after: "CATEGORY NAME", in: key) {
        categoryNames[place] = value.text
      }
    }
  }

  func line(_ key: String) -> Int? { lines[key] }

  /// What the header says twice, or against itself.
  func oddities(_ file: String) -> [FileFault] {
    var oddities = repeated.map { FileFault(file: file, line: $0.line, reason: $0.words) }
    if let alternativeCount, alternatives.count > alternativeCount {
      let reason = "the header says \(alternativeCount) alternatives and names \(alternatives.count); all that are named are counted"
      oddities.append(FileFault(file: file, line: lines["NUMBER ALTERNATIVES"], reason: reason))
    }
    return oddities
  }

  private static func number(after key: String, in text: String) -> Int? {
    guard text.hasPrefix(key) else { return nil }
    return Array(text.utf8.dropFirst(key.utf8.count))[...].trimmed.wholeNumber
  }

  /// Takes the header of before 2022 off the body, if there is one.
  mutating func takeOldHeader(_ body: inout [(number: Int, line: ArraySlice<UInt8>)], file: String) throws(FileFault) -> Bool {
    guard !namesAlternatives, let first = body.first, let count = first.line.wholeNumber, count > 0, body.count > 1,
      body[1].line.contains(UInt8(ascii: ",")) || body[1].line.contains(UInt8(ascii: ";"))
    else { return false }
    guard body.count > count + 1 else {
      throw FileFault(file: file, line: first.number, reason: "\(count) alternatives are announced, \(body.count - 1) lines follow")
    }
    for (number, line) in body[1...count] {
      guard let comma = line.firstIndex(of: UInt8(ascii: ",")), let place = line[..<comma].trimmed.wholeNumber else {
        throw FileFault(file: file, line: number, reason: "the name of an alternative is expected: number,name")
      }
      if alternatives[place] != nil { throw FileFault(file: file, line: number, reason: "the alternative \(place) is named twice") }
      alternatives[place] = line[(comma + 1)...].trimmed.text
      nameLines[place] = number
    }
    let (number, sums) = body[count + 1]
    let parts = sums.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { $0.trimmed.wholeNumber }
    guard parts.count == 3, let total = parts[1], parts[0] != nil, parts[2] != nil else {
      throw FileFault(file: file, line: number, reason: "three numbers are expected after the names: voters, sum of counts, different orders")
    }
    voters = total
    alternativeCount = count
    body.removeFirst(count + 2)
    return true
  }

  var candidates: [BallotFile.Candidate] {
    var named = alternatives
    // Those without a name line have the numbers that are free, from 1.
    var free = 1
    while let wanted = alternativeCount, named.count < wanted {
      if named[free] == nil { named[free] = "" }
      free += 1
    }
    return named.sorted { $0.key < $1.key }.map { BallotFile.Candidate(number: $0.key, name: $0.value.isEmpty ? "Candidate \($0.key)" : $0.value) }
  }

  func categories(atLeast count: Int) -> [String] {
    // Some files number them from 0.
    let first = categoryNames[0] == nil ? 1 : 0
    let announced = categoryCount ?? max(count, (categoryNames.keys.max() ?? 0) + 1 - first)
    return (0..<min(announced, 10_000)).map { categoryNames[$0 + first] ?? "Category \($0 + 1)" }
  }
}
