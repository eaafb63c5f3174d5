import Chronology
import Identifiers
import Law
import Registry
import Storage

/// The hours that a workplace's ordinary employees worked, as the employer and a representative
/// of the employees state them: no register here has them.
public struct EmployeeStatement: Hashable, Sendable {
    public var day: Day
    public var unit: ProductionUnitNumber
    /// Ordinary paid hours in the latest 4 months, without subsidised jobs and those under 18.
    public var fourMonths: Int
    /// In the latest 12 months, of the whole company where it is private.
    public var twelveMonths: Int
    /// How many of the twelve had employees.
    public var months: Int
    /// In the month in which the offer begins.
    public var startMonth: Int

    /// The kind of record that keeps it.
    public static let recordKind = "employee-statement"
    /// It counts for offers that begin so many months after it was made; the law says none.
    public static let monthsItCounts = 3

    public init(
        day: Day, unit: ProductionUnitNumber, fourMonths: Int, twelveMonths: Int, months: Int,
        startMonth: Int
    ) {
        self.day = day
        self.unit = unit
        self.fourMonths = fourMonths
        self.twelveMonths = twelveMonths
        self.months = months
        self.startMonth = startMonth
    }

    /// Nil where the record is of another kind.
    init?(_ record: CompanyRecord) {
        func whole(_ name: String) -> Int? { record.answers[name].flatMap { Int($0) } }
        guard record.record == Self.recordKind, let number = whole("unit"),
            let unit = try? ProductionUnitNumber(number: Int64(number)),
            let four = whole("hours4"), let twelve = whole("hours12"),
            let months = whole("months12"), let now = whole("hoursNow")
        else { return nil }
        self.init(
            day: record.start, unit: unit, fourMonths: four, twelveMonths: twelve,
            months: months, startMonth: now)
    }

    /// As the form of the record has it.
    public var answers: [String: String] {
        [
            "unit": String(unit.number), "hours4": String(fourMonths),
            "hours12": String(twelveMonths), "months12": String(months),
            "hoursNow": String(startMonth),
        ]
    }

    func counts(for starts: Day) -> Bool {
        day <= starts && starts <= day.adding(months: Self.monthsItCounts)
    }

    /// Hundredths of an hour by month before a day, laid out evenly.
    func work(_ count: Int, before starts: Day) -> [EmployerQuestion.MonthOfWork] {
        let start = Month(containing: starts)
        let (sum, over) = count <= 4 ? (fourMonths, 4) : (twelveMonths, max(1, min(months, 12)))
        return (1...over).map { .init(start - $0, hours: sum * 100 / over) }
    }
}

/// What an employer asks before asking for somebody (må virksomheden?).
public struct LimitsAsked: Hashable, Sendable {
    public var measure: String
    public var unit: ProductionUnitNumber
    public var starts: Day
    public var ends: Day
    public var weekly: WeeklyTime
    public var group: TargetGroup
    public var category: MatchCategory?
    /// The citizen's latest job was there.
    public var isFormer: Bool

    public init(
        measure: String, unit: ProductionUnitNumber, starts: Day, ends: Day, weekly: WeeklyTime,
        group: TargetGroup, category: MatchCategory? = nil, isFormer: Bool = false
    ) {
        self.measure = measure
        self.unit = unit
        self.starts = starts
        self.ends = ends
        self.weekly = weekly
        self.group = group
        self.category = category
        self.isFormer = isFormer
    }
}

/// The law's answer, what it was reckoned from, and what would make it possible.
public struct EmployerLimits: Sendable {
    public var checks: [EffortCheck]
    public var ways: [WayOut]
    /// Those in offers at the workplace on the first day, whom the ratio counts.
    public var counted: [Offer]
    /// What was stated of the employees; nil where heads were reckoned as full-time.
    public var statement: EmployeeStatement?
    /// Heads at the workplace on the first day.
    public var employees: Int

    public var isForbidden: Bool { checks.contains(where: \.forbids) }
}

/// Something that would make an offer possible.
public enum WayOut: Hashable, Sendable {
    /// It ends no later.
    case endBy(Day)
    /// It begins when another offer has ended.
    case startFrom(Day)
    /// It takes no more hours a week.
    case hours(WeeklyTime)
    /// A statement of the employees' hours may show another number than heads do.
    case statement
}

extension CompanyCase {
    /// Someone of a group who has been on benefits for two years and is no longer young stands
    /// for those who are asked about without a name.
    public static let usualAge = 35
    public static let usualMonths = 24

    /// What the law says of an offer at a workplace before anybody is named. Nothing is kept.
    /// `stated` is tried in place of what is registered.
    public func limits(
        _ asked: LimitsAsked, stated: EmployeeStatement? = nil,
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> EmployerLimits {
        try Policy.require(.readCompanies, by: actor, in: municipality)
        return try await reckoned(asked, stated, in: municipality)
    }

    func reckoned(
        _ asked: LimitsAsked, _ stated: EmployeeStatement?, in municipality: MunicipalityCode
    ) async throws -> EmployerLimits {
        let statutes = try await house.law.statutes()
        guard let kind = try await house.law.efforts()[asked.measure], kind.isAgreed else {
            throw FieldProblems([.init("measure", "choice")])
        }
        if asked.ends < asked.starts { throw FieldProblems([.init("ends", "endsBefore")]) }
        var effort = NewEffort(measure: kind.id, starts: asked.starts, ends: asked.ends)
        effort.hours = [.init(from: asked.starts, weekly: asked.weekly)]
        effort.unit = asked.unit
        effort.told = ["talkedThrough": .truth(true)]
        var facts = CitizenFactsNow([], nil, on: asked.starts)
        facts.group = asked.group
        facts.category = asked.category ?? asked.group.usualCategory
        facts.age = Self.usualAge
        facts.monthsOnBenefits = Self.usualMonths
        facts.lastEmployer = asked.isFormer ? asked.unit : nil
        let (told, person) = (effort, facts)
        return try await house.engine.read { connection in
            var checking = try EffortChecking(
                told, kind, person, StoreReader(connection), municipality, statutes)
            if let stated { checking.statement = stated }
            return EmployerLimits(
                checks: try checking.checks(), ways: try checking.waysOut(),
                counted: checking.counted, statement: checking.statement,
                employees: checking.workplace?.employees(on: asked.starts) ?? 0)
        }
    }

    /// Registers what was stated of a workplace's employees.
    public func register(
        _ statement: EmployeeStatement, about company: CVR, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose, asking request: Request = .registerCompany
    ) async throws -> Receipt {
        try await register(
            EmployeeStatement.recordKind, from: statement.day, to: nil,
            answers: statement.answers, about: company, in: municipality, by: actor,
            purpose: purpose, asking: request)
    }
}

extension EffortChecking {
    /// Offers that the ratio counts on the first day, the earliest to end first.
    var counted: [Offer] {
        guard let workplace, let kinds = statutes.limits.ratioKinds(on: effort.starts) else {
            return []
        }
        return workplace.offers.filter { $0.holds(on: effort.starts) && kinds.contains($0.kind) }
            .sorted { ($0.end ?? .openEnd, $0.id) < ($1.end ?? .openEnd, $1.id) }
    }

    /// What would turn a no that is sure into a yes, each tried on its own.
    func waysOut() throws(FieldProblems) -> [WayOut] {
        let checks = try checks()
        guard checks.contains(where: \.forbids) else { return [] }
        var ways: [WayOut] = []
        if let end = try latestEnd() { ways.append(.endBy(end)) }
        if let start = try laterStart() { ways.append(.startFrom(start)) }
        if let weekly = try fewerHours() { ways.append(.hours(weekly)) }
        let isAboutEmployees = checks.contains {
            $0.forbids && [.ratio, .netEmployment].contains($0.subject)
        }
        if statement == nil, isAboutEmployees { ways.append(.statement) }
        return ways
    }

    private func isAllowed(_ change: (inout NewEffort) -> Void) throws(FieldProblems) -> Bool {
        var other = self
        change(&other.effort)
        return !(try other.checks().contains(where: \.forbids))
    }

    /// Whole weeks first, so that the day is one that people would agree on.
    private func latestEnd() throws(FieldProblems) -> Day? {
        guard var end = effort.ends else { return nil }
        for _ in 0..<370 where end > effort.starts {
            end = end - 1
            let tried = end
            if try isAllowed({ $0.ends = tried }) { return end }
        }
        return nil
    }

    private func laterStart() throws(FieldProblems) -> Day? {
        let length = (effort.ends ?? effort.starts) - effort.starts
        for offer in counted {
            guard let end = offer.end else { continue }
            let start = end + 1
            let isFree = try isAllowed {
                $0.starts = start
                $0.ends = start + length
                $0.hours = $0.hours.map { .init(from: start, weekly: $0.weekly) }
            }
            if isFree { return start }
        }
        return nil
    }

    private func fewerHours() throws(FieldProblems) -> WeeklyTime? {
        guard let most = effort.hours.map(\.weekly).max() else { return nil }
        for hours in stride(from: (most.minutes - 1) / 60, through: 1, by: -1) {
            let weekly = WeeklyTime(minutes: hours * 60)
            let isFree = try isAllowed {
                $0.hours = $0.hours.map { .init(from: $0.from, weekly: weekly) }
            }
            if isFree { return weekly }
        }
        return nil
    }
}

extension StoreReader {
    /// The latest statement of a workplace's employees that counts on a day.
    func statement(
        of unit: ProductionUnitNumber, for starts: Day, in municipality: MunicipalityCode
    ) throws -> EmployeeStatement? {
        guard let company = try company(ofUnit: unit, in: municipality) else { return nil }
        return try registrations(
            .companyRecord, where: .company, is: company.number, of: municipality
        ).compactMap { note -> EmployeeStatement? in
            guard case .companyRecord(let record) = note.fact else { return nil }
            return EmployeeStatement(record)
        }.last { $0.unit == unit && $0.counts(for: starts) }
    }
}
