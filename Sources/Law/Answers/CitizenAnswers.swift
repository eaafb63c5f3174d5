import Chronology
import Registry

/// Whether someone may have an offer.
public struct OfferQuestion: Hashable, Sendable {
    public var kind: OfferKind
    public var starts: Day
    public var ends: Day
    public var group: TargetGroup
    public var category: MatchCategory?
    /// Whole years on the first day.
    public var age: Int
    public var isQualified: Bool
    public var isSingleParent: Bool
    /// Whole months on benefits before the first day.
    public var monthsOnBenefits: Int
    public var isAtLastEmployer: Bool
    /// An assessment has found that more time is needed.
    public var isExtended: Bool
    /// Has a job or a business.
    public var isEmployed: Bool
    /// It is to test whether the citizen is available for work.
    public var isTest: Bool

    public init(
        _ kind: OfferKind, starts: Day, ends: Day, group: TargetGroup,
        category: MatchCategory? = nil, age: Int, isQualified: Bool = true,
        isSingleParent: Bool = false, monthsOnBenefits: Int = 0, isAtLastEmployer: Bool = false,
        isExtended: Bool = false, isEmployed: Bool = false, isTest: Bool = false
    ) {
        self.isTest = isTest
        self.kind = kind
        self.starts = starts
        self.ends = ends
        self.group = group
        self.category = category
        self.age = age
        self.isQualified = isQualified
        self.isSingleParent = isSingleParent
        self.monthsOnBenefits = monthsOnBenefits
        self.isAtLastEmployer = isAtLastEmployer
        self.isExtended = isExtended
        self.isEmployed = isEmployed
    }
}

/// What is known of a breach before a sanction is decided (LAS §§ 35-43).
public struct SanctionQuestion: Hashable, Sendable {
    public enum Breach: String, CaseIterable, Sendable {
        /// Udeblevet fra tilbud (§ 36), fra samtale (§ 37), ikke booket samtale (§ 37 a), ikke
        /// tilmeldt (§ 38)
        case absentFromOffer, missedConversation, notBooked, notRegistered
        /// Ophørt med eller afvist arbejde eller tilbud (§§ 39-40)
        case refusedWork
    }

    public var breach: Breach
    public var day: Day
    public var decided: Day
    public var category: MatchCategory
    /// When the citizen was guided in writing on rights, duties and sanctions.
    public var guided: Day?
    /// Told of the breach and of the coming sanction in direct connection with it.
    public var isTold: Bool
    /// The citizen has been heard (partshøring).
    public var isHeard: Bool
    public var hadReasonableGround: Bool
    /// Every reasonable way of reaching the citizen in person has been tried.
    public var isContactExhausted: Bool
    /// The month's help before deduction for income, in kroner.
    public var help: Int
    /// Days the sanction is counted for, where no day ends them.
    public var days: Int
    /// When the citizen was in contact again, or booked: the day the counting stops.
    public var resumed: Day?
    /// Another such reduction was made in the same calendar month.
    public var isSecondInMonth: Bool

    public init(
        _ breach: Breach, on day: Day, decided: Day, category: MatchCategory, guided: Day?,
        isTold: Bool, isHeard: Bool, hadReasonableGround: Bool, isContactExhausted: Bool,
        help: Int, days: Int, resumed: Day? = nil, isSecondInMonth: Bool = false
    ) {
        self.breach = breach
        self.day = day
        self.decided = decided
        self.category = category
        self.guided = guided
        self.isTold = isTold
        self.isHeard = isHeard
        self.hadReasonableGround = hadReasonableGround
        self.isContactExhausted = isContactExhausted
        self.help = help
        self.days = days
        self.resumed = resumed
        self.isSecondInMonth = isSecondInMonth
    }
}

extension SanctionQuestion {
    /// The day contact was resumed, for the breaches that last until then.
    fileprivate var countedTo: Day? {
        [.missedConversation, .notBooked].contains(breach) ? resumed : nil
    }
}

extension Limits {
    /// Whether someone may have an offer, and for so long. Nil where no limit is held for
    /// the offer.
    public func offer(_ question: OfferQuestion) -> Answer? {
        let limit = offers.filter { $0.kinds.contains(question.kind) }
            .inForce(on: question.starts)
        guard let limit else { return nil }
        let isOutside = question.category.map { limit.notCategories.contains($0) } ?? false
        let entry = limit.entries.first { entry in
            entry.groups.contains(question.group)
                && (entry.categories == nil
                    || question.category.map { entry.categories?.contains($0) ?? false } ?? false)
        }
        let group = Answer.Value.word("term.targetGroup.\(question.group.rawValue)")
        guard let entry, !isOutside else {
            return Answer(limit.basis, [Answer.Step("offer.group", ["group": group], holds: false)])
        }
        var steps = [Answer.Step("offer.group", ["group": group], holds: true)]
        if limit.onlyAsTest.contains(question.group) {
            steps.append(Answer.Step("offer.onlyAsTest", holds: question.isTest))
        }
        if question.isEmployed, limit.notWhenEmployed.contains(question.group) {
            steps.append(Answer.Step("offer.employed", holds: false))
        }
        if question.isEmployed, limit.keptWhenEmployed.contains(question.group) {
            steps.append(Answer.Step("offer.keepsJob", holds: true))
        } else if limit.notAtLastEmployer {
            steps.append(
                Answer.Step(
                    question.isAtLastEmployer ? "offer.lastEmployer" : "offer.otherEmployer",
                    holds: !question.isAtLastEmployer))
        }
        if entry.monthsBefore > 0 { steps.append(before(entry.monthsBefore, question)) }
        steps += length(entry, question)
        return Answer(limit.basis, steps)
    }

    private func before(_ months: Int, _ question: OfferQuestion) -> Answer.Step {
        let values: [String: Answer.Value] = [
            "months": .count(question.monthsOnBenefits), "asked": .count(months),
        ]
        let waived = !question.isQualified || question.age > 50 || question.isSingleParent
        if question.monthsOnBenefits < months && waived {
            return Answer.Step("offer.waived", values, holds: true)
        }
        return Answer.Step(
            "offer.monthsBefore", values, holds: question.monthsOnBenefits >= months)
    }

    private func length(
        _ entry: OfferLimit.Entry, _ question: OfferQuestion
    ) -> [Answer.Step] {
        guard let longest = entry.longest else { return [Answer.Step("offer.noLimit")] }
        func step(_ text: String, _ length: OfferLimit.Length) -> Answer.Step {
            let end = length.end(from: question.starts)
            return Answer.Step(
                text + (length.isMonths ? ".months" : ".weeks"),
                ["count": .count(length.count), "end": .day(end), "ends": .day(question.ends)],
                holds: question.ends <= end)
        }
        if let extended = entry.extended, question.isExtended {
            // Extensions beyond that come one at a time, each with its own question.
            return [step("offer.extended", extended)]
        }
        var steps = [step("offer.longest", longest)]
        if steps[0].holds == false, let more = entry.extended ?? entry.further {
            let text = entry.extended == nil ? "offer.mayRenew" : "offer.mayExtend"
            steps.append(
                Answer.Step(
                    text + (more.isMonths ? ".months" : ".weeks"),
                    ["count": .count(more.count)]))
        }
        return steps
    }

    /// Whether a sanction can be decided, and what it comes to. Nil where the rates of
    /// the day are not held.
    public func sanction(_ question: SanctionQuestion) -> Answer? {
        guard let rates = dayRates.inForce(on: question.day) else { return nil }
        let last = (Month(containing: question.day) + 3).last
        var steps = [
            question.guided.map {
                Answer.Step("sanction.guided", ["day": .day($0)], holds: $0 <= question.day)
            } ?? Answer.Step("sanction.notGuided", holds: false)
        ]
        // For absence from offers the act asks for no word in direct connection.
        if question.breach != .absentFromOffer {
            steps.append(
                Answer.Step(
                    question.isTold ? "sanction.told" : "sanction.notTold",
                    holds: question.isTold))
        }
        steps += [
            Answer.Step(
                question.hadReasonableGround ? "sanction.ground" : "sanction.noGround",
                holds: !question.hadReasonableGround),
            Answer.Step(
                question.isHeard ? "sanction.heard" : "sanction.notHeard",
                holds: question.isHeard),
        ]
        if question.category == .activityReady {
            steps.append(
                Answer.Step(
                    question.isContactExhausted ? "sanction.contact" : "sanction.noContact",
                    holds: question.isContactExhausted))
        }
        steps.append(
            Answer.Step(
                "sanction.deadline", ["last": .day(last), "decided": .day(question.decided)],
                holds: question.decided <= last))
        if question.breach == .refusedWork {
            steps.append(
                Answer.Step(
                    question.isSecondInMonth ? "sanction.secondInMonth" : "sanction.firstInMonth",
                    holds: !question.isSecondInMonth))
        }
        return Answer(rates.basis, steps + amount(rates, question))
    }

    private func amount(_ rates: DayRates, _ question: SanctionQuestion) -> [Answer.Step] {
        let rate = rates.kroner(forHelp: question.help)
        let isOnce = question.breach == .refusedWork
        // The day of the breach always counts.
        let days = question.countedTo.map { max(1, Int($0 - question.day)) } ?? question.days
        let sum = rate * (isOnce ? 3 : days)
        return [
            Answer.Step(
                isOnce ? "sanction.once" : "sanction.perDay",
                [
                    "help": .count(question.help), "rate": .count(rate),
                    "days": .count(days), "sum": .count(sum),
                ]),
            Answer.Step("sanction.atMost", ["sum": .count(min(sum, question.help))]),
        ]
    }

    /// The state's share in a week on benefits, in percent, when the weeks of the last
    /// three years are counted. `selfSupport` are whole weeks without support and without
    /// a supported job in those years, `since` the weeks on benefits since they ended.
    public func refund(
        weeks: Int, selfSupport: Int, since: Int, on day: Day
    ) -> (percent: Int, answer: Answer)? {
        guard let ladder = refunds.inForce(on: day) else { return nil }
        let restarts = selfSupport >= ladder.restartsAfterWeeks
        let week = restarts ? since : weeks
        let step = ladder.steps.first { $0.weeks.map { week <= $0 } ?? true }
        let percent = step?.percent ?? 0
        return (
            percent,
            Answer(
                ladder.basis,
                [
                    Answer.Step(
                        restarts ? "refund.restarts" : "refund.counts",
                        [
                            "selfSupport": .count(selfSupport),
                            "asked": .count(ladder.restartsAfterWeeks),
                            "years": .count(ladder.withinYears), "week": .count(week),
                        ]),
                    Answer.Step(
                        "refund.percent", ["week": .count(week), "percent": .count(percent)]),
                ])
        )
    }
}
