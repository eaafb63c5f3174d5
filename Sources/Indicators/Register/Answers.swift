import Chronology
import Dispatch
import Identifiers
import Registry
import Synchronization

/// What one registration adds to a figure. The contributions to a figure add up to
/// its numerator and denominator.
public struct Contribution: Hashable, Sendable {
    /// Nil for what is not about a person (a company, an order).
    public var citizen: CitizenID?
    /// The registration: its kind and number. A company's is its CVR number.
    public var kind: FactKind
    public var id: FactID
    public var numerator: Double
    /// 0 for plain counts.
    public var denominator: Double
}

extension Register: FigureSource {
    /// The cells asked for; inside a period in the order in which the labels stand
    /// in their code lists, with "none" last.
    ///
    /// Throws `unknownIndicator`, and `notCutBy` also for a filter on something that
    /// the indicator cannot be cut by.
    public func figures(_ request: FigureRequest) throws(IndicatorError) -> [FigureCell] {
        try figures(request, threads: 1)
    }

    /// Several answers, computed on as many threads as there are processors.
    public func figures(
        all requests: [FigureRequest]
    ) throws(IndicatorError) -> [[FigureCell]] {
        let found = Mutex(
            [Result<[FigureCell], IndicatorError>?](
                repeating: nil, count: requests.count))
        DispatchQueue.concurrentPerform(iterations: requests.count) { index in
            let answer = Result { () throws(IndicatorError) in try figures(requests[index]) }
            found.withLock { $0[index] = answer }
        }
        var answers: [[FigureCell]] = []
        for answer in found.withLock({ $0 }) { answers.append(try answer?.get() ?? []) }
        return answers
    }

    /// The same as one answer, computed by so many threads, each with its own part of the persons.
    public func figures(
        _ request: FigureRequest, threads: Int
    ) throws(IndicatorError) -> [FigureCell] {
        let definition = try check(request)
        let shape = definition.measure.shape
        let arena = Arena()
        let split =
            shape.isMeanOfMonths
            ? MonthsOfPeriods(request.periods, asOf: request.asOf, arena) : nil
        let run = Run(self, request, periods: split?.months.periods ?? request.periods, arena)
        let sink = withExtendedLifetime(run) { run.sums(definition.measure, threads: threads) }
        var sums = Totals(run, sink, shape)
        if let split { sums.averageMonths(split, periods: request.periods.count) }
        if case .unemploymentRate = definition.measure {
            sums.usePublished(self, request)
        }
        return sums.cells(request, definition)
    }

    /// The registrations behind the figures of a request, at most `limit` of them,
    /// person by person. Over all its periods and cells they add up to the sum of
    /// the figures' numerators and denominators (a published labour force aside).
    public func contributions(
        _ request: FigureRequest, limit: Int
    ) throws(IndicatorError) -> [Contribution] {
        let definition = try check(request)
        let shape = definition.measure.shape
        let arena = Arena()
        let split =
            shape.isMeanOfMonths
            ? MonthsOfPeriods(request.periods, asOf: request.asOf, arena) : nil
        let run = Run(self, request, periods: split?.months.periods ?? request.periods, arena)
        var sink = RecordingSink(days: run.grid.days)
        withExtendedLifetime(run) { run.run(definition.measure, into: &sink) }
        var weights: [Int: Double] = [:]
        if let split {
            for entry in sink.entries {
                weights[entry.cell, default: 0] += Double(entry.denominator)
            }
            for (cell, total) in weights {
                weights[cell] = Double(split.ownerCount(of: cell % run.grid.count)) / total
            }
        }
        let isAboutPersons = !definition.measure.isAboutBusinesses
        var found: [Contribution] = []
        for entry in sink.entries {
            let period = entry.cell % run.grid.count
            let weight = split == nil ? 1 : weights[entry.cell] ?? 0
            let numerator =
                run.scaled(entry.numerator, shape.numerator, period) * weight
            let denominator =
                run.scaled(entry.denominator, shape.denominator ?? .one, period) * weight
            let citizen = isAboutPersons ? CitizenID(self.citizen[entry.entity]) : nil
            let id = FactID(entry.id)
            if let last = found.last, last.citizen == citizen, last.kind == entry.kind,
                last.id == id
            {
                found[found.count - 1].numerator += numerator
                found[found.count - 1].denominator += denominator
            } else if found.count < limit {
                found.append(
                    Contribution(
                        citizen: citizen, kind: entry.kind, id: id, numerator: numerator,
                        denominator: denominator))
            } else {
                break
            }
        }
        return found
    }

    private func check(_ request: FigureRequest) throws(IndicatorError) -> IndicatorDefinition {
        guard let definition = catalogue.definition(request.indicator) else {
            throw .unknownIndicator(request.indicator)
        }
        let known = definition.dimensions
        let filter = request.filter
        var used = request.groupBy
        if filter.benefits != nil { used.append(.benefit) }
        if filter.matchCategories != nil { used.append(.matchCategory) }
        if filter.targetGroups != nil { used.append(.targetGroup) }
        if filter.sexes != nil { used.append(.sex) }
        if filter.origins != nil || filter.residenceBases != nil { used.append(.origin) }
        if filter.ages != nil { used.append(.ageBand) }
        for dimension in used where !known.contains(dimension) {
            throw .notCutBy(dimension, request.indicator)
        }
        return definition
    }
}

extension Run {
    /// Adds up all persons. Without a municipality to pick them by, each thread
    /// takes a part of them.
    fileprivate func sums(_ measure: Measure, threads: Int) -> SummingSink {
        let isShared = filter.municipalities == nil && !measure.isAboutBusinesses
        let parts = register.parts(isShared ? max(1, threads) : 1)
        let found = Mutex<[SummingSink]>([])
        let work: @Sendable (Int) -> Void = { index in
            var run = self
            run.part = RunPart(persons: parts[index], isFirst: index == 0)
            var sink = SummingSink(groups: cells.groups, days: grid.days)
            run.run(measure, into: &sink)
            sink.settle()
            found.withLock { $0.append(sink) }
        }
        if parts.count == 1 {
            work(0)
        } else {
            DispatchQueue.concurrentPerform(iterations: parts.count, execute: work)
        }
        let sinks = found.withLock { $0 }
        var sum = sinks[0]
        for sink in sinks.dropFirst() { sum.merge(sink) }
        return sum
    }

    /// An integer sum in the measure's unit. One division only, so that equal
    /// fractions give equal figures.
    func scaled(_ sum: Int64, _ scale: Shape.Scale, _ period: Int) -> Double {
        let days = Double(max(1, grid.days[period]))
        let week = Double(WeeklyTime.full.minutes)
        return switch scale {
        case .one: Double(sum)
        case .fullTime: Double(sum) / (week * days)
        case .days: Double(sum) / days
        case .weeks: Double(sum) / 7
        case .kroner: Double(sum) * 12 / (365 * 100 * week)
        }
    }
}

/// The sums of a run on their way to figures.
private struct Totals {
    struct Total {
        var numerator = 0.0
        var denominator = 0.0
        var entities = 0
    }

    /// The groups to which anything was added, in ascending order, and their totals,
    /// group by group and in a group by period; nothing was added where no entities
    /// are.
    private var groups: [Int] = []
    private var totals: [Total] = []
    private var periods: Int
    private let cells: Cells
    private let shape: Shape

    init(_ run: Run, _ sink: SummingSink, _ shape: Shape) {
        cells = run.cells
        self.shape = shape
        periods = run.grid.count
        let none = repeatElement(Total(), count: periods)
        var first = 0
        sink.eachFilled { cell, sum in
            if groups.isEmpty || cell >= first + periods {
                let group = cell / periods
                first = group * periods
                groups.append(group)
                totals.append(contentsOf: none)
            }
            let period = cell - first
            totals[totals.count - periods + period] = Total(
                numerator: run.scaled(sum.numerator, shape.numerator, period),
                denominator: run.scaled(sum.denominator, shape.denominator ?? .one, period),
                entities: sum.entities)
        }
    }

    /// Cells by month become cells by period: the sum of the months' shares over
    /// the number of months that have one.
    mutating func averageMonths(_ split: MonthsOfPeriods, periods count: Int) {
        var averaged = [Total](repeating: Total(), count: groups.count * count)
        for group in groups.indices {
            for month in 0..<periods {
                let total = totals[group * periods + month]
                guard total.denominator > 0 else { continue }
                split.eachOwner(of: month) { period in
                    let cell = group * count + period
                    averaged[cell].numerator += total.numerator / total.denominator
                    averaged[cell].denominator += 1
                    averaged[cell].entities = max(averaged[cell].entities, total.entities)
                }
            }
        }
        totals = averaged
        periods = count
    }

    /// Puts published labour forces in place of the register's own count, where
    /// nothing but municipality is cut or filtered by and all of them are known.
    mutating func usePublished(_ register: Register, _ request: FigureRequest) {
        let filter = request.filter
        guard !register.publishedLabourForce.isEmpty, filter.sexes == nil, filter.ages == nil,
            filter.origins == nil, filter.residenceBases == nil,
            request.groupBy.allSatisfy({ $0 == .municipality })
        else { return }
        let all = filter.municipalities?.sorted() ?? register.municipalities
        for (index, group) in groups.enumerated() {
            let own =
                request.groupBy.isEmpty
                ? all
                : register.municipalities.indices.contains(group)
                    ? [register.municipalities[group]] : []
            for period in 0..<periods where totals[index * periods + period].entities > 0 {
                let year = request.periods[period].range.end.year
                let published = own.map { code in
                    register.publishedLabourForce.first {
                        $0.municipality == code && $0.year == year
                    }?.persons
                }
                let known = published.compactMap(\.self)
                if !known.isEmpty, known.count == published.count {
                    totals[index * periods + period].denominator = Double(known.reduce(0, +))
                }
            }
        }
    }

    func cells(_ request: FigureRequest, _ definition: IndicatorDefinition) -> [FigureCell] {
        var answer: [FigureCell] = []
        let labels = groups.map { cells.labels(of: $0) }
        let isWhole = request.groupBy.isEmpty
        answer.reserveCapacity(request.periods.count * max(1, groups.count))
        for (position, period) in request.periods.enumerated() {
            let lag = (period.range.end.month + definition.lagMonths).last
            let isProvisional = lag > request.asOf
            if isWhole && groups.isEmpty {
                answer.append(
                    FigureCell(labels: [], period: period, figure: figure(Total(), isProvisional)))
            }
            for index in groups.indices {
                let total = totals[index * periods + position]
                if total.entities == 0 && !isWhole { continue }
                answer.append(
                    FigureCell(
                        labels: labels[index], period: period,
                        figure: figure(total, isProvisional)))
            }
        }
        return answer
    }

    private func figure(_ total: Total, _ isProvisional: Bool) -> Figure {
        let isCount = shape.denominator == nil
        let value: Double? =
            isCount
            ? total.numerator
            : total.denominator > 0 ? shape.factor * total.numerator / total.denominator : nil
        return Figure(
            numerator: total.numerator, denominator: isCount ? nil : total.denominator,
            value: value, persons: total.entities, isProvisional: isProvisional,
            isMeanOfMonths: shape.isMeanOfMonths)
    }
}
