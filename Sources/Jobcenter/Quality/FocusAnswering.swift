import Chronology
import Identifiers
import Registry
import Storage

/// A focus group or trial, with what one who was invited has said to taking part.
public struct FocusInvitation: Hashable, Sendable {
    public var group: FocusGroup
    public var member: FocusMember
    public var note: RegistrationNote

    /// Whether there is something to say on a day: yes or no until it has been held, and a yes
    /// can be taken back afterwards too.
    public func isOpen(on day: Day) -> Bool { group.day >= day || member.consent == .given }

    /// Whether an answer is waited for on a day.
    public func waits(on day: Day) -> Bool { group.day >= day && member.consent == .invited }
}

extension OwnCase {
    /// The focus groups and trials that the citizen is invited to, the latest first.
    public func focusGroups(
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> [FocusInvitation] {
        let citizen = try await house.own(actor, in: municipality)
        return try await house.engine.read { connection in
            let reader = StoreReader(connection)
            return try reader.invitations(
                reader.registrations(about: citizen, of: municipality, kinds: [.focusMember]),
                in: municipality)
        }
    }

    /// Says yes or no to taking part; a no after a yes takes the consent back, and what was kept
    /// of the citizen's words is erased. Throws `FieldProblems` for a yes when it has been held.
    public func answer(
        _ invitation: FactID, takesPart: Bool, in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        try await write(municipality, actor, asking: Request.decideOwn) { writer, citizen in
            let note = try writer.reader.registration(.focusMember, invitation, of: municipality)
            guard let note, note.fact.citizenID == citizen else {
                throw FieldProblems([.init("answer", "choice")])
            }
            return try writer.answer(note, takesPart: takesPart)
        }
    }
}

extension DoorCase {
    /// The same for a company that is invited.
    public func answer(
        _ invitation: FactID, takesPart: Bool, in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        try await write(municipality, actor) { writer, company in
            let note = try writer.reader.registration(.focusMember, invitation, of: municipality)
            guard let note, case .focusMember(let member) = note.fact, member.company == company
            else { throw FieldProblems([.init("answer", "choice")]) }
            return try writer.answer(note, takesPart: takesPart)
        }
    }
}

extension StoreReader {
    /// The groups that were invited to, the latest first.
    func invitations(
        _ notes: [RegistrationNote], in municipality: MunicipalityCode
    ) throws -> [FocusInvitation] {
        try notes.compactMap { note -> FocusInvitation? in
            guard case .focusMember(let member) = note.fact,
                case .focusGroup(let group)? = try registration(
                    .focusGroup, member.group, of: municipality)?.fact
            else { return nil }
            return FocusInvitation(group: group, member: member, note: note)
        }.sorted { ($0.group.day, $0.group.id) > ($1.group.day, $1.group.id) }
    }
}

extension CaseWriter {
    fileprivate mutating func answer(
        _ note: RegistrationNote, takesPart: Bool
    ) throws -> Receipt {
        guard case .focusMember(let member) = note.fact,
            case .focusGroup(let group)? = try reader.registration(
                .focusGroup, member.group, of: municipality)?.fact
        else { throw FieldProblems([.init("answer", "choice")]) }
        if takesPart {
            if group.day < today, member.consent != .given {
                throw FieldProblems([.init("answer", "focusOver")])
            }
            return try set(.given, for: member, note)
        }
        let wasGiven = [.given, .withdrawn].contains(member.consent)
        return try set(wasGiven ? .withdrawn : .declined, for: member, note)
    }

    /// Without a consent nothing stays of what the member said. The same again gives the receipt
    /// there is.
    mutating func set(
        _ consent: FocusConsent, for member: FocusMember, _ note: RegistrationNote
    ) throws -> Receipt {
        if consent != .given { try focusWords.erase(of: member.id) }
        if member.consent == consent { return note.receipt(in: municipality) }
        var member = member
        member.consent = consent
        member.day = today
        return try set(.focusMember(member))
    }
}
