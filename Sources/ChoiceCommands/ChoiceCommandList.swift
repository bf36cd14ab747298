package import ArgumentParser

/// The commands that count, in the order of the help.
package enum ChoiceCommandList {
  package static let all: [any ParsableCommand.Type] = [
    TallyCommand.self, RankCommand.self, DrawCommand.self, OpinionsCommand.self, LiquidCommand.self,
  ]
  /// What they do in a process of its own: subcommands of `work`.
  package static let work: [any ParsableCommand.Type] = [DrawWork.self]
}
