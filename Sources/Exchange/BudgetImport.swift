import Chronology
import Registry

extension RegistrationImport {
    /// Budgets: month (`2024-01` or `2024M01`), account (a benefit by code or name, or any
    /// name), net amount in kroner and, where the file has it, the municipality. An account
    /// has one amount a month.
    public func budget(
        _ bytes: [UInt8], _ context: Context
    ) throws(ImportProblems) -> [Registration] {
        let benefits = CodeList<Benefit>(catalogue, "benefit")
        return try read(bytes, context, BudgetColumn.self, optional: [.municipality]) {
            fields, id in
            let month = fields.month(.month)
            let account = fields.account(.account, benefits)
            let amount = fields.kroner(.amount)
            guard let month, let account, let amount, fields.isSound else { return nil }
            return .budgetLine(
                BudgetLine(id: id, account: account, month: month, amount: amount))
        } check: { rows, problems in
            var seen: [String: Int] = [:]
            for row in rows {
                guard case .budgetLine(let line) = row.registration.fact else { continue }
                let place = "\(line.account) \(line.month)"
                if let other = seen.updateValue(row.number, forKey: place) {
                    problems.add(
                        ImportProblem(.duplicateRow, row: row.number, otherRow: other),
                        raw: row.raw)
                }
            }
        }
    }

    private enum BudgetColumn: String, ImportColumn {
        case month, account, amount, municipality
    }
}

extension ImportFields {
    mutating func month(_ column: Column) -> Month? {
        let text = columns.text(column, row)
        if case .month(let month)? = Period(text) { return month }
        report(text.isEmpty ? .empty : .period, column, ["2024-01", "2024M01"])
        return nil
    }

    fileprivate mutating func account(_ column: Column, _ benefits: CodeList<Benefit>) -> String? {
        let text = columns.text(column, row)
        if text.isEmpty { report(.empty, column, benefits.accepted) }
        return text.isEmpty ? nil : benefits[text]?.rawValue ?? text
    }

    /// Kroner as øre.
    mutating func kroner(_ column: Column) -> Int64? {
        let text = columns.text(column, row)
        // More kroner than the whole country spends are a slip.
        guard let value = source.numbers.number(text), abs(value) < 1e12 else {
            report(text.isEmpty ? .empty : .number, column, [source.numbers.example])
            return nil
        }
        return Int64((value * 100).rounded())
    }
}
