import Chronology
import Identifiers
import Law
import Registry
import Storage

/// What the law asks of a municipality for its citizens.
public struct LawCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// The rules; everybody may read the law.
    public func rules() async throws -> LawEngine { try await house.law.rules() }

    /// Everything that is held of the law, also what it allows; everybody may ask.
    public func statutes() async throws -> StatuteBook { try await house.law.statutes() }

    /// What two rule sets make of the municipality's cases on a day: how many citizens
    /// gain, lose or get another obligation, by duty and target group. For those who may
    /// see figures about few.
    public func whatIf(
        from: RuleSet, to: RuleSet, on day: Day, of municipality: MunicipalityCode,
        knownAt: Day? = nil, by actor: Actor
    ) async throws -> WhatIfFigures {
        try Policy.require(.readSmallCounts, by: actor, in: municipality)
        let engine = try await rules()
        let cases = try await house.law.cases(of: municipality, knownAt: knownAt)
        let changes = WhatIf(engine, from: from, to: to).changes(in: cases, on: day)
        return WhatIfFigures(engine.book, cases, changes, on: day)
    }

    /// The citizens behind the changes, `count` of them after the first `from`. Everyone
    /// shown is entered in the look-up log before the answer leaves. `duty` nil: of every
    /// duty.
    public func people(
        from: RuleSet, to: RuleSet, on day: Day, of municipality: MunicipalityCode,
        duty: String? = nil, knownAt: Day? = nil, skipping: Int = 0, count: Int = .max,
        by actor: Actor, purpose: Purpose?
    ) async throws -> WhatIfPeople {
        let reading = try LoggedReading(house, actor, of: municipality, purpose)
        let engine = try await rules()
        let cases = try await house.law.cases(of: municipality, knownAt: knownAt)
        let changes = WhatIf(engine, from: from, to: to).changes(in: cases, on: day).filter {
            duty == nil || engine.book.duties[$0.duty].id == duty
        }
        let shown = changes.dropFirst(skipping).prefix(count)
        let found = try await reading.citizens(
            Set(shown.compactMap { cases.citizen(at: $0.person) }), for: .whatIf, on: day)
        let byNumber = Dictionary(uniqueKeysWithValues: found.citizens.map { ($0.id, $0) })
        return WhatIfPeople(
            lookup: found.lookup, total: changes.count,
            people: shown.compactMap { change in
                cases.citizen(at: change.person).flatMap { byNumber[$0] }.map { citizen in
                    WhatIfPeople.Person(
                        citizen: citizen, duty: engine.book.duties[change.duty].id,
                        kind: change.kind, before: change.before?.due,
                        after: change.after?.due)
                }
            })
    }

    /// What is owed to one citizen, by when and why, as it stands on a day. The look-up
    /// is logged. Nil when there is no such citizen.
    public func obligations(
        to citizen: CitizenID, on day: Day, of municipality: MunicipalityCode,
        knownAt: Day? = nil, by actor: Actor, purpose: Purpose?
    ) async throws -> CitizenObligations? {
        let reading = try LoggedReading(house, actor, of: municipality, purpose)
        let engine = try await rules()
        let cases = try await house.law.cases(of: municipality, knownAt: knownAt)
        guard let person = cases.position(of: String(citizen.number)) else { return nil }
        let found = try await reading.citizens([citizen], for: .obligations, on: day)
        guard let citizen = found.citizens.first else { return nil }
        return CitizenObligations(
            citizen: citizen, lookup: found.lookup, cases: cases, person: person,
            book: engine.book,
            obligations: engine.owed(to: person, in: cases, on: day))
    }

    /// How the duties towards whole groups stand on a day: who is counted, how many are
    /// exempt, how many more are needed. With `rules`, as if the rules of that day had
    /// been in force all along. For those who may see figures about few.
    public func portfolios(
        on day: Day, rules: Day? = nil, of municipality: MunicipalityCode,
        knownAt: Day? = nil, by actor: Actor
    ) async throws -> [(portfolio: Portfolio, status: PortfolioStatus)] {
        try Policy.require(.readSmallCounts, by: actor, in: municipality)
        let engine = try await self.rules()
        let cases = try await house.law.cases(of: municipality, knownAt: knownAt)
        return engine.book.portfolios.filter { $0.isInForce(on: rules ?? day) }.map {
            let set = rules.map { RuleSet.inForce($0) }
            return ($0, engine.status(of: $0, in: cases, on: day, under: set))
        }
    }

    /// The citizens whom a decision has exempted from a portfolio duty, with the
    /// decision's days. Logged.
    public func exempted(
        from portfolio: String, on day: Day, rules: Day? = nil,
        of municipality: MunicipalityCode, knownAt: Day? = nil, by actor: Actor,
        purpose: Purpose?
    ) async throws -> [(citizen: Citizen, decision: Caseload.Fact)] {
        let reading = try LoggedReading(house, actor, of: municipality, purpose)
        let engine = try await self.rules()
        let cases = try await house.law.cases(of: municipality, knownAt: knownAt)
        guard let known = engine.book.portfolios.first(where: { $0.id == portfolio }) else {
            return []
        }
        let set = rules.map { RuleSet.inForce($0) }
        let exempt = engine.status(of: known, in: cases, on: day, under: set).exempt
        let facts = Dictionary(
            exempt.compactMap { entry in
                cases.citizen(at: entry.person).map {
                    ($0, cases.fact(entry.decision, of: entry.person))
                }
            }, uniquingKeysWith: { first, _ in first })
        let found = try await reading.citizens(Set(facts.keys), for: .exempted, on: day)
        return found.citizens.compactMap { citizen in facts[citizen.id].map { (citizen, $0) } }
    }
}

extension LawEngine {
    /// What is owed to a citizen with the reasons, in the order of the due days.
    func owed(
        to person: Int, in cases: Caseload, on day: Day,
        where isWanted: (Obligation) -> Bool = { _ in true }
    ) -> [CitizenObligations.Owed] {
        obligations(of: person, in: cases, on: day).filter(isWanted).inOrderOfDueDays().map {
            obligation in
            CitizenObligations.Owed(
                duty: book.duties[obligation.duty], obligation: obligation,
                because: explanation(of: obligation, person: person, in: cases, on: day))
        }
    }
}

/// The citizens behind a what-if, or a portion of them.
public struct WhatIfPeople: Sendable {
    public struct Person: Hashable, Sendable {
        public var citizen: Citizen
        public var duty: String
        public var kind: WhatIf.Change.Kind
        /// The due days under the two rule sets.
        public var before: Day?
        public var after: Day?
    }

    /// The look-up's number in the log.
    public var lookup: Int64
    /// All changes, whether in this portion or not.
    public var total: Int
    public var people: [Person]
}

/// What is owed to a citizen, each with why.
public struct CitizenObligations: Sendable {
    public struct Owed: Sendable {
        public var duty: Duty
        public var obligation: Obligation
        public var because: [Explanation]

        public var rule: Rule { duty.versions[obligation.version] }
    }

    public var citizen: Citizen
    public var lookup: Int64
    /// Where the facts of the explanations are, of the person in a position.
    public var cases: Caseload
    public var person: Int
    public var book: RuleBook
    /// In the order of their due days.
    public var obligations: [Owed]
}

/// Counts of a what-if.
public struct WhatIfFigures: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        public var duty: String
        /// Nil where no group is registered.
        public var group: TargetGroup?
        public var gained = 0
        public var lost = 0
        public var changed = 0
    }

    /// Citizens in the caseload, and those something changes for.
    public var citizens: Int
    public var touched: Int
    /// In the order of the rule book and of the groups.
    public var rows: [Row]

    init(_ book: RuleBook, _ cases: Caseload, _ changes: [WhatIf.Change], on day: Day) {
        struct Key: Hashable {
            var duty: Int
            var group: Int
        }
        citizens = cases.count
        touched = Set(changes.map(\.person)).count
        var counted: [Key: Row] = [:]
        for change in changes {
            let group = cases.group(of: change.person, on: day)
            let key = Key(
                duty: change.duty, group: group.flatMap(TargetGroup.allCases.firstIndex) ?? -1)
            var row = counted[key] ?? Row(duty: book.duties[change.duty].id, group: group)
            switch change.kind {
            case .gained: row.gained += 1
            case .lost: row.lost += 1
            case .changed: row.changed += 1
            }
            counted[key] = row
        }
        rows = counted.sorted { ($0.key.duty, $0.key.group) < ($1.key.duty, $1.key.group) }
            .map(\.value)
    }
}
