package import ArgumentParser
internal import ChoiceFiles
internal import SocialChoice

/// `isegoria liquid`: who speaks for whom, and what is decided.
package struct LiquidCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "liquid", abstract: "Counts votings in which members may delegate.",
    discussion: """
      WORLD is a JSON document of members, scopes, delegations and votes. Of a member's delegations the narrowest holds (voting, then theme, then
      organization); who votes directly speaks for themselves. Chains that end nowhere count for nobody, and are listed.

        isegoria liquid world.json
        isegoria liquid world.json --json > results.json
        isegoria liquid world.json --explain 17          the chains of member 17, for that member's eyes
        isegoria liquid world.json --cap 50              no vote weighs more than 50 voices
        isegoria liquid world.json --decay 1/2 --horizon 4

      The JSON names who was carried by whom: publish it only where delegations are public.
      --cap and --decay break "one person, one weight". With --decay weights in the JSON are whole multiples of 1/unit_weight.

      JSON: for each issue direct_voter, delegating_voter, voter_count, battle, initiatives, lost, ties and the outcome without delegation; each key is
      explained in docs/algorithms/liquid-democracy.md.

      \(ExitWords.line)
      """)

  @Argument(help: "The world, as JSON.") var world: String
  @Flag(help: "Results as JSON, for machines.") var json = false
  @Flag(help: "With --json: the chains of all members as well, during the discussion.")
  var chains = false
  @Option(help: "The id of a member: shows the chains of this member, and nothing of others.") var explain: Int?
  @Option(help: "The most voices that one vote may weigh.") var cap: Int?
  @Option(help: "What a voice keeps at each delegation, as a fraction: 1/2.") var decay: String?
  @Option(help: "The most delegations over which a voice counts with --decay (5).") var horizon: Int?
  @OptionGroup var ties: TieBreakOptions

  package init() {}

  /// Everything that can be told without the file.
  package func validate() throws {
    try Self.checking {
      if horizon != nil, decay == nil { throw Misuse(reason: "--horizon goes with --decay: without it voices count over any distance") }
      if chains, !json { throw Misuse(reason: "--chains goes with --json") }
      if explain != nil, json || cap != nil || decay != nil {
        throw Misuse(reason: "--explain shows the chains of one member as text, without --json, --cap and --decay")
      }
      _ = try limits()
      _ = try ties.order(hasCosts: false)
    }
  }

  package func run() throws {
    let patience = Patience("counting \(world)")
    defer { patience.end() }
    try Self.ending {
      let read = try LiquidWorldFile.read(InputFile.bytes(world), named: world)
      if let explain {
        guard let member = read.memberIDs.firstIndex(of: explain) else { throw Misuse(reason: "--explain \(explain): the world has no such member") }
        print(LiquidReport.chains(of: member, in: read))
      } else {
        let outcomes = count(read, try limits(), try ties.order(hasCosts: false), patience)
        print(json ? try LiquidResultsFile.write(read, outcomes: outcomes, chains: chains) : LiquidReport.text(read, outcomes))
      }
    }
  }

  private func count(_ world: DelegationWorld, _ limits: WeightLimits, _ tieBreak: TieBreak, _ patience: Patience) -> [VotingOutcome] {
    world.votings.indices.map { voting in
      patience.say("counting \(self.world), \(voting) of \(Plural.of(world.votings.count, "voting"))")
      return VotingOutcome(world, voting: voting, limits: limits, tieBreak: tieBreak)
    }
  }

  private func limits() throws -> WeightLimits {
    var fading: WeightLimits.Decay?
    if let decay {
      let parts = decay.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 2, let numerator = parts[0], let denominator = parts[1] else {
        throw Misuse(reason: "--decay \(decay): a fraction is meant, such as 1/2")
      }
      fading = WeightLimits.Decay(numerator: numerator, denominator: denominator, horizon: horizon ?? 5)
    }
    do { return try WeightLimits(cap: cap, decay: fading) } catch let fault as WeightLimits.Fault { throw Misuse(reason: "\(fault)") }
  }
}
