import Chronology
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Plans
import Reporting
import Views

/// A plan's status turned into the values that pages show.
extension Visit {
    func row(_ status: TargetStatus, plan: String) -> TargetRow {
        let unit = unit(status)
        return TargetRow(
            title: status.target.text[language],
            href: Route.target(plan: plan, target: status.target.id).link(dayQuery),
            verdict: Views.Verdict(rawValue: status.verdict.rawValue) ?? .noData,
            figure: status.measured.map(shown) ?? unmeasured(status, unit),
            demand: demand(status), baseline: status.baseline.map(shown),
            need: status.isHidden(below: hidesBelow) ? nil : status.needed.map(need))
    }

    /// What stands in the figure's place for a target without one.
    private func unmeasured(_ status: TargetStatus, _ unit: Indicators.Unit) -> ShownFigure {
        switch status.target.shape {
        case .held:
            guard let times = status.timesHeld else { break }
            let words = text(
                times == 1 ? "web.plan.once" : "web.plan.times", ["n": String(times)])
            return ShownFigure(
                value: .text(words), unit: unit, period: status.target.period, origin: .register)
        case .coupled:
            return ShownFigure(
                value: .text(text("web.plan.parts")), unit: unit, period: status.target.period,
                origin: status.parts.contains { $0.source == .register } ? .register : .none)
        default: break
        }
        return ShownFigure(value: .missing, unit: unit, origin: .none)
    }

    private func need(_ needed: Needed) -> Need {
        switch needed.kind {
        case .levelAtLeast, .levelAtMost: .meanOfTheRest(needed.perMonth)
        case .newPerMonth, .newPerMonthAtMost: .perMonth(needed.perMonth)
        }
    }

    private func unit(_ status: TargetStatus) -> Indicators.Unit {
        status.measured?.unit
            ?? status.target.indicator.flatMap { house.catalogue.definition($0)?.unit } ?? .persons
    }

    private func shown(_ measurement: Plans.Measurement) -> ShownFigure {
        ShownFigure(
            value: measurement.isHidden(below: hidesBelow) ? .hidden : .number(measurement.value),
            unit: measurement.unit, period: measurement.period,
            isProvisional: measurement.isProvisional,
            origin: Views.FigureOrigin(rawValue: measurement.source.rawValue) ?? .none)
    }

    /// Why the verdict is what it is; the sentences hold the figure, so they go
    /// where it goes.
    func explanation(_ status: TargetStatus) -> String {
        status.isHidden(below: hidesBelow)
            ? text("web.plan.fewPersons") : planTexts.explanation(of: status)
    }

    private func demand(_ status: TargetStatus) -> Demand {
        switch status.target.shape {
        case .atLeast(let aim), .shareAtLeast(let aim), .cumulative(let aim): .atLeast(aim.value)
        case .atMost(let aim): .atMost(aim.value)
        case .ceiling(let aim, _): .lessThan(aim.value)
        default: .words(planTexts.shape(status.target.shape))
        }
    }

    func duty(_ status: DutyStatus) -> GoalPage.Duty {
        let held = status.windows.flatMap(\.held)
        let verdict: Views.Verdict =
            switch status.current?.state {
            case .held: .met
            case .due: .onTrack
            case .missing: .missed
            case .upcoming, nil: .noData
            }
        let open = status.windows.first { $0.state == .due || $0.state == .upcoming }
        return GoalPage.Duty(
            title: status.duty.text[language], rhythm: planTexts.recurrence(status.duty),
            verdict: verdict, held: held, required: status.windows.count * status.duty.times,
            nextDue: open?.range.end)
    }

    func effort(_ effort: Effort, _ plan: EmploymentPlan) -> GoalPage.Effort {
        GoalPage.Effort(
            title: effort.text[language], text: "",
            responsible: plan.role(effort.answers)?.name[language],
            status: planTexts.effort(effort.status))
    }

    func course(_ status: TargetStatus) -> TargetPage.Course? {
        // Months have no count of persons of their own: a reader without small counts
        // sees them only where a year's figure leaves each month enough.
        let isThin =
            status.measured?.source == .register
            && (status.measured?.persons ?? .max) < 12 * house.suppression.k
        guard mayReadSmallCounts || !(isThin || status.isHidden(below: hidesBelow)),
            status.series.contains(where: { $0.value != nil || $0.yearBefore != nil })
        else { return nil }
        let comparesWithBaseline =
            switch status.target.shape {
            case .moreThan, .lessThan, .growth: true
            default: false
            }
        return TargetPage.Course(
            periods: status.series.map(\.period), values: status.series.map(\.value),
            lastYear: status.series.contains { $0.yearBefore != nil }
                ? status.series.map(\.yearBefore) : [],
            drawsTarget: !comparesWithBaseline,
            baseline: comparesWithBaseline ? status.baseline?.value : nil,
            forecast: status.forecast.map { min($0.low, $0.high)...max($0.low, $0.high) })
    }

    func definition(_ id: IndicatorID?, linked: Bool = true) -> DefinitionSummary? {
        guard let id, let entry = house.catalogue.definition(id) else { return nil }
        return DefinitionSummary(
            name: entry.name[language],
            href: linked ? Route.indicator(id.name).link(dayQuery) : nil,
            definition: entry.definition[language], numerator: entry.numerator[language],
            denominator: entry.denominator?[language], population: entry.population[language],
            periodRule: entry.periodRule[language], unit: entry.unit,
            lagMonths: entry.lagMonths, source: entry.source, confidence: entry.confidence,
            validFrom: entry.validFrom, validTo: entry.validTo)
    }

    /// The way to the persons behind a figure.
    func who(_ indicator: IndicatorID, _ filter: PopulationFilter, _ period: Period) -> WhoLink {
        if let refusal = peopleRefusal { return .refused(reason: text(refusal.textKey)) }
        let link = Route.people(indicator.name).link(
            [("period", period.description)] + FilterQuery.pairs(filter) + dayQuery)
        return .allowed(href: link)
    }

    /// The published figure of the country, and of North Zealand as a sum or mean
    /// over its municipalities, beside the municipality's own published one.
    func publishedAreas(
        _ table: String, _ measure: String, _ period: Period, unit: Indicators.Unit,
        own: MunicipalityCode, knownAt: Day? = nil
    ) async throws -> [AreaFigure] {
        let published = try await StatisticsCase(house).figures(
            table: table, measure: measure, period: period, own: own,
            unit: unit, knownAt: knownAt, by: actor)
        return published.map { area in
            AreaFigure(
                name: name(area.area, unit),
                value: area.figure.map { $0.value.map { .number($0) } ?? .hidden } ?? .missing,
                origin: area.figure == nil ? .none : .published,
                isOwn: area.area == .municipality(own.number))
        }
    }

    func name(_ area: PublishedArea, _ unit: Indicators.Unit) -> String {
        switch area {
        case .country: text("web.plan.country")
        case .northZealand: text(unit == .percent ? "web.plan.northMean" : "web.plan.north")
        case .municipality(let code): house.municipalities[code]?.name ?? String(code)
        }
    }
}
