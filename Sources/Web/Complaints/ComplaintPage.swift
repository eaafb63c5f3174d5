import Chronology
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Visit {
    /// One complaint: what to do next, its clocks, and everything that happened.
    func complaintPage(_ record: ComplaintRecord) -> CaseListPage {
        let file = record.file
        let number = file.id.number
        let today = house.clock.today()
        let asked = [("purpose", complaintPurpose(number)?.text)]
        var acts: [Link] = []
        if mayRegisterComplaint {
            acts = file.possible.map {
                Link(
                    text("views.complaints.act.\($0.rawValue)"),
                    Route.complaints(.form(number, $0)).path)
            }
        }
        if peopleRefusal == nil {
            acts.append(
                Link(
                    text("views.complaints.citizen"),
                    Route.citizen(record.citizen.id.number).link(asked)))
        }
        let next = file.next(record.rules)
        let last = file.steps.map(\.id).max()
        return CaseListPage(
            headline: next.map { due($0, today) } ?? ending(file)
                ?? text("views.complaints.noClockOne"),
            lead: text(
                "views.complaints.oneLead",
                [
                    "number": String(number), "name": record.citizen.fullName,
                    "about": subject(file), "day": wording.day(file.complaint.received),
                ]),
            receipt: receipt(in: record.notes), warnings: warnings(file, record.rules),
            sections: [
                .init(
                    heading: text("views.complaints.clocks"),
                    lines: clockLines(file, record.rules), forms: [],
                    nothing: text("views.complaints.noClocks")),
                .init(
                    heading: text("views.complaints.happened"),
                    lines: record.notes.compactMap { note in
                        guard case .complaintStep(let step) = note.fact else { return nil }
                        var shown = line(step, note, file, record.rules.catalogue)
                        // Only the latest step has nothing built on it.
                        if step.id == last, step.kind != .filed, !Actor.isCitizens(note.actor),
                            mayRegister
                        {
                            shown.links = [
                                Link(
                                    text("views.complaints.takeBack"),
                                    Route.citizenForm(step.citizen.number, .withdraw)
                                        .link(asked + [("number", String(note.number))]))
                            ]
                        }
                        return shown
                    }, forms: [], nothing: text("views.complaints.untold")),
            ], acts: acts)
    }

    /// What is special about a complaint: too late, of no decision, forwarded.
    private func warnings(_ file: ComplaintFile, _ rules: ComplaintRules) -> [String] {
        var warnings: [String] = []
        if file.isTooLate(rules), let last = file.lastDay(rules) {
            warnings.append(text("views.complaints.tooLate", ["day": wording.day(last)]))
        }
        if !file.isAboutDecision { warnings.append(text("views.complaints.noBoard")) }
        if file.stage == .forwarded { warnings.append(text("views.complaints.atBoard")) }
        return warnings
    }

    /// A step with all that was said, and its registration.
    private func line(
        _ step: ComplaintStep, _ note: RegistrationNote, _ file: ComplaintFile,
        _ catalogue: ComplaintCatalogue
    ) -> CaseListPage.Line {
        CaseListPage.Line(
            heading: "\(wording.day(step.day)): \(words(step))",
            details: details(step, file, catalogue),
            by: registeredBy(note))
    }

    /// What was said in a step, as staff and citizen read it.
    func details(
        _ step: ComplaintStep, _ file: ComplaintFile, _ catalogue: ComplaintCatalogue
    ) -> [String] {
        var details: [String] = []
        if let channel = step.channel {
            details.append(text("term.complaintChannel.\(channel.rawValue)"))
        }
        if step.kind == .filed, let decision = file.decision {
            details.append(
                text(
                    "me.complaint.ofDecision",
                    [
                        "subject": decision.subject,
                        "day": wording.day(decision.sent ?? decision.made),
                    ]))
        }
        if step.kind == .learned, let fault = catalogue.fault(step.choice) {
            details.append(
                fault.name[language] + (fault.law == "-" ? "" : " (\(fault.law))"))
            details.append(text("views.complaints.owner", ["name": step.detail]))
        }
        if step.kind == .changeMade,
            let learning = file.learnings.first(where: { String($0.id.number) == step.detail })
        {
            details.append(learning.words)
        }
        details += step.words.split(separator: "\n").map(String.init)
        if let deadline = step.deadline {
            details.append(text("me.complaint.by", ["day": wording.day(deadline)]))
        }
        return details
    }
}
