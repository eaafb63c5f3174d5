import Chronology
import Identifiers
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// The citizen's plan.
    func myPlan(_ number: Int64, _ visit: Visit) async throws -> Answer {
        if let refusal = visit.peopleRefusal { throw refusal }
        guard let purpose = visit.statedPurpose else {
            return visit.askPurpose(
                visit.text("views.citizen.form.plan"), section: .citizens,
                breadcrumb: visit.citizensTrail, back: Route.citizens.path)
        }
        guard
            let file = try await MyPlanCase(house).plan(
                of: CitizenID(number), in: municipality.code, by: visit.actor, purpose: purpose)
        else { return visit.error(.notFound) }
        let citizen = Link(
            file.citizen.fullName, Route.citizen(number).link([("purpose", purpose.text)]))
        return visit.page(
            visit.page(of: file, purpose), section: .citizens,
            breadcrumb: visit.citizensTrail + [citizen])
    }

    /// The letter about a summons or a decision just registered.
    func letter(_ number: Int64, _ visit: Visit) async throws -> Answer {
        if let refusal = visit.peopleRefusal { throw refusal }
        guard let purpose = visit.statedPurpose else { throw Refusal.purposeMissing }
        let found = try await CitizenCase(house).file(
            of: CitizenID(number), in: municipality.code, by: visit.actor, purpose: purpose)
        guard let file = found, let asked = visit.call.query["receipt"].flatMap({ Int64($0) }),
            let note = file.registrations.first(where: { $0.number == asked }),
            let page = try await visit.letter(note, file)
        else { return visit.error(.notFound) }
        let citizen = Link(
            file.citizen.fullName, Route.citizen(number).link([("purpose", purpose.text)]))
        return visit.page(page, section: .citizens, breadcrumb: visit.citizensTrail + [citizen])
    }
}

extension Visit {
    fileprivate func page(of file: MyPlanFile, _ purpose: Purpose) -> MyPlanPage {
        let number = file.citizen.id.number
        let asked = [("purpose", purpose.text)]
        let receipt = call.query["receipt"].flatMap { Int64($0) }.flatMap { number in
            file.versions.first { $0.number == number }
        }
        var late: String?
        if let first = file.firstEffort {
            if file.begun == nil {
                late = text("views.myPlan.missing", ["day": wording.day(first)])
            } else if let begun = file.begun, begun > first {
                late = text(
                    "views.myPlan.late", ["day": wording.day(first), "begun": wording.day(begun)])
            }
        }
        return MyPlanPage(
            name: file.citizen.fullName, cpr: file.citizen.cpr, begun: file.begun, late: late,
            receipt: receipt.map { self.receipt($0) },
            parts: PlanPart.allCases.map { part in
                MyPlanPage.Part(
                    heading: text("term.planPart.\(part.rawValue)"),
                    lines: file.lines.filter { $0.item.part == part }.map { line in
                        MyPlanPage.Line(
                            text: line.item.text, detail: detail(line.item),
                            change: mayRegister
                                ? Route.citizenForm(number, .planLine).link(
                                    asked + [("id", String(line.item.id.number))]) : nil)
                    })
            },
            versions: file.versions.compactMap { note in
                guard case .planItem(let item) = note.fact else { return nil }
                return text(
                    "views.myPlan.version",
                    [
                        "day": wording.day(note.recordedOn), "actor": note.actor,
                        "text": item.text, "detail": detail(item),
                    ])
            },
            actions: mayRegister
                ? [
                    Link(
                        text("views.citizen.form.plan-line"),
                        Route.citizenForm(number, .planLine).link(asked))
                ] : [])
    }

    private func detail(_ item: PlanItem) -> String {
        var parts = [
            text(
                "views.myPlan.stance.\(item.stance.rawValue)",
                [
                    "who": text("term.planParty.\(item.stanceBy.rawValue)"),
                    "day": wording.day(item.stanceOn),
                ]),
            text(
                "views.myPlan.author",
                ["who": text("term.planParty.\(item.author.rawValue)")]),
        ]
        if let due = item.due { parts.append(text("views.myPlan.due", ["day": wording.day(due)])) }
        if item.progress != .open {
            parts.append(text("term.planProgress.\(item.progress.rawValue)"))
        }
        return parts.joined(separator: " · ")
    }

    func receipt(_ note: RegistrationNote) -> CitizenPage.Receipt {
        let day = note.fact.valid.map { ", " + wording.day($0.start) } ?? ""
        return CitizenPage.Receipt(
            number: Int(note.number), hash: String(note.hash.prefix(12)),
            what: words(note.fact) + day)
    }

    /// The letter that goes with a registration; nil where none does.
    fileprivate func letter(
        _ note: RegistrationNote, _ file: CitizenFile
    ) async throws -> LetterPage? {
        switch note.fact {
        case .decision(let decision): try await letter(decision, note, file)
        case .conversation(let talk) where talk.status == .planned: summons(talk, note, file)
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
            page.calendar = Link(
                text("views.calendar.link"),
                Route.calendar(file.citizen.id.number).link([
                    ("purpose", statedPurpose?.text), ("receipt", String(note.number)),
                ]))
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
