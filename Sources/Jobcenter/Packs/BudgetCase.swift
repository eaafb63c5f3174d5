import Identifiers
import Registry
import Storage

/// The budget beside the net cost of benefits (budgettet).
public struct BudgetCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// Registers amounts: an account's amount for a month takes the place of the one that
    /// stands. All or none.
    public func register(
        _ lines: [BudgetLine], in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose
    ) async throws -> [Receipt] {
        try await house.writeCase(municipality, actor, purpose, asking: .importStatistics) {
            writer in
            try writer.putInPlace(
                of: .budgetLine, lines,
                place: { fact in
                    guard case .budgetLine(let line) = fact else { return nil }
                    return "\(line.account) \(line.month)"
                },
                fact: { line, id in
                    var line = line
                    line.id = id
                    return .budgetLine(line)
                })
        }
    }
}
