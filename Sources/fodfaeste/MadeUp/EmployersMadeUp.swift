import Chronology
import Identifiers
import Matching
import Parameters
import Registry
import Simulation

/// What a made-up municipality's companies order and offer in words, and what its unemployed
/// can and wish for, so that orders and candidates can be tried. Everything is drawn with the
/// simulation's seed.
struct EmployersMadeUp {
    private let truth: Truth
    /// The first day on which anything is recorded.
    private let begins: Day
    private let code: MunicipalityCode
    private let taxonomy: Taxonomy
    private let postcodes: [Postcode]
    private var random: Randomness
    private var made: [Registration] = []
    private var events: Int64 = 0
    private var records: Int64 = 0

    static func registrations(
        of truth: Truth, from begins: Day, seed: UInt64
    ) throws(ParameterError) -> [Registration] {
        var maker = EmployersMadeUp(
            truth: truth, from: begins, taxonomy: try Taxonomy.starter(),
            postcodes: try PostcodeList.bundled(), seed: seed)
        maker.describeCompanies()
        maker.describeOrders()
        maker.describeContacts()
        maker.writeProfiles()
        return maker.made
    }

    private init(
        truth: Truth, from begins: Day, taxonomy: Taxonomy, postcodes: PostcodeList, seed: UInt64
    ) {
        self.truth = truth
        self.begins = begins
        self.taxonomy = taxonomy
        code = truth.municipality
        self.postcodes = postcodes.all.filter { $0.municipality == truth.municipality.number }
        random = Randomness(
            seed: seed ^ UInt64(truth.municipality.number) << 32, stream: 0xE3B1)
    }

    private mutating func add(_ fact: Fact, on day: Day) {
        guard day <= truth.through else { return }
        made.append(Registration(municipality: code, recordedOn: day, fact: fact))
    }

    private mutating func one<Item>(of items: [Item]) -> Item? {
        items.isEmpty ? nil : items[random.below(items.count)]
    }

    private mutating func postcode() -> String {
        one(of: postcodes).map { String($0.number) } ?? ""
    }

    // MARK: Companies

    private mutating func describeCompanies() {
        let names = Dictionary(truth.companies.map { ($0.cvr, $0) }) { first, _ in first }
        var known: Set<ProductionUnitNumber> = []
        for unit in truth.units where known.insert(unit.number).inserted {
            guard let company = names[unit.company] else { continue }
            let place = one(of: postcodes)
            add(
                .workplaceEntry(
                    WorkplaceEntry(
                        number: unit.number, company: company.cvr, name: company.name,
                        industry: company.industry, street: "Prøvevej \(random.whole(1, 99))",
                        postcode: place.map { String($0.number) } ?? "",
                        town: place?.name ?? "")), on: max(begins, unit.start))
        }
        let day = truth.through.adding(months: -5)
        for company in truth.companies where random.chance(0.15) {
            record("can-offer", company.cvr, on: day + random.whole(0, 120), offering())
            record(
                "contact-person", company.cvr, on: day,
                ["name": "Kontaktperson (prøve)", "signs": "1"])
        }
    }

    private mutating func offering() -> [String: String] {
        var answers: [String: String] = [:]
        for kind in ["ordinary", "flex", "small", "leisure", "internship", "apprenticeship"]
        where random.chance(0.35) {
            answers[kind] = "1"
        }
        if answers.isEmpty { answers["ordinary"] = "1" }
        answers["places"] = String(random.whole(1, 4))
        return answers
    }

    private mutating func record(
        _ kind: String, _ company: CVR, on day: Day, _ answers: [String: String]
    ) {
        guard day <= truth.through else { return }
        records += 1
        add(
            .companyRecord(
                CompanyRecord(
                    id: FactID(records), company: company, record: kind, start: day, end: nil,
                    answers: answers)), on: day)
    }

    private mutating func describeContacts() {
        let companies = Dictionary(truth.units.map { ($0.number, $0.company) }) { first, _ in first
        }
        for contact in truth.contacts {
            guard let company = companies[contact.unit],
                let reason = one(of: ContactReason.allCases)
            else { continue }
            add(
                .contactNote(
                    ContactNote(
                        id: contact.id, company: company, team: "Virksomhedsservice",
                        reason: reason)), on: contact.day)
        }
    }

    // MARK: Orders

    private mutating func describeOrders() {
        let referrals = Dictionary(grouping: truth.referrals, by: \.order)
        let placements = Dictionary(grouping: truth.placements, by: \.order)
        for order in truth.orders {
            let group = taxonomy.occupations(inGroup: String(order.occupationGroup))
            guard let occupation = one(of: group.isEmpty ? taxonomy.occupations : group) else {
                continue
            }
            let hired = placements[order.id] ?? []
            describe(order, occupation, hired)
            live(order, referrals[order.id] ?? [], hired)
        }
    }

    private mutating func describe(
        _ order: JobOrder, _ occupation: Occupation, _ hired: [Placement]
    ) {
        let kind = kind(hired)
        let most: Int32 =
            kind == .small || kind == .leisure
            ? Int32(random.whole(6, 14)) * 60
            : random.chance(0.75) ? 2_220 : Int32(random.whole(20, 32)) * 60
        let hours = WeeklyHours(
            least: random.chance(0.7)
                ? WeeklyTime(minutes: most)
                : WeeklyTime(minutes: most - 300),
            most: WeeklyTime(minutes: most))
        let must = occupation.certificates + occupation.essential.prefix(2)
        let title = occupation.label.prefix(1).uppercased() + occupation.label.dropFirst()
        add(
            .orderDescription(
                OrderDescription(
                    id: order.id, title: title,
                    text: "Vi søger \(order.positions) \(occupation.label).",
                    occupation: occupation.id, must: must,
                    nice: Array(occupation.optional.prefix(2)), hours: hours, kind: kind,
                    postcode: postcode(), start: order.created + random.whole(14, 45),
                    answerBy: order.created.nextWorkingDay(after: 2),
                    contact: "Kontaktperson (prøve)")), on: order.created)
    }

    private mutating func kind(_ hired: [Placement]) -> JobKind {
        if hired.contains(where: { $0.terms == .flexJob }) { return .flex }
        if !hired.isEmpty { return .ordinary }
        switch random.below(100) {
        case ..<74: return .ordinary
        case ..<84: return .small
        case ..<92: return .flex
        case ..<96: return .leisure
        default: return .internship
        }
    }

    /// The order's course: settled, shared, answered, and closed when its time is over.
    private mutating func live(
        _ order: JobOrder, _ referrals: [Referral], _ hired: [Placement]
    ) {
        event(order.id, .clarified, order.created + 1)
        event(order.id, .shared, order.created + 1)
        if random.chance(0.9) { event(order.id, .answered, order.created.nextWorkingDay(after: 2)) }
        for referral in referrals where random.chance(0.6) {
            event(order.id, .interviewed, referral.day + random.whole(2, 7), referral.citizen)
        }
        let last = hired.map(\.day).max()
        let over = order.deadline ?? order.created + 90
        if hired.count >= order.positions, let last {
            event(order.id, .closed, max(last, order.created), reason: .filled)
        } else if over <= truth.through {
            let reasons: [OrderReason] =
                hired.isEmpty ? [.nobodyFound, .filledElsewhere, .withdrawn] : [.outdated]
            event(order.id, .closed, max(over, last ?? over), reason: one(of: reasons))
        }
    }

    private mutating func event(
        _ order: FactID, _ kind: OrderEventKind, _ day: Day, _ citizen: CitizenID? = nil,
        reason: OrderReason? = nil
    ) {
        guard day <= truth.through else { return }
        events += 1
        add(
            .orderEvent(
                OrderEvent(
                    id: FactID(events), order: order, citizen: citizen, kind: kind, day: day,
                    reason: reason)), on: day)
    }

    // MARK: Profiles

    /// One profile for everybody who is on a benefit that asks for work.
    private mutating func writeProfiles() {
        var known: Set<CitizenID> = []
        var number: Int64 = 0
        for spell in truth.spells.reversed()
        where spell.holds(on: truth.through) && known.insert(spell.citizen).inserted {
            guard let kinds = kinds(spell.benefit) else { continue }
            let day = max(spell.start + random.whole(3, 20), truth.through - random.whole(0, 60))
            guard day <= truth.through, let wish = one(of: taxonomy.occupations) else { continue }
            number += 1
            add(
                .jobProfile(profile(FactID(number), spell.citizen, wish, kinds, day)), on: day)
        }
    }

    private func kinds(_ benefit: Benefit) -> [JobKind]? {
        switch benefit {
        case .unemploymentBenefit: [.ordinary]
        case .cashBenefit, .selfSupportAllowance: [.ordinary, .small, .internship]
        case .educationAid: [.ordinary, .leisure, .internship]
        case .resourceProgramme: [.small, .internship]
        case .flexJobUnemploymentAllowance: [.flex]
        default: nil
        }
    }

    private mutating func profile(
        _ id: FactID, _ citizen: CitizenID, _ wish: Occupation, _ kinds: [JobKind], _ day: Day
    ) -> JobProfile {
        var wishes = [wish.id]
        if random.chance(0.6),
            let near = one(of: taxonomy.nearest(to: wish.id, count: 4))?.occupation.id
        {
            wishes.append(near)
        }
        var skills = wish.essential.filter { _ in random.chance(0.85) }
        skills += wish.optional.filter { _ in random.chance(0.4) }
        skills += wish.certificates.filter { _ in random.chance(0.5) }
        skills += ["danish"] + (random.chance(0.5) ? ["english"] : [])
        let isPart = !kinds.contains(.ordinary) || random.chance(0.2)
        let most: Int32 = isPart ? Int32(random.whole(8, 30)) * 60 : 2_220
        return JobProfile(
            id: id, citizen: citizen, start: day, wishes: wishes,
            skills: skills.reduce(into: []) { if !$0.contains($1) { $0.append($1) } },
            hours: WeeklyHours(
                least: WeeklyTime(minutes: isPart ? most / 2 : 1_200),
                most: WeeklyTime(minutes: most)),
            kinds: kinds, postcode: postcode(), farthest: random.whole(2, 10) * 5)
    }
}
