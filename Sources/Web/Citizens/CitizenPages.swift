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
        guard
            let file = try await CitizenCase(house).file(
                of: CitizenID(number), in: municipality.code, by: visit.actor, purpose: purpose)
        else { return visit.error(.notFound) }
        return visit.page(
            visit.page(of: file, purpose, page, Desk.eventsOnPage), section: .citizens,
            breadcrumb: visit.citizensTrail)
    }

    /// Registering a held conversation: the empty form, or what was sent.
    func conversation(_ number: Int64, _ visit: Visit) async throws -> Answer {
        try Policy.require(.registerFact, by: visit.actor, in: municipality.code)
        let isSent = visit.call.method == .post
        let typed = isSent ? visit.call.form : visit.call.query
        guard let purpose = typed["purpose"].flatMap({ Purpose($0) }) else {
            throw Refusal.purposeMissing
        }
        var problem: String?
        if isSent {
            do {
                let receipt = try await register(number, visit, purpose)
                return .redirect(
                    Route.citizen(number).link([
                        ("purpose", purpose.text), ("receipt", String(receipt.number)),
                    ]))
            } catch let found as ConversationProblem {
                problem = visit.text(found)
            } catch is BadInput {
                problem = visit.text("views.conversation.problem.day")
            }
        }
        guard
            let file = try await CitizenCase(house).file(
                of: CitizenID(number), in: municipality.code, by: visit.actor, purpose: purpose)
        else { return visit.error(.notFound) }
        let back = Route.citizen(number).link([("purpose", purpose.text)])
        return visit.page(
            visit.form(file, typed, purpose, problem, back), section: .citizens,
            breadcrumb: visit.citizensTrail + [Link(file.citizen.fullName, back)],
            status: problem == nil ? 200 : 400)
    }

    private func register(
        _ number: Int64, _ visit: Visit, _ purpose: Purpose
    ) async throws -> Receipt {
        var fields = FieldReader(visit.call.form)
        let day = fields.day("day")
        if visit.call.form["day"] == nil { fields.reject("day", "", "web.accepted.day") }
        let kind = ConversationKind(rawValue: visit.call.form["kind"] ?? "")
        let form = ConversationForm(rawValue: visit.call.form["form"] ?? "")
        if kind == nil { fields.reject("kind", "", "web.accepted.choice") }
        if form == nil { fields.reject("form", "", "web.accepted.choice") }
        try fields.check()
        guard let day, let kind, let form else { throw BadInput(fields: []) }
        return try await ConversationCase(house).register(
            kind, form, with: CitizenID(number), on: day, in: municipality.code, by: visit.actor,
            purpose: purpose)
    }
}

extension Citizen {
    /// As people say it.
    var fullName: String { "\(givenName) \(familyName)" }
}

extension Visit {
    fileprivate var citizensTrail: [Link] {
        [Link(text("views.section.citizens"), Route.citizens.path)]
    }

    fileprivate func page(
        of file: CitizenFile, _ purpose: Purpose, _ page: Int, _ most: Int
    ) -> CitizenPage {
        let route = Route.citizen(file.citizen.id.number)
        let asked = [("purpose", purpose.text)]
        let kind = call.query["kind"].flatMap { FactKind(rawValue: $0) }
        let chosen = file.registrations.filter { kind == nil || $0.fact.kind == kind }
        let own = chosen.dropFirst((page - 1) * most).prefix(most)
        let kinds = FactKind.allCases.filter { kind in
            file.registrations.contains { $0.fact.kind == kind }
        }
        let isLast = page * most >= chosen.count
        return CitizenPage(
            name: file.citizen.fullName, cpr: file.citizen.cpr,
            age: file.citizen.born.age(on: house.clock.today()), purpose: purpose.text,
            lookupNumber: Int(file.lookup), receipt: receipt(in: file),
            next: file.obligations.obligations
                .filter { $0.obligation.isOpen(on: house.clock.today()) }
                .map { owed($0, file.obligations) }
                .filter { $0.stage == .overdue || $0.stage == .due },
            deadlines: Link(
                text("views.citizen.deadlines"),
                Route.citizenLaw(file.citizen.id.number).link(asked)),
            actions: mayRegister
                ? [
                    Link(
                        text("views.citizen.conversation"),
                        Route.conversation(file.citizen.id.number).link(asked))
                ] : [],
            kinds: [Choice(value: "", label: text("views.citizen.allKinds"))]
                + kinds.map {
                    Choice(
                        value: $0.rawValue, label: text("views.fact.\($0.rawValue)"),
                        isSelected: $0 == kind)
                },
            events: own.map { event($0) }, total: chosen.count,
            later: isLast
                ? nil
                : route.link(asked + [("kind", kind?.rawValue), ("page", String(page + 1))]),
            action: route.path)
    }

    private var mayRegister: Bool {
        Policy.refusal(of: .registerFact, by: actor, in: desk.municipality.code) == nil
    }

    /// What was registered just now, when the address names a registration of the citizen.
    private func receipt(in file: CitizenFile) -> CitizenPage.Receipt? {
        guard let number = call.query["receipt"].flatMap({ Int64($0) }),
            let note = file.registrations.first(where: { $0.number == number })
        else { return nil }
        let day = note.fact.valid.map { ", " + wording.day($0.start) } ?? ""
        return CitizenPage.Receipt(
            number: Int(number), hash: String(note.hash.prefix(12)), what: words(note.fact) + day)
    }

    private func event(_ note: RegistrationNote) -> CitizenPage.Event {
        let valid = note.fact.valid
        let isOneDay = valid.map { $0.end == $0.start } ?? true
        return CitizenPage.Event(
            from: valid?.start, to: valid?.end, isOpen: !isOneDay && valid?.end == nil,
            kind: text("views.fact.\(note.fact.kind.rawValue)"), detail: words(note.fact),
            registered: text(
                "views.citizen.registeredBy",
                [
                    "day": wording.day(note.recordedOn), "actor": note.actor,
                    "number": wording.number(Int(note.number)),
                ]))
    }

    fileprivate func form(
        _ file: CitizenFile, _ typed: Query, _ purpose: Purpose, _ problem: String?,
        _ back: String
    ) -> ConversationPage {
        let today = house.clock.today()
        let usual = file.usualConversation(on: today).rawValue
        return ConversationPage(
            name: file.citizen.fullName, cpr: file.citizen.cpr, day: typed["day"] ?? today.iso,
            kinds: ConversationKind.allCases.map {
                Choice(
                    value: $0.rawValue, label: text("term.conversation.\($0.rawValue)"),
                    isSelected: $0.rawValue == typed["kind"] ?? usual)
            },
            forms: ConversationForm.allCases.map {
                Choice(
                    value: $0.rawValue, label: text("views.conversation.forms.\($0.rawValue)"),
                    isSelected: $0.rawValue == typed["form"] ?? ConversationForm.physical.rawValue)
            }, purpose: purpose.text, problem: problem,
            action: Route.conversation(file.citizen.id.number).path, back: back)
    }

    fileprivate func text(_ problem: ConversationProblem) -> String {
        switch problem {
        case .inFuture: text("views.conversation.problem.inFuture")
        case .notResident: text("views.conversation.problem.notResident")
        case .registeredAlready(let id):
            text(
                "views.conversation.problem.registeredAlready",
                ["number": wording.number(Int(id.number))])
        }
    }
}

extension CitizenFile {
    /// The kind of conversation the citizen's benefit and group call for.
    fileprivate func usualConversation(on day: Day) -> ConversationKind {
        for registration in registrations {
            switch registration.fact {
            case .benefitSpell(let spell)
            where spell.benefit == .sicknessBenefit && spell.holds(on: day):
                return .sicknessFollowUp
            case .targetGroup(let period)
            where period.group == .integrationProgramme && period.holds(on: day):
                return .integration
            default: continue
            }
        }
        return .job
    }
}
