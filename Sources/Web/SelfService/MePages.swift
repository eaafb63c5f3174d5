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
