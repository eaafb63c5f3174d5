import Chronology
import Registry

/// What an employer asks before someone in an offer can start.
public struct EmployerQuestion: Hashable, Sendable {
    /// Ordinary paid hours in a calendar month, in hundredths of an hour: without
    /// subsidised jobs, and for the ratio without those under 18.
    public struct MonthOfWork: Hashable, Sendable {
        public var month: Month
        public var hours: Int
        public init(_ month: Month, hours: Int) {
            self.month = month
            self.hours = hours
        }
    }

    /// Someone in an offer, by weekly time.
    public struct InOffer: Hashable, Sendable {
        public var kind: OfferKind
        public var weekly: WeeklyTime
        /// A disability pensioner in wage subsidy, or someone sick-listed in an internship
        /// where the job is: not counted and not limited (§ 65, stk. 5, og § 83, stk. 5).
        public var isOutsideRatio: Bool
        public init(_ kind: OfferKind, _ weekly: WeeklyTime, isOutsideRatio: Bool = false) {
            self.kind = kind
            self.weekly = weekly
            self.isOutsideRatio = isOutsideRatio
        }
    }

    public var starts: Day
    /// At the production unit (P-nummer); for a private employer's net employment at the
    /// company (CVR-nummer).
    public var work: [MonthOfWork]
    /// Those in offers there already.
    public var inOffers: [InOffer]
    public var asked: InOffer

    public init(starts: Day, work: [MonthOfWork], inOffers: [InOffer], asked: InOffer) {
        self.starts = starts
        self.work = work
        self.inOffers = inOffers
        self.asked = asked
    }
}

/// Hundredths of an hour that make a full-time month (160.33 hours).
private let fullMonth = 16_033

extension Limits {
    /// Whether one more in an offer keeps the ratio to the ordinary employees
    /// (rimelighedskrav, BEK 1216/2023 §§ 65 og 83). Nil where no rule was in force.
    public func ratio(_ question: EmployerQuestion) -> Answer? {
        guard let limit = ratios.inForce(on: question.starts) else { return nil }
        let hours = hours(before: question.starts, limit.months, question.work)
        // Everything in hundredths of an hour, so that a whole person is exact.
        let person = fullMonth * limit.months
        let below = min(hours, limit.upTo * person) / (limit.oneFor * person)
        let above = max(0, hours - limit.upTo * person) / (limit.thenOneFor * person)
        let allowed = max(limit.atLeast, below + above)
        var steps = [
            Answer.Step(
                "ratio.employees",
                [
                    "hours": .hundredths(hours), "months": .count(limit.months),
                    "employees": .hundredths(hours * 100 / person),
                ]),
            Answer.Step(
                "ratio.allowed",
                [
                    "oneFor": .count(limit.oneFor), "upTo": .count(limit.upTo),
                    "thenOneFor": .count(limit.thenOneFor), "allowed": .count(allowed),
                ]),
        ]
        guard limit.counts.contains(question.asked.kind), !question.asked.isOutsideRatio else {
            steps.append(Answer.Step("ratio.notCounted"))
            return Answer(limit.basis, steps)
        }
        let minutes = question.inOffers
            .filter { limit.counts.contains($0.kind) && !$0.isOutsideRatio }
            .reduce(0) { $0 + Int($1.weekly.minutes) }
        let asked = Int(question.asked.weekly.minutes)
        let week = Int(WeeklyTime.full.minutes)
        steps.append(
            Answer.Step(
                "ratio.used",
                [
                    "used": .hundredths(minutes * 100 / week),
                    "asked": .hundredths(asked * 100 / week),
                    "sum": .hundredths((minutes + asked) * 100 / week),
                    "allowed": .count(allowed),
                ], holds: minutes + asked <= allowed * week))
        return Answer(limit.basis, steps)
    }

    /// The kinds of offers that the ratio counts on a day; nil where no rule was in force.
    public func ratioKinds(on day: Day) -> Set<OfferKind>? {
        ratios.inForce(on: day).map { Set($0.counts) }
    }

    /// Whether an offer adds to the average number of ordinary employees
    /// (merbeskæftigelse, BEK 1216/2023 §§ 66 og 78-81). `now` are the ordinary hours of
    /// the month in which it starts, in hundredths. Nil where no rule is about the offer.
    public func netEmployment(_ question: EmployerQuestion, now: Int) -> Answer? {
        let limit = netEmployments.filter { $0.kinds.contains(question.asked.kind) }
            .inForce(on: question.starts)
        guard let limit else { return nil }
        let first = Month(containing: question.starts) - limit.months
        let counted = question.work.filter {
            $0.month >= first && $0.month < Month(containing: question.starts) && $0.hours > 0
        }
        let hours = counted.reduce(0) { $0 + $1.hours }
        // The offer's hours of a month: its share of a full-time week.
        let asked = Int(question.asked.weekly.minutes) * fullMonth / Int(WeeklyTime.full.minutes)
        let average = counted.isEmpty ? 0 : hours / counted.count
        return Answer(
            limit.basis,
            [
                Answer.Step(
                    "net.average",
                    [
                        "months": .count(counted.count),
                        "average": .hundredths(average * 100 / fullMonth),
                    ]),
                Answer.Step(
                    "net.after",
                    [
                        "now": .hundredths(now * 100 / fullMonth),
                        "asked": .hundredths(asked * 100 / fullMonth),
                        "sum": .hundredths((now + asked) * 100 / fullMonth),
                        "average": .hundredths(average * 100 / fullMonth),
                    ], holds: (now + asked) * max(1, counted.count) > hours),
            ])
    }

    /// The hours of the calendar months before a day, `months` of them.
    private func hours(
        before day: Day, _ months: Int, _ work: [EmployerQuestion.MonthOfWork]
    ) -> Int {
        let start = Month(containing: day)
        return work.filter { $0.month >= start - months && $0.month < start }
            .reduce(0) { $0 + $1.hours }
    }
}
