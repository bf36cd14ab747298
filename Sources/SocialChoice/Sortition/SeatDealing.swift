/// Deals the seats of types to people: within a type everybody sits in as many of the lottery's panels as everybody else, or in one more, and no
/// panel has two
/// people of one household.
///
/// For a kind of household with one type, households are dealt like cards, all before any comes again. For a kind with several types the panels and
/// the types
/// are the two sides of a bipartite graph with an edge for each seat, and the households are colours: each panel may have a colour once, each type
/// should have
/// all colours equally often. Such a colouring exists (D. de Werra, 1971) since no panel has more of these seats than there are households; it is
/// found by
/// cutting each type into nodes with as many edges as there are households and colouring by exchange along two-coloured paths (D. Kőnig, 1916).
struct SeatDealing {
  private let typed: TypedPool
  private var random: PublicRandom
  /// The people of each panel, by their numbers in the pool.
  private(set) var panels: [[Int]]
  /// How often each member was dealt a seat.
  private(set) var seatsOfMember: [Int]

  init(_ typed: TypedPool, panels byType: [[Int32]], seed: String) {
    self.typed = typed
    random = PublicRandom(seed: seed)
    panels = [[Int]](repeating: [], count: byType.count)
    seatsOfMember = [Int](repeating: 0, count: typed.pool.members.count)
    for kind in typed.kinds {
      if kind.types.count == 1, let type = kind.types.first {
        dealCards(type, byType.map { Int($0[type]) }, households: kind.count)
      } else {
        dealColours(kind, byType)
      }
    }
    for place in panels.indices { panels[place].sort() }
  }

  /// One person of the type in this household: of those who sat least often, the first.
  private mutating func seat(_ type: Int, household: Int, households: Int, panel: Int) {
    let members = typed.types[type].members
    let each = members.count / households
    let people = members[household * each..<(household + 1) * each]
    guard let person = people.min(by: { (seatsOfMember[$0], $0) < (seatsOfMember[$1], $1) }) else { return }
    seatsOfMember[person] += 1
    panels[panel].append(person)
  }

  private mutating func dealCards(_ type: Int, _ seats: [Int], households: Int) {
    var deck: [Int] = []
    for (panel, count) in seats.enumerated() where count > 0 {
      var used = Set<Int>()
      for _ in 0..<count {
        if deck.isEmpty { deck = random.shuffled(Array(0..<households)) }
        guard let place = deck.lastIndex(where: { !used.contains($0) }) else { continue }
        let household = deck.remove(at: place)
        used.insert(household)
        seat(type, household: household, households: households, panel: panel)
      }
    }
  }

  private mutating func dealColours(_ kind: HouseholdKind, _ byType: [[Int32]]) {
    let colours = random.shuffled(Array(0..<kind.count))
    var colouring = EdgeColouring(colours: kind.count, leftNodes: byType.count)
    var edges: [(panel: Int, type: Int)] = []
    for type in kind.types {
      var edgesOfType = 0
      for (panel, seats) in byType.enumerated() {
        for _ in 0..<Int(seats[type]) {
          // Each type is cut into nodes of as many edges as there are colours.
          if edgesOfType % kind.count == 0 { colouring.addRightNode() }
          colouring.add(left: panel)
          edges.append((panel, type))
          edgesOfType += 1
        }
      }
    }
    for (place, edge) in edges.enumerated() {
      seat(edge.type, household: colours[colouring.colour(of: place)], households: kind.count, panel: edge.panel)
    }
  }
}

/// Colours the edges of a bipartite graph as they are added, no two of one colour at a node.
private struct EdgeColouring {
  private let colours: Int
  /// For each node and colour the edge that has it, or -1.
  private var left: [Int]
  private var right: [Int] = []
  private var ends: [(left: Int, right: Int)] = []
  private var colourOfEdge: [Int] = []

  init(colours: Int, leftNodes: Int) {
    self.colours = colours
    left = [Int](repeating: -1, count: colours * leftNodes)
  }

  mutating func addRightNode() { right += [Int](repeating: -1, count: colours) }

  func colour(of edge: Int) -> Int { colourOfEdge[edge] }

  /// An edge from this node to the right node added last. Both have a colour free: no node may get more edges than there are colours.
  mutating func add(left node: Int) {
    let edge = ends.count
    let other = right.count / colours - 1
    ends.append((node, other))
    guard let free = (0..<colours).first(where: { left[node * colours + $0] < 0 }),
      let wanted = (0..<colours).first(where: { right[other * colours + $0] < 0 })
    else {
      preconditionFailure("a node has more edges than there are colours")
    }
    if free != wanted { exchange(free, wanted, from: other) }
    colourOfEdge.append(free)
    left[node * colours + free] = edge
    right[other * colours + free] = edge
  }

  /// Exchanges two colours along the path that begins at a right node with the first colour and ends where neither goes on.
  private mutating func exchange(_ first: Int, _ second: Int, from start: Int) {
    var path: [Int] = []
    var node = start
    var onRight = true
    var colour = first
    while true {
      let edge = onRight ? right[node * colours + colour] : left[node * colours + colour]
      guard edge >= 0 else { break }
      path.append(edge)
      node = onRight ? ends[edge].left : ends[edge].right
      onRight.toggle()
      colour = colour == first ? second : first
    }
    for edge in path {
      left[ends[edge].left * colours + colourOfEdge[edge]] = -1
      right[ends[edge].right * colours + colourOfEdge[edge]] = -1
    }
    for edge in path {
      let colour = colourOfEdge[edge] == first ? second : first
      colourOfEdge[edge] = colour
      left[ends[edge].left * colours + colour] = edge
      right[ends[edge].right * colours + colour] = edge
    }
  }
}
