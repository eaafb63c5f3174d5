import Jobcenter
import Registry
import Reporting
import Storage
import Views

extension Visit {
    /// The citizens' adviser as the citizen meets the adviser: what it is, yes or no to seeing
    /// the case, and what was written.
    func ownAdviser(_ file: CitizenFile) async throws -> CaseListPage {
        let thread = try await OwnCase(house).adviserThread(in: desk.municipality.code, by: actor)
        return CaseListPage(
            headline: text(
                thread.hasConsent ? "me.adviser.yesHeadline" : "me.adviser.noHeadline"),
            lead: text("me.adviser.lead"), receipt: ownReceipt(file),
            sections: [
                .init(
                    heading: text("me.adviser.consent"),
                    lines: [
                        .init(
                            heading: text(thread.hasConsent ? "me.adviser.yes" : "me.adviser.no"),
                            details: [
                                text(
                                    thread.hasConsent ? "me.adviser.yesText" : "me.adviser.noText")
                            ], by: "", links: [meForm(.adviserConsent)])
                    ], forms: []),
                .init(
                    heading: text("me.adviser.written"),
                    lines: thread.entries.reversed().map { line($0) }, forms: [],
                    nothing: text("me.adviser.nothing")),
            ], acts: [meForm(.askAdviser), Link(text("me.adviser.back"), MeRoute.complaints.path)])
    }

    private func line(_ entry: AdviserEntry) -> CaseListPage.Line {
        CaseListPage.Line(
            heading: "\(wording.day(entry.day)): \(words(entry))",
            details: entry.words.split(separator: "\n").map(String.init), by: "")
    }

    /// `Borgeren spørger: sagsbehandlingstid`
    func words(_ entry: AdviserEntry) -> String {
        let what = text("term.adviserEntry.\(entry.kind.rawValue)")
        let choice: String? =
            switch entry.kind {
            case .asked:
                AdviserSubject(rawValue: entry.choice).map {
                    text("term.adviserSubject.\($0.rawValue)")
                }
            case .closed:
                AdviserOutcome(rawValue: entry.choice).map {
                    text("term.adviserOutcome.\($0.rawValue)")
                }
            default: nil
            }
        return choice.map { "\(what): \($0.lowercasedFirst)" } ?? what
    }
}

/// Yes or no to the adviser seeing the case.
struct MeAdviserConsentForm: MeFormKind {
    var after: MeRoute { .adviser }

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let thread = try await OwnCase(visit.house).adviserThread(
            in: visit.desk.municipality.code, by: visit.actor)
        let chosen = typed.text("choice", or: thread.hasConsent ? "yes" : "")
        return CaseForm(
            headline: visit.text("me.adviser.consentHeadline"),
            lead: visit.text("me.adviser.consentLead"),
            fields: [
                FormField(
                    "choice", visit.text("me.adviser.consentChoice"),
                    .radios(
                        ["yes", "no"].map {
                            Choice(
                                value: $0, label: visit.text("me.adviser.answer.\($0)"),
                                isSelected: $0 == chosen)
                        }))
            ], save: visit.text("me.adviser.consentSave"))
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        guard let answer = typed.query["choice"], ["yes", "no"].contains(answer) else {
            throw FieldProblems([.init("choice", "choice")])
        }
        return .saved(
            try await OwnCase(visit.house).consent(
                answer == "yes", in: visit.desk.municipality.code, by: visit.actor))
    }
}

/// Asking the adviser, or writing on.
struct MeAskAdviserForm: MeFormKind {
    var after: MeRoute { .adviser }

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let thread = try await OwnCase(visit.house).adviserThread(
            in: visit.desk.municipality.code, by: visit.actor)
        let words = FormField(
            "words", visit.text("me.adviser.words"), .long(typed.text("words")),
            help: visit.text("me.adviser.wordsHelp"))
        if let open = thread.open {
            return CaseForm(
                headline: visit.text("me.adviser.onHeadline"),
                lead: visit.text("me.adviser.onLead"),
                notices: [
                    Notice(
                        visit.words(open),
                        lines: open.words.split(separator: "\n").map { .init(String($0)) })
                ], fields: [words], save: visit.text("me.adviser.save"))
        }
        return CaseForm(
            headline: visit.text("me.adviser.askHeadline"),
            lead: visit.text("me.adviser.askLead"),
            fields: [
                FormField(
                    "choice", visit.text("me.adviser.about"),
                    .radios(
                        visit.choices(
                            AdviserSubject.self, "term.adviserSubject",
                            selected: typed.text("choice")))),
                words,
            ], save: visit.text("me.adviser.save"))
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        .saved(
            try await OwnCase(visit.house).ask(
                typed.query["choice"].flatMap { AdviserSubject(rawValue: $0) },
                typed.words("words"), in: visit.desk.municipality.code, by: visit.actor))
    }
}
