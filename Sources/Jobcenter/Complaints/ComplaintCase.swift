import Chronology
import Identifiers
import Law
import Registry
import Storage

/// Complaints from the moment they come in until what was learned is done (klagesager).
public struct ComplaintCase: Sendable {
    let house: House

    /// Characters in what is written in one field.
    public static let longest = 10_000

    public init(_ house: House) { self.house = house }

    /// The clocks' rules as they stand.
    public func rules() async throws -> ComplaintRules {
        ComplaintRules(try await house.law.statutes().rules, try await house.law.complaints())
    }

    /// Every complaint that `isIn` takes, what is overdue first, then by the next clock, then
    /// what is closed. Everybody shown is entered in the look-up log.
    public func list(
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose?,
        where isIn: @Sendable (ComplaintFile, ComplaintRules, Day) -> Bool = { _, _, _ in true }
    ) async throws -> ComplaintList {
        let reading = try LoggedReading(
            house, actor, of: municipality, purpose, asking: Request.readComplaints)
        let today = house.clock.today()
        let rules = try await rules()
        let all = try await house.complaints.book(of: municipality).files
        let files = all.filter { isIn($0, rules, today) }.map { ($0, $0.next(rules)?.due) }
            .sorted { a, b in
                (a.1 ?? .openEnd, a.0.isOpen ? 0 : 1, b.0.complaint.received)
                    < (b.1 ?? .openEnd, b.0.isOpen ? 0 : 1, a.0.complaint.received)
            }.map(\.0)
        let found = try await reading.citizens(
            Set(files.map(\.complaint.citizen)), for: .complaints, on: today)
        return ComplaintList(
            files: files, total: all.count, rules: rules,
            people: Dictionary(uniqueKeysWithValues: found.citizens.map { ($0.id, $0) }))
    }

    /// One complaint with its registrations. The look-up is logged. Nil where there is none.
    public func one(
        _ id: FactID, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose?
    ) async throws -> ComplaintRecord? {
        let reading = try LoggedReading(
            house, actor, of: municipality, purpose, asking: Request.readComplaints)
        guard let file = try await house.complaints.book(of: municipality)[id] else { return nil }
        let found = try await reading.citizens(
            [file.complaint.citizen], for: .complaints, on: house.clock.today())
        guard let citizen = found.citizens.first else { return nil }
        let notes = try await house.engine.read {
            try StoreReader($0).registrations(
                .complaintStep, where: .complaint, is: id.number, of: municipality)
        }
        return ComplaintRecord(
            file: file, citizen: citizen, notes: notes, rules: try await rules(),
            lookup: found.lookup)
    }

    /// Registers a complaint. One that came already with the same words is not registered twice:
    /// its receipt is given again. Throws `FieldProblems` for what is missing, a day to come, and
    /// a decision that was not sent to this citizen by then.
    public func register(
        _ new: NewComplaint, from citizen: CitizenID, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose, asking request: Request = .registerComplaint
    ) async throws -> (FactID, Receipt) {
        try new.check()
        return try await house.writeCase(municipality, actor, purpose, asking: request) { writer in
            if new.received > writer.today {
                throw FieldProblems([.init("received", "actInFuture")])
            }
            guard try writer.reader.citizens(of: municipality, [citizen]).first != nil else {
                throw FieldProblems([.init("words", "noCitizen")])
            }
            let standing = try writer.reader.registrations(
                about: citizen, of: municipality,
                kinds: [.complaint, .complaintStep, .decision])
            try new.checkDecision(standing)
            for note in standing {
                guard case .complaintStep(let step) = note.fact, new.isSame(step) else { continue }
                return (step.complaint, note.receipt(in: municipality))
            }
            let (id, _) = try writer.add(.complaint) { id in
                .complaint(
                    Complaint(
                        id: id, citizen: citizen, received: new.received, decided: nil,
                        outcome: nil))
            }
            let receipt = try writer.add(.complaintStep) { number in
                .complaintStep(new.filed(number, citizen, id))
            }.1
            return (id, receipt)
        }
    }

    /// Registers a step of a complaint. The same step sent again gives the receipt of the first.
    /// Throws `FieldProblems` for what is missing, a day to come or before what it follows, and a
    /// step that the complaint is not ready for.
    public func register(
        _ new: NewComplaintStep, on id: FactID, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        let catalogue = try await house.law.complaints()
        return try await house.writeCase(
            municipality, actor, purpose, asking: .registerComplaint
        ) { writer in
            try writer.step(new, on: id, of: nil, catalogue)
        }
    }
}

extension CaseWriter {
    /// `owner`: the only citizen whose complaint it may be; nil for any.
    mutating func step(
        _ new: NewComplaintStep, on id: FactID, of owner: CitizenID?,
        _ catalogue: ComplaintCatalogue
    ) throws -> Receipt {
        guard
            case .complaint(var complaint)? = try reader.registration(
                .complaint, id, of: municipality)?.fact,
            owner == nil || owner == complaint.citizen
        else { throw FieldProblems([.init("day", "choice")]) }
        let notes = try reader.registrations(
            .complaintStep, where: .complaint, is: id.number, of: municipality)
        var file = ComplaintFile(complaint)
        for note in notes {
            guard case .complaintStep(let step) = note.fact else { continue }
            if new.isSame(step) { return note.receipt(in: municipality) }
            file.steps.append(step)
        }
        file.steps.sort { ($0.day, $0.id) < ($1.day, $1.id) }
        try new.check(file, on: today, catalogue)
        let citizen = complaint.citizen
        let (number, receipt) = try add(.complaintStep) { number in
            .complaintStep(new.step(number, citizen, id))
        }
        if let outcome = new.step(number, citizen, id).ending {
            (complaint.decided, complaint.outcome) = (new.day, outcome)
            _ = try set(.complaint(complaint))
        }
        return receipt
    }

    /// Makes a complaint ready for its latest step to be taken back: it stands as it did before
    /// the step. Throws `FieldProblems` for how it came in, for what the citizen did, and where
    /// something was built on the step.
    mutating func reopen(before step: ComplaintStep, _ note: RegistrationNote) throws {
        if step.kind == .filed || Actor.isCitizens(note.actor) {
            throw FieldProblems([.init("number", "complaintOwn")])
        }
        let others = try reader.registrations(
            .complaintStep, where: .complaint, is: step.complaint.number, of: municipality
        ).compactMap { note in
            if case .complaintStep(let other) = note.fact, other.id != step.id {
                other
            } else {
                nil
            }
        }
        if others.contains(where: { $0.id > step.id }) {
            throw FieldProblems([.init("number", "complaintLater")])
        }
        guard step.ending != nil,
            case .complaint(var complaint)? = try reader.registration(
                .complaint, step.complaint, of: municipality)?.fact
        else { return }
        let last = others.sorted { ($0.day, $0.id) < ($1.day, $1.id) }.last { $0.ending != nil }
        (complaint.decided, complaint.outcome) = (last?.day, last?.ending)
        _ = try set(.complaint(complaint))
    }
}

/// Complaints with whom they are from.
public struct ComplaintList: Sendable {
    public var files: [ComplaintFile]
    /// All there are, whatever was asked for.
    public var total: Int
    public var rules: ComplaintRules
    public var people: [CitizenID: Citizen]
}

/// One complaint as it is read.
public struct ComplaintRecord: Sendable {
    public var file: ComplaintFile
    public var citizen: Citizen
    /// The registrations of its steps, in the order they were made.
    public var notes: [RegistrationNote]
    public var rules: ComplaintRules
    public var lookup: Int64
}

/// The citizen's own complaints.
extension OwnCase {
    /// The latest received first.
    public func complaints(
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> (files: [ComplaintFile], rules: ComplaintRules) {
        let citizen = try await house.own(actor, in: municipality)
        let files = try await house.complaints.book(of: municipality).files
        return (
            files.filter { $0.complaint.citizen == citizen },
            try await ComplaintCase(house).rules()
        )
    }

    /// Complains, today and by these pages.
    public func complain(
        _ subject: ComplaintSubject, _ words: String, decision: FactID?,
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        let citizen = try await house.own(actor, in: municipality)
        let new = NewComplaint(
            subject: subject, channel: .portal, received: house.clock.today(), words: words,
            decision: decision)
        return try await ComplaintCase(house).register(
            new, from: citizen, in: municipality, by: actor, purpose: try Self.stated(),
            asking: .registerOwn(citizen)
        ).1
    }

    /// Takes a complaint back.
    public func withdraw(
        _ id: FactID, _ words: String, in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        let catalogue = try await house.law.complaints()
        return try await write(municipality, actor) { writer, citizen in
            var new = NewComplaintStep(.withdrawn, on: writer.today)
            new.words = words
            return try writer.step(new, on: id, of: citizen, catalogue)
        }
    }
}
