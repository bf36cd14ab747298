internal import BigInt

@testable import SocialChoice

/// Bounded overspending a second time, in the grains that the rule counts in, with exact fractions between them.
extension NaiveBudgets {
  func boundedOverspending(_ satisfaction: Satisfaction) -> Count {
    let worths = worths(satisfaction)
    var count = Count(winners: election.mandatory)
    guard !worths.isEmpty else { return count }
    let available = election.budget - election.mandatory.reduce(0) { $0 + cost($1) }
    var money = [Int](repeating: Int(BigInt(available) * BigInt(grain) / BigInt(worths.count)), count: worths.count)
    while true {
      let offers = order.filter { fits($0, count.winners) }.compactMap { project in
        offer(project, worths, money).map { (project: project, key: $0.key, charge: $0.charge) }
      }
      guard let least = offers.map(\.key).min() else { return count }
      let level = offers.filter { $0.key == least }
      count.take(level[0].project, among: level.map(\.project))
      for voter in worths.indices {
        // Rounded up to a grain.
        let asked = -(-(level[0].charge * Rational(worths[voter][level[0].project]))).floor
        money[voter] = Int(max(0, BigInt(money[voter]) - asked))
      }
    }
  }

  /// As many to the smallest unit as leave all amounts below 2⁶¹, and as can be shared by the people, and by 2, 3, 4 and so on.
  private var grain: Int {
    let most = (1 << 61) / max(1, election.budget, election.projects.map(\.cost).max() ?? 1)
    var parts = BigInt(1)
    for divisor in [election.people] + Array(2...60) {
      let next = (1...divisor).map { parts * BigInt($0) }.first { $0 % BigInt(divisor) == 0 } ?? parts
      if next > most { break }
      parts = next
    }
    return Int(BigInt(most) / parts * parts)
  }

  /// ρ / α at its lowest and the ρ there: where somebody gives all they have, or where all of the cost is collected.
  private func offer(_ project: Int, _ worths: [[Int]], _ money: [Int]) -> (key: Rational, charge: Rational)? {
    if cost(project) == 0 { return worths.contains { $0[project] > 0 } ? (.zero, .zero) : nil }
    let supporters = worths.indices.filter { worths[$0][project] > 0 && money[$0] > 0 }.map { (money: money[$0], worth: worths[$0][project]) }
    let price = Rational(cost(project)) * Rational(grain)
    let rates = Set(supporters.map { Rational($0.money, $0.worth) }).sorted()
    func collected(_ rate: Rational) -> Rational {
      supporters.reduce(.zero) { $0 + min(Rational($1.money), rate * Rational($1.worth)) }
    }
    var tried = rates.filter { collected($0) < price }
    if tried.count < rates.count {
      // The others pay in full: together what the poorer leave of the cost.
      let poor = supporters.filter { tried.contains(Rational($0.money, $0.worth)) }.reduce(Rational.zero) { $0 + Rational($1.money) }
      let rich = supporters.filter { !tried.contains(Rational($0.money, $0.worth)) }.reduce(0) { $0 + $1.worth }
      tried.append((price - poor) / Rational(rich))
    }
    return tried.map { rate in
      let part = collected(rate) / price
      return (rate / part / part, rate / part)
    }.min { $0.key < $1.key }
  }
}
