import Chronology
import Jobcenter
import Registry
import Reporting
import Storage
import Views

/// Registering a message that came in, or writing one.
struct MessageForm: CaseFormKind {
    func after(_ citizen: CitizenID) -> Route { .post(citizen.number) }

    /// Both ends in one choice: `citizen-in` is from the citizen, `fund-out` to the fund.
    private static let ends: [(value: String, from: MessageParty, to: MessageParty)] =
        MessageParty.allCases.filter { $0 != .municipality }.flatMap { party in
            [
                ("\(party.rawValue)-in", party, .municipality),
                ("\(party.rawValue)-out", .municipality, party),
            ]
        }

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let today = visit.house.clock.today()
        let answered = file.message(typed.query["id"])
        let usual = answered.map { "\($0.sender.rawValue)-out" } ?? "citizen-in"
        let chosen = typed.text("ends", or: usual)
        return CaseForm(
            headline: visit.text(
                answered == nil ? "views.message.headline" : "views.message.answering",
                ["name": file.citizen.fullName]),
            lead: visit.text("views.message.lead"),
            notices: answered.map {
                [
                    Notice(
                        visit.text("views.message.asked", ["subject": $0.subject, "text": $0.text]))
                ]
            } ?? [],
            fields: [
                FormField(
                    "ends", visit.text("views.message.ends"),
                    .select(
                        Self.ends.map {
                            Choice(
                                value: $0.value, label: visit.text("views.message.end.\($0.value)"),
                                isSelected: $0.value == chosen)
                        })),
                FormField(
                    "counterpart", visit.text("views.message.counterpart"),
                    .text(typed.text("counterpart", or: answered?.counterpart ?? "")),
                    help: visit.text("views.message.counterpartHelp")),
                FormField(
                    "subject", visit.text("views.message.subject"),
                    .text(
                        typed.text(
                            "subject",
                            or: answered.map {
                                visit.text("views.message.re", ["subject": $0.subject])
                            } ?? ""))),
                FormField("text", visit.text("views.message.text"), .long(typed.text("text"))),
                FormField(
                    "day", visit.text("views.conversation.day"),
                    .day(typed.text("day", or: today.iso))),
            ], save: visit.text("views.message.save"))
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let day = typed.day("day")
        let ends = Self.ends.first { $0.value == typed.query["ends"] }
        if ends == nil { typed.reject("ends", "choice") }
        try typed.check()
        guard let day, let ends else { throw FieldProblems([]) }
        var message = NewMessage(day: day, from: ends.from, to: ends.to)
        message.counterpart = typed.words("counterpart")
        message.subject = typed.words("subject")
        message.text = typed.words("text")
        message.replyTo = typed.query.fact("id")
        return .saved(
            try await MessageCase(visit.house).register(
                message, about: citizen, in: visit.desk.municipality.code, by: visit.actor,
                purpose: purpose))
    }
}

/// Saying that what a message asked for is done, where it takes no answer.
struct MessageDoneForm: CaseFormKind {
    func after(_ citizen: CitizenID) -> Route { .post(citizen.number) }

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let waiting = file.messages.filter(\.waits)
        let chosen = typed.text("message", or: waiting.first.map { String($0.id.number) } ?? "")
        return CaseForm(
            headline: visit.text("views.messageDone.headline", ["name": file.citizen.fullName]),
            lead: visit.text(
                waiting.isEmpty ? "views.messageDone.none" : "views.messageDone.lead"),
            fields: [
                FormField(
                    "message", visit.text("views.messageDone.message"),
                    .select(
                        waiting.map {
                            Choice(
                                value: String($0.id.number),
                                label: "\(visit.wording.day($0.day)): \($0.subject)",
                                isSelected: String($0.id.number) == chosen)
                        }))
            ], save: visit.text("views.messageDone.save"))
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let message = typed.chosen("message")
        try typed.check()
        guard let message else { throw FieldProblems([]) }
        return .saved(
            try await MessageCase(visit.house).done(
                message, of: citizen, in: visit.desk.municipality.code, by: visit.actor,
                purpose: purpose))
    }
}

/// Keeping a file in the case.
struct DocumentForm: CaseFormKind {
    func after(_ citizen: CitizenID) -> Route { .post(citizen.number) }

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let today = visit.house.clock.today()
        let sender = typed.text("sender", or: MessageParty.citizen.rawValue)
        return CaseForm(
            headline: visit.text("views.document.headline", ["name": file.citizen.fullName]),
            lead: visit.text("views.document.lead"),
            fields: [
                FormField(
                    "file", visit.text("views.document.file"),
                    .file(accept: ".pdf,.jpg,.jpeg,.png,.txt,.docx,.odt"),
                    help: visit.text(
                        "views.document.fileHelp",
                        ["most": String(DocumentCase.largest / 1_048_576)])),
                FormField(
                    "title", visit.text("views.document.title"), .text(typed.text("title")),
                    help: visit.text("views.document.titleHelp")),
                FormField(
                    "sender", visit.text("views.document.sender"),
                    .select(
                        visit.choices(MessageParty.self, "term.messageParty", selected: sender))),
                FormField(
                    "day", visit.text("views.document.day"),
                    .day(typed.text("day", or: today.iso))),
            ], save: visit.text("views.document.save"))
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let day = typed.day("day")
        let sender: MessageParty? = typed.choice("sender")
        let file = visit.call.files["file"] ?? UploadedFile(name: "", content: [])
        // The browser does not send the file's choice back.
        if !typed.problems.isEmpty, !file.name.isEmpty {
            typed.reject("file", "fileAgain", ["file": file.name])
        }
        try typed.check()
        guard let day, let sender else { throw FieldProblems([]) }
        let title = typed.words("title")
        return .saved(
            try await DocumentCase(visit.house).keep(
                file, titled: title.isEmpty ? file.name : title, from: sender, on: day,
                for: citizen, in: visit.desk.municipality.code, by: visit.actor, purpose: purpose))
    }
}

extension CitizenFile {
    /// The latest first.
    var messages: [Message] {
        registrations.compactMap {
            guard case .message(let message) = $0.fact else { return nil }
            return message
        }
    }

    func message(_ number: String?) -> Message? {
        guard let number = number.flatMap({ Int64($0) }) else { return nil }
        return messages.first { $0.id.number == number }
    }
}

extension Visit {
    /// `Fra borgeren: Kan ikke komme`
    func words(_ message: Message) -> String {
        let way = message.isIncoming ? "in" : "out"
        let party = message.isIncoming ? message.sender : message.recipient
        let ends = text("views.message.end.\(party.rawValue)-\(way)")
        let name = message.counterpart.isEmpty ? "" : " (\(message.counterpart))"
        return "\(ends)\(name): \(message.subject)"
    }
}
