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
    struct Cooperation: BitwiseCopyable, Sendable {
        var presence: Int32
        var start: Int32
        var end: Int32
        /// Position in `OfferKind.allCases`, or `employmentBase` plus the
        /// position in `EmploymentKind.allCases`.
        var kind: UInt8
    }
    struct Order: BitwiseCopyable, Sendable {
        var municipality: UInt16
        var id: Int64
        var created: Int32
        var positions: Int64
        /// The first day on which someone had been referred, on which someone
        /// referred had been hired, and on which someone had been hired on terms of
        /// their own; `Day.openEnd` for never.
        var referred = Day.openEnd.number
        var filled = Day.openEnd.number
        var matched = Day.openEnd.number
    }

    /// Kinds of employment come after those of offers.
    static let employmentBase = OfferKind.allCases.count

    let presences: [Presence]
    let units: [Unit]
    /// Presence by presence, and of each in the order of their starts.
    let cooperations: Column<Cooperation>
    private let cooperationOffsets: Column<Int32>
    let orders: Column<Order>
    let contacts: [RegisterBuilder.Contact]

    private struct Key: Hashable {
        var municipality: UInt16
        var number: Int64
    }

    init(
        _ staged: RegisterBuilder, offers: PersonTable, employments: PersonTable, _ arena: Arena
    ) {
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
        let events =
            (Businesses.cooperations(offers, places, base: 0)
            + Businesses.cooperations(employments, places, base: Businesses.employmentBase))
            .sorted { ($0.presence, $0.start) < ($1.presence, $1.start) }
        var offsets = [Int32](repeating: 0, count: presences.count + 1)
        for event in events { offsets[Int(event.presence) + 1] += 1 }
        for presence in presences.indices { offsets[presence + 1] += offsets[presence] }
        cooperations = arena.column(events)
        cooperationOffsets = arena.column(offsets)
        orders = arena.column(Businesses.orders(staged))
        contacts = staged.contacts.sorted {
            ($0.municipality, $0.day, $0.id) < ($1.municipality, $1.day, $1.id)
        }
    }

    @inline(__always)
    func cooperations(of presence: Int) -> Range<Int> {
        Int(cooperationOffsets[presence])..<Int(cooperationOffsets[presence + 1])
    }

    private static func orders(_ staged: RegisterBuilder) -> [Order] {
        let own: [UInt8] = [.flexJob, .ordinary].map {
            (kind: EmploymentKind) in UInt8(Codes.position(kind))
        }
        func byOrder(_ events: [RegisterBuilder.OrderEvent]) -> [Key: [RegisterBuilder.OrderEvent]]
        {
            Dictionary(grouping: events) { Key(municipality: $0.municipality, number: $0.order) }
        }
        let referrals = byOrder(staged.referrals)
        let placements = byOrder(staged.placements)
        return staged.orders.sorted { ($0.municipality, $0.id) < ($1.municipality, $1.id) }.map {
            let key = Key(municipality: $0.municipality, number: $0.id)
            var order = Order(
                municipality: $0.municipality, id: $0.id, created: $0.created,
                positions: $0.positions)
            let referred = referrals[key] ?? []
            for referral in referred { order.referred = min(order.referred, referral.day) }
            for placement in placements[key] ?? [] {
                if own.contains(placement.terms) {
                    order.matched = min(order.matched, placement.day)
                }
                for referral in referred where referral.citizen == placement.citizen {
                    order.filled = min(order.filled, max(referral.day, placement.day))
                }
            }
            return order
        }
    }

    private static func cooperations(
        _ table: PersonTable, _ places: [Int64: [Int32]], base: Int
    ) -> [Cooperation] {
        var found: [Cooperation] = []
        for row in 0..<table.start.count where table.unit[row] != 0 {
            for presence in places[table.unit[row]] ?? [] {
                found.append(
                    Cooperation(
                        presence: presence, start: table.start[row], end: table.end[row],
                        kind: UInt8(base) + table.code[row]))
            }
        }
        return found
    }
}
