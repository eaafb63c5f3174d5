import Chronology
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

/// A decision: what the case tells, what the rule says, why, and whether the citizen was heard.
struct DecisionForm: CaseFormKind {
    func after(_ citizen: CitizenID) -> Route { .letter(citizen.number) }

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let today = visit.house.clock.today()
        let typed = file.waiting(typed)
        let from = Day(iso: typed.text("from", or: today.iso)) ?? today
        let rules = try await DecisionCase(visit.house).rules(on: from)
        let questions = try await questions(typed, from, file.citizen.id, visit)
        let facts = typed.text("facts", or: visit.caseFacts(file, today))
        let reasons = typed.text("reasons")
        let chosen = rules.first { $0.id == typed.text("rule") }
        let lix = Readability(facts + "\n" + reasons).lix
        var notices = [Notice(visit.text("views.decision.lix", ["lix": String(lix)]))]
        if let basis = chosen?.basis {
            notices.append(Notice(basis.law, lines: [.init(basis.text[visit.language])]))
        }
        notices += answers(questions, typed, visit)
        return CaseForm(
            headline: visit.text("views.decision.headline", ["name": file.citizen.fullName]),
            lead: visit.text("views.decision.lead"), notices: typed.isEmpty ? [] : notices,
            fields: [
                FormField(
                    "kind", visit.text("views.decision.kind"),
                    .radios(
                        visit.choices(
                            DecisionKind.self, "term.decision",
                            selected: typed.text("kind", or: DecisionKind.refuse.rawValue)))),
                FormField(
                    "subject", visit.text("views.decision.subject"), .text(typed.text("subject"))),
                FormField(
                    "rule", visit.text("views.decision.rule"),
                    .select(
                        [Choice(value: "", label: visit.text("views.effort.choose"))]
                            + rules.map {
                                Choice(
                                    value: $0.id,
                                    label: "\($0.basis.law): \($0.name[visit.language].prefix(60))",
                                    isSelected: $0.id == typed.text("rule"))
                            }), help: visit.text("views.decision.ruleHelp")),
            ] + questions.fields(typed, visit) + [
                FormField(
                    "facts", visit.text("views.decision.facts"), .long(facts),
                    help: visit.text("views.decision.factsHelp")),
                FormField(
                    "reasons", visit.text("views.decision.reasons"), .long(reasons),
                    help: visit.text("views.decision.reasonsHelp")),
                FormField(
                    "heardOn", visit.text("views.decision.heardOn"), .day(typed.text("heardOn")),
                    help: visit.text("views.decision.heardHelp")),
                FormField(
                    "answer", visit.text("views.decision.answer"), .long(typed.text("answer"))),
                FormField(
                    "from", visit.text("views.decision.from"),
                    .day(typed.text("from", or: today.iso))
                ),
            ], hidden: questions.hidden, save: visit.text("views.decision.send"),
            others: [
                Choice(value: "check", label: visit.text("views.decision.check")),
                Choice(value: "wait", label: visit.text("views.decision.wait")),
            ])
    }

    /// What the chosen rule asks and the case does not answer.
    private func questions(
        _ typed: Typed, _ from: Day, _ citizen: CitizenID, _ visit: Visit
    ) async throws -> QuestionFields {
        let question = try await DecisionCase(visit.house).question(
            typed.text("rule"), from: from, about: citizen, in: visit.desk.municipality.code,
            by: visit.actor)
        return QuestionFields(questions: question.map { [$0] } ?? [])
    }

    /// What the rule's conditions come to with what is answered so far.
    private func answers(
        _ questions: QuestionFields, _ typed: Typed, _ visit: Visit
    ) -> [Notice] {
        var reading = typed
        guard questions.wereShown(typed) else { return [] }
        let told = questions.told(&reading)
        return questions.questions.compactMap { question in
            guard let answer = question.answer(told) else { return nil }
            let found = visit.outcome(answer, of: "entitlement")
            return Notice(
                "\(question.entitlement.question[visit.language]) \(found.heading)",
                lines: found.lines + [.init(found.basis)])
        }
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let kind: DecisionKind? = typed.choice("kind")
        let from = typed.day("from")
        let heard = typed.optionalDay("heardOn")
        let questions = try await questions(
            typed, from ?? visit.house.clock.today(), citizen, visit)
        let told = questions.wereShown(typed) ? questions.told(&typed) : [:]
        try typed.check()
        guard let kind, let from else { throw FieldProblems([]) }
        if !questions.wereShown(typed) {
            return .shown([Notice(visit.text("views.decision.answerThese"))])
        }
        var decision = NewDecision(kind, from: from)
        decision.subject = typed.words("subject")
        decision.rule = typed.query["rule"] ?? ""
        let answered = questions.lines(told, visit)
        decision.told = told
        // One that waited has its answers in the facts already.
        let facts = typed.words("facts")
        decision.facts = ([facts] + answered.filter { !facts.contains($0) })
            .joined(separator: "\n")
        decision.reasons = typed.words("reasons")
        decision.heardOn = heard
        decision.answer = typed.words("answer")
        let decisions = DecisionCase(visit.house)
        let code = visit.desk.municipality.code
        if typed.query["_act"] == "check" {
            let faults = try await decisions.faults(
                decision, about: citizen, in: code, by: visit.actor)
            for fault in faults { typed.reject(fault.field, "decision.\(fault.rawValue)") }
            return .shown(
                faults.isEmpty ? [Notice(visit.text("views.decision.holds"))] : [])
        }
        do {
            return .saved(
                try await decisions.register(
                    decision, isSent: typed.query["_act"] != "wait",
                    replacing: typed.query.fact("id"),
                    about: citizen, in: code, by: visit.actor, purpose: purpose))
        } catch let faults as DecisionFaults {
            for fault in faults.all { typed.reject(fault.field, "decision.\(fault.rawValue)") }
            return .shown([])
        }
    }
}

extension CitizenFile {
    /// The form as a waiting decision fills it in, where it is opened with the number of one
    /// and nothing is typed yet.
    fileprivate func waiting(_ typed: Typed) -> Typed {
        guard typed.isEmpty, let id = typed.query.fact("id") else { return typed }
        for case .decision(let decision) in registrations.map(\.fact)
        where decision.id == id && decision.sent == nil {
            let fields = [
                ("kind", decision.kind.rawValue), ("subject", decision.subject),
                ("rule", decision.rule), ("facts", decision.facts), ("reasons", decision.reasons),
                ("heardOn", decision.heardOn?.iso ?? ""), ("answer", decision.answer),
                ("from", decision.from.iso),
            ]
            return Typed(
                Query(typed.query.pairs + fields.map { (name: $0.0, value: $0.1) }), isEmpty: true)
        }
        return typed
    }
}

extension DecisionFault {
    /// The form's field it stands beside.
    fileprivate var field: String {
        switch self {
        case .noSubject: "subject"
        case .noRule, .ruleNotInForce, .conditionsSayNo, .conditionsSayYes, .conditionsUnanswered:
            "rule"
        case .noFacts, .factsNotOfCase, .unknownDay: "facts"
        case .noReasons, .reasonsRepeat, .reasonsApart, .answerNotMet, .unfinished, .tooHard:
            "reasons"
        case .notHeard, .hearingTooShort, .heardAfterwards: "heardOn"
        case .beginsBefore: "from"
        }
    }
}

extension Visit {
    /// What the case tells, as a beginning of the facts: benefit, group and what runs now.
    fileprivate func caseFacts(_ file: CitizenFile, _ today: Day) -> String {
        file.registrations.compactMap { note -> String? in
            switch note.fact {
            case .benefitSpell(let spell) where spell.holds(on: today): line(note.fact, spell.start)
            case .targetGroup(let period) where period.holds(on: today):
                line(note.fact, period.start)
            case .offer(let offer) where offer.holds(on: today): line(note.fact, offer.start)
            default: nil
            }
        }.reversed().joined(separator: "\n")
    }

    private func line(_ fact: Fact, _ start: Day) -> String {
        text(
            "views.decision.fact",
            [
                "kind": text("views.fact.\(fact.kind.rawValue)"), "what": words(fact),
                "day": wording.day(start),
            ])
    }
}
