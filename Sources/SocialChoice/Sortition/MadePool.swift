/// Pools that are made, not gathered: for rehearsals, tests and measurements. The same seed gives the same pool on any machine.
package enum MadePool {
  /// A category, its features, their share of the population and of those who volunteer, in thousandths.
  struct Category {
    let name: String
    let features: [(name: String, population: Int, volunteers: Int)]
  }

  /// People volunteer unevenly: the schooled, the old, the townsfolk and those who care for the subject come, the others must be looked for.
  static let categories: [Category] = [
    Category(name: "gender", features: [("woman", 509, 455), ("man", 485, 535), ("other", 6, 10)]),
    Category(
      name: "age", features: [("16-24", 132, 52), ("25-39", 236, 160), ("40-54", 241, 236), ("55-64", 166, 232), ("65 and over", 225, 320)]),
    Category(
      name: "region",
      features: [
        ("north", 172, 130), ("east", 121, 114), ("south", 139, 188), ("west", 160, 172), ("centre", 90, 82), ("capital", 198, 262),
        ("isles", 120, 52),
      ]),
    Category(name: "schooling", features: [("none", 182, 42), ("school", 313, 168), ("apprenticeship", 205, 178), ("degree", 300, 612)]),
    Category(name: "origin", features: [("majority", 802, 884), ("first minority", 94, 52), ("second minority", 66, 38), ("others", 38, 26)]),
    Category(name: "place", features: [("town", 616, 702), ("suburb", 214, 176), ("village", 170, 122)]),
    Category(name: "concern", features: [("high", 452, 740), ("some", 331, 196), ("little", 144, 42), ("none", 73, 22)]),
  ]

  /// A pool in which the quotas promise more than panels give.
  ///
  /// Of three features one seat each at most, and of each two of them `rare` people who have both: a panel seats one of all of these, and the
  /// polytope of the quotas one and a half. The others have none of the three. Everybody has an age, a region and a trade, of `levels` each.
  package static func ringed(count: Int, seats: Int, rare: Int, levels: Int, seed: String) -> SortitionPool {
    var random = PublicRandom(seed: seed)
    let rings = 3 * levels
    // The more, the higher the level.
    func level() -> Int { max(random.below(levels), random.below(levels)) }
    let members = (0..<count).map { person in
      let missing = person < 3 * rare ? person % 3 : nil
      let common = (0..<3).map { $0 * levels + level() }
      return PoolMember(features: common + (0..<3).map { rings + 2 * $0 + (missing != nil && missing != $0 ? 0 : 1) }, household: person)
    }
    var quotas: [Quota] = []
    for (category, name) in ["age", "region", "trade"].enumerated() {
      for level in 0..<levels {
        let share = members.count { $0.features[category] == quotas.count } * seats
        quotas.append(Quota(category: name, feature: "\(level + 1)", minimum: share * 4 / (5 * count), maximum: share * 6 / (5 * count) + 1))
      }
    }
    for ring in ["first", "second", "third"] {
      quotas.append(Quota(category: ring, feature: "yes", minimum: 0, maximum: 1))
      quotas.append(Quota(category: ring, feature: "no", minimum: 0, maximum: seats))
    }
    return SortitionPool(members: members, quotas: quotas, panelSize: seats)
  }

  /// A pool in which each quota asks an exact number of seats: as many as one panel drawn from it has. Each category has two to five features, the first
  /// ones most often; nobody has a house-mate.
  package static func exact(count: Int, seats: Int, categories number: Int, seed: String) -> SortitionPool {
    var random = PublicRandom(seed: seed)
    let sizes = (0..<number).map { _ in 2 + random.below(4) }
    let starts = sizes.indices.map { sizes.prefix($0).reduce(0, +) }
    let members = (0..<count).map { _ in
      PoolMember(features: sizes.indices.map { starts[$0] + min(random.below(sizes[$0]), random.below(sizes[$0])) }, household: nil)
    }
    let panel = random.shuffled(Array(members.indices)).prefix(seats)
    let quotas = sizes.indices.flatMap { category in
      (0..<sizes[category]).map { level in
        let have = panel.count { members[$0].features[category] == starts[category] + level }
        return Quota(category: "category \(category + 1)", feature: "\(level + 1)", minimum: have, maximum: have)
      }
    }
    return SortitionPool(members: members, quotas: quotas, panelSize: seats)
  }

  /// A pool of `count` people for `seats` seats, with quotas of the population's shares rounded down and up, and about one in sixteen with a
  /// house-mate.
  ///
  /// Schooling and age, place and region, schooling and concern go together, as they do among people: each person leans to one side, and each
  /// category follows
  /// that leaning half of the time.
  package static func hard(count: Int, seats: Int, categories number: Int = 7, seed: String) -> SortitionPool {
    var random = PublicRandom(seed: seed)
    let used = Array(categories.prefix(number))
    var starts: [Int] = []
    var quotas: [Quota] = []
    for category in used {
      starts.append(quotas.count)
      for feature in category.features {
        let thousandths = feature.population * seats
        quotas.append(
          Quota(category: category.name, feature: feature.name, minimum: thousandths / 1_000, maximum: (thousandths + 999) / 1_000))
      }
    }
    var members: [PoolMember] = []
    var household = 0
    for _ in 0..<count {
      let leaning = random.below(1_000)
      let features = used.indices.map { category in
        var draw = random.below(2) == 0 ? (leaning + random.below(250)) % 1_000 : random.below(1_000)
        var place = 0
        while place < used[category].features.count - 1, draw >= used[category].features[place].volunteers {
          draw -= used[category].features[place].volunteers
          place += 1
        }
        return starts[category] + place
      }
      if random.below(32) != 0 { household += 1 }
      members.append(PoolMember(features: features, household: household))
    }
    return SortitionPool(members: members, quotas: quotas, panelSize: seats)
  }
}
