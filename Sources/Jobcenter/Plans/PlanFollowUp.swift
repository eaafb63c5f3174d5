import Chronology
import Identifiers
import Indicators
import Parameters
import Plans
import Registry
import Storage

/// Follows an employment plan: goal by goal, figure, target and verdict.
public struct PlanFollowUp: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// The plan with this id, or nil.
    public func plan(_ id: String) -> EmploymentPlan? { house.plans.first { $0.id == id } }

    /// The plan's status on `asOf` as it was known at `knownAt` (nil: now). `countedOn`: a
    /// later day up to which the figures of the months gone are counted.
    public func status(
        of plan: EmploymentPlan, asOf: Day, knownAt: Day? = nil, countedOn: Day? = nil,
        compareWith other: MunicipalityCode? = nil, by actor: Actor
    ) async throws -> PlanStatus {
        try Policy.require(.readPlan, by: actor, in: plan.municipality)
        var source = SourcesByMunicipality(own: plan.municipality)
        var registeredFrom: [MunicipalityCode: Day] = [:]
        for municipality in [plan.municipality] + (other.map { [$0] } ?? []) {
            source.registers[municipality] = try await house.registers.register(
                of: municipality, knownAt: knownAt)
            // Without a single registration no figure of its own exists, and "0"
            // would be a lie.
            registeredFrom[municipality] = try await house.engine.read {
                try LedgerAuditor($0).firstDay(of: municipality)
            }
        }
        let published = try await house.publishedFigures.table(knownAt: knownAt)
        let evaluator = PlanEvaluator(
            known: KnownIndicators(house.catalogue.all), figures: source,
            published: published, registeredFrom: registeredFrom,
            dutiesHeld: try await duties(of: plan, knownAt),
            municipalities: house.municipalities.all.map { MunicipalityCode(number: $0.code) },
            compareMunicipality: other,
            forecasts: LevelForecasts(
                source: source, published: published, catalogue: house.catalogue,
                areas: house.municipalities.areas, registeredFrom: registeredFrom,
                countedOn: countedOn ?? asOf))
        return try evaluator.status(of: plan, asOf: asOf, countedOn: countedOn)
    }

    /// A number that changes whenever the municipality's registrations do.
    public func version(of plan: EmploymentPlan) async throws -> Int64 {
        try await house.registers.ledgerNumber(of: plan.municipality)
    }

    /// Builds the municipality's register, so that the first question finds it.
    public func warm(_ municipality: MunicipalityCode) async throws {
        _ = try await house.registers.register(of: municipality, knownAt: nil)
    }

    /// What was registered as a duty held, and the registrations that a duty
    /// counts as its own.
    private func duties(
        of plan: EmploymentPlan, _ knownAt: Day?
    ) async throws -> [DutyHeld] {
        try await house.engine.read { connection in
            var held: [DutyHeld] = []
            try StoreReader(connection).facts(
                of: plan.municipality,
                kinds: [
                    .dutyHeld, .survey, .trainingCourse, .qualityAction, .focusGroup,
                    .councilMatter,
                ], knownAt: knownAt
            ) { fact in
                if case .dutyHeld(let duty) = fact { held.append(duty) }
                guard let (evidence, day) = RecurringDuty.Evidence.shown(by: fact) else { return }
                for duty in plan.duties where duty.counts == evidence {
                    held.append(
                        DutyHeld(
                            id: fact.id, plan: plan.id, duty: duty.id, day: day, note: ""))
                }
            }
            return held
        }
    }
}

extension RecurringDuty.Evidence {
    /// What a fact shows to be done, and the day it counts on; nil where it shows nothing.
    fileprivate static func shown(by fact: Fact) -> (RecurringDuty.Evidence, Day)? {
        switch fact {
        case .survey(let survey): (.userSurveys, survey.closed)
        case .trainingCourse(let course): (.training, course.day)
        case .qualityAction(let action): action.done.map { (.qualityActions, $0) }
        case .focusGroup(let group): group.result.isEmpty ? nil : (.focusGroups, group.day)
        case .councilMatter(let matter): matter.answered.map { (.councilAnswers, $0) }
        default: nil
        }
    }
}

/// Several municipalities' registers seen as one source; a request says in its
/// filter which of them it means.
struct SourcesByMunicipality: FigureSource {
    let own: MunicipalityCode
    var registers: [MunicipalityCode: Register] = [:]

    func figures(_ request: FigureRequest) throws(IndicatorError) -> [FigureCell] {
        let asked = request.filter.municipalities?.first ?? own
        guard let register = registers[asked] ?? registers[own] else { return [] }
        return try register.figures(request)
    }

    func figures(all requests: [FigureRequest]) throws(IndicatorError) -> [[FigureCell]] {
        // A plan asks about one municipality at a time.
        let asked = Set(requests.map { $0.filter.municipalities?.first ?? own })
        guard asked.count == 1, let only = asked.first,
            let register = registers[only] ?? registers[own]
        else { return try oneByOne(requests) }
        return try register.figures(all: requests)
    }
}
