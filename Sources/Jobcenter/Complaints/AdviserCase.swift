import Chronology
import Identifiers
import Registry
import Storage

/// What is between one citizen and the adviser, in the order of the days.
public struct AdviserThread: Hashable, Sendable {
    public var citizen: CitizenID
    public internal(set) var entries: [AdviserEntry]

    /// Whether the adviser may see the case and join the dialogue: what the citizen said last.
    public var hasConsent: Bool {
        entries.last { [.consented, .refused].contains($0.kind) }?.kind == .consented
    }

    /// The inquiry that is not closed; nil for none.
    public var open: AdviserEntry? {
        guard let place = entries.lastIndex(where: { $0.kind == .asked }) else { return nil }
        return entries[place...].contains { $0.kind == .closed } ? nil : entries[place]
    }

    /// The day of what waits for the adviser's answer; nil for nothing.
    public var waits: Day? {
        let last = entries.last {
            [.asked, .citizenWrote, .adviserWrote, .closed].contains($0.kind)
        }
        guard let last, [.asked, .citizenWrote].contains(last.kind) else { return nil }
        return last.day
    }

    /// Whether the citizen has turned to the adviser, by asking or by consenting.
    public var isBegun: Bool { hasConsent || entries.contains { $0.kind == .asked } }
}

/// Everything between citizens and the adviser.
struct AdviserBook: FactBook {
    static let kinds: [FactKind] = [.adviserEntry]

    let threads: [CitizenID: AdviserThread]

    init(_ facts: [Fact]) {
        var threads: [CitizenID: AdviserThread] = [:]
        for case .adviserEntry(let entry) in facts {
            threads[entry.citizen, default: AdviserThread(citizen: entry.citizen, entries: [])]
                .entries.append(entry)
        }
        self.threads = threads.mapValues { thread in
            AdviserThread(
                citizen: thread.citizen,
                // The numbers are in the order in which it was said.
                entries: thread.entries.sorted { $0.id < $1.id })
        }
    }
}

/// The citizens' adviser (borgerrådgiveren): answers those who ask, and sees a case only while
/// its citizen says yes.
public struct AdviserCase: Sendable {
    let house: House

    /// No more of a case is shown than its latest so many registrations.
    public static let mostShown = 300

    public init(_ house: House) { self.house = house }

    /// Everybody who has turned to the adviser, those who wait for an answer first. Everybody
    /// shown is entered in the look-up log.
    public func threads(
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose?
    ) async throws -> [(thread: AdviserThread, citizen: Citizen)] {
        let reading = try LoggedReading(
            house, actor, of: municipality, purpose, asking: Request.readAsAdviser)
        let threads = try await house.adviser.book(of: municipality).threads.filter {
            $0.value.isBegun
        }
        let found = try await reading.citizens(
            Set(threads.keys), for: .adviser, on: house.clock.today())
        return found.citizens.compactMap { citizen in
            threads[citizen.id].map { ($0, citizen) }
        }.sorted { a, b in
            (a.0.waits ?? .openEnd, b.0.entries.last?.day ?? .openEnd, a.1.id)
                < (b.0.waits ?? .openEnd, a.0.entries.last?.day ?? .openEnd, b.1.id)
        }
    }

    /// One citizen's inquiries with their registrations. Nil where the citizen has not turned to
    /// the adviser: who has not is nobody the adviser can look up.
    public func thread(
        of id: CitizenID, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose?
    ) async throws -> AdviserRecord? {
        let reading = try LoggedReading(
            house, actor, of: municipality, purpose, asking: Request.readAsAdviser)
        guard let thread = try await house.adviser.book(of: municipality).threads[id],
            thread.isBegun
        else { return nil }
        let found = try await reading.citizens([id], for: .adviser, on: house.clock.today())
        guard let citizen = found.citizens.first else { return nil }
        let notes = try await house.engine.read {
            try StoreReader($0).registrations(about: id, of: municipality, kinds: [.adviserEntry])
        }
        return AdviserRecord(
            thread: thread, citizen: citizen, notes: notes.sorted { $0.number < $1.number },
            lookup: found.lookup)
    }

    /// The case of a citizen who says yes to it, the latest first, to read and not to change.
    /// The look-up is logged. Throws `Refusal.adviserNeedsConsent` where the citizen has not said
    /// yes, or has taken it back.
    public func timeline(
        of id: CitizenID, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose?
    ) async throws -> AdviserTimeline {
        let reading = try LoggedReading(
            house, actor, of: municipality, purpose, asking: Request.readAsAdviser)
        // The consent and the case are read together, so that one taken back meanwhile counts.
        let events = try await house.engine.read { connection in
            let reader = StoreReader(connection)
            guard try reader.adviserThread(of: id, in: municipality).hasConsent else {
                throw Refusal.adviserNeedsConsent
            }
            return try reader.timeline(about: id, in: municipality, count: Self.mostShown)
        }
        let found = try await reading.citizens([id], for: .adviser, on: house.clock.today())
        guard let citizen = found.citizens.first else { throw Refusal.adviserNeedsConsent }
        return AdviserTimeline(citizen: citizen, events: events, lookup: found.lookup)
    }

    /// The adviser writes to a citizen who has turned to the adviser.
    public func write(
        _ words: String, to citizen: CitizenID, in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .writeAsAdviser) { writer in
            guard try writer.reader.adviserThread(of: citizen, in: municipality).isBegun else {
                throw FieldProblems([.init("words", "notAsked")])
            }
            return try writer.entry(.adviserWrote, of: citizen, words: words)
        }
    }

    /// The adviser joins the dialogue: a message in the case, which the jobcenter answers. Throws
    /// `Refusal.adviserNeedsConsent` where the citizen does not say yes to it.
    public func join(
        _ subject: String, _ words: String, for citizen: CitizenID,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .writeAsAdviser) { writer in
            guard try writer.reader.adviserThread(of: citizen, in: municipality).hasConsent else {
                throw Refusal.adviserNeedsConsent
            }
            if subject.isEmpty { throw FieldProblems([.init("subject", "empty")]) }
            var message = NewMessage(
                day: writer.today, from: .other, to: .municipality, subject: subject, text: words)
            message.counterpart = actor.name
            let (receipt, isNew) = try writer.entryOnce(
                .joined, of: citizen, words: "\(subject)\n\n\(words)", isEmpty: words.isEmpty)
            if isNew { try writer.send(message, about: citizen) }
            return receipt
        }
    }

    /// Says what came of an inquiry. Throws `FieldProblems` where none is open.
    public func close(
        _ outcome: AdviserOutcome, _ words: String, of citizen: CitizenID,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .writeAsAdviser) { writer in
            guard try writer.reader.adviserThread(of: citizen, in: municipality).open != nil else {
                throw FieldProblems([.init("choice", "noInquiry")])
            }
            return try writer.entry(
                .closed, of: citizen, choice: outcome.rawValue, words: words, mayBeEmpty: true)
        }
    }
}

/// What the adviser reads of one citizen's inquiries.
public struct AdviserRecord: Sendable {
    public var thread: AdviserThread
    public var citizen: Citizen
    /// In the order they were made.
    public var notes: [RegistrationNote]
    public var lookup: Int64
}

/// A case as the adviser sees it with the citizen's consent.
public struct AdviserTimeline: Sendable {
    public var citizen: Citizen
    public var events: [RegistrationNote]
    public var lookup: Int64
}

extension StoreReader {
    func adviserThread(
        of citizen: CitizenID, in municipality: MunicipalityCode
    ) throws -> AdviserThread {
        var facts: [Fact] = []
        try self.facts(about: citizen, in: municipality, kinds: [.adviserEntry]) {
            facts.append($0)
        }
        return AdviserBook(facts).threads[citizen] ?? AdviserThread(citizen: citizen, entries: [])
    }
}

extension CaseWriter {
    /// Registers an entry, unless it is what was said last: then its receipt is given again.
    mutating func entry(
        _ kind: AdviserEntry.Kind, of citizen: CitizenID, choice: String = "", words: String,
        mayBeEmpty: Bool = false
    ) throws -> Receipt {
        try entryOnce(
            kind, of: citizen, choice: choice, words: words,
            isEmpty: !mayBeEmpty && words.isEmpty
        ).receipt
    }

    mutating func entryOnce(
        _ kind: AdviserEntry.Kind, of citizen: CitizenID, choice: String = "", words: String,
        isEmpty: Bool
    ) throws -> (receipt: Receipt, isNew: Bool) {
        if isEmpty { throw FieldProblems([.init("words", "empty")]) }
        try FieldProblems.requireShort(words, "words", most: ComplaintCase.longest)
        let last = try reader.registrations(
            about: citizen, of: municipality, kinds: [.adviserEntry]
        ).max { $0.number < $1.number }
        if let last, case .adviserEntry(let entry) = last.fact, entry.kind == kind,
            entry.choice == choice, entry.words == words, entry.day == today
        {
            return (last.receipt(in: municipality), false)
        }
        let today = today
        let receipt = try add(.adviserEntry) { id in
            .adviserEntry(
                AdviserEntry(
                    id: id, citizen: citizen, kind: kind, day: today, choice: choice,
                    words: words))
        }.1
        return (receipt, true)
    }
}

/// The citizen's own dealings with the adviser.
extension OwnCase {
    public func adviserThread(
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> AdviserThread {
        let citizen = try await house.own(
            actor, in: municipality, asking: Request.decideOwn)
        return try await house.engine.read {
            try StoreReader($0).adviserThread(of: citizen, in: municipality)
        }
    }

    /// Says yes or no to the adviser seeing the case and joining the dialogue. Saying the same
    /// again changes nothing.
    public func consent(
        _ isGiven: Bool, in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        try await write(municipality, actor, asking: Request.decideOwn) { writer, citizen in
            try writer.entry(
                isGiven ? .consented : .refused, of: citizen, words: "", mayBeEmpty: true)
        }
    }

    /// Asks the adviser, or writes on where an inquiry is open.
    public func ask(
        _ subject: AdviserSubject?, _ words: String, in municipality: MunicipalityCode,
        by actor: Actor
    ) async throws -> Receipt {
        try await write(municipality, actor, asking: Request.decideOwn) { writer, citizen in
            let thread = try writer.reader.adviserThread(of: citizen, in: municipality)
            // The first words sent twice are the inquiry itself, not an addition to it.
            if let open = thread.open, thread.entries.last == open, open.words == words {
                return try writer.entry(
                    .asked, of: citizen, choice: open.choice, words: words)
            }
            if thread.open != nil {
                return try writer.entry(.citizenWrote, of: citizen, words: words)
            }
            guard let subject else { throw FieldProblems([.init("choice", "choice")]) }
            return try writer.entry(.asked, of: citizen, choice: subject.rawValue, words: words)
        }
    }
}
