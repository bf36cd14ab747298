/// People whom no rule can tell apart: the same features, and house-mates in the pool with the same features.
///
/// Someone alone in their household shares a type with all who have their profile. A household of a woman and a man, both in the pool, makes one
/// type for
/// such women and one for such men, joined by one constraint: of all these couples, at most as many people as there are couples. Where that holds
/// the seats
/// can be given so that no household has two, since each couple has one person of each type. So a draw may be computed over types, and then be dealt
/// out within each; all of a type can have the same chance, and leximin gives it to them.
package struct PersonType: Sendable, Hashable {
  /// The numbers of the quotas that its people count for, one for each category.
  package let features: [Int]
  /// Its people, by their numbers in the pool, household by household.
  package let members: [Int]
  /// The number of its ``HouseholdKind``.
  package let kind: Int
  /// The most of its people that one panel can have: households of the kind, and no more than the seats.
  package let limit: Int
}

/// All households of the pool whose members have the same profiles.
package struct HouseholdKind: Sendable, Hashable {
  /// How many such households there are: the most people of these types that can sit together.
  package let count: Int
  /// The types of their people, ascending.
  package let types: [Int]
}

/// A pool seen as types: the form in which panels are looked for.
package struct TypedPool: Sendable, Hashable {
  package let pool: SortitionPool
  /// By number.
  package let types: [PersonType]
  package let kinds: [HouseholdKind]
  /// The type of each member.
  package let typeOfMember: [Int]

  /// Groups the pool: O(members · categories), and a sort. The order of types follows from profiles and household profiles alone, not from the
  /// order of the pool.
  package init(_ pool: SortitionPool) {
    var households: [[Int]] = []
    var placeOfHousehold: [Int: Int] = [:]
    for (member, person) in pool.members.enumerated() {
      if let household = person.household, let place = placeOfHousehold[household] {
        households[place].append(member)
      } else {
        if let household = person.household { placeOfHousehold[household] = households.count }
        households.append([member])
      }
    }
    func profile(_ member: Int) -> [Int] { pool.members[member].features }
    let ordered = households.map {
      $0.sorted { first, second in profile(first) == profile(second) ? first < second : profile(first).lexicographicallyPrecedes(profile(second)) }
    }
    let byProfiles = Dictionary(grouping: ordered.indices) { ordered[$0].map(profile) }
    var types: [PersonType] = []
    var kinds: [HouseholdKind] = []
    var typeOfMember = [Int](repeating: 0, count: pool.members.count)
    for profiles in byProfiles.keys.sorted(by: { $0.lexicographicallyPrecedes($1) { $0.lexicographicallyPrecedes($1) } }) {
      let alike = byProfiles[profiles] ?? []
      let first = types.count
      for features in profiles.reduce(into: [[Int]](), { if $0.last != $1 { $0.append($1) } }) {
        let members = alike.flatMap { ordered[$0].filter { profile($0) == features } }
        for member in members { typeOfMember[member] = types.count }
        types.append(PersonType(features: features, members: members, kind: kinds.count, limit: min(alike.count, pool.panelSize)))
      }
      kinds.append(HouseholdKind(count: alike.count, types: Array(first..<types.count)))
    }
    self.pool = pool
    self.types = types
    self.kinds = kinds
    self.typeOfMember = typeOfMember
  }

  /// Whether these seats for each type are a panel.
  package func accepts(_ panel: TypePanel) -> Bool {
    var seats = [Int](repeating: 0, count: pool.quotas.count)
    var ofKind: [Int: Int] = [:]
    var total = 0
    for (type, count) in panel.seats {
      guard types.indices.contains(type), count >= 0, count <= types[type].limit else { return false }
      for feature in types[type].features { seats[feature] += count }
      ofKind[types[type].kind, default: 0] += count
      total += count
    }
    return total == pool.panelSize && zip(seats, pool.quotas).allSatisfy { $0.1.minimum <= $0.0 && $0.0 <= $0.1.maximum }
      && ofKind.allSatisfy { $0.value <= kinds[$0.key].count }
  }
}

/// A panel as seats for each type; types without a seat are left out.
package struct TypePanel: Sendable, Hashable {
  /// A type and how many of its people sit.
  package struct Seats: Sendable, Hashable {
    package let type: Int
    /// From 1.
    package let count: Int
  }
  /// Ascending by type.
  package let places: [Seats]

  /// - Parameter counts: for each type its seats.
  package init(counts: [Int]) { places = counts.indices.filter { counts[$0] > 0 }.map { Seats(type: $0, count: counts[$0]) } }

  /// Type and count, ascending.
  package var seats: some Sequence<(Int, Int)> { places.lazy.map { ($0.type, $0.count) } }
}
