import Chronology
import Jobcenter
import Law
import Registry
import Reporting
import Storage
import Views

extension Visit {
    /// The agenda of the latest quarter that is over, the quarters, and the editions.
    func packList(_ editions: [PackEdition]) async throws -> PackListPage {
        let today = house.clock.today()
        let latest = today.month.quarter - 1
        let mayWrite = Policy.refusal(of: .writePack, by: actor, in: desk.municipality.code) == nil
        return PackListPage(
            agenda: mayWrite && isStaff ? try await agenda(latest, editions) : [],
            agendaTitle: text(
                "views.packs.agenda", ["period": wording.period(.quarter(latest))]),
            quarters: !isStaff
                ? []
                : (0..<8).map { latest - $0 }.map {
                    Link(wording.period(.quarter($0)), Route.pack($0).path)
                },
            editions: editions.map { edition in
                PackListPage.Edition(
                    link: Link(name(edition), Route.edition(edition.id.number).path),
                    state: state(edition) + " " + frozen(edition))
            },
            openData: editions.contains { $0.published != nil }
                ? Route.OpenDataFile.allCases.map {
                    Link(text("views.packs.\($0)"), Route.openData($0).path)
                } : [])
    }

    private func agenda(
        _ quarter: Quarter, _ editions: [PackEdition]
    ) async throws -> [PackListPage.Step] {
        let notes = try await PackNoteCase(house).notes(
            quarter, of: desk.municipality.code, by: actor
        ).compactMap { note -> PackNote? in
            if case .packNote(let written) = note.fact { written } else { nil }
        }
        let own = editions.filter { $0.quarter == quarter }
        let agenda = PackAgenda(
            quarter, notes: notes, editions: own, today: house.clock.today())
        let steps = agenda.steps.map { step in
            let verdict: Views.Verdict =
                switch step.state {
                case .done: .met
                case .due: .onTrack
                case .late: .atRisk
                }
            let key =
                switch step.state {
                case .done: "views.packs.done"
                case .due: "views.packs.due"
                case .late: "views.packs.late"
                }
            let href: String =
                switch step.step {
                case .explanations, .comments, .minutes: Route.packNote(quarter).path
                case .draft: Route.pack(quarter).path
                case .approval, .publication:
                    (own.first.map { Route.edition($0.id.number) } ?? .pack(quarter)).path
                }
            return PackListPage.Step(
                title: text("views.packs.step.\(step.step.rawValue)"),
                day: text(key, ["day": wording.day(step.day)]), verdict: verdict, href: href)
        }
        return try agenda.announcements().map { announcement in
            PackListPage.Step(
                title: text(
                    "views.packs.announcement.\(announcement.stage.rawValue)",
                    ["year": String(announcement.year)]),
                day: text(
                    "views.packs.announcement.by", ["day": wording.day(announcement.day)]),
                verdict: nil)
        } + steps
    }
}
