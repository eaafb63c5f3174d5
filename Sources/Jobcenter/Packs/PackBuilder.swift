import Chronology
import Exchange
import Identifiers
import Indicators
import Parameters
import Plans
import Registry
import Reporting

/// Puts a pack together from figures that are fetched all at once.
struct PackBuilder {
    let context: PackContext
    let words: PackWords
    let template: PackTemplate
    let regimes: RegimeCalendar
    /// Every number so far, by its id, for what is worked out from others.
    private(set) var numbers: [String: PackNumber] = [:]
    private var answers: [PackQuestion: [Period: [PackAnswer]]] = [:]

    init(
        _ context: PackContext, _ template: PackTemplate, _ regimes: RegimeCalendar
    ) throws {
        self.context = context
        self.regimes = regimes
        self.template = template
        words = PackWords(context.house.texts)
        try fetch(questions())
    }

    mutating func pack() throws -> Pack {
        let request = context.request
        var pack = Pack(
            template: template.id, title: PackText(template.title),
            municipality: context.municipality.description,
            municipalityName: context.name,
            quarter: context.quarter.description,
            plan: context.status.map {
                PackPlan(id: $0.plan.id, title: PackText($0.plan.title))
            }, asOf: request.asOf.iso, knownAt: request.knownAt?.iso)
        pack.statisticsUntil = newestPublished()?.description
        var front: [PackSentence] = []
        for section in template.sections {
            let made = try self.section(section)
            pack.sections.append(made.section)
            // How the plan stands comes first.
            front = section.parts.contains(.targets) ? made.front + front : front + made.front
        }
        pack.summary = summary(front)
        let inputs = inputs(of: pack.numbers)
        pack.definitions = definitions(pack.numbers + inputs)
        pack.published = publishedTables(pack.numbers + inputs)
        pack.inputs = inputs.map(addressed)
        for section in pack.sections.indices { address(&pack.sections[section]) }
        return pack
    }

    private mutating func section(
        _ template: PackTemplate.Section
    ) throws -> (section: PackSection, front: [PackSentence]) {
        var section = PackSection(id: template.id, title: PackText(template.title))
        var front: [PackSentence] = []
        if !template.figures.isEmpty {
            section.tables.append(figureTable(template))
            for line in template.figures {
                guard let sentence = sentence(line, in: template) else { continue }
                section.sentences.append(sentence)
                if template.summary.contains(line.id) { front.append(sentence) }
            }
        }
        if !template.published.isEmpty { section.tables.append(publishedTable(template)) }
        for id in template.charts {
            if let line = template.figures.first(where: { $0.id == id }) {
                section.tables.append(try courseTable(line, in: template))
            }
        }
        for part in template.parts { try add(part, to: &section, &front) }
        return (section, front)
    }

    private mutating func add(
        _ part: PackTemplate.Part, to section: inout PackSection, _ front: inout [PackSentence]
    ) throws {
        switch part {
        case .benchmark: addBenchmark(to: &section, &front)
        case .bridge: section.tables.append(bridge())
        case .forecasts: try addForecasts(to: &section)
        case .targets: addTargets(to: &section, &front)
        case .ladder: section.tables.append(ladder())
        case .rates: section.tables.append(rates())
        case .budget: section.tables.append(budget())
        case .targetsInMoney: section.tables.append(targetsInMoney())
        case .cap: addCap(to: &section, &front)
        case .surveys: section.tables.append(surveys())
        case .deviations: addDeviations(to: &section)
        case .decisions: addDecisions(to: &section, &front)
        }
    }

    // MARK: Figures

    /// What all parts will ask for.
    private func questions() -> [PackQuestion: Set<Period>] {
        var questions: [PackQuestion: Set<Period>] = [:]
        let quarter = context.quarter
        for section in template.sections {
            for line in section.figures {
                var periods: Set = [quarter, quarter.yearBefore]
                if section.charts.contains(line.id) {
                    periods.formUnion(PackBuilder.course(quarter).map { .month($0) })
                }
                questions[PackQuestion(line), default: []].formUnion(periods)
            }
        }
        let parts = Set(template.sections.flatMap(\.parts))
        if parts.contains(.bridge) {
            for indicator in PackBuilder.bridgeIndicators {
                questions[PackQuestion(indicator, by: .benefit), default: []].insert(quarter)
            }
        }
        if parts.contains(.forecasts) {
            for level in levels {
                questions[level.question, default: []].formUnion(
                    months.map { .month($0) } + [quarter])
            }
        }
        if parts.contains(.ladder) {
            for step in context.catalogue.ladderSteps {
                questions[PackQuestion(step.indicator, by: .benefit), default: []].insert(quarter)
            }
            questions[PackQuestion("reimbursement-net-cost", by: .benefit), default: []]
                .formUnion([quarter] + months.map { .month($0) })
        }
        if parts.contains(.cap) {
            for question in capQuestions {
                questions[question, default: []].insert(yearToDate)
            }
        }
        return questions
    }

    /// The 24 months that end with the quarter.
    static func course(_ quarter: Period) -> [Month] {
        let last = quarter.range.end.month
        return (0..<24).map { last - (23 - $0) }
    }

    /// January up to the quarter's last month.
    var months: [Month] { yearToDate.months }

    /// The year until the quarter's end.
    var yearToDate: Period { .yearToDate(context.quarter.range.end.month) }

    private mutating func fetch(_ questions: [PackQuestion: Set<Period>]) throws {
        var requests: [(PackQuestion, FigureRequest)] = []
        for (question, periods) in questions {
            let covered = periods.filter(context.covers)
                .sorted { ($0.range.end, $0.range.start) < ($1.range.end, $1.range.start) }
            if covered.isEmpty { continue }
            var filter = PopulationFilter(municipalities: [context.municipality])
            filter.benefits = question.benefits.map { Set($0) }
            filter.targetGroups = question.groups
            requests.append(
                (
                    question,
                    FigureRequest(
                        question.indicator, periods: covered, filter: filter,
                        groupBy: question.by.map { [$0] } ?? [], asOf: context.request.asOf)
                ))
        }
        let cells = try context.register.figures(all: requests.map(\.1))
        for ((question, _), cells) in zip(requests, cells) {
            let unit = context.catalogue.definition(question.indicator)?.unit ?? .persons
            let shown =
                context.showsSmall
                ? cells.map {
                    ShownCell(labels: $0.labels, period: $0.period, shown: .value($0.figure))
                } : context.house.suppression.shown(cells, unit: unit)
            for cell in shown {
                answers[question, default: [:]][cell.period, default: []].append(
                    PackAnswer(label: cell.labels.first, shown: cell.shown))
            }
        }
    }

    /// The figure of a question that is not cut; nil where it is not known or not shown.
    func figure(_ question: PackQuestion, _ period: Period) -> Figure? {
        answers[question]?[period]?.first?.shown.figure
    }

    /// The labels that a cut figure has in a period, in the order of the code list.
    func labels(_ question: PackQuestion, _ period: Period) -> [String] {
        (answers[question]?[period] ?? []).compactMap(\.label)
    }

    /// One number from the register, kept under its id.
    mutating func number(
        _ id: String, _ question: PackQuestion, _ period: Period, label: String? = nil
    ) -> PackNumber {
        let definition = context.catalogue.definition(question.indicator)
        let unit = PackUnit(definition?.unit ?? .persons)
        var benefits = question.benefits.map { Set($0) }
        if question.by == .benefit, let benefit = label.flatMap(Benefit.init) {
            benefits = [benefit]
        }
        var number = PackNumber(
            id: id, value: nil, state: .missing, unit: unit, decimals: unit.decimals,
            period: period.description,
            source: .register(
                indicator: question.indicator.name, version: definition?.version ?? "",
                filter: PackFilter.pairs(
                    PopulationFilter(benefits: benefits, targetGroups: question.groups))))
        if context.covers(period) {
            let found = (answers[question]?[period] ?? []).first { $0.label == label }
            switch found?.shown {
            // A cut leaves out the cells that nothing was added to.
            case nil: fill(&number, definition?.hasDenominator == true ? nil : 0)
            case .hidden: number.state = .hidden
            case .value(let figure):
                fill(&number, figure.value)
                number.isProvisional = figure.isProvisional
                number.numerator = figure.numerator
                number.denominator = figure.denominator
                number.persons = figure.persons
            }
        }
        return keep(number)
    }

    private func fill(_ number: inout PackNumber, _ value: Double?) {
        number.value = value
        number.state = value == nil ? .undefined : .shown
    }

    mutating func keep(_ number: PackNumber) -> PackNumber {
        numbers[number.id] = number
        return number
    }

    private func definitions(_ numbers: [PackNumber]) -> [PackDefinition] {
        var seen: Set<String> = []
        for number in numbers {
            if case .register(let indicator, _, _) = number.source { seen.insert(indicator) }
        }
        return seen.sorted().compactMap { context.catalogue.definition(IndicatorID($0)) }.map {
            PackDefinition(
                indicator: $0.id.name, version: $0.version, name: PackText($0.name),
                definition: PackText($0.definition), periodRule: PackText($0.periodRule),
                source: $0.source, confidence: $0.confidence.rawValue, lagMonths: $0.lagMonths)
        }
    }

    /// The newest month of any published measure that a figure here has a counterpart in.
    private func newestPublished() -> Month? {
        context.catalogue.all.flatMap(\.counterparts).flatMap {
            context.published.months(
                table: $0.table, measure: $0.measure, area: context.municipality.number)
        }.filter { $0.last <= context.request.asOf }.max()
    }
}

/// A figure of the catalogue, of some benefits or cut by one thing.
struct PackQuestion: Hashable {
    var indicator: IndicatorID
    var benefits: [Benefit]?
    var groups: Set<TargetGroup>?
    var by: Dimension?

    init(_ line: PackTemplate.FigureLine) {
        indicator = line.indicator
        benefits = line.benefits
    }

    init(
        _ indicator: IndicatorID, benefits: [Benefit]? = nil, groups: Set<TargetGroup>? = nil,
        by dimension: Dimension? = nil
    ) {
        self.indicator = indicator
        self.benefits = benefits
        self.groups = groups
        by = dimension
    }

    /// Whom the figure is about, in any municipality.
    var filter: PopulationFilter {
        PopulationFilter(benefits: benefits.map { Set($0) }, targetGroups: groups)
    }
}

struct PackAnswer {
    var label: String?
    var shown: Shown
}

extension IndicatorDefinition {
    var hasDenominator: Bool { denominator != nil }
}

extension LadderStep {
    /// The share of full-time persons on the step.
    var indicator: IndicatorID { IndicatorID("reimbursement-share-step-\(number)") }
}
