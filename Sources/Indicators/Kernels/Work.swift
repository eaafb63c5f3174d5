import Chronology
import Registry

/// The months that the periods of a request are made of, for measures that are
/// decided month by month.
struct MonthsOfPeriods {
    let months: Grid
    /// The periods that each month is part of, month by month.
    private let owners: Column<Int>
    private let offsets: Column<Int>

    init(_ periods: [Period], asOf: Day, _ arena: Arena) {
        var owners: [Month: [Int]] = [:]
        for (position, period) in periods.enumerated() {
            for month in period.months where month.first <= asOf {
                owners[month, default: []].append(position)
            }
        }
        let ordered = owners.keys.sorted()
        months = Grid(ordered.map { .month($0) }, asOf: asOf, ages: nil, arena)
        let lists = ordered.map { owners[$0] ?? [] }
        self.owners = arena.column(lists.flatMap(\.self))
        offsets = arena.column(lists.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) })
    }

    @inline(__always)
    func eachOwner(of month: Int, _ body: (_ period: Int) -> Void) {
        for index in offsets[month]..<offsets[month + 1] { body(owners[index]) }
    }

    func ownerCount(of month: Int) -> Int { offsets[month + 1] - offsets[month] }
}

extension Run {
    /// Persons with ordinary paid hours in a month in which they were on the
    /// benefit.
    func paidHours<S: Sink>(_ rule: PaidHoursRule, into sink: inout S) {
        let mask = PairMask(rule.population, filter)
        let split = MonthsOfPeriods(grid.periods, asOf: Day(number: asOf), arena)
        let limit = rule.belowHours.map { Int64($0) * minuteDaysPerHour } ?? Int64.max
        let ordinary = UInt8(Codes.position(EmploymentKind.ordinary))
        let atoms = register.atoms
        let work = register.employments
        withUnsafeTemporaryAllocation(of: Int64.self, capacity: split.months.count) { hours in
            hours.initialize(repeating: 0)
            eachPerson(in: atoms.table) { person, base in
                guard atoms.held[person] & mask.benefits != 0 else { return }
                var worked = 0..<0
                for row in work.rows(of: person) where work.code[row] == ordinary {
                    if work.start[row] > asOf { break }
                    split.months.overlaps(work.start[row], work.end[row]) { month, days in
                        hours[month] &+= days &* Int64(work.amount[row])
                        worked =
                            worked.isEmpty
                            ? month..<(month &+ 1)
                            : min(worked.lowerBound, month)..<max(worked.upperBound, month &+ 1)
                    }
                }
                for atom in atoms.table.rows(of: person) where holds(atom, mask) {
                    if atoms.start[atom] > asOf { break }
                    let group = base &+ group(atom: atom)
                    let origin = Origin(.benefitSpell, atoms.id[atom])
                    if rule.isShare {
                        countOnce(
                            atoms.start[atom], atoms.end[atom], .denominator, person, group,
                            origin, into: &sink)
                    }
                    if worked.isEmpty { continue }
                    split.months.overlaps(atoms.start[atom], atoms.end[atom]) { month, _ in
                        guard hours[month] > 0, hours[month] < limit else { return }
                        split.eachOwner(of: month) { period in
                            guard let cell = cell(person, period, group) else { return }
                            if rule.isShare {
                                sink.onceWithin(cell, person, origin)
                            } else {
                                sink.once(cell, person, .numerator, origin)
                            }
                        }
                    }
                }
                for month in worked { hours[month] = 0 }
            }
        }
    }

    /// Residents with work on the period's last day.
    func inWork<S: Sink>(
        _ kinds: Set<EmploymentKind>, _ ages: ClosedRange<Int>, into sink: inout S
    ) {
        let wanted = Run.bits(kinds)
        let span = AgeSpan(grid.periods, ages, arena)
        let work = register.employments
        let homes = register.residences
        eachPerson(in: homes) { person, base in
            let born = register.born[person]
            guard span.mayContain(born: born) else { return }
            let isOfAge = !selection.usesAge && span.alwaysContains(born: born)
            // Few move, and then a job is a row of periods.
            let rows = homes.rows(of: person)
            let only = rows.count == 1 ? rows.lowerBound : nil
            for row in work.rows(of: person) where wanted & (1 << UInt32(work.code[row])) != 0 {
                if work.start[row] > asOf { break }
                let origin = Origin(.employment, work.id[row])
                if isOfAge, let only,
                    let periods = grid.ends(
                        in: max(work.start[row], homes.start[only]),
                        min(work.end[row], homes.end[only]))
                {
                    guard holds(place: homes.municipality[only]) else { return }
                    guard !periods.isEmpty else { continue }
                    let group = base &+ group(place: homes.municipality[only])
                    sink.onceEach(periods, of: group, person, .numerator, origin)
                    continue
                }
                grid.eachEnd(work.start[row], work.end[row]) { period in
                    guard span.contains(born: born, period),
                        let home = residence(of: person, on: grid.ends[period])
                    else { return }
                    let place = homes.municipality[home]
                    guard holds(place: place),
                        let cell = cell(person, period, base &+ group(place: place))
                    else { return }
                    sink.once(cell, person, .numerator, origin)
                }
            }
        }
    }

    /// The part of a fixed cohort that is wholly or partly self-supporting, month
    /// by month: no subsistence benefit at all, or ordinary paid hours beside it.
    func selfSupporting<S: Sink>(_ rule: SelfSupportRule, into sink: inout S) {
        let bases = Run.bits(rule.bases)
        let subsistence = Run.bits(rule.subsistence)
        let split = MonthsOfPeriods(grid.periods, asOf: Day(number: asOf), arena)
        let months = split.months
        let years = months.periods.map(\.range.start.year)
        let atoms = register.atoms
        eachPerson(in: register.residences) { person, base in
            // Unknown is 0xFF, which no basis has as its bit.
            guard bases & (1 << UInt32(register.basis[person] & 31)) != 0 else { return }
            let cohorts = cohortYears(person, rule.categories)
            if cohorts.isEmpty { return }
            for month in 0..<months.count where cohorts.contains(years[month]) {
                let from = months.starts[month]
                let to = months.ends[month]
                guard let home = residence(of: person, on: to),
                    holds(place: register.residences.municipality[home])
                else { continue }
                let isOnBenefit = atoms.table.rows(of: person).contains {
                    subsistence & (1 << UInt32(atoms.benefit[$0])) != 0 && atoms.start[$0] <= to
                        && atoms.end[$0] >= from
                }
                let hit = !isOnBenefit || ordinaryWork(of: person, from: from, to: to) > 0
                let group = base &+ group(place: register.residences.municipality[home])
                split.eachOwner(of: month) { period in
                    guard let cell = cell(person, period, group) else { return }
                    sink.add(
                        cell, person, hit ? 1 : 0, 1,
                        Origin(.citizen, register.citizen[person]))
                }
            }
        }
    }

    /// The years in which someone was in one of the categories at any time.
    private func cohortYears(_ person: Int, _ categories: Set<MatchCategory>) -> Set<Int> {
        let table = register.categories
        let wanted = Run.bits(categories)
        var years: Set<Int> = []
        for row in table.rows(of: person) where wanted & (1 << UInt32(table.code[row])) != 0 {
            if table.start[row] > asOf { break }
            let last = Day(number: min(table.end[row], asOf)).year
            for year in Day(number: table.start[row]).year...last { years.insert(year) }
        }
        return years
    }
}
