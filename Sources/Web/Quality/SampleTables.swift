import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Surveys
import Views

// What a closed sample says: each share with its counts, its interval, and what could not be
// told. Nothing is shown for one caseworker, or for one team.
extension Visit {
    private func column(_ key: String, decimals: Int? = nil) -> DataTable.Column {
        DataTable.Column(text("views.quality.column.\(key)"), decimals: decimals)
    }

    private func interval(_ low: Double, _ high: Double) -> String {
        text("views.surveys.interval", ["low": percent(low), "high": percent(high)])
    }

    private func estimate(_ question: String, _ summary: AuditSummary) -> AuditEstimate {
        let count = summary.figures.all.first { $0.question == question }
        return AuditEstimate(
            count ?? AuditCount(question: question), frame: summary.audit.frame,
            size: summary.audit.size)
    }

    func figures(_ summary: AuditSummary, _ list: Checklist) -> PoolPage.Part {
        .table(
            PoolPage.Table(
                heading: text("views.quality.figures"),
                table: DataTable(
                    id: "figures", caption: text("views.quality.figuresCaption"),
                    columns: [
                        column("question"), column("law"), column("met"), column("share"),
                        column("interval"), column("notRelevant", decimals: 0),
                        column("cannotTell", decimals: 0),
                    ],
                    rows: list.questions.map { question in
                        let found = estimate(question.id, summary)
                        return DataTable.Row(
                            header: question.text[language],
                            cells: [
                                .text(law(question)),
                                .text(
                                    text(
                                        "views.quality.ofTold",
                                        [
                                            "met": wording.number(found.count.met),
                                            "told": wording.number(found.told),
                                        ])),
                                .text(found.share.map { percent($0.value) } ?? tooFew),
                                .text(found.share.map { interval($0.low, $0.high) } ?? tooFew),
                                .number(Double(found.count.notRelevant)),
                                .number(Double(found.count.cannotTell)),
                            ])
                    }),
                note: text(
                    "views.quality.figuresNote",
                    ["least": wording.number(AuditEstimate.leastCases)])))
    }

    /// A line for each question, with what its figure rests on. A share of too few is not shown.
    func sheet(_ summary: AuditSummary, _ list: Checklist) -> DataTable {
        func number(_ value: Double?) -> CellValue { value.map { .number(100 * $0) } ?? .hidden }
        let audit = summary.audit
        let keys: [(String, Int?)] = [
            ("question", nil), ("law", nil), ("sample", nil), ("drawn", nil), ("frame", 0),
            ("size", 0), ("met", 0), ("told", 0), ("sharePercent", 1), ("low", 1), ("high", 1),
            ("notRelevant", 0), ("cannotTell", 0),
        ]
        return DataTable(
            id: "figures", caption: audit.title,
            columns: [column("id")] + keys.map { column($0.0, decimals: $0.1) },
            rows: list.questions.map { question in
                let found = estimate(question.id, summary)
                return DataTable.Row(
                    header: question.id,
                    cells: [
                        .text(question.text[language]), .text(law(question)),
                        .text(audit.title), .text(wording.day(audit.drawn)),
                        .number(Double(audit.frame)), .number(Double(audit.size)),
                        .number(Double(found.count.met)), .number(Double(found.told)),
                        number(found.share?.value), number(found.share?.low),
                        number(found.share?.high), .number(Double(found.count.notRelevant)),
                        .number(Double(found.count.cannotTell)),
                    ])
            })
    }

    /// Empty where no act rules it.
    private func law(_ question: ChecklistQuestion) -> String {
        question.law == "-" ? "" : question.law
    }

    private var tooFew: String { text("views.quality.tooFew") }

    /// The same questions in the sample before.
    func effect(
        _ summary: AuditSummary, _ previous: AuditSummary, _ list: Checklist
    ) -> PoolPage.Part {
        let rows: [DataTable.Row] = list.questions.compactMap { question in
            guard let before = estimate(question.id, previous).share,
                let after = estimate(question.id, summary).share
            else { return nil }
            let effect = AuditEffect(from: before, to: after)
            return DataTable.Row(
                header: question.text[language],
                cells: [
                    .text(percent(before.value)), .text(percent(after.value)),
                    .text(points(effect.difference)),
                    .text(
                        text(
                            "views.surveys.interval",
                            ["low": points(effect.low), "high": points(effect.high)])),
                    .text(text("views.quality.verdict.\(effect.verdict.rawValue)")),
                ])
        }
        return .table(
            PoolPage.Table(
                heading: text("views.quality.effect", ["title": previous.audit.title]),
                table: DataTable(
                    id: "effect", caption: text("views.quality.effectCaption"),
                    columns: [
                        column("question"), column("before"), column("after"),
                        column("difference"), column("interval"), column("verdict"),
                    ], rows: rows),
                note: text("views.quality.effectNote"),
                nothing: text("views.quality.noEffect")))
    }

    /// `+12,5 procentpoint`
    private func points(_ share: Double) -> String {
        let number = wording.number(abs(share) * 100, decimals: 1)
        let sign = number == wording.number(0.0, decimals: 1) ? "" : share < 0 ? "−" : "+"
        return text("views.quality.points", ["n": "\(sign)\(number)"])
    }

    /// What was seen where a question was not met, and the way to do something about it.
    func faults(_ summary: AuditSummary, _ list: Checklist) -> PoolPage.Part {
        let lines: [CaseListPage.Line] = list.questions.compactMap { question in
            let found = summary.cases.compactMap { item -> String? in
                guard let finding = item.findings[question.id], finding.finding == .notMet else {
                    return nil
                }
                return "\(caseName(item)): \(finding.remark)"
            }
            guard !found.isEmpty else { return nil }
            return CaseListPage.Line(
                heading: question.text[language], details: found, by: law(question),
                links: [
                    Link(
                        text("views.quality.new.action"),
                        Route.quality(.newAction).link([
                            ("sample", String(summary.audit.id.number)),
                            ("question", question.id),
                        ]))
                ])
        }
        return part("faults", lines, "noFaults")
    }
}
