/// The natural logarithm by additions, products and quotients alone, so that every machine gives the same last bit (the libraries' do not).
///
/// x = m · 2^e with m from √½ to √2; log m = 2 (s + s³/3 + s⁵/5 + …) with s = (m − 1)/(m + 1), |s| < 0.172. The first term left out, s²⁵/25, is below 10⁻²⁰.
///
/// - Precondition: `x` is above zero and finite; callers pass strengths.
func portableLogarithm(_ x: Double) -> Double {
  var (mantissa, exponent) = (x.significand, Double(x.exponent))
  if mantissa > 1.414_213_562_373_095_1 { (mantissa, exponent) = (mantissa / 2, exponent + 1) }
  let s = (mantissa - 1) / (mantissa + 1)
  var sum = 0.0
  // From the small terms up, so that they are not lost.
  for odd in stride(from: 23, through: 1, by: -2) { sum = sum * (s * s) + 1 / Double(odd) }
  return exponent * 0.693_147_180_559_945_3 + 2 * s * sum
}
