import Chronology
import Identifiers
import Law
import Registry
import Storage

/// Asks the law about an effort with what is registered of the citizen and the workplace.
struct EffortChecking {
    var effort: NewEffort
    private let kind: EffortKind
    let statutes: StatuteBook
    private let facts: CitizenFactsNow
    let workplace: Workplace?
    /// What was stated of the workplace's employees; nil reckons each head as full-time.
    var statement: EmployeeStatement?

    /// Throws `FieldProblems` where the workplace is not registered.
    init(
        _ effort: NewEffort, _ kind: EffortKind, _ citizen: CitizenID, _ reader: StoreReader,
        _ municipality: MunicipalityCode, _ statutes: StatuteBook
    ) throws {
        try self.init(
            effort, kind,
            try reader.factsNow(of: citizen, in: municipality, on: effort.starts), reader,
            municipality, statutes)
    }

    /// About somebody of whom `facts` is all that is known.
    init(
        _ effort: NewEffort, _ kind: EffortKind, _ facts: CitizenFactsNow, _ reader: StoreReader,
        _ municipality: MunicipalityCode, _ statutes: StatuteBook
    ) throws {
        self.effort = effort
        self.kind = kind
        self.statutes = statutes
        self.facts = facts
        statement = try effort.unit.flatMap {
            try reader.statement(of: $0, for: effort.starts, in: municipality)
        }
        workplace = try effort.unit.flatMap { try reader.workplace($0, of: municipality) }
        if effort.unit != nil, workplace == nil {
            throw FieldProblems([.init("unit", "workplaceUnknown")])
        }
    }

    /// Every condition, and of an offer also the limits and the employer's rules.
    func checks() throws(FieldProblems) -> [EffortCheck] {
        let conditions = questions.compactMap { question in
            question.answer(effort.told).map {
                EffortCheck(subject: .condition(question.entitlement.id), answer: $0)
            }
        }
        return try offerChecks() + sixWeeks + conditions
    }

    /// The questions that state the effort's conditions, with what is known of them.
    var questions: [CaseQuestion] {
        var known = facts.known(on: effort.starts)
        known["wageSubsidy"] = .truth(kind.employment == .wageSubsidy)
        if let ends = effort.ends {
            known["weeks"] = .number(Int(ends.number - effort.starts.number + 7) / 7)
        }
        return kind.asks.compactMap { id in
            guard let entitlement = statutes.entitlements[id],
                entitlement.version(on: effort.starts) != nil
            else { return nil }
            return CaseQuestion(entitlement: entitlement, on: effort.starts, known: known)
        }
    }

    /// The right to six weeks of job-directed education, where that is what it is.
    private var sixWeeks: [EffortCheck] {
        guard kind.asksSixWeeks, let group = facts.group else { return [] }
        let answer = statutes.limits.sixWeeks(
            SixWeeksQuestion(
                unemployedFrom: facts.benefitsBegan, starts: effort.starts,
                ends: effort.ends ?? effort.starts, age: facts.age, group: group,
                isOnList: effort.told["onList"] == .truth(true),
                isSkilledAtMost: !facts.isHigherEducated, isOnAllowance: facts.isOnAllowance))
        return answer.map { [EffortCheck(subject: .sixWeeks, answer: $0)] } ?? []
    }

    private func offerChecks() throws(FieldProblems) -> [EffortCheck] {
        guard let offer = kind.offer else { return [] }
        guard let group = facts.group else { throw FieldProblems([.init("starts", "noGroup")]) }
        let limits = statutes.limits
        var checks: [EffortCheck] = []
        if kind.asksLimits, let answer = limits.offer(question(offer, group)) {
            checks.append(EffortCheck(subject: .offer, answer: answer))
        }
        guard let workplace else { return checks }
        if kind.asksRatio, let answer = limits.ratio(employer(offer, group, workplace, months: 4)) {
            checks.append(EffortCheck(subject: .ratio, answer: answer))
        }
        // Disability pensioners need not add to the employees (LAB § 83, stk. 5).
        if kind.asksNetEmployment, group != .group11 {
            let now =
                statement.map { $0.startMonth * 100 }
                ?? workplace.employees(on: effort.starts) * EmployerQuestion.fullMonth
            let question = employer(offer, group, workplace, months: 12)
            if let answer = limits.netEmployment(question, now: now) {
                checks.append(EffortCheck(subject: .netEmployment, answer: answer))
            }
        }
        return checks
    }

    private func question(_ offer: OfferKind, _ group: TargetGroup) -> OfferQuestion {
        OfferQuestion(
            offer, starts: effort.starts, ends: effort.ends ?? effort.starts, group: group,
            category: facts.category, age: facts.age, isQualified: facts.isQualified,
            isSingleParent: effort.isSingleParent, monthsOnBenefits: facts.monthsOnBenefits,
            isAtLastEmployer: effort.unit != nil && facts.lastEmployer == effort.unit,
            isExtended: effort.isExtended, isEmployed: facts.isEmployed, isTest: effort.isTest)
    }

    private func employer(
        _ offer: OfferKind, _ group: TargetGroup, _ workplace: Workplace, months: Int
    ) -> EmployerQuestion {
        let weekly = effort.hours.map(\.weekly).max() ?? .full
        var question = EmployerQuestion(
            workplace, offer, weekly, months: months, starts: effort.starts,
            isOutsideRatio: group == .group11 && kind.employment == .wageSubsidy
                || facts.keepsJob(group, effort.unit))
        if let statement { question.work = statement.work(months, before: effort.starts) }
        return question
    }
}

extension EmployerQuestion {
    /// Hundredths of an hour in a full-time month.
    static let fullMonth = 16_033

    /// Whether one more can start at a workplace, from what is registered of it. Hours are not
    /// registered, so each employee is reckoned as full-time.
    init(
        _ workplace: Workplace, _ offer: OfferKind, _ weekly: WeeklyTime = .full, months: Int,
        starts: Day, isOutsideRatio: Bool = false
    ) {
        let start = Month(containing: starts)
        self.init(
            starts: starts,
            work: (1...months).map {
                .init(
                    start - $0,
                    hours: workplace.employees(on: (start - $0).last) * Self.fullMonth)
            },
            inOffers: workplace.offers.filter { $0.holds(on: starts) }
                .map { .init($0.kind, $0.weekly) },
            asked: .init(offer, weekly, isOutsideRatio: isOutsideRatio))
    }
}

/// What is registered of a citizen on a day.
struct CitizenFactsNow {
    var group: TargetGroup?
    var category: MatchCategory?
    var age = 0
    var isQualified = false
    var isEmployed = false
    /// Has a higher education.
    var isHigherEducated = false
    /// Gets the allowance of one approved for a flex job and without one (ledighedsydelse).
    var isOnAllowance = false
    /// The first day of the present benefits without a break of a month; the day itself
    /// where there are none.
    var benefitsBegan: Day
    /// Whole months since then.
    var monthsOnBenefits = 0
    /// Where the latest job is or was.
    var lastEmployer: ProductionUnitNumber?

    init(_ facts: [Fact], _ person: Citizen?, on day: Day) {
        benefitsBegan = day
        age = person?.born.age(on: day) ?? 0
        var spells: [BenefitSpell] = []
        var lastJob: Employment?
        for fact in facts {
            switch fact {
            case .targetGroup(let period) where period.holds(on: day): group = period.group
            case .matchCategory(let period) where period.holds(on: day): category = period.category
            case .education(let period) where period.level.isQualifying && period.start <= day:
                isQualified = true
                if period.level != .vocational { isHigherEducated = true }
            case .benefitSpell(let spell) where spell.start <= day:
                spells.append(spell)
                if spell.benefit == .flexJobUnemploymentAllowance, spell.holds(on: day) {
                    isOnAllowance = true
                }
            case .employment(let job) where job.kind != .wageSubsidy && job.start < day:
                if job.holds(on: day) { isEmployed = true }
                if job.start > lastJob?.start ?? job.start - 1 { lastJob = job }
            default: break
            }
        }
        lastEmployer = lastJob?.unit
        for spell in spells.sorted(by: { $0.start > $1.start })
        where spell.end ?? .openEnd >= benefitsBegan - 31 {
            benefitsBegan = min(benefitsBegan, spell.start)
        }
        while benefitsBegan.adding(months: monthsOnBenefits + 1) <= day { monthsOnBenefits += 1 }
    }

    /// Sick-listed, and the offer is in the job one has.
    func keepsJob(_ group: TargetGroup, _ unit: ProductionUnitNumber?) -> Bool {
        [.group6, .group7].contains(group) && isEmployed && unit != nil && unit == lastEmployer
    }
}
