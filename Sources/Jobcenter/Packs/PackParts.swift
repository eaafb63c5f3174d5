import Chronology
import Identifiers
import Indicators
import Parameters
import Plans
import Registry
import Reporting

/// The tables that the program makes up itself.
extension PackBuilder {
    static let bridgeIndicators: [IndicatorID] = [
        "spells-open-start", "spells-begun", "spells-begun-from-benefit", "spells-ended",
        "spells-ended-to-benefit", "spells-open-end",
    ]

    /// From the quarter's first day to its last: open, begun, ended, open, by benefit.
    mutating func bridge() -> PackTable {
        let quarter = context.quarter
        var table = PackTable(
            id: "bridge", title: words("table.bridge"),
            columns: [words("column.benefit")]
                + PackBuilder.bridgeIndicators.map { words("bridge.\($0.name)") })
        let questions = PackBuilder.bridgeIndicators.map { PackQuestion($0, by: .benefit) }
        let seen = Set(questions.flatMap { labels($0, quarter) })
        var rows: [PackRow] = []
        for benefit in Benefit.allCases where seen.contains(benefit.rawValue) {
            let cells = questions.map { question in
                number(
                    "bridge.\(benefit.rawValue).\(question.indicator.name)", question, quarter,
                    label: benefit.rawValue)
            }
            rows.append(PackRow(words.benefit(benefit.rawValue), cells.map { .number($0) }))
        }
        table.rows = protected(rows)
        table.notes.append(words("note.bridge"))
        if rows.isEmpty { table.notes.append(words("note.empty")) }
        return table
    }

    /// The rows of a table whose columns are bound to each other by sums: where one cell is
    /// hidden, its whole row is, and never one row alone.
    private mutating func protected(_ rows: [PackRow]) -> [PackRow] {
        func isHidden(_ row: PackRow) -> Bool {
            row.cells.contains { $0.number?.state == .hidden }
        }
        var hidden = Set(rows.indices.filter { isHidden(rows[$0]) })
        if hidden.count == 1, rows.count > 1 {
            let smallest = rows.indices.filter { !hidden.contains($0) }.min { a, b in
                (rows[a].cells.last?.number?.value ?? 0) < (rows[b].cells.last?.number?.value ?? 0)
            }
            if let smallest { hidden.insert(smallest) }
        }
        return rows.enumerated().map { index, row in
            guard hidden.contains(index) else { return row }
            var row = row
            row.cells = row.cells.map { cell in
                guard var number = cell.number else { return cell }
                number.hide()
                return .number(keep(number))
            }
            return row
        }
    }

    // MARK: Money

    /// Full-time persons on each step and the net cost, by benefit.
    mutating func ladder() -> PackTable {
        let quarter = context.quarter
        let steps = context.catalogue.ladderSteps
        var table = PackTable(
            id: "ladder", title: words("table.ladder"),
            columns: [words("column.benefit")]
                + steps.map { step in
                    words(
                        step.lastWeek == nil ? "ladder.lastStep" : "ladder.step",
                        [
                            "step": .count(step.number), "first": .count(step.firstWeek),
                            "last": .count(step.lastWeek ?? 0), "percent": .count(step.percent),
                        ])
                } + [words("column.netCost")])
        let cost = PackQuestion("reimbursement-net-cost", by: .benefit)
        let seen = Set(labels(cost, quarter))
        var rows: [PackRow] = []
        for benefit in Benefit.allCases where seen.contains(benefit.rawValue) {
            var cells: [PackNumber] = []
            for step in steps {
                cells.append(fullTime(benefit, step))
            }
            cells.append(
                number("ladder.\(benefit.rawValue).cost", cost, quarter, label: benefit.rawValue))
            rows.append(PackRow(words.benefit(benefit.rawValue), cells.map { .number($0) }))
        }
        table.rows = protected(rows)
        if rows.isEmpty {
            table.notes.append(words("note.empty"))
        } else {
            table.rows.append(totalRow(table.rows, "ladder.total"))
        }
        table.notes += [words("note.ladder"), words("note.rates")]
        return table
    }

    /// The full-time persons on one step: the numerator of the step's share.
    private mutating func fullTime(_ benefit: Benefit, _ step: LadderStep) -> PackNumber {
        var number = number(
            "ladder.\(benefit.rawValue).step\(step.number)",
            PackQuestion(step.indicator, by: .benefit), context.quarter, label: benefit.rawValue)
        number.unit = PackUnit(.fullTimePersons)
        number.decimals = 1
        if number.state == .shown || number.state == .undefined {
            number.value = number.numerator ?? 0
            number.state = .shown
        }
        return keep(number)
    }

    private mutating func totalRow(_ rows: [PackRow], _ id: String) -> PackRow {
        let columns = rows.map(\.cells.count).max() ?? 0
        let cells = (0..<columns).map { column -> PackCell in
            let parts = rows.compactMap { $0.cells[column].number }
            var total = derived(
                "\(id).\(column)", .sum, parts.map(\.id), unit: parts[0].unit,
                period: parts[0].period)
            total.decimals = parts[0].decimals
            return .number(keep(total))
        }
        return PackRow(words("row.total"), cells, isTotal: true)
    }

    /// What one full-time person costs in a week, by benefit and step.
    mutating func rates() -> PackTable {
        let day = context.quarter.range.start
        let steps = context.catalogue.ladderSteps
        var table = PackTable(
            id: "rates", title: words("table.rates", ["day": .day(day)]),
            columns: [words("column.benefit")]
                + steps.map { words("column.step", ["step": .count($0.number)]) })
        for benefit in context.catalogue.pricedBenefits(on: day) {
            let cells = steps.map { step in
                keep(
                    PackNumber(
                        id: "rates.\(benefit.rawValue).step\(step.number)",
                        value: context.catalogue.weeklyCost(of: benefit, on: step, day: day),
                        state: .shown, unit: .kronerPerWeek, decimals: 0, period: "",
                        source: .given("ladder")))
            }
            table.rows.append(PackRow(words.benefit(benefit.rawValue), cells.map { .number($0) }))
        }
        table.notes.append(words("note.rates"))
        return table
    }

    /// Net cost month by month beside the budget, this year until the quarter's end.
    mutating func budget() -> PackTable {
        var table = PackTable(
            id: "budget", title: words("table.budget", ["year": .period(.year(year))]),
            columns: [
                words("column.month"), words("column.netCost"), words("column.budget"),
                words("column.difference"),
            ])
        let cost = PackQuestion("reimbursement-net-cost", by: .benefit)
        var used: [(cost: PackNumber, budget: PackNumber)] = []
        for month in months {
            let period = Period.month(month)
            let parts = labels(cost, period).map {
                number("budget.\(period).cost.\($0)", cost, period, label: $0)
            }
            let spent = derived(
                "budget.\(period).cost", .sum, parts.map(\.id), unit: PackUnit(.kroner),
                period: period.description)
            let planned = budgeted("budget.\(period).budget", month)
            let difference = derived(
                "budget.\(period).difference", .difference, [spent.id, planned.id],
                unit: PackUnit(.kroner), period: period.description)
            used.append((spent, planned))
            table.rows.append(
                PackRow(
                    words.period(period), [.number(spent), .number(planned), .number(difference)]))
        }
        let period = Period.yearToDate(context.quarter.range.end.month).description
        let spent = derived(
            "budget.total.cost", .sum, used.map(\.cost.id), unit: PackUnit(.kroner),
            period: period)
        let planned = derived(
            "budget.total.budget", .sum, used.map(\.budget.id), unit: PackUnit(.kroner),
            period: period)
        let difference = derived(
            "budget.total.difference", .difference, [spent.id, planned.id],
            unit: PackUnit(.kroner), period: period)
        table.rows.append(
            PackRow(
                words("row.total"), [.number(spent), .number(planned), .number(difference)],
                isTotal: true))
        table.notes.append(words("note.rates"))
        if context.written.budget.isEmpty { table.notes.append(words("note.noBudget")) }
        return table
    }

    private var year: Int { context.quarter.range.start.year }

    private mutating func budgeted(_ id: String, _ month: Month) -> PackNumber {
        let lines = context.written.budget.filter { $0.month == month }
        return keep(
            PackNumber(
                id: id,
                value: lines.isEmpty ? nil : Double(lines.reduce(0) { $0 + $1.amount }) / 100,
                state: lines.isEmpty ? .missing : .shown, unit: PackUnit(.kroner), decimals: 0,
                period: Period.month(month).description, source: .given("budget_line")))
    }

    // MARK: Voices

    /// The waves of user surveys that closed in the latest year.
    mutating func surveys() -> PackTable {
        let end = context.quarter.range.end
        let before = context.quarter.yearBefore.range.end
        var table = PackTable(
            id: "surveys", title: words("table.surveys"),
            columns: [
                words("column.wave"), words("column.invited"), words("column.answered"),
                words("column.responseRate"), words("column.satisfied"), words("column.low"),
                words("column.high"),
            ])
        let waves = context.written.surveys.filter { $0.closed <= end && $0.closed > before }
            .sorted { ($0.closed, $0.id) < ($1.closed, $1.id) }
        for wave in waves {
            let id = "surveys.\(wave.id.number)"
            let invited = given("\(id).invited", wave.invited)
            let answered = given("\(id).answered", wave.answered)
            let satisfied = given("\(id).satisfied", wave.satisfied)
            let percent = PackUnit(.percent)
            let answers = [satisfied.id, answered.id, invited.id]
            let cells = [
                invited, answered,
                derived(
                    "\(id).rate", .share, [answered.id, invited.id], unit: percent, period: ""),
                derived(
                    "\(id).share", .share, [satisfied.id, answered.id], unit: percent, period: ""),
                derived("\(id).low", .wilsonLow, answers, unit: percent, period: ""),
                derived("\(id).high", .wilsonHigh, answers, unit: percent, period: ""),
            ]
            table.rows.append(
                PackRow(
                    words("row.wave", ["from": .day(wave.opened), "to": .day(wave.closed)]),
                    cells.map { .number($0) }))
        }
        table.notes.append(words(waves.isEmpty ? "note.noSurveys" : "note.surveys"))
        return table
    }

    /// A count that was registered as it stands. Few answers are not shown to everybody.
    private mutating func given(_ id: String, _ count: Int) -> PackNumber {
        var number = PackNumber(
            id: id, value: Double(count), state: .shown, unit: PackUnit(.answers), decimals: 0,
            period: "", source: .given("survey"))
        if !context.showsSmall, count > 0, count < context.house.suppression.leastDenominator {
            number.hide()
        }
        return keep(number)
    }
}

extension PackNumber {
    /// Takes away everything that tells its size.
    mutating func hide() {
        state = .hidden
        value = nil
        numerator = nil
        denominator = nil
        persons = nil
    }
}
