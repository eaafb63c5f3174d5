import Chronology
import Identifiers
import Indicators
import Law
import Parameters
import Plans
import Registry
import Reporting

/// The cap on spending on guidance and mentors, LAB § 203 a. The ceiling is for all
/// municipalities together; what the municipality's own full-time persons come to is a
/// yardstick (pejlemærke) and no limit.
extension PackBuilder {
    /// Without and with what is not sure to count.
    private static let capBounds = ["cap.low", "cap.high"]
    private static let persons: IndicatorID = "full-time-persons-with-wage-subsidy"

    private var cap: SpendingCap { context.cap }
    private var period: String { yearToDate.description }

    /// All on the benefits that are sure to count, by benefit and together, and those of them
    /// in groups that do not count.
    var capQuestions: [PackQuestion] { [byBenefit, together, outside] }
    private var byBenefit: PackQuestion { PackQuestion(Self.persons, by: .benefit) }
    private var together: PackQuestion { PackQuestion(Self.persons, benefits: cap.certain) }
    private var outside: PackQuestion {
        PackQuestion(Self.persons, benefits: cap.certain, groups: cap.outside)
    }

    mutating func addCap(to section: inout PackSection, _ front: inout [PackSentence]) {
        let lines = context.written.spending.filter { months.contains($0.month) }
        guard cap.begins <= context.quarter.range.start else {
            section.sentences.append(
                PackSentence(words("cap.notYet", ["day": .day(cap.begins)])))
            if !lines.isEmpty { section.tables.append(spending(lines)) }
            return
        }
        let base = capBase()
        let spent = spending(lines)
        let missing = months.filter { month in
            !lines.contains { $0.month == month && isCovered($0) }
        }
        let rates = capRates()
        section.tables += [yardstick(missing), rates, base, spent]
        if let sentence = capSentence(missing) {
            section.sentences.append(sentence)
            front.append(sentence)
        }
    }

    private func isCovered(_ line: SpendingLine) -> Bool {
        cap.accounts.contains { $0.id == line.account }
    }

    // MARK: Whose full-time persons

    private mutating func capBase() -> PackTable {
        var table = PackTable(
            id: "cap-base", title: words("table.capBase", ["period": .period(yearToDate)]),
            columns: [
                words("column.benefit"), words("column.capGroups"), words("column.capPersons"),
                words("column.capSure"),
            ])
        let seen = Set(labels(byBenefit, yearToDate))
        let entries = cap.benefits.filter { seen.contains($0.benefit.rawValue) }
        table.rows = capProtected(entries.filter(\.isCertain).map { capRow($0) })
        let all = number("cap.base.together", together, yearToDate)
        let without = number("cap.base.outside", outside, yearToDate)
        table.rows += [
            capRow(words("row.capTogether"), all, isTotal: true),
            capRow(words("row.capOutside"), without),
        ]
        let low = derived(
            "cap.low.base", .difference, [all.id, without.id], unit: PackUnit(.fullTimePersons),
            period: period)
        let unsure = entries.filter(\.isUncertain)
        table.rows += unsure.map { capRow($0) }
        let high = derived(
            "cap.high.base", .sum, [low.id] + unsure.map { "cap.benefit.\($0.benefit.rawValue)" },
            unit: PackUnit(.fullTimePersons), period: period)
        for var bound in [low, high] {
            bound.decimals = 1
            _ = keep(bound)
        }
        table.notes += cap.uncertain.compactMap { entry in
            entry.reason.map {
                words(
                    "note.capUnsure",
                    [
                        "benefit": .text(words.benefit(entry.benefit.rawValue)),
                        "reason": .text(PackText($0)),
                    ])
            }
        }
        table.notes.append(words("note.capBase"))
        return table
    }

    private mutating func capRow(_ entry: SpendingCap.Entry) -> PackRow {
        let benefit = entry.benefit.rawValue
        var row = capRow(
            words.benefit(benefit),
            number("cap.benefit.\(benefit)", byBenefit, yearToDate, label: benefit),
            sure: words(entry.isCertain ? "cap.sure" : "cap.unsure"))
        row.cells[0] = .text(words("cap.groups", ["groups": .text(plain(entry.groups))]))
        return row
    }

    private mutating func capRow(
        _ title: PackText, _ number: PackNumber, sure: PackText? = nil, isTotal: Bool = false
    ) -> PackRow {
        var number = number
        number.decimals = 1
        return PackRow(
            title, [.text(plain("")), .number(keep(number)), .text(sure ?? plain(""))],
            isTotal: isTotal)
    }

    private func plain(_ text: String) -> PackText { PackText(da: text, en: text) }

    /// All of the rows together stand beside them. Where one is hidden, so is another with
    /// persons: first one that the ladder does not show either, and none that stands
    /// elsewhere by itself.
    private mutating func capProtected(_ rows: [PackRow]) -> [PackRow] {
        let shown = rows.indices.filter { (rows[$0].cells[1].number?.value ?? 0) > 0 }
        guard rows.contains(where: { $0.cells[1].number?.state == .hidden }) else { return rows }
        let alone = Set(
            template.sections.flatMap(\.figures).compactMap(\.benefits).filter { $0.count == 1 }
                .flatMap { $0 }.map(\.rawValue))
        func rank(_ index: Int) -> (Int, Double) {
            let number = rows[index].cells[1].number
            let benefit = number?.id.split(separator: ".").last.map(String.init) ?? ""
            let isHidden = numbers["ladder.\(benefit).cost"]?.state == .hidden
            return (isHidden ? 0 : alone.contains(benefit) ? 2 : 1, number?.value ?? 0)
        }
        var rows = rows
        if let other = shown.min(by: { rank($0) < rank($1) }),
            var number = rows[other].cells[1].number
        {
            number.hide()
            rows[other].cells[1] = .number(keep(number))
        }
        return rows
    }

    // MARK: What was spent

    private mutating func spending(_ lines: [SpendingLine]) -> PackTable {
        var table = PackTable(
            id: "cap-spending", title: words("table.capSpending", ["period": .period(yearToDate)]),
            columns: [
                words("column.capAccount"), words("column.gross"), words("column.refund"),
                words("column.netCost"), words("column.capMonths"),
            ])
        var used: [String] = []
        for account in cap.accounts {
            let own = lines.filter { $0.account == account.id }
            let id = "cap.spending.\(account.id)"
            if !own.isEmpty { used.append(id) }
            table.rows.append(spendingRow(id, own, words.account(account)))
        }
        // Without any amount nothing is known of the whole, and it is not nought.
        if used.isEmpty { used = cap.accounts.map { "cap.spending.\($0.id)" } }
        let totals = ["gross", "refund", "net"].map { column in
            derived(
                "cap.spending.total.\(column)", .sum, used.map { "\($0).\(column)" },
                unit: PackUnit(.kroner), period: period)
        }
        table.rows.append(
            PackRow(
                words("row.capTotal"), totals.map { .number($0) } + [.text(plain(""))],
                isTotal: true))
        let others = Dictionary(grouping: lines.filter { !isCovered($0) }, by: \.account)
        for (index, account) in others.keys.sorted().enumerated() {
            table.rows.append(
                spendingRow(
                    "cap.other.\(index + 1)", others[account] ?? [],
                    words("row.capOther", ["account": .text(plain(account))])))
        }
        if lines.isEmpty { table.notes.append(words("note.noSpending")) }
        return table
    }

    private mutating func spendingRow(
        _ id: String, _ lines: [SpendingLine], _ title: PackText
    ) -> PackRow {
        let gross = spent("\(id).gross", lines.map(\.amount))
        let refund = spent("\(id).refund", lines.map(\.refund))
        let net = derived(
            "\(id).net", .difference, [gross.id, refund.id], unit: PackUnit(.kroner),
            period: period)
        let count = words(
            "cap.months",
            ["count": .count(Set(lines.map(\.month)).count), "all": .count(months.count)])
        return PackRow(title, [gross, refund, net].map { .number($0) } + [.text(count)])
    }

    private mutating func spent(_ id: String, _ amounts: [Int64]) -> PackNumber {
        keep(
            PackNumber(
                id: id, value: amounts.isEmpty ? nil : Double(amounts.reduce(0, +)) / 100,
                state: amounts.isEmpty ? .missing : .shown, unit: PackUnit(.kroner), decimals: 0,
                period: period, source: .given("spending_line")))
    }

    // MARK: Beside each other

    /// How the yardstick is worked out, without and with what is not sure to count.
    private mutating func capRates() -> PackTable {
        let rate = cap.rate(on: context.quarter.range.end)
        var table = PackTable(
            id: "cap-rate", title: words("table.capRate", ["period": .period(yearToDate)]),
            columns: [
                words("column.capBase"), words("column.capPersons"), words("column.capRate"),
                words("column.capRateToDate", ["count": .count(months.count)]),
            ])
        for id in PackBuilder.capBounds {
            let whole = capRate("\(id).rate", rate.map { Double($0.kroner) }, decimals: 0)
            // Months and not days: a quarter of the year's rate for each quarter.
            let part = capRate(
                "\(id).rateToDate", rate.map { Double($0.kroner * months.count) / 12 }, decimals: 2)
            let base = numbers["\(id).base"].map { [$0] } ?? []
            table.rows.append(
                PackRow(words("row.\(id)"), (base + [whole, part]).map { .number($0) }))
        }
        if let rate {
            table.notes.append(
                words(
                    "note.capRate",
                    ["law": .text(plain(rate.basis.law)), "year": .period(.year(rate.level))]))
        }
        return table
    }

    /// The yardstick and what was spent.
    private mutating func yardstick(_ missing: [Month]) -> PackTable {
        var table = PackTable(
            id: "cap", title: words("table.cap", ["period": .period(yearToDate)]),
            columns: [
                words("column.capBase"), words("column.capYardstick"), words("column.capNet"),
                words("column.difference"), words("column.capPerPerson"),
            ])
        for id in PackBuilder.capBounds {
            let yardstick = derived(
                "\(id).yardstick", .product, ["\(id).base", "\(id).rateToDate"],
                unit: PackUnit(.kroner), period: period)
            let net = capNet("\(id).net", isWhole: missing.isEmpty)
            let difference = derived(
                "\(id).difference", .difference, [net.id, yardstick.id], unit: PackUnit(.kroner),
                period: period)
            let each = derived(
                "\(id).perPerson", .quotient, [net.id, "\(id).base"], unit: PackUnit(.kroner),
                period: period)
            table.rows.append(
                PackRow(
                    words("row.\(id)"), [yardstick, net, difference, each].map { .number($0) }))
        }
        table.notes.append(words("note.capTogether"))
        if numbers["cap.low.rate"]?.value == nil {
            table.notes.append(
                words("note.capNoRate", ["year": .period(.year(context.quarter.range.end.year))]))
        }
        if !missing.isEmpty, context.written.spending.contains(where: { months.contains($0.month) })
        {
            let list = missing.map { words.period(.month($0)) }
            let named = PackText(
                da: list.map(\.da).joined(separator: ", "),
                en: list.map(\.en).joined(separator: ", "))
            table.notes.append(words("note.capMissing", ["months": .text(named)]))
        }
        return table
    }

    private mutating func capRate(_ id: String, _ kroner: Double?, decimals: Int) -> PackNumber {
        keep(
            PackNumber(
                id: id, value: kroner, state: kroner == nil ? .missing : .shown,
                unit: PackUnit(.kroner), decimals: decimals, period: period,
                source: .given("spending-cap")))
    }

    /// What was spent in all, where every month has an amount: a part of the spending beside
    /// the whole yardstick would look like money left.
    private mutating func capNet(_ id: String, isWhole: Bool) -> PackNumber {
        if isWhole {
            return derived(
                id, .sum, ["cap.spending.total.net"], unit: PackUnit(.kroner), period: period)
        }
        return spent(id, [])
    }

    private func capSentence(_ missing: [Month]) -> PackSentence? {
        guard let net = numbers["cap.spending.total.net"], let value = net.value else { return nil }
        var used = [net.id]
        var parts = [
            words(
                "sentence.capSpent",
                ["net": .amount(value, net.unit), "period": .period(yearToDate)])
        ]
        let ends = Self.capBounds.compactMap { numbers["\($0).yardstick"] }
        if !missing.isEmpty {
            parts.append(words("sentence.capPart", ["count": .count(missing.count)]))
        } else if ends.count == 2, let low = ends[0].value, let high = ends[1].value {
            used += ends.map(\.id)
            let amounts: [String: PackWords.Argument] = [
                "low": .amount(low, net.unit), "high": .amount(high, net.unit),
            ]
            parts += [
                words(low == high ? "sentence.capYardstick" : "sentence.capYardsticks", amounts),
                words("sentence.capTogether"),
            ]
        }
        return PackSentence(words.joined(parts), numbers: used)
    }
}

extension PackWords {
    /// `§ 172, stk. 3: Undervisningsmateriale`
    fileprivate func account(_ account: SpendingCap.Account) -> PackText {
        PackText(
            da: "\(account.citation.da): \(account.name.da)",
            en: "\(account.citation.en): \(account.name.en)")
    }
}
