import Chronology
import Foundation
import Identifiers
import Registry

/// What an extract of the public register of companies (CVR) says of one municipality.
public struct CompanyRegister: Hashable, Sendable {
    /// Employees of a workplace from a month on.
    public struct Headcount: Hashable, Sendable {
        public var unit: ProductionUnitNumber
        public var month: Month
        public var employees: Int
    }

    /// Those that have a workplace in the municipality, in the order of their numbers.
    public var companies: [Company]
    public var entries: [CompanyEntry]
    public var workplaces: [WorkplaceEntry]
    /// The latest of each workplace that has one.
    public var headcounts: [Headcount]
    /// Documents about something else, or about another municipality.
    public var skipped: Int
}

/// Reads documents of the public register of companies in the shape in which it hands them out:
/// `Vrvirksomhed` and `VrproduktionsEnhed`, each on a line of its own, in an array, or as the hits
/// of a search.
public struct CompanyRegisterReader {
    private let municipality: MunicipalityCode

    public init(municipality: MunicipalityCode) { self.municipality = municipality }

    /// Throws every problem with its place, a document's number from 1. Nothing of the file is
    /// of use then. O(bytes).
    public func read(_ bytes: [UInt8]) throws(ImportProblems) -> CompanyRegister {
        var problems = ImportProblems(limit: 100)
        let documents = documents(bytes, &problems)
        var companies: [Int64: (Company, CompanyEntry)] = [:]
        var units: [(WorkplaceEntry, CompanyRegister.Headcount?)] = []
        var skipped = 0
        for (index, document) in documents.enumerated() {
            let row = index + 1
            if let company = document.company {
                if let read = read(company, row, &problems) { companies[read.0.cvr.number] = read }
            } else if let unit = document.unit {
                guard unit.isIn(municipality) else {
                    skipped += 1
                    continue
                }
                if let read = read(unit, row, &problems) { units.append(read) }
            } else {
                skipped += 1
            }
        }
        if problems.isEmpty, companies.isEmpty, units.isEmpty {
            problems.add(
                ImportProblem(
                    .noCompanies, found: String(decoding: bytes.prefix(40), as: UTF8.self),
                    accepted: ["Vrvirksomhed", "VrproduktionsEnhed"]))
        }
        guard problems.isEmpty else { throw problems }
        return register(companies, units, skipped)
    }

    /// A company that has no workplace here is left out; one that is only known by its
    /// workplace has the workplace's name.
    private func register(
        _ companies: [Int64: (Company, CompanyEntry)],
        _ units: [(WorkplaceEntry, CompanyRegister.Headcount?)], _ skipped: Int
    ) -> CompanyRegister {
        var known: [Int64: Company] = [:]
        for (unit, _) in units where known[unit.company.number] == nil {
            known[unit.company.number] =
                companies[unit.company.number]?.0
                ?? Company(cvr: unit.company, name: unit.name, industry: unit.industry)
        }
        let numbers = known.keys.sorted()
        return CompanyRegister(
            companies: numbers.compactMap { known[$0] },
            entries: numbers.compactMap { companies[$0]?.1 },
            workplaces: units.map(\.0).sorted { $0.number.number < $1.number.number },
            headcounts: units.compactMap(\.1).sorted { $0.unit.number < $1.unit.number },
            skipped: skipped + companies.keys.count { known[$0] == nil })
    }

    // MARK: Documents

    private func documents(
        _ bytes: [UInt8], _ problems: inout ImportProblems
    ) -> [RegisterDocument] {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let data = Data(bytes[start...])
        let decoder = JSONDecoder()
        if let reply = try? decoder.decode(RegisterReply.self, from: data) {
            return reply.hits.hits.map(\.source)
        }
        if let all = try? decoder.decode([RegisterHit].self, from: data) {
            return all.map(\.source)
        }
        var documents: [RegisterDocument] = []
        for (index, line) in data.split(separator: UInt8(ascii: "\n")).enumerated() {
            if line.allSatisfy({ [9, 13, 32].contains($0) }) { continue }
            guard let hit = try? decoder.decode(RegisterHit.self, from: line) else {
                problems.add(
                    ImportProblem(
                        .notRegisterDocument, row: index + 1,
                        found: String(decoding: line.prefix(40), as: UTF8.self)))
                continue
            }
            documents.append(hit.source)
        }
        return documents
    }

    private func read(
        _ company: RegisterCompany, _ row: Int, _ problems: inout ImportProblems
    ) -> (Company, CompanyEntry)? {
        guard let cvr = try? CVR(number: company.cvrNummer) else {
            problems.add(
                ImportProblem(.companyNumber, row: row, found: String(company.cvrNummer)))
            return nil
        }
        let meta = company.virksomhedMetadata
        let name = meta?.nyesteNavn?.navn ?? RegisterPeriod.now(company.navne)?.navn
        let industry = meta?.nyesteHovedbranche ?? RegisterPeriod.now(company.hovedbranche)
        let form = meta?.nyesteVirksomhedsform ?? RegisterPeriod.now(company.virksomhedsform)
        return (
            Company(cvr: cvr, name: name ?? cvr.description, industry: industry?.group ?? ""),
            CompanyEntry(
                cvr: cvr, form: form?.kortBeskrivelse ?? form?.langBeskrivelse ?? "",
                phone: RegisterPeriod.open(company.telefonNummer)?.kontaktoplysning ?? "",
                mail: RegisterPeriod.open(company.elektroniskPost)?.kontaktoplysning ?? "",
                isProtected: company.reklamebeskyttet ?? false,
                ceased: RegisterPeriod.end(company.livsforloeb))
        )
    }

    private func read(
        _ unit: RegisterUnit, _ row: Int, _ problems: inout ImportProblems
    ) -> (WorkplaceEntry, CompanyRegister.Headcount?)? {
        guard let number = try? ProductionUnitNumber(number: unit.pNummer) else {
            problems.add(ImportProblem(.unitNumber, row: row, found: String(unit.pNummer)))
            return nil
        }
        let meta = unit.produktionsEnhedMetadata
        let owner =
            meta?.nyesteCvrNummerRelation ?? RegisterPeriod.now(unit.virksomhedsrelation)?.cvrNummer
        guard let owner, let company = try? CVR(number: owner) else {
            problems.add(
                ImportProblem(
                    .companyNumber, row: row, found: owner.map { String($0) } ?? ""))
            return nil
        }
        let name = meta?.nyesteNavn?.navn ?? RegisterPeriod.now(unit.navne)?.navn
        let industry = meta?.nyesteHovedbranche ?? RegisterPeriod.now(unit.hovedbranche)
        let address = unit.address
        let count = meta?.nyesteErstMaanedsbeskaeftigelse
        return (
            WorkplaceEntry(
                number: number, company: company, name: name ?? number.description,
                industry: industry?.group ?? "", street: address?.street ?? "",
                postcode: address?.postnummer.map { String($0) } ?? "",
                town: address?.postdistrikt ?? "", closed: RegisterPeriod.end(unit.livsforloeb)),
            count.flatMap { count in
                guard let year = count.aar, let month = count.maaned,
                    let month = Month(year: year, month: month),
                    let employees = count.antalAnsatte
                else { return nil }
                return .init(unit: number, month: month, employees: employees)
            }
        )
    }
}
