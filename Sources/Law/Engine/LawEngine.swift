import Chronology
import Dispatch
import Registry
import Synchronization

/// Says what is owed to citizens by their facts. Nothing here reads or writes anything
/// outside its arguments.
public struct LawEngine: Sendable {
    public let book: RuleBook
    let duties: [CompiledDuty]
    /// The memory of what the duties are compiled to.
    private let arena: Arena
    /// The codes of facts that set each duty off, beside the duties so that most need not
    /// be touched, and those that set any off.
    private let wantedBy: [HeldCodes]
    private let wanted: HeldCodes
    /// Days before the due day from which an obligation is called due.
    public static let notice = 14

    public init(_ book: RuleBook) {
        self.book = book
        let arena = Arena()
        self.arena = arena
        let continuations = arena.column(book.continuations.map(CompiledContinuation.init))
        duties = book.duties.map { CompiledDuty($0, continuations, arena) }
        wantedBy = duties.map { $0.codes(with: HeldCodes()) }
        wanted = duties.reduce(HeldCodes()) { $1.codes(with: $0) }
    }

    /// Everything that was ever owed to a citizen, by what is known, as it stands on a
    /// day; in the order of the rule book and then of the due days.
    ///
    /// With `rules`, every duty is asked as if those rules had been in force all along:
    /// for what-if, never for a decision. O(facts of the citizen × duties).
    public func obligations(
        of person: Int, in cases: Caseload, on day: Day, under rules: RuleSet? = nil
    ) -> [Obligation] {
        obligations(of: person, in: cases, on: day, under: rules.map { choice($0) })
    }

    func obligations(
        of person: Int, in cases: Caseload, on day: Day, under choice: RuleChoice?
    ) -> [Obligation] {
        var found: [Obligation] = []
        collect(person, cases, day, choice, into: &found)
        return found
    }

    /// Which version a rule set has of each duty, found once for many citizens.
    func choice(_ rules: RuleSet) -> RuleChoice {
        RuleChoice(versions: book.duties.map { rules.index(in: $0.versions) })
    }

    /// The times a duty was set off for a citizen by a day, each from its first day to its
    /// last, which is `Day.openEnd` while it goes on. Empty for a duty that is not in the
    /// book. O(facts of the citizen).
    public func periods(
        of duty: String, for person: Int, in cases: Caseload, on day: Day
    ) -> [DayRange] {
        guard let index = book.duties.firstIndex(where: { $0.id == duty }) else { return [] }
        return DutyRun(
            duty: duties[index], index: index, person: person, table: cases.table,
            today: day.number
        ).instances().compactMap { DayRange(Day(number: $0.start), Day(number: $0.end)) }
    }

    /// How many obligations of a whole caseload stand how, by duty, computed by so many
    /// threads, each with its own part of the citizens.
    public func tally(in cases: Caseload, on day: Day, threads: Int = 2) -> ObligationTally {
        inParts(of: cases, threads) { persons in
            var tally = ObligationTally(duties: duties.count)
            eachCitizen(of: persons, in: cases, on: day) { _, owed in
                for obligation in owed { tally.add(obligation) }
            }
            return tally
        }.reduce(ObligationTally(duties: duties.count)) { $0.merged(with: $1) }
    }

    /// Calls `body` with every citizen of a part of a caseload and what is owed to them, as
    /// `obligations(of:in:on:)` has it, without a list for each.
    public func eachCitizen(
        of persons: Range<Int>, in cases: Caseload, on day: Day,
        _ body: (_ person: Int, _ owed: [Obligation]) -> Void
    ) {
        var found: [Obligation] = []
        for person in persons {
            found.removeAll(keepingCapacity: true)
            collect(person, cases, day, nil, into: &found)
            body(person, found)
        }
    }

    private func collect(
        _ person: Int, _ cases: Caseload, _ day: Day, _ choice: RuleChoice?,
        into found: inout [Obligation]
    ) {
        let held = HeldCodes(person, cases.columns)
        // Most citizens have no such fact.
        guard held.meets(wanted) else { return }
        for index in wantedBy.indices where held.meets(wantedBy[index]) {
            let run = DutyRun(
                duty: duties[index], index: index, person: person, table: cases.table,
                today: day.number)
            if let choice {
                if let version = choice.versions[index] {
                    run.obligations(of: version, into: &found)
                }
            } else {
                run.obligations(into: &found)
            }
        }
    }

    /// What `body` gives for each part of the citizens, in their order.
    func inParts<Value: Sendable>(
        of cases: Caseload, _ threads: Int, _ body: @Sendable (Range<Int>) -> Value
    ) -> [Value] {
        let count = max(1, threads)
        let found = Mutex([Value?](repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: count) { part in
            let value = body(cases.count * part / count..<cases.count * (part + 1) / count)
            found.withLock { $0[part] = value }
        }
        return found.withLock { $0 }.compactMap(\.self)
    }
}

/// Of each duty the version that a rule set has; nil for none.
struct RuleChoice: Sendable {
    let versions: [Int?]
}

/// A bit for each code that a citizen has of each kind of fact.
struct HeldCodes {
    var benefits: UInt64 = 0
    var groups: UInt64 = 0
    var states: UInt64 = 0
    var offers: UInt64 = 0
    var acts: UInt64 = 0
    /// Set where everyone is met, whatever their facts.
    var isEveryone = false

    init() {}

    @inline(__always)
    func meets(_ other: HeldCodes) -> Bool {
        other.isEveryone || benefits & other.benefits != 0 || groups & other.groups != 0
            || states & other.states != 0 || offers & other.offers != 0
            || acts & other.acts != 0
    }

    init(_ person: Int, _ cases: CaseColumns) {
        benefits = cases.benefits.held[person]
        groups = cases.groups.held[person]
        states = cases.states.held[person]
        offers = cases.offers.held[person]
        acts = cases.acts.held[person]
    }
}
