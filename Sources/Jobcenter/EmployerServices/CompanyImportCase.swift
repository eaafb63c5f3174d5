import Chronology
import Exchange
import Identifiers
import Registry
import Storage

/// Takes in what the public register of companies says.
public struct CompanyImportCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// What came of an import.
    public struct Taken: Hashable, Sendable {
        public var companies = 0
        public var workplaces = 0
        /// Registrations made: what is as it was before makes none.
        public var registered = 0
        /// The last; nil where nothing was new.
        public var receipt: Receipt?
    }

    /// Registers what is new or has changed, all of it or nothing. A headcount that differs
    /// from the one that stands takes its place from its month on; one of an earlier month than
    /// the one that stands is passed over. O(register + what stands).
    public func register(
        _ register: CompanyRegister, in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose
    ) async throws -> Taken {
        try await house.writeCase(municipality, actor, purpose, asking: .importStatistics) {
            writer in
            var standing: [FactKind: [FactID: Fact]] = [:]
            var latest: [ProductionUnitNumber: ProductionUnit] = [:]
            try writer.reader.facts(
                of: municipality,
                kinds: [.company, .companyEntry, .workplaceEntry, .productionUnit]
            ) { fact in
                if case .productionUnit(let unit) = fact {
                    if unit.start >= latest[unit.number]?.start ?? unit.start {
                        latest[unit.number] = unit
                    }
                } else {
                    standing[fact.kind, default: [:]][fact.id] = fact
                }
            }
            var taken = Taken(
                companies: register.companies.count, workplaces: register.workplaces.count)
            let facts: [Fact] =
                register.companies.map { .company($0) }
                + register.entries.map { .companyEntry($0) }
                + register.workplaces.map { .workplaceEntry($0) }
            for fact in facts where standing[fact.kind]?[fact.id] != fact {
                taken.add(try writer.set(fact))
            }
            let owners = Dictionary(
                register.workplaces.map { ($0.number, $0.company) }
            ) { first, _ in first }
            for count in register.headcounts {
                guard let company = owners[count.unit] else { continue }
                try writer.take(count, of: company, after: latest[count.unit], &taken)
            }
            return taken
        }
    }
}

extension CompanyImportCase.Taken {
    fileprivate mutating func add(_ receipt: Receipt) {
        registered += 1
        self.receipt = receipt
    }
}

extension CaseWriter {
    fileprivate mutating func take(
        _ count: CompanyRegister.Headcount, of company: CVR, after standing: ProductionUnit?,
        _ taken: inout CompanyImportCase.Taken
    ) throws {
        let first = count.month.first
        if var standing {
            if standing.employees == count.employees, standing.company == company { return }
            if first < standing.start { return }
            if first == standing.start {
                standing.employees = count.employees
                standing.company = company
                taken.add(try set(.productionUnit(standing)))
                return
            }
            if standing.end == nil {
                standing.end = first - 1
                taken.add(try set(.productionUnit(standing)))
            }
        }
        let receipt = try add(.productionUnit) { id in
            .productionUnit(
                ProductionUnit(
                    id: id, number: count.unit, company: company, employees: count.employees,
                    start: first, end: nil))
        }.1
        taken.add(receipt)
    }
}
