import Testing

@testable import ChoiceFiles
@testable import SocialChoice

struct OpinionConversationTests {
  @Test func `a conversation seen as it goes on ends with the groups of the map drawn at once`() throws {
    let (votes, _, _) = try OpinionSamples.real("brexit-consensus")
    let people = votes.participants.count
    let statements = votes.statements.count
    let atOnce = OpinionMap(OpinionMatrix(votes.votes, participants: people, statements: statements))
    for pieces in [2, 7, 20] {
      var conversation = OpinionConversation()
      let size = votes.votes.count / pieces + 1
      for start in stride(from: 0, to: votes.votes.count, by: size) {
        conversation.add(Array(votes.votes[start..<min(start + size, votes.votes.count)]))
        _ = conversation.map()
      }
      let map = conversation.map()
      #expect(map.groupOf == atOnce.groupOf)
      #expect(map.counts == atOnce.counts && map.representative == atOnce.representative && map.consensus == atOnce.consensus)
      for (one, other) in zip(map.positions, atOnce.positions) { #expect(one.squaredDistance(to: other) <= 0x1p-38) }
      #expect(map.axes.passes < atOnce.axes.passes)
    }
  }

  @Test func `votes that change, in any pieces, leave the matrix of the last ones`() {
    var scatter = Scatter(seed: 6)
    for _ in 0..<1_000 {
      let votes = (0..<60).map { _ in OpinionSamples.vote(scatter.below(5), scatter.below(6), scatter.below(3) - 1) }
      var conversation = OpinionConversation()
      var rest = votes[...]
      while !rest.isEmpty {
        let piece = rest.prefix(1 + scatter.below(20))
        conversation.add(Array(piece))
        rest = rest.dropFirst(piece.count)
      }
      let found = conversation.matrix
      let expected = OpinionMatrix(votes, participants: found.participants, statements: found.statements)
      #expect(found.starts == expected.starts && found.columns == expected.columns && found.values == expected.values)
    }
  }

  @Test func `a statement may be left out and taken in again`() {
    let votes = OpinionSamples.camps(2, people: 40, statements: 10)
    var conversation = OpinionConversation()
    conversation.add(votes)
    let before = conversation.map()
    conversation.leave(out: 3)
    #expect(conversation.map().axes.weights[0][3] == 0)
    conversation.leave(out: 3, false)
    #expect(conversation.map().groupOf == before.groupOf)
  }
}
