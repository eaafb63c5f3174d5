import Chronology
import Identifiers
import Registry
import Storage

/// What a company orders.
public struct NewOrder: Hashable, Sendable {
    public var unit: ProductionUnitNumber
    public var positions: Int
    /// Many positions were meant (see ``OrderCase/manyPositions``).
    public var isSure: Bool
    /// ISCO-08 major group, 0...9.
    public var occupationGroup: Int
    /// The last day to fill it.
    public var deadline: Day?
    /// Its number is given when it is registered.
    public var description: OrderDescription
    /// How the order came in; it is registered as a contact too.
    public var form: ContactForm
    public var team: String

    public init(
        unit: ProductionUnitNumber, positions: Int, isSure: Bool = false, occupationGroup: Int,
        deadline: Day?, description: OrderDescription, form: ContactForm = .phone,
        team: String = ""
    ) {
        self.unit = unit
        self.positions = positions
        self.isSure = isSure
        self.occupationGroup = occupationGroup
        self.deadline = deadline
        self.description = description
        self.form = form
        self.team = team
    }
}

/// Companies' orders, from the call to the hire.
public struct OrderCase: Sendable {
    let house: House

    /// More positions than this are asked about again.
    public static let manyPositions = 25

    public init(_ house: House) { self.house = house }

    public func book(
        of municipality: MunicipalityCode, by actor: Actor
    ) async throws -> OrderBook {
        try Policy.require(.readCompanies, by: actor, in: municipality)
        return try await house.orders.book(of: municipality)
    }

    /// One order with its company and the people around it, who are entered in the look-up
    /// log. Nil where there is none such.
    public func file(
        of order: FactID, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> OrderFile? {
        guard let summary = try await book(of: municipality, by: actor)[order] else { return nil }
        let (company, entry, registered) = try await house.engine.read { connection in
            let reader = StoreReader(connection)
            let cvr = try reader.company(ofUnit: summary.order.unit, in: municipality)
            let entry = try reader.registrations(
                .workplaceEntry, where: .id, is: summary.order.unit.number, of: municipality
            ).first
            return (
                try cvr.flatMap { try reader.company($0, of: municipality) }, entry?.fact,
                try reader.notes(of: order, in: municipality)
            )
        }
        var people: [CitizenID: Citizen] = [:]
        var lookup: Int64?
        if !summary.candidates.isEmpty {
            let reading = try LoggedReading(
                house, actor, of: municipality, purpose, asking: Request.readCandidates)
            let found = try await reading.citizens(
                Set(summary.candidates), for: .candidates, on: house.clock.today())
            for citizen in found.citizens { people[citizen.id] = citizen }
            lookup = found.lookup
        }
        var file = OrderFile(
            summary: summary, company: company, people: people, lookup: lookup,
            registrations: registered)
        if case .workplaceEntry(let entry)? = entry { file.workplace = entry }
        return file
    }

    /// Registers an order and the contact in which it came. Throws `FieldProblems` where the
    /// workplace is not registered or is closed, a day is over, and where there are very many
    /// positions and nobody said that so many were meant.
    public func register(
        _ new: NewOrder, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> (FactID, Receipt) {
        try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            try writer.add(new)
        }
    }

    /// Corrects what an order wants, as long as it is open.
    public func correct(
        _ order: FactID, _ new: NewOrder, in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            try writer.correct(try writer.summary(order), new)
        }
    }
}

/// One order with its company and the people around it.
public struct OrderFile: Sendable {
    public var summary: OrderSummary
    public var company: Company?
    public var workplace: WorkplaceEntry?
    /// Everybody who is or was considered.
    public var people: [CitizenID: Citizen]
    /// The look-up's number; nil where nobody was looked at.
    public var lookup: Int64?
    /// Everything registered about it, the earliest first.
    public var registrations: [RegistrationNote]
}

extension StoreReader {
    /// Everything registered about an order, the earliest first.
    func notes(
        of order: FactID, in municipality: MunicipalityCode
    ) throws -> [RegistrationNote] {
        var notes: [RegistrationNote] = []
        for kind in [FactKind.jobOrder, .orderDescription] {
            notes += try registrations(kind, where: .id, is: order.number, of: municipality)
        }
        for kind in [FactKind.orderEvent, .referral, .placement] {
            notes += try registrations(kind, where: .order, is: order.number, of: municipality)
        }
        return notes.sorted { $0.number < $1.number }
    }
}

extension CaseWriter {
    /// An order as it stands. Throws `FieldProblems` where there is none such.
    func summary(_ order: FactID) throws -> OrderSummary {
        let facts = try reader.notes(of: order, in: municipality).map(\.fact)
        guard let summary = OrderBook(facts)[order] else {
            throw FieldProblems([.init("order", "choice")])
        }
        return summary
    }

    /// Registers an order and the contact in which it came.
    mutating func add(_ new: NewOrder) throws -> (FactID, Receipt) {
        let company = try check(new)
        let today = today
        let (id, receipt) = try add(.jobOrder) { id in
            .jobOrder(
                JobOrder(
                    id: id, unit: new.unit, created: today, positions: new.positions,
                    occupationGroup: new.occupationGroup, deadline: new.deadline))
        }
        var description = new.description
        description.id = id
        _ = try set(.orderDescription(description))
        _ = try add(
            NewContact(
                company: company, unit: new.unit, day: today, form: new.form,
                reason: .recruitment, staff: description.staff, team: new.team,
                person: description.contact, text: description.title), .held)
        return (id, receipt)
    }

    /// Corrects what an open order wants.
    mutating func correct(_ standing: OrderSummary, _ new: NewOrder) throws -> Receipt {
        if !standing.isOpen { throw FieldProblems([.init("title", "orderClosed")]) }
        _ = try check(new)
        if new.positions < standing.hired {
            throw FieldProblems([
                .init("positions", "fewerThanHired", ["count": String(standing.hired)])
            ])
        }
        var changed = standing.order
        changed.unit = new.unit
        changed.positions = new.positions
        changed.occupationGroup = new.occupationGroup
        changed.deadline = new.deadline
        if changed != standing.order { _ = try set(.jobOrder(changed)) }
        var description = new.description
        description.id = standing.order.id
        return try set(.orderDescription(description))
    }

    /// The company of the order's workplace.
    fileprivate func check(_ new: NewOrder) throws -> CVR {
        var problems: [FieldProblem] = []
        let company = try reader.company(ofUnit: new.unit, in: municipality)
        if company == nil { problems.append(.init("unit", "workplaceUnknown")) }
        let entry = try reader.registrations(
            .workplaceEntry, where: .id, is: new.unit.number, of: municipality
        ).first
        if case .workplaceEntry(let entry)? = entry?.fact, let closed = entry.closed,
            closed <= today
        {
            problems.append(.init("unit", "workplaceClosed", ["day": closed.danish]))
        }
        if new.description.title.isEmpty { problems.append(.init("title", "empty")) }
        if new.positions < 1 {
            problems.append(
                .init(
                    "positions", "wholeNumber",
                    ["from": "1", "to": String(OrderCase.manyPositions)]))
        } else if new.positions > OrderCase.manyPositions, !new.isSure {
            problems.append(
                .init("positions", "manyPositions", ["count": String(new.positions)]))
        }
        if let deadline = new.deadline, deadline < today {
            problems.append(.init("deadline", "inPast"))
        }
        if let start = new.description.start, start < today {
            problems.append(.init("start", "inPast"))
        }
        if new.description.answerBy < today { problems.append(.init("answerBy", "inPast")) }
        if new.description.hours.least > new.description.hours.most {
            problems.append(.init("hoursMost", "hoursTurned"))
        }
        guard problems.isEmpty, let company else { throw FieldProblems(problems) }
        return company
    }
}
