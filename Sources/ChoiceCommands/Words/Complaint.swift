internal import ArgumentParser
internal import ChoiceFiles
internal import Foundation

/// Words on standard error, the same for all commands.
enum Complaint {
  static func write(_ line: String) { try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8)) }

  /// What was odd in a file, the first twenty.
  static func note(_ remarks: [FileFault]) {
    for remark in remarks.prefix(20) { write("note: \(remark)") }
    if remarks.count > 20 { write("note: and \(remarks.count - 20) more like these") }
  }
}

/// Options that do not fit each other, the file or the rule: exit code 64.
package struct Misuse: Error, Sendable, CustomStringConvertible {
  package let reason: String
  package var description: String { reason }

  package init(reason: String) { self.reason = reason }
}

extension ParsableCommand {
  /// Does the work, and ends as every command does where a file cannot be read (65) or the options are wrong (64).
  static func ending(_ work: () throws -> Void) throws {
    do { try work() } catch let fault as FileFault {
      Complaint.write("\(fault)")
      throw ExitCode(65)
    } catch let misuse as Misuse {
      Complaint.write("Error: \(misuse.reason)\n  See 'isegoria \(configuration.commandName ?? "") --help' for more information.")
      throw ExitCode(64)
    }
  }

  /// A check of options alone, before anything is read: the parser adds the command's usage to what it says.
  static func checking(_ check: () throws -> Void) throws {
    do { try check() } catch let misuse as Misuse { throw ValidationError(misuse.reason) }
  }
}

/// What every command's help says of how it ends.
enum ExitWords {
  static let line = "Exit codes: 0 counted, 64 wrong use, 65 a file that cannot be read (file, line and reason on standard error)."
}

/// Files that the command line names.
enum InputFile {
  /// - Parameter path: as given, and so shown in faults.
  static func bytes(_ path: String) throws(FileFault) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw FileFault(file: path, reason: "there is no such file") }
      throw FileFault(file: path, reason: isFolder.boolValue ? "this is a folder; a file is wanted" : "the file cannot be read")
    }
    return [UInt8](data)
  }
}
