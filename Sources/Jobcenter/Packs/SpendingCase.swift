import Identifiers
import Registry
import Storage

/// What was spent on guidance, mentors and other accounts (udgifterne).
public struct SpendingCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// Registers amounts: an account's amount for a month takes the place of the one that
    /// stands. All or none.
    public func register(
        _ lines: [SpendingLine], in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose
    ) async throws -> [Receipt] {
        try await house.writeCase(municipality, actor, purpose, asking: .importStatistics) {
            writer in
            try writer.putInPlace(
                of: .spendingLine, lines,
                place: { fact in
                    guard case .spendingLine(let line) = fact else { return nil }
                    return "\(line.account.lowercased()) \(line.month)"
                },
                fact: { line, id in
                    var line = line
                    line.id = id
                    return .spendingLine(line)
                })
        }
    }
}
