import Chronology
import Identifiers
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

/// One kind of form on a company's own pages.
protocol DoorFormKind: Sendable {
    /// The form, with what was typed or what is known filled in. Throws `FieldProblems` where
    /// there is no such form.
    func form(_ file: DoorFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm
    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome
    /// Where the form leads when it was saved.
    func after(_ query: Query) -> DoorRoute
}

extension Desk {
    private func kind(_ form: DoorRoute.Form) -> any DoorFormKind {
        switch form {
        case .order: DoorOrderForm(isCorrection: false)
        case .correct: DoorOrderForm(isCorrection: true)
        case .close: DoorCloseForm()
        case .answer: DoorAnswerForm()
        case .limits: DoorLimitsForm()
        case .fastTrack: DoorFastTrackForm()
        case .contact: DoorContactForm()
        case .signUp: DoorSignUpForm()
        case .say: DoorSayForm()
        case .focus: FocusAnswerForm()
        }
    }

    func doorForm(_ form: DoorRoute.Form, _ visit: Visit) async throws -> Answer {
        let kind = kind(form)
        let route = DoorRoute.form(form)
        let query = visit.call.method == .post ? visit.call.form : visit.call.query
        let after = kind.after(query)
        return try await SentForm(
            visit: visit, route: .door(route), section: route.section, back: after.path,
            form: { typed in
                let file = try await DoorCase(house).file(in: municipality.code, by: visit.actor)
                do {
                    return (try await kind.form(file, typed, visit), visit.doorTrail(route))
                } catch is FieldProblems {
                    return nil
                }
            },
            save: {
                let outcome = try await kind.save(&$0, visit)
                await visit.tellPools()
                return outcome
            },
            after: { Route.door(after).link([("receipt", String($0.number))]) }
        ).answer()
    }
}

extension Visit {
    /// The words of a form's field.
    func doorField(
        _ form: String, _ name: String, _ kind: FormField.Kind, help: Bool = false
    ) -> FormField {
        FormField(
            name, text("door.\(form).\(name)"), kind,
            help: help ? text("door.\(form).\(name)Help") : nil)
    }
}

/// Before anybody is asked for: what the law allows at the company's own workplace.
struct DoorLimitsForm: DoorFormKind {
    func form(_ file: DoorFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let unit = typed.text("unit").filter(\.isNumber)
        var form = try await LimitsTyping(visit: visit).form(
            of: file.company,
            visit.workplaces(file.workplaces, of: file.company, selected: unit), typed)
        form.headline = visit.text("door.limits.headline")
        form.lead = visit.text("door.limits.lead")
        // A company does not know anybody's category; the group's usual one stands for it.
        form.fields = form.fields.filter { $0.name != "category" }.map { visit.own($0, "limits") }
        return form
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        let cases = DoorCase(visit.house)
        let code = visit.desk.municipality.code
        let (asked, statement, keeps) = try LimitsTyping(visit: visit).read(&typed)
        if keeps, let statement {
            return .saved(try await cases.register(statement, in: code, by: visit.actor))
        }
        return .shown(
            visit.notices(
                try await cases.limits(asked, stated: statement, in: code, by: visit.actor)))
    }

    func after(_ query: Query) -> DoorRoute { .home }
}

/// Early follow-up of a sick employee.
struct DoorFastTrackForm: DoorFormKind {
    func form(_ file: DoorFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let first = file.workplaces.first.map { String($0.number.number) } ?? ""
        func field(_ name: String, _ kind: FormField.Kind, help: Bool = false) -> FormField {
            visit.doorField("fastTrack", name, kind, help: help)
        }
        return CaseForm(
            headline: visit.text("door.fastTrack.headline"),
            lead: visit.text("door.fastTrack.lead"),
            fields: [
                field("cpr", .text(typed.text("cpr")), help: true),
                field(
                    "unit",
                    .select(
                        visit.workplaces(
                            file.workplaces, of: file.company,
                            selected: typed.text("unit", or: first)))),
                field("firstAbsence", .day(typed.text("firstAbsence"))),
                field("wellBy", .day(typed.text("wellBy")), help: true),
                field(
                    "contact",
                    .text(
                        typed.text("contact", or: visit.contactPerson(file.notes))), help: true),
            ], save: visit.text("door.fastTrack.save"),
            others: [Choice(value: "ask", label: visit.text("door.fastTrack.ask"))])
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        let written = typed.words("cpr").filter { !$0.isWhitespace }
        let cpr = try? CPR(written)
        if cpr == nil { typed.reject("cpr", "cprWrong") }
        let unit = typed.query["unit"].flatMap { try? ProductionUnitNumber($0) }
        if unit == nil { typed.reject("unit", "choice") }
        let first = typed.day("firstAbsence")
        let well = typed.day("wellBy")
        let isAsking = typed.query["_act"] == "ask"
        if typed.words("contact").isEmpty, !isAsking { typed.reject("contact", "empty") }
        try typed.check()
        guard let cpr, let unit, let first, let well else { throw FieldProblems([]) }
        let asked = FastTrackAsked(
            cpr: cpr, unit: unit, firstAbsence: first, wellBy: well,
            contact: typed.words("contact"))
        let cases = DoorCase(visit.house)
        let answer = try await cases.fastTrack(asked)
        let outcome = visit.outcome(answer, of: "entitlement")
        let rule = visit.entitlements["fast-track-request"]?.version(on: visit.house.clock.today())
        let sentence = rule.map { [Outcome.Line($0.basis.text[visit.language])] } ?? []
        let told = Notice(
            outcome.heading, lines: sentence + [.init(outcome.basis)] + outcome.lines)
        if isAsking { return .shown([told]) }
        if answer?.verdict == .no {
            return .shown([Notice(visit.text("door.fastTrack.not")), told])
        }
        let name = try await cases.file(
            in: visit.desk.municipality.code, by: visit.actor
        ).company.name
        return .saved(
            try await cases.register(
                asked,
                telling: DoorNotice(
                    subject: visit.house.texts.text("door.fastTrack.citizenSubject", .da),
                    text: visit.house.texts.text(
                        "door.fastTrack.citizenText", .da, ["company": name])),
                in: visit.desk.municipality.code, by: visit.actor))
    }

    func after(_ query: Query) -> DoorRoute { .home }
}

/// Asks to be rung or visited.
struct DoorContactForm: DoorFormKind {
    func form(_ file: DoorFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let first = file.workplaces.first.map { String($0.number.number) } ?? ""
        let soon = visit.house.clock.today().nextWorkingDay(after: 1)
        func field(_ name: String, _ kind: FormField.Kind) -> FormField {
            visit.doorField("contact", name, kind)
        }
        return CaseForm(
            headline: visit.text("door.contact.headline"), lead: visit.text("door.contact.lead"),
            fields: [
                field(
                    "unit",
                    .select(
                        visit.workplaces(
                            file.workplaces, of: file.company,
                            selected: typed.text("unit", or: first)))),
                field(
                    "reason",
                    .select(
                        visit.choices(
                            among: ContactReason.allCases.filter { $0 != .planned },
                            "term.contactReason",
                            selected: typed.text("reason", or: "recruitment")))),
                field(
                    "form",
                    .radios(
                        visit.choices(
                            among: [Registry.ContactForm.phone, .visit], "term.contactForm",
                            selected: typed.text("form", or: "phone")))),
                field("day", .day(typed.text("day", or: soon.iso))),
                field("person", .text(typed.text("person"))),
                field("text", .long(typed.text("text"))),
            ], save: visit.text("door.contact.save"))
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        let unit = typed.query["unit"].flatMap { try? ProductionUnitNumber($0) }
        if unit == nil { typed.reject("unit", "choice") }
        let reason: ContactReason? = typed.choice("reason")
        let form: Registry.ContactForm? = typed.choice("form")
        let day = typed.day("day")
        if typed.words("person").isEmpty { typed.reject("person", "empty") }
        typed.limit("text")
        try typed.check()
        guard let unit, let reason, let form, let day else { throw FieldProblems([]) }
        return .saved(
            try await DoorCase(visit.house).register(
                NewContact(
                    company: try DoorCase.company(visit.actor, in: visit.desk.municipality.code),
                    unit: unit, day: day, form: form, reason: reason,
                    team: visit.house.texts.text("web.team.employers", .da),
                    person: typed.words("person"), text: typed.words("text")),
                in: visit.desk.municipality.code, by: visit.actor))
    }

    func after(_ query: Query) -> DoorRoute { .home }
}

/// A stand at the event named by `id`.
struct DoorSignUpForm: DoorFormKind {
    func form(_ file: DoorFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        guard let event = file.events.first(where: { $0.event.id == typed.query.fact("id") }) else {
            throw FieldProblems([])
        }
        let chosen = typed.text("order")
        return CaseForm(
            headline: visit.text("door.signUp.headline", ["title": event.event.title]),
            lead: visit.when(event.event),
            fields: [
                visit.doorField(
                    "signUp", "order",
                    .select(
                        [Choice(value: "", label: visit.text("door.signUp.noOrder"))]
                            + file.orders.filter(\.isOpen).map { order in
                                let number = String(order.order.id.number)
                                return Choice(
                                    value: number, label: visit.title(of: order),
                                    isSelected: number == chosen)
                            }), help: true),
                visit.doorField("signUp", "seats", .text(typed.text("seats", or: "5")), help: true),
            ], save: visit.text("door.signUp.save"))
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        let event = typed.chosen("id")
        let seats = typed.whole("seats", in: 1...EventCase.mostSeats)
        try typed.check()
        guard let event, let seats else { throw FieldProblems([]) }
        return .saved(
            try await DoorCase(visit.house).signUp(
                for: event, with: typed.query.fact("order"), seats: seats,
                in: visit.desk.municipality.code, by: visit.actor))
    }

    func after(_ query: Query) -> DoorRoute { .events }
}

/// How it went with the closed order named by `id`.
struct DoorSayForm: DoorFormKind {
    func form(_ file: DoorFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        guard
            let order = file.orders.first(where: {
                $0.order.id == typed.query.fact("id") && !$0.isOpen
            })
        else { throw FieldProblems([]) }
        let chosen = typed.text("score")
        return CaseForm(
            headline: visit.text("door.say.headline", ["title": visit.title(of: order)]),
            lead: visit.text("door.say.lead"),
            fields: [
                visit.doorField(
                    "say", "score",
                    .radios(
                        (1...5).reversed().map {
                            Choice(
                                value: String($0), label: visit.text("door.say.score\($0)"),
                                isSelected: String($0) == chosen)
                        })),
                visit.doorField("say", "again", .tick(typed.tick("again"))),
                visit.doorField("say", "words", .long(typed.text("words")), help: true),
            ], save: visit.text("door.say.save"))
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        let order = typed.chosen("id")
        if typed.query["score"] == nil { typed.reject("score", "choice") }
        let score = typed.query["score"] == nil ? nil : typed.whole("score", in: 1...5)
        typed.limit("words")
        try typed.check()
        guard let order, let score else { throw FieldProblems([]) }
        return .saved(
            try await DoorCase(visit.house).say(
                score, again: typed.tick("again"), words: typed.words("words"), of: order,
                in: visit.desk.municipality.code, by: visit.actor))
    }

    func after(_ query: Query) -> DoorRoute { .home }
}
