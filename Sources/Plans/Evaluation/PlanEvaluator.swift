import Chronology
import Identifiers
import Indicators
import Registry

/// Says how a plan stands on a day. Pure: everything it needs is handed to it.
public struct PlanEvaluator: Sendable {
    public var known: KnownIndicators
    public var figures: any FigureSource
    public var published: (any PublishedSource)?
    /// The first day each municipality's registrations cover. A figure for a
    /// period that begins earlier, or for a municipality that is not here, is
    /// taken as published or not at all.
    public var registeredFrom: [MunicipalityCode: Day]
    public var dutiesHeld: [DutyHeld]
    /// Every municipality, for ranks whose plan names no peers.
    public var municipalities: [MunicipalityCode]
    /// The one whose figures stand beside the plan's own.
    public var compareMunicipality: MunicipalityCode?
    /// Forecasts levels; without one they go on as last year did.
    public var forecasts: (any LevelForecasting)?

    public init(
        known: KnownIndicators, figures: any FigureSource,
        published: (any PublishedSource)? = nil, registeredFrom: [MunicipalityCode: Day],
        dutiesHeld: [DutyHeld] = [], municipalities: [MunicipalityCode] = [],
        compareMunicipality: MunicipalityCode? = nil,
        forecasts: (any LevelForecasting)? = nil
    ) {
        self.forecasts = forecasts
        self.known = known
        self.figures = figures
        self.published = published
        self.registeredFrom = registeredFrom
        self.dutiesHeld = dutiesHeld
        self.municipalities = municipalities
        self.compareMunicipality = compareMunicipality
    }

    /// The whole plan, goal by goal. `municipality` is the plan's own when nil;
    /// another one shows how the same plan would stand there. `countedOn`: a later day
    /// up to which the figures of the months that had gone by `asOf` are counted, so
    /// that what was registered meanwhile is in them; `asOf` itself when nil.
    public func status(
        of plan: EmploymentPlan, asOf: Day, municipality: MunicipalityCode? = nil,
        countedOn: Day? = nil
    ) throws(IndicatorError) -> PlanStatus {
        var evaluation = evaluation(of: plan, asOf, municipality, countedOn)
        let needs = plan.targets.map { (target: $0, periods: evaluation.periods(of: $0)) }
        try evaluation.reader.fetch(needs, municipality: evaluation.municipality)
        var targets: [TargetStatus] = []
        for target in plan.targets { targets.append(try evaluation.status(of: target)) }
        let duties = plan.duties.map(evaluation.duties.status)
        return PlanStatus(
            plan: plan, asOf: asOf,
            goals: plan.goals.map { goal in
                GoalStatus(
                    goal: goal,
                    focusAreas: plan.focusAreas.filter { $0.goals.contains(goal.id) },
                    targets: targets.filter { $0.target.goals.contains(goal.id) },
                    duties: duties.filter { $0.duty.goals.contains(goal.id) },
                    efforts: plan.efforts.filter { $0.goals.contains(goal.id) })
            })
    }

    /// One target alone, for its page.
    public func status(
        of target: ResultTarget, in plan: EmploymentPlan, asOf: Day,
        municipality: MunicipalityCode? = nil
    ) throws(IndicatorError) -> TargetStatus {
        try evaluation(of: plan, asOf, municipality).status(of: target)
    }

    private func evaluation(
        of plan: EmploymentPlan, _ asOf: Day, _ municipality: MunicipalityCode?,
        _ countedOn: Day? = nil
    ) -> TargetEvaluation {
        TargetEvaluation(
            plan: plan, municipality: municipality ?? plan.municipality,
            compareMunicipality: compareMunicipality, municipalities: municipalities,
            reader: FigureReader(
                figures: figures, published: published, known: known,
                registeredFrom: registeredFrom, asOf: countedOn ?? asOf),
            duties: DutyEvaluation(plan: plan, held: dutiesHeld, asOf: asOf),
            forecasts: forecasts, asOf: asOf)
    }
}
