import Chronology
import Identifiers
import Law
import Registry
import Storage

/// What is open with companies on a day (mine virksomheder).
public struct CompanyDay: Sendable {
    public var today: Day
    /// Orders whose company waits for a promised answer, the earliest day first.
    public var promised: [OrderSummary]
    public var openOrders: Int
    /// Contacts that are agreed from today on, and those that were to be held and nobody has
    /// said how they went, the earliest first.
    public var planned: [PlannedContact]
    /// Records that are late, drag on or should be followed up.
    public var warnings: [RecordWarning<CompanyRecord>]
    /// The largest companies that nobody has had contact with for a year (den systematiske
    /// kontaktplan), no more than ``CompanyCase/mostToContact``, and how many there are.
    public var toContact: [ToContact]
    public var waiting: Int
    public var companies: [CVR: Company]
    /// The company of each workplace.
    public var companyOf: [ProductionUnitNumber: CVR]

    public struct PlannedContact: Hashable, Sendable {
        public var contact: CompanyContact
        public var note: ContactNote?
        public var company: CVR
    }

    public struct ToContact: Hashable, Sendable {
        public var company: CVR
        /// At its open workplaces here.
        public var employees: Int
        /// Nil where there was never one.
        public var last: Day?
    }

    /// The name of an order's or a contact's company.
    public func name(of unit: ProductionUnitNumber) -> String {
        companyOf[unit].flatMap { companies[$0]?.name } ?? String(unit.number)
    }
}

extension CompanyCase {
    public static let mostToContact = 10
    /// Months without contact after which a company stands in the contact plan, and the
    /// employees from which on.
    public static let monthsBetweenContacts = 12
    public static let fewestEmployees = 3

    /// What is open with companies today. O(companies and their contacts).
    public func day(
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> CompanyDay {
        try Policy.require(.readCompanies, by: actor, in: municipality)
        let today = house.clock.today()
        let orders = try await house.orders.book(of: municipality)
        let book = try await house.companies.book(of: municipality)
        let due = book.toContact(on: today)
        return CompanyDay(
            today: today,
            promised: orders.open.filter { $0.promised != nil }
                .sorted { ($0.promised ?? today) < ($1.promised ?? today) },
            openOrders: orders.open.count,
            planned: book.planned,
            warnings: try await house.law.companyRecords().warnings(book.records, on: today),
            toContact: Array(due.prefix(CompanyCase.mostToContact)), waiting: due.count,
            companies: book.companies, companyOf: book.companyOf)
    }

    /// The names of companies by their workplaces.
    public func names(
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> [ProductionUnitNumber: Company] {
        try Policy.require(.readCompanies, by: actor, in: municipality)
        return try await house.companies.book(of: municipality).names
    }
}

/// Every company of a municipality with what is asked of all of them at once.
struct CompanyBook: FactBook {
    private(set) var companies: [CVR: Company] = [:]
    private(set) var companyOf: [ProductionUnitNumber: CVR] = [:]
    private(set) var records: [CompanyRecord] = []
    /// Contacts that are agreed, the earliest first.
    private(set) var planned: [CompanyDay.PlannedContact] = []
    private var headcounts: [ProductionUnitNumber: [ProductionUnit]] = [:]
    private var lastContact: [CVR: Day] = [:]
    private var ceased: [CVR: Day] = [:]
    private var closed: [ProductionUnitNumber: Day] = [:]

    static let kinds: [FactKind] = [
        .company, .companyEntry, .workplaceEntry, .productionUnit, .companyContact,
        .contactNote, .companyRecord,
    ]

    /// The company of each workplace. O(workplaces).
    var names: [ProductionUnitNumber: Company] { companyOf.compactMapValues { companies[$0] } }

    /// O(facts).
    init(_ facts: [Fact]) {
        var contacts: [CompanyContact] = []
        var notes: [FactID: ContactNote] = [:]
        for fact in facts {
            switch fact {
            case .company(let company): companies[company.cvr] = company
            case .companyEntry(let entry): ceased[entry.cvr] = entry.ceased
            case .workplaceEntry(let entry):
                companyOf[entry.number] = entry.company
                closed[entry.number] = entry.closed
            case .productionUnit(let unit):
                companyOf[unit.number] = unit.company
                headcounts[unit.number, default: []].append(unit)
            case .companyContact(let contact): contacts.append(contact)
            case .contactNote(let note): notes[note.id] = note
            case .companyRecord(let record): records.append(record)
            default: break
            }
        }
        for contact in contacts {
            guard let company = companyOf[contact.unit] else { continue }
            switch contact.status {
            case .held: lastContact[company] = max(lastContact[company] ?? contact.day, contact.day)
            case .planned:
                planned.append(
                    .init(contact: contact, note: notes[contact.id], company: company))
            case .cancelled, .missed: break
            }
        }
        planned.sort { ($0.contact.day, $0.contact.id) < ($1.contact.day, $1.contact.id) }
    }

    /// Companies that have said they can offer something; the latest that was said counts.
    func offering(_ field: String, on day: Day) -> Set<CVR> {
        var said: [CVR: CompanyRecord] = [:]
        for record in records where record.record == "can-offer" && record.start <= day {
            let before = said[record.company]
            if before == nil
                || (before?.start ?? day, before?.id ?? record.id) < (record.start, record.id)
            {
                said[record.company] = record
            }
        }
        let standing = said.filter { ($0.value.end ?? .openEnd) >= day }
        return Set(standing.filter { $0.value.answers[field] == "1" }.keys)
    }

    /// Companies in the contact plan, the largest first.
    func toContact(on day: Day) -> [CompanyDay.ToContact] {
        var employees: [CVR: Int] = [:]
        for (unit, counts) in headcounts {
            guard let company = companyOf[unit], closed[unit].map({ $0 > day }) ?? true else {
                continue
            }
            let now = counts.last { $0.start <= day && day <= $0.end ?? .openEnd }?.employees
            employees[company, default: 0] += now ?? 0
        }
        let agreed = Set(planned.filter { $0.contact.day >= day }.map(\.company))
        let latest = day.adding(months: -CompanyCase.monthsBetweenContacts)
        return employees.filter { company, count in
            count >= CompanyCase.fewestEmployees && !agreed.contains(company)
                && ceased[company].map { $0 > day } ?? true
                && lastContact[company].map { $0 < latest } ?? true
        }.map {
            CompanyDay.ToContact(company: $0, employees: $1, last: lastContact[$0])
        }.sorted { ($1.employees, $0.company.number) < ($0.employees, $1.company.number) }
    }
}
