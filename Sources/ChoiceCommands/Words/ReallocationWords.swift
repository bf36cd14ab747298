import SocialChoice

/// How a reallocation came out, in English.
extension ReallocationLine {
  /// As "84 of 120 wanted less, 30 more, 6 the same; the median change was -500000 cents".
  var words: String {
    let all = wantedMore + wantedLess + wantedSame
    let change = Figures.counted(medianChange, Figures.words(medianChange), "cents")
    let counts = "\(wantedLess) of \(all) wanted less, \(wantedMore) more, \(wantedSame) the same; the median change was \(change)"
    return isHeldAtCeiling ? counts + "; the line's ceiling holds it" : counts
  }
}

extension Truthfulness {
  var words: String {
    switch self {
    case .truthful: "nobody gains by proposing something else than what they want, if they measure a result by its distances line by line"
    case .notOfThisRule: "a proposal that exaggerates can bring this rule's result nearer to what one wants"
    case .bounded: "ceilings or steps moved the result: an exaggerated proposal may gain something"
    }
  }
}
