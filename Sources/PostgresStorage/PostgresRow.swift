import CLibPQ
import Storage

/// A row of a result in text format, whose numbers are read straight from
/// libpq's memory.
struct PostgresRow: SQLRow {
    let result: OpaquePointer
    let row: Int32

    func isNull(_ column: Int) -> Bool {
        precondition(column < PQnfields(result), "the row has no column \(column)")
        return PQgetisnull(result, row, Int32(column)) == 1
    }

    func integer(_ column: Int) -> Int64 {
        let digits = memory(column)
        if let number = decimal(digits) { return number }
        if PQftype(result, Int32(column)) == ServerType.bool {
            return digits.first == UInt8(ascii: "t") ? 1 : 0
        }
        // A sum of BIGINTs or a real number, cut off as SQLite does.
        return Int64(exactly: real(column).rounded(.towardZero)) ?? 0
    }

    func real(_ column: Int) -> Double {
        Double(text(column)) ?? 0
    }

    func text(_ column: Int) -> String {
        String(decoding: memory(column), as: UTF8.self)
    }

    /// The server writes `\x` and two digits a byte.
    func bytes(_ column: Int) -> [UInt8] {
        let digits = memory(column).dropFirst(2).map { $0 < 58 ? $0 - 48 : $0 - 87 }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private func memory(_ column: Int) -> UnsafeRawBufferPointer {
        precondition(column < PQnfields(result), "the row has no column \(column)")
        let column = Int32(column)
        return UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
    }

    /// Nil for anything but an optional sign, digits, and a value within Int64.
    private func decimal(_ bytes: UnsafeRawBufferPointer) -> Int64? {
        let isNegative = bytes.first == UInt8(ascii: "-")
        let digits = isNegative ? bytes.dropFirst() : bytes[...]
        guard !digits.isEmpty else { return nil }
        var number: Int64 = 0
        for byte in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            // Built below zero, where Int64 reaches one further.
            let (tens, tooManyTens) = number.multipliedReportingOverflow(by: 10)
            let (sum, tooMuch) = tens.subtractingReportingOverflow(
                Int64(byte - UInt8(ascii: "0")))
            if tooManyTens || tooMuch { return nil }
            number = sum
        }
        if isNegative { return number }
        return number == .min ? nil : -number
    }
}
