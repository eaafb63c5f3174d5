import Chronology
import Jobcenter
import Registry
import Reporting
import Storage
import Views

extension Desk {
    func adviser(_ route: AdviserRoute, _ visit: Visit) async throws -> Answer {
        switch route {
        case .list: return try await adviserList(visit)
        case .overview: return try await adviserOverview(visit)
        case .one(let number): return try await adviserThread(number, visit)
        case .timeline(let number): return try await adviserTimeline(number, visit)
        case .form(let number, let form): return try await adviserForm(number, form, visit)
        }
    }

    /// The adviser's day: who waits for an answer, and who has said yes.
    private func adviserList(_ visit: Visit) async throws -> Answer {
        let threads = try await AdviserCase(house).threads(
            in: municipality.code, by: visit.actor, purpose: visit.adviserPurpose)
        let waiting = threads.count { $0.thread.waits != nil }
        func section(
            _ key: String, _ isIn: (AdviserThread) -> Bool
        ) -> CaseListPage.Section {
            CaseListPage.Section(
                heading: visit.text("views.adviser.\(key)"),
                lines: threads.filter { isIn($0.thread) }.map { visit.line($0.thread, $0.citizen) },
                forms: [], nothing: visit.text("views.adviser.\(key)None"))
        }
        return visit.page(
            CaseListPage(
                headline: waiting == 0
                    ? visit.text("views.adviser.noneWaits")
                    : visit.text(
                        "views.adviser.headline", ["n": visit.wording.number(waiting)]),
                lead: visit.text("views.adviser.lead"),
                sections: [
                    section("waiting") { $0.waits != nil },
                    section("open") { $0.waits == nil && $0.open != nil },
                    section("rest") { $0.waits == nil && $0.open == nil },
                ],
                acts: [
                    Link(visit.text("views.section.complaints"), ComplaintRoute.list.path),
                    Link(visit.text("views.complaints.overview"), ComplaintRoute.overview.path),
                    Link(visit.text("views.adviser.overview"), AdviserRoute.overview.path),
                ]), section: .adviser)
    }

    private func adviserThread(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard
            let record = try await AdviserCase(house).thread(
                of: CitizenID(number), in: municipality.code, by: visit.actor,
                purpose: visit.adviserPurpose)
        else { return visit.error(.notFound) }
        let thread = record.thread
        var acts = [visit.adviserLink(number, .write)]
        if thread.hasConsent {
            acts.append(
                Link(visit.text("views.adviser.case"), AdviserRoute.timeline(number).path))
            acts.append(visit.adviserLink(number, .join))
        }
        if thread.open != nil { acts.append(visit.adviserLink(number, .close)) }
        return visit.page(
            CaseListPage(
                headline: record.citizen.fullName,
                lead: visit.text(
                    thread.hasConsent ? "views.adviser.hasConsent" : "views.adviser.noConsent"),
                receipt: visit.receipt(in: record.notes),
                sections: [
                    .init(
                        heading: visit.text("views.adviser.written"),
                        lines: record.notes.reversed().compactMap { note in
                            guard case .adviserEntry(let entry) = note.fact else { return nil }
                            return .init(
                                heading: "\(visit.wording.day(entry.day)): \(visit.words(entry))",
                                details: entry.words.split(separator: "\n").map(String.init),
                                by: visit.registeredBy(note))
                        }, forms: [])
                ], acts: acts), section: .adviser, breadcrumb: visit.adviserTrail)
    }

    /// The case to read, after the adviser has said what for.
    private func adviserTimeline(_ number: Int64, _ visit: Visit) async throws -> Answer {
        // Without the role there is nothing to say a purpose for.
        try Policy.require(.writeAsAdviser, by: visit.actor, in: municipality.code)
        let back = AdviserRoute.one(number).path
        guard let purpose = visit.statedPurpose else {
            return visit.askPurpose(
                visit.text("views.adviser.case"), section: .adviser,
                breadcrumb: visit.adviserTrail, back: back)
        }
        let found = try await AdviserCase(house).timeline(
            of: CitizenID(number), in: municipality.code, by: visit.actor, purpose: purpose)
        return visit.page(
            CaseListPage(
                headline: visit.text(
                    "views.adviser.caseOf", ["name": found.citizen.fullName]),
                lead: visit.text(
                    "views.adviser.caseLead",
                    [
                        "purpose": purpose.text,
                        "number": visit.wording.number(Int(found.lookup)),
                    ]),
                sections: [
                    .init(
                        heading: visit.text("views.adviser.events"),
                        lines: found.events.map { note in
                            .init(
                                heading: visit.heading(note.fact), details: visit.told(note.fact),
                                by: visit.registeredBy(note))
                        }, forms: [], nothing: visit.text("views.adviser.noEvents"))
                ], acts: [Link(visit.text("views.adviser.back"), back)]), section: .adviser,
            breadcrumb: visit.adviserTrail)
    }

    private func adviserForm(
        _ number: Int64, _ form: AdviserRoute.Form, _ visit: Visit
    ) async throws -> Answer {
        guard let purpose = visit.adviserPurpose else { return visit.error(.notFound) }
        let back = AdviserRoute.one(number).path
        let citizen = CitizenID(number)
        let adviser = AdviserCase(house)
        return try await SentForm(
            visit: visit, route: .adviser(.form(number, form)), section: .adviser, back: back,
            form: { typed in
                guard
                    let record = try await adviser.thread(
                        of: citizen, in: municipality.code, by: visit.actor, purpose: purpose)
                else { return nil }
                return (
                    visit.adviserForm(form, record, typed),
                    visit.adviserTrail + [Link(record.citizen.fullName, back)]
                )
            },
            save: { typed in
                let words = typed.words("words")
                switch form {
                case .write:
                    return .saved(
                        try await adviser.write(
                            words, to: citizen, in: municipality.code, by: visit.actor,
                            purpose: purpose))
                case .join:
                    return .saved(
                        try await adviser.join(
                            typed.words("subject"), words, for: citizen, in: municipality.code,
                            by: visit.actor, purpose: purpose))
                case .close:
                    let outcome: AdviserOutcome? = typed.choice("choice")
                    try typed.check()
                    guard let outcome else { throw FieldProblems([]) }
                    return .saved(
                        try await adviser.close(
                            outcome, words, of: citizen, in: municipality.code, by: visit.actor,
                            purpose: purpose))
                }
            },
            after: { receipt in
                Route.adviser(.one(number)).link([("receipt", String(receipt.number))])
            }
        ).answer()
    }

    /// What the adviser was asked in the latest year, without names; open to everybody.
    private func adviserOverview(_ visit: Visit) async throws -> Answer {
        let overview = try await AdviserCase(house).overview(
            in: municipality.code, by: visit.actor)
        return visit.page(
            PoolPage(
                headline: visit.text("views.adviser.overviewHeadline"),
                lead: visit.text("views.adviser.overviewLead"),
                acts: [
                    Link(visit.text("views.complaints.overview"), ComplaintRoute.overview.path)
                ],
                parts: [
                    visit.table(
                        "subjects", overview.months, AdviserSubject.allCases,
                        "term.adviserSubject", overview.subjects),
                    visit.table(
                        "outcomes", overview.months, AdviserOutcome.allCases,
                        "term.adviserOutcome", overview.outcomes),
                ]), section: visit.actor.role == .citizensAdviser ? .adviser : nil)
    }
}

extension Visit {
    var adviserPurpose: Purpose? { Purpose(text("web.purpose.adviser")) }

    var adviserTrail: [Link] { [Link(text("views.section.adviser"), AdviserRoute.list.path)] }

    fileprivate func adviserLink(_ number: Int64, _ form: AdviserRoute.Form) -> Link {
        Link(
            text("views.adviser.act.\(form.rawValue)"), AdviserRoute.form(number, form).path)
    }

    fileprivate func line(_ thread: AdviserThread, _ citizen: Citizen) -> CaseListPage.Line {
        let last = thread.entries.last { !$0.words.isEmpty }
        return CaseListPage.Line(
            heading: thread.waits.map {
                text(
                    "views.adviser.waitsSince", ["name": citizen.fullName, "day": wording.day($0)])
            } ?? citizen.fullName,
            details: (last.map { ["\(wording.day($0.day)): \(words($0))"] } ?? [])
                + [
                    text(
                        thread.hasConsent ? "views.adviser.consented" : "views.adviser.unconsented")
                ],
            by: "",
            links: [Link(text("views.adviser.open1"), AdviserRoute.one(citizen.id.number).path)])
    }

    fileprivate func adviserForm(
        _ form: AdviserRoute.Form, _ record: AdviserRecord, _ typed: Typed
    ) -> CaseForm {
        let words = FormField(
            "words", text("views.adviser.field.\(form.rawValue)"), .long(typed.text("words")),
            help: text("views.adviser.help.\(form.rawValue)"))
        var fields: [FormField] = []
        if form == .join {
            fields.append(
                FormField(
                    "subject", text("views.message.subject"), .text(typed.text("subject"))))
        }
        if form == .close {
            fields.append(
                FormField(
                    "choice", text("views.adviser.field.outcome"),
                    .radios(
                        choices(
                            AdviserOutcome.self, "term.adviserOutcome",
                            selected: typed.text("choice")))))
        }
        let last = record.thread.entries.last { [.asked, .citizenWrote].contains($0.kind) }
        return CaseForm(
            headline: text("views.adviser.act.\(form.rawValue)"),
            lead: text("views.adviser.form.\(form.rawValue)"),
            notices: last.map { entry in
                [
                    Notice(
                        "\(wording.day(entry.day)): \(self.words(entry))",
                        lines: entry.words.split(separator: "\n").map { .init(String($0)) })
                ]
            } ?? [], fields: fields + [words], save: text("views.adviser.save"))
    }

    /// The kind of a registration with its day.
    fileprivate func heading(_ fact: Fact) -> String {
        let day = fact.valid.map { wording.day($0.start) } ?? ""
        return "\(day): \(text("views.fact.\(fact.kind.rawValue)"))"
    }

    /// What a registration says, with a message's and a decision's own words.
    fileprivate func told(_ fact: Fact) -> [String] {
        let what = words(fact)
        let more: String =
            switch fact {
            case .message(let message): message.text
            case .decision(let decision): decision.reasons
            case .complaintStep(let step): step.words
            default: ""
            }
        return ([what] + more.split(separator: "\n").map(String.init)).filter { !$0.isEmpty }
    }

    fileprivate func table<Choice: RawRepresentable & Hashable>(
        _ key: String, _ months: [Month], _ choices: [Choice], _ terms: String,
        _ counts: [Choice: [ComplaintCount]]
    ) -> PoolPage.Part where Choice.RawValue == String {
        func cells(_ place: Int) -> [CellValue] {
            choices.map { cell(counts[$0]?[place] ?? .count(0)) }
        }
        return .table(
            PoolPage.Table(
                heading: text("views.adviser.\(key)"),
                table: DataTable(
                    id: key, caption: text("views.adviser.\(key)Caption"),
                    columns: [DataTable.Column(text("views.complaints.column.month"))]
                        + choices.map {
                            DataTable.Column(text("\(terms).\($0.rawValue)"), decimals: 0)
                        },
                    rows: months.indices.reversed().map { place in
                        DataTable.Row(
                            header: wording.period(.month(months[place])), cells: cells(place))
                    } + [
                        DataTable.Row(
                            header: text("views.complaints.all"), cells: cells(months.count),
                            isEmphasised: true)
                    ])))
    }
}
