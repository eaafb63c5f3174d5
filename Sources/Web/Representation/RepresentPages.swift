import Chronology
import Identifiers
import Jobcenter
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// A citizen's invitation to act for the citizen, by the link that the citizen gave away.
    /// Who says yes has to sign in first, so that it is known who sees the case.
    func represent(_ key: String, _ visit: Visit) async throws -> Answer {
        if visit.call.isTooLarge { return visit.error(.tooLarge) }
        let cases = RepresentationCase(house)
        guard let found = try await cases.invitation(key, in: municipality.code) else {
            return visit.told("over", status: 404)
        }
        guard let person = visit.session?.person else {
            return visit.signInToAccept(found, key)
        }
        if found.isAccepted, !found.isOf(person.cpr) { return visit.told("over", status: 404) }
        guard visit.call.method == .post else { return visit.acceptForm(found, key, []) }
        guard visit.hasFormToken else { return visit.expired() }
        guard visit.call.form["agreed"] != nil else {
            return visit.acceptForm(found, key, [.init("agreed", "notAgreed")])
        }
        do {
            let actor = try await cases.accept(
                key, as: person.cpr, called: person.name, in: municipality.code)
            return try await turn(to: actor, person, visit)
        } catch let problems as FieldProblems {
            return visit.acceptForm(found, key, problems.all)
        }
    }

    /// The cases that the visitor may see, to go from one to another.
    func ownCases(_ visit: Visit) async throws -> Answer {
        guard let session = visit.session, let person = session.person else {
            throw Refusal.notYourOwn
        }
        let cases = try await RepresentationCase(house).cases(
            of: person.cpr, in: municipality.code)
        if cases.isEmpty { return visit.told("over", status: 404) }
        guard visit.call.method == .post else { return visit.casesPage(cases, missing: false) }
        guard let chosen = cases.first(where: { $0.choice == visit.call.form["case"] })
        else { return visit.casesPage(cases, missing: true) }
        return try await turn(to: chosen, person, visit)
    }

    /// Shows the visitor another case from now on. That it is seen is in the log first.
    private func turn(
        to actor: Actor, _ person: Sessions.Person, _ visit: Visit
    ) async throws -> Answer {
        let cases = RepresentationCase(house)
        try await cases.enter(actor)
        let all = try await cases.cases(
            of: person.cpr, in: municipality.code)
        let id = await sessions.turn(visit.sessionID, to: actor, cases: all.count)
        return .redirect(
            MeRoute.home.path, cookies: [visit.cookie("session", id, seconds: nil)])
    }
}

extension Actor {
    /// What a case is called in the form that goes to it.
    fileprivate var choice: String { representation.map { String($0.record.number) } ?? "own" }
}

extension Visit {
    /// Why an invitation leads nowhere, and what to do.
    fileprivate func told(_ key: String, status: Int) -> Answer {
        page(
            CaseListPage(
                headline: text("views.represent.\(key)"),
                lead: text("views.represent.\(key)Text"), sections: [],
                acts: [Link(text("views.layout.signIn"), Route.signIn.path)]), status: status)
    }

    private func asked(_ found: RepresentationCase.Invitation) -> (headline: String, lead: String) {
        let values = [
            "citizen": found.citizen.fullName, "name": found.representation.name,
            "authority": text("web.authority", ["name": desk.municipality.name]),
        ]
        return (
            text("views.represent.headline", values),
            text(
                found.representation.mayWrite
                    ? "views.represent.leadWrites" : "views.represent.leadReads", values)
        )
    }

    /// Nobody is signed in whose number is known.
    fileprivate func signInToAccept(
        _ found: RepresentationCase.Invitation, _ key: String
    ) -> Answer {
        let asked = asked(found)
        return page(
            CaseListPage(
                headline: asked.headline, lead: asked.lead,
                sections: [
                    .init(
                        heading: text("views.represent.how"),
                        lines: [
                            .init(
                                heading: text("views.represent.first"),
                                details: [
                                    text(
                                        "views.represent.seen",
                                        ["citizen": found.citizen.fullName]),
                                    text(
                                        "views.represent.until",
                                        ["day": wording.day(found.until)]),
                                ], by: "")
                        ], forms: [])
                ],
                acts: [
                    Link(
                        text("views.represent.signIn"),
                        Route.signIn.link([("returnTo", Route.represent(key).path)]))
                ]))
    }

    fileprivate func acceptForm(
        _ found: RepresentationCase.Invitation, _ key: String, _ problems: [FieldProblem]
    ) -> Answer {
        let asked = asked(found)
        let field = FormField(
            "agreed", text("views.represent.agreed", ["citizen": found.citizen.fullName]),
            .tick(false))
        return page(
            FormPage(
                headline: asked.headline, lead: asked.lead,
                notices: [
                    Notice(text("views.represent.seen", ["citizen": found.citizen.fullName]))
                ], fields: told([field], problems), save: text("views.represent.save"),
                back: Link(text("views.section.home"), Route.home.path),
                action: Route.represent(key).path), status: problems.isEmpty ? 200 : 400)
    }

    fileprivate func casesPage(_ cases: [Actor], missing: Bool) -> Answer {
        let field = FormField(
            "case", text("me.cases.choose"),
            .radios(
                cases.map { actor in
                    Choice(
                        value: actor.choice,
                        label: actor.representation.map {
                            text(
                                $0.mayWrite ? "me.cases.writes" : "me.cases.reads",
                                ["name": actor.name])
                        } ?? text("me.cases.own"),
                        isSelected: actor == self.actor)
                }))
        let problems = missing ? [FieldProblem("case", "choice")] : []
        return page(
            FormPage(
                headline: text("me.cases.headline"), lead: text("me.cases.lead"),
                fields: told([field], problems), save: text("me.cases.save"),
                back: meLink(.home), action: MeRoute.cases.path),
            section: .meMore, status: missing ? 400 : 200)
    }

    /// How it stands with one who helps the citizen; nothing for other records.
    func representation(_ record: CaseRecord) -> [String] {
        guard record.record == Representation.kind else { return [] }
        let accepted = record.accepted.map { day in
            text(
                "views.represent.accepted",
                ["day": wording.day(day), "name": record.acceptedBy ?? ""])
        }
        let stopped = record.stopped.map {
            text("views.represent.stopped", ["day": wording.day($0)])
        }
        return [accepted, stopped].compactMap(\.self)
    }

    /// What the citizen can do about one who helps: give the link away, and stop it.
    func ownRepresentation(
        _ record: CaseRecord, _ note: RegistrationNote
    ) -> (details: [String], links: [Link]) {
        let standing = Representation(record, on: house.clock.today())
        var details = representation(record)
        if record.accepted == nil, standing != nil {
            details += [
                text(
                    "me.represent.give",
                    [
                        "name": standing?.name ?? "",
                        "day": wording.day(note.recordedOn + Representation.days),
                    ]),
                wholeAddress(of: .represent(RepresentationCase.key(of: note))),
            ]
        }
        let isOpen =
            record.record == Representation.kind && record.stopped == nil
            && (record.end ?? .openEnd) >= house.clock.today()
        return (
            details,
            isOpen && actor.representation == nil
                ? [meForm(.stopHelp, [("id", String(record.id.number))])] : []
        )
    }
}

/// Stopping somebody's help; `id` names its record.
struct MeStopHelpForm: MeFormKind {
    var after: MeRoute { .forms }

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let found = file.records.first {
            $0.id == typed.query.fact("id") && $0.record == Representation.kind
        }
        guard let found, found.stopped == nil else { throw FieldProblems([.init("id", "choice")]) }
        return CaseForm(
            headline: visit.text(
                "me.represent.stopHeadline", ["name": found.answers["person"] ?? ""]),
            lead: visit.text("me.represent.stopLead"), fields: [],
            save: visit.text("me.represent.stop"))
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        guard let id = typed.query.fact("id") else { throw FieldProblems([.init("id", "choice")]) }
        return .saved(
            try await OwnCase(visit.house).stop(
                id, in: visit.desk.municipality.code, by: visit.actor))
    }
}
