import Chronology
import Jobcenter
import Law
import Registry
import Reporting
import Storage
import Views

extension Visit {
    /// What happens next, and why.
    func next(_ file: CitizenFile) async throws -> CaseListPage {
        let today = house.clock.today()
        let coming = file.planned(from: today).first
        let staff = try await StaffCase(house).staff(of: desk.municipality.code)
        let headline: String
        let lead: String
        if let coming {
            headline = text(
                "me.home.next", ["when": when(coming.talk.day, coming.note?.begins)])
            lead = place(coming.talk, coming.note, staff)
        } else {
            headline = text("me.home.none")
            lead = text("me.home.noneLead")
        }
        let duties = file.obligations.obligations.map { owed($0, file.obligations) }
        var lines = coming.map { [line($0.talk, $0.note, $0.registration)] } ?? []
        lines += latestMessage(file, today) + decisionLines(file, today)
        lines += file.waitingAnswers().map { proposal($0.item) }
        lines += dutyLines(duties, in: [.overdue, .due])
        // What a conversation was like, nobody says for another.
        if actor.representation == nil {
            lines += feedbackLines(file, today)
            lines += try await focusLines(file)
        }
        let name = file.caseworker(on: today).flatMap { id in staff.first { $0.id == id }?.name }
        return CaseListPage(
            headline: headline, lead: lead, receipt: ownReceipt(file),
            sections: [
                .init(
                    heading: text("me.home.now"), lines: lines, forms: [],
                    nothing: text("me.home.nothing")),
                .init(
                    heading: text("me.home.later"), lines: dutyLines(duties, in: [.waiting]),
                    forms: []),
                .init(
                    heading: text("me.home.can"),
                    lines: [
                        .init(
                            heading: name.map { text("me.home.caseworker", ["name": $0]) }
                                ?? text("me.home.noCaseworker"), details: [], by: "",
                            links: [meForm(.message)])
                    ], forms: []),
            ],
            acts: [
                Link(text("me.home.fits"), MeRoute.jobs.path),
                Link(text("me.home.plan"), MeRoute.plan.path),
            ])
    }

    private static let dutiesShown = 5

    private func dutyLines(
        _ duties: [CitizenLawPage.Owed], in stages: Set<CitizenLawPage.Stage>
    ) -> [CaseListPage.Line] {
        duties.filter { stages.contains($0.stage) }.sorted { $0.due < $1.due }
            .prefix(Self.dutiesShown).map(duty)
    }

    /// A duty of the law with the sentences that say why it is there.
    private func duty(_ owed: CitizenLawPage.Owed) -> CaseListPage.Line {
        let who =
            owed.owedBy == text("law.debtor.citizen")
            ? text("me.home.yourself")
            : owed.owedBy.prefix(1).lowercased() + owed.owedBy.dropFirst()
        return CaseListPage.Line(
            heading: text("me.home.duty", ["duty": owed.duty, "who": who]),
            details: [
                text(
                    owed.stage == .overdue ? "me.home.overdue" : "me.home.due",
                    ["day": wording.day(owed.due)]), owed.text,
            ], by: "",
            links: [Link(text("me.home.rule"), owed.href)], why: owed.because)
    }

    private func proposal(_ item: PlanItem) -> CaseListPage.Line {
        CaseListPage.Line(
            heading: text("me.home.proposal"), details: [item.text], by: "",
            links: [meForm(.planAnswer, [("id", String(item.id.number))])])
    }

    /// The questions after a conversation that nobody has answered yet.
    private func feedbackLines(_ file: CitizenFile, _ today: Day) -> [CaseListPage.Line] {
        let answered = Set(
            file.registrations.compactMap { note -> FactID? in
                guard case .feedback(let answer) = note.fact else { return nil }
                return answer.conversation
            })
        return file.registrations.compactMap { note -> CaseListPage.Line? in
            guard case .conversation(let talk) = note.fact, talk.status == .held,
                talk.day + FeedbackCase.days >= today, !answered.contains(talk.id)
            else { return nil }
            return CaseListPage.Line(
                heading: text("me.home.feedback", ["day": wording.day(talk.day)]),
                details: [text("me.home.feedbackText")], by: "",
                links: [
                    Link(
                        text("me.home.answer"), Route.feedback(FeedbackCase.key(of: note)).path)
                ])
        }.prefix(1).map(\.self)
    }

    /// Days a message from the municipality stands on the front page.
    private static let messageDays = 14

    /// The latest message from the municipality, until the citizen has written again or a
    /// fortnight has passed.
    private func latestMessage(_ file: CitizenFile, _ today: Day) -> [CaseListPage.Line] {
        let latest = file.ownMessages().max { $0.note.number < $1.note.number }?.message
        guard let latest, latest.recipient == .citizen, latest.day + Self.messageDays >= today
        else { return [] }
        return [
            CaseListPage.Line(
                heading: text(
                    "me.home.message",
                    ["day": wording.day(latest.day), "subject": latest.subject]),
                details: [], by: "",
                links: [
                    Link(text("me.home.read"), MeRoute.messages.path),
                    meForm(.message, [("id", String(latest.id.number))]),
                ])
        ]
    }

    /// Decisions that can still be complained of, as nobody should have to look for the day.
    private func decisionLines(_ file: CitizenFile, _ today: Day) -> [CaseListPage.Line] {
        file.registrations.compactMap { note in
            guard case .decision(let decision) = note.fact, let sent = decision.sent,
                sent + Self.complaintDays >= today
            else { return nil }
            return letterLine(note)
        }
    }
}
