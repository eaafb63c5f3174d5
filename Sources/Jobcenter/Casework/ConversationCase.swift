import Chronology
import Identifiers
import Registry
import Storage

/// Registering a conversation that was held.
public struct ConversationCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// Registers a held conversation once. Throws `ConversationProblem` when it cannot
    /// have been held so, and stores nothing then.
    public func register(
        _ kind: ConversationKind, _ form: ConversationForm, with citizen: CitizenID, on day: Day,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try Policy.require(.registerFact, by: actor, in: municipality)
        if day > house.clock.today() { throw ConversationProblem.inFuture }
        let stamp = house.stamp(actor, purpose.text)
        return try await house.engine.write { connection in
            let reader = StoreReader(connection)
            // Held from here on, so that two who save at once take two numbers.
            var ledger = try LedgerWriter(connection, municipality)
            let standing = try reader.registrations(
                about: citizen, of: municipality, kinds: [.residence, .conversation]
            ).map(\.fact)
            try ConversationCase.check(kind, day, against: standing)
            let id = try reader.nextID(.conversation, of: municipality)
            return try ledger.register(
                .conversation(
                    Conversation(
                        id: id, citizen: citizen, day: day, kind: kind, form: form, status: .held)),
                stamp)
        }
    }

    private static func check(
        _ kind: ConversationKind, _ day: Day, against standing: [Fact]
    ) throws(ConversationProblem) {
        var residences: [Residence] = []
        for fact in standing {
            switch fact {
            case .residence(let residence): residences.append(residence)
            case .conversation(let other)
            where other.day == day && other.kind == kind && other.status == .held:
                throw .registeredAlready(other.id)
            default: break
            }
        }
        if !residences.contains(where: { $0.holds(on: day) }) { throw .notResident }
    }
}

/// Why a conversation cannot have been held as it is told.
public enum ConversationProblem: Error, Hashable, Sendable {
    case inFuture
    /// The citizen did not live in the municipality on the day.
    case notResident
    /// The same conversation is registered with this number.
    case registeredAlready(FactID)
}
