import Chronology
import Identifiers
import Registry
import Storage

/// Reads citizens for somebody who may, and enters everyone read in the look-up log.
struct LoggedReading {
    private let house: House
    private let actor: Actor
    private let municipality: MunicipalityCode
    private let purpose: Purpose

    /// Throws the refusal when the actor may not read about people, or says not why.
    init(
        _ house: House, _ actor: Actor, of municipality: MunicipalityCode, _ purpose: Purpose?,
        asking request: (Purpose?) -> Request = Request.readPeople
    ) throws(Refusal) {
        try Policy.require(request(purpose), by: actor, in: municipality)
        guard let purpose else { throw .purposeMissing }
        self.house = house
        self.actor = actor
        self.municipality = municipality
        self.purpose = purpose
    }

    /// Those of `numbers` who exist, in the order of their names, and the look-up's
    /// number in the log.
    func citizens(
        _ numbers: Set<CitizenID>, for act: PersonLookup, on day: Day
    ) async throws -> (citizens: [Citizen], lookup: Int64) {
        let municipality = municipality
        let citizens = try await house.engine.read {
            try StoreReader($0).citizens(of: municipality, numbers.sorted())
        }
        return (citizens: citizens, lookup: try await log(citizens.map(\.id), for: act, on: day))
    }

    /// Enters a look at citizens in the log; its number there.
    func log(_ citizens: [CitizenID], for act: PersonLookup, on day: Day) async throws -> Int64 {
        try await house.lookups.append(
            citizens, of: municipality, subject: "\(act) \(day.iso)",
            house.stamp(actor, purpose.text))
    }
}
