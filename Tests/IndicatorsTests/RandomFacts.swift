import Chronology
import Identifiers
import Registry

@testable import Indicators

/// A few made-up lives, the same for the same seed, with everything that the
/// kernels read: overlapping benefits, breaks, moves, work, offers and orders.
struct RandomFacts {
    private var random: SeededGenerator
    private var nextID: Int64 = 1
    private(set) var facts: [(Fact, MunicipalityCode)] = []
    let places = [herlev, hillerød, MunicipalityCode(number: 101)]

    static let first = day("2021-01-01")
    static let days = 1_500

    init(seed: UInt64, citizens: Int) {
        random = SeededGenerator(seed)
        for number in 0..<citizens { addCitizen(CitizenID(Int64(number + 1))) }
        addBusiness()
    }

    private mutating func id() -> FactID {
        nextID += 1
        return FactID(nextID)
    }

    private mutating func some<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &random)]
    }

    private mutating func span(_ longest: Int) -> (Day, Day?) {
        let start = RandomFacts.first + Int.random(in: 0..<RandomFacts.days, using: &random)
        let length = Int.random(in: 0..<longest, using: &random)
        return (start, Int.random(in: 0..<6, using: &random) == 0 ? nil : start + length)
    }

    private mutating func minutes() -> WeeklyTime {
        WeeklyTime(minutes: some([2_220, 2_220, 1_110, 600, 37]))
    }

    private mutating func addCitizen(_ citizen: CitizenID) {
        let place = some(places)
        let born = day("1955-01-01") + Int.random(in: 0..<18_000, using: &random)
        let basis: ResidenceBasis? = some([nil, nil, .refugee, .reunifiedWithRefugee])
        let person = Citizen(
            id: citizen, cpr: try! CPR("6101804001"), givenName: "Test", familyName: "Test",
            sex: some(Sex.allCases), born: born, origin: some(OriginGroup.allCases),
            residenceBasis: basis)
        facts.append((.citizen(person), place))
        let home = Residence(id: id(), citizen: citizen, start: day("2015-01-01"), end: nil)
        facts.append((.residence(home), place))
        for _ in 0..<Int.random(in: 0..<7, using: &random) { addBenefit(citizen, some(places)) }
        for _ in 0..<Int.random(in: 0..<3, using: &random) { addPeriods(citizen, place) }
        for _ in 0..<Int.random(in: 0..<6, using: &random) { addDays(citizen, some(places)) }
    }

    private mutating func addBenefit(_ citizen: CitizenID, _ place: MunicipalityCode) {
        let (start, end) = span(400)
        let spell = BenefitSpell(
            id: id(), citizen: citizen, benefit: some(Benefit.allCases), start: start, end: end,
            degree: minutes())
        facts.append((.benefitSpell(spell), place))
    }

    private mutating func addPeriods(_ citizen: CitizenID, _ place: MunicipalityCode) {
        var (start, end) = span(300)
        let match = MatchCategoryPeriod(
            id: id(), citizen: citizen, category: some(MatchCategory.allCases), start: start,
            end: end)
        facts.append((.matchCategory(match), place))
        (start, end) = span(300)
        let group = TargetGroupPeriod(
            id: id(), citizen: citizen, group: some(TargetGroup.allCases), start: start, end: end)
        facts.append((.targetGroup(group), place))
        (start, end) = span(200)
        let work = Employment(
            id: id(), citizen: citizen, kind: some([.ordinary, .ordinary, .flexJob, .wageSubsidy]),
            start: start, end: end, weekly: minutes(),
            unit: try! ProductionUnitNumber(String(1_000_000_000 + citizen.number % 7)))
        facts.append((.employment(work), place))
        (start, end) = span(100)
        let offer = Offer(
            id: id(), citizen: citizen, kind: some(OfferKind.allCases), start: start, end: end,
            weekly: minutes())
        facts.append((.offer(offer), place))
        (start, end) = span(100)
        let study = Enrolment(
            id: id(), citizen: citizen, kind: .stateGrant, start: start, end: end)
        facts.append((.enrolment(study), place))
    }

    private mutating func addDays(_ citizen: CitizenID, _ place: MunicipalityCode) {
        let (start, _) = span(1)
        let talk = Conversation(
            id: id(), citizen: citizen, day: start, kind: .job, form: .phone,
            status: some(ConversationStatus.allCases))
        facts.append((.conversation(talk), place))
        let answer = ConversationFeedback(
            id: id(), conversation: talk.id, citizen: citizen, day: start, heard: 5, topics: 5,
            method: 5, overall: Int.random(in: 0...10, using: &random))
        facts.append((.feedback(answer), place))
        let complaint = Complaint(
            id: id(), citizen: citizen, received: start, decided: nil, outcome: nil)
        facts.append((.complaint(complaint), place))
        let order = FactID(Int64.random(in: 1...40, using: &random))
        let referral = Referral(id: id(), order: order, citizen: citizen, day: start)
        facts.append((.referral(referral), place))
        let hire = Placement(
            id: id(), order: order, citizen: citizen, day: start + 20,
            terms: some(EmploymentKind.allCases))
        facts.append((.placement(hire), place))
    }

    private mutating func addBusiness() {
        for number in 0..<7 {
            let unit = try! ProductionUnitNumber(String(1_000_000_000 + number))
            let (start, end) = span(900)
            let company = try! CVR(number < 4 ? "10000009" : "10000017")
            let row = ProductionUnit(
                id: id(), number: unit, company: company, employees: number, start: start, end: end)
            facts.append((.productionUnit(row), some(places)))
            let contact = CompanyContact(
                id: id(), unit: unit, day: start, form: .visit, status: .held)
            facts.append((.companyContact(contact), some(places)))
        }
        for number in 1...40 {
            let (start, _) = span(1)
            let order = JobOrder(
                id: FactID(Int64(number)), unit: try! ProductionUnitNumber("1000000001"),
                created: start, positions: Int.random(in: 1...9, using: &random),
                occupationGroup: 1, deadline: nil)
            facts.append((.jobOrder(order), some(places)))
        }
    }

    var register: Register { RandomFacts.register(facts) }

    static func register(_ facts: [(Fact, MunicipalityCode)]) -> Register {
        var builder = RegisterBuilder()
        for (fact, place) in facts { builder.add(fact, in: place) }
        return Register(builder, catalogue: catalogue)
    }

    /// Every benefit spell of more than a day as two that follow each other.
    var split: [(Fact, MunicipalityCode)] {
        var random = random
        var next: Int64 = 1_000_000
        return facts.flatMap { fact, place -> [(Fact, MunicipalityCode)] in
            guard case .benefitSpell(var first) = fact else { return [(fact, place)] }
            let end = first.end ?? first.start + 400
            guard end > first.start else { return [(fact, place)] }
            var second = first
            first.end = first.start + Int.random(in: 0..<(end - first.start), using: &random)
            second.start = first.end! + 1
            next += 1
            second.id = FactID(next)
            return [(.benefitSpell(first), place), (.benefitSpell(second), place)]
        }
    }
}
