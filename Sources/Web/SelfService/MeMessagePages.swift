import Chronology
import Jobcenter
import Registry
import Reporting
import Storage
import Views

extension Visit {
    /// Messages with the municipality, those that wait for an answer first.
    func messages(_ file: CitizenFile) -> CaseListPage {
        let all = file.ownMessages()
        let waiting = all.filter { $0.message.sender == .citizen && $0.message.waits }
        let headline =
            waiting.isEmpty
            ? text(all.isEmpty ? "me.messages.none" : "me.messages.headline")
            : text(
                "me.messages.waiting",
                [
                    "day": wording.day(
                        waiting.map { MessageCase.promised($0.message.day) }.max()
                            ?? house.clock.today())
                ])
        return CaseListPage(
            headline: headline, lead: text("me.messages.lead"), receipt: ownReceipt(file),
            sections: [
                .init(
                    heading: text("me.messages.all"), lines: all.map { line($0.message, $0.note) },
                    forms: [], nothing: text("me.messages.nothing"))
            ], acts: [meForm(.message)])
    }

    private func line(_ message: Message, _ note: RegistrationNote) -> CaseListPage.Line {
        let isMine = message.sender == .citizen
        var details = message.text.split(separator: "\n").map(String.init)
        if isMine {
            details.append(
                message.handled.map { text("me.messages.handled", ["day": wording.day($0)]) }
                    ?? text(
                        "me.messages.promised",
                        ["day": wording.day(MessageCase.promised(message.day))]))
        }
        return CaseListPage.Line(
            heading: text(
                isMine ? "me.messages.fromMe" : "me.messages.toMe",
                ["day": wording.day(message.day), "subject": message.subject]),
            details: details, by: "",
            links: isMine
                ? [] : [meForm(.message, [("id", String(message.id.number))])])
    }

    /// Letters and decisions that were sent, each with what can be done about it.
    func ownLetters(_ file: CitizenFile) -> CaseListPage {
        func section(_ key: String, _ isIn: (Fact) -> Bool) -> CaseListPage.Section {
            CaseListPage.Section(
                heading: text("me.letters.\(key)"),
                lines: file.registrations.filter { isIn($0.fact) }.map(letterLine),
                forms: [], nothing: text("me.letters.nothing"))
        }
        return CaseListPage(
            headline: text("me.letters.headline"), lead: text("me.letters.lead"),
            sections: [
                section("decisions") {
                    if case .decision(let decision) = $0 { decision.sent != nil } else { false }
                },
                section("summons") {
                    if case .conversation(let talk) = $0 {
                        talk.status == .planned
                    } else {
                        false
                    }
                },
            ], acts: [meForm(.message)])
    }

    /// Four weeks to complain (RSL § 67).
    static let complaintDays = 28

    /// A letter with what it is about; with a decision goes the way to complain.
    func letterLine(_ note: RegistrationNote) -> CaseListPage.Line {
        let read = Link(
            text("me.letters.read"),
            Route.me(.letter).link([("receipt", String(note.number))]))
        var details: [String] = []
        if case .decision(let decision) = note.fact, let sent = decision.sent {
            details = [
                text(
                    sent + Self.complaintDays >= house.clock.today()
                        ? "me.letters.complain" : "me.letters.complainOver",
                    ["day": wording.day(sent + Self.complaintDays)])
            ]
        }
        return CaseListPage.Line(
            heading: heading(note), details: details, by: "",
            links: [read] + (complaining(note.fact).map { [$0] } ?? []))
    }

    private func heading(_ note: RegistrationNote) -> String {
        switch note.fact {
        case .decision(let decision):
            "\(wording.day(decision.sent ?? decision.made)): \(decision.subject)"
        default: "\(note.fact.valid.map { wording.day($0.start) } ?? ""): \(words(note.fact))"
        }
    }

    /// A letter in the own case, by the registration in the address.
    func ownLetter(_ file: CitizenFile) async throws -> Answer {
        guard let number = call.query["receipt"].flatMap({ Int64($0) }),
            let note = file.registrations.first(where: { $0.number == number }),
            isSent(note.fact), var page = try await letter(note, file)
        else { return error(.notFound) }
        if let complaining = complaining(note.fact) { page.links.append(complaining) }
        return mePage(page, .letter)
    }

    /// The way to complain of a decision; nil for what is none.
    private func complaining(_ fact: Fact) -> Link? {
        guard case .decision(let decision) = fact, decision.sent != nil else { return nil }
        return Link(
            text("me.letters.complainHere"),
            Route.me(.form(.complain)).link([("id", String(decision.id.number))]))
    }

    /// A decision that waits for being sent is not the citizen's to read yet.
    private func isSent(_ fact: Fact) -> Bool {
        if case .decision(let decision) = fact { decision.sent != nil } else { true }
    }

    func ownCalendar(_ file: CitizenFile) throws -> Answer {
        guard let number = call.query["receipt"].flatMap({ Int64($0) }),
            let note = file.registrations.first(where: { $0.number == number }),
            let entry = entry(note, file)
        else { return error(.notFound) }
        return Answer(
            contentType: "text/calendar; charset=utf-8", body: Array(entry.text.utf8))
    }
}

extension CitizenFile {
    /// What the citizen has written and was written to, and not what others wrote about the
    /// case.
    func ownMessages() -> [(message: Message, note: RegistrationNote)] {
        registrations.compactMap { note in
            guard case .message(let message) = note.fact,
                message.sender == .citizen || message.recipient == .citizen
            else { return nil }
            return (message, note)
        }
    }
}
