import Chronology
import Identifiers
import Registry

/// The register: every fact the figures need, in columns, in memory.
///
/// A value that never changes; a new registration needs a new register. Days on
/// benefits are kept as atoms (see `Atoms`), persons by their position in the
/// order of their numbers.
public struct Register: Sendable {
    /// The definitions that this register answers by.
    public let catalogue: Catalogue
    /// Labour forces as published, used instead of the register's own count in
    /// `unemployment-percentage` where municipality and year are found here.
    public var publishedLabourForce: [PublishedLabourForce] = []

    let persons: Int
    let citizen: Column<Int64>
    let born: Column<Int32>
    let sex: Column<UInt8>
    let origin: Column<UInt8>
    let basis: Column<UInt8>
    /// Codes in ascending order; the columns hold positions in this list.
    let municipalities: [MunicipalityCode]
    let residences: PersonTable
    let educations: PersonTable
    let enrolments: PersonTable
    let conversations: PersonTable
    let exemptions: PersonTable
    let offers: PersonTable
    let employments: PersonTable
    let complaints: PersonTable
    let feedback: PersonTable
    let categories: PersonTable
    let atoms: Atoms
    let spells: OfficialSpells
    let businesses: Businesses
    /// The days of each rule of the catalogue that takes more than the atoms.
    private(set) var prepared = Prepared()
    let arena: Arena

    /// The register of these facts.
    public init(_ facts: consuming RegisterBuilder, catalogue: Catalogue) {
        self.catalogue = catalogue
        let arena = Arena()
        self.arena = arena
        var builder = facts
        let order = builder.persons.indices.sorted {
            builder.persons[$0].id < builder.persons[$1].id
        }
        var position = [Int32](repeating: 0, count: order.count)
        for (new, old) in order.enumerated() { position[old] = Int32(new) }
        persons = order.count
        citizen = arena.column(order.map { builder.persons[$0].id })
        born = arena.column(order.map { builder.persons[$0].born })
        sex = arena.column(order.map { builder.persons[$0].sex })
        origin = arena.column(order.map { builder.persons[$0].origin })
        basis = arena.column(order.map { builder.persons[$0].basis })

        let sortedCodes = builder.municipalities.sorted()
        municipalities = sortedCodes.map { MunicipalityCode(number: $0) }
        let places = builder.municipalities.map { code in
            UInt16(sortedCodes.firstIndex(of: code) ?? 0)
        }
        builder.renumber(persons: position, municipalities: places)

        let count = order.count
        func sorted(_ kind: FactKind) -> [StagedRow] {
            PersonTable.sorted(builder.take(kind), persons: count)
        }
        func table(_ kind: FactKind) -> PersonTable {
            PersonTable(kind, sorted: sorted(kind), persons: count, arena)
        }
        residences = table(.residence)
        educations = table(.education)
        enrolments = table(.enrolment)
        conversations = table(.conversation)
        exemptions = table(.exemption)
        offers = table(.offer)
        employments = table(.employment)
        complaints = table(.complaint)
        feedback = table(.feedback)
        categories = table(.matchCategory)
        atoms = Atoms(
            spells: sorted(.benefitSpell), categories: categories, groups: table(.targetGroup),
            persons: count, arena)
        spells = OfficialSpells(atoms, rule: catalogue.spellRule, persons: count, arena)
        businesses = Businesses(builder, offers: offers, employments: employments, arena)
        prepared = Prepared(self, arena)
    }

    /// The persons in so many ranges with about equally many rows.
    func parts(_ count: Int) -> [Range<Int>] {
        let rows = { (person: Int) in
            Int(atoms.table.offsets[person]) + Int(employments.offsets[person])
        }
        var edges = [0]
        for part in 1..<count {
            let wanted = rows(persons) * part / count
            var (low, high) = (edges[part - 1], persons)
            while low < high {
                let middle = (low + high) / 2
                if rows(middle) < wanted { low = middle + 1 } else { high = middle }
            }
            edges.append(low)
        }
        return zip(edges, edges.dropFirst() + [persons]).map { $0..<$1 }
    }

    /// The register as it was known at the end of `knownAt`: of each fact (a kind
    /// and a number in a municipality) the latest registration up to that day
    /// counts, and of two on the same day the later one in `registrations`.
    public init(
        registrations: some Sequence<Registration>, knownAt: Day, catalogue: Catalogue
    ) {
        var latest: [FactKey: Registration] = [:]
        for registration in registrations where registration.recordedOn <= knownAt {
            let key = FactKey(
                municipality: registration.municipality, kind: registration.fact.kind,
                id: registration.fact.id)
            if let known = latest[key], known.recordedOn > registration.recordedOn { continue }
            latest[key] = registration
        }
        var builder = RegisterBuilder()
        for registration in latest.values {
            builder.add(registration.fact, in: registration.municipality)
        }
        self.init(builder, catalogue: catalogue)
    }
}

/// What makes two registrations registrations of the same fact.
private struct FactKey: Hashable {
    var municipality: MunicipalityCode
    var kind: FactKind
    var id: FactID
}

/// A labour force (arbejdsstyrke, 16-66 years) that an authority has published.
public struct PublishedLabourForce: Hashable, Sendable {
    public var municipality: MunicipalityCode
    public var year: Int
    public var persons: Int

    public init(municipality: MunicipalityCode, year: Int, persons: Int) {
        self.municipality = municipality
        self.year = year
        self.persons = persons
    }
}
