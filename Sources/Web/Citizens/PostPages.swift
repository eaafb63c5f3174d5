import Chronology
import Jobcenter
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// Messages that wait, all messages, the letters of the case and its files.
    func post(_ number: Int64, _ visit: Visit) async throws -> Answer {
        try await visit.aboutCitizen(number, "views.post.what") { file, purpose in
            let notes = file.registrations
            let asked = [("purpose", Optional(purpose.text))]
            func form(_ form: Route.CitizenForm) -> Link {
                Link(
                    visit.text("views.citizen.form.\(form.rawValue)"),
                    Route.citizenForm(number, form).link(asked))
            }
            let may = visit.mayRegister
            let messages = notes.filter { $0.fact.kind == .message }
            let waiting = messages.filter { visit.waits($0.fact) }
            return visit.page(
                CaseListPage(
                    headline: visit.text("views.post.headline", ["name": file.citizen.fullName]),
                    lead: visit.text("views.post.lead"), receipt: visit.receipt(in: file),
                    sections: [
                        CaseListPage.Section(
                            heading: visit.text("views.post.waiting"),
                            lines: waiting.map { visit.line($0, asked) },
                            forms: may ? [form(.message), form(.messageDone)] : [],
                            nothing: visit.text("views.post.noWaiting")),
                        CaseListPage.Section(
                            heading: visit.text("views.post.messages"),
                            lines: messages.filter { !visit.waits($0.fact) }
                                .map { visit.line($0, asked) }, forms: [],
                            nothing: visit.text("views.post.noMessages")),
                        CaseListPage.Section(
                            heading: visit.text("views.post.letters"),
                            lines: notes.filter { visit.hasLetter($0.fact) }
                                .map { visit.line($0, asked) }, forms: [],
                            nothing: visit.text("views.post.noLetters")),
                        CaseListPage.Section(
                            heading: visit.text("views.post.documents"),
                            lines: notes.filter { $0.fact.kind == .document }
                                .map { visit.line($0, asked) },
                            forms: may ? [form(.document)] : [],
                            nothing: visit.text("views.post.noDocuments")),
                    ]), section: .citizens, breadcrumb: visit.trail(to: file, purpose))
        }
    }

    /// What is in a file of a case. The look-up is logged.
    func file(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard let purpose = visit.statedPurpose else { throw Refusal.purposeMissing }
        guard let id = visit.call.query.fact("id"),
            let found = try await DocumentCase(house).content(
                of: id, about: CitizenID(number), in: municipality.code, by: visit.actor,
                purpose: purpose)
        else { return visit.error(.notFound) }
        // It is kept and never shown as a page of this site.
        return Answer(
            contentType: found.document.media.contentType, body: found.content,
            fileName: found.document.fileName.filter {
                $0.isASCII && $0 != "\"" && $0 != "\\" && !$0.isNewline
            })
    }
}

extension Visit {
    fileprivate func waits(_ fact: Fact) -> Bool {
        if case .message(let message) = fact { message.waits } else { false }
    }

    /// A summons that stands, a conversation that can still be answered, and a decision that
    /// was sent.
    fileprivate func hasLetter(_ fact: Fact) -> Bool {
        switch fact {
        case .conversation(let talk):
            talk.status == .planned
                || talk.status == .held
                    && talk.day + FeedbackCase.days >= house.clock.today()
        case .decision(let decision): decision.sent != nil
        default: false
        }
    }

    fileprivate func line(
        _ note: RegistrationNote, _ asked: [(String, String?)]
    ) -> CaseListPage.Line {
        var details: [String] = []
        var links: [Link] = []
        let citizen = note.fact.citizenID?.number ?? 0
        func letters() {
            let query = asked + [("receipt", String(note.number))]
            links.append(Link(text("views.post.read"), Route.letter(citizen).link(query)))
        }
        switch note.fact {
        case .message(let message):
            details = message.text.split(separator: "\n").map(String.init)
            if let done = message.handled, message.isIncoming {
                details.append(text("views.post.done", ["day": wording.day(done)]))
            }
            if message.waits, mayRegister {
                let id = [("id", Optional(String(message.id.number)))]
                links.append(
                    Link(
                        text("views.post.answer"),
                        Route.citizenForm(citizen, .message).link(asked + id)))
                links.append(
                    Link(
                        text("views.post.markDone"),
                        Route.citizenForm(citizen, .messageDone).link(
                            asked + [("message", String(message.id.number))])))
            }
            if !message.isIncoming { letters() }
        case .document(let document):
            details.append(
                text(
                    "views.post.file",
                    [
                        "file": document.fileName,
                        "size": wording.number((document.size + 1_023) / 1_024),
                    ]))
            links.append(
                Link(
                    text("views.post.open"),
                    Route.file(citizen).link(asked + [("id", String(document.id.number))])))
        default: letters()
        }
        let day = note.fact.valid.map { wording.day($0.start) } ?? ""
        return CaseListPage.Line(
            heading: "\(day): \(words(note.fact))", details: details,
            by: registeredBy(note), links: links)
    }
}
