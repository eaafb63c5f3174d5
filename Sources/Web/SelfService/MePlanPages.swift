import Chronology
import Jobcenter
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Visit {
    /// My Plan as its owner sees it.
    func ownPlan(_ file: CitizenFile) -> CaseListPage {
        let lines = file.registrations.compactMap { note -> PlanItem? in
            guard case .planItem(let item) = note.fact else { return nil }
            return item
        }.reversed()
        let waiting = file.waitingAnswers().count
        let disputed = lines.count { $0.stance == .disputed && $0.progress == .open }
        let headline =
            waiting > 0
            ? text("me.plan.waiting", ["n": wording.number(waiting)])
            : text(lines.isEmpty ? "me.plan.none" : "me.plan.headline")
        return CaseListPage(
            headline: headline,
            lead: text(disputed > 0 ? "me.plan.leadDisputed" : "me.plan.lead"),
            receipt: ownReceipt(file),
            sections: PlanPart.allCases.map { part in
                CaseListPage.Section(
                    heading: text("term.planPart.\(part.rawValue)"),
                    lines: lines.filter { $0.part == part }.map { line($0) }, forms: [],
                    nothing: [.jobGoal, .jobSearch].contains(part)
                        ? text("me.plan.nothing") : nil)
            }, acts: [meForm(.planLine)])
    }

    private func line(_ item: PlanItem) -> CaseListPage.Line {
        let me = item.author == .citizen
        var details = [
            text(me ? "me.plan.byMe" : "me.plan.byThem", ["day": wording.day(item.added)])
        ]
        switch item.stance {
        case .proposed: details.append(text(me ? "me.plan.proposedByMe" : "me.plan.asked"))
        case .agreed: details.append(text("me.plan.agreed", ["day": wording.day(item.stanceOn)]))
        case .disputed:
            details.append(text("me.plan.disputed", ["day": wording.day(item.stanceOn)]))
        }
        if let due = item.due { details.append(text("me.plan.due", ["day": wording.day(due)])) }
        if item.progress != .open {
            details.append(text("me.plan.progress.\(item.progress.rawValue)"))
        }
        return CaseListPage.Line(
            heading: item.text, details: details, by: "",
            links: [meForm(.planAnswer, [("id", String(item.id.number))])])
    }
}

/// Proposing a line of the plan in one's own words.
struct MePlanLineForm: MeFormKind {
    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        CaseForm(
            headline: visit.text("me.planLine.headline"), lead: visit.text("me.planLine.lead"),
            fields: [
                FormField(
                    "text", visit.text("me.planLine.text"), .long(typed.text("text")),
                    help: visit.text("me.planLine.textHelp")),
                FormField(
                    "part", visit.text("me.planLine.part"),
                    .select(
                        visit.choices(
                            PlanPart.self, "term.planPart",
                            selected: typed.text("part", or: file.usualPart.rawValue)))),
                FormField(
                    "due", visit.text("me.planLine.due"), .day(typed.text("due"))),
            ], save: visit.text("me.planLine.save"))
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        let part: PlanPart? = typed.choice("part")
        let due = typed.optionalDay("due")
        let text = typed.words("text")
        if text.isEmpty { typed.reject("text", "empty") }
        try typed.check()
        guard let part else { throw FieldProblems([]) }
        return .saved(
            try await OwnCase(visit.house).propose(
                part, text, due: due, in: visit.desk.municipality.code, by: visit.actor))
    }

    var after: MeRoute { .plan }
}

/// What the citizen says of a line: agreed, not agreed, done.
struct MePlanAnswerForm: MeFormKind {
    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        guard let (item, note) = file.planLine(typed.query["id"]) else { throw FieldProblems([]) }
        let stances: [PlanStance] =
            item.stance == .proposed && item.author == .citizen
            ? PlanStance.allCases : [.agreed, .disputed]
        let stance = typed.text(
            "stance",
            or: item.stance == .proposed && item.author == .caseworker
                ? "" : item.stance.rawValue)
        return CaseForm(
            headline: visit.text("me.planAnswer.headline"), lead: item.text,
            fields: [
                FormField(
                    "stance", visit.text("me.planAnswer.stance"),
                    .radios(
                        stances.map {
                            Choice(
                                value: $0.rawValue,
                                label: visit.text("me.planAnswer.stances.\($0.rawValue)"),
                                isSelected: $0.rawValue == stance)
                        })),
                FormField(
                    "words", visit.text("me.planAnswer.words"), .long(typed.text("words")),
                    help: visit.text("me.planAnswer.wordsHelp")),
                FormField(
                    "progress", visit.text("me.planAnswer.progress"),
                    .radios(
                        PlanProgress.allCases.map {
                            Choice(
                                value: $0.rawValue,
                                label: visit.text("me.plan.progress.\($0.rawValue)"),
                                isSelected: $0.rawValue
                                    == typed.text("progress", or: item.progress.rawValue))
                        })),
            ],
            hidden: [.init("version", typed.text("version", or: String(note.number)))],
            save: visit.text("me.planAnswer.save"))
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        let stance: PlanStance? = typed.choice("stance")
        let progress: PlanProgress? = typed.choice("progress")
        let id = typed.chosen("id")
        try typed.check()
        guard let stance, let progress, let id, let version = typed.number("version") else {
            throw FieldProblems([.init("stance", "gone")])
        }
        return .saved(
            try await OwnCase(visit.house).answer(
                id, stance, progress, words: typed.words("words"),
                subject: visit.house.texts.text("me.planAnswer.subject", .da), expected: version,
                in: visit.desk.municipality.code, by: visit.actor))
    }

    var after: MeRoute { .plan }
}
