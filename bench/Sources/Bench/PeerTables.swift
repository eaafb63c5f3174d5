import Chronology
import Identifiers
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
        var unit: Int64 = 0
    }
    /// A production unit while it had so many employees.
    private struct Unit {
        var number: Int64
        var company: Int64
        var employees: Int32
        var start: Int32
        var end: Int32
        var municipality: UInt16
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
    private var basis: [UInt8] = []
    private var spells: [Span] = []
    private var categories: [Int32: [Span]] = [:]
    private var offers: [Span] = []
    private var employments: [Span] = []
    private var residences: [Span] = []
    private var exemptions: [Span] = []
    private var enrolments: [Span] = []
    private var educations: [Span] = []
    private var conversations: [Event] = []
    private var complaints: [Event] = []
    private var feedback: [Event] = []
    private var contacts: [Event] = []
    private var units: [Unit] = []
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
        case .citizen(let row):
            let number = Int(number(row.id))
            born[number] = row.born.number
            basis[number] = row.residenceBasis.map { code($0) } ?? 255
        case .residence(let row): residences.append(span(row, place))
        case .benefitSpell(let row):
            spells.append(span(row, place, code(row.benefit), row.degree.minutes))
        case .matchCategory(let row):
            let span = span(row, place, code(row.category))
            categories[span.person, default: []].append(span)
        case .offer(let row):
            offers.append(span(row, place, code(row.kind), row.weekly.minutes, row.unit))
        case .employment(let row):
            employments.append(
                span(row, place, code(row.kind), row.weekly.minutes, row.unit))
        case .exemption(let row): exemptions.append(span(row, place))
        case .enrolment(let row): enrolments.append(span(row, place))
        case .education(let row):
            educations.append(span(row, place, row.level.isQualifying ? 1 : 0))
        case .conversation(let row):
            conversations.append(event(row.citizen, row.day, place, code(row.status)))
        case .complaint(let row): complaints.append(event(row.citizen, row.received, place, 0))
        case .feedback(let row):
            feedback.append(event(row.citizen, row.day, place, UInt8(row.overall)))
        default: addBusiness(fact, place)
        }
    }

    private mutating func addBusiness(_ fact: Fact, _ place: UInt16) {
        switch fact {
        case .productionUnit(let row):
            units.append(
                Unit(
                    number: row.number.number, company: row.company.number,
                    employees: Int32(row.employees), start: row.start.number,
                    end: (row.end ?? .openEnd).number, municipality: place))
        case .companyContact(let row):
            contacts.append(
                Event(
                    person: -1, day: row.day.number, code: row.status == .held ? 1 : 0,
                    municipality: place))
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
        basis.append(255)
        return number
    }

    private mutating func span(
        _ row: some CitizenPeriod, _ place: UInt16, _ code: UInt8 = 0, _ minutes: Int32 = 0,
        _ unit: ProductionUnitNumber? = nil
    ) -> Span {
        Span(
            person: number(row.citizen), code: code, start: row.start.number,
            end: (row.end ?? .openEnd).number, minutes: minutes, municipality: place,
            unit: unit?.number ?? 0)
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
        try write(pieces.map(\.0), to: spells, code: "benefit", [.place, .minutes])
        try spells.write("category", pieces.map(\.1))
        let matches = categories.keys.sorted().flatMap { categories[$0] ?? [] }
        try write(matches, to: folder.folder("matches"), code: "category", [])
        try write(offers, to: folder.folder("offers"), code: "kind", [.place, .minutes, .unit])
        try write(employments, to: folder.folder("employments"), code: "kind", [.minutes, .unit])
        try write(residences, to: folder.folder("residences"), code: nil, [.place])
        try write(exemptions, to: folder.folder("exemptions"), code: nil, [])
        try write(enrolments, to: folder.folder("enrolments"), code: nil, [])
        try write(educations, to: folder.folder("educations"), code: "qualifying", [])
        let persons = try folder.folder("persons")
        try persons.write("born", born)
        try persons.write("basis", basis)
        try write(conversations, to: folder.folder("conversations"), code: "status")
        try write(complaints, to: folder.folder("complaints"), code: nil)
        try write(feedback, to: folder.folder("feedback"), code: "overall")
        try write(contacts, to: folder.folder("contacts"), code: "held")
        try writeBusinesses(to: folder)
    }

    private func writeBusinesses(to folder: ColumnFolder) throws {
        let premises = try folder.folder("units")
        try premises.write("number", units.map(\.number))
        try premises.write("company", units.map(\.company))
        try premises.write("employees", units.map(\.employees))
        try premises.write("start", units.map(\.start))
        try premises.write("end", units.map(\.end))
        try premises.write("municipality", units.map(\.municipality))
        let ordered = try folder.folder("orders")
        try ordered.write("created", orders.map(\.created))
        try ordered.write("positions", orders.map(\.positions))
        try ordered.write("municipality", orders.map(\.municipality))
        let referred = try folder.folder("referrals")
        try referred.write("order", referrals.map(\.order))
        try write(referrals, to: referred)
        let placed = try folder.folder("placements")
        try placed.write("order", placements.map(\.order))
        try write(placements, to: placed)
        try placed.write("terms", placements.map(\.code))
    }

    private func write(_ events: [Event], to table: ColumnFolder, code: String?) throws {
        try write(events, to: table)
        if let code { try table.write(code, events.map(\.code)) }
        try table.write("municipality", events.map(\.municipality))
    }

    private func write(_ events: [Event], to table: ColumnFolder) throws {
        try table.write("person", events.map(\.person))
        try table.write("day", events.map(\.day))
    }

    private enum Extra { case place, minutes, unit }

    private func write(
        _ rows: [Span], to table: ColumnFolder, code: String?, _ extras: Set<Extra>
    ) throws {
        try table.write("person", rows.map(\.person))
        try table.write("start", rows.map(\.start))
        try table.write("end", rows.map(\.end))
        if let code { try table.write(code, rows.map(\.code)) }
        if extras.contains(.place) { try table.write("municipality", rows.map(\.municipality)) }
        if extras.contains(.minutes) { try table.write("minutes", rows.map(\.minutes)) }
        if extras.contains(.unit) { try table.write("unit", rows.map(\.unit)) }
    }
}
