import Testing

@testable import SocialChoice

/// Public chance, samples, promises and published ballots against SHA-256 and their documented forms written out.
struct DigestSecondTests {
  @Test func `SHA-256 written out is that of the standard's own example`() {
    // FIPS 180-2, appendix B.1 and B.2.
    let digests = ["abc", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"].map { DigestNaive.sha256(Array($0.utf8)) }
    #expect(Digest.hexadecimal(digests[0]) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(Digest.hexadecimal(digests[1]) == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
  }

  @Test func `public chance, shuffles and samples of a thousand seeds are those of SHA-256 written out`() {
    var refused = 0
    for number in 0..<1_000 {
      let seed = ["", "été 2026", "2026-11-25", "a,1"][number % 4] + "\(number / 4)"
      var (random, naive) = (PublicRandom(seed: seed), DigestNaive(seed: seed))
      // Counts of which two to the sixty-fourth is far from a multiple, too: there numbers are refused.
      for count in [1 + number % 12, 5 << 60, 1, 1 << 62 + 1, 3 << 61] { #expect(random.below(count) == naive.below(count), "\(number), \(count)") }
      let size = number % 9
      #expect(random.shuffled(Array(0..<size)) == naive.shuffled(size), "\(number)")
      #expect(random.next() == naive.next(), "\(number)")
      refused += naive.refused
      var (sample, whole) = (DigestNaive(seed: seed), DigestNaive(seed: seed))
      let drawn = number % 5
      #expect(BallotSample.withReplacement(drawn, of: size, seed: seed) == (0..<(size > 0 ? drawn : 0)).map { _ in sample.below(size) }, "\(number)")
      let order = Array(whole.shuffled(size).reversed().prefix(drawn))
      #expect(BallotSample.withoutReplacement(drawn, of: size, seed: seed) == order, "\(number)")
    }
    #expect(refused > 300, "\(refused)")
  }

  @Test func `a thousand promises are SHA-256 of the documented bytes, and one other bit in words or salt breaks each`() throws {
    var random = PublicRandom(seed: "promises")
    func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(random.below(256)) } }
    for number in 0..<1_000 {
      // Lengths around the ends of blocks.
      let (message, salt) = (bytes(random.below(90)), bytes(16 + random.below(4)))
      let promise = try Commitment(to: message, salt: salt)
      let naive = DigestNaive.sha256(Array("isegoria-commitment-1\n\(salt.count)\n".utf8) + salt + message)
      #expect(promise.digest == naive && promise.isKept(by: message, salt: salt), "\(number)")
      #expect(Commitment(published: promise.description.uppercased()) == promise)
      var (words, other) = (message + (message.isEmpty ? [0] : []), salt)
      words[random.below(words.count)] ^= 1 << random.below(8)
      other[random.below(other.count)] ^= 1 << random.below(8)
      #expect(!promise.isKept(by: words, salt: salt) && !promise.isKept(by: message, salt: other), "\(number)")
      if let first = message.first { #expect(!promise.isKept(by: Array(message.dropFirst()), salt: salt + [first]), "\(number)") }
      #expect(throws: Commitment.SaltTooShort.self) { try Commitment(to: message, salt: Array(salt.prefix(15))) }
    }
  }

  @Test func `a thousand lists of ballots have the published form and digest that the documentation's words give`() throws {
    var random = PublicRandom(seed: "published ballots")
    for number in 0..<1_000 {
      let options = ["a", "é b", "c\nd=1", "12"].prefix(1 + random.below(4)).map { $0 }
      let ballots = (0..<random.below(6)).map { _ in
        let marks = options.indices.filter { _ in random.below(2) == 0 }.map { ($0, random.below(13) - 2) }
        return OpenBallots.Ballot(weight: 1 + random.below(12), marks: Dictionary(uniqueKeysWithValues: marks))
      }
      var text = "isegoria-ballots 1\n" + String(options.count) + "\n"
      for option in options { text += String(Array(option.utf8).count) + ":" + option + "\n" }
      text += String(ballots.count) + "\n"
      var lines = ballots.map { ballot -> [UInt8] in
        var words = [String(ballot.weight)]
        for option in options.indices { if let mark = ballot.marks[option] { words.append(String(option) + "=" + String(mark)) } }
        return Array(words.joined(separator: " ").utf8) + [10]
      }
      var published = Array(text.utf8)
      while let least = lines.indices.first(where: { one in lines.allSatisfy { !$0.lexicographicallyPrecedes(lines[one]) } }) {
        published += lines.remove(at: least)
      }
      let open = try OpenBallots(options: options, ballots: ballots)
      #expect(open.canonicalBytes == published, "\(number)")
      #expect(open.digest == Digest.hexadecimal(DigestNaive.sha256(published)), "\(number)")
    }
  }
}
