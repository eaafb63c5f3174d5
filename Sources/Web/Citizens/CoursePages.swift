import Chronology
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// The guided way of the citizen's group, with what is done, due and open.
    func course(_ number: Int64, _ visit: Visit) async throws -> Answer {
        try await visit.aboutCitizen(number, "views.course.what") { file, purpose in
            let asked = visit.call.query["course"]
            let cases = CourseCase(house)
            let all = try await cases.catalogue()
            if let asked, all[asked] == nil { return visit.error(.notFound) }
            let found = try await cases.progress(of: file, asked: asked)
            return visit.page(
                CoursePage(
                    name: file.citizen.fullName, receipt: visit.receipt(in: file),
                    courses: found.map { visit.shown($0, file.citizen.id, purpose) },
                    choices: [Choice(value: "", label: visit.text("views.course.own"))]
                        + all.courses.map {
                            Choice(
                                value: $0.id, label: $0.name[visit.language],
                                isSelected: $0.id == asked)
                        },
                    purpose: purpose.text, action: Route.course(number).path),
                section: .citizens, breadcrumb: visit.trail(to: file, purpose))
        }
    }

    /// What is noted by forms of their own, what should be looked at, and what can be noted.
    func records(_ number: Int64, _ visit: Visit) async throws -> Answer {
        try await visit.aboutCitizen(number, "views.record.what") { file, purpose in
            let today = house.clock.today()
            let standing = file.registrations.compactMap {
                note -> (RegistrationNote, CaseRecord)? in
                guard case .caseRecord(let record) = note.fact else { return nil }
                return (note, record)
            }
            let may = visit.mayRegister
            let asked = [("purpose", Optional(purpose.text))]
            let sections = RecordKind.Section.allCases.map { section in
                let kinds = visit.records.kinds.filter { $0.section == section }
                let ids = Set(kinds.map(\.id))
                return CaseListPage.Section(
                    heading: visit.text("views.record.section.\(section.rawValue)"),
                    lines: standing.filter { ids.contains($0.1.record) }.map { note, record in
                        visit.line(note, record, today, may ? asked : nil)
                    },
                    forms: may
                        ? kinds.filter { !$0.hasOwnForm }.map {
                            Link(
                                $0.name[visit.language],
                                Route.citizenForm(number, .record).link(asked + [("id", $0.id)]))
                        } : [])
            }
            return visit.page(
                CaseListPage(
                    headline: visit.text(
                        "views.record.pageHeadline", ["name": file.citizen.fullName]),
                    lead: visit.text("views.record.lead"), receipt: visit.receipt(in: file),
                    warnings: visit.records.warnings(standing.map(\.1), on: today)
                        .map { visit.words($0) }, sections: sections),
                section: .citizens, breadcrumb: visit.trail(to: file, purpose))
        }
    }
}

extension Visit {
    /// A page about one citizen; first the question what for.
    func aboutCitizen(
        _ number: Int64, _ what: String,
        _ page: (CitizenFile, Purpose) async throws -> Answer
    ) async throws -> Answer {
        if let refusal = peopleRefusal { throw refusal }
        guard let purpose = statedPurpose else {
            return askPurpose(
                text(what), section: .citizens, breadcrumb: citizensTrail,
                back: Route.citizens.path)
        }
        let file = try await CitizenCase(house).file(
            of: CitizenID(number), in: desk.municipality.code, by: actor, purpose: purpose)
        guard let file else { return error(.notFound) }
        return try await page(file, purpose)
    }

    func trail(to file: CitizenFile, _ purpose: Purpose) -> [Link] {
        citizensTrail + [
            Link(
                file.citizen.fullName,
                Route.citizen(file.citizen.id.number).link([("purpose", purpose.text)]))
        ]
    }

    func receipt(in file: CitizenFile) -> CitizenPage.Receipt? {
        guard let number = call.query["receipt"].flatMap({ Int64($0) }) else { return nil }
        return file.registrations.first { $0.number == number }.map { receipt($0) }
    }

    func line(
        _ note: RegistrationNote, _ record: CaseRecord, _ today: Day,
        _ asked: [(String, String?)]?
    ) -> CaseListPage.Line {
        var shown = line(note, record, records, today) {
            asked.map {
                Route.citizenForm(record.citizen.number, .recordEnd)
                    .link($0 + [("record", String(record.id.number))])
            }
        }
        shown.details += representation(record)
        return shown
    }

    /// A record in a list; while it goes on it can be ended by the form at `end`.
    func line(
        _ note: RegistrationNote, _ record: some FormRecord, _ records: RecordCatalogue,
        _ today: Day, end: () -> String?
    ) -> CaseListPage.Line {
        let kind = records[record.record]
        let isOpen = kind?.lasts ?? false && (record.end ?? .openEnd) > today
        let days =
            isOpen && record.end == nil
            ? text("views.people.since", ["day": wording.day(record.start)])
            : record.end.flatMap { $0 == record.start ? nil : $0 }.map {
                text(
                    "law.rules.fromTo",
                    ["from": wording.day(record.start), "to": wording.day($0)])
            } ?? wording.day(record.start)
        return CaseListPage.Line(
            heading: "\(kind?.name[language] ?? record.record), \(days)",
            details: kind?.fields.compactMap { field in
                record.answers[field.id].map { answer(field, $0) }
            } ?? [],
            by: registeredBy(note),
            links: isOpen ? end().map { [Link(text("views.record.end"), $0)] } ?? [] : [])
    }

    fileprivate func shown(
        _ progress: CourseProgress, _ citizen: CitizenID, _ purpose: Purpose
    ) -> CoursePage.Course {
        let steps = progress.steps.map { found -> CoursePage.Step in
            let step = found.step
            let mark = step.confidence == .uncertain ? " " + text("law.rules.mark") : ""
            return CoursePage.Step(
                name: step.name[language], what: step.what[language],
                law: step.law == "-" ? nil : step.law + mark, state: state(found),
                stateText: stateText(found),
                form: mayRegister ? form(step.done, citizen.number, purpose) : nil,
                decide: mayRegister ? decisions(step, citizen.number, purpose) : [])
        }
        return CoursePage.Course(
            name: progress.course.name[language], what: progress.course.what[language],
            since: progress.since.map {
                text("views.course.since", ["day": wording.day($0)])
            }, done: steps.count { $0.state == .done }, steps: steps)
    }

    private func state(_ found: CourseProgress.Step) -> CoursePage.State {
        if let due = found.due, RegisteredFacts.canTell(due.rule) {
            return due.obligation.status == .overdue ? .overdue : .due
        }
        if found.done != nil { return .done }
        return found.step.isOptional ? .optional : .open
    }

    private func stateText(_ found: CourseProgress.Step) -> String {
        var texts: [String] = []
        if let due = found.due {
            let isOverdue = due.obligation.status == .overdue
            // What nobody registers by habit may have been done long ago.
            let key = !isOverdue ? "due" : RegisteredFacts.canTell(due.rule) ? "overdue" : "unknown"
            texts.append(
                text(
                    "views.course.\(key)",
                    ["day": wording.day(due.obligation.due)]))
        }
        if let note = found.done {
            let day = note.fact.valid?.start ?? note.recordedOn
            texts.append(
                text(
                    "views.course.done", ["day": wording.day(day), "what": words(note.fact)]))
        }
        if texts.isEmpty {
            texts.append(
                text(found.step.isOptional ? "views.course.optional" : "views.course.open"))
        }
        return texts.joined(separator: " ")
    }

    /// The forms of the decisions that the step ends in, with the rule chosen.
    private func decisions(
        _ step: CourseStep, _ citizen: Int64, _ purpose: Purpose
    ) -> [Link] {
        let today = house.clock.today()
        return step.done.rules.compactMap { id in
            guard let rule = entitlements[id], let version = rule.version(on: today) else {
                return nil
            }
            let name = rule.name[language]
            return Link(
                text("views.course.decide", ["rule": name]),
                Route.citizenForm(citizen, .decision).link([
                    ("purpose", purpose.text), ("rule", version.id), ("subject", name),
                    ("kind", DecisionKind.grant.rawValue),
                ]))
        }
    }

    /// The form that registers what the step asks for first.
    private func form(_ done: CourseMark, _ citizen: Int64, _ purpose: Purpose) -> String? {
        let asked = [("purpose", Optional(purpose.text))]
        func to(_ form: Route.CitizenForm, _ more: [(String, String?)] = []) -> String {
            Route.citizenForm(citizen, form).link(asked + more)
        }
        if let record = done.records.first { return to(.record, [("id", record)]) }
        if done.isPartialReturn { return to(.partialReturn) }
        if let kind = done.conversations.first {
            return to(.conversation, [("kind", kind.rawValue)])
        }
        if let effort = done.efforts.first { return to(.effort, [("measure", effort)]) }
        if let part = done.planParts.first { return to(.planLine, [("part", part.rawValue)]) }
        if let kind = done.decisions.first { return to(.decision, [("kind", kind.rawValue)]) }
        guard let act = done.acts.first else { return nil }
        switch act {
        case .planMade: return to(.planLine)
        case .conversation, .jointConversation, .sicknessFollowUp: return to(.conversation)
        case _ where CaseActCase.elsewhere.contains(act): return nil
        default: return to(.act, [("kind", act.rawValue)])
        }
    }
}
