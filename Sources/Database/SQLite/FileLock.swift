#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Keeps a second process, or a second opening in this one, away from a database file. The kernel lets go of it when the process dies.
final class FileLock: Sendable {
  private let descriptor: Int32

  /// - Throws: `DatabaseFault.alreadyOpen`, or `.storage` when the lock file cannot be made.
  init(for path: String) throws {
    let file = open(path + ".lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw DatabaseFault.storage("cannot make the lock file \(path).lock: \(String(cString: strerror(errno)))") }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      _ = closeDescriptor(file)
      throw DatabaseFault.alreadyOpen(path)
    }
    descriptor = file
  }

  func release() { _ = flock(descriptor, LOCK_UN) }

  deinit { _ = closeDescriptor(descriptor) }
}

private func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }
