import Chronology
import Identifiers
import Registry
import Storage

/// Registering that something the law asks for was done, where it has no form of its own.
public struct CaseActCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// Acts that are registered by forms of their own, so that nothing is typed twice.
    public static let elsewhere: Set<ActKind> = [
        .conversation, .jointConversation, .sicknessFollowUp, .planMade, .complaintReceived,
    ]

    /// Registers the act once. Throws `FieldProblems` for a day to come, a day on which the
    /// citizen lived elsewhere, and the same act twice on a day.
    public func register(
        _ kind: ActKind, on day: Day, note: String, for citizen: CitizenID,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        if CaseActCase.elsewhere.contains(kind) { throw FieldProblems([.init("kind", "choice")]) }
        return try await house.writeCase(municipality, actor, purpose) { writer in
            if day > writer.today { throw FieldProblems([.init("day", "actInFuture")]) }
            try writer.requireResident(citizen, on: day, "day")
            let before = try writer.reader.registrations(
                about: citizen, of: municipality, kinds: [.caseAct])
            for registration in before {
                guard case .caseAct(let act) = registration.fact else { continue }
                if act.kind == kind, act.day == day {
                    throw FieldProblems([.init("day", "actAlready")])
                }
            }
            return try writer.add(.caseAct) { id in
                .caseAct(CaseAct(id: id, citizen: citizen, kind: kind, day: day, note: note))
            }.1
        }
    }
}
