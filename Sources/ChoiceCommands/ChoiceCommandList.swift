package import ArgumentParser

/// The commands that count, in the order of the help.
package enum ChoiceCommandList {
  package static let all: [any ParsableCommand.Type] = [TallyCommand.self, RankCommand.self, OpinionsCommand.self, LiquidCommand.self]
}
