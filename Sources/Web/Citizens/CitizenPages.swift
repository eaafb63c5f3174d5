import Chronology
import Identifiers
import Jobcenter
import Law
import Registry
import Reporting
import Storage
import Views

extension Desk {
    private static let eventsOnPage = 100

    /// Finding a citizen. Nothing is looked up before there is something to look for.
    func citizens(_ visit: Visit) async throws -> Answer {
        if let refusal = visit.peopleRefusal { throw refusal }
        let typed = visit.call.query["q"] ?? ""
        var found: CitizenSearchPage.Found?
        if !typed.isEmpty {
            guard let purpose = visit.statedPurpose else { throw Refusal.purposeMissing }
            let today = house.clock.today()
            let search = try await CitizenCase(house).search(
                typed, in: municipality.code, by: visit.actor, purpose: purpose)
            found = CitizenSearchPage.Found(
                people: search.citizens.map { citizen in
                    CitizenSearchPage.Person(
                        name: citizen.fullName, cpr: citizen.cpr,
                        age: citizen.born.age(on: today),
                        href: Route.citizen(citizen.id.number).link([("purpose", purpose.text)]))
                }, isMore: search.isMore, lookupNumber: Int(search.lookup), purpose: purpose.text)
        }
        return visit.page(
            CitizenSearchPage(
                text: typed, purposes: visit.purposes("casework"), found: found,
                problem: found?.people.isEmpty ?? true ? visit.numberProblem(typed) : nil,
                action: Route.citizens.path,
                dueAction: Route.due.path),
            section: .citizens)
    }

    /// One citizen; first the question what for.
    func citizen(_ number: Int64, _ visit: Visit) async throws -> Answer {
        if let refusal = visit.peopleRefusal { throw refusal }
        guard let purpose = visit.statedPurpose else {
            return visit.askPurpose(
                visit.text("views.citizens.headline"), section: .citizens,
                breadcrumb: visit.citizensTrail, back: Route.citizens.path)
        }
        var fields = FieldReader(visit.call.query)
        let page = try fields.page()
        let most = Desk.eventsOnPage
        let question = EventQuestion(
            kind: visit.call.query["kind"].flatMap { FactKind(rawValue: $0) },
            skipping: (page - 1) * most, count: most,
            receipt: visit.call.query["receipt"].flatMap { Int64($0) })
        guard
            let file = try await CitizenCase(house).overview(
                of: CitizenID(number), question, in: municipality.code, by: visit.actor,
                purpose: purpose)
        else { return visit.error(.notFound) }
        return visit.page(
            visit.page(of: file, question, purpose), section: .citizens,
            breadcrumb: visit.citizensTrail)
    }
}

extension Visit {
    /// What is wrong with a number that found nobody; nil for what is no number.
    fileprivate func numberProblem(_ typed: String) -> String? {
        let digits = typed.filter(\.isNumber)
        guard digits.count >= 6, typed.allSatisfy({ $0.isNumber || "- ".contains($0) }),
            Day(danish: typed) == nil, Day(iso: typed) == nil
        else { return nil }
        if digits.count != 10 {
            return text("problem.cprLength", ["count": String(digits.count)])
        }
        return text((try? CPR(typed)) == nil ? "problem.cprDate" : "problem.cprUnknown")
    }

    var citizensTrail: [Link] {
        [Link(text("views.section.citizens"), Route.citizens.path)]
    }

    fileprivate func page(
        of file: CitizenOverview, _ question: EventQuestion, _ purpose: Purpose
    ) -> CitizenPage {
        let route = Route.citizen(file.citizen.id.number)
        let asked = [("purpose", purpose.text)]
        let kind = question.kind
        let total = file.total(kind)
        let shown = question.skipping + question.count
        return CitizenPage(
            name: file.citizen.fullName, cpr: file.citizen.cpr,
            age: file.citizen.born.age(on: house.clock.today()), purpose: purpose.text,
            lookupNumber: Int(file.lookup), receipt: file.receipt.map { receipt($0) },
            next: file.obligations.obligations
                .map { owed($0, file.obligations) }
                .filter { $0.stage == .overdue || $0.stage == .due },
            deadlines: Link(
                text("views.citizen.deadlines"),
                Route.citizenLaw(file.citizen.id.number).link(asked)),
            number: text("views.citizen.number", ["number": String(file.citizen.id.number)]),
            notice: takenBack(file, question),
            further: [
                Link(text("views.citizen.plan"), Route.myPlan(file.citizen.id.number).link(asked)),
                Link(
                    text("views.citizen.form.course"),
                    Route.course(file.citizen.id.number).link(asked)),
                Link(
                    text("views.citizen.form.records"),
                    Route.records(file.citizen.id.number).link(asked)),
                Link(
                    text("views.citizen.efforts"),
                    Route.efforts(file.citizen.id.number).link(asked)),
                Link(text("views.citizen.jobs"), Route.jobs(file.citizen.id.number).link(asked)),
                Link(
                    text("views.trends.own"),
                    Route.citizenFeedback(file.citizen.id.number).link(asked)),
                Link(text("views.citizen.post"), Route.post(file.citizen.id.number).link(asked)),
                Link(
                    text("views.citizen.wholePlan"),
                    Route.wholePlan(file.citizen.id.number).link(asked)),
            ],
            warnings: records.warnings(file.records, on: house.clock.today()).map { words($0) },
            letter: letterLink(file, asked), caseworker: caseworker(file),
            actions: Route.CitizenForm.allCases.filter {
                ![.absence, .record, .recordEnd, .messageDone, .jobChoice].contains($0) && may($0)
            }.map {
                Link(
                    text("views.citizen.form.\($0.rawValue)"),
                    Route.citizenForm(file.citizen.id.number, $0).link(asked))
            },
            kinds: [Choice(value: "", label: text("views.citizen.allKinds"))]
                + file.kinds.map {
                    Choice(
                        value: $0.rawValue, label: text("views.fact.\($0.rawValue)"),
                        isSelected: $0 == kind)
                },
            events: file.events.map { event($0, file.notes) }, total: total,
            later: shown >= total
                ? nil
                : route.link(
                    asked + [
                        ("kind", kind?.rawValue), ("page", String(shown / question.count + 1)),
                    ]),
            action: route.path)
    }

    /// When and by whom something was registered, and its number.
    func registeredBy(_ note: RegistrationNote) -> String {
        text(
            "views.citizen.registeredBy",
            [
                "day": wording.day(note.recordedOn), "actor": note.actor,
                "number": wording.number(Int(note.number)),
            ])
    }

    /// Whether the visitor may send a form.
    private func may(_ form: Route.CitizenForm) -> Bool {
        Policy.refusal(of: form.request, by: actor, in: desk.municipality.code) == nil
    }

    var mayRegister: Bool {
        Policy.refusal(of: .registerFact, by: actor, in: desk.municipality.code) == nil
    }

    /// That something was taken back just now: its receipt is no registration that stands.
    private func takenBack(_ file: CitizenOverview, _ question: EventQuestion) -> String? {
        guard let number = question.receipt, file.receipt == nil else { return nil }
        return text("views.withdraw.done", ["number": wording.number(Int(number))])
    }

    /// The letter of what was registered just now, where it has one.
    private func letterLink(_ file: CitizenOverview, _ asked: [(String, String?)]) -> Link? {
        guard let note = file.receipt, case .conversation(let talk) = note.fact else { return nil }
        let kind: String
        switch talk.status {
        case .planned: kind = "summons"
        case .held: kind = "questions"
        default: return nil
        }
        return Link(
            text("views.letter.headline.\(kind)"),
            Route.letter(file.citizen.id.number).link(
                asked + [("receipt", String(note.number))]))
    }

    private func caseworker(_ file: CitizenOverview) -> String? {
        let today = house.clock.today()
        guard let now = file.assignment(on: today),
            let name = file.caseworker?.name
        else { return nil }
        return text(
            "views.citizen.caseworker",
            [
                "name": name, "day": wording.day(now.start),
                "count": wording.number(file.caseworkers),
            ])
    }

    private func event(
        _ note: RegistrationNote, _ notes: [FactID: ConversationNote]
    ) -> CitizenPage.Event {
        var detail = words(note.fact)
        if case .conversation(let talk) = note.fact, let more = notes[talk.id] {
            if let begins = more.begins { detail += ", " + clockTime(begins) }
            if !more.text.isEmpty { detail += ": " + more.text }
        }
        let valid = note.fact.valid
        let isOneDay = valid.map { $0.end == $0.start } ?? true
        return CitizenPage.Event(
            from: valid?.start, to: valid?.end, isOpen: !isOneDay && valid?.end == nil,
            kind: text("views.fact.\(note.fact.kind.rawValue)"), detail: detail,
            registered: registeredBy(note))
    }
}
