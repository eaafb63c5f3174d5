import Chronology
import Registry

/// What decides the rate of cash benefit (LAS §§ 11 og 16-19).
public struct CashQuestion: Hashable, Sendable {
    public var on: Day
    /// Whole years.
    public var age: Int
    /// Months of lawful residence in the realm, and of full-time ordinary work, within the
    /// latest ten years.
    public var residenceMonths: Int
    public var workMonths: Int
    /// Lives with parents and has no child of one's own at home.
    public var isAtHome: Bool
    /// Entitled under EU law, so that neither requirement is asked for.
    public var isUnderEULaw: Bool
    /// The first day in the realm of one who was not born there.
    public var entered: Day?
    /// Came back after twelve months or more abroad.
    public var hasReturned: Bool

    public init(
        on: Day, age: Int, residenceMonths: Int, workMonths: Int, isAtHome: Bool = false,
        isUnderEULaw: Bool = false, entered: Day? = nil, hasReturned: Bool = false
    ) {
        self.on = on
        self.age = age
        self.residenceMonths = residenceMonths
        self.workMonths = workMonths
        self.isAtHome = isAtHome
        self.isUnderEULaw = isUnderEULaw
        self.entered = entered
        self.hasReturned = hasReturned
    }
}

/// A week of someone with a duty to work, in minutes.
public struct WorkWeek: Hashable, Sendable {
    public var on: Day
    /// Ordinary work, offers, Danish lessons, and transport between them.
    public var work: Int
    /// Preparation for lessons, and job search.
    public var preparation: Int
    /// The hours found possible for this citizen; nil for those of the act.
    public var assessed: Int?

    public init(on: Day, work: Int, preparation: Int, assessed: Int? = nil) {
        self.on = on
        self.work = work
        self.preparation = preparation
        self.assessed = assessed
    }
}

/// A course of job-directed education.
public struct SixWeeksQuestion: Hashable, Sendable {
    public var unemployedFrom: Day
    public var starts: Day
    public var ends: Day
    public var age: Int
    public var group: TargetGroup
    /// The course is on the positive list (positivlisten).
    public var isOnList: Bool
    /// Unskilled or skilled, and not of a higher education.
    public var isSkilledAtMost: Bool
    /// Of those approved for a flex job: gets the unemployment allowance (ledighedsydelse).
    public var isOnAllowance: Bool

    public init(
        unemployedFrom: Day, starts: Day, ends: Day, age: Int, group: TargetGroup = .group1,
        isOnList: Bool, isSkilledAtMost: Bool, isOnAllowance: Bool = false
    ) {
        self.isOnList = isOnList
        self.isSkilledAtMost = isSkilledAtMost
        self.isOnAllowance = isOnAllowance
        self.unemployedFrom = unemployedFrom
        self.starts = starts
        self.ends = ends
        self.age = age
        self.group = group
    }
}

extension Limits {
    /// Whether both requirements are met, and which rate follows. Who does not meet them
    /// has a duty to work. Nil before the rates that are held.
    public func cashBenefit(_ question: CashQuestion) -> Answer? {
        guard let rates = cashRates.inForce(on: question.on) else { return nil }
        var steps: [Answer.Step] = []
        if question.isUnderEULaw {
            steps.append(Answer.Step("cash.underEULaw", holds: true))
        } else {
            func step(_ text: String, _ months: Int, _ asked: Int) -> Answer.Step {
                Answer.Step(
                    text,
                    [
                        "months": .count(months), "asked": .count(asked),
                        "within": .count(rates.withinMonths),
                    ], holds: months >= asked)
            }
            steps.append(step("cash.residence", question.residenceMonths, rates.residenceMonths))
            // Work is asked only of those who have come from elsewhere.
            let isFromElsewhere =
                question.hasReturned
                || question.entered.map { $0 >= rates.workFromEntry } ?? false
            steps.append(
                isFromElsewhere
                    ? step("cash.work", question.workMonths, rates.workMonths)
                    : Answer.Step("cash.noWork", ["from": .day(rates.workFromEntry)]))
        }
        let isMet = steps.allSatisfy { $0.holds ?? true }
        let (name, kroner) = rate(question, rates, isMet)
        steps.append(Answer.Step("cash.rate.\(name)", ["kroner": .count(kroner)]))
        if !isMet { steps.append(Answer.Step("cash.workDuty")) }
        return Answer(rates.basis, steps)
    }

    private func rate(
        _ question: CashQuestion, _ rates: CashRates, _ isMet: Bool
    ) -> (name: String, kroner: Int) {
        if question.age < 30, question.isAtHome { return ("atHome", rates.atHome) }
        if !isMet { return ("least", rates.least) }
        let hasWorked = question.workMonths >= rates.workMonths
        if question.age >= 30 || question.age >= 25 && hasWorked {
            return ("raised", rates.raised)
        }
        return ("base", rates.base)
    }

    /// Whether a week is full under the duty to work (LAB § 105 a). Nil before it.
    public func workDuty(_ week: WorkWeek) -> Answer? {
        guard let limit = workDuties.inForce(on: week.on) else { return nil }
        let preparation = min(week.preparation, limit.preparationHours * 60)
        let asked = week.assessed ?? limit.hours * 60
        let counted = week.work + preparation
        return Answer(
            limit.basis,
            [
                Answer.Step(
                    "duty.preparation",
                    [
                        "done": .hundredths(week.preparation * 100 / 60),
                        "counted": .hundredths(preparation * 100 / 60),
                        "most": .count(limit.preparationHours),
                    ]),
                Answer.Step(
                    "duty.hours",
                    [
                        "work": .hundredths(week.work * 100 / 60),
                        "counted": .hundredths(counted * 100 / 60),
                        "asked": .hundredths(asked * 100 / 60),
                    ], holds: counted >= asked),
            ])
    }

    /// Whether a course is within the right to six weeks of education (LAB § 48).
    public func sixWeeks(_ question: SixWeeksQuestion) -> Answer? {
        guard let limit = sixWeeks.inForce(on: question.starts) else { return nil }
        let first = question.unemployedFrom + 7 * limit.afterWeeks
        let isYoung = question.group == .group1 && question.age < limit.youngUnder
        let months = isYoung ? limit.youngMonths : limit.months
        let last = question.unemployedFrom.adding(months: months) - 1
        let longest = question.starts + (7 * limit.weeks - 1)
        let isAllowed =
            question.group == .group1 || question.group == .group9 && question.isOnAllowance
        return Answer(
            limit.basis,
            [
                Answer.Step(
                    question.group == .group9 ? "sixWeeks.allowance" : "sixWeeks.group",
                    ["group": .word("term.targetGroup.\(question.group.rawValue)")],
                    holds: isAllowed),
                Answer.Step("sixWeeks.skilled", holds: question.isSkilledAtMost),
                Answer.Step("sixWeeks.onList", holds: question.isOnList),
                Answer.Step(
                    "sixWeeks.first",
                    [
                        "weeks": .count(limit.afterWeeks), "first": .day(first),
                        "starts": .day(question.starts),
                    ], holds: question.starts >= first),
                Answer.Step(
                    "sixWeeks.length",
                    [
                        "weeks": .count(limit.weeks), "last": .day(longest),
                        "ends": .day(question.ends),
                    ], holds: question.ends <= longest),
                Answer.Step(
                    "sixWeeks.last",
                    [
                        "months": .count(months), "last": .day(last),
                        "ends": .day(question.ends),
                    ], holds: question.ends <= last),
            ])
    }
}
