import Chronology
import Identifiers
import Law
import Registry
import Storage

/// What a citizen sees of the own case, and does in it (selvbetjening). It is the citizen's, so
/// no look-up is logged; every registration says that the citizen made it.
public struct OwnCase: Sendable {
    let house: House

    /// Why the citizen's own registrations are made, as the ledger has it.
    static let purpose = "selvbetjening"

    public init(_ house: House) { self.house = house }

    /// Everything registered about the citizen who asks, the latest first, and what is owed.
    /// O(registrations of the citizen) when something was registered since the last time; one
    /// look in an index otherwise.
    public func file(
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> CitizenFile {
        let id = try await house.own(actor, in: municipality)
        let today = house.clock.today()
        let latest = try await house.engine.read {
            try StoreReader($0).lastRegistration(about: id, in: municipality)
        }
        let state = OwnShelf.State(latest: latest, day: today)
        if let kept = await house.ownFiles.file(of: id, in: municipality, as: state) {
            return kept
        }
        // What comes in between is in neither or in both, and the next page sees that it came.
        let (citizen, registrations) = try await house.engine.read { connection in
            let reader = StoreReader(connection)
            return (
                try reader.citizens(of: municipality, [id]).first,
                try reader.registrations(about: id, of: municipality)
            )
        }
        guard let citizen else { throw Refusal.notYourOwn }
        let next = try await house.law.next(
            for: citizen, latest: latest, in: municipality, on: today)
        let file = CitizenFile(
            citizen: citizen, lookup: 0, registrations: registrations,
            obligations: CitizenObligations(
                citizen: citizen, lookup: 0, cases: next.cases, person: 0, book: next.book,
                obligations: next.owed))
        await house.ownFiles.keep(file, in: municipality, as: state)
        return file
    }

    /// One transaction by the citizen about the own case.
    func write<Value: Sendable>(
        _ municipality: MunicipalityCode, _ actor: Actor,
        asking request: (CitizenID) -> Request = Request.registerOwn,
        _ body: @escaping @Sendable (inout CaseWriter, CitizenID) throws -> Value
    ) async throws -> Value {
        let citizen = try await house.own(actor, in: municipality, asking: request)
        return try await house.writeCase(
            municipality, actor, try Self.stated(), asking: request(citizen)
        ) { try body(&$0, citizen) }
    }

    static func stated() throws(Refusal) -> Purpose {
        guard let purpose = Purpose(purpose) else { throw .purposeMissing }
        return purpose
    }

    /// A message to the municipality. It waits in the caseworker's day until it is answered.
    public func send(
        _ subject: String, _ text: String, replyTo: FactID? = nil,
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        let citizen = try await house.own(actor, in: municipality)
        let message = NewMessage(
            day: house.clock.today(), from: .citizen, to: .municipality, subject: subject,
            text: text)
        return try await MessageCase(house).register(
            message, about: citizen, in: municipality, by: actor, purpose: try Self.stated(),
            asking: .registerOwn(citizen))
    }

    /// A form that citizens fill in themselves.
    public func register(
        _ record: String, from start: Day, to end: Day?, answers: [String: String],
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        let request =
            record == Representation.kind ? Request.decideOwn : Request.registerOwn
        let citizen = try await house.own(actor, in: municipality, asking: request)
        guard try await RecordCase(house).catalogue()[record]?.isOwn == true else {
            throw FieldProblems([.init("id", "choice")])
        }
        return try await RecordCase(house).register(
            record, from: start, to: end, answers: answers, for: citizen, in: municipality,
            by: actor, purpose: try Self.stated(), asking: .registerOwn(citizen))
    }

    /// What the citizen can and wishes for.
    public func register(
        _ profile: JobProfile, in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        let citizen = try await house.own(actor, in: municipality)
        var profile = profile
        profile.citizen = citizen
        return try await CandidateCase(house).register(
            profile, in: municipality, by: actor, purpose: try Self.stated(),
            asking: .registerOwn(citizen))
    }

    /// Yes or no to an order.
    public func choose(
        _ order: FactID, wants: Bool, in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        let citizen = try await house.own(actor, in: municipality)
        return try await OrderCase(house).register(
            wants ? .volunteered : .declined, of: citizen, on: order, day: house.clock.today(),
            in: municipality, by: actor, purpose: try Self.stated(),
            asking: .registerOwn(citizen))
    }
}

/// The citizen's own hand in My Plan (LAB § 41).
extension OwnCase {
    /// Proposes a line, in the citizen's own words.
    public func propose(
        _ part: PlanPart, _ text: String, due: Day?, in municipality: MunicipalityCode,
        by actor: Actor
    ) async throws -> Receipt {
        let citizen = try await house.own(actor, in: municipality)
        return try await MyPlanCase(house).add(
            part, text, by: .citizen, stance: .proposed, due: due, to: citizen,
            in: municipality, by: actor, purpose: try Self.stated(),
            asking: .registerOwn(citizen))
    }

    /// What the citizen says of a line: agreed or disputed, and how far it is. What is disputed
    /// takes the citizen's words, which reach the caseworker as a message.
    public func answer(
        _ line: FactID, _ stance: PlanStance, _ progress: PlanProgress, words: String,
        subject: String, expected: Int64, in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        try await write(municipality, actor) { writer, citizen in
            let before = try writer.planItem(line, of: citizen, field: "stance")
            if stance == .proposed, before.stance != .proposed {
                throw FieldProblems([.init("stance", "choice")])
            }
            if stance == .disputed, words.isEmpty {
                throw FieldProblems([.init("words", "empty")])
            }
            try FieldProblems.requireShort(words, "words")
            var item = before
            (item.stance, item.progress) = (stance, progress)
            if stance != before.stance {
                item.stanceOn = writer.today
                item.stanceBy = .citizen
            }
            let receipt = try writer.replace(.planItem(item), expected: expected)
            if stance == .disputed {
                try writer.send(
                    NewMessage(
                        day: writer.today, from: .citizen, to: .municipality, subject: subject,
                        text: "\(before.text)\n\n\(words)"), about: citizen)
            }
            return receipt
        }
    }
}

extension OwnCase {
    /// The latest acts of looking in the citizen's case are this many at most.
    public static let lookupsShown = 100

    /// Who has looked in the citizen's case, the latest first.
    public func lookups(
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> [LookupAct] {
        let citizen = try await house.own(actor, in: municipality)
        return try await house.engine.read {
            try LookupLog($0, municipality).latest(Self.lookupsShown, about: citizen)
        }.map { LookupAct($0) }
    }

    /// Workplaces by their numbers, to name the orders that fit.
    public func companyNames(
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> [ProductionUnitNumber: Company] {
        _ = try await house.own(actor, in: municipality)
        return try await house.companies.book(of: municipality).names
    }
}
