import Chronology
import Identifiers
import Registry

/// Takes facts in any order and makes a `Register` of them.
///
/// Each fact is taken as it is: a caller that has several registrations of the
/// same fact uses `Register.init(registrations:knownAt:catalogue:)` instead.
public struct RegisterBuilder: Sendable {
    struct Person: Sendable {
        var id: Int64
        var born = Int32.max
        var sex: UInt8 = 0xFF
        var origin: UInt8 = 0xFF
        var basis: UInt8 = 0xFF
        /// The municipality whose registration was used: the lowest code wins, so
        /// that the order of the facts does not matter.
        var source = Int32.max
    }
    struct Unit: Sendable {
        var number: Int64
        var company: Int64
        var municipality: UInt16
        var employees: Int64
        var start: Int32
        var end: Int32
    }
    struct Contact: Sendable {
        var municipality: UInt16
        var day: Int32
        var id: Int64
    }
    struct Order: Sendable {
        var municipality: UInt16
        var id: Int64
        var created: Int32
        var positions: Int64
    }
    /// A referral, or a placement with its terms; of a citizen, or of another member's candidate.
    struct OrderEvent: Sendable {
        var municipality: UInt16
        var order: Int64
        var citizen: Int64
        var day: Int32
        var terms: UInt8
    }

    /// The kinds of facts that a register is made of, citizens themselves aside;
    /// others leave no trace in it.
    public static let kinds: [FactKind] = [
        .residence, .education, .enrolment, .benefitSpell, .targetGroup,
        .matchCategory, .exemption, .offer, .employment, .conversation, .complaint, .feedback,
        .productionUnit, .companyContact, .jobOrder, .referral, .placement,
        .orderEvent,
    ]

    private var indices = PersonIndices()
    private var latest: (id: Int64, index: Int32) = (.min, 0)
    private var municipalityIndices: [Int32: UInt16] = [:]
    private var latestMunicipality: (code: Int32, index: UInt16) = (.min, 0)
    private(set) var municipalities: [Int32] = []
    private(set) var persons: [Person] = []
    private(set) var tables = [[StagedRow]](repeating: [], count: FactKind.allCases.count)
    private(set) var units: [Unit] = []
    private(set) var contacts: [Contact] = []
    private(set) var orders: [Order] = []
    private(set) var referrals: [OrderEvent] = []
    private(set) var placements: [OrderEvent] = []

    public init() {}

    /// Hands the rows of a kind over and forgets them.
    mutating func take(_ kind: FactKind) -> [StagedRow] {
        let rows = tables[Codes.position(kind)]
        tables[Codes.position(kind)] = []
        return rows
    }

    /// Adds one fact that `municipality` has registered.
    public mutating func add(_ fact: Fact, in municipality: MunicipalityCode) {
        let place = index(of: municipality)
        switch fact {
        case .citizen(let citizen):
            add(
                citizen.id, sex: citizen.sex, born: citizen.born, origin: citizen.origin,
                residenceBasis: citizen.residenceBasis, in: municipality)
        case .residence(let row): add(row, .residence, place, 0)
        case .education(let row):
            add(row, .education, place, 0, amount: row.level.isQualifying ? 1 : 0)
        case .enrolment(let row): add(row, .enrolment, place, Codes.position(row.kind))
        case .benefitSpell(let row):
            add(
                row, .benefitSpell, place, Codes.position(row.benefit), amount: row.degree.minutes)
        case .targetGroup(let row): add(row, .targetGroup, place, Codes.position(row.group))
        case .matchCategory(let row): add(row, .matchCategory, place, Codes.position(row.category))
        case .exemption(let row): add(row, .exemption, place, Codes.position(row.reason))
        case .offer(let row):
            add(
                row, .offer, place, Codes.position(row.kind), amount: row.weekly.minutes,
                unit: row.unit?.number ?? 0)
        case .employment(let row):
            add(
                row, .employment, place, Codes.position(row.kind), amount: row.weekly.minutes,
                unit: row.unit?.number ?? 0)
        case .conversation(let row):
            guard row.status == .held else { return }
            add(row.citizen, .conversation, place, row.day, row.id, Codes.position(row.kind))
        case .complaint(let row):
            add(row.citizen, .complaint, place, row.received, row.id, 0)
        case .feedback(let row):
            add(row.citizen, .feedback, place, row.day, row.id, 0, amount: Int32(row.overall))
        default: addBusiness(fact, place)
        }
    }

    private mutating func addBusiness(_ fact: Fact, _ place: UInt16) {
        switch fact {
        case .productionUnit(let unit):
            units.append(
                Unit(
                    number: unit.number.number, company: unit.company.number, municipality: place,
                    employees: Int64(unit.employees), start: unit.start.number,
                    end: (unit.end ?? .openEnd).number))
        case .companyContact(let contact):
            guard contact.status == .held else { return }
            contacts.append(
                Contact(municipality: place, day: contact.day.number, id: contact.id.number))
        case .jobOrder(let order):
            orders.append(
                Order(
                    municipality: place, id: order.id.number, created: order.created.number,
                    positions: Int64(order.positions)))
        case .referral(let row):
            referrals.append(
                OrderEvent(
                    municipality: place, order: row.order.number, citizen: row.citizen.number,
                    day: row.day.number, terms: 0))
        case .placement(let row):
            placements.append(
                OrderEvent(
                    municipality: place, order: row.order.number, citizen: row.citizen.number,
                    day: row.day.number, terms: UInt8(Codes.position(row.terms))))
        case .orderEvent(let row):
            // Of an order's other events figures ask nothing.
            guard let pool = row.pool else { return }
            let event = OrderEvent(
                municipality: place, order: row.order.number, citizen: pool.candidate,
                day: row.day.number, terms: UInt8(Codes.position(pool.terms ?? .ordinary)))
            if row.kind == .poolHired { placements.append(event) } else { referrals.append(event) }
        default: break
        }
    }

    /// Adds a citizen by what figures ask about them.
    public mutating func add(
        _ citizen: CitizenID, sex: Sex, born: Day, origin: OriginGroup,
        residenceBasis: ResidenceBasis?, in municipality: MunicipalityCode
    ) {
        let person = Int(index(of: citizen))
        guard municipality.number <= persons[person].source else { return }
        persons[person] = Person(
            id: citizen.number, born: born.number, sex: UInt8(Codes.position(sex)),
            origin: UInt8(Codes.position(origin)),
            basis: residenceBasis.map { UInt8(Codes.position($0)) } ?? 0xFF,
            source: municipality.number)
    }

    private mutating func add(
        _ row: some CitizenPeriod, _ kind: FactKind, _ place: UInt16, _ code: Int,
        amount: Int32 = 0, unit: Int64 = 0
    ) {
        if let end = row.end, end < row.start { return }
        let person = index(of: row.citizen)
        tables[Codes.position(kind)].append(
            StagedRow(
                person: person, start: row.start.number, end: (row.end ?? .openEnd).number,
                municipality: place, code: UInt8(code), amount: amount, unit: unit,
                id: row.id.number))
    }

    private mutating func add(
        _ citizen: CitizenID, _ kind: FactKind, _ place: UInt16, _ day: Day, _ id: FactID,
        _ code: Int, amount: Int32 = 0
    ) {
        let person = index(of: citizen)
        tables[Codes.position(kind)].append(
            StagedRow(
                person: person, start: day.number, end: day.number, municipality: place,
                code: UInt8(code), amount: amount, id: id.number))
    }

    private mutating func index(of citizen: CitizenID) -> Int32 {
        if latest.id == citizen.number { return latest.index }
        let index = indices.index(of: citizen.number, next: Int32(persons.count))
        if Int(index) == persons.count { persons.append(Person(id: citizen.number)) }
        latest = (citizen.number, index)
        return index
    }

    private mutating func index(of municipality: MunicipalityCode) -> UInt16 {
        let code = municipality.number
        if latestMunicipality.code == code { return latestMunicipality.index }
        let index = municipalityIndices[code] ?? UInt16(municipalities.count)
        if Int(index) == municipalities.count {
            municipalityIndices[code] = index
            municipalities.append(code)
        }
        latestMunicipality = (code, index)
        return index
    }
}

/// Where each citizen stands, by number. The numbers that a municipality gives out
/// lie close together, so those near the first one are found without hashing.
private struct PersonIndices: Sendable {
    private var base: Int64?
    /// By the distance from `base`; -1 where nobody has the number.
    private var near: [Int32] = []
    private var far: [Int64: Int32] = [:]

    /// The citizen's index, or `next`, which then becomes it.
    mutating func index(of citizen: Int64, next: Int32) -> Int32 {
        let base = base ?? citizen &- 1 << 18
        self.base = base
        let (distance, overflow) = citizen.subtractingReportingOverflow(base)
        guard !overflow, (0..<1 << 20).contains(distance) else {
            let known = far[citizen] ?? next
            if known == next { far[citizen] = next }
            return known
        }
        let place = Int(distance)
        if place >= near.count {
            near.append(contentsOf: repeatElement(-1, count: place + 1 - near.count))
        }
        if near[place] < 0 { near[place] = next }
        return near[place]
    }
}

/// Positions of enumeration cases, as the columns keep them.
enum Codes {
    /// The enumerations are short, so counting along them is as fast as a table.
    @inline(__always)
    static func position<Value: CaseIterable & Equatable>(_ value: Value) -> Int {
        var position = 0
        for other in Value.allCases {
            if other == value { return position }
            position += 1
        }
        return position
    }
}

extension RegisterBuilder {
    /// Adds everything that another builder was given.
    public mutating func add(_ other: consuming RegisterBuilder) {
        let places = other.municipalities.map { index(of: MunicipalityCode(number: $0)) }
        let positions = other.persons.map { person in
            let position = index(of: CitizenID(person.id))
            if person.source <= persons[Int(position)].source {
                persons[Int(position)] = person
            }
            return position
        }
        other.renumber(persons: positions, municipalities: places)
        for kind in FactKind.allCases {
            let rows = other.take(kind)
            let own = Codes.position(kind)
            if tables[own].isEmpty { tables[own] = rows } else { tables[own] += rows }
        }
        units += other.units
        contacts += other.contacts
        orders += other.orders
        referrals += other.referrals
        placements += other.placements
    }

    /// Puts the final positions of persons and municipalities in every row.
    mutating func renumber(persons: [Int32], municipalities places: [UInt16]) {
        for kind in tables.indices {
            for row in tables[kind].indices {
                tables[kind][row].person = persons[Int(tables[kind][row].person)]
                tables[kind][row].municipality = places[Int(tables[kind][row].municipality)]
            }
        }
        for row in units.indices { units[row].municipality = places[Int(units[row].municipality)] }
        for row in contacts.indices {
            contacts[row].municipality = places[Int(contacts[row].municipality)]
        }
        for row in orders.indices {
            orders[row].municipality = places[Int(orders[row].municipality)]
        }
        for row in referrals.indices {
            referrals[row].municipality = places[Int(referrals[row].municipality)]
        }
        for row in placements.indices {
            placements[row].municipality = places[Int(placements[row].municipality)]
        }
    }
}
