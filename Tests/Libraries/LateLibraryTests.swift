import CDlopen
import Testing

/// Libraries that are loaded when they are first needed.
@Suite struct LateLibraryTests {
  private func load(_ file: String, _ name: String) -> (isThere: Int32, found: UnsafeRawPointer?) {
    var function: UnsafeRawPointer?
    let isThere = name.withCString { name in
      var names: [UnsafePointer<CChar>?] = [name, nil]
      return isegoria_dlopen(file, &names, &function)
    }
    return (isThere, function)
  }

  @Test func whatIsThereIsFound() {
    let (isThere, found) = load("libpq.so.5", "PQlibVersion")
    #expect(isThere == 1 && found != nil)
  }

  @Test func whatIsNotThereIsSaid() {
    #expect(load("libpq.so.5", "PQnothing").isThere == 0)
    #expect(load("libnothing.so.1", "PQlibVersion").isThere == 0)
  }
}
