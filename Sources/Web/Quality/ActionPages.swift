import Chronology
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// Every action, those that wait first.
    func qualityActions(_ visit: Visit) async throws -> Answer {
        let book = try await qualityBook(visit)
        let today = house.clock.today()
        return visit.qualityPage(
            headline: visit.text("views.quality.actions"),
            lead: visit.text("views.quality.actionsLead"),
            acts: [visit.quality("new.action", .newAction)],
            parts: [
                visit.part(
                    "openActions", book.open.map { visit.line($0, book, today) },
                    "noOpenActions"),
                visit.part(
                    "doneActions",
                    book.actions.filter { $0.done != nil }.map { visit.line($0, book, today) },
                    "noDoneActions"),
            ])
    }

    /// A new action, or what came of one.
    func qualityAction(_ number: Int64?, _ visit: Visit) async throws -> Answer {
        let cases = QualityCase(house)
        let book = try await qualityBook(visit)
        let known = number.flatMap { book.action(FactID($0)) }
        var standing: RegistrationNote?
        if let number {
            standing = try await cases.standing(
                .qualityAction, FactID(number), in: municipality.code, by: visit.actor)
            if known == nil { return visit.error(.notFound) }
        }
        guard let purpose = visit.qualityPurpose else { return visit.error(.notFound) }
        let staff = try await StaffCase(house).staff(of: municipality.code)
        let lists = try await cases.checklists()
        let version = standing?.number
        return try await SentForm(
            visit: visit, route: .quality(number.map { .action($0) } ?? .newAction),
            section: .quality, back: QualityRoute.actions.path,
            form: { typed in
                (
                    visit.actionForm(known, version, book, lists, staff, typed),
                    visit.qualityTrail + [visit.quality("actions", .actions)]
                )
            },
            save: { typed in
                let action = try typed.action(known, on: house.clock.today())
                return .saved(
                    try await cases.act(
                        action,
                        changing: known == nil
                            ? nil : typed.query["version"].flatMap { Int64($0) } ?? 0,
                        in: municipality.code, by: visit.actor, purpose: purpose
                    ).1)
            },
            after: {
                Route.quality(.actions).link([("receipt", String($0.number))])
            }
        ).answer()
    }

    /// What was put to the councils.
    func councils(_ visit: Visit) async throws -> Answer {
        let book = try await qualityBook(visit)
        let today = house.clock.today()
        return visit.qualityPage(
            headline: visit.text("views.quality.councils"),
            lead: visit.text("views.quality.councilsLead"),
            acts: [
                visit.quality("new.matter", .newMatter), visit.quality("heard", .heard),
            ],
            parts: Council.allCases.map { council in
                .lines(
                    CaseListPage.Section(
                        heading: visit.text("term.council.\(council.rawValue)"),
                        lines: book.matters.filter { $0.council == council }
                            .map { visit.line($0, today) },
                        forms: [], nothing: visit.text("views.quality.noMatters")))
            })
    }

    /// A new matter, or what was answered and what came of it.
    func councilMatter(_ number: Int64?, _ visit: Visit) async throws -> Answer {
        let cases = QualityCase(house)
        let known = try await number.asyncMap { number in
            try await qualityBook(visit).matter(FactID(number))
        }
        if number != nil, known == nil { return visit.error(.notFound) }
        let standing = try await number.asyncMap {
            try await cases.standing(
                .councilMatter, FactID($0), in: municipality.code, by: visit.actor)
        }
        guard let purpose = visit.qualityPurpose else { return visit.error(.notFound) }
        return try await SentForm(
            visit: visit, route: .quality(number.map { .matter($0) } ?? .newMatter),
            section: .quality, back: QualityRoute.councils.path,
            form: { typed in
                (
                    visit.matterForm(known, standing?.number, typed),
                    visit.qualityTrail + [visit.quality("councils", .councils)]
                )
            },
            save: { typed in
                let matter = try typed.matter(known, by: visit.actor.name)
                return .saved(
                    try await cases.ask(
                        matter,
                        changing: known == nil
                            ? nil : typed.query["version"].flatMap { Int64($0) } ?? 0,
                        in: municipality.code, by: visit.actor, purpose: purpose
                    ).1)
            },
            after: {
                Route.quality(.councils).link([("receipt", String($0.number))])
            }
        ).answer()
    }
}

extension Optional {
    /// `map` and `flatMap` for what has to be waited for.
    fileprivate func asyncMap<Value>(
        _ transform: (Wrapped) async throws -> Value?
    ) async rethrows -> Value? {
        guard let wrapped = self else { return nil }
        return try await transform(wrapped)
    }
}

extension Typed {
    fileprivate mutating func action(
        _ known: QualityAction?, on today: Day
    ) throws(FieldProblems) -> QualityAction {
        let due = day("due")
        let done = optionalDay("done")
        let owner = chosen("owner")
        try check()
        guard let due, let owner else { throw FieldProblems([]) }
        return QualityAction(
            id: known?.id ?? FactID(0), audit: known.map { $0.audit } ?? query.fact("sample"),
            question: known?.question ?? words("question"), text: words("text"), owner: owner,
            added: known?.added ?? today, due: due, done: done, result: words("result"))
    }

    fileprivate mutating func matter(
        _ known: CouncilMatter?, by name: String
    ) throws(FieldProblems) -> CouncilMatter {
        let council: Council? = choice("council")
        let asked = day("asked")
        let due = day("due")
        let answered = optionalDay("answered")
        let changedOn = optionalDay("changedOn")
        try check()
        guard let council, let asked, let due else { throw FieldProblems([]) }
        return CouncilMatter(
            id: known?.id ?? FactID(0), council: council, title: words("title"),
            text: words("text"), asked: asked, askedBy: known?.askedBy ?? name, due: due,
            answer: words("answer"), answered: answered, changed: words("changed"),
            changedOn: changedOn)
    }
}

extension Visit {
    fileprivate func actionForm(
        _ known: QualityAction?, _ version: Int64?, _ book: QualityBook,
        _ lists: ChecklistCatalogue, _ staff: [StaffMember], _ typed: Typed
    ) -> CaseForm {
        func label(_ key: String) -> String { text("views.qualityForm.\(key)") }
        let today = house.clock.today()
        let sample = typed.text("sample", or: known?.audit.map { String($0.number) } ?? "")
        let asked = typed.text("question", or: known?.question ?? "")
        let audit = Int64(sample).flatMap { book.audit(FactID($0)) }?.audit
        let question = audit.flatMap { lists[$0.checklist, $0.version] }?.questions
            .first { $0.id == asked }
        let chosen = typed.text("owner", or: known.map { String($0.owner.number) } ?? "")
        // Who answers for it may have left since.
        let gone = known.flatMap { book.staff[$0.owner] }.filter { one in
            !staff.contains { $0.id == one.id }
        }
        var fields = [
            FormField(
                "text", label("action"), .long(typed.text("text", or: known?.text ?? "")),
                help: label("actionHelp")),
            FormField(
                "owner", label("owner"),
                .select(
                    [Choice(value: "", label: label("ownerNone"), isSelected: chosen.isEmpty)]
                        + (gone + staff).map {
                            Choice(
                                value: String($0.id.number), label: "\($0.name), \($0.team)",
                                isSelected: String($0.id.number) == chosen)
                        })),
            FormField(
                "due", label("due"),
                .day(typed.text("due", or: (known?.due ?? today + 60).iso))),
        ]
        if known != nil {
            fields += [
                FormField(
                    "done", label("done"),
                    .day(typed.text("done", or: known?.done?.iso ?? "")),
                    help: label("doneHelp")),
                FormField(
                    "result", label("result"),
                    .long(typed.text("result", or: known?.result ?? "")),
                    help: label("resultHelp")),
            ]
        }
        return CaseForm(
            headline: label(known == nil ? "newAction" : "actionDone"),
            lead: audit.map {
                text(
                    "views.qualityForm.actionOf",
                    ["title": $0.title, "question": question?.text[language] ?? ""])
            } ?? label("actionLead"), fields: fields,
            hidden: [.init("sample", sample), .init("question", asked)]
                + hidden(version, typed), save: label("save"))
    }

    /// The number of the registration that a form was opened on.
    func hidden(_ version: Int64?, _ typed: Typed) -> [FormPage.Hidden] {
        version.map { [.init("version", typed.text("version", or: String($0)))] } ?? []
    }

    fileprivate func matterForm(
        _ known: CouncilMatter?, _ version: Int64?, _ typed: Typed
    ) -> CaseForm {
        func label(_ key: String) -> String { text("views.qualityForm.\(key)") }
        let today = house.clock.today()
        var fields = [
            FormField(
                "council", label("council"),
                .radios(
                    choices(
                        Council.self, "term.council",
                        selected: typed.text("council", or: known?.council.rawValue ?? "")))),
            FormField(
                "title", label("matterTitle"), .text(typed.text("title", or: known?.title ?? ""))),
            FormField(
                "text", label("matterText"), .long(typed.text("text", or: known?.text ?? "")),
                help: label("openHelp")),
            FormField(
                "asked", label("asked"),
                .day(typed.text("asked", or: (known?.asked ?? today).iso))),
            FormField(
                "due", label("answerDue"),
                .day(typed.text("due", or: (known?.due ?? today + 42).iso))),
        ]
        if let known {
            fields +=
                [
                    FormField(
                        "answer", label("answer"), .long(typed.text("answer", or: known.answer)),
                        help: label("openHelp")),
                    FormField(
                        "answered", label("answered"),
                        .day(typed.text("answered", or: known.answered?.iso ?? ""))),
                ] + changeFields(known.changed, known.changedOn, typed)
        }
        return CaseForm(
            headline: label(known == nil ? "newMatter" : "matterAnswer"),
            lead: label("matterLead"), fields: fields, hidden: hidden(version, typed),
            save: label("save"))
    }

    /// What was changed because of it, and when.
    func changeFields(_ words: String, _ day: Day?, _ typed: Typed) -> [FormField] {
        [
            FormField(
                "changed", text("views.qualityForm.changed"),
                .long(typed.text("changed", or: words)),
                help: text("views.qualityForm.changedHelp")),
            FormField(
                "changedOn", text("views.qualityForm.changedOn"),
                .day(typed.text("changedOn", or: day?.iso ?? ""))),
        ]
    }
}

extension Optional<StaffMember> {
    fileprivate func filter(_ isKept: (StaffMember) -> Bool) -> [StaffMember] {
        map { isKept($0) ? [$0] : [] } ?? []
    }
}
