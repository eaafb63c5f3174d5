import Chronology
import Identifiers
import Registry
import Storage

/// Conversations from the summons to the note of what was said.
public struct ConversationCase: Sendable {
    private let house: House

    /// Minutes from one conversation's beginning to where another can begin.
    public static let length = 30

    public init(_ house: House) { self.house = house }

    /// Registers a held conversation once, with its note and what was agreed. A planned
    /// conversation of the kind on the day is the one that was held. Throws
    /// `FieldProblems` when it cannot have been held so, and stores nothing then.
    public func hold(
        _ held: HeldConversation, with citizen: CitizenID, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose) { writer in
            if held.day > writer.today { throw FieldProblems([.init("day", "inFuture")]) }
            let standing = try writer.conversations(with: citizen).filter {
                $0.day == held.day && $0.kind == held.kind
            }
            if let other = standing.first(where: { $0.status == .held }) {
                throw FieldProblems([
                    .init("day", "heldAlready", ["number": String(other.id.number)])
                ])
            }
            try writer.requireResident(citizen, on: held.day, "day")
            func fact(_ id: FactID) -> Fact {
                .conversation(
                    Conversation(
                        id: id, citizen: citizen, day: held.day, kind: held.kind, form: held.form,
                        status: .held))
            }
            let planned = standing.first { $0.status == .planned }?.id
            let (id, receipt) = try writer.put(planned, .conversation, fact)
            var note =
                try planned.flatMap { try writer.note(of: $0) }
                ?? ConversationNote(id: id, citizen: citizen)
            note.text = held.note
            note.method = held.method
            note.staff = held.staff ?? note.staff
            note.companion = held.companion
            note.isInterpreted = held.isInterpreted
            if note != ConversationNote(id: id, citizen: citizen) {
                _ = try writer.set(.conversationNote(note))
            }
            for agreement in held.agreements {
                _ = try writer.add(.planItem) { item in
                    .planItem(agreement.item(item, citizen, held.day, conversation: id))
                }
            }
            return receipt
        }
    }

    /// Plans a conversation, or gives the planned one numbered `moving` another day.
    public func plan(
        _ planned: PlannedConversation, with citizen: CitizenID, moving: FactID? = nil,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose) { writer in
            try ConversationCase.check(planned, moving, writer)
            try writer.requireResident(citizen, on: planned.day, "day")
            func fact(_ id: FactID) -> Fact {
                .conversation(
                    Conversation(
                        id: id, citizen: citizen, day: planned.day, kind: planned.kind,
                        form: planned.form, status: .planned))
            }
            if let moving {
                guard try writer.conversation(moving, with: citizen)?.status == .planned else {
                    throw FieldProblems([.init("day", "notPlanned")])
                }
            }
            let (id, receipt) = try writer.put(moving, .conversation, fact)
            var note = try writer.note(of: id) ?? ConversationNote(id: id, citizen: citizen)
            note.staff = planned.staff
            note.begins = planned.begins
            note.place = planned.place
            note.isInterpreted = planned.isInterpreted
            _ = try writer.set(.conversationNote(note))
            if var invitation = planned.invitation {
                invitation.conversation = id
                try writer.send(invitation, about: citizen)
            }
            return receipt
        }
    }

    private static func check(
        _ planned: PlannedConversation, _ moving: FactID?, _ writer: CaseWriter
    ) throws {
        if planned.day < writer.today { throw FieldProblems([.init("day", "inPast")]) }
        if !planned.day.isWorkingDay { throw FieldProblems([.init("day", "notWorkingDay")]) }
        guard let staff = planned.staff else { return }
        let taken = try writer.reader.meetings(
            of: [staff], on: planned.day, in: writer.municipality
        ).first { other in
            other.conversation.id != moving && other.conversation.status == .planned
                && other.note.begins.map { abs($0 - planned.begins) < length } ?? false
        }
        if let begins = taken?.note.begins {
            throw FieldProblems([.init("begins", "hourTaken", ["time": clockTime(begins)])])
        }
    }

    /// Registers that the citizen did not come, with what is known of the ground.
    public func miss(
        _ id: FactID, _ ground: AbsenceGround?, by citizen: CitizenID, note text: String,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose) { writer in
            guard var talk = try writer.conversation(id, with: citizen), talk.status == .planned
            else { throw FieldProblems([.init("ground", "notPlanned")]) }
            if talk.day > writer.today { throw FieldProblems([.init("ground", "inFuture")]) }
            talk.status = .missed
            let receipt = try writer.set(.conversation(talk))
            var note = try writer.note(of: id) ?? ConversationNote(id: id, citizen: citizen)
            note.absence = ground
            note.text = text
            _ = try writer.set(.conversationNote(note))
            return receipt
        }
    }
}

extension CaseWriter {
    func conversations(with citizen: CitizenID) throws -> [Conversation] {
        try reader.registrations(about: citizen, of: municipality, kinds: [.conversation])
            .compactMap {
                guard case .conversation(let talk) = $0.fact else { return nil }
                return talk
            }
    }

    func conversation(
        _ id: FactID, with citizen: CitizenID
    ) throws -> Conversation? {
        guard
            case .conversation(let talk)? = try reader.registration(
                .conversation, id, of: municipality)?.fact, talk.citizen == citizen
        else { return nil }
        return talk
    }

    func note(of id: FactID) throws -> ConversationNote? {
        guard
            case .conversationNote(let note)? = try reader.registration(
                .conversationNote, id, of: municipality)?.fact
        else { return nil }
        return note
    }
}

/// `9.30` for minutes after midnight.
public func clockTime(_ minutes: Int) -> String {
    let rest = minutes % 60
    return "\(minutes / 60).\(rest < 10 ? "0" : "")\(rest)"
}

/// A conversation as it is told after it was held.
public struct HeldConversation: Hashable, Sendable {
    public var day: Day
    public var kind: ConversationKind
    public var form: ConversationForm
    public var staff: FactID?
    public var method: ConversationMethod?
    public var companion = ""
    public var isInterpreted = false
    public var note = ""
    public var agreements: [Agreement] = []

    public init(day: Day, kind: ConversationKind, form: ConversationForm) {
        self.day = day
        self.kind = kind
        self.form = form
    }
}

/// Something agreed in a conversation; it becomes a line of the plan.
public struct Agreement: Hashable, Sendable {
    public var part: PlanPart
    public var text: String
    public var due: Day?

    public init(_ part: PlanPart, _ text: String, due: Day?) {
        self.part = part
        self.text = text
        self.due = due
    }

    func item(
        _ id: FactID, _ citizen: CitizenID, _ day: Day, conversation: FactID
    ) -> PlanItem {
        PlanItem(
            id: id, citizen: citizen, part: part, text: text, author: .caseworker,
            stance: .agreed, stanceBy: .citizen, stanceOn: day, added: day, due: due,
            conversation: conversation)
    }
}

/// A conversation the citizen is to be summoned to.
public struct PlannedConversation: Hashable, Sendable {
    public var day: Day
    /// Minutes after midnight.
    public var begins: Int
    public var kind: ConversationKind
    public var form: ConversationForm
    public var staff: FactID?
    public var place = ""
    public var isInterpreted = false
    /// The message that calls the unemployment fund to a joint one.
    public var invitation: NewMessage?

    public init(
        day: Day, begins: Int, kind: ConversationKind, form: ConversationForm, staff: FactID?
    ) {
        self.day = day
        self.begins = begins
        self.kind = kind
        self.form = form
        self.staff = staff
    }
}
