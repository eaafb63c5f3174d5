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

    /// Gives a citizen another caseworker from today on, with a note that stands in the plan
    /// under status. Throws `FieldProblems` where that one is the caseworker already.
    public func handOver(
        _ citizen: CitizenID, to staff: FactID, note: String, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        let texts = house.texts
        return try await house.writeCase(municipality, actor, purpose, asking: .moveCase) {
            writer in
            let today = writer.today
            let all = try writer.reader.staff(of: municipality, on: today)
            guard let next = all.first(where: { $0.id == staff }) else {
                throw FieldProblems([.init("staff", "notEmployed")])
            }
            let running = try writer.reader.assignments(of: citizen, in: municipality)
                .filter { $0.holds(on: today) }
            if running.contains(where: { $0.staff == staff }) {
                throw FieldProblems([.init("staff", "caseworkerAlready")])
            }
            for var assignment in running {
                // One who got the citizen today never had the case.
                assignment.end = max(today - 1, assignment.start)
                _ = try writer.set(.assignment(assignment))
            }
            let receipt = try writer.add(.assignment) { id in
                .assignment(
                    Assignment(id: id, citizen: citizen, staff: staff, start: today, end: nil))
            }.1
            let text = texts.text(
                "views.handOver.text", .da, ["name": next.name, "note": note])
            _ = try writer.add(.planItem) { id in
                .planItem(
                    PlanItem(
                        id: id, citizen: citizen, part: .status, text: text,
                        author: .caseworker, stance: .proposed, stanceBy: .caseworker,
                        stanceOn: today, added: today))
            }
            return receipt
        }
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
