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

    /// The citizens behind the changes of one duty, by their numbers. Everyone shown is
    /// entered in the look-up log before the answer leaves.
    public func people(
        from: RuleSet, to: RuleSet, on day: Day, of municipality: MunicipalityCode,
        knownAt: Day? = nil, by actor: Actor, purpose: Purpose?
    ) async throws -> [WhatIfPerson] {
        try Policy.require(.readPeople(purpose), by: actor, in: municipality)
        guard let purpose else { throw Refusal.purposeMissing }
        let engine = try await rules()
        let cases = try await house.law.cases(of: municipality, knownAt: knownAt)
        let changes = WhatIf(engine, from: from, to: to).changes(in: cases, on: day)
        let people = changes.compactMap { change -> WhatIfPerson? in
            guard let number = Int64(cases.ids[change.person]) else { return nil }
            return WhatIfPerson(
                citizen: CitizenID(number), duty: engine.book.duties[change.duty].id,
                kind: change.kind, before: change.before?.due, after: change.after?.due)
        }
        let stamp = house.stamp(actor, purpose.text)
        try await house.engine.write { connection in
            _ = try LookupLog(connection, municipality).append(
                Array(Set(people.map(\.citizen))), subject: "what-if \(day)", stamp)
        }
        return people
    }
}

public struct WhatIfPerson: Hashable, Sendable {
    public var citizen: CitizenID
    public var duty: String
    public var kind: WhatIf.Change.Kind
    /// The due days under the two rule sets.
    public var before: Day?
    public var after: Day?
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
