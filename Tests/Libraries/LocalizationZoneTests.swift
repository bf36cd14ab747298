@testable import Localization
import Testing

@Suite struct `Clocks and calendars` {
  private func zone(_ name: String) throws -> Zone { try #require(Zone(name)) }

  private func instant(_ text: String, _ name: String) throws -> (milliseconds: Int64, note: Zone.Note)? { try zone(name).instant(isoDateTime: text) }

  @Test func `a time that comes twice is its first coming, and is said to be ambiguous`() throws {
    let found = try #require(try instant("2026-10-25T02:30", "Europe/Paris"))
    #expect(found.note == .ambiguous)
    #expect(found.milliseconds == 1_792_888_200_000)
    let paris = try zone("Europe/Paris")
    #expect(paris.local(found.milliseconds).isoDateTime == "2026-10-25T02:30")
    #expect(paris.local(found.milliseconds + 3_600_000).isoDateTime == "2026-10-25T02:30")
    #expect(paris.shortName(at: found.milliseconds) == "CEST")
    #expect(paris.shortName(at: found.milliseconds + 3_600_000) == "CET")
  }

  @Test func `a time that clocks skip moves on by the gap`() throws {
    let found = try #require(try instant("2027-03-28T02:30", "Europe/Paris"))
    #expect(found.note == .skipped)
    #expect(try zone("Europe/Paris").local(found.milliseconds).isoDateTime == "2027-03-28T03:30")
    #expect(try #require(try instant("2027-03-28T01:59:59", "Europe/Paris")).note == .exact)
    #expect(try #require(try instant("2027-03-28T03:00", "Europe/Paris")).note == .exact)
  }

  @Test func `Lord Howe changes by half an hour`() throws {
    let skipped = try #require(try instant("2026-10-04T02:15", "Australia/Lord_Howe"))
    #expect(skipped.note == .skipped)
    #expect(try zone("Australia/Lord_Howe").local(skipped.milliseconds).isoDateTime == "2026-10-04T02:45")
    #expect(try #require(try instant("2026-04-05T01:45", "Australia/Lord_Howe")).note == .ambiguous)
    #expect(try #require(try instant("2026-04-05T02:00", "Australia/Lord_Howe")).note == .exact)
  }

  @Test func `Apia had no 30 December 2011`() throws {
    let found = try #require(try instant("2011-12-30T12:00", "Pacific/Apia"))
    #expect(found.note == .skipped)
    #expect(try zone("Pacific/Apia").local(found.milliseconds).isoDateTime == "2011-12-31T12:00")
  }

  @Test func `quarters of an hour and halves west of Greenwich are kept`() throws {
    #expect(try zone("Asia/Kathmandu").offset(at: 1_792_888_200_000) == 20_700)
    #expect(try zone("Asia/Kathmandu").shortName(at: 1_792_888_200_000) == "UTC+05:45")
    let withSeconds = try zone("Europe/Paris").local(1_800_000_007_000).isoDateTime
    #expect(withSeconds.hasSuffix(":07"), "seconds are kept where there are some")
    #expect(try zone("America/St_Johns").offset(at: 1_800_000_000_000) == -12_600)
    #expect(try zone("America/St_Johns").local(1_800_000_000_000).isoDateTime == "2027-01-15T04:30")
  }

  @Test func `what is in no calendar is refused`() throws {
    let refused = [
      "2026-02-29T10:00", "2026-12-31T23:59:60", "2026-04-31T10:00", "2026-11-24T24:00", "2026-13-01T00:00",
      "2026-00-01T00:00", "0000-01-01T00:00",
      "2026-11-24", "2026-11-24T1٣:00", "2026-11-24T10:00Z", "", "-026-11-24T10:00",
    ]
    for text in refused { #expect(try instant(text, "Europe/Paris") == nil, "\(text)") }
    #expect(try instant("2028-02-29T10:00", "Europe/Paris") != nil)
  }

  @Test func `a name that is not a zone opens no file`() {
    for name in [
      "", "../../../etc/passwd", "Europe/../Europe/Paris", "/Europe/Paris", "right/Europe/Paris", "posix/Europe/Paris", "Europe", "Europe/",
      "localtime",
      "Europe/Paris\0", "Mars/Olympus", String(repeating: "A", count: 100_000),
    ] { #expect(Zone(name) == nil, "\(name.prefix(40))") }
  }

  @Test func `the rule after the last listed change goes on for ever`() throws {
    #expect(try #require(try instant("2126-07-01T12:00", "Europe/Paris")).milliseconds == 4_938_573_600_000)
    #expect(try zone("Europe/Paris").shortName(at: 4_938_573_600_000) == "CEST")
    #expect(try zone("Australia/Sydney").local(4_922_881_200_000).isoDateTime == "2126-01-01T06:00")
  }

  @Test(arguments: [
    "Europe/Paris", "Europe/Dublin", "Africa/Casablanca", "America/Nuuk", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu", "America/St_Johns",
  ])
  func `the civil time of an instant leads back to it`(name: String) throws {
    let zone = try zone(name)
    var random = SystemRandomNumberGenerator()
    for _ in 0..<5_000 {
      let second = Int64.random(in: -3_000_000_000...9_000_000_000, using: &random)
      let local = zone.local(second * 1000)
      let found = try #require(
        zone.instant(year: local.year, month: local.month, day: local.day, hour: local.hour, minute: local.minute, second: local.second))
      #expect(found.note != .skipped)
      #expect(found.milliseconds == second * 1000 || found.note == .ambiguous && found.milliseconds < second * 1000, "\(name) \(second)")
    }
  }

  @Test func `no instant stops the program`() throws {
    for name in ["Europe/Paris", "Pacific/Kiritimati", "Etc/GMT+12"] {
      let zone = try zone(name)
      #expect(1...9999 ~= zone.local(.min).year)
      #expect(1...9999 ~= zone.local(.max).year)
      #expect(zone.local(-1).second == 59)
    }
  }

  @Test func `a cut or altered zone file is refused or read, never fatal`() {
    var file: [UInt8] = Array("TZif2".utf8) + Array(repeating: 0, count: 15) + Array(repeating: 0, count: 24)
    file += Array("TZif2".utf8) + Array(repeating: 0, count: 15)
    for count in [0, 0, 0, 1, 1, 4] as [UInt8] { file += [0, 0, 0, count] }
    file += [0, 0, 0, 0, 0, 0, 0, 0, 0]
    file += [0, 0, 0x0E, 0x10, 0, 0] + Array("CET\0".utf8) + Array("\nCET-1CEST,M3.5.0,M10.5.0/3\n".utf8)
    #expect(ZoneTable(file)?.offset(at: 1_792_888_200).seconds == 7200)
    for length in file.indices { _ = ZoneTable(Array(file[..<length])) }
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      var altered = file
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        altered[Int.random(in: altered.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = ZoneTable(altered)?.offset(at: 1_792_888_200)
    }
  }
}
