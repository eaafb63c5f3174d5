import Chronology
import Identifiers
import Registry
import Storage

/// Why a citizen cannot book, and is called instead.
public enum BookingBar: String, Hashable, CaseIterable, Sendable {
    /// Exempted from booking (BEK 1216/2023 § 45).
    case exempted
    /// Booking was taken away (LAB § 35).
    case takenAway
    /// Nobody has the citizen, so there is nobody to book a time with.
    case noCaseworker
}

/// A time that can be booked (ledig tid).
public struct BookingSlot: Hashable, Sendable {
    public var day: Day
    /// Minutes after midnight.
    public var begins: Int

    public init(day: Day, begins: Int) {
        self.day = day
        self.begins = begins
    }

    /// `2026-01-08 570`
    public var key: String { "\(day.iso) \(begins)" }
}

/// What a citizen can book.
public struct Bookable: Hashable, Sendable {
    public var bar: BookingBar?
    public var caseworker: StaffMember?
    /// The earliest first.
    public var slots: [BookingSlot]

    /// A few of each day's, spread over it, so that one can choose between days.
    public var shown: [BookingSlot] {
        let days = Dictionary(grouping: slots, by: \.day).sorted { $0.key < $1.key }
        return days.flatMap { _, all -> [BookingSlot] in
            let most = Self.aDay
            guard all.count > most else { return all }
            return (0..<most).map { all[$0 * (all.count - 1) / (most - 1)] }
        }.prefix(Self.mostShown).map(\.self)
    }

    private static let aDay = 4
    private static let mostShown = 24
    /// The ways the conversation can be held: the first in person, after that the citizen
    /// chooses (LAB § 33).
    public var forms: [ConversationForm]
}

/// Booking, moving and calling off one's own conversations (selvbooking).
extension OwnCase {
    /// Ids of records that say so.
    static let exemption = "self-booking-exemption"
    static let withdrawal = "self-booking-withdrawn"

    /// Minutes after midnight between which conversations begin, an hour off at noon.
    private static let hours = [540...690, 750...870]
    /// How far ahead one can book, in days.
    public static let ahead = 21
    /// How much later a conversation can be moved, in days (BEK 1216/2023 § 44: at the latest
    /// a week after the time to book).
    public static let later = 7
    /// What the citizen can book. `moving` is the planned conversation that gets another day.
    public func bookable(
        moving: Conversation? = nil, in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Bookable {
        let citizen = try await house.own(actor, in: municipality)
        let today = house.clock.today()
        return try await house.engine.read { connection in
            try Self.bookable(citizen, moving, StoreReader(connection), municipality, today)
        }
    }

    private static func bookable(
        _ citizen: CitizenID, _ moving: Conversation?, _ reader: StoreReader,
        _ municipality: MunicipalityCode, _ today: Day
    ) throws -> Bookable {
        var assignments: [Assignment] = []
        var records: [String] = []
        var isFirst = true
        try reader.facts(
            about: citizen, in: municipality, kinds: [.assignment, .caseRecord, .conversation]
        ) { fact in
            switch fact {
            case .assignment(let assignment): assignments.append(assignment)
            case .caseRecord(let record) where record.holds(on: today):
                records.append(record.record)
            case .conversation(let talk) where talk.status == .held: isFirst = false
            default: break
            }
        }
        let forms = isFirst ? [ConversationForm.physical] : ConversationForm.allCases
        var bookable = Bookable(bar: nil, caseworker: nil, slots: [], forms: forms)
        if records.contains(withdrawal) { bookable.bar = .takenAway }
        if records.contains(exemption) { bookable.bar = .exempted }
        let staff = assignments.current(on: today)?.staff
        bookable.caseworker = try reader.staff(of: municipality, on: today)
            .first { $0.id == staff }
        guard let member = bookable.caseworker else {
            bookable.bar = bookable.bar ?? .noCaseworker
            return bookable
        }
        if bookable.bar != nil { return bookable }
        let last = moving.map { $0.day + later } ?? today + ahead
        var day = today + 1
        while day <= last {
            if day.isWorkingDay {
                let taken = try reader.meetings(of: [member.id], on: day, in: municipality)
                    .filter { $0.conversation.status == .planned }.compactMap(\.note.begins)
                for range in hours {
                    for begins in stride(
                        from: range.lowerBound, through: range.upperBound,
                        by: ConversationCase.length)
                    where !taken.contains(where: { abs($0 - begins) < ConversationCase.length }) {
                        bookable.slots.append(BookingSlot(day: day, begins: begins))
                    }
                }
            }
            day = day + 1
        }
        return bookable
    }

    /// Books a conversation, or moves the planned one numbered `moving`. Throws `FieldProblems`
    /// where the time was taken meanwhile, the citizen cannot book, or it is too late to move.
    public func book(
        _ slot: BookingSlot, _ kind: ConversationKind, _ form: ConversationForm,
        moving: FactID? = nil, place: String, in municipality: MunicipalityCode,
        by actor: Actor
    ) async throws -> Receipt {
        try await write(municipality, actor) { writer, citizen in
            let standing = try moving.map { try writer.planned($0, of: citizen) }
            if let standing {
                try writer.requireMovable(standing)
                let begins = try writer.note(of: standing.id)?.begins
                if standing.day == slot.day, begins == slot.begins {
                    throw FieldProblems([.init("slot", "movedAlready")])
                }
            } else if try writer.conversations(with: citizen).contains(where: {
                $0.kind == kind && $0.status == .planned && $0.day >= writer.today
            }) {
                throw FieldProblems([.init("slot", "bookedAlready")])
            }
            let open = try Self.bookable(
                citizen, standing, writer.reader, municipality, writer.today)
            if let bar = open.bar { throw FieldProblems([.init("slot", "booking-\(bar)")]) }
            guard open.slots.contains(slot), let member = open.caseworker else {
                throw FieldProblems([.init("slot", "slotTaken")])
            }
            guard open.forms.contains(form) else {
                throw FieldProblems([.init("form", "choice")])
            }
            let (id, receipt) = try writer.put(moving, .conversation) { id in
                .conversation(
                    Conversation(
                        id: id, citizen: citizen, day: slot.day, kind: standing?.kind ?? kind,
                        form: form, status: .planned))
            }
            var note = try writer.note(of: id) ?? ConversationNote(id: id, citizen: citizen)
            (note.staff, note.begins) = (member.id, slot.begins)
            if note.place.isEmpty { note.place = place }
            _ = try writer.set(.conversationNote(note))
            return receipt
        }
    }

    /// Calls off a planned conversation, until it begins. The ground and the words reach the
    /// caseworker as a message, who judges them.
    public func callOff(
        _ id: FactID, _ ground: AbsenceGround, words: String, subject: String,
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        let minute = house.clock.minute()
        return try await write(municipality, actor) { writer, citizen in
            var talk = try writer.planned(id, of: citizen)
            var note = try writer.note(of: id) ?? ConversationNote(id: id, citizen: citizen)
            let isOver =
                talk.day < writer.today
                || talk.day == writer.today && (note.begins ?? 0) <= minute
            if isOver { throw FieldProblems([.init("ground", "bookingBegun")]) }
            if ground == .otherReasonable, words.isEmpty {
                throw FieldProblems([.init("words", "empty")])
            }
            try FieldProblems.requireShort(words, "words")
            talk.status = .cancelled
            let receipt = try writer.set(.conversation(talk))
            note.absence = ground
            _ = try writer.set(.conversationNote(note))
            var message = NewMessage(
                day: writer.today, from: .citizen, to: .municipality, subject: subject,
                text: words.isEmpty ? subject : words)
            message.conversation = id
            try writer.send(message, about: citizen)
            return receipt
        }
    }
}

extension CaseWriter {
    /// The planned conversation with a number. Throws where it is another's or not planned.
    fileprivate func planned(_ id: FactID, of citizen: CitizenID) throws -> Conversation {
        guard let talk = try conversation(id, with: citizen), talk.status == .planned else {
            throw FieldProblems([.init("slot", "notPlanned")])
        }
        return talk
    }

    /// A conversation can be moved until the day before, and one with others by writing.
    fileprivate func requireMovable(_ talk: Conversation) throws(FieldProblems) {
        if talk.kind == .joint { throw FieldProblems([.init("slot", "moveJoint")]) }
        if talk.day <= today { throw FieldProblems([.init("slot", "moveTooLate")]) }
    }
}
