/// e to the power of `x`, the same bits on every machine: the integer part of the power of
/// two by the exponent, the rest by its series. Good to 15 digits between -700 and 700, which
/// are the bounds of what is given.
func exponential(_ x: Double) -> Double {
    let x = min(700, max(-700, x))
    let ln2 = 0.693_147_180_559_945_309
    let power = (x / ln2).rounded()
    let rest = x - power * ln2
    var term = 1.0
    var sum = 1.0
    var step = 1.0
    while step < 16 {
        term *= rest / step
        sum += term
        step += 1
    }
    return Double(sign: .plus, exponent: Int(power), significand: sum)
}
