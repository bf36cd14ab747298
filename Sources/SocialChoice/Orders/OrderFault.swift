/// Why texts cannot be ordered.
package enum OrderFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// A voice names a text that is not there; texts are numbered from 0.
  case unknownText(Int, voice: Int)
  /// A voice names a text twice.
  case twice(Int, voice: Int)
  /// A weight is below 1, or all together are above 2^40.
  case weight(voice: Int)
  /// A text is compared with itself.
  case itself(Int)
  /// The prior is below zero or no number, or there are more than 100,000 texts.
  case settings

  package var description: String {
    switch self {
    case .unknownText(let text, let voice): "voice \(voice + 1) names text \(text + 1), which is not there"
    case .twice(let text, let voice): "voice \(voice + 1) names text \(text + 1) twice"
    case .weight(let voice): "voice \(voice + 1): a weight is a whole number from 1, and all together are at most 2^40"
    case .itself(let text): "text \(text + 1) is compared with itself"
    case .settings: "the prior must be a number from 0, and there may be 100,000 texts"
    }
  }

  /// Throws unless the weight may be added; gives the new sum.
  static func sum(_ weights: Int, adding weight: Int, voice: Int) throws(OrderFault) -> Int {
    guard weight >= 1, weight <= 1 << 40 - weights else { throw .weight(voice: voice) }
    return weights + weight
  }
}
