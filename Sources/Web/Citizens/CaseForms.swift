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
    /// Saved, and the next page is another than the form's own.
    case savedAt(Route, Receipt)
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
        case .jobProfile: JobProfileForm()
        case .jobChoice: JobChoiceForm()
        case .poolConsent: PoolConsentForm()
        case .poolWithdrawal: PoolWithdrawalForm()
        case .complaint: ComplaintForm()
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
        let citizen = CitizenID(number)
        let asked = [("purpose", Optional(purpose.text))]
        let back = Route.citizen(number).link(asked)
        return try await SentForm(
            visit: visit, route: .citizenForm(number, form), purpose: purpose, section: .citizens,
            back: back,
            form: { typed in
                let found = try await CitizenCase(house).file(
                    of: citizen, in: municipality.code, by: visit.actor, purpose: purpose)
                guard let file = found else { return nil }
                do {
                    return (
                        try await kind.form(file, typed, visit),
                        visit.citizensTrail + [Link(file.citizen.fullName, back)]
                    )
                } catch is FieldProblems {
                    return nil
                }
            },
            save: {
                let outcome = try await kind.save(&$0, citizen, visit, purpose)
                if form == .jobProfile { await visit.tellPools() }
                return outcome
            },
            after: { receipt in
                kind.after(citizen).link(asked + [("receipt", String(receipt.number))])
            }
        ).answer()
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
    var request: Jobcenter.Request {
        switch self {
        case .handOver: .moveCase
        case .complaint: .registerComplaint
        default: .registerFact
        }
    }
}
