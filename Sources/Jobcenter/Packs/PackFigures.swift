import Chronology
import Exchange
import Identifiers
import Indicators
import Parameters
import Plans
import Registry
import Reporting

extension PackBuilder {
    /// A number worked out from others of the pack. It is hidden where one of them is.
    mutating func derived(
        _ id: String, _ rule: PackNumber.Rule, _ from: [String], unit: PackUnit, period: String
    ) -> PackNumber {
        let sources = from.compactMap { numbers[$0] }
        var number = PackNumber(
            id: id, value: nil, state: .missing, unit: unit, decimals: unit.decimals,
            period: period, source: .derived(rule, from: from),
            isProvisional: sources.contains(where: \.isProvisional))
        if sources.contains(where: { $0.state == .hidden }) {
            number.state = .hidden
        } else if sources.contains(where: { $0.state == .notShown }) {
            number.state = .notShown
        } else if from.isEmpty, !(Period(period).map(context.covers) ?? false) {
            // A sum of nothing is nought only where something could have been registered.
            number.state = .missing
        } else if sources.count == from.count, sources.allSatisfy({ $0.value != nil }) {
            number.value = PackArithmetic.apply(rule, sources)
            number.state = number.value == nil ? .undefined : .shown
        }
        return keep(number)
    }

    /// A published figure of an area; 0 is the country.
    mutating func published(
        _ id: String, table: String, measure: String, area: Int32, _ period: Period,
        unit: PackUnit
    ) -> PackNumber {
        var number = PackNumber(
            id: id, value: nil, state: .missing, unit: unit, decimals: unit.decimals,
            period: period.description,
            source: .published(table: table, measure: measure, area: area))
        if period.range.end <= context.request.asOf,
            let found = context.published.publishedOrMean(
                table: table, measure: measure, area: area, period: period,
                unit: unit.known ?? .persons)
        {
            number.value = found.value
            number.state = found.value == nil ? .notShown : .shown
        }
        return keep(number)
    }

    // MARK: The figures of a section

    mutating func figureTable(_ section: PackTemplate.Section) -> PackTable {
        let quarter = context.quarter
        // Columns of published figures only where the section has any to compare with.
        let isCompared = section.figures.contains { official(PackQuestion($0)) != nil }
        var table = PackTable(
            id: "\(section.id)-figures", title: PackText(section.title),
            columns: [
                words("column.figure"), words.period(quarter), words.period(quarter.yearBefore),
                words("column.change"), words("column.percentChange"), words("column.noise"),
            ] + (isCompared ? [words("column.official"), words("column.country")] : [])
                + [words("column.movement")])
        for line in section.figures {
            let id = "\(section.id).\(line.id)"
            let cells = row(line, id) + (isCompared ? comparison(line, id) : [])
            table.rows.append(
                PackRow(title(line), cells.map { .number($0) } + [.text(movement(line, id))]))
            table.notes += breaks(
                line.indicator, after: quarter.yearBefore.range.start, through: quarter.range.end,
                title(line))
        }
        if isCompared, table.rows.allSatisfy({ $0.cells[5].number?.state == .missing }) {
            table.notes.append(words("note.noOfficial"))
        }
        return table
    }

    /// Better or worse than a year ago, and neither while the change may be chance.
    private func movement(_ line: PackTemplate.FigureLine, _ id: String) -> PackText {
        guard let change = numbers["\(id).change"]?.value,
            let noise = numbers["\(id).noise"]?.value
        else { return words("movement.unknown") }
        if abs(change) <= noise { return words("movement.within") }
        guard let wantsMore = context.catalogue.definition(line.indicator)?.higherIsBetter else {
            return words(change > 0 ? "movement.up" : "movement.down")
        }
        return words((change > 0) == wantsMore ? "movement.better" : "movement.worse")
    }

    /// The published measure of the same figure.
    func official(_ question: PackQuestion) -> IndicatorDefinition.OfficialCounterpart? {
        context.catalogue.definition(question.indicator)?.counterparts.first {
            $0.filter.benefits == question.benefits.map { Set($0) }
        }
    }

    /// The same as published, and how the country moved meanwhile.
    private mutating func comparison(
        _ line: PackTemplate.FigureLine, _ id: String
    ) -> [PackNumber] {
        let official = official(PackQuestion(line))
        let unit = PackUnit(context.catalogue.definition(line.indicator)?.unit ?? .persons)
        let own = published(
            "\(id).official", table: official?.table ?? "", measure: official?.measure ?? "",
            area: context.municipality.number, context.quarter, unit: unit)
        return [own, countryChange(id, official?.table ?? "", official?.measure ?? "", unit)]
    }

    private mutating func row(_ line: PackTemplate.FigureLine, _ id: String) -> [PackNumber] {
        let quarter = context.quarter
        let question = PackQuestion(line)
        let now = number("\(id).now", question, quarter)
        let before = number("\(id).before", question, quarter.yearBefore)
        let isShare = now.unit.known == .percent
        let change = derived(
            "\(id).change", .difference, [now.id, before.id],
            unit: isShare ? .percentPoints : now.unit, period: now.period)
        let percent = derived(
            "\(id).percent", .percentChange, [now.id, before.id], unit: PackUnit(.percent),
            period: now.period)
        let noise = noise("\(id).noise", now, before)
        return [now, before, change, percent, noise]
    }

    /// How much the country changed over the same year, in percent.
    private mutating func countryChange(
        _ id: String, _ table: String, _ measure: String, _ unit: PackUnit
    ) -> PackNumber {
        let quarter = context.quarter
        let now = published(
            "\(id).country", table: table, measure: measure, area: 0, quarter, unit: unit)
        let before = published(
            "\(id).countryBefore", table: table, measure: measure, area: 0, quarter.yearBefore,
            unit: unit)
        return derived(
            "\(id).countryPercent", .percentChange, [now.id, before.id], unit: PackUnit(.percent),
            period: now.period)
    }

    /// How large a change may be by chance; only for counts and for shares of persons.
    private mutating func noise(
        _ id: String, _ now: PackNumber, _ before: PackNumber
    ) -> PackNumber {
        let unit = now.unit.known
        switch unit {
        case .percent:
            return derived(
                id, .noiseOfShares, [now.id, before.id], unit: .percentPoints, period: now.period)
        case .fullTimePersons, .persons, .spells, .orders, .positions, .companies, .contacts,
            .conversations, .offers, .complaints, .answers:
            return derived(
                id, .noiseOfCounts, [now.id, before.id], unit: now.unit, period: now.period)
        default:
            return keep(
                PackNumber(
                    id: id, value: nil, state: .undefined, unit: now.unit,
                    decimals: now.decimals, period: now.period,
                    source: .derived(.noiseOfCounts, from: [])))
        }
    }

    func title(_ line: PackTemplate.FigureLine) -> PackText {
        let name = context.catalogue.definition(line.indicator).map { PackText($0.name) }
        let title = name ?? PackText(da: line.indicator.name, en: line.indicator.name)
        guard let benefits = line.benefits else { return title }
        let of = benefits.map { words.benefit($0.rawValue) }
        return PackText(
            da: "\(title.da): \(of.map(\.da).joined(separator: ", "))",
            en: "\(title.en): \(of.map(\.en).joined(separator: ", "))")
    }

    /// What a figure says, never more than it shows; nil where it has no value.
    func sentence(
        _ line: PackTemplate.FigureLine, in section: PackTemplate.Section
    ) -> PackSentence? {
        let id = "\(section.id).\(line.id)"
        guard let now = numbers["\(id).now"], let value = now.value else { return nil }
        var parts = [
            words(
                "sentence.now",
                [
                    "name": .text(title(line)), "value": .amount(value, now.unit),
                    "period": .period(context.quarter),
                ])
        ]
        var used = [now.id]
        if let change = numbers["\(id).change"], let difference = change.value,
            let before = numbers["\(id).before"]
        {
            used += [change.id, before.id]
            let key = Self.direction(difference, change, words)
            parts.append(
                words(
                    "sentence.\(key)",
                    [
                        "change": .amount(abs(difference), change.unit),
                        "period": .period(context.quarter.yearBefore),
                    ]))
            if key != "same", let noise = numbers["\(id).noise"], let limit = noise.value {
                used.append(noise.id)
                parts.append(words(abs(difference) > limit ? "sentence.beyond" : "sentence.within"))
            }
        }
        if now.isProvisional { parts.append(words("sentence.provisional")) }
        return PackSentence(words.joined(parts), numbers: used)
    }

    /// Two figures that read alike have not moved.
    private static func direction(
        _ difference: Double, _ change: PackNumber, _ words: PackWords
    ) -> String {
        let shown = words.danish.number(abs(difference), decimals: change.decimals)
        if shown == words.danish.number(0, decimals: change.decimals) { return "same" }
        return difference > 0 ? "up" : "down"
    }

    /// A figure month by month, beside the same as published.
    mutating func courseTable(
        _ line: PackTemplate.FigureLine, in section: PackTemplate.Section
    ) throws -> PackTable {
        let official = official(PackQuestion(line))
        var table = PackTable(
            id: "\(section.id)-\(line.id)-months",
            title: words("table.course", ["name": .text(title(line))]),
            columns: [words("column.month"), words("column.registered"), words("column.official")])
        table.isSeries = true
        for month in PackBuilder.course(context.quarter) {
            let period = Period.month(month)
            let id = "\(section.id).\(line.id).\(period)"
            let own = number(id, PackQuestion(line), period)
            let theirs = published(
                "\(id).official", table: official?.table ?? "", measure: official?.measure ?? "",
                area: context.municipality.number, period, unit: own.unit)
            table.rows.append(PackRow(words.period(period), [.number(own), .number(theirs)]))
        }
        table.notes += try levelBreaks(PackQuestion(line), title(line))
        return table
    }

    mutating func publishedTable(_ section: PackTemplate.Section) -> PackTable {
        let quarter = context.quarter
        var table = PackTable(
            id: "\(section.id)-published", title: words("table.published"),
            columns: [
                words("column.figure"), words.period(quarter), words.period(quarter.yearBefore),
                words("column.change"), words("column.country"),
            ])
        for line in section.published {
            let id = "\(section.id).\(line.id)"
            let unit = PackUnit(line.unit)
            let now = published(
                "\(id).now", table: line.table, measure: line.measure,
                area: context.municipality.number, quarter, unit: unit)
            let before = published(
                "\(id).before", table: line.table, measure: line.measure,
                area: context.municipality.number, quarter.yearBefore, unit: unit)
            let change = derived(
                "\(id).change", .difference, [now.id, before.id], unit: unit, period: now.period)
            let country = countryChange(id, line.table, line.measure, unit)
            table.rows.append(
                PackRow(
                    PackText(line.title), [now, before, change, country].map { .number($0) }))
        }
        if table.rows.contains(where: { $0.cells[0].number?.state == .missing }) {
            table.notes.append(words("note.notImported"))
        }
        return table
    }
}

/// The sums behind numbers that are worked out from others.
enum PackArithmetic {
    static func apply(_ rule: PackNumber.Rule, _ sources: [PackNumber]) -> Double? {
        let values = sources.compactMap(\.value)
        switch rule {
        case .difference: return values[0] - values[1]
        case .percentChange:
            return values[1] == 0 ? nil : 100 * (values[0] - values[1]) / values[1]
        case .share: return values[1] == 0 ? nil : 100 * values[0] / values[1]
        case .sum: return values.reduce(0, +)
        case .mean: return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        case .product: return values.reduce(1, *)
        case .quotient: return values[1] == 0 ? nil : values[0] / values[1]
        case .noiseOfCounts: return 1.96 * 0.8 * max(0, values[0] + values[1]).squareRoot()
        case .noiseOfShares: return noiseOfShares(sources)
        case .topTen: return topTen(values)
        case .place: return place(values)
        case .wilsonLow: return wilson(values, -1)
        case .wilsonHigh: return wilson(values, 1)
        }
    }

    private static func noiseOfShares(_ sources: [PackNumber]) -> Double? {
        var variance = 0.0
        for source in sources {
            guard let share = source.value, let persons = source.persons, persons > 0 else {
                return nil
            }
            variance += share * (100 - share) / Double(persons)
        }
        return 1.96 * max(0, variance).squareRoot()
    }

    /// Means of the same figures may differ in their last digits by the order in which they
    /// were added; so near, they are the same.
    private static func isLess(_ a: Double, _ b: Double) -> Bool { b - a > 1e-9 * max(1, abs(b)) }

    /// The place of the first among all, the smallest first; ties share the best place.
    private static func place(_ values: [Double]) -> Double? {
        values.first.map { own in Double(1 + values.dropFirst().count { isLess($0, own) }) }
    }

    /// The mean of the ten smallest; all that share the tenth place count.
    private static func topTen(_ values: [Double]) -> Double? {
        let sorted = values.sorted()
        guard sorted.count >= 10 else { return nil }
        let best = sorted.prefix { !isLess(sorted[9], $0) }
        return best.reduce(0, +) / Double(best.count)
    }

    /// An end of Wilson's 95 percent interval for satisfied of answered, in percent, with
    /// n(N−1)/(N−n) in place of the number answered.
    private static func wilson(_ values: [Double], _ side: Double) -> Double? {
        let (satisfied, answered, invited) = (values[0], values[1], values[2])
        guard answered > 0, invited >= answered, invited > 1 else { return nil }
        let share = satisfied / answered
        if invited == answered { return 100 * share }
        let n = answered * (invited - 1) / (invited - answered)
        let z = 1.96
        let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        let half =
            z / (1 + z * z / n)
            * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        return 100 * min(1, max(0, middle + side * half))
    }
}
