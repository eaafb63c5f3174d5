import Chronology
import Identifiers
import Registry

/// One of several parts that a run is computed in.
struct RunPart: Sendable {
    var persons: Range<Int>
    var isFirst: Bool
}

/// One request being computed: the register, and the request compiled into tables
/// that the kernels can look things up in.
struct Run {
    let register: Register
    let grid: Grid
    let selection: Selection
    let cells: Cells
    let filter: PopulationFilter
    let asOf: Int32
    /// Positions of the municipalities asked for; nil for all.
    private let asked: [Int]?
    /// The part of the run that this is: its persons, and whether it takes what is
    /// not about persons.
    var part: RunPart
    /// What the run's own tables are kept in.
    let arena: Arena

    init(_ register: Register, _ request: FigureRequest, periods: [Period], _ arena: Arena) {
        self.register = register
        filter = request.filter
        asOf = request.asOf.number
        self.arena = arena
        grid = Grid(periods, asOf: request.asOf, ages: request.filter.ages, arena)
        cells = Cells(request.groupBy, register)
        selection = Selection(
            request.filter, register, cutByAge: request.groupBy.contains(.ageBand), arena)
        part = RunPart(persons: 0..<register.persons, isFirst: true)
        asked = request.filter.municipalities.map { codes in
            register.municipalities.indices.filter { codes.contains(register.municipalities[$0]) }
        }
    }

    /// Calls `body` with every person of the filter who has rows in `table`, in a
    /// municipality of the filter, and the part of the group number that is the
    /// person's own.
    @inline(__always)
    func eachPerson(in table: PersonTable, _ body: (_ person: Int, _ base: Int) -> Void) {
        let (list, range) = holders(in: table)
        guard selection.picksPersons || cells.sex != 0 || cells.origin != 0 else {
            for index in range {
                let person = list.map { Int($0[index]) } ?? index
                if !table.rows(of: person).isEmpty { body(person, 0) }
            }
            return
        }
        let sexes = Sex.allCases.count
        let origins = OriginGroup.allCases.count
        for index in range {
            let person = list.map { Int($0[index]) } ?? index
            guard !table.rows(of: person).isEmpty, selection.holds(person, register) else {
                continue
            }
            let sex = min(Int(register.sex[person]), sexes)
            let origin = min(Int(register.origin[person]), origins)
            body(person, sex &* cells.sex &+ origin &* cells.origin)
        }
    }

    /// True when no filter and no cut asks about the persons themselves, and no
    /// municipality is asked for.
    var ignoresPersons: Bool {
        asked == nil && !selection.picksPersons && !selection.usesAge && cells.sex == 0
            && cells.origin == 0
    }

    /// Calls `body` with the rows of a table that are wanted, and their persons, where
    /// the request ignores persons: straight through the columns.
    @inline(__always)
    func eachRow(
        in table: PersonTable, where isWanted: (_ row: Int) -> Bool,
        _ body: (_ person: Int, _ row: Int) -> Void
    ) {
        var person = part.persons.lowerBound
        let rows = Int(table.offsets[person])..<Int(table.offsets[part.persons.upperBound])
        if let persons = table.person {
            for row in rows where isWanted(row) { body(Int(persons[row]), row) }
            return
        }
        for row in rows where isWanted(row) {
            while Int(table.offsets[person &+ 1]) <= row { person &+= 1 }
            body(person, row)
        }
    }

    /// The persons to look at: places in a list, or without one the persons' own
    /// positions.
    private func holders(in table: PersonTable) -> (Column<Int32>?, Range<Int>) {
        guard let asked else {
            guard let few = table.few else { return (nil, part.persons) }
            return (
                few,
                few.position(
                    of: part.persons.lowerBound)..<few.position(of: part.persons.upperBound)
            )
        }
        if asked.count == 1 { return (table.holders, table.holders(of: asked[0])) }
        var persons = Set<Int32>()
        for place in asked {
            for index in table.holders(of: place) { persons.insert(table.holders[index]) }
        }
        let list = arena.column(persons.sorted())
        return (list, 0..<list.count)
    }

    /// The cell of a person in a period, or nil when the age is not asked for.
    @inline(__always)
    func cell(_ person: Int, _ period: Int, _ group: Int) -> Int? {
        guard selection.usesAge else { return group &* grid.count &+ period }
        let born = register.born[person]
        guard grid.ages.contains(born: born, period) else { return nil }
        let age = cells.age == 0 ? 0 : grid.ageCode(born: born, period) &* cells.age
        return (group &+ age) &* grid.count &+ period
    }

    /// True when a span of days is a row of cells.
    @inline(__always)
    var countsRows: Bool { grid.isInRow && !selection.usesAge }

    /// Adds days times minutes in every period that shares days with a span. A person's
    /// spans come in the order of their starts.
    @inline(__always)
    func addDays<S: Sink>(
        _ start: Int32, _ end: Int32, minutes: Int64, _ side: Side, _ person: Int, _ group: Int,
        _ origin: Origin, into sink: inout S
    ) {
        if countsRows {
            guard let span = grid.span(start, end) else { return }
            return sink.addDays(span, of: group, person, side, minutes: minutes, origin)
        }
        grid.overlaps(start, end) { period, days in
            guard let cell = cell(person, period, group) else { return }
            let work = days &* minutes
            sink.add(
                cell, person, side == .numerator ? work : 0, side == .denominator ? work : 0,
                origin)
        }
    }

    /// Counts a person once in every period that shares days with a span. A person's
    /// spans come in the order of their starts.
    @inline(__always)
    func countOnce<S: Sink>(
        _ start: Int32, _ end: Int32, _ side: Side, _ person: Int, _ group: Int,
        _ origin: Origin, into sink: inout S
    ) {
        if countsRows {
            guard let span = grid.span(start, end) else { return }
            return sink.onceEach(span.periods, of: group, person, side, origin)
        }
        grid.overlaps(start, end) { period, _ in
            guard let cell = cell(person, period, group) else { return }
            sink.once(cell, person, side, origin)
        }
    }

    @inline(__always)
    func holds(place: UInt16) -> Bool { selection.places[Int(place)] }

    @inline(__always)
    func group(place: UInt16) -> Int { Int(place) &* cells.place }

    /// True when the atom is of the population, the filter and its place.
    @inline(__always)
    func holds(_ atom: Int, _ mask: PairMask) -> Bool {
        let atoms = register.atoms
        return mask.contains(Int(atoms.benefit[atom]), atoms.category[atom])
            && selection.holds(group: atoms.group[atom]) && holds(place: atoms.municipality[atom])
    }

    @inline(__always)
    func group(_ benefit: Int, _ category: UInt8, _ target: UInt8) -> Int {
        benefit &* cells.benefit &+ Int(category) &* cells.category &+ Int(target) &* cells.target
    }

    /// The group number of an atom's benefit, category, target group and place.
    @inline(__always)
    func group(atom: Int) -> Int {
        let atoms = register.atoms
        return group(Int(atoms.benefit[atom]), atoms.category[atom], atoms.group[atom])
            &+ group(place: atoms.municipality[atom])
    }

    /// The group number of a fact without a benefit of its own: that of the atom it
    /// fell under, or none.
    @inline(__always)
    func group(under atom: Int?, place: UInt16) -> Int {
        guard let atom else {
            return group(Atoms.noBenefit, Atoms.noCategory, Atoms.noGroup)
                &+ group(place: place)
        }
        let atoms = register.atoms
        return group(Int(atoms.benefit[atom]), atoms.category[atom], atoms.group[atom])
            &+ group(place: place)
    }

    /// Whether a fact that fell under this atom, or under none, is asked for.
    @inline(__always)
    func holds(under atom: Int?, place: UInt16, _ mask: PairMask) -> Bool {
        guard holds(place: place) else { return false }
        guard let atom else { return mask.everyone && selection.everyGroup }
        let atoms = register.atoms
        return mask.contains(Int(atoms.benefit[atom]), atoms.category[atom])
            && selection.holds(group: atoms.group[atom])
    }

    /// The atom that covers a day, of those that `isWanted` takes; with `orBefore`
    /// else the one that ended last before it. Of several on one day the first
    /// benefit in the code list wins.
    @inline(__always)
    func atom(
        of person: Int, on day: Int32, orBefore: Bool = false, where isWanted: (Int) -> Bool
    ) -> Int? {
        let atoms = register.atoms
        var covering: Int?
        var before: Int?
        for atom in atoms.table.rows(of: person) {
            if atoms.start[atom] > day { break }
            guard isWanted(atom) else { continue }
            if atoms.end[atom] >= day {
                if let best = covering, atoms.benefit[best] <= atoms.benefit[atom] { continue }
                covering = atom
            } else if before.map({ atoms.end[$0] < atoms.end[atom] }) ?? true {
                before = atom
            }
        }
        return covering ?? (orBefore ? before : nil)
    }

    func atom(of person: Int, on day: Int32, orBefore: Bool = false) -> Int? {
        atom(of: person, on: day, orBefore: orBefore, where: { _ in true })
    }

    /// True when no filter and no cut asks what benefit a fact fell under.
    var ignoresBenefits: Bool {
        filter.benefits == nil && filter.matchCategories == nil && filter.targetGroups == nil
            && cells.benefit == 0 && cells.category == 0 && cells.target == 0
    }

    /// The place of residence that covers a day.
    func residence(of person: Int, on day: Int32) -> Int? {
        let residences = register.residences
        let rows = residences.rows(of: person)
        if rows.count == 1 {
            let only = rows.lowerBound
            return residences.start[only] <= day && residences.end[only] >= day ? only : nil
        }
        return rows.last {
            residences.start[$0] <= day && residences.end[$0] >= day
        }
    }

    /// For each period the first day of the `months` that end with its last day.
    func windowStarts(months: Int) -> Column<Int32> {
        arena.column(count: grid.count) { period in
            Day(number: grid.ends[period] + 1).adding(months: -months).number
        }
    }

    /// A bit for each kind, by position.
    static func bits<Value: CaseIterable & Hashable>(_ kinds: Set<Value>) -> UInt32 {
        kinds.reduce(0) { $0 | 1 << UInt32(Codes.position($1)) }
    }

    /// Weekly minutes times days of ordinary paid work inside a span: 420 of them
    /// are an hour.
    func ordinaryWork(of person: Int, from: Int32, to: Int32) -> Int64 {
        let work = register.employments
        let ordinary = UInt8(Codes.position(EmploymentKind.ordinary))
        var sum: Int64 = 0
        for row in work.rows(of: person) where work.code[row] == ordinary {
            if work.start[row] > asOf { break }
            let days = min(to, work.end[row]) &- max(from, work.start[row]) &+ 1
            if days > 0 { sum &+= Int64(days) &* Int64(work.amount[row]) }
        }
        return sum
    }

    /// Whether any offer of these kinds shares a day with the span.
    func hasOffer(_ person: Int, _ kinds: UInt32, from: Int32, to: Int32) -> Bool {
        let offers = register.offers
        for row in offers.rows(of: person) {
            if offers.start[row] > to { break }
            if kinds & (1 << UInt32(offers.code[row])) != 0, offers.end[row] >= from {
                return true
            }
        }
        return false
    }
}

/// Weekly minutes times days that make an hour of paid work.
let minuteDaysPerHour: Int64 = 60 * 7
