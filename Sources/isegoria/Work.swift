import ArgumentParser
import ChoiceCommands
import CommonsDomain
import Foundation
import Images
import Subprocess

/// Work that is done in a process of its own, with limits: a crash here is a failed job, not a failed server.
struct Work: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work", abstract: "One piece of work in a process of its own; the server calls it.", shouldDisplay: false,
    subcommands: [ImageWork.self] + ChoiceCommandList.work)

  struct ImageWork: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "image", abstract: "Decode a picture and write it anew.", shouldDisplay: false)
    @ArgumentParser.Argument var input: String
    @ArgumentParser.Argument var output: String

    func run() throws { Foundation.exit(ImageWorker.run(arguments: [input, output])) }
  }
}

/// Sends each picture through a child process.
struct ChildPictures: PictureWorks {
  let folder: String

  func picture(from bytes: [UInt8]) async throws -> Picture? {
    let place = folder + "/" + Secret.token()
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(atPath: place) }
    guard FileManager.default.createFile(atPath: place + "/in", contents: Data(bytes), attributes: [.posixPermissions: 0o600]) else { return nil }
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let result = try await Subprocess.run(
      .path(.init(program)), arguments: ["work", "image", place + "/in", place + "/out"], environment: .custom([:]), output: .string(limit: 4_096),
      error: .discarded)
    guard result.terminationStatus.isSuccess, let picture = ImageWorker.picture(saidBy: result.standardOutput),
      let data = FileManager.default.contents(atPath: place + "/out")
    else { return nil }
    return Picture(bytes: Array(data), mediaType: picture.kind.rawValue, width: picture.width, height: picture.height)
  }
}
