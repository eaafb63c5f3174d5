import Chronology
import Identifiers
import Registry
import Simulation

/// A made-up municipality's job shops with those who came, an event that was held, one that is
/// to come and an industry package, so that they can be tried. Everything is drawn with the
/// simulation's seed.
struct EventsMadeUp {
    private let truth: Truth
    private let begins: Day
    private var random: Randomness
    private var made: [Registration] = []
    private var stands: Int64 = 0
    private var signUps: Int64 = 0
    private var seats: Int64 = 0

    static func registrations(of truth: Truth, from begins: Day, seed: UInt64) -> [Registration] {
        var maker = EventsMadeUp(truth: truth, from: begins, seed: seed)
        maker.keepShops()
        maker.holdEvents()
        return maker.made
    }

    private init(truth: Truth, from begins: Day, seed: UInt64) {
        self.truth = truth
        self.begins = begins
        random = Randomness(
            seed: seed ^ UInt64(truth.municipality.number) << 32, stream: 0xE7E7)
    }

    private mutating func add(_ fact: Fact, on day: Day) {
        guard begins <= day, day <= truth.through else { return }
        made.append(
            Registration(municipality: truth.municipality, recordedOn: day, fact: fact))
    }

    /// Those who sought work on a day, by the benefits that ask for it.
    private func seeking(on day: Day) -> [CitizenID] {
        let benefits: Set<Benefit> = [
            .unemploymentBenefit, .cashBenefit, .selfSupportAllowance, .educationAid,
        ]
        let found = truth.spells.filter { benefits.contains($0.benefit) && $0.holds(on: day) }
        let here = Set(truth.residences.filter { $0.holds(on: day) }.map(\.citizen))
        return Set(found.map(\.citizen)).intersection(here).sorted()
    }

    private mutating func some(_ count: Int, of citizens: [CitizenID]) -> [CitizenID] {
        var left = citizens
        return (0..<min(count, left.count)).map { _ in left.remove(at: random.below(left.count)) }
    }

    // MARK: Job shops

    private mutating func keepShops() {
        let opened = max(begins, truth.through.adding(months: -10))
        let week = [1, 2, 4].map { OpenHours(weekday: $0, opens: 600, closes: 960) }
        let names = [
            ("Jobbutikken i bycentret", week + [OpenHours(weekday: 5, opens: 600, closes: 780)]),
            ("Jobbutikken på biblioteket", [OpenHours(weekday: 3, opens: 720, closes: 1_080)]),
        ]
        var number: Int64 = 0
        for (place, (name, hours)) in names.enumerated() {
            let shop = FactID(Int64(place + 1))
            add(
                .jobShop(
                    JobShop(
                        id: shop, name: name, street: "Prøvegade \(place + 1)", hours: hours,
                        start: opened)), on: opened)
            for day in (opened.number...truth.through.number).map(Day.init(number:)) {
                guard let open = hours.first(where: { $0.weekday == day.weekday }),
                    day.isWorkingDay
                else { continue }
                let people = seeking(on: day)
                for _ in 0..<random.whole(0, 3) where !people.isEmpty {
                    number += 1
                    let topic = VisitTopic.allCases[random.below(6)]
                    add(
                        .shopVisit(
                            ShopVisit(
                                id: FactID(number), shop: shop, day: day,
                                minute: random.whole(open.opens, open.closes - 10),
                                citizen: random.chance(0.6)
                                    ? people[random.below(people.count)] : nil,
                                topics: [topic])), on: day)
                }
            }
        }
    }

    // MARK: Events

    private mutating func holdEvents() {
        let held = max(begins, truth.through.adding(months: -5)).nextWorkingDay(after: 1)
        let first = JobEvent(
            id: FactID(1), kind: .recruitment, title: "Job på lager, i køkken og i butik",
            start: held, begins: 570, ends: 720, place: "Medborgerhuset (prøve)",
            programme: "9.30 Velkomst\n9.45 Virksomhederne fortæller\n10.15 Samtaler", places: 2)
        let next = JobEvent(
            id: FactID(2), kind: .speedMeetings, title: "Jobdating med byens virksomheder",
            start: truth.through.nextWorkingDay(after: 8), begins: 540, ends: 720,
            place: "Biblioteket (prøve)", programme: "9.00 Korte samtaler\n12.00 Frokost",
            places: 3, slot: 15)
        let package = JobEvent(
            id: FactID(3), kind: .package, title: "Branchepakke: fra kursus til job",
            start: truth.through + 30, end: truth.through + 58, place: "Skolen (prøve)",
            programme: "Uge 1–4: kursus og besøg på arbejdspladserne", places: 1,
            school: "Prøveskolen", course: "Introduktion til branchen",
            jobStart: truth.through + 63)
        register(first, written: held - 21, stands: 3, people: 18)
        register(next, written: truth.through - 6, stands: 4, people: 14)
        register(package, written: truth.through - 4, stands: 2, people: 6)
    }

    private mutating func register(
        _ event: JobEvent, written: Day, stands count: Int, people: Int
    ) {
        let written = max(begins, written)
        add(.jobEvent(event), on: written)
        var own: [FactID] = []
        let orders = orders(open: written, count)
        let companyOf = Dictionary(truth.units.map { ($0.number, $0.company) }) { first, _ in first
        }
        var companies = orders.map { (companyOf[$0.unit], Optional($0.id)) }
        // A small municipality has few orders; the companies come all the same.
        for company in truth.companies.map(\.cvr)
        where companies.count < count && !companies.contains(where: { $0.0 == company }) {
            companies.append((company, nil))
        }
        for (company, order) in companies {
            stands += 1
            own.append(FactID(stands))
            let name = truth.companies.first { $0.cvr == company }?.name ?? ""
            add(
                .eventStand(
                    EventStand(
                        id: FactID(stands), event: event.id, title: name, company: company,
                        order: event.kind == .package ? nil : order,
                        seats: event.kind == .package ? 8 : 6,
                        promised: event.kind == .package ? 4 : 0)), on: written)
        }
        for citizen in some(own.isEmpty ? 0 : people, of: seeking(on: written)) {
            signUps += 1
            let wishes = (0..<random.whole(0, 2)).map { _ in own[random.below(own.count)] }
            var signUp = EventSignUp(
                id: FactID(signUps), event: event.id, participant: .citizen(citizen),
                day: written + 1,
                wishes: wishes.count == 2 && wishes[0] == wishes[1]
                    ? [wishes[0]] : wishes)
            add(.eventSignUp(signUp), on: written + 1)
            if event.start > truth.through { continue }
            signUp.state = random.chance(0.8) ? .attended : .absent
            signUp.day = event.start
            add(.eventSignUp(signUp), on: event.start)
            guard signUp.state == .attended else { continue }
            seats += 1
            add(
                .eventSeat(
                    EventSeat(
                        id: FactID(seats), event: event.id,
                        stand: own[random.below(own.count)], participant: .citizen(citizen),
                        state: .given)), on: event.start)
        }
    }

    /// Orders with positions left on a day and time to fill them, each of another company.
    private func orders(open day: Day, _ count: Int) -> [JobOrder] {
        let hired = Dictionary(grouping: truth.placements, by: \.order)
        var units: Set<ProductionUnitNumber> = []
        var found: [JobOrder] = []
        for order in truth.orders.reversed() {
            let taken = (hired[order.id] ?? []).count
            guard found.count < count, order.created <= day,
                order.deadline ?? order.created + 90 > truth.through || day < truth.through - 60,
                taken < order.positions, units.insert(order.unit).inserted
            else { continue }
            found.append(order)
        }
        return found
    }
}
