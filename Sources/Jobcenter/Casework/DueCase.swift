import Chronology
import Identifiers
import Law
import Registry
import Storage

/// What a municipality owes its citizens these days (min dag).
public struct DueCase: Sendable {
    private let house: House

    /// Deadlines passed longer ago than this are history and not today's work.
    public static let daysBack = 90

    public init(_ house: House) { self.house = house }

    /// What is due within two weeks or overdue for at most `daysBack` days, of the duties
    /// whose acts are registered, the oldest first: `count` of them after the first
    /// `skipping`. Everyone shown is entered in the look-up log. O(facts).
    public func list(
        _ filter: DueFilter, of municipality: MunicipalityCode, skipping: Int = 0, count: Int,
        by actor: Actor, purpose: Purpose?
    ) async throws -> DueList {
        let reading = try LoggedReading(house, actor, of: municipality, purpose)
        let today = house.clock.today()
        let engine = try await house.law.rules()
        let cases = try await house.law.cases(of: municipality, knownAt: nil)
        let all = DueCase.open(engine, cases, today)
        let chosen = all.filter { filter.takes($0) }
        let shown = chosen.dropFirst(skipping).prefix(count)
        let found = try await reading.citizens(
            Set(shown.map(\.citizen)), for: .due, on: today)
        let byNumber = Dictionary(uniqueKeysWithValues: found.citizens.map { ($0.id, $0) })
        return DueList(
            today: today, lookup: found.lookup, total: chosen.count,
            overdue: chosen.count { $0.status == .overdue },
            duties: engine.book.duties.filter { duty in all.contains { $0.duty == duty.id } },
            groups: TargetGroup.allCases.filter { group in all.contains { $0.group == group } },
            entries: shown.compactMap { due in
                byNumber[due.citizen].map { DueList.Entry(citizen: $0, due: due) }
            })
    }

    static func open(_ engine: LawEngine, _ cases: Caseload, _ today: Day) -> [Due] {
        var found: [Due] = []
        engine.eachCitizen(of: 0..<cases.count, in: cases, on: today) { person, owed in
            for obligation in owed
            where obligation.isOpen(on: today) && obligation.status != .notYetDue
                && obligation.due >= today - daysBack
            {
                let duty = engine.book.duties[obligation.duty]
                let rule = duty.versions[obligation.version]
                guard rule.owedBy == .municipality, RegisteredFacts.canTell(rule),
                    let citizen = cases.citizen(at: person)
                else { continue }
                found.append(
                    Due(
                        citizen: citizen, group: cases.group(of: person, on: today),
                        duty: duty.id, law: rule.law, due: obligation.due,
                        status: obligation.status,
                        isUncertain: engine.book.isUncertain(obligation)))
            }
        }
        return found.sorted { ($0.due, $0.duty, $0.citizen) < ($1.due, $1.duty, $1.citizen) }
    }
}

/// Something owed to a citizen these days.
public struct Due: Hashable, Sendable {
    public var citizen: CitizenID
    /// Nil where none is registered.
    public var group: TargetGroup?
    public var duty: String
    /// Act and paragraph of the version in force.
    public var law: String
    public var due: Day
    public var status: ObligationStatus
    /// What is held of the law on it is uncertain.
    public var isUncertain: Bool
}

/// Which of it is asked for; nil for any.
public struct DueFilter: Hashable, Sendable {
    public var duty: String?
    public var group: TargetGroup?
    public var status: ObligationStatus?

    public init(
        duty: String? = nil, group: TargetGroup? = nil, status: ObligationStatus? = nil
    ) {
        self.duty = duty
        self.group = group
        self.status = status
    }

    func takes(_ due: Due) -> Bool {
        (duty == nil || due.duty == duty) && (group == nil || due.group == group)
            && (status == nil || due.status == status)
    }
}

/// What is owed these days, or a portion of it.
public struct DueList: Sendable {
    public struct Entry: Hashable, Sendable {
        public var citizen: Citizen
        public var due: Due
    }

    public var today: Day
    public var lookup: Int64
    /// All that was asked for, and how much of it is overdue.
    public var total: Int
    public var overdue: Int
    /// The duties and groups there is anything of, whatever was asked for.
    public var duties: [Duty]
    public var groups: [TargetGroup]
    public var entries: [Entry]
}
