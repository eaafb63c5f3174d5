import Chronology
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// The letter about a summons or a decision just registered.
    func letter(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard let (note, file, purpose) = try await visit.asked(number),
            var page = try await visit.letter(note, file)
        else { return visit.error(.notFound) }
        page.printed = visit.printedLink(number, .letter)
        return visit.page(page, section: .citizens, breadcrumb: visit.trail(to: file, purpose))
    }
}

extension Visit {
    /// The registration that `receipt` names and all that is registered about its citizen.
    func asked(
        _ number: Int64
    ) async throws -> (note: RegistrationNote, file: CitizenFile, purpose: Purpose)? {
        if let refusal = peopleRefusal { throw refusal }
        guard let purpose = statedPurpose else { throw Refusal.purposeMissing }
        let found = try await CitizenCase(house).file(
            of: CitizenID(number), in: desk.municipality.code, by: actor, purpose: purpose)
        guard let file = found, let asked = call.query["receipt"].flatMap({ Int64($0) }),
            let note = file.registrations.first(where: { $0.number == asked })
        else { return nil }
        return (note, file, purpose)
    }

    /// The letter that goes with a registration; nil where none does.
    func letter(
        _ note: RegistrationNote, _ file: CitizenFile
    ) async throws -> LetterPage? {
        switch note.fact {
        case .decision(let decision): try await letter(decision, note, file)
        case .conversation(let talk) where talk.status == .planned: summons(talk, note, file)
        case .conversation(let talk) where talk.status == .held: questions(talk, note, file)
        case .message(let message) where !message.isIncoming: letter(message, note, file)
        default: nil
        }
    }

    private func letter(
        _ decision: Decision, _ note: RegistrationNote, _ file: CitizenFile
    ) async throws -> LetterPage {
        let rule = try await DecisionCase(house).rules(on: decision.from)
            .first { $0.id == decision.rule }
        var parts = [
            LetterPage.Part(
                "",
                text(
                    "views.letter.decision.\(decision.kind.rawValue)",
                    ["subject": decision.subject, "day": wording.day(decision.from)])),
            LetterPage.Part(text("views.letter.facts"), decision.facts),
        ]
        if !decision.reasons.isEmpty {
            parts.append(LetterPage.Part(text("views.letter.reasons"), decision.reasons))
        }
        if let rule {
            parts.append(
                LetterPage.Part(
                    text("views.letter.rule"), rule.basis.law + "\n" + rule.basis.text[language]))
        }
        if let heard = decision.heardOn {
            parts.append(
                LetterPage.Part(
                    text("views.letter.heard"),
                    text(
                        decision.answer.isEmpty ? "views.letter.noAnswer" : "views.letter.answer",
                        ["day": wording.day(heard), "answer": decision.answer])))
        }
        if decision.kind != .grant {
            parts.append(
                LetterPage.Part(text("views.letter.complaint"), text("views.letter.complaintText")))
        }
        return letter(
            text("views.letter.headline.\(decision.kind.rawValue)"), parts, note, file,
            decision.sent ?? decision.made)
    }

    private func summons(
        _ talk: Conversation, _ note: RegistrationNote, _ file: CitizenFile
    ) -> LetterPage {
        let more = file.meeting(talk.id)?.note
        let time = more?.begins.map(clockTime) ?? ""
        let place = more?.place ?? ""
        var body = text(
            "views.letter.summons",
            [
                "kind": text("term.conversation.\(talk.kind.rawValue)").lowercased(),
                "day": wording.day(talk.day), "time": time,
                "form": text("views.conversation.forms.\(talk.form.rawValue)"),
            ])
        if !place.isEmpty { body += "\n" + text("views.letter.place", ["place": place]) }
        if more?.isInterpreted == true { body += "\n" + text("views.letter.interpreter") }
        var page = letter(
            text("views.letter.headline.summons"),
            [
                LetterPage.Part("", body),
                LetterPage.Part(text("views.letter.bring"), text("views.letter.bringText")),
                LetterPage.Part(text("views.letter.cannot"), text("views.letter.cannotText")),
            ], note, file, note.recordedOn)
        if more?.begins != nil {
            page.links.append(
                Link(
                    text("views.calendar.link"),
                    (isCitizen ? Route.me(.calendar) : .calendar(file.citizen.id.number)).link([
                        ("purpose", isCitizen ? nil : statedPurpose?.text),
                        ("receipt", String(note.number)),
                    ])))
        }
        return page
    }

    /// Asks the citizen how the conversation was. The answer is given without signing in.
    private func questions(
        _ talk: Conversation, _ note: RegistrationNote, _ file: CitizenFile
    ) -> LetterPage {
        let route = Route.feedback(FeedbackCase.key(of: note))
        var page = letter(
            text("views.letter.headline.questions"),
            [
                LetterPage.Part(
                    "",
                    text(
                        "views.letter.questions",
                        [
                            "day": wording.day(talk.day),
                            "last": wording.day(talk.day + FeedbackCase.days),
                        ])),
                LetterPage.Part(
                    text("views.letter.questionsWhere"), (call.site ?? "") + route.path),
            ], note, file, note.recordedOn)
        page.links = [Link(text("views.letter.questionsHere"), route.path)]
        return page
    }

    private func letter(
        _ message: Message, _ note: RegistrationNote, _ file: CitizenFile
    ) -> LetterPage {
        var page = letter(
            message.subject, [LetterPage.Part("", message.text)], note, file, message.day)
        if !message.counterpart.isEmpty {
            page.name = message.counterpart
            page.about = text("views.letter.about", ["name": file.citizen.fullName])
        }
        return page
    }

    private func letter(
        _ headline: String, _ parts: [LetterPage.Part], _ note: RegistrationNote,
        _ file: CitizenFile, _ day: Day
    ) -> LetterPage {
        LetterPage(
            headline: headline, authority: text("web.authority", ["name": desk.municipality.name]),
            name: file.citizen.fullName, day: day, receipt: receipt(note), parts: parts,
            signed: text("views.letter.signed", ["actor": note.actor]))
    }
}
