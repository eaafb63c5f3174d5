import Chronology
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Surveys
import Views

extension Desk {
    func newSample(_ visit: Visit) async throws -> Answer {
        let cases = QualityCase(house)
        let lists = try await cases.checklists().used(on: house.clock.today())
        guard let purpose = visit.auditPurpose(nil) else { return visit.error(.notFound) }
        return try await SentForm(
            visit: visit, route: .quality(.newSample), section: .quality,
            back: QualityRoute.hub.path,
            form: { (visit.sampleForm(lists, $0), visit.qualityTrail) },
            save: { typed in
                let new = try typed.audit()
                let (id, receipt) = try await cases.draw(
                    new, in: municipality.code, by: visit.actor, purpose: purpose)
                return .savedAt(.quality(.sample(id.number)), receipt)
            }, after: { _ in QualityRoute.hub.path }
        ).answer()
    }

    /// A sample: its cases while it is reviewed, its figures when it is closed.
    func sample(_ number: Int64, _ visit: Visit) async throws -> Answer {
        let book = try await qualityBook(visit)
        guard let (summary, list) = try await sampled(number, book) else {
            return visit.error(.notFound)
        }
        let audit = summary.audit
        let today = house.clock.today()
        var parts: [PoolPage.Part] = []
        var acts: [Link] = []
        if audit.closed != nil {
            parts.append(visit.figures(summary, list))
            if let previous = book.previous(to: audit) {
                parts.append(visit.effect(summary, previous, list))
            }
            parts.append(visit.faults(summary, list))
            acts.append(visit.quality("csv", .figures(number)))
        } else if summary.reviewed == summary.cases.count {
            acts.append(visit.quality("close", .close(number)))
        }
        let own = book.actions.filter { $0.audit == audit.id }
        parts.append(
            visit.part("sampleActions", own.map { visit.line($0, book, today) }, "noActions"))
        parts.append(visit.cases(summary))
        if audit.strata.all.count > 1 { parts.append(visit.strata(audit)) }
        acts.append(
            Link(
                visit.text("views.quality.new.action"),
                Route.quality(.newAction).link([("sample", String(number))])))
        var lead = visit.lead(summary, list)
        if summary.isCorrected { lead += " " + visit.text("views.quality.correctedSince") }
        return visit.qualityPage(headline: audit.title, lead: lead, acts: acts, parts: parts)
    }

    private func sampled(
        _ number: Int64, _ book: QualityBook
    ) async throws -> (AuditSummary, Checklist)? {
        guard let summary = book.audit(FactID(number)),
            let list = try await QualityCase(house).checklists()[
                summary.audit.checklist, summary.audit.version]
        else { return nil }
        return (summary, list)
    }

    /// The figures of a closed sample, to reckon on with.
    func sampleFile(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard let (summary, list) = try await sampled(number, try await qualityBook(visit)),
            summary.audit.closed != nil
        else { return visit.error(.notFound) }
        return Answer(
            contentType: "text/csv; charset=utf-8",
            body: CSVWriter.danish.bytes(visit.sheet(summary, list), visit.wording),
            fileName: "\(visit.text("views.quality.fileName"))-\(number).csv")
    }

    /// A page with one button.
    func closeSample(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard let summary = try await qualityBook(visit).audit(FactID(number)),
            let purpose = visit.auditPurpose(summary.audit.id)
        else { return visit.error(.notFound) }
        var problems: [FieldProblem] = []
        if visit.call.method == .post {
            do {
                let receipt = try await QualityCase(house).close(
                    summary.audit.id, in: municipality.code, by: visit.actor, purpose: purpose)
                return .redirect(
                    Route.quality(.sample(number)).link([("receipt", String(receipt.number))]))
            } catch let found as FieldProblems {
                problems = found.all
            }
        }
        return visit.page(
            FormPage(
                headline: visit.text("views.quality.close"),
                lead: visit.text(
                    "views.quality.closeLead",
                    ["n": visit.wording.number(summary.cases.count)]),
                notices: problems.map { Notice(visit.text("problem.\($0.key)", $0.values)) },
                fields: [], save: visit.text("views.quality.close"),
                back: Link(summary.audit.title, QualityRoute.sample(number).path),
                action: QualityRoute.close(number).path),
            section: .quality, breadcrumb: visit.qualityTrail,
            status: problems.isEmpty ? 200 : 400)
    }
}

extension Typed {
    fileprivate mutating func audit() throws(FieldProblems) -> NewAudit {
        let start = day("start")
        let end = day("end")
        let wanted = whole("wanted", in: 1...QualityCase.mostCases)
        let seed = whole("seed", in: 0...Int(Int32.max))
        try check()
        guard let start, let end, let wanted, let seed else { throw FieldProblems([]) }
        return NewAudit(
            title: words("title"), checklist: words("checklist"), start: start, end: end,
            wanted: wanted, seed: Int64(seed), byTeam: tick("byTeam"))
    }
}

extension Visit {
    fileprivate func sampleForm(_ lists: [Checklist], _ typed: Typed) -> CaseForm {
        func label(_ key: String) -> String { text("views.qualityForm.\(key)") }
        let today = house.clock.today()
        let chosen = typed.text("checklist", or: lists.first?.id ?? "")
        return CaseForm(
            headline: label("sample"), lead: label("sampleLead"),
            fields: [
                FormField(
                    "title", label("title"), .text(typed.text("title")),
                    help: label("titleHelp")),
                FormField(
                    "checklist", label("checklist"),
                    .select(
                        lists.map {
                            Choice(
                                value: $0.id, label: "\($0.name[language]). \($0.what[language])",
                                isSelected: $0.id == chosen)
                        })),
                FormField(
                    "start", label("start"),
                    .day(typed.text("start", or: today.adding(months: -3).iso))),
                FormField("end", label("end"), .day(typed.text("end", or: today.iso))),
                FormField(
                    "wanted", label("wanted"), .text(typed.text("wanted", or: "20")),
                    help: label("wantedHelp")),
                FormField("byTeam", label("byTeam"), .tick(typed.tick("byTeam"))),
                FormField(
                    "seed", label("seed"), .text(typed.text("seed", or: String(today.number))),
                    help: label("seedHelp")),
            ], save: label("draw"))
    }

    /// `Afgørelser fra 1. oktober ... 20 af 143 trukket den ... af ...`
    fileprivate func lead(_ summary: AuditSummary, _ list: Checklist) -> String {
        let audit = summary.audit
        let drawn = text(
            "views.quality.drawn",
            [
                "list": list.name[language], "from": wording.day(audit.start),
                "to": wording.day(audit.end), "size": wording.number(audit.size),
                "frame": wording.number(audit.frame), "day": wording.day(audit.drawn),
                "who": audit.drawnBy, "seed": String(audit.seed),
            ])
        let stage =
            audit.closed.map { text("views.quality.closedOn", ["day": wording.day($0)]) }
            ?? text(
                "views.quality.progress",
                [
                    "done": wording.number(summary.reviewed),
                    "all": wording.number(summary.cases.count),
                ]) + " " + text("views.quality.figuresLater")
        return "\(drawn) \(stage)"
    }

    fileprivate func cases(_ summary: AuditSummary) -> PoolPage.Part {
        func title(_ key: String) -> DataTable.Column {
            DataTable.Column(text("views.quality.column.\(key)"))
        }
        return .table(
            PoolPage.Table(
                heading: text("views.quality.cases"),
                table: DataTable(
                    id: "cases", caption: text("views.quality.casesCaption"),
                    columns: [title("case"), title("state"), title("reviewer")],
                    rows: summary.cases.map { item in
                        DataTable.Row(
                            header: caseName(item), href: QualityRoute.review(item.id.number).path,
                            cells: [
                                .text(
                                    item.reviewed.map {
                                        text("views.quality.reviewedOn", ["day": wording.day($0)])
                                    } ?? text("views.quality.waiting")),
                                .text(item.reviewer),
                            ])
                    })))
    }

    func caseName(_ item: AuditedCase) -> String {
        text("views.quality.case", ["n": wording.number(item.number)])
    }

    fileprivate func strata(_ audit: CaseAudit) -> PoolPage.Part {
        .lines(
            CaseListPage.Section(
                heading: text("views.quality.strata"),
                lines: [
                    CaseListPage.Line(
                        heading: text("views.quality.strataOf"),
                        details: audit.strata.all.map { stratum in
                            text(
                                "views.quality.stratum",
                                [
                                    "team": stratum.team.isEmpty
                                        ? text("views.quality.noTeam") : stratum.team,
                                    "drawn": wording.number(stratum.drawn),
                                    "frame": wording.number(stratum.frame),
                                ])
                        }, by: "")
                ], forms: []))
    }
}
