internal import CImages
import Foundation

/// The child process in which pictures are decoded: `isegoria work image IN OUT`. What goes wrong in a decoder ends there.
///
/// It limits itself to 512 MiB of addresses, 10 seconds of processor and 16 MiB of file before it reads anything. On success it prints
/// one line, `image/jpeg 1600 1200`, and OUT holds the picture; else it prints a word of ``ImageFile/Fault`` and OUT does not exist.
package enum ImageWorker {
  /// The exit codes, as sysexits.h names them; a child that is killed by a signal met a limit.
  package static let done: Int32 = 0
  /// Not two arguments.
  package static let wrongUse: Int32 = 64
  /// No picture that is taken.
  package static let refused: Int32 = 65
  /// IN cannot be read.
  package static let unreadable: Int32 = 66
  /// The limits or libvips failed.
  package static let broken: Int32 = 70
  /// OUT cannot be written, or is there already.
  package static let unwritable: Int32 = 73

  static let memoryBytes = 512 << 20
  static let processorSeconds: UInt32 = 10
  static let fileBytes = 16 << 20

  /// - Parameter arguments: IN and OUT; OUT must not exist, its folder must.
  /// - Returns: the process's exit code.
  package static func run(arguments: [String]) -> Int32 {
    guard arguments.count == 2, let input = arguments.first, let output = arguments.last else { return say("usage: work image IN OUT", wrongUse) }
    guard isegoria_limit_process(memoryBytes, processorSeconds, fileBytes) == 0 else { return say("failed", broken) }
    guard let file = FileHandle(forReadingAtPath: input), let data = try? file.read(upToCount: ImageFile.mostBytes + 1) else {
      return say("unreadable", unreadable)
    }
    do throws(ImageFile.Fault) {
      let image = try ImageFile(reencoding: Array(data))
      guard write(image.bytes, to: output) else { return say("unwritable", unwritable) }
      return say("\(image.kind.rawValue) \(image.width) \(image.height)", done)
    } catch {
      return say(error.rawValue, error == .failed ? broken : refused)
    }
  }

  /// Reads the line of a child that ended well.
  package static func picture(saidBy line: String) -> (kind: ImageFile.Kind, width: Int, height: Int)? {
    let words = line.utf8.prefix(100).split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }).map { String(decoding: $0, as: UTF8.self) }
    guard words.count == 3, let kind = ImageFile.Kind(rawValue: words[0]), let width = Int(words[1]), let height = Int(words[2]) else { return nil }
    return (kind, width, height)
  }

  private static func write(_ bytes: [UInt8], to path: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try file.write(contentsOf: Data(bytes))
      try file.close()
      return true
    } catch {
      _ = unlink(path)
      return false
    }
  }

  private static func say(_ words: String, _ code: Int32) -> Int32 {
    try? FileHandle.standardOutput.write(contentsOf: Data((words + "\n").utf8))
    return code
  }
}
