import Chronology
import Identifiers
import Law
import Parameters
import Registry

extension RegistrationImport {
    /// Spending: month (`2026-01` or `2026M01`), account (a paragraph that the cap on guidance
    /// and mentors counts, by number or name, or any other name), gross amount in kroner, and
    /// the state's refund of it or the net; where the file has it, the municipality. An
    /// account has one amount a month.
    public func spending(
        _ bytes: [UInt8], _ context: Context, cap: SpendingCap
    ) throws(ImportProblems) -> [Registration] {
        var saysNoRefund = false
        let optional: Set<SpendingColumn> = [.refund, .net, .municipality]
        return try read(bytes, context, SpendingColumn.self, optional: optional) { fields, id in
            let month = fields.month(.month)
            let account = fields.account(.account, cap)
            let amount = fields.kroner(.amount)
            guard fields.columns.has(.refund) || fields.columns.has(.net) else {
                // Said once: it is wrong with the file and not with each row.
                if !saysNoRefund {
                    saysNoRefund = true
                    fields.report(
                        .noRefund, .refund,
                        [SpendingColumn.refund, .net].flatMap { names($0).prefix(2) })
                }
                return nil
            }
            guard let amount, let refund = fields.refund(of: amount) else { return nil }
            guard let month, let account, fields.isSound else { return nil }
            return .spendingLine(
                SpendingLine(
                    id: id, account: account, month: month, amount: amount, refund: refund))
        } check: { rows, problems in
            var seen: [String: Int] = [:]
            for row in rows {
                guard case .spendingLine(let line) = row.registration.fact else { continue }
                if let other = seen.updateValue(row.number, forKey: line.place) {
                    problems.add(
                        ImportProblem(.duplicateRow, row: row.number, otherRow: other),
                        raw: row.raw)
                }
            }
        }
    }

    private enum SpendingColumn: String, ImportColumn {
        case month, account, amount, refund, net, municipality
    }
}

extension ImportFields where Column: RawRepresentable<String> {
    fileprivate mutating func account(_ column: Column, _ cap: SpendingCap) -> String? {
        let text = columns.text(column, row)
        let accepted = cap.accounts.map { "\($0.citation.da) (\($0.name.da))" }
        if text.isEmpty {
            report(.empty, column, accepted)
            return nil
        }
        switch cap.meaning(of: text) {
        case .account(let account): return account.id
        case .own: return text
        case .otherParagraph:
            report(.unknownParagraph, column, accepted)
            return nil
        }
    }

    /// The refund as it is written, or what the net leaves of the amount; nil when it cannot
    /// be so.
    fileprivate mutating func refund(of amount: Int64) -> Int64? {
        guard let refundColumn = Column(rawValue: "refund"), let netColumn = Column(rawValue: "net")
        else { return nil }
        let isNetGiven = !columns.text(netColumn, row).isEmpty
        if !columns.text(refundColumn, row).isEmpty || !isNetGiven {
            // Of the two columns the one that is there is asked for.
            let column = columns.has(refundColumn) ? refundColumn : netColumn
            guard let refund = kroner(column), isRefund(refund, of: amount, column) else {
                return nil
            }
            guard isNetGiven else { return refund }
            guard let net = kroner(netColumn) else { return nil }
            if net != amount - refund {
                report(.netDisagrees, netColumn, [written(amount - refund)])
                return nil
            }
            return refund
        }
        guard let net = kroner(netColumn) else { return nil }
        return isRefund(amount - net, of: amount, netColumn) ? amount - net : nil
    }

    /// A correction has a negative amount and a refund between it and nought.
    private mutating func isRefund(_ refund: Int64, of amount: Int64, _ column: Column) -> Bool {
        if min(0, amount) <= refund && refund <= max(0, amount) { return true }
        report(.refundOutside, column, [written(amount)])
        return false
    }

    private func written(_ amount: Int64) -> String {
        let point = source.numbers == .danish ? "," : "."
        let (whole, rest) = abs(amount).quotientAndRemainder(dividingBy: 100)
        return "\(amount < 0 ? "-" : "")\(whole)\(point)\(rest < 10 ? "0" : "")\(rest)"
    }
}

extension SpendingLine {
    /// Case makes no other account.
    fileprivate var place: String { "\(account.lowercased()) \(month)" }
}
