package import Interface
package import Mail

extension FormReader {
  /// An address that mail can be sent to; nil with the fault beside its field.
  package func address(_ field: String) -> EmailAddress? {
    let address = try? EmailAddress(text(field, longest: 254))
    if address == nil && !hasFault(field) { fail(field, "form.fault.email") }
    return address
  }
}
