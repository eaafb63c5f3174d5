import Chronology
import Exchange
import Identifiers
import Matching
import Registry
import Storage

/// Events: what is to happen, who comes, who meets whom, and what came of it.
public struct EventCase: Sendable {
    let house: House

    public init(_ house: House) { self.house = house }

    public func book(
        of municipality: MunicipalityCode, by actor: Actor
    ) async throws -> EventBook {
        try Policy.require(.readCompanies, by: actor, in: municipality)
        return try await house.jobEvents.book(of: municipality)
    }

    /// One event with the people who come, who are entered in the look-up log. Nil where there
    /// is none such.
    public func file(
        of event: FactID, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> EventFile? {
        guard let summary = try await book(of: municipality, by: actor)[event] else { return nil }
        var file = EventFile(summary: summary)
        let own = Set(summary.signUps.compactMap(\.participant.citizen))
        if !own.isEmpty {
            let reading = try LoggedReading(
                house, actor, of: municipality, purpose, asking: Request.readCandidates)
            let found = try await reading.citizens(own, for: .events, on: house.clock.today())
            for citizen in found.citizens { file.people[citizen.id] = citizen }
            file.lookup = found.lookup
        }
        file.orders = try await house.orders.book(of: municipality)
        file.pool = try await pool(of: summary.event, in: municipality)
        let today = house.clock.today()
        let pool = file.pool
        let (companies, registered, outcomes) = try await house.engine.read { connection in
            let reader = StoreReader(connection)
            var companies: [CVR: Company] = [:]
            for cvr in Set(summary.stands.compactMap(\.company)) {
                companies[cvr] = try reader.company(cvr, of: municipality)
            }
            var notes = try reader.registrations(
                .jobEvent, where: .id, is: event.number, of: municipality)
            for kind in [FactKind.eventStand, .eventSignUp, .eventSeat] {
                notes += try reader.registrations(
                    kind, where: .event, is: event.number, of: municipality)
            }
            let outcomes = try reader.outcomes(of: summary, pool, in: municipality, on: today)
            return (companies, notes, outcomes)
        }
        file.companies = companies
        file.registrations = registered.sorted { $0.number < $1.number }
        file.outcomes = outcomes
        return file
    }

    /// Partnerships that hold today, whose candidates could come too.
    public func partnerships(
        of municipality: MunicipalityCode, by actor: Actor
    ) async throws -> [Partnership] {
        try Policy.require(.readCompanies, by: actor, in: municipality)
        let today = house.clock.today()
        return try await house.engine.read {
            try PoolReading.agreements($0, municipality).map(\.partnership)
                .filter { $0.holds(on: today) }
        }
    }

    /// The pool whose candidates can take part; nil where the event is the municipality's own.
    func pool(
        of event: JobEvent, in municipality: MunicipalityCode
    ) async throws -> EventPool? {
        guard let number = event.partnership else { return nil }
        let today = house.clock.today()
        return try await house.engine.read { connection in
            let note = try StoreReader(connection).registration(
                .partnership, number, of: municipality)
            guard case .partnership(let partnership)? = note?.fact else { return nil }
            let reading = try PoolReading(connection, municipality, partnership.code)
            let members = reading.members.filter { $0.holds(on: today) }
            return EventPool(
                partnership: partnership, members: members, state: try PoolState(reading.book),
                own: municipality.description)
        }
    }
}

/// What an event knows of the pool whose candidates can come.
public struct EventPool: Sendable {
    public var partnership: Partnership
    public var members: [PartnershipMember]
    public var state: PoolState
    /// The municipality's own name among the members.
    public var own: String

    /// Nil where the card was withdrawn.
    public func card(_ participant: Participant) -> PoolState.Card? {
        guard case .card(let member, let number) = participant else { return nil }
        return state.cards.first { $0.member == member && $0.number == number }
    }
}

/// One event as registered.
public struct EventFile: Sendable {
    public var summary: EventSummary
    public var people: [CitizenID: Citizen] = [:]
    public var companies: [CVR: Company] = [:]
    public var orders: OrderBook?
    public var pool: EventPool?
    /// By those who came.
    public var outcomes: [Participant: EventOutcome] = [:]
    public var registrations: [RegistrationNote] = []
    public var lookup: Int64?

    /// How many who came were in work so many months after, of those of whom it is known; nil
    /// while that day is to come.
    public func inWork(after months: Int) -> (count: Int, of: Int)? {
        let known = outcomes.values.compactMap { $0.inWork[months] }
        return known.isEmpty ? nil : (known.count { $0 }, known.count)
    }
}
