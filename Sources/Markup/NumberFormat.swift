/// How numbers are written, without help from the machine's settings.
public struct NumberFormat: Hashable, Sendable {
    var thousands: UInt8?
    var decimal: UInt8
    var minus: String

    /// `-1.234,5` with a true minus sign.
    public static let danish = NumberFormat(
        thousands: UInt8(ascii: "."), decimal: UInt8(ascii: ","), minus: "\u{2212}")
    /// `-1,234.5` with a true minus sign.
    public static let english = NumberFormat(
        thousands: UInt8(ascii: ","), decimal: UInt8(ascii: "."), minus: "\u{2212}")
    /// For files read by machines: no thousands mark and a hyphen as minus.
    public static func plain(decimal: Unicode.Scalar) -> NumberFormat {
        NumberFormat(thousands: nil, decimal: UInt8(ascii: decimal), minus: "-")
    }

    public func text(_ value: Int) -> String { digits(value.magnitude, 0, negative: value < 0) }

    /// Rounds half away from zero. A value that is no number, or too large to be
    /// written exactly, is written as a dash.
    public func text(_ value: Double, decimals: Int = 0) -> String {
        let places = min(max(decimals, 0), 6)
        let scale = Self.powers[places]
        let scaled = (value * scale).rounded(.toNearestOrAwayFromZero)
        guard scaled.isFinite, abs(scaled) < 9e15 else { return "\u{2013}" }
        let whole = Int(scaled)
        return digits(whole.magnitude, places, negative: whole < 0)
    }

    private static let powers: [Double] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]

    /// Writes the digits backwards into a small space, then hands out the part used.
    private func digits(_ magnitude: UInt, _ decimals: Int, negative: Bool) -> String {
        String(unsafeUninitializedCapacity: 48) { space in
            var position = 48
            var rest = magnitude
            func put(_ byte: UInt8) {
                position -= 1
                space[position] = byte
            }
            for _ in 0..<decimals {
                put(UInt8(ascii: "0") + UInt8(rest % 10))
                rest /= 10
            }
            if decimals > 0 { put(decimal) }
            var count = 0
            repeat {
                if count > 0, count % 3 == 0, let thousands { put(thousands) }
                put(UInt8(ascii: "0") + UInt8(rest % 10))
                rest /= 10
                count += 1
            } while rest > 0
            if negative { for byte in minus.utf8.reversed() { put(byte) } }
            let length = 48 - position
            for index in 0..<length { space[index] = space[position + index] }
            return length
        }
    }
}
