import Chronology
import Effects
import Parameters
import Registry

/// The answer to a protocol in words and tables, the same for a terminal and a page.
public struct TrialReport: Hashable, Sendable {
    public var name: String
    public var question: String
    /// The answer in a few words.
    public var verdict: String
    /// The answer in a sentence or two, and when the protocol was written.
    public var answer: [String]
    /// Who is compared with whom, and what is measured.
    public var who: [String]
    public var numbers: DataTable
    /// Nil when the register was not asked, or when few stand behind the outcome.
    public var outcome: DataTable?
    /// Says why there is no outcome, where that is because few stand behind it.
    public var outcomeHidden: String?
    public var balance: DataTable?
    /// What the answer rests on and what is not measured.
    public var assumptions: [String]

    public init(_ shown: ShownTrial, _ wording: Wording) {
        let words = TrialWords(shown.trial, wording)
        let trial = shown.trial
        name = trial.name[wording.language]
        question = trial.question[wording.language]
        verdict = wording("effects.verdict.\(shown.verdict.name)")
        answer =
            words.answer(shown) + [
                wording(
                    "effects.timing.\(trial.timing.rawValue)",
                    ["day": wording.day(trial.registeredOn)]),
                wording("effects.asOf", ["day": wording.day(shown.asOf)]),
            ]
        who = words.who
        numbers = words.numbers(shown)
        outcome = shown.result.map { words.outcome($0) }
        outcomeHidden =
            shown.result == nil && !shown.balance.isEmpty ? wording("effects.result.hidden") : nil
        balance = shown.balance.isEmpty ? nil : words.balance(shown.balance)
        let keys = ["starters", "unmeasured", "later", "left", "others"]
        assumptions =
            keys.map { wording("effects.assumes.\($0)") } + [
                wording("effects.assumes.outcome.\(trial.outcome.rawValue)")
            ]
    }
}

/// How one protocol is spoken of.
struct TrialWords {
    private let trial: TrialProtocol
    private let wording: Wording

    init(_ trial: TrialProtocol, _ wording: Wording) {
        self.trial = trial
        self.wording = wording
    }

    func answer(_ shown: ShownTrial) -> [String] {
        let range = shown.result.map { self.range($0.difference) } ?? ""
        let smallest = amount(trial.smallestDifference)
        switch shown.verdict {
        case .higher, .lower:
            // The sentence says which way it goes.
            let size = shown.result.map { amount(abs($0.difference.value)) } ?? ""
            return [
                wording(
                    "effects.says.\(trial.outcome.rawValue).\(shown.verdict.name)",
                    ["difference": size, "range": range])
            ]
        case .noDifferenceThatMatters:
            return [
                wording(
                    "effects.says.noDifferenceThatMatters",
                    ["range": range, "smallest": smallest])
            ]
        case .cannotTell(let reason):
            return [
                wording("effects.says.cannotTell"),
                wording(
                    "effects.why.\(reason.rawValue)",
                    ["range": range, "least": wording.number(TrialLimits().starters)]),
            ]
        }
    }

    var who: [String] {
        var lines = [
            wording(
                "effects.eligible",
                [
                    "benefits": list(trial.benefits.map { wording("term.benefit.\($0.rawValue)") }),
                    "from": wording.number(trial.weeks.lowerBound),
                    "to": wording.number(trial.weeks.upperBound),
                ])
        ]
        if !trial.categories.isEmpty {
            let names = trial.categories.map { wording("term.matchCategory.\($0.rawValue)") }
            lines.append(wording("effects.categories", ["categories": list(names)]))
        }
        lines.append(
            wording(
                "effects.starting",
                [
                    "effort": list(trial.effort.map { wording("term.offer.\($0.rawValue)") }),
                    "from": wording.month(trial.entry.lowerBound),
                    "to": wording.month(trial.entry.upperBound),
                ]))
        lines.append(wording("effects.comparing"))
        let traits = trial.traits.map { wording("effects.trait.\($0.rawValue)") }
        lines.append(wording("effects.weighted", ["traits": traits.joined(separator: ", ")]))
        lines.append(
            wording(
                "effects.measured.\(trial.outcome.rawValue)",
                ["months": wording.number(trial.followUpMonths)]))
        return lines
    }

    func numbers(_ shown: ShownTrial) -> DataTable {
        let counts: [(String, ShownTrial.Count)] = [
            ("starters", shown.starters), ("starterEntries", shown.starterEntries),
            ("others", shown.others), ("otherEntries", shown.otherEntries),
            ("withoutComparable", shown.withoutComparable), ("lost", shown.lost),
            ("waiting", shown.waiting),
        ]
        var rows = counts.map { key, count in
            DataTable.Row(
                header: wording("effects.count.\(key)"),
                cells: [count.number.map { .number(Double($0)) } ?? .hidden])
        }
        if let effective = shown.effectiveOthers {
            rows.append(
                DataTable.Row(
                    header: wording("effects.count.effectiveOthers"),
                    cells: [.number(effective.rounded())]))
        }
        return DataTable(
            id: "effects-numbers", caption: wording("effects.numbers"),
            columns: [
                .init(wording("effects.column.what")),
                .init(wording("effects.column.number"), decimals: 0),
            ], rows: rows)
    }

    func outcome(_ result: TrialResult) -> DataTable {
        let rows: [(String, String)] = [
            ("starters", level(result.starters)), ("expected", level(result.expected)),
            ("difference", amount(result.difference.value)),
            ("interval", range(result.difference)), ("unadjusted", amount(result.unadjusted)),
            ("smallest", amount(trial.smallestDifference)),
        ]
        return DataTable(
            id: "effects-outcome", caption: wording("effects.outcome"),
            columns: [
                .init(wording("effects.column.what")), .init(wording("effects.column.value")),
            ],
            rows: rows.map { key, text in
                DataTable.Row(
                    header: wording("effects.result.\(key)"), cells: [.text(text)],
                    isEmphasised: key == "difference")
            })
    }

    func balance(_ lines: [ShownTrial.Line]) -> DataTable {
        let columns = ["starters", "before", "after"].map {
            DataTable.Column(wording("effects.column.\($0)"), decimals: 1)
        }
        return DataTable(
            id: "effects-balance", caption: wording("effects.balance"),
            columns: [.init(wording("effects.column.level"))] + columns
                + ["distanceBefore", "distanceAfter"].map {
                    .init(wording("effects.column.\($0)"), decimals: 2)
                },
            rows: lines.map { line in
                switch line {
                case .shown(let line):
                    let shares = [line.starters, line.othersBefore, line.othersAfter]
                    return DataTable.Row(
                        header: name(line.trait, line.level),
                        cells: shares.map { .number(100 * $0) } + [
                            .number(line.differenceBefore), .number(line.differenceAfter),
                        ])
                case .hidden(let trait, let level):
                    return DataTable.Row(
                        header: name(trait, level),
                        cells: Array(repeating: .hidden, count: 5))
                }
            })
    }

    private func name(_ trait: TrialTrait, _ level: String) -> String {
        switch trait {
        case .benefit, .sex: wording("term.\(trait.rawValue).\(level)")
        case .category where level != "none": wording("term.matchCategory.\(level)")
        case .quarter: Period(level).map { wording.period($0) } ?? level
        default: wording("effects.level.\(trait.rawValue).\(level)")
        }
    }

    private func list(_ names: [String]) -> String { names.joined(separator: " / ").lowercased() }

    /// A mean on one side.
    private func level(_ value: Double) -> String {
        trial.outcome.isShare
            ? wording(
                "effects.unit.share", ["value": wording.number(100 * value, decimals: 1)])
            : wording("effects.unit.weeks", ["value": wording.number(value, decimals: 1)])
    }

    /// A difference.
    private func amount(_ value: Double) -> String {
        wording(
            trial.outcome.isShare ? "effects.unit.points" : "effects.unit.weeks",
            ["value": number(value)])
    }

    private func range(_ estimate: TrialEstimate) -> String {
        wording(
            "effects.unit.range", ["low": number(estimate.low), "high": amount(estimate.high)])
    }

    private func number(_ value: Double) -> String {
        wording.number(trial.outcome.isShare ? 100 * value : value, decimals: 1)
    }
}
