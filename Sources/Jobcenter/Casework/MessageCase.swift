import Chronology
import Identifiers
import Registry
import Storage

/// Messages in a citizen's case: what came in, what was answered, what was sent (beskeder).
public struct MessageCase: Sendable {
    private let house: House

    /// Characters in a message.
    public static let longest = 10_000

    /// Working days within which a citizen's message is answered: our own promise, because no
    /// act sets one.
    public static let promisedDays = 5

    public init(_ house: House) { self.house = house }

    /// The day by which a message that comes in on a day is answered.
    public static func promised(_ day: Day) -> Day {
        var (last, left) = (day, promisedDays)
        while left > 0 {
            last = last + 1
            if last.isWorkingDay { left -= 1 }
        }
        return last
    }

    /// Registers a message. One that answers another says that the other is done with.
    /// Throws `FieldProblems` for what is missing, a day to come, and two ends that cannot be.
    public func register(
        _ message: NewMessage, about citizen: CitizenID, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose, asking request: Request = .registerFact
    ) async throws -> Receipt {
        try message.check()
        return try await house.writeCase(municipality, actor, purpose, asking: request) { writer in
            let today = writer.today
            if message.day > today { throw FieldProblems([.init("day", "actInFuture")]) }
            try writer.requireResident(citizen, on: message.day, "day")
            if let answered = message.replyTo {
                var earlier = try writer.message(answered, of: citizen, "replyTo")
                earlier.handled = earlier.handled ?? today
                _ = try writer.set(.message(earlier))
            }
            return try writer.add(.message) { id in
                .message(message.registered(id, citizen))
            }.1
        }
    }

    /// Says that what a message asked for is done. Throws `FieldProblems` where it was said.
    public func done(
        _ id: FactID, of citizen: CitizenID, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose) { writer in
            var message = try writer.message(id, of: citizen, "message")
            if !message.waits { throw FieldProblems([.init("message", "handledAlready")]) }
            message.handled = writer.today
            return try writer.set(.message(message))
        }
    }
}

extension CaseWriter {
    fileprivate func message(
        _ id: FactID, of citizen: CitizenID, _ field: String
    ) throws -> Message {
        guard
            case .message(let message)? = try reader.registration(
                .message, id, of: municipality)?.fact, message.citizen == citizen
        else { throw FieldProblems([.init(field, "choice")]) }
        return message
    }
}

/// A message as it is told.
public struct NewMessage: Hashable, Sendable {
    public var day: Day
    public var sender: MessageParty
    public var recipient: MessageParty
    public var counterpart = ""
    public var subject = ""
    public var text = ""
    public var replyTo: FactID?
    public var conversation: FactID?

    public init(
        day: Day, from sender: MessageParty, to recipient: MessageParty, subject: String = "",
        text: String = ""
    ) {
        self.day = day
        self.sender = sender
        self.recipient = recipient
        self.subject = subject
        self.text = text
    }

    fileprivate func check() throws(FieldProblems) {
        var problems: [FieldProblem] = []
        if (sender == .municipality) == (recipient == .municipality) {
            problems.append(.init("recipient", "messageEnds"))
        }
        if ![sender, recipient].contains(.citizen), counterpart.isEmpty {
            problems.append(.init("counterpart", "empty"))
        }
        if subject.isEmpty { problems.append(.init("subject", "empty")) }
        if text.isEmpty { problems.append(.init("text", "empty")) }
        if let long = FieldProblem.tooLong("text", text, most: MessageCase.longest) {
            problems.append(long)
        }
        if !problems.isEmpty { throw FieldProblems(problems) }
    }

    fileprivate func registered(_ id: FactID, _ citizen: CitizenID) -> Message {
        Message(
            id: id, citizen: citizen, day: day, sender: sender, recipient: recipient,
            counterpart: counterpart, subject: subject, text: text, replyTo: replyTo,
            conversation: conversation)
    }
}

extension CaseWriter {
    /// Registers a message about a citizen along with something else.
    mutating func send(_ message: NewMessage, about citizen: CitizenID) throws {
        _ = try add(message, about: citizen)
    }

    mutating func add(_ message: NewMessage, about citizen: CitizenID) throws -> Receipt {
        try add(.message) { .message(message.registered($0, citizen)) }.1
    }
}
