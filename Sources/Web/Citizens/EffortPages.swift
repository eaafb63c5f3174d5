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
    /// Every effort for a citizen: goal, hours, what must be in place, how it has gone.
    func efforts(_ number: Int64, _ visit: Visit) async throws -> Answer {
        let catalogue = try await EffortCase(house).catalogue()
        return try await visit.aboutCitizen(number, "views.efforts.what") { file, purpose in
            let today = house.clock.today()
            let asked = [("purpose", Optional(purpose.text))]
            let notes = file.registrations.filter { $0.fact.kind == .effort }
            let (open, ended) = (
                notes.filter { visit.isOpen($0.fact) }, notes.filter { !visit.isOpen($0.fact) }
            )
            let late = open.compactMap { note -> String? in
                guard case .effort(let effort) = note.fact, let next = effort.followUp,
                    next < today
                else { return nil }
                return visit.text(
                    "views.efforts.late",
                    ["effort": visit.words(effort, catalogue), "day": visit.wording.day(next)])
            }
            return visit.page(
                CaseListPage(
                    headline: visit.text("views.efforts.headline", ["name": file.citizen.fullName]),
                    lead: visit.text("views.efforts.lead"), receipt: visit.receipt(in: file),
                    warnings: late,
                    sections: [
                        CaseListPage.Section(
                            heading: visit.text("views.efforts.open"),
                            lines: open.map { visit.line($0, file, catalogue, asked) },
                            forms: visit.mayRegister
                                ? [
                                    Link(
                                        visit.text("views.citizen.form.effort"),
                                        Route.citizenForm(number, .effort).link(asked)),
                                    Link(
                                        visit.text("views.agreement.new"),
                                        Route.newAgreement.link([("id", String(number))])),
                                ] : [], nothing: visit.text("views.efforts.none")),
                        visit.agreements(in: file, catalogue),
                        CaseListPage.Section(
                            heading: visit.text("views.efforts.ended"),
                            lines: ended.map { visit.line($0, file, catalogue, asked) }, forms: []),
                    ]), section: .citizens, breadcrumb: visit.trail(to: file, purpose))
        }
    }
}

extension Visit {
    /// The citizen's agreements with employers.
    fileprivate func agreements(
        in file: CitizenFile, _ catalogue: EffortCatalogue
    ) -> CaseListPage.Section {
        CaseListPage.Section(
            heading: text("views.agreements.title"),
            lines: file.registrations.compactMap { note in
                guard case .agreement(let agreement) = note.fact else { return nil }
                return CaseListPage.Line(
                    heading: title(of: agreement, catalogue[agreement.measure]),
                    details: [agreement.tasks], by: registeredBy(note),
                    links: [
                        Link(
                            text("views.agreements.open"),
                            Route.agreement(agreement.id.number).path)
                    ])
            }, forms: [])
    }

    fileprivate func isOpen(_ fact: Fact) -> Bool {
        if case .effort(let effort) = fact { effort.outcome == nil } else { false }
    }

    fileprivate func line(
        _ note: RegistrationNote, _ file: CitizenFile, _ catalogue: EffortCatalogue,
        _ asked: [(String, String?)]
    ) -> CaseListPage.Line {
        guard case .effort(let effort) = note.fact else {
            return CaseListPage.Line(heading: words(note.fact), details: [], by: "")
        }
        let kind = catalogue[effort.measure]
        let number = effort.citizen.number
        let id = [("effort", Optional(String(effort.id.number)))]
        var links: [Link] = []
        if effort.outcome == nil, mayRegister {
            links = [
                Link(
                    text("views.citizen.form.follow-up"),
                    Route.citizenForm(number, .followUp).link(asked + id)),
                Link(
                    text("views.citizen.form.effort-end"),
                    Route.citizenForm(number, .effortEnd).link(asked + id)),
            ]
        }
        links += effort.outcome == nil ? reminders(kind, effort, file) : []
        let days =
            effort.end.map {
                text(
                    "law.rules.fromTo",
                    ["from": wording.day(effort.start), "to": wording.day($0)])
            } ?? text("views.people.since", ["day": wording.day(effort.start)])
        return CaseListPage.Line(
            heading: "\(kind?.name[language] ?? effort.measure), \(days)",
            details: details(effort, file),
            by: registeredBy(note), links: links)
    }

    private func details(_ effort: Effort, _ file: CitizenFile) -> [String] {
        var details = [text("views.efforts.goal", ["goal": effort.goal])]
        if let unit = effort.unit {
            details.append(text("views.efforts.unit", ["number": unit.description]))
        }
        if !effort.contact.isEmpty {
            details.append(text("views.efforts.contact", ["name": effort.contact]))
        }
        details += file.hours(of: effort.id).map { hours in
            text(
                "views.efforts.hours",
                [
                    "day": wording.day(hours.start),
                    "hours": wording.number(hours.weekly.hours, decimals: 1),
                ])
        }
        details += file.effortRecords(NewEffort.conditionsRecord, effort.id).flatMap { record in
            (record.answers["conditions"] ?? "").split(separator: "\n").map(String.init)
        }
        details += file.effortRecords(EffortFollowUp.recordKind, effort.id).map { record in
            text(
                "views.efforts.followedUp",
                ["day": wording.day(record.start), "how": record.answers["how"] ?? ""])
        }
        if let outcome = effort.outcome {
            details.append(
                text(
                    "views.efforts.outcome",
                    ["outcome": text("term.outcome.\(outcome.rawValue)")]))
        } else if let next = effort.followUp {
            details.append(text("views.efforts.next", ["day": wording.day(next)]))
        }
        return details
    }

    /// What must be in place before it begins, with what the case tells filled in.
    private func reminders(_ kind: EffortKind?, _ effort: Effort, _ file: CitizenFile) -> [Link] {
        guard let kind, effort.start > house.clock.today() else { return [] }
        let group = file.registrations.compactMap { note -> String? in
            guard case .targetGroup(let period) = note.fact, period.holds(on: effort.start) else {
                return nil
            }
            return period.group.rawValue
        }.first
        return kind.reminds.map { id in
            Link(
                text(
                    "views.efforts.reminder",
                    ["question": questionName(id), "day": wording.day(effort.start)]),
                Route.entitlement(id).link([
                    ("on", effort.start.iso), ("group", group), ("starts", effort.start.iso),
                    ("wageSubsidy", kind.employment == .wageSubsidy ? "1" : nil),
                ]))
        }
    }
}

extension CitizenFile {
    /// In the order of their days.
    fileprivate func hours(of effort: FactID) -> [EffortHours] {
        registrations.compactMap { note -> EffortHours? in
            guard case .effortHours(let hours) = note.fact, hours.effort == effort else {
                return nil
            }
            return hours
        }.sorted { $0.start < $1.start }
    }

    /// What is noted of an effort by a kind of record.
    fileprivate func effortRecords(_ kind: String, _ effort: FactID) -> [CaseRecord] {
        records.filter {
            $0.record == kind && $0.answers["effort"] == String(effort.number)
        }.sorted { $0.start < $1.start }
    }
}

/// Noting how an effort goes, and changing its hours or its last day.
struct EffortFollowUpForm: CaseFormKind {
    func after(_ citizen: CitizenID) -> Route { .efforts(citizen.number) }

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let today = visit.house.clock.today()
        let catalogue = try await EffortCase(visit.house).catalogue()
        let open = file.efforts.filter { $0.outcome == nil && $0.start <= today }
        let chosen = typed.text("effort", or: open.first.map { String($0.id.number) } ?? "")
        let kind = open.first { String($0.id.number) == chosen }.flatMap { catalogue[$0.measure] }
        let next = today + 7 * (kind?.followUpWeeks ?? 4)
        let questions = try await questions(typed, file.citizen.id, visit)
        return CaseForm(
            headline: visit.text("views.followUp.headline", ["name": file.citizen.fullName]),
            lead: visit.text(open.isEmpty ? "views.followUp.none" : "views.followUp.lead"),
            fields: [
                FormField(
                    "effort", visit.text("views.effortEnd.effort"),
                    .select(
                        open.map {
                            Choice(
                                value: String($0.id.number), label: visit.words($0, catalogue),
                                isSelected: String($0.id.number) == chosen)
                        })),
                FormField("how", visit.text("views.followUp.how"), .long(typed.text("how"))),
                FormField(
                    "day", visit.text("views.conversation.day"),
                    .day(typed.text("day", or: today.iso))),
                FormField(
                    "next", visit.text("views.followUp.next"),
                    .day(typed.text("next", or: next.iso))),
                FormField(
                    "from", visit.text("views.followUp.from"), .day(typed.text("from")),
                    help: visit.text("views.followUp.fromHelp")),
                FormField(
                    "hours", visit.text("views.followUp.hours"), .text(typed.text("hours"))),
                FormField(
                    "newEnd", visit.text("views.followUp.newEnd"), .day(typed.text("newEnd")),
                    help: visit.text("views.followUp.newEndHelp")),
                FormField(
                    "extended", visit.text("views.effort.extended"), .tick(typed.tick("extended"))),
                FormField("single", visit.text("views.effort.single"), .tick(typed.tick("single"))),
            ] + questions.fields(typed, visit), hidden: questions.hidden,
            save: visit.text("views.followUp.save"))
    }

    /// What the law asks before the effort can last longer.
    private func questions(
        _ typed: Typed, _ citizen: CitizenID, _ visit: Visit
    ) async throws -> QuestionFields {
        var reading = typed
        guard let effort = typed.query.fact("effort"), let end = reading.optionalDay("newEnd")
        else {
            return QuestionFields(questions: [])
        }
        return QuestionFields(
            questions: try await EffortCase(visit.house).questions(
                lasting: effort, until: end, of: citizen,
                in: visit.desk.municipality.code, by: visit.actor))
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let effort = typed.chosen("effort")
        let day = typed.day("day")
        let next = typed.optionalDay("next")
        let newEnd = typed.optionalDay("newEnd")
        let from = typed.optionalDay("from")
        let hours = typed.hours("hours")
        if from != nil, typed.query["hours"] == nil { typed.reject("hours", "hoursMissing") }
        if hours != nil, typed.query["from"] == nil { typed.reject("from", "day") }
        let questions = try await questions(typed, citizen, visit)
        let answers = questions.wereShown(typed) ? questions.told(&typed) : [:]
        try typed.check()
        guard let effort, let day else { throw FieldProblems([]) }
        if !questions.wereShown(typed) {
            return .shown([Notice(visit.text("views.effort.answerThese"))])
        }
        var told = EffortFollowUp(effort: effort, day: day, how: typed.words("how"))
        told.next = next
        told.newEnd = newEnd
        told.isExtended = typed.tick("extended")
        told.isSingleParent = typed.tick("single")
        told.told = answers
        told.answered = questions.lines(answers, visit)
        if let from, let hours { told.hours = NewEffort.Hours(from: from, weekly: hours) }
        do {
            return .saved(
                try await EffortCase(visit.house).followUp(
                    told, of: citizen, in: visit.desk.municipality.code, by: visit.actor,
                    purpose: purpose))
        } catch let refusal as EffortRefusal {
            typed.reject("newEnd", "lawSaysNo")
            return .shown(visit.notices(refusal.checks))
        }
    }
}
