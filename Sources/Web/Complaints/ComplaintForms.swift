import Chronology
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// A step of a complaint to register.
    func complaintForm(
        _ number: Int64, _ kind: ComplaintStepKind, _ visit: Visit
    ) async throws -> Answer {
        try Policy.require(.registerComplaint, by: visit.actor, in: municipality.code)
        guard let purpose = visit.complaintPurpose(number) else { return visit.error(.notFound) }
        let back = ComplaintRoute.one(number).path
        return try await SentForm(
            visit: visit, route: .complaints(.form(number, kind)), section: .complaints,
            back: back,
            form: { typed in
                guard
                    let record = try await ComplaintCase(house).one(
                        FactID(number), in: municipality.code, by: visit.actor, purpose: purpose)
                else { return nil }
                return (
                    visit.stepForm(kind, record, typed),
                    visit.complaintsTrail + [
                        Link(
                            visit.text("views.complaints.number", ["number": String(number)]), back)
                    ]
                )
            },
            save: { typed in
                let new = try typed.step(kind)
                return .saved(
                    try await ComplaintCase(house).register(
                        new, on: FactID(number), in: municipality.code, by: visit.actor,
                        purpose: purpose))
            },
            after: { receipt in
                Route.complaints(.one(number)).link([("receipt", String(receipt.number))])
            }
        ).answer()
    }
}

extension Typed {
    /// The step as typed. Throws `FieldProblems` for days that are none.
    fileprivate mutating func step(_ kind: ComplaintStepKind) throws(FieldProblems)
        -> NewComplaintStep
    {
        let day = day("day")
        let deadline = optionalDay("deadline")
        try check()
        guard let day else { throw FieldProblems([]) }
        var new = NewComplaintStep(kind, on: day)
        new.choice = words("choice")
        new.detail = words("detail")
        new.words = words("words")
        new.deadline = deadline
        return new
    }
}

extension Visit {
    fileprivate func stepForm(
        _ kind: ComplaintStepKind, _ record: ComplaintRecord, _ typed: Typed
    ) -> CaseForm {
        let file = record.file
        let today = house.clock.today()
        var notices: [Notice] = []
        // Said before anything is typed, and again where it is sent from an old page.
        if !file.possible.contains(kind) {
            notices.append(Notice(text("views.complaints.notNow")))
        }
        if let filed = file.filed {
            notices.append(
                Notice(
                    text("views.complaints.asked"),
                    lines: filed.words.split(separator: "\n").map { .init(String($0)) }))
        }
        return CaseForm(
            headline: text("views.complaints.act.\(kind.rawValue)"),
            lead: text("views.complaints.form.\(kind.rawValue)"), notices: notices,
            fields: fields(kind, record, typed) + [
                FormField(
                    "day", text("views.complaints.field.day"),
                    .day(typed.text("day", or: today.iso)))
            ], save: text("views.complaints.save"))
    }

    private func fields(
        _ kind: ComplaintStepKind, _ record: ComplaintRecord, _ typed: Typed
    ) -> [FormField] {
        func words(_ key: String) -> FormField {
            FormField(
                "words", text("views.complaints.field.\(key)"), .long(typed.text("words")),
                help: text("views.complaints.help.\(key)"))
        }
        func deadline(_ key: String) -> FormField {
            FormField(
                "deadline", text("views.complaints.field.\(key)"), .day(typed.text("deadline")))
        }
        let chosen = typed.text("choice")
        switch kind {
        case .acknowledged: return [words("acknowledged")]
        case .talked: return [words("talked")]
        case .extended: return [deadline("until"), words("extended")]
        case .reassessed, .answered:
            let terms =
                kind == .reassessed ? "term.complaintResult" : "term.complaintAnswered"
            return [
                FormField(
                    "choice", text("views.complaints.field.result"),
                    .radios(choices(ComplaintResult.self, terms, selected: chosen))),
                words("reasons"),
            ]
        case .forwarded: return [words("forwarded")]
        case .boardDecided:
            return [
                FormField(
                    "choice", text("views.complaints.field.board"),
                    .radios(
                        choices(BoardOutcome.self, "term.boardOutcome", selected: chosen))),
                words("boardWords"),
            ]
        case .withdrawn: return [words("withdrawn")]
        case .learned:
            return [
                FormField(
                    "choice", text("views.complaints.field.fault"),
                    .select(
                        [
                            Choice(
                                value: "", label: text("views.complaints.choose"),
                                isSelected: chosen.isEmpty)
                        ]
                            + record.rules.catalogue.faults.map {
                                Choice(
                                    value: $0.id, label: $0.name[language],
                                    isSelected: $0.id == chosen)
                            })),
                words("change"),
                FormField(
                    "detail", text("views.complaints.field.owner"),
                    .text(typed.text("detail")), help: text("views.complaints.help.owner")),
                deadline("changeBy"),
            ]
        case .changeMade:
            let open = record.file.learnings.filter { record.file.made($0) == nil }
            let first = open.first.map { String($0.id.number) } ?? ""
            let chosen = typed.text("detail", or: first)
            return [
                FormField(
                    "detail", text("views.complaints.field.which"),
                    .select(
                        open.map {
                            Choice(
                                value: String($0.id.number), label: String($0.words.prefix(80)),
                                isSelected: String($0.id.number) == chosen)
                        })),
                words("made"),
            ]
        case .filed: return []
        }
    }
}

/// Registering a complaint that came by letter or telephone.
struct ComplaintForm: CaseFormKind {
    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let today = visit.house.clock.today()
        return CaseForm(
            headline: visit.text("views.complaints.new", ["name": file.citizen.fullName]),
            lead: visit.text("views.complaints.newLead"),
            fields: visit.complaintFields(file, typed) + [
                FormField(
                    "channel", visit.text("views.complaints.field.channel"),
                    .radios(
                        visit.choices(
                            ComplaintChannel.self, "term.complaintChannel",
                            selected: typed.text("channel", or: ComplaintChannel.letter.rawValue)
                        ).filter { $0.value != ComplaintChannel.portal.rawValue })),
                FormField(
                    "received", visit.text("views.complaints.field.received"),
                    .day(typed.text("received", or: today.iso)),
                    help: visit.text("views.complaints.help.received")),
            ], save: visit.text("views.complaints.newSave"))
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let subject: ComplaintSubject? = typed.choice("subject")
        let channel: ComplaintChannel? = typed.choice("channel")
        let received = typed.day("received")
        let decision = typed.number("decision").map { FactID($0) }
        try typed.check()
        guard let subject, let channel, let received else { throw FieldProblems([]) }
        let (id, receipt) = try await ComplaintCase(visit.house).register(
            NewComplaint(
                subject: subject, channel: channel, received: received,
                words: typed.words("words"), decision: decision),
            from: citizen, in: visit.desk.municipality.code, by: visit.actor, purpose: purpose)
        return .savedAt(.complaints(.one(id.number)), receipt)
    }
}

extension Visit {
    /// What is complained of, in what words. `id` in the address names the decision.
    func complaintFields(_ file: CitizenFile, _ typed: Typed) -> [FormField] {
        let decisions = file.registrations.compactMap { note -> Decision? in
            guard case .decision(let decision) = note.fact, decision.sent != nil else { return nil }
            return decision
        }
        let named = typed.query["id"] ?? ""
        let chosen = typed.text("decision", or: named)
        let subject = typed.text("subject", or: named.isEmpty ? "" : "decision")
        var fields = [
            FormField(
                "subject", text("me.complaint.subject"),
                .radios(
                    choices(
                        ComplaintSubject.self, "term.complaintSubject", selected: subject)),
                help: text("me.complaint.subjectHelp"))
        ]
        if !decisions.isEmpty {
            fields.append(
                FormField(
                    "decision", text("me.complaint.decision"),
                    .select(
                        [
                            Choice(
                                value: "", label: text("me.complaint.noDecision"),
                                isSelected: chosen.isEmpty)
                        ]
                            + decisions.map {
                                Choice(
                                    value: String($0.id.number),
                                    label: "\(wording.day($0.sent ?? $0.made)): \($0.subject)",
                                    isSelected: String($0.id.number) == chosen)
                            })))
        }
        fields.append(
            FormField(
                "words", text("me.complaint.words"), .long(typed.text("words")),
                help: text(
                    "me.complaint.wordsHelp",
                    ["most": wording.number(ComplaintCase.longest)])))
        return fields
    }
}
