import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

/// One kind of form on the citizen's own pages.
protocol MeFormKind: Sendable {
    /// The form, with what was typed or what is known filled in. Throws `FieldProblems` where
    /// there is no such form.
    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm
    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome
    /// Where the form leads when it was saved.
    var after: MeRoute { get }
}

extension Desk {
    private func kind(_ form: MeRoute.Form, _ visit: Visit) -> any MeFormKind {
        switch form {
        case .planLine: MePlanLineForm()
        case .planAnswer: MePlanAnswerForm()
        case .message: MeMessageForm()
        case .book: MeBookForm(isMoving: false)
        case .move: MeBookForm(isMoving: true)
        case .callOff: MeCallOffForm()
        case .profile: MeProfileForm()
        case .choice: MeChoiceForm()
        case .cvEntry: MeCVEntryForm()
        case .cvAbout: MeCVAboutForm()
        case .cvFile: MeCVFileForm()
        case .partialReturn: MeReturnForm()
        case .record: MeRecordForm(isJobLog: visit.ownFormID == MeRecordForm.jobLog)
        case .complain: MeComplainForm()
        case .withdrawComplaint: MeWithdrawComplaintForm()
        case .adviserConsent: MeAdviserConsentForm()
        case .askAdviser: MeAskAdviserForm()
        case .stopHelp: MeStopHelpForm()
        case .focus: FocusAnswerForm()
        }
    }

    func meForm(_ form: MeRoute.Form, _ visit: Visit) async throws -> Answer {
        // Who may not send a form is told so before filling it in.
        if let citizen = visit.actor.citizen {
            try Policy.require(
                form.isPersonal || visit.ownFormID == Representation.kind
                    ? .decideOwn(citizen) : .registerOwn(citizen), by: visit.actor,
                in: municipality.code)
        }
        let kind = kind(form, visit)
        let route = MeRoute.form(form)
        return try await SentForm(
            visit: visit, route: .me(route), section: route.section, back: kind.after.path,
            form: { typed in
                let file = try await OwnCase(house).file(
                    in: municipality.code, by: visit.actor)
                do {
                    return (
                        try await kind.form(file, typed, visit),
                        [visit.meLink(kind.after)]
                    )
                } catch is FieldProblems {
                    return nil
                }
            },
            save: {
                let outcome = try await kind.save(&$0, visit)
                if form == .profile { await visit.tellPools() }
                return outcome
            },
            after: { receipt in
                Route.me(kind.after).link([("receipt", String(receipt.number))])
            }
        ).answer()
    }
}

extension Visit {
    /// The kind of record a form is about.
    var ownFormID: String? { (call.method == .post ? call.form : call.query)["id"] }
}

/// Writing to the municipality; `id` names the message that is answered.
struct MeMessageForm: MeFormKind {
    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let answered = typed.query.fact("id").flatMap { id in
            file.registrations.lazy.compactMap { note -> Message? in
                guard case .message(let message) = note.fact, message.id == id else { return nil }
                return message
            }.first
        }
        let promised = MessageCase.promised(visit.house.clock.today())
        return CaseForm(
            headline: visit.text("me.message.headline"),
            lead: visit.text("me.message.lead", ["day": visit.wording.day(promised)]),
            fields: [
                FormField(
                    "subject", visit.text("me.message.subject"),
                    .text(
                        typed.text(
                            "subject",
                            or: answered.map {
                                visit.text("me.message.re", ["subject": $0.subject])
                            }
                                ?? ""))),
                FormField(
                    "text", visit.text("me.message.text"), .long(typed.text("text")),
                    help: visit.text("me.message.textHelp")),
            ], save: visit.text("me.message.save"))
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        .saved(
            try await OwnCase(visit.house).send(
                typed.words("subject"), typed.words("text"),
                in: visit.desk.municipality.code, by: visit.actor))
    }

    var after: MeRoute { .messages }
}

/// One of the forms that are data.
struct MeRecordForm: MeFormKind {
    static let jobLog = "job-log"

    let isJobLog: Bool

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        guard let kind = visit.records[typed.query["id"] ?? ""], kind.isOwn else {
            throw FieldProblems([])
        }
        var form = visit.recordForm(kind, typed, about: file.citizen.fullName)
        form.headline = kind.name[visit.language]
        form.save = visit.text("me.forms.save")
        return form
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        guard let kind = visit.records[typed.query["id"] ?? ""], kind.isOwn else {
            throw FieldProblems([])
        }
        let (start, end) = try visit.recordDays(kind, &typed)
        return .saved(
            try await OwnCase(visit.house).register(
                kind.id, from: start, to: end, answers: visit.answers(kind, typed),
                in: visit.desk.municipality.code, by: visit.actor))
    }

    var after: MeRoute { isJobLog ? .log : .forms }
}
