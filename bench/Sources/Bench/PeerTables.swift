import Chronology
import Registry

/// The register's facts as the peers' tables.
struct PeerTables {
    private struct Span {
        var person: Int32
        var code: UInt8 = 0
        var start: Int32
        var end: Int32
        var minutes: Int32 = 0
        var municipality: UInt16 = 0
    }
    private struct Event {
        var order: Int32 = 0
        var person: Int32
        var day: Int32
        var code: UInt8 = 0
        var municipality: UInt16 = 0
    }

    private var numbers: [Int64: Int32] = [:]
    private var born: [Int32] = []
    private var spells: [Span] = []
    private var categories: [Int32: [Span]] = [:]
    private var offers: [Span] = []
    private var employments: [Span] = []
    private var residences: [Span] = []
    private var conversations: [Event] = []
    private var orders: [(created: Int32, positions: Int32, municipality: UInt16)] = []
    private var orderNumbers: [Int64: Int32] = [:]
    private var referrals: [Event] = []
    private var placements: [Event] = []

    /// Adds all facts of one municipality.
    mutating func add(_ facts: [Fact], _ municipality: UInt16) {
        orderNumbers.removeAll(keepingCapacity: true)
        // An order's number must be known before what hangs on it.
        for fact in facts {
            guard case .jobOrder(let order) = fact else { continue }
            orderNumbers[order.id.number] = Int32(orders.count)
            orders.append((order.created.number, Int32(order.positions), municipality))
        }
        for fact in facts { add(fact, municipality) }
    }

    private mutating func add(_ fact: Fact, _ place: UInt16) {
        switch fact {
        case .citizen(let row): born[Int(number(row.id))] = row.born.number
        case .residence(let row): residences.append(span(row, place))
        case .benefitSpell(let row):
            spells.append(span(row, place, code(row.benefit), row.degree.minutes))
        case .matchCategory(let row):
            let span = span(row, place, code(row.category))
            categories[span.person, default: []].append(span)
        case .offer(let row): offers.append(span(row, place, code(row.kind), row.weekly.minutes))
        case .employment(let row):
            employments.append(span(row, place, code(row.kind), row.weekly.minutes))
        case .conversation(let row):
            conversations.append(event(row.citizen, row.day, place, code(row.status)))
        case .referral(let row):
            var event = event(row.citizen, row.day, place, 0)
            event.order = orderNumbers[row.order.number] ?? -1
            referrals.append(event)
        case .placement(let row):
            var event = event(row.citizen, row.day, place, code(row.terms))
            event.order = orderNumbers[row.order.number] ?? -1
            placements.append(event)
        default: break
        }
    }

    private func code<Value: CaseIterable & Equatable>(_ value: Value) -> UInt8 {
        UInt8(Array(Value.allCases).firstIndex(of: value) ?? 255)
    }

    private mutating func number(_ citizen: CitizenID) -> Int32 {
        if let known = numbers[citizen.number] { return known }
        let number = Int32(born.count)
        numbers[citizen.number] = number
        born.append(Int32.max)
        return number
    }

    private mutating func span(
        _ row: some CitizenPeriod, _ place: UInt16, _ code: UInt8 = 0, _ minutes: Int32 = 0
    ) -> Span {
        Span(
            person: number(row.citizen), code: code, start: row.start.number,
            end: (row.end ?? .openEnd).number, minutes: minutes, municipality: place)
    }

    private mutating func event(
        _ citizen: CitizenID, _ day: Day, _ place: UInt16, _ code: UInt8
    ) -> Event {
        Event(person: number(citizen), day: day.number, code: code, municipality: place)
    }

    /// The spells cut where the match category changes; 4 stands for none.
    private func pieces() -> [(Span, UInt8)] {
        var pieces: [(Span, UInt8)] = []
        for spell in spells {
            let periods = (categories[spell.person] ?? []).sorted { $0.start < $1.start }
            var edges: Set<Int32> = [spell.start]
            for edge in periods.flatMap({ [$0.start, $0.end + 1] })
            where spell.start < edge && edge <= spell.end {
                edges.insert(edge)
            }
            let days = edges.sorted()
            for (index, day) in days.enumerated() {
                let current = periods.last { $0.start <= day && day <= $0.end }
                let category = current?.code ?? UInt8(MatchCategory.allCases.count)
                var piece = spell
                piece.start = day
                piece.end = index + 1 < days.count ? days[index + 1] - 1 : spell.end
                if index > 0, let last = pieces.last, last.1 == category {
                    pieces[pieces.count - 1].0.end = piece.end
                } else {
                    pieces.append((piece, category))
                }
            }
        }
        return pieces
    }

    func write(to folder: ColumnFolder) throws {
        let pieces = pieces()
        let spells = try folder.folder("spells")
        try write(pieces.map(\.0), to: spells, code: "benefit", hasPlace: true, hasMinutes: true)
        try spells.write("category", pieces.map(\.1))
        try write(
            offers, to: folder.folder("offers"), code: "kind", hasPlace: true, hasMinutes: true)
        try write(
            employments, to: folder.folder("employments"), code: "kind", hasPlace: false,
            hasMinutes: true)
        try write(
            residences, to: folder.folder("residences"), code: nil, hasPlace: true,
            hasMinutes: false)
        try folder.folder("persons").write("born", born)
        let talks = try folder.folder("conversations")
        try talks.write("person", conversations.map(\.person))
        try talks.write("day", conversations.map(\.day))
        try talks.write("status", conversations.map(\.code))
        try talks.write("municipality", conversations.map(\.municipality))
        let ordered = try folder.folder("orders")
        try ordered.write("created", orders.map(\.created))
        try ordered.write("positions", orders.map(\.positions))
        try ordered.write("municipality", orders.map(\.municipality))
        try write(referrals, to: folder.folder("referrals"))
        let placed = try folder.folder("placements")
        try write(placements, to: placed)
        try placed.write("terms", placements.map(\.code))
    }

    private func write(_ events: [Event], to table: ColumnFolder) throws {
        try table.write("order", events.map(\.order))
        try table.write("person", events.map(\.person))
        try table.write("day", events.map(\.day))
    }

    private func write(
        _ rows: [Span], to table: ColumnFolder, code: String?, hasPlace: Bool, hasMinutes: Bool
    ) throws {
        try table.write("person", rows.map(\.person))
        try table.write("start", rows.map(\.start))
        try table.write("end", rows.map(\.end))
        if let code { try table.write(code, rows.map(\.code)) }
        if hasPlace { try table.write("municipality", rows.map(\.municipality)) }
        if hasMinutes { try table.write("minutes", rows.map(\.minutes)) }
    }
}
