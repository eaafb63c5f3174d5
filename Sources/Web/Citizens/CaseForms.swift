import Jobcenter
import Registry
import Reporting
import Storage
import Views

/// A form about a citizen, as one kind of form fills it in.
struct CaseForm {
    var headline: String
    var lead: String
    var notices: [Notice] = []
    var fields: [FormField]
    var hidden: [FormPage.Hidden] = []
    var save: String
    /// Further things it can do, by the value of `_act` sent.
    var others: [Choice] = []
}

/// What comes of sending a form.
enum CaseOutcome {
    case saved(Receipt)
    /// Nothing is saved; the form is shown again with something to know.
    case shown([Notice])
}

/// One kind of form about a citizen.
protocol CaseFormKind: Sendable {
    /// The form, with what was typed or what is known filled in.
    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm
    /// Reads what was sent and registers it. Throws `FieldProblems` or `EditConflict`.
    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome
    /// Whether there is such a form.
    func isThere(_ query: Query, _ visit: Visit) -> Bool
    /// Where the form leads when it was saved.
    func after(_ citizen: CitizenID) -> Route
}

extension CaseFormKind {
    func isThere(_ query: Query, _ visit: Visit) -> Bool { true }
    func after(_ citizen: CitizenID) -> Route { .citizen(citizen.number) }
}

extension Desk {
    private func kind(_ form: Route.CitizenForm) -> any CaseFormKind {
        switch form {
        case .conversation: HeldConversationForm()
        case .summons: SummonsForm()
        case .absence: AbsenceForm()
        case .planLine: PlanLineForm()
        case .effort: EffortForm()
        case .effortEnd: EffortEndForm()
        case .act: CaseActForm()
        case .handOver: HandOverForm()
        case .partialReturn: PartialReturnForm()
        case .decision: DecisionForm()
        case .record: RecordForm()
        case .recordEnd: RecordEndForm()
        case .message: MessageForm()
        case .messageDone: MessageDoneForm()
        case .document: DocumentForm()
        case .followUp: EffortFollowUpForm()
        case .withdraw: WithdrawForm()
        }
    }

    /// A form about a citizen: empty, as it was kept, or what was sent.
    func citizenForm(
        _ number: Int64, _ form: Route.CitizenForm, _ visit: Visit
    ) async throws -> Answer {
        try Policy.require(form.request, by: visit.actor, in: municipality.code)
        let call = visit.call
        let isSent = call.method == .post
        guard let purpose = ((isSent ? call.form : call.query)["purpose"]).flatMap({ Purpose($0) })
        else { throw Refusal.purposeMissing }
        let kind = kind(form)
        guard kind.isThere(isSent ? call.form : call.query, visit) else {
            return visit.error(.notFound)
        }
        let sending = SentForm(
            desk: self, visit: visit, citizen: CitizenID(number), form: form, kind: kind,
            purpose: purpose)
        if !isSent { return try await sending.open() }
        switch call.form["_act"] {
        case "discard": return try await sending.discard()
        case "keep": return try await sending.keep()
        default: return try await sending.save()
        }
    }

    /// Keeps what is being typed, as the browser sends it now and then.
    func drafts(_ visit: Visit) async throws -> Answer {
        guard visit.call.method == .post, let form = visit.call.form["_form"],
            Route(path: String(form.prefix { $0 != "?" })) != nil
        else { return visit.error(.notFound) }
        // What an expired form held is sent as one field; the form is shown with it.
        if let unsaved = visit.call.form["_unsaved"] {
            try await DraftCase(house).keep(
                unsaved, of: form, in: municipality.code, by: visit.actor)
            return .redirect(address(of: form, Query(unsaved)["purpose"]))
        }
        try await DraftCase(house).keep(
            SentForm.kept(visit.call.form).encoded, of: form, in: municipality.code,
            by: visit.actor)
        return Answer(status: 204)
    }
}

/// Where a form is opened for a purpose; `form` is the address its draft is kept under.
func address(of form: String, _ purpose: String?) -> String {
    guard let purpose else { return form }
    return form + (form.contains("?") ? "&" : "?") + "purpose=" + percentEncoded(purpose)
}

extension Route.CitizenForm {
    /// What sending the form asks of the house.
    var request: Jobcenter.Request { self == .handOver ? .moveCase : .registerFact }
}

/// One form about one citizen on its way.
private struct SentForm {
    let desk: Desk
    let visit: Visit
    let citizen: CitizenID
    let form: Route.CitizenForm
    let kind: any CaseFormKind
    let purpose: Purpose

    private var sent: Query { visit.call.method == .post ? visit.call.form : visit.call.query }

    /// The form's address, which its draft is kept under.
    private var address: String {
        Route.citizenForm(citizen.number, form).link([("id", sent["id"])])
    }

    private var citizenLink: String {
        Route.citizen(citizen.number).link([("purpose", purpose.text)])
    }

    static func kept(_ form: Query) -> Query {
        Query(form.pairs.filter { !["_token", "_form", "_act"].contains($0.name) })
    }

    func open() async throws -> Answer {
        let draft = try await DraftCase(desk.house).kept(
            address, in: desk.municipality.code, by: visit.actor)
        guard let draft else { return try await page(Typed(sent, isEmpty: true)) }
        let hour = visit.wording.clock(draft.savedAt)
        return try await page(
            Typed(Query(draft.fields), isEmpty: false),
            notices: [Notice(visit.text("views.draft.found", ["time": hour]))], isDraft: true)
    }

    func discard() async throws -> Answer {
        try await DraftCase(desk.house).discard(
            address, in: desk.municipality.code, by: visit.actor)
        return .redirect(
            Route.citizenForm(citizen.number, form).link([
                ("purpose", purpose.text), ("id", sent["id"]),
            ]))
    }

    func keep() async throws -> Answer {
        try await DraftCase(desk.house).keep(
            Self.kept(sent).encoded, of: address, in: desk.municipality.code, by: visit.actor)
        return .redirect(citizenLink)
    }

    func save() async throws -> Answer {
        var typed = Typed(sent, isEmpty: false)
        do {
            switch try await kind.save(&typed, citizen, visit, purpose) {
            case .shown(let notices): return try await page(typed, notices: notices)
            case .saved(let receipt):
                try await DraftCase(desk.house).discard(
                    address, in: desk.municipality.code, by: visit.actor)
                return .redirect(
                    kind.after(citizen).link([
                        ("purpose", purpose.text), ("receipt", String(receipt.number)),
                    ]))
            }
        } catch let found as FieldProblems {
            if typed.problems.isEmpty { typed.reject(found.all) }
            return try await page(typed, status: 400)
        } catch let conflict as EditConflict {
            // What was typed stays; saving again replaces what the other one wrote.
            let fields = Self.kept(sent).pairs.filter { $0.name != "version" }
            let again = Query(fields + [("version", String(conflict.standing.number))])
            return try await page(
                Typed(again, isEmpty: false), notices: [visit.notice(conflict)], status: 409)
        }
    }

    private func page(
        _ typed: Typed, notices: [Notice] = [], isDraft: Bool = false, status: Int = 200
    ) async throws -> Answer {
        let found = try await CitizenCase(desk.house).file(
            of: citizen, in: desk.municipality.code, by: visit.actor, purpose: purpose)
        guard let file = found else { return visit.error(.notFound) }
        let form = try await kind.form(file, typed, visit)
        let known = Set(form.fields.map(\.name))
        // A problem of no field stands where it is met first.
        let loose = typed.problems.filter { !known.contains($0.field) }
            .map { Notice(visit.text("problem.\($0.key)", $0.values)) }
        let keep = Choice(value: "keep", label: visit.text("views.draft.keep"))
        let discard = Choice(value: "discard", label: visit.text("views.draft.discard"))
        return visit.page(
            FormPage(
                headline: form.headline, lead: form.lead,
                notices: loose + notices + form.notices,
                fields: visit.told(form.fields, typed.problems),
                hidden: form.hidden + [
                    .init("purpose", purpose.text), .init("_form", address),
                ] + (sent["id"].map { [.init("id", $0)] } ?? []),
                save: form.save, others: form.others + [isDraft ? discard : keep],
                back: Link(visit.text("views.form.back"), citizenLink),
                action: Route.citizenForm(citizen.number, self.form).path,
                drafts: Route.drafts.path),
            section: .citizens,
            breadcrumb: [
                Link(visit.text("views.section.citizens"), Route.citizens.path),
                Link(file.citizen.fullName, citizenLink),
            ], status: status)
    }
}

extension Visit {
    fileprivate func notice(_ conflict: EditConflict) -> Notice {
        let standing = conflict.standing
        return Notice(
            text(
                "views.form.conflict",
                ["actor": standing.actor, "day": wording.day(standing.recordedOn)]),
            lines: [.init(words(standing.fact))])
    }
}
