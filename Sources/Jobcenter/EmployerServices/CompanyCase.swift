import Chronology
import Identifiers
import Law
import Registry
import Storage

/// Companies: finding one, and everything that is known of it.
public struct CompanyCase: Sendable {
    let house: House

    /// No search shows more than this.
    public static let mostFound = 30

    public init(_ house: House) { self.house = house }

    public func catalogue() async throws -> RecordCatalogue {
        try await house.law.companyRecords()
    }

    /// Companies by CVR number, P number or the beginning of their name; all of them for an
    /// empty text. With an `offer`, a field of what a company can offer, only those that have
    /// said so and not taken it back.
    public func search(
        _ text: String, offering offer: String? = nil, in municipality: MunicipalityCode,
        by actor: Actor
    ) async throws -> CompaniesFound {
        guard let offer else { return try await named(text, in: municipality, by: actor) }
        try Policy.require(.readCompanies, by: actor, in: municipality)
        let book = try await house.companies.book(of: municipality)
        let name = DanishSortKey.weights(of: text)
        let digits = text.filter(\.isNumber)
        let offering = book.offering(offer, on: house.clock.today())
            .compactMap { book.companies[$0] }
            .filter {
                text.isEmpty || $0.cvr.description == digits
                    || DanishSortKey.weights(of: $0.name).hasPrefix(name)
            }
        let companies = offering.sorted {
            (DanishSortKey.weights(of: $0.name), $0.cvr.number)
                < (DanishSortKey.weights(of: $1.name), $1.cvr.number)
        }
        return CompaniesFound(
            companies: Array(companies.prefix(Self.mostFound)),
            isMore: companies.count > Self.mostFound)
    }

    private func named(
        _ text: String, in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> CompaniesFound {
        try Policy.require(.readCompanies, by: actor, in: municipality)
        let digits = text.filter(\.isNumber)
        let most = CompanyCase.mostFound
        return try await house.engine.read { connection in
            let reader = StoreReader(connection)
            if text.allSatisfy({ $0.isNumber || " -".contains($0) }), !digits.isEmpty {
                var cvr = try? CVR(digits)
                if cvr == nil, let unit = try? ProductionUnitNumber(digits) {
                    cvr = try reader.company(ofUnit: unit, in: municipality)
                }
                let found = try cvr.flatMap { try reader.company($0, of: municipality) }
                return CompaniesFound(companies: found.map { [$0] } ?? [], isMore: false)
            }
            let found = try reader.companies(named: text, of: municipality, limit: most + 1)
            return CompaniesFound(
                companies: Array(found.prefix(most)), isMore: found.count > most)
        }
    }

    /// One company; nil where the number is not registered here.
    public func file(
        of company: CVR, in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> CompanyFile? {
        try Policy.require(.readCompanies, by: actor, in: municipality)
        let today = house.clock.today()
        let book = try await house.orders.book(of: municipality)
        let catalogue = try await house.law.companyRecords()
        let limits = try await house.law.statutes().limits
        return try await house.engine.read { connection in
            let reader = StoreReader(connection)
            guard let found = try reader.company(company, of: municipality) else { return nil }
            var file = CompanyFile(company: found)
            let number = company.number
            file.entry = try reader.registrations(
                .companyEntry, where: .id, is: number, of: municipality
            ).lazy.compactMap {
                if case .companyEntry(let entry) = $0.fact { entry } else { nil }
            }.first
            file.workplaces = try reader.workplaces(
                of: company, in: municipality, on: today, limits)
            file.records = try reader.registrations(
                .companyRecord, where: .company, is: number, of: municipality)
            file.warnings = catalogue.warnings(file.notes, on: today)
            file.contacts = try reader.contacts(
                with: company, file.workplaces.map(\.number), in: municipality)
            let units = Set(file.workplaces.map(\.number))
            file.orders = book.orders.filter { units.contains($0.order.unit) }.reversed()
            return file
        }
    }
}

/// What a search found, in the order of the names.
public struct CompaniesFound: Sendable {
    public var companies: [Company]
    /// There are more than are shown.
    public var isMore: Bool
}

/// One company as registered.
public struct CompanyFile: Sendable {
    public var company: Company
    public var entry: CompanyEntry?
    public var workplaces: [CompanyWorkplace] = []
    /// In the order of their numbers.
    public var records: [RegistrationNote] = []
    /// Records that are late, drag on or should be followed up.
    public var warnings: [RecordWarning<CompanyRecord>] = []
    /// The latest first.
    public var contacts: [CompanyContactLine] = []
    /// The latest first.
    public var orders: [OrderSummary] = []

    public var notes: [CompanyRecord] {
        records.compactMap {
            if case .companyRecord(let record) = $0.fact { record } else { nil }
        }
    }

    /// Contacts that were agreed and not held yet, the earliest first.
    public func planned(from day: Day) -> [CompanyContactLine] {
        contacts.filter { $0.contact.status == .planned && $0.contact.day >= day }.reversed()
    }
}

/// One of a company's workplaces.
public struct CompanyWorkplace: Hashable, Sendable {
    public var number: ProductionUnitNumber
    /// What the public register says; nil where it was not imported.
    public var entry: WorkplaceEntry?
    /// Employees today.
    public var employees: Int
    /// Citizens in offers there today.
    public var inOffers: Int
    /// Whether one more full-time company internship keeps the ratio to the employees
    /// (rimelighedskrav); nil where no rule holds.
    public var ratio: Answer?

    /// The day it closed; nil while it is open.
    public func closed(on day: Day) -> Day? {
        guard let closed = entry?.closed, closed <= day else { return nil }
        return closed
    }
}

/// A contact with its note and its registration.
public struct CompanyContactLine: Hashable, Sendable {
    public var contact: CompanyContact
    public var note: ContactNote?
    public var registration: RegistrationNote
}

extension StoreReader {
    func company(_ cvr: CVR, of municipality: MunicipalityCode) throws -> Company? {
        let note = try registrations(.company, where: .id, is: cvr.number, of: municipality).first
        if case .company(let company)? = note?.fact { return company }
        return nil
    }

    func workplaces(
        of company: CVR, in municipality: MunicipalityCode, on day: Day, _ limits: Limits
    ) throws -> [CompanyWorkplace] {
        var entries: [ProductionUnitNumber: WorkplaceEntry] = [:]
        for note in try registrations(
            .workplaceEntry, where: .company, is: company.number, of: municipality)
        {
            if case .workplaceEntry(let entry) = note.fact { entries[entry.number] = entry }
        }
        var numbers = Set(entries.keys)
        for note in try registrations(
            .productionUnit, where: .company, is: company.number, of: municipality)
        {
            if case .productionUnit(let unit) = note.fact { numbers.insert(unit.number) }
        }
        return try numbers.sorted { $0.number < $1.number }.map { number in
            let registered = try workplace(number, of: municipality)
            return CompanyWorkplace(
                number: number, entry: entries[number],
                employees: registered?.employees(on: day) ?? 0,
                inOffers: registered?.offers.count { $0.holds(on: day) } ?? 0,
                ratio: registered.flatMap {
                    limits.ratio(
                        EmployerQuestion($0, .companyInternshipPrivate, months: 4, starts: day))
                })
        }
    }

    /// The contacts with a company's workplaces, the latest first.
    func contacts(
        with company: CVR, _ units: [ProductionUnitNumber], in municipality: MunicipalityCode
    ) throws -> [CompanyContactLine] {
        var notes: [FactID: ContactNote] = [:]
        for note in try registrations(
            .contactNote, where: .company, is: company.number, of: municipality)
        {
            if case .contactNote(let found) = note.fact { notes[found.id] = found }
        }
        var lines: [CompanyContactLine] = []
        for unit in units {
            for note in try registrations(
                .companyContact, where: .unit, is: unit.number, of: municipality)
            {
                guard case .companyContact(let contact) = note.fact else { continue }
                lines.append(
                    CompanyContactLine(
                        contact: contact, note: notes[contact.id], registration: note))
            }
        }
        return lines.sorted {
            ($0.contact.day, $0.contact.id) > ($1.contact.day, $1.contact.id)
        }
    }
}
