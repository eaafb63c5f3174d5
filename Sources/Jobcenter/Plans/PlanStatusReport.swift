import Chronology
import Foundation
import Identifiers
import Indicators
import Parameters
import Plans
import Reporting

/// A plan's status as it leaves the pages: for programs and spreadsheets.
public struct PlanStatusReport: Sendable {
    private let status: PlanStatus
    private let language: Language
    private let threshold: Int?

    /// `hidesBelow`: figures with fewer persons behind them are not shown; nil
    /// shows all.
    public init(_ status: PlanStatus, _ language: Language, hidesBelow threshold: Int?) {
        self.status = status
        self.language = language
        self.threshold = threshold
    }

    private func cell(_ measurement: Plans.Measurement?) -> CellValue {
        guard let measurement else { return .missing }
        return measurement.isHidden(below: threshold) ? .hidden : .number(measurement.value)
    }

    /// A row per target, goal by goal.
    public func table(_ wording: Wording, _ texts: PlanTexts) -> DataTable {
        let columns = ["goal", "target", "verdict", "figure", "aim", "baseline", "needed"]
        let decimals = [nil, nil, nil, 1, nil, 1, 1]
        var titles = zip(columns, decimals).map { name, decimals in
            DataTable.Column(wording("web.plan.\(name)"), decimals: decimals)
        }
        titles += ["definition", "origin"].map { DataTable.Column(wording("web.plan.\($0)")) }
        let rows = status.goals.flatMap { goal in
            goal.targets.map { target in
                DataTable.Row(
                    header: goal.goal.text[language],
                    cells: [
                        .text(target.target.text[language]), .text(texts.verdict(target.verdict)),
                        cell(target.measured), .text(texts.shape(target.target.shape)),
                        cell(target.baseline),
                        target.isHidden(below: threshold)
                            ? .missing : target.needed.map { .number($0.perMonth) } ?? .missing,
                        .text(target.definition?.name ?? ""),
                        .text(texts.origin(target.source)),
                    ])
            }
        }
        return DataTable(
            id: "status", caption: wording("web.plan.statusFile"), columns: titles, rows: rows)
    }

    /// The status as a JSON document; numbers as numbers, codes as codes.
    public func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let document = Document(
            plan: status.plan.id, municipality: status.plan.municipality.description,
            asOf: status.asOf.iso,
            goals: status.goals.map { goal in
                Document.Goal(
                    id: goal.goal.id, issuer: goal.goal.issuer.rawValue,
                    number: goal.goal.number, text: goal.goal.text[language],
                    targets: goal.targets.map(target),
                    duties: goal.duties.map { duty in
                        Document.Duty(
                            id: duty.duty.id, text: duty.duty.text[language],
                            state: duty.current?.state.rawValue,
                            held: duty.windows.flatMap(\.held).map(\.iso))
                    })
            })
        return Array(try encoder.encode(document)) + [10]
    }

    private func target(_ target: TargetStatus) -> Document.Target {
        Document.Target(
            id: target.target.id, text: target.target.text[language],
            shape: target.target.shape.key.rawValue, verdict: target.verdict.rawValue,
            indicator: target.definition?.name, source: target.source.rawValue,
            figure: target.measured.map(figure), aim: target.aim,
            baseline: target.baseline.map(figure),
            neededPerMonth: target.isHidden(below: threshold) ? nil : target.needed?.perMonth,
            neededKind: target.needed?.kind.rawValue,
            forecast: target.isHidden(below: threshold)
                ? nil : target.forecast.map { [$0.low, $0.expected, $0.high] },
            comparison: target.comparison.map { figure($0.measurement) },
            parts: target.parts.isEmpty ? nil : target.parts.map(self.target))
    }

    private func figure(_ measurement: Plans.Measurement) -> Document.Figure {
        let hidden = measurement.isHidden(below: threshold)
        return Document.Figure(
            value: hidden ? nil : measurement.value, hidden: hidden,
            unit: measurement.unit.rawValue, period: measurement.period.description,
            numerator: hidden ? nil : measurement.numerator,
            denominator: hidden ? nil : measurement.denominator,
            provisional: measurement.isProvisional, source: measurement.source.rawValue)
    }

    private struct Document: Encodable {
        var plan: String
        var municipality: String
        var asOf: String
        var goals: [Goal]

        struct Goal: Encodable {
            var id: String
            var issuer: String
            var number: Int
            var text: String
            var targets: [Target]
            var duties: [Duty]
        }

        struct Target: Encodable {
            var id: String
            var text: String
            var shape: String
            var verdict: String
            var indicator: String?
            var source: String
            var figure: Figure?
            var aim: Double?
            var baseline: Figure?
            var neededPerMonth: Double?
            var neededKind: String?
            var forecast: [Double]?
            var comparison: Figure?
            var parts: [Target]?
        }

        struct Duty: Encodable {
            var id: String
            var text: String
            var state: String?
            var held: [String]
        }

        struct Figure: Encodable {
            var value: Double?
            var hidden: Bool
            var unit: String
            var period: String
            var numerator: Double?
            var denominator: Double?
            var provisional: Bool
            var source: String
        }
    }
}

extension Plans.Measurement {
    /// True when fewer persons than `threshold` stand behind a figure of our own, or it is a
    /// percentage of fewer than twice as many, or about fewer, or about all but fewer; nil
    /// hides nothing.
    public func isHidden(below threshold: Int?) -> Bool {
        guard let threshold, source == .register, let persons else { return false }
        if persons < threshold { return true }
        guard unit == .percent, threshold > 1, var whole = denominator, var part = numerator,
            whole > 0
        else { return false }
        if isMeanOfMonths {
            part *= Double(persons) / whole
            whole = Double(persons)
        }
        let few = { (count: Double) in count > 0 && count < Double(threshold) }
        return whole < Double(2 * threshold) || few(part) || few(whole - part)
    }
}

extension TargetStatus {
    /// True when the figure or its baseline may not be shown: then nothing worked out
    /// from them may be either.
    public func isHidden(below threshold: Int?) -> Bool {
        [measured, baseline].compactMap { $0 }.contains { $0.isHidden(below: threshold) }
    }
}
