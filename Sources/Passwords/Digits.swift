/// Compares without telling by time where the first difference is; the length is no secret.
package func isEqualInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  guard left.count == right.count else { return false }
  return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}

/// Numbers that people read and type as digits.
package enum Digits {
  /// A number below a million with its leading zeros.
  package static func six(_ number: UInt32) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(6 - digits.utf8.count, 0)) + digits
  }
}
