import Chronology
import Exchange
import Identifiers
import Law
import Registry
import Storage

/// What a company sees of its own dealings with the jobcenter, and does in them
/// (arbejdsgiverens indgang). A company sees nothing of another one, and of citizens only those
/// who were referred to it and said yes to that.
public struct DoorCase: Sendable {
    let house: House

    /// Why a company's own registrations are made, as the ledger has it.
    static let purpose = "virksomhedens egne sider"

    public init(_ house: House) { self.house = house }

    /// The company that is acted for. Throws where nobody is signed in for one of this
    /// municipality.
    public static func company(
        _ actor: Actor, in municipality: MunicipalityCode
    ) throws(Refusal) -> CVR {
        guard let company = actor.company else { throw .notYourCompany }
        try Policy.require(.readOwnCompany(company), by: actor, in: municipality)
        return company
    }

    /// Everything about the company that acts.
    public func file(
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> DoorFile {
        let cvr = try Self.company(actor, in: municipality)
        let today = house.clock.today()
        let orders = try await house.orders.book(of: municipality)
        let events = try await house.jobEvents.book(of: municipality)
        let limits = try await house.law.statutes().limits
        let agreements = try await AgreementCase(house).standings(of: municipality, with: cvr)
        let own = events.events.filter { $0.stands.contains { $0.company == cvr } }
        let found = try await house.engine.read { connection -> DoorFile? in
            let reader = StoreReader(connection)
            guard let company = try reader.company(cvr, of: municipality) else { return nil }
            var file = DoorFile(company: company)
            file.workplaces = try reader.workplaces(
                of: cvr, in: municipality, on: today, limits)
            file.registrations = try reader.registrations(
                .companyRecord, where: .company, is: cvr.number, of: municipality)
            file.contacts = try reader.contacts(
                with: cvr, file.workplaces.map(\.number), in: municipality)
            file.invitations = try reader.invitations(
                reader.registrations(
                    .focusMember, where: .company, is: cvr.number, of: municipality),
                in: municipality)
            for event in own {
                file.stands += try reader.registrations(
                    .eventStand, where: .event, is: event.event.id.number, of: municipality
                ).filter { note in
                    guard case .eventStand(let stand) = note.fact else { return false }
                    return stand.company == cvr
                }
            }
            return file
        }
        guard var file = found else { throw Refusal.notYourCompany }
        let units = Set(file.workplaces.map(\.number))
        file.orders = orders.orders.filter { units.contains($0.order.unit) }.reversed()
        file.agreements = agreements
        file.events = events.events.filter { event in
            own.contains(event)
                || (event.event.last >= today && event.event.kind.isForCompanies)
        }
        return file
    }

    /// One transaction by the company about its own.
    func write<Value: Sendable>(
        _ municipality: MunicipalityCode, _ actor: Actor,
        _ body: @escaping @Sendable (inout CaseWriter, CVR) throws -> Value
    ) async throws -> Value {
        let company = try Self.company(actor, in: municipality)
        return try await house.writeCase(
            municipality, actor, try Self.stated(), asking: .registerOwnCompany(company)
        ) { try body(&$0, company) }
    }

    static func stated() throws(Refusal) -> Purpose {
        guard let purpose = Purpose(purpose) else { throw .purposeMissing }
        return purpose
    }

    /// Asks to be rung or visited; it stands in the day of the company consultants.
    public func register(
        _ contact: NewContact, in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        let company = try Self.company(actor, in: municipality)
        var contact = contact
        contact.company = company
        return try await CompanyCase(house).register(
            contact, isPlanned: true, in: municipality, by: actor, purpose: try Self.stated(),
            asking: .registerOwnCompany(company))
    }

    /// How it went with an order that is closed: said once, `score` from 1 to 5.
    public func say(
        _ score: Int, again: Bool, words: String, of order: FactID,
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        var answers = ["order": String(order.number), "score": String(score)]
        if again { answers["again"] = "1" }
        if !words.isEmpty { answers["words"] = words }
        guard let kind = try await CompanyCase(house).catalogue()[DoorFile.satisfaction] else {
            throw FieldProblems([.init("score", "choice")])
        }
        let (read, problems) = kind.read(answers)
        if !problems.isEmpty {
            throw FieldProblems(problems.map { FieldProblem($0.field, $0.problem) })
        }
        return try await write(municipality, actor) { writer, company in
            let standing = try writer.order(order, of: company)
            if standing.isOpen { throw FieldProblems([.init("order", "orderOpen")]) }
            let said = try writer.reader.registrations(
                .companyRecord, where: .company, is: company.number, of: municipality)
            if said.contains(where: { $0.fact.isSatisfaction(with: order) }) {
                throw FieldProblems([.init("order", "doneAlready")])
            }
            let today = writer.today
            return try writer.add(.companyRecord) { id in
                .companyRecord(
                    CompanyRecord(
                        id: id, company: company, record: DoorFile.satisfaction, start: today,
                        end: today, answers: read))
            }.1
        }
    }
}

/// What a company's own pages show.
public struct DoorFile: Sendable {
    /// The kinds of records in which a company says how it went, and asks for early follow-up.
    static let satisfaction = "satisfaction"
    public static let fastTrack = "fast-track"

    public var company: Company
    public var workplaces: [CompanyWorkplace] = []
    /// Records about the company, in the order of their numbers.
    public var registrations: [RegistrationNote] = []
    /// The latest first.
    public var contacts: [CompanyContactLine] = []
    /// The latest first.
    public var orders: [OrderSummary] = []
    /// The latest first.
    public var agreements: [AgreementStanding] = []
    /// The registrations of the company's stands.
    public var stands: [RegistrationNote] = []
    /// Focus groups and trials that the company is invited to, the latest first.
    public var invitations: [FocusInvitation] = []
    /// Events to come, and those at which the company has a stand, the earliest first.
    public var events: [EventSummary] = []

    public var notes: [CompanyRecord] {
        registrations.compactMap {
            if case .companyRecord(let record) = $0.fact { record } else { nil }
        }
    }

    /// Orders with somebody whom the company has not answered.
    public var toAnswer: [OrderSummary] {
        orders.filter { order in
            order.isOpen
                && order.candidates.contains { order.stand(of: $0)?.isAnswered ?? false }
        }
    }

    /// Agreements that wait for the company's signature.
    public func toSign(on day: Day) -> [AgreementStanding] {
        agreements.filter { standing in
            guard standing.stage(on: day).isOpen,
                let signer = standing.current.first(where: { $0.party == .employer })
            else { return false }
            return standing.answer(of: signer.id) == nil
        }
    }

    /// Closed orders of which the company has not said how it went, for half a year.
    public func toSay(on day: Day) -> [OrderSummary] {
        orders.filter { order in
            guard let closing = order.closing, closing.day + 183 >= day else { return false }
            return !registrations.contains { $0.fact.isSatisfaction(with: order.order.id) }
        }
    }

    public func stands(at event: EventSummary) -> [EventStand] {
        event.stands.filter { $0.company == company.cvr }
    }
}

extension JobEventKind {
    /// Companies have stands of their own there.
    public var isForCompanies: Bool { isForMeetings || self == .package }
}

extension Fact {
    func isSatisfaction(with order: FactID) -> Bool {
        guard case .companyRecord(let record) = self else { return false }
        return record.record == DoorFile.satisfaction
            && record.answers["order"] == String(order.number)
    }
}

extension CaseWriter {
    /// An order of the company's. Throws `FieldProblems` for another's.
    func order(_ id: FactID, of company: CVR) throws -> OrderSummary {
        let standing = try summary(id)
        guard try reader.company(ofUnit: standing.order.unit, in: municipality) == company else {
            throw FieldProblems([.init("order", "choice")])
        }
        return standing
    }
}
