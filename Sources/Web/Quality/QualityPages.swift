import Chronology
import Jobcenter
import Registry
import Reporting
import Views

extension Desk {
    func quality(_ route: QualityRoute, _ visit: Visit) async throws -> Answer {
        if route == .heard { return try await heardVoices(visit) }
        try Policy.require(.manageQuality, by: visit.actor, in: municipality.code)
        switch route {
        case .hub: return try await qualityHub(visit)
        case .heard: return visit.error(.notFound)
        case .newSample: return try await newSample(visit)
        case .sample(let number): return try await sample(number, visit)
        case .figures(let number): return try await sampleFile(number, visit)
        case .close(let number): return try await closeSample(number, visit)
        case .review(let number): return try await review(number, visit)
        case .caseFile(let number): return try await caseFile(number, visit)
        case .actions: return try await qualityActions(visit)
        case .newAction: return try await qualityAction(nil, visit)
        case .action(let number): return try await qualityAction(number, visit)
        case .training: return try await training(visit)
        case .theme(let theme): return try await training(theme, visit)
        case .newCourse: return try await trainingCourse(nil, visit)
        case .course(let number): return try await trainingCourse(number, visit)
        case .groups: return try await focusGroups(visit)
        case .newGroup: return try await focusGroupForm(nil, visit)
        case .group(let number): return try await focusGroup(number, visit)
        case .editGroup(let number): return try await focusGroupForm(number, visit)
        case .invite(let number): return try await focusInvitation(number, visit)
        case .member(let group, let number):
            return try await focusMember(group, number, visit)
        case .councils: return try await councils(visit)
        case .newMatter: return try await councilMatter(nil, visit)
        case .matter(let number): return try await councilMatter(number, visit)
        }
    }

    func qualityBook(_ visit: Visit) async throws -> QualityBook {
        try await QualityCase(house).book(of: municipality.code, by: visit.actor)
    }

    /// What waits today.
    private func qualityHub(_ visit: Visit) async throws -> Answer {
        let book = try await qualityBook(visit)
        let today = house.clock.today()
        let open = book.audits.filter { $0.audit.closed == nil }
        let late = book.open.filter { $0.due < today }
        let unanswered = book.unanswered
        let overdue = unanswered.filter { $0.due < today }
        let waiting = open.reduce(0) { $0 + $1.cases.count - $1.reviewed }
        let acts = [
            visit.quality("new.sample", .newSample), visit.quality("new.action", .newAction),
            visit.quality("actions", .actions), visit.quality("training", .training),
            visit.quality("groups", .groups), visit.quality("councils", .councils),
            visit.quality("heard", .heard),
            Link(
                visit.text("views.section.complaints"),
                (visit.mayReadComplaints ? ComplaintRoute.list : .overview).path),
            Link(visit.text("views.trends.link"), Route.feedbackTrends.path),
            Link(visit.text("views.section.surveys"), SurveyRoute.list.path),
        ]
        return visit.qualityPage(
            headline: waiting + late.count + overdue.count == 0
                ? visit.text("views.quality.nothingWaits")
                : visit.text(
                    "views.quality.waits",
                    [
                        "cases": visit.wording.number(waiting),
                        "actions": visit.wording.number(late.count),
                        "councils": visit.wording.number(overdue.count),
                    ]),
            lead: visit.text("views.quality.lead"), acts: acts,
            parts: [
                visit.part("openSamples", open.map { visit.line($0) }, "noOpenSamples"),
                visit.part(
                    "openActions", book.open.map { visit.line($0, book, today) },
                    "noOpenActions"),
                visit.part(
                    "unanswered", unanswered.map { visit.line($0, today) }, "noUnanswered"),
                visit.part(
                    "closedSamples",
                    book.audits.filter { $0.audit.closed != nil }.map { visit.line($0) },
                    "noClosedSamples"),
            ], breadcrumb: [])
    }

    /// What councils and groups said and what was changed; open to everybody.
    private func heardVoices(_ visit: Visit) async throws -> Answer {
        let heard = try await QualityCase(house).heard(in: municipality.code)
        let lines = { (matters: [CouncilMatter]) in matters.map { visit.openLine($0) } }
        return visit.page(
            PoolPage(
                headline: visit.text("views.heard.headline"),
                lead: visit.text("views.heard.lead"),
                parts: Council.allCases.map { council in
                    .lines(
                        CaseListPage.Section(
                            heading: visit.text("term.council.\(council.rawValue)"),
                            lines: lines(heard.matters.filter { $0.council == council }),
                            forms: [], nothing: visit.text("views.heard.none")))
                } + [
                    .lines(
                        CaseListPage.Section(
                            heading: visit.text("views.heard.groups"),
                            lines: heard.groups.map { visit.openLine($0) }, forms: [],
                            nothing: visit.text("views.heard.none")))
                ]))
    }
}

extension Visit {
    var mayManageQuality: Bool {
        Policy.refusal(of: .manageQuality, by: actor, in: desk.municipality.code) == nil
    }

    /// Why a person's case is read in a sample, as the log has it.
    func auditPurpose(_ audit: FactID?) -> Purpose? {
        Purpose(
            text("web.purpose.caseAudit", ["number": audit.map { String($0.number) } ?? ""]))
    }

    /// Why quality is registered.
    var qualityPurpose: Purpose? { Purpose(text("web.purpose.qualityWork")) }

    func quality(_ key: String, _ route: QualityRoute) -> Link {
        Link(text("views.quality.\(key)"), route.path)
    }

    var qualityTrail: [Link] { [Link(text("views.section.quality"), QualityRoute.hub.path)] }

    /// A page of this part, with what was registered just now.
    func qualityPage(
        headline: String, lead: String, acts: [Link] = [], parts: [PoolPage.Part],
        breadcrumb: [Link]? = nil
    ) -> Answer {
        page(
            PoolPage(
                headline: headline, lead: lead,
                receipt: call.query["receipt"].flatMap { Int($0) }.map {
                    text("views.quality.receipt", ["number": wording.number($0)])
                }, acts: acts, parts: parts),
            section: .quality, breadcrumb: breadcrumb ?? qualityTrail)
    }

    func part(
        _ heading: String, _ lines: [CaseListPage.Line], _ nothing: String
    ) -> PoolPage.Part {
        .lines(
            CaseListPage.Section(
                heading: text("views.quality.\(heading)"), lines: lines, forms: [],
                nothing: text("views.quality.\(nothing)")))
    }

    /// A sample and how far it is.
    func line(_ summary: AuditSummary) -> CaseListPage.Line {
        let audit = summary.audit
        return CaseListPage.Line(
            heading: audit.title,
            details: [
                audit.closed.map {
                    text("views.quality.closedOn", ["day": wording.day($0)])
                }
                    ?? text(
                        "views.quality.progress",
                        [
                            "done": wording.number(summary.reviewed),
                            "all": wording.number(summary.cases.count),
                        ])
            ], by: "",
            links: [
                Link(text("views.quality.open"), QualityRoute.sample(audit.id.number).path)
            ])
    }

    /// An action; red in words where it is late.
    func line(
        _ action: QualityAction, _ book: QualityBook, _ today: Day
    ) -> CaseListPage.Line {
        let owner = book.staff[action.owner]?.name ?? String(action.owner.number)
        var details = [
            text(
                "views.quality.ownerDue", ["owner": owner, "day": wording.day(action.due)])
        ]
        if let audit = action.audit.flatMap({ book.audit($0) }) {
            details.append(text("views.quality.fromSample", ["title": audit.audit.title]))
        }
        if let done = action.done {
            details.append(
                text(
                    "views.quality.doneOn",
                    ["day": wording.day(done), "result": action.result]))
        }
        return CaseListPage.Line(
            heading: action.text, details: details, by: "",
            links: [
                Link(
                    text("views.quality.\(action.done == nil ? "finish" : "correct")"),
                    QualityRoute.action(action.id.number).path)
            ], alert: action.done == nil ? overdue(action.due, today) : nil)
    }

    /// What was put to a council; red in words where the answer is late.
    func line(_ matter: CouncilMatter, _ today: Day) -> CaseListPage.Line {
        var line = openLine(matter)
        line.details.append(
            text(
                "views.quality.askedBy",
                ["who": matter.askedBy, "day": wording.day(matter.due)]))
        line.links = [
            Link(
                text("views.quality.\(matter.answered == nil ? "answerMatter" : "correct")"),
                QualityRoute.matter(matter.id.number).path)
        ]
        line.alert = matter.answered == nil ? overdue(matter.due, today) : nil
        return line
    }

    private func overdue(_ due: Day, _ today: Day) -> String? {
        due < today
            ? text(
                "views.quality.overdue",
                ["day": wording.day(due)]) : nil
    }

    /// What a council was asked and said, as everybody may read it.
    fileprivate func openLine(_ matter: CouncilMatter) -> CaseListPage.Line {
        var details = [
            text(
                "views.heard.asked",
                ["day": wording.day(matter.asked), "text": matter.text])
        ]
        if let answered = matter.answered {
            details.append(
                text(
                    "views.heard.answered",
                    ["day": wording.day(answered), "text": matter.answer]))
            details.append(changed(matter.changed, matter.changedOn))
        }
        return CaseListPage.Line(heading: matter.title, details: details, by: "")
    }

    /// What a group said and what was changed, as everybody may read it: nobody is named.
    fileprivate func openLine(_ summary: FocusSummary) -> CaseListPage.Line {
        let group = summary.group
        return CaseListPage.Line(
            heading: group.title,
            details: [
                text(
                    "views.heard.held",
                    [
                        "kind": text("term.focusKind.\(group.kind.rawValue)"),
                        "audience": group.audience, "day": wording.day(group.day),
                    ]),
                text("views.heard.initiative", ["text": group.initiative]),
                text("views.heard.said", ["text": group.result]),
                changed(group.changed, group.changedOn),
            ], by: "")
    }

    private func changed(_ words: String, _ day: Day?) -> String {
        day.map { text("views.heard.changed", ["day": wording.day($0), "text": words]) }
            ?? text("views.heard.notChanged")
    }
}
