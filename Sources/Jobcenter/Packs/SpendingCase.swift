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
            var standing: [String: FactID] = [:]
            try writer.reader.facts(
                of: municipality, kinds: [.spendingLine], knownAt: nil
            ) { fact in
                if case .spendingLine(let line) = fact { standing[line.place] = line.id }
            }
            return try lines.map { line in
                try writer.put(standing[line.place], .spendingLine) { id in
                    var line = line
                    line.id = id
                    return .spendingLine(line)
                }.1
            }
        }
    }
}

extension SpendingLine {
    fileprivate var place: String { "\(account.lowercased()) \(month)" }
}
