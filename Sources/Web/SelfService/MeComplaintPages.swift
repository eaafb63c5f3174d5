import Chronology
import Jobcenter
import Law
import Registry
import Reporting
import Storage
import Views

extension Visit {
    /// Where the citizen's complaints are, what happens next and by when.
    func ownComplaints(_ file: CitizenFile) async throws -> CaseListPage {
        let (files, rules) = try await OwnCase(house).complaints(
            in: desk.municipality.code, by: actor)
        let waiting = files.filter(\.isOpen)
        let soonest = waiting.compactMap { $0.next(rules)?.due }.min()
        let headline: String
        if let soonest {
            headline = text("me.complaint.waiting", ["day": wording.day(soonest)])
        } else {
            headline = text(files.isEmpty ? "me.complaint.none" : "me.complaint.headline")
        }
        return CaseListPage(
            headline: headline, lead: text("me.complaint.lead"), receipt: ownReceipt(file),
            sections: [
                .init(
                    heading: text("me.complaint.all"), lines: files.map { line($0, rules) },
                    forms: [], nothing: text("me.complaint.nothing"))
            ],
            acts: [
                meForm(.complain), Link(text("me.complaint.adviser"), MeRoute.adviser.path),
            ])
    }

    private func line(_ file: ComplaintFile, _ rules: ComplaintRules) -> CaseListPage.Line {
        var details = [happens(file, rules)]
        if file.isOpen, file.isTooLate(rules), let last = file.lastDay(rules) {
            details.append(text("me.complaint.tooLate", ["day": wording.day(last)]))
        }
        if file.isOpen {
            details.append(
                text(file.isAboutDecision ? "me.complaint.board" : "me.complaint.noBoard"))
        }
        for step in file.steps where step.kind.isToldToCitizen {
            let said = self.details(step, file, rules.catalogue).joined(separator: " ")
            details.append(
                "\(wording.day(step.day)): \(words(step))" + (said.isEmpty ? "" : ". \(said)"))
        }
        return CaseListPage.Line(
            heading: text(
                "me.complaint.one",
                [
                    "number": String(file.id.number), "about": subject(file),
                    "day": wording.day(file.complaint.received),
                ]), details: details, by: "",
            links: file.isOpen
                ? [meForm(.withdrawComplaint, [("id", String(file.id.number))])] : [])
    }

    /// What happens next with a complaint, by when and why.
    private func happens(_ file: ComplaintFile, _ rules: ComplaintRules) -> String {
        if let ending = ending(file) { return ending }
        let today = house.clock.today()
        // What the municipality changes at its own place is not what the citizen waits for.
        guard let next = file.next(rules), next.kind != .change else {
            return text(
                file.stage == .forwarded ? "me.complaint.atBoard" : "me.complaint.noClock")
        }
        let key = next.state(on: today) == .overdue ? "late" : "next"
        let law = next.rule.map { " (\($0.law))" } ?? ""
        return text(
            "me.complaint.\(key).\(next.kind.rawValue)", ["day": wording.day(next.due)]) + law
    }
}

extension ComplaintStepKind {
    /// What the municipality learns from a complaint stays with it, as who is to change what is
    /// about its staff.
    fileprivate var isToldToCitizen: Bool { ![.learned, .changeMade].contains(self) }
}

/// Complaining; `id` names the decision complained of.
struct MeComplainForm: MeFormKind {
    var after: MeRoute { .complaints }

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let rules = try await ComplaintCase(visit.house).rules()
        return CaseForm(
            headline: visit.text("me.complaint.formHeadline"),
            lead: visit.text("me.complaint.formLead"),
            notices: visit.deadline(file, typed, rules).map { [Notice($0)] } ?? [],
            fields: visit.complaintFields(file, typed), save: visit.text("me.complaint.save"))
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        let subject: ComplaintSubject? = typed.choice("subject")
        let decision = typed.number("decision").map { FactID($0) }
        try typed.check()
        guard let subject else { throw FieldProblems([]) }
        return .saved(
            try await OwnCase(visit.house).complain(
                subject, typed.words("words"), decision: decision,
                in: visit.desk.municipality.code, by: visit.actor))
    }
}

extension Visit {
    /// How long the decision in the address can be complained of, and what if it is too late.
    fileprivate func deadline(
        _ file: CitizenFile, _ typed: Typed, _ rules: ComplaintRules
    ) -> String? {
        guard let id = typed.query.fact("id") else { return nil }
        let sent = file.registrations.lazy.compactMap { note -> Day? in
            guard case .decision(let decision) = note.fact, decision.id == id else { return nil }
            return decision.sent
        }.first
        guard let sent, let last = rules.deadline(on: sent)?.due.day(from: sent) else { return nil }
        return text(
            last >= house.clock.today() ? "me.complaint.until" : "me.complaint.over",
            ["day": wording.day(last)])
    }
}

/// Taking a complaint back; `id` names it.
struct MeWithdrawComplaintForm: MeFormKind {
    var after: MeRoute { .complaints }

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let files = try await OwnCase(visit.house).complaints(
            in: visit.desk.municipality.code, by: visit.actor
        ).files
        guard let found = files.first(where: { $0.id == typed.query.fact("id") }) else {
            throw FieldProblems([.init("id", "choice")])
        }
        return CaseForm(
            headline: visit.text("me.complaint.withdrawHeadline"),
            lead: visit.text("me.complaint.withdrawLead"),
            notices: [
                Notice(
                    visit.text("me.complaint.youWrote"),
                    lines: (found.filed?.words ?? "").split(separator: "\n").map {
                        .init(String($0))
                    })
            ],
            fields: [
                FormField(
                    "words", visit.text("me.complaint.why"), .long(typed.text("words")),
                    help: visit.text("me.complaint.whyHelp"))
            ], save: visit.text("me.complaint.withdraw"))
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        guard let id = typed.query.fact("id") else {
            throw FieldProblems([.init("words", "choice")])
        }
        return .saved(
            try await OwnCase(visit.house).withdraw(
                id, typed.words("words"), in: visit.desk.municipality.code, by: visit.actor))
    }
}
