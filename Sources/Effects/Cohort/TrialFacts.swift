import Chronology
import Registry

/// The facts of a register that trials ask about, person by person.
public struct TrialFacts: Sendable {
    /// The kinds of facts that are read; others are passed over.
    public static let kinds: [FactKind] = [.residence, .benefitSpell, .matchCategory, .offer]

    private(set) var people: [TrialPerson] = []
    private var places: [CitizenID: Int] = [:]

    public init() {}

    /// What is known of a citizen for life. A citizen without it is in no trial.
    public mutating func add(_ id: CitizenID, sex: Sex, born: Day, origin: OriginGroup) {
        let place = place(of: id)
        people[place].traits = TrialPerson.Traits(sex: sex, born: born, origin: origin)
    }

    public mutating func add(_ fact: Fact) {
        switch fact {
        case .citizen(let fact):
            add(fact.id, sex: fact.sex, born: fact.born, origin: fact.origin)
        case .residence(let fact): people[place(of: fact.citizen)].residences.append(fact)
        case .benefitSpell(let fact): people[place(of: fact.citizen)].spells.append(fact)
        case .matchCategory(let fact): people[place(of: fact.citizen)].categories.append(fact)
        case .offer(let fact): people[place(of: fact.citizen)].offers.append(fact)
        default: break
        }
    }

    private mutating func place(of id: CitizenID) -> Int {
        if let place = places[id] { return place }
        places[id] = people.count
        people.append(TrialPerson(id: id))
        return people.count - 1
    }
}

/// One person's facts.
struct TrialPerson: Sendable {
    var id: CitizenID
    var traits: Traits?
    var residences: [Residence] = []
    var spells: [BenefitSpell] = []
    var categories: [MatchCategoryPeriod] = []
    var offers: [Offer] = []

    struct Traits: Sendable {
        var sex: Sex
        var born: Day
        var origin: OriginGroup
    }

    init(id: CitizenID) { self.id = id }

    /// Days from `first` to `last` on any benefit. Spells of two benefits on one day count
    /// once.
    func daysOnBenefit(_ first: Day, _ last: Day) -> Int {
        var days = 0
        var next = first
        for spell in spells.sorted(by: { ($0.start, $0.id) < ($1.start, $1.id) }) {
            let from = max(next, spell.start)
            let to = min(last, spell.end ?? .openEnd)
            guard from <= to else { continue }
            days += to - from + 1
            next = to + 1
        }
        return days
    }

    func isOnBenefit(_ day: Day) -> Bool { spells.contains { $0.holds(on: day) } }

    /// One of whom no residence is registered is taken to live here.
    func livesHere(_ day: Day) -> Bool {
        residences.isEmpty || residences.contains { $0.holds(on: day) }
    }
}
