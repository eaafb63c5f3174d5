import Chronology
import Identifiers
import Parameters
import Registry
import Storage

/// Who works here, and who has which citizens.
public struct StaffCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// Those employed today, in the order of their teams and names.
    public func staff(of municipality: MunicipalityCode) async throws -> [StaffMember] {
        let today = house.clock.today()
        return try await house.engine.read {
            try StoreReader($0).staff(of: municipality, on: today)
        }
    }

    /// Those who have citizens today, also where they do not work here any more.
    public func withCitizens(in municipality: MunicipalityCode) async throws -> [StaffMember] {
        let today = house.clock.today()
        return try await house.engine.read {
            try StoreReader($0).staffWithCitizens(of: municipality, on: today)
        }
    }

    /// Gives a citizen another caseworker from today on, with a note that stands in the plan
    /// under status. Throws `FieldProblems` where that one is the caseworker already.
    public func handOver(
        _ citizen: CitizenID, to staff: FactID, note: String, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        let texts = house.texts
        return try await house.writeCase(municipality, actor, purpose, asking: .moveCase) {
            writer in
            try writer.handOver(citizen, to: try writer.staff(staff), note, texts)
        }
    }

    /// Gives many citizens of one caseworker to another from today on: all of them, or none.
    /// Throws `FieldProblems` where one is not that caseworker's any more. O(citizens).
    public func handOver(
        many citizens: [CitizenID], from: FactID, to staff: FactID, note: String,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        let texts = house.texts
        return try await house.writeCase(municipality, actor, purpose, asking: .moveCase) {
            writer in
            let next = try writer.staff(staff)
            let own = Set(
                try writer.reader.citizens(ofStaff: [from], on: writer.today, in: municipality)
                    .map(\.citizen))
            if !own.isSuperset(of: citizens) {
                throw FieldProblems([.init("note", "notTheirCitizen")])
            }
            var last: Receipt?
            for citizen in citizens { last = try writer.handOver(citizen, to: next, note, texts) }
            guard let last else { throw FieldProblems([.init("note", "nobodyChosen")]) }
            return last
        }
    }

    /// The citizens whom a caseworker has today, in the order of their names. The look-up is
    /// logged.
    public func citizens(
        of staff: FactID, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose?
    ) async throws -> CitizensFound {
        let reading = try LoggedReading(house, actor, of: municipality, purpose)
        let today = house.clock.today()
        let numbers = try await house.engine.read {
            try StoreReader($0).citizens(ofStaff: [staff], on: today, in: municipality)
                .map(\.citizen)
        }
        let found = try await reading.citizens(Set(numbers), for: .due, on: today)
        return CitizensFound(citizens: found.citizens, isMore: false, lookup: found.lookup)
    }
}

extension CaseWriter {
    /// One who works here today.
    fileprivate func staff(_ id: FactID) throws -> StaffMember {
        let all = try reader.staff(of: municipality, on: today)
        guard let member = all.first(where: { $0.id == id }) else {
            throw FieldProblems([.init("staff", "notEmployed")])
        }
        return member
    }

    fileprivate mutating func handOver(
        _ citizen: CitizenID, to next: StaffMember, _ note: String, _ texts: TextCatalogue
    ) throws -> Receipt {
        let today = today
        let running = try reader.assignments(of: citizen, in: municipality)
            .filter { $0.holds(on: today) }
        if running.contains(where: { $0.staff == next.id }) {
            throw FieldProblems([.init("staff", "caseworkerAlready")])
        }
        for var assignment in running {
            // One who got the citizen today never had the case.
            assignment.end = max(today - 1, assignment.start)
            _ = try set(.assignment(assignment))
        }
        let receipt = try add(.assignment) { id in
            .assignment(
                Assignment(id: id, citizen: citizen, staff: next.id, start: today, end: nil))
        }.1
        let text = texts.text("views.handOver.text", .da, ["name": next.name, "note": note])
        _ = try add(.planItem) { id in
            .planItem(
                PlanItem(
                    id: id, citizen: citizen, part: .status, text: text,
                    author: .caseworker, stance: .proposed, stanceBy: .caseworker,
                    stanceOn: today, added: today))
        }
        return receipt
    }
}

extension StoreReader {
    /// Who has had the citizen, the latest first.
    func assignments(
        of citizen: CitizenID, in municipality: MunicipalityCode
    ) throws -> [Assignment] {
        try registrations(about: citizen, of: municipality, kinds: [.assignment]).compactMap {
            guard case .assignment(let assignment) = $0.fact else { return nil }
            return assignment
        }
    }
}
