import Chronology
import Identifiers
import Law
import Registry
import Storage

/// Finding a citizen, and everything that is registered about one.
public struct CitizenCase: Sendable {
    let house: House

    /// No search shows more than this.
    public static let mostFound = 30

    public init(_ house: House) { self.house = house }

    /// Citizens by CPR number, day of birth, case number or the beginnings of words of the
    /// name. Nobody for a text that is none of them. Everyone shown is entered in the
    /// look-up log.
    public func search(
        _ text: String, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose?,
        asking request: (Purpose?) -> Request = Request.readPeople
    ) async throws -> CitizensFound {
        let reading = try LoggedReading(
            house, actor, of: municipality, purpose, asking: request)
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let most = CitizenCase.mostFound
        let named = try await self.named(words, in: municipality, limit: most + 1)
        let found = try await house.engine.read { connection -> [Citizen] in
            let reader = StoreReader(connection)
            if let cpr = try? CPR(text) {
                let id = try reader.citizen(of: municipality, cpr: cpr)
                return try reader.citizens(of: municipality, id.map { [$0] } ?? [])
            }
            if let day = Day(iso: text) ?? Day(danish: text) {
                return try reader.citizens(of: municipality, born: day, limit: most + 1)
            }
            if let number = Int64(text) {
                return try reader.citizens(of: municipality, [CitizenID(number)])
            }
            return try reader.citizens(of: municipality, named)
        }
        let shown = try await reading.citizens(
            Set(found.prefix(most).map(\.id)), for: .search, on: house.clock.today())
        return CitizensFound(
            citizens: shown.citizens, isMore: found.count > most, lookup: shown.lookup)
    }

    /// Reads the names, so that the first search finds them.
    public func warm(_ municipality: MunicipalityCode) async throws {
        _ = try await house.names.index(of: municipality)
    }

    /// Citizens by the beginnings of words of their names.
    private func named(
        _ words: [String], in municipality: MunicipalityCode, limit: Int
    ) async throws -> [CitizenID] {
        let keys = words.filter { $0.contains(where: \.isLetter) }.map(CitizenName.words)
        guard keys.count == words.count, !keys.contains([]) else { return [] }
        return try await house.names.index(of: municipality)
            .citizens(named: keys.flatMap(\.self), limit: limit)
    }

    /// Everything registered about a citizen, and what is owed to the citizen today, by
    /// when and why. The look-up is logged. Nil when there is no such citizen.
    public func file(
        of citizen: CitizenID, in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose?
    ) async throws -> CitizenFile? {
        let reading = try LoggedReading(house, actor, of: municipality, purpose)
        let today = house.clock.today()
        let registrations = try await house.engine.read {
            try StoreReader($0).registrations(
                about: citizen, of: municipality,
                kinds: FactKind.allCases.filter { $0 != .adviserEntry })
        }
        let found = try await reading.citizens([citizen], for: .file, on: today)
        guard let citizen = found.citizens.first else { return nil }
        var facts = RegisteredFacts()
        facts.add(citizen.id, born: citizen.born, permitFrom: citizen.permitFrom)
        for registration in registrations { facts.add(registration.fact) }
        let cases = Caseload(facts.all)
        let engine = try await house.law.rules()
        return CitizenFile(
            citizen: citizen, lookup: found.lookup, registrations: registrations,
            obligations: CitizenObligations(
                citizen: citizen, lookup: found.lookup, cases: cases, person: 0,
                book: engine.book,
                obligations: engine.owed(to: 0, in: cases, on: today)))
    }
}

/// What a search found, in the order of the names.
public struct CitizensFound: Sendable {
    public var citizens: [Citizen]
    /// There are more than are shown.
    public var isMore: Bool
    public var lookup: Int64
}

/// One citizen as registered.
public struct CitizenFile: Sendable {
    public var citizen: Citizen
    public var lookup: Int64
    /// The latest first.
    public var registrations: [RegistrationNote]
    public var obligations: CitizenObligations
}
