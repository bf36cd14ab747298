package import ArgumentParser
internal import ChoiceFiles
internal import Foundation
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
      """)

  @Argument(help: "The world, as JSON.") var world: String
  @Flag(help: "Results as JSON, for machines.") var json = false
  @Flag(help: "With --json: the chains of all members as well, during the discussion.")
  var chains = false
  @Option(help: "The id of a member: shows the chains of this member, and nothing of others.") var explain: Int?
  @Option(help: "The most voices that one vote may weigh.") var cap: Int?
  @Option(help: "What a voice keeps at each delegation, as a fraction: 1/2.") var decay: String?
  @Option(help: "The most delegations over which a voice counts with --decay.") var horizon = 5

  package init() {}

  package func run() throws {
    let limits = try readLimits()
    let text: String
    do {
      guard let data = FileManager.default.contents(atPath: world) else { throw FileFault(file: world, reason: "cannot be read") }
      let read = try LiquidWorldFile.read(Array(data), named: world)
      if let explain {
        guard let member = read.memberIDs.firstIndex(of: explain) else { throw ValidationError("--explain \(explain): the world has no such member") }
        text = LiquidReport.chains(of: member, in: read)
      } else {
        let outcomes = count(read, limits)
        text = json ? try LiquidResultsFile.write(read, outcomes: outcomes, chains: chains) : LiquidReport.text(read, outcomes)
      }
    } catch let fault as FileFault {
      FileHandle.standardError.write(Data("\(fault)\n".utf8))
      throw ExitCode(65)
    }
    print(text)
  }

  private func count(_ world: DelegationWorld, _ limits: WeightLimits) -> [VotingOutcome] {
    let start = ContinuousClock.now
    return world.votings.indices.map { voting in
      if ContinuousClock.now - start > .seconds(2) {
        FileHandle.standardError.write(Data("\r\(voting) of \(world.votings.count) votings …".utf8))
      }
      return VotingOutcome(world, voting: voting, limits: limits)
    }
  }

  private func readLimits() throws -> WeightLimits {
    var fading: WeightLimits.Decay?
    if let decay {
      let parts = decay.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 2, let numerator = parts[0], let denominator = parts[1] else {
        throw ValidationError("--decay \(decay): a fraction is meant, such as 1/2")
      }
      fading = WeightLimits.Decay(numerator: numerator, denominator: denominator, horizon: horizon)
    }
    do { return try WeightLimits(cap: cap, decay: fading) } catch let fault as WeightLimits.Fault { throw ValidationError("\(fault)") }
  }
}
