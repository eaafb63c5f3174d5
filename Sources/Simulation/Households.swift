import Chronology
import Registry

/// Who lives together: couples, single people, and children with parents. Drawn
/// when all comings and goings are known, from numbers of its own, so that it
/// changes nothing else.
struct Households {
    private(set) var memberships: [HouseholdMembership] = []
    /// The adult whose family name a child bears.
    private(set) var namesakes: [Int: Int] = [:]
    private let people: [Person]
    private let citizens: [Citizen]
    private let plan: Calibration.Households
    private let start: Day
    private let through: Day
    private var random: Randomness
    /// By person: the home, or -1 outside any, since when, and as what.
    private var home: [Int]
    private var since: [Day]
    private var role: [HouseholdRole]
    /// By person: the first day away from the parents.
    private var independent: [Day]
    private var adults: [[Int]] = []
    private var children: [[Int]] = []

    private struct Event {
        var day: Day
        var who: Int
        var kind: Kind
        enum Kind { case enters, comesOfAge, movesOut, leaves }
    }

    init(_ world: World) {
        people = world.people
        citizens = world.truth.citizens
        plan = world.data.households
        start = world.start
        through = world.through
        random = Randomness(
            seed: world.configuration.seed, stream: UInt64(world.level.code) << 20 | 1)
        home = Array(repeating: -1, count: people.count)
        since = Array(repeating: Person.never, count: people.count)
        role = Array(repeating: .adult, count: people.count)
        independent = Array(repeating: Person.never, count: people.count)
        for who in people.indices where eighteen(who) > max(people[who].entered, start - 6 * 365) {
            independent[who] =
                eighteen(who) + random.whole(0, (plan.leavesHome.high - 18) * 365)
        }
    }

    /// Draws the memberships from the first day to the last.
    mutating func live(_ months: [Month]) {
        settle()
        var events = Array(repeating: [Event](), count: months.count)
        func note(_ day: Day, _ who: Int, _ kind: Event.Kind) {
            guard day > start, day <= through else { return }
            events[Month(containing: day) - months[0]].append(
                Event(day: day, who: who, kind: kind))
        }
        for who in people.indices {
            note(people[who].entered, who, .enters)
            note(eighteen(who), who, .comesOfAge)
            note(independent[who], who, .movesOut)
            note(people[who].leaves, who, .leaves)
        }
        for (index, month) in months.enumerated() {
            events[index].sort { ($0.day, $0.who) < ($1.day, $1.who) }
            for event in events[index] { happen(event) }
            mingle(min(through, month.last))
        }
        for who in people.indices where home[who] >= 0 { record(who, nil) }
    }

    private func eighteen(_ who: Int) -> Day { people[who].born.adding(months: 18 * 12) }
    private func isForeign(_ who: Int) -> Bool { citizens[who].origin != .danish }

    private mutating func happen(_ event: Event) {
        let who = event.who
        switch event.kind {
        case .enters: arrive(who, event.day)
        case .comesOfAge:
            guard home[who] >= 0, role[who] == .child else { return }
            let here = home[who]
            part(who, event.day - 1)
            join(who, here, event.day)
        case .movesOut:
            guard home[who] >= 0, adults[home[who]].count > 1 else { return }
            part(who, event.day - 1)
            join(who, newHome(), event.day)
        case .leaves:
            guard home[who] >= 0 else { return }
            let left = home[who]
            part(who, event.day)
            guard adults[left].isEmpty else { return }
            // Relatives take in the children of one who dies or goes away alone.
            for child in children[left] {
                part(child, event.day)
                guard people[child].leaves > event.day else { continue }
                join(child, parents(of: child, on: event.day + 1), event.day + 1)
            }
        }
    }

    private mutating func arrive(_ who: Int, _ day: Day) {
        guard eighteen(who) <= day else {
            return join(who, parents(of: who, on: day), day)
        }
        if random.chance(plan.arriveTogether) {
            for _ in 0..<60 {
                let other = random.below(people.count)
                guard isSingle(other), since[other] <= day, fit(who, other) else { continue }
                return join(who, home[other], day)
            }
        }
        join(who, newHome(), day)
    }

    private mutating func newHome() -> Int {
        adults.append([])
        children.append([])
        return adults.count - 1
    }

    private mutating func join(_ who: Int, _ place: Int, _ day: Day) {
        home[who] = place
        since[who] = day
        role[who] = eighteen(who) <= day ? .adult : .child
        if role[who] == .adult { adults[place].append(who) } else { children[place].append(who) }
    }

    private mutating func part(_ who: Int, _ last: Day) {
        record(who, last)
        adults[home[who]].removeAll { $0 == who }
        children[home[who]].removeAll { $0 == who }
        home[who] = -1
    }

    private mutating func record(_ who: Int, _ last: Day?) {
        memberships.append(
            HouseholdMembership(
                id: FactID(0), citizen: citizens[who].id,
                household: HouseholdID(Int64(home[who]) + 1), role: role[who], start: since[who],
                end: last))
    }

    /// The only grown-up of a home, and nobody's child there.
    private func isSingle(_ who: Int) -> Bool {
        home[who] >= 0 && role[who] == .adult && adults[home[who]].count == 1
    }

    private func fit(_ one: Int, _ other: Int) -> Bool {
        people[one].sex != people[other].sex
            && abs(people[one].born - people[other].born) < plan.yearsApart * 365
    }
}

extension Households {
    /// The homes of the first day.
    private mutating func settle() {
        let here = people.indices.filter { people[$0].lives(on: start) }
        let (own, young) = here.reduce(into: ([Int](), [Int]())) { lists, who in
            let away = eighteen(who) <= start && independent[who] <= start
            if away { lists.0.append(who) } else { lists.1.append(who) }
        }
        let shares = plan.couples.compactMap { key, share in Int(key).map { ($0, share) } }
        var seeking: [Sex: [(born: Int, who: Int)]] = [:]
        var alone: [Int] = []
        for who in own {
            let age = people[who].years(on: start)
            let share = shares.filter { $0.0 <= age }.max { $0.0 < $1.0 }?.1 ?? 0
            if random.chance(share / 100) {
                let near = people[who].born - start + random.whole(-700, 700)
                seeking[people[who].sex, default: []].append((near, who))
            } else {
                alone.append(who)
            }
        }
        pair(seeking[.female] ?? [], seeking[.male] ?? [], &alone)
        for who in alone {
            join(who, newHome(), max(people[who].entered, eighteen(who)))
        }
        for who in young {
            let place = parents(of: who, on: start)
            let adult = eighteen(who) <= start ? eighteen(who) : people[who].born
            let settled = adults[place].map { since[$0] }.max() ?? people[who].entered
            join(who, place, max(people[who].entered, adult, settled))
        }
    }

    /// Pairs people of like age; those who find nobody join the list of those alone.
    private mutating func pair(
        _ women: [(born: Int, who: Int)], _ men: [(born: Int, who: Int)], _ alone: inout [Int]
    ) {
        var women = women.sorted { $0 < $1 }[...]
        var men = men.sorted { $0 < $1 }[...]
        while let woman = women.first, let man = men.first {
            if fit(woman.who, man.who) {
                let place = newHome()
                let day = [woman.who, man.who].map { max(people[$0].entered, eighteen($0)) }.max()
                for who in [woman.who, man.who] { join(who, place, day ?? start) }
                women.removeFirst()
                men.removeFirst()
            } else if woman.born < man.born {
                alone.append(woman.who)
                women.removeFirst()
            } else {
                alone.append(man.who)
                men.removeFirst()
            }
        }
        alone += women.map(\.who) + men.map(\.who)
    }

    /// A home where the child can grow up, with adults of the age of parents.
    private mutating func parents(of child: Int, on day: Day) -> Int {
        for attempt in 0..<400 {
            let who = random.below(people.count)
            guard canRaise(who, child, on: day),
                attempt > 250 || isForeign(who) == isForeign(child),
                adults[home[who]].count > 1 || random.chance(plan.singleParents)
            else { continue }
            return take(child, into: who)
        }
        if let who = people.indices.first(where: { canRaise($0, child, on: day) }) {
            return take(child, into: who)
        }
        return newHome()
    }

    private mutating func take(_ child: Int, into who: Int) -> Int {
        if namesakes[child] == nil { namesakes[child] = who }
        return home[who]
    }

    private func canRaise(_ who: Int, _ child: Int, on day: Day) -> Bool {
        guard home[who] >= 0, role[who] == .adult, independent[who] <= day, since[who] <= day,
            people[who].leaves >= day
        else { return false }
        let years = (people[child].born - people[who].born) / 365
        return years >= plan.parents.from && years <= plan.parents.to
    }

    /// Couples that part, and single people who move in with each other, on the
    /// last day of a month.
    private mutating func mingle(_ day: Day) {
        let couples = adults.indices.filter { place in
            adults[place].count == 2 && fit(adults[place][0], adults[place][1])
        }
        for _ in 0..<random.poisson(Double(couples.count) * plan.separations / 12) {
            let place = couples[random.below(couples.count)]
            guard adults[place].count == 2 else { continue }
            move(adults[place][1], to: newHome(), day)
        }
        let single = people.indices.filter { isSingle($0) }
        for _ in 0..<random.poisson(Double(single.count) * plan.meetings / 24) {
            let one = single[random.below(single.count)]
            guard isSingle(one), since[one] < day else { continue }
            for _ in 0..<30 {
                let other = single[random.below(single.count)]
                guard isSingle(other), since[other] < day, fit(one, other) else { continue }
                let brought = children[home[other]]
                move(other, to: home[one], day)
                for child in brought { move(child, to: home[one], day) }
                break
            }
        }
    }

    private mutating func move(_ who: Int, to place: Int, _ day: Day) {
        // One who came this very day leaves no trace here.
        part(who, day - 1)
        join(who, place, day)
    }
}
