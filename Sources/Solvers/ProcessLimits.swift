#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// What a process may use before the system ends it.
package enum ProcessLimits {
  /// Limits this process for good: bytes of addresses, seconds of processor, and no core file. On Linux only; elsewhere nothing is limited.
  /// - Returns: false if the system refuses.
  package static func set(memoryBytes: Int, processorSeconds: Int) -> Bool {
    #if canImport(Glibc)
    return limit(RLIMIT_CORE, 0) && limit(RLIMIT_CPU, processorSeconds) && limit(RLIMIT_AS, memoryBytes)
    #else
    return true
    #endif
  }

  #if canImport(Glibc)
  private static func limit(_ resource: __rlimit_resource, _ most: Int) -> Bool {
    let number = __rlimit_resource_t(resource.rawValue)
    var limits = rlimit()
    guard getrlimit(number, &limits) == 0 else { return false }
    let value = min(limits.rlim_max, rlim_t(max(0, most)))
    limits.rlim_cur = value
    limits.rlim_max = value
    return setrlimit(number, &limits) == 0
  }
  #endif
}
