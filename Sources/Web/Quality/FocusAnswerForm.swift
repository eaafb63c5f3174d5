import Chronology
import Jobcenter
import Registry
import Reporting
import Storage
import Views

/// What a citizen or a company says to taking part in a focus group or a trial.
struct FocusAnswerForm: MeFormKind, DoorFormKind {
    var after: MeRoute { .talks }

    func after(_ query: Query) -> DoorRoute { .events }

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        try form(
            await OwnCase(visit.house).focusGroups(
                in: visit.desk.municipality.code, by: visit.actor), typed, visit)
    }

    func form(_ file: DoorFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        try form(file.invitations, typed, visit)
    }

    private func form(
        _ invitations: [FocusInvitation], _ typed: Typed, _ visit: Visit
    ) throws -> CaseForm {
        guard let found = invitations.first(where: { $0.member.id == typed.query.fact("id") })
        else { throw FieldProblems([.init("id", "choice")]) }
        let standing = found.member.consent == .given ? "yes" : nil
        return CaseForm(
            headline: visit.text("focus.headline", ["title": found.group.title]),
            lead: visit.text("focus.lead"),
            notices: [
                Notice(
                    visit.text("focus.about"), lines: visit.told(found).map { .init($0) })
            ],
            fields: [
                FormField(
                    "answer", visit.text("focus.answer"),
                    .radios(
                        ["yes", "no"].map {
                            Choice(
                                value: $0, label: visit.text("focus.\($0)"),
                                isSelected: typed.text("answer", or: standing ?? "") == $0)
                        }), help: visit.text("focus.answerHelp"))
            ], save: visit.text("focus.save"))
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        guard let id = typed.query.fact("id"), let answer = typed.query["answer"],
            ["yes", "no"].contains(answer)
        else { throw FieldProblems([.init("answer", "choice")]) }
        let code = visit.desk.municipality.code
        return .saved(
            visit.actor.role == .employer
                ? try await DoorCase(visit.house).answer(
                    id, takesPart: answer == "yes", in: code, by: visit.actor)
                : try await OwnCase(visit.house).answer(
                    id, takesPart: answer == "yes", in: code, by: visit.actor))
    }
}

extension Visit {
    /// Invitations that wait for the citizen's answer.
    func focusLines(_ file: CitizenFile) async throws -> [CaseListPage.Line] {
        // Most have none, and need no look at the groups.
        let isInvited = file.registrations.contains { note in
            guard case .focusMember(let member) = note.fact else { return false }
            return member.consent == .invited
        }
        guard isInvited else { return [] }
        let today = house.clock.today()
        return try await OwnCase(house).focusGroups(in: desk.municipality.code, by: actor)
            .filter { $0.waits(on: today) }
            .map { line($0, isOwnPage: false) { meForm(.focus, [("id", $0)]) } }
    }

    /// An invitation, with what was said and came of it when that is known. `answer` makes the
    /// link to the form, of the invitation's number.
    func line(
        _ found: FocusInvitation, isOwnPage: Bool = true, answer: (String) -> Link
    ) -> CaseListPage.Line {
        CaseListPage.Line(
            heading: isOwnPage
                ? "\(wording.day(found.group.day)): \(found.group.title)"
                : text("focus.headline", ["title": found.group.title]),
            details: (isOwnPage ? [text("focus.state.\(found.member.consent.rawValue)")] : [])
                + told(found), by: "",
            links: found.isOpen(on: house.clock.today()) && actor.representation == nil
                ? [answer(String(found.member.id.number))] : [])
    }

    fileprivate func told(_ found: FocusInvitation) -> [String] {
        let group = found.group
        var lines = [
            text(
                "focus.when",
                [
                    "kind": text("focus.kind.\(group.kind.rawValue)"),
                    "day": wording.day(group.day),
                ]), group.initiative,
        ]
        if !group.result.isEmpty { lines.append(text("focus.said", ["text": group.result])) }
        if !group.changed.isEmpty { lines.append(text("focus.changed", ["text": group.changed])) }
        return lines
    }
}
