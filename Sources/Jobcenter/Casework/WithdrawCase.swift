import Identifiers
import Registry
import Storage

/// Taking back what was registered by mistake. The registration and the taking back both
/// stay in the ledger; what stands does not hold it any more.
public struct WithdrawCase: Sendable {
    private let house: House

    /// What the desk registers. An effort's offer and job go with it.
    public static let kinds: [FactKind] = [
        .conversation, .planItem, .effort, .caseAct, .partialReturn, .caseRecord, .decision,
        .message, .document, .jobProfile, .orderEvent, .referral, .placement,
        .shopVisit, .eventSignUp, .eventSeat, .complaintStep,
    ]

    public init(_ house: House) { self.house = house }

    /// Takes back the registration with this number. Throws `FieldProblems` where it does
    /// not stand any more, for a decision that was sent, which takes a new decision, and for what
    /// of a complaint is not the latest step, or is the citizen's own.
    public func withdraw(
        registration number: Int64, of citizen: CitizenID, why: Purpose,
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, why) { writer in
            let standing = try writer.reader.registrations(
                about: citizen, of: municipality, kinds: WithdrawCase.kinds)
            guard let note = standing.first(where: { $0.number == number }) else {
                throw FieldProblems([.init("number", "withdrawn")])
            }
            switch note.fact {
            case .decision(let decision) where decision.sent != nil:
                throw FieldProblems([.init("number", "decisionSent")])
            case .conversation(let talk):
                try writer.withdraw(.conversationNote, talk.id, citizen)
            case .effort(let effort):
                if let offer = effort.offer { try writer.withdraw(.offer, offer, citizen) }
                if let job = effort.employment { try writer.withdraw(.employment, job, citizen) }
                let hours = try writer.reader.registrations(
                    about: citizen, of: municipality, kinds: [.effortHours])
                for case .effortHours(let row) in hours.map(\.fact) where row.effort == effort.id {
                    try writer.withdraw(.effortHours, row.id, citizen)
                }
            case .complaintStep(let step): try writer.reopen(before: step, note)
            default: break
            }
            guard let receipt = try writer.withdraw(note.fact.kind, note.fact.id, citizen) else {
                throw FieldProblems([.init("number", "withdrawn")])
            }
            return receipt
        }
    }
}
