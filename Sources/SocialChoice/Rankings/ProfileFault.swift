/// What is wrong with a ballot, whatever its kind, before any rule sees it.
package enum ProfileFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// The candidate has no such number in the input (numbers from 0).
  case unknownCandidate(Int)
  /// The ballot names the candidate twice.
  case repeatedCandidate(Int)
  /// A ballot that stands for fewer than none.
  case negativeWeight(Int)
  /// More ballots than ``largestTotal``, all weights added.
  case tooManyBallots
  /// More candidates than ``largestCandidateCount``.
  case tooManyCandidates(Int)

  /// Votes are counted in billionths of a ballot in 64 bits: 4·10⁹ · 10⁹ still fits.
  package static let largestTotal = 4_000_000_000
  /// Ballots are stored in 16 bits a candidate.
  package static let largestCandidateCount = 32_000

  package var description: String {
    switch self {
    case .unknownCandidate(let candidate): "there is no candidate at place \(candidate)"
    case .repeatedCandidate(let candidate): "the candidate at place \(candidate) is named twice"
    case .negativeWeight(let weight): "a ballot cannot stand for \(weight)"
    case .tooManyBallots: "more than \(ProfileFault.largestTotal) ballots"
    case .tooManyCandidates(let count): "\(count) candidates; at most \(ProfileFault.largestCandidateCount) can be counted"
    }
  }
}
