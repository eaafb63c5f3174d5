import Chronology
import Registry

/// Companies, contacts with them and their orders, as the kernels read them.
struct Businesses: Sendable {
    /// One company's units in one municipality.
    struct Presence: Sendable {
        var company: Int64
        var municipality: UInt16
        var units: Range<Int>
    }
    struct Unit: Sendable {
        var employees: Int64
        var start: Int32
        var end: Int32
    }
    /// A day on which a company cooperates: an offer or an employment there.
    struct Cooperation: Sendable {
        var presence: Int32
        var start: Int32
        var end: Int32
        /// Position in `OfferKind.allCases`, or `employmentBase` plus the
        /// position in `EmploymentKind.allCases`.
        var kind: UInt8
    }
    struct Order: Sendable {
        var municipality: UInt16
        var id: Int64
        var created: Int32
        var positions: Int64
        var referrals: Range<Int>
        var placements: Range<Int>
    }
    struct Event: Sendable {
        var citizen: Int64
        var day: Int32
        var terms: UInt8
    }

    static let employmentBase = UInt8(64)

    let presences: [Presence]
    let units: [Unit]
    let cooperations: [Cooperation]
    let orders: [Order]
    let referrals: [Event]
    let placements: [Event]
    let contacts: [RegisterBuilder.Contact]

    private struct Key: Hashable {
        var municipality: UInt16
        var number: Int64
    }

    init(_ staged: RegisterBuilder, offers: PersonTable, employments: PersonTable) {
        let sorted = staged.units.sorted {
            ($0.municipality, $0.company, $0.number, $0.start)
                < ($1.municipality, $1.company, $1.number, $1.start)
        }
        units = sorted.map { Unit(employees: $0.employees, start: $0.start, end: $0.end) }
        var presences: [Presence] = []
        var places: [Int64: [Int32]] = [:]
        for (position, unit) in sorted.enumerated() {
            if let last = presences.last, last.company == unit.company,
                last.municipality == unit.municipality
            {
                presences[presences.count - 1].units = last.units.lowerBound..<(position + 1)
            } else {
                presences.append(
                    Presence(
                        company: unit.company, municipality: unit.municipality,
                        units: position..<(position + 1)))
            }
            let presence = Int32(presences.count - 1)
            if places[unit.number]?.last != presence {
                places[unit.number, default: []].append(presence)
            }
        }
        self.presences = presences
        cooperations =
            Businesses.cooperations(offers, places, base: 0)
            + Businesses.cooperations(employments, places, base: Businesses.employmentBase)
        let byOrder = { (events: [RegisterBuilder.OrderEvent]) in
            events.sorted {
                ($0.municipality, $0.order, $0.day, $0.citizen)
                    < ($1.municipality, $1.order, $1.day, $1.citizen)
            }
        }
        let referrals = byOrder(staged.referrals)
        let placements = byOrder(staged.placements)
        let referralRanges = Businesses.ranges(referrals)
        let placementRanges = Businesses.ranges(placements)
        orders = staged.orders.sorted { ($0.municipality, $0.id) < ($1.municipality, $1.id) }.map {
            let key = Key(municipality: $0.municipality, number: $0.id)
            return Order(
                municipality: $0.municipality, id: $0.id, created: $0.created,
                positions: $0.positions, referrals: referralRanges[key] ?? 0..<0,
                placements: placementRanges[key] ?? 0..<0)
        }
        self.referrals = referrals.map { Event(citizen: $0.citizen, day: $0.day, terms: $0.terms) }
        self.placements = placements.map {
            Event(citizen: $0.citizen, day: $0.day, terms: $0.terms)
        }
        contacts = staged.contacts.sorted {
            ($0.municipality, $0.day, $0.id) < ($1.municipality, $1.day, $1.id)
        }
    }

    private static func ranges(_ events: [RegisterBuilder.OrderEvent]) -> [Key: Range<Int>] {
        var ranges: [Key: Range<Int>] = [:]
        for (position, event) in events.enumerated() {
            let key = Key(municipality: event.municipality, number: event.order)
            ranges[key] = (ranges[key]?.lowerBound ?? position)..<(position + 1)
        }
        return ranges
    }

    private static func cooperations(
        _ table: PersonTable, _ places: [Int64: [Int32]], base: UInt8
    ) -> [Cooperation] {
        var found: [Cooperation] = []
        for row in 0..<table.start.count where table.unit[row] != 0 {
            for presence in places[table.unit[row]] ?? [] {
                found.append(
                    Cooperation(
                        presence: presence, start: table.start[row], end: table.end[row],
                        kind: base + table.code[row]))
            }
        }
        return found
    }
}
