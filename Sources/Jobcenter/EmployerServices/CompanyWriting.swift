import Chronology
import Identifiers
import Law
import Registry
import Storage

/// A contact with a company that is agreed or was held.
public struct NewContact: Hashable, Sendable {
    public var company: CVR
    public var unit: ProductionUnitNumber
    public var day: Day
    /// Minutes after midnight.
    public var begins: Int?
    public var form: ContactForm
    public var reason: ContactReason
    public var staff: FactID?
    public var team: String
    public var person: String
    public var text: String

    public init(
        company: CVR, unit: ProductionUnitNumber, day: Day, begins: Int? = nil,
        form: ContactForm, reason: ContactReason, staff: FactID? = nil, team: String,
        person: String = "", text: String = ""
    ) {
        self.company = company
        self.unit = unit
        self.day = day
        self.begins = begins
        self.form = form
        self.reason = reason
        self.staff = staff
        self.team = team
        self.person = person
        self.text = text
    }
}

/// A company that no import has brought.
public struct NewCompany: Hashable, Sendable {
    public var cvr: CVR
    public var name: String
    /// Two digits (DB07).
    public var industry: String
    public var unit: ProductionUnitNumber
    public var employees: Int
    public var street: String
    public var postcode: String
    public var town: String

    public init(
        cvr: CVR, name: String, industry: String, unit: ProductionUnitNumber, employees: Int,
        street: String, postcode: String, town: String
    ) {
        self.cvr = cvr
        self.name = name
        self.industry = industry
        self.unit = unit
        self.employees = employees
        self.street = street
        self.postcode = postcode
        self.town = town
    }
}

extension CompanyCase {
    /// Two teams do not visit the same company within so many days.
    public static let daysBetweenVisits = 60

    /// Registers a company with one workplace. Throws `FieldProblems` where it is registered.
    public func register(
        _ new: NewCompany, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            if try writer.reader.company(new.cvr, of: municipality) != nil {
                throw FieldProblems([.init("cvr", "companyKnown")])
            }
            if try writer.reader.company(ofUnit: new.unit, in: municipality) != nil {
                throw FieldProblems([.init("unit", "workplaceKnown")])
            }
            let today = writer.today
            let receipt = try writer.set(
                .company(Company(cvr: new.cvr, name: new.name, industry: new.industry)))
            _ = try writer.set(
                .workplaceEntry(
                    WorkplaceEntry(
                        number: new.unit, company: new.cvr, name: new.name,
                        industry: new.industry, street: new.street, postcode: new.postcode,
                        town: new.town)))
            _ = try writer.add(.productionUnit) { id in
                .productionUnit(
                    ProductionUnit(
                        id: id, number: new.unit, company: new.cvr, employees: new.employees,
                        start: today, end: nil))
            }
            return receipt
        }
    }

    /// Registers a contact: agreed for today or later, or held. Throws `FieldProblems` where
    /// the workplace is closed or not the company's, where one that was held is to come, and
    /// where another team visits the company at about the same time, unless the company itself
    /// asks for it.
    public func register(
        _ new: NewContact, isPlanned: Bool, in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose, asking request: Request = .registerCompany
    ) async throws -> Receipt {
        let limits = try await house.law.statutes().limits
        return try await house.writeCase(municipality, actor, purpose, asking: request) {
            writer in
            try writer.check(
                new, isPlanned: isPlanned, isAsked: actor.role == .employer, limits)
            return try writer.add(new, isPlanned ? .planned : .held)
        }
    }

    /// Says how a planned contact went: held, with what was said, or called off.
    public func finish(
        _ id: FactID, _ status: ConversationStatus, on day: Day, text: String,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            let standing = try writer.reader.registration(.companyContact, id, of: municipality)
            guard case .companyContact(var contact)? = standing?.fact,
                contact.status == .planned
            else { throw FieldProblems([.init("contact", "choice")]) }
            if status == .held, day > writer.today {
                throw FieldProblems([.init("day", "actInFuture")])
            }
            if status == .held { contact.day = day }
            contact.status = status
            let receipt = try writer.set(.companyContact(contact))
            let note = try writer.reader.registration(.contactNote, id, of: municipality)
            if case .contactNote(var note)? = note?.fact {
                note.text = text
                _ = try writer.set(.contactNote(note))
            }
            return receipt
        }
    }

    /// Registers a record about a company. Throws `FieldProblems` for what is missing or
    /// cannot be understood, a day to come, and an end before the beginning.
    public func register(
        _ record: String, from start: Day, to end: Day?, answers typed: [String: String],
        about company: CVR, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose,
        asking request: Request = .registerCompany
    ) async throws -> Receipt {
        guard let kind = try await catalogue()[record] else {
            throw FieldProblems([.init("id", "choice")])
        }
        let (answers, problems) = kind.read(typed)
        if !problems.isEmpty {
            throw FieldProblems(problems.map { FieldProblem($0.field, $0.problem) })
        }
        let last = kind.lasts ? end : start
        if let problem = kind.problem(from: start, to: last) { throw FieldProblems([problem]) }
        return try await house.writeCase(municipality, actor, purpose, asking: request) {
            writer in
            if start > writer.today { throw FieldProblems([.init("start", "actInFuture")]) }
            return try writer.add(.companyRecord) { id in
                .companyRecord(
                    CompanyRecord(
                        id: id, company: company, record: record, start: start, end: last,
                        answers: answers))
            }.1
        }
    }

    /// Says on which day a record that goes on ended.
    public func end(
        _ id: FactID, of company: CVR, on day: Day, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            let note = try writer.reader.registration(.companyRecord, id, of: municipality)
            guard case .companyRecord(var record)? = note?.fact, record.company == company else {
                throw FieldProblems([.init("record", "choice")])
            }
            if day > writer.today { throw FieldProblems([.init("day", "actInFuture")]) }
            if day < record.start {
                throw FieldProblems([.init("day", "beforeStart", ["day": record.start.danish])])
            }
            record.end = day
            return try writer.set(.companyRecord(record))
        }
    }
}

extension CaseWriter {
    fileprivate func check(
        _ new: NewContact, isPlanned: Bool, isAsked: Bool, _ limits: Limits
    ) throws {
        let workplaces = try reader.workplaces(
            of: new.company, in: municipality, on: today, limits)
        guard let workplace = workplaces.first(where: { $0.number == new.unit }) else {
            throw FieldProblems([.init("unit", "workplaceUnknown")])
        }
        if let closed = workplace.closed(on: new.day) {
            throw FieldProblems([.init("unit", "workplaceClosed", ["day": closed.danish])])
        }
        if isPlanned, new.day < today { throw FieldProblems([.init("day", "inPast")]) }
        if !isPlanned, new.day > today { throw FieldProblems([.init("day", "actInFuture")]) }
        guard isPlanned, !isAsked, new.form == .visit else { return }
        let others = try reader.contacts(
            with: new.company, workplaces.map(\.number), in: municipality)
        let near = CompanyCase.daysBetweenVisits
        let clash = others.first { line in
            line.contact.form == .visit && [.planned, .held].contains(line.contact.status)
                && abs(line.contact.day - new.day) < near
                && !(line.note?.team ?? "").isEmpty && line.note?.team != new.team
        }
        if let clash {
            throw FieldProblems([
                .init(
                    "day", clash.contact.status == .held ? "visitedByOther" : "visitByOther",
                    ["team": clash.note?.team ?? "", "day": clash.contact.day.danish])
            ])
        }
    }

    /// Registers a contact with its note.
    mutating func add(_ new: NewContact, _ status: ConversationStatus) throws -> Receipt {
        let (id, receipt) = try add(.companyContact) { id in
            .companyContact(
                CompanyContact(
                    id: id, unit: new.unit, day: new.day, form: new.form, status: status))
        }
        _ = try set(
            .contactNote(
                ContactNote(
                    id: id, company: new.company, staff: new.staff, team: new.team,
                    reason: new.reason, begins: new.begins, person: new.person, text: new.text)))
        return receipt
    }
}
