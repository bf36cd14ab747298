internal import CCoin

// COIN-OR's libraries, loaded when a panel is first drawn: in the child process that does it (decision 0010).
let clp = isegoria_find_clp()
let cbc = isegoria_find_cbc()

extension CoinSolver {
  /// Whether Debian's `coinor-libclp1` and `coinor-libcbc3` are there. Without them no solver may be asked.
  package static var isInstalled: Bool { clp.is_there != 0 && cbc.is_there != 0 }
}
