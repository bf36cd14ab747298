import SocialChoice

enum RepresentativenessBenchmark {
  static let rows: [Row] = [1_000, 10_000, 100_000].map { people in
    Row(
      engine: "representativeness", name: "raking \(people) participants to 7 categories of 5", peer: nil, target: "",
      prepare: {
        var random = PublicRandom(seed: "raking")
        let census = (0..<7).map { number in
          CensusCategory(name: "\(number)", values: ["a", "b", "c", "d", "e"], populations: (0..<5).map { 100 + 40 * (($0 + number) % 5) })
        }
        // Low values come more often than the census has them.
        let answers: [[Int?]] = census.map { _ in (0..<people).map { _ in min(random.below(5), random.below(6)) } }
        let participants = try Participants(census: census, answers: answers)
        return {
          let raking = try Raking.weigh(participants).get()
          return "\(raking.end) in \(raking.rounds) rounds, design effect \(raking.designEffect.factor.formatted)"
        }
      })
  }
}
