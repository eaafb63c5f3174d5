import Chronology
import Jobcenter
import Law
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// The citizen's own pages. Nobody else sees them.
    func me(_ route: MeRoute, _ visit: Visit) async throws -> Answer {
        if case .form(let form) = route { return try await meForm(form, visit) }
        if route == .cases { return try await ownCases(visit) }
        let file = try await OwnCase(house).file(in: municipality.code, by: visit.actor)
        switch route {
        case .home: return visit.mePage(try await visit.next(file), route)
        case .plan: return visit.mePage(visit.ownPlan(file), route)
        case .talks: return visit.mePage(try await visit.talks(file), route)
        case .messages: return visit.mePage(visit.messages(file), route)
        case .jobs: return visit.mePage(try await visit.ownJobs(file), route)
        case .career: return visit.mePage(try await visit.career(file), route)
        case .log: return visit.mePage(visit.jobLog(file), route)
        case .forms: return visit.mePage(visit.ownForms(file), route)
        case .letters: return visit.mePage(visit.ownLetters(file), route)
        case .lookups: return visit.mePage(try await visit.whoLooked(), route)
        case .more: return visit.mePage(visit.more(file), route)
        case .back: return visit.mePage(visit.wayBack(file), route)
        case .cv: return visit.mePage(try await visit.ownCV(file), route)
        case .complaints: return visit.mePage(try await visit.ownComplaints(file), route)
        case .adviser: return visit.mePage(try await visit.ownAdviser(file), route)
        case .cvFile: return try await visit.ownCVFile()
        case .everything: return try await visit.everything()
        case .guides: return visit.mePage(visit.guides(), route)
        case .guide(let guide): return visit.mePage(visit.guide(guide), route)
        case .letter: return try await visit.ownLetter(file)
        case .calendar: return try visit.ownCalendar(file)
        case .form, .cases: return visit.error(.notFound)
        }
    }
}

extension Visit {
    func mePage(_ page: some Page, _ route: MeRoute) -> Answer {
        self.page(
            page, section: route.section,
            breadcrumb: route.section == .meJobs && route != .jobs
                ? [meLink(.jobs)]
                : route.section == .meMore && route != .more ? [meLink(.more)] : [])
    }

    /// A link to one of the own pages, named as in the navigation.
    func meLink(_ route: MeRoute) -> Link {
        Link(text("views.section.\(route.section.rawValue)"), route.path)
    }

    func meForm(_ form: MeRoute.Form, _ query: [(String, String?)] = []) -> Link {
        Link(
            text("me.form.\(form.rawValue)"),
            Route.me(.form(form)).link(query))
    }

    /// The registration that was just made, from the address.
    func ownReceipt(_ file: CitizenFile) -> CitizenPage.Receipt? {
        call.query["receipt"].flatMap { Int64($0) }.flatMap { number in
            file.registrations.first { $0.number == number }
        }.map { receipt($0) }
    }

    /// `torsdag den 8. januar kl. 9.30`
    func when(_ day: Day, _ begins: Int?) -> String {
        let weekday = text("term.weekday.\(day.weekday)")
        let written = wording.writtenDay(day)
        guard let begins else { return text("me.day", ["weekday": weekday, "day": written]) }
        return text(
            "me.dayTime", ["weekday": weekday, "day": written, "time": clockTime(begins)])
    }

    /// What happens next, and why.
    fileprivate func next(_ file: CitizenFile) async throws -> CaseListPage {
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
        var lines = coming.map { [line($0.talk, $0.note, $0.registration)] } ?? []
        lines += file.waitingAnswers().map { proposal($0.item) }
        // What a conversation was like, nobody says for another.
        if actor.representation == nil { lines += feedbackLines(file, today) }
        if actor.representation == nil { lines += try await focusLines(file) }
        lines += file.obligations.obligations.map { owed($0, file.obligations) }
            .filter { $0.stage == .overdue || $0.stage == .due }
            .prefix(Self.dutiesShown).map { duty($0) }
        let name = file.caseworker(on: today).flatMap { id in staff.first { $0.id == id }?.name }
        return CaseListPage(
            headline: headline, lead: lead, receipt: ownReceipt(file),
            sections: [
                .init(
                    heading: text("me.home.now"), lines: lines, forms: [],
                    nothing: text("me.home.nothing")),
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

    /// A duty of the law with the sentences that say why it is there.
    private func duty(_ owed: CitizenLawPage.Owed) -> CaseListPage.Line {
        let who =
            owed.owedBy == text("law.debtor.citizen")
            ? text("me.home.yourself")
            : owed.owedBy.prefix(1).lowercased() + owed.owedBy.dropFirst()
        return CaseListPage.Line(
            heading: text("me.home.duty", ["duty": owed.duty, "who": who]),
            details: [owed.text] + owed.because, by: "",
            links: [Link(text("me.home.rule"), owed.href)])
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
}

extension CitizenFile {
    /// Conversations that are agreed on from a day on, the soonest first.
    func planned(
        from day: Day
    ) -> [(talk: Conversation, note: ConversationNote?, registration: RegistrationNote)] {
        var notes: [FactID: ConversationNote] = [:]
        for registration in registrations {
            if case .conversationNote(let note) = registration.fact { notes[note.id] = note }
        }
        return registrations.compactMap { registration in
            guard case .conversation(let talk) = registration.fact, talk.status == .planned,
                talk.day >= day
            else { return nil }
            return (talk, notes[talk.id], registration)
        }.sorted {
            ($0.talk.day, $0.note?.begins ?? 0, $0.talk.id)
                < ($1.talk.day, $1.note?.begins ?? 0, $1.talk.id)
        }
    }

    /// Lines of the plan that the caseworker has proposed and the citizen has not answered.
    func waitingAnswers() -> [(item: PlanItem, note: RegistrationNote)] {
        registrations.compactMap { note in
            guard case .planItem(let item) = note.fact, item.stance == .proposed,
                item.author == .caseworker, item.progress == .open
            else { return nil }
            return (item, note)
        }
    }
}
