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
    /// A referral, or a placement with its terms.
    struct OrderEvent: Sendable {
        var municipality: UInt16
        var order: Int64
        var citizen: Int64
        var day: Int32
        var terms: UInt8
    }

    private var indices: [Int64: Int32] = [:]
    private var latest: (id: Int64, index: Int32) = (.min, 0)
    private var municipalityIndices: [Int32: UInt16] = [:]
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
        case .citizen(let citizen): add(citizen, municipality.number)
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
        default: break
        }
    }

    private mutating func add(_ citizen: Citizen, _ municipality: Int32) {
        let person = Int(index(of: citizen.id))
        guard municipality <= persons[person].source else { return }
        persons[person] = Person(
            id: citizen.id.number, born: citizen.born.number,
            sex: UInt8(Codes.position(citizen.sex)), origin: UInt8(Codes.position(citizen.origin)),
            basis: citizen.residenceBasis.map { UInt8(Codes.position($0)) } ?? 0xFF,
            source: municipality)
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
        let index: Int32
        if let known = indices[citizen.number] {
            index = known
        } else {
            index = Int32(persons.count)
            indices[citizen.number] = index
            persons.append(Person(id: citizen.number))
        }
        latest = (citizen.number, index)
        return index
    }

    private mutating func index(of municipality: MunicipalityCode) -> UInt16 {
        if let known = municipalityIndices[municipality.number] { return known }
        let index = UInt16(municipalities.count)
        municipalityIndices[municipality.number] = index
        municipalities.append(municipality.number)
        return index
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
