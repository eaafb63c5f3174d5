import Chronology
import Indicators
import Jobcenter
import Parameters
import Registry
import Reporting
import Views

extension Desk {
    /// First the question what for, then the persons behind the figure.
    func people(_ id: String, _ visit: Visit) async throws -> Answer {
        guard let view = try await indicatorView(id, visit) else { return visit.error(.notFound) }
        if let refusal = visit.peopleRefusal { throw refusal }
        guard let purpose = visit.statedPurpose else { return try await purposePage(view, visit) }
        return try await peoplePage(view, purpose, visit)
    }

    private func request(_ view: IndicatorView) -> FigureRequest {
        FigureRequest(
            view.definition.id, periods: [view.period], filter: view.filter, asOf: view.asOf)
    }

    private func purposePage(_ view: IndicatorView, _ visit: Visit) async throws -> Answer {
        let cells = try await FiguresCase(house).figures(
            request(view), of: municipality.code, knownAt: view.knownAt, by: visit.actor)
        return visit.askPurpose(
            view.definition.name[visit.language],
            figure: visit.figure(cells.first, view.definition.unit, view.period),
            part: visit.words(view.filter), section: .indicators,
            breadcrumb: breadcrumb(view, visit), back: back(view, visit))
    }

    private func back(_ view: IndicatorView, _ visit: Visit) -> String {
        Route.indicator(view.definition.id.name).link(
            [("period", view.period.description)] + FilterQuery.pairs(view.filter)
                + visit.dayQuery)
    }

    private func breadcrumb(_ view: IndicatorView, _ visit: Visit) -> [Link] {
        [
            Link(visit.text("views.section.indicators"), Route.indicators.path),
            Link(view.definition.name[visit.language], back(view, visit)),
        ]
    }

    private func peoplePage(
        _ view: IndicatorView, _ purpose: Purpose, _ visit: Visit
    ) async throws -> Answer {
        var fields = FieldReader(visit.call.query)
        let page = try fields.page()
        let portion = 100
        let found = try await FiguresCase(house).people(
            behind: request(view), of: municipality.code, knownAt: view.knownAt,
            from: (page - 1) * portion, count: portion, by: visit.actor, purpose: purpose)
        let decimals = Wording.decimals(view.definition.unit)
        let hasMore = page * portion < found.total
        let next =
            hasMore
            ? Route.people(view.definition.id.name).link(
                visit.call.query.pairs.filter { !["page", "purpose", "lang"].contains($0.name) }
                    .map { ($0.name, $0.value) }
                    + [("purpose", purpose.text), ("page", String(page + 1))]) : nil
        return visit.page(
            PeoplePage(
                indicator: view.definition.name[visit.language],
                figure: ShownFigure(
                    value: found.figures.first?.value.map { .number($0) } ?? .missing,
                    unit: view.definition.unit, decimals: decimals, period: view.period,
                    isProvisional: found.figures.first?.isProvisional ?? false),
                part: visit.words(view.filter), purpose: purpose.text,
                lookupNumber: Int(found.lookup), total: found.total,
                people: found.people.map { visit.person($0, purpose) },
                others: found.others.map { visit.registration($0) }, nextHref: next,
                back: back(view, visit)), section: .indicators,
            breadcrumb: breadcrumb(view, visit))
    }
}

extension FieldReader {
    /// A page number, from 1.
    mutating func page() throws(BadInput) -> Int {
        guard let text = query["page"] else { return 1 }
        guard let number = Int(text), (1...100_000).contains(number) else {
            reject("before", text, "web.accepted.number")
            try check()
            return 1
        }
        return number
    }
}

extension Visit {
    /// The purpose in the form that was sent, or in the address; nil when none is stated.
    var statedPurpose: Purpose? {
        let typed = [call.form["purpose"], call.form["note"]].compactMap { $0 }
        let stated = call.method == .post ? typed.joined(separator: ": ") : call.query["purpose"]
        return stated.flatMap { Purpose($0) }
    }

    /// The question what for, before persons are shown.
    func askPurpose(
        _ what: String, figure: ShownFigure? = nil, part: String? = nil, section: Section,
        breadcrumb: [Link], back: String
    ) -> Answer {
        let isPost = call.method == .post
        return page(
            PurposePage(
                indicator: what, figure: figure, part: part, purposes: purposes(), action: ownLink,
                isPurposeMissing: isPost, note: call.form["note"] ?? "", back: back),
            section: section, breadcrumb: breadcrumb, status: isPost ? 400 : 200)
    }

    /// `usual` is selected where nothing is stated.
    func purposes(_ usual: String? = nil) -> [Choice] {
        ["planFollowUp", "quality", "casework", "errors"].map { key in
            let label = text("web.purpose.\(key)")
            let stated = call.form["purpose"] ?? call.query["purpose"]
            return Choice(
                value: label, label: label,
                isSelected: stated.map { $0 == label } ?? (key == usual))
        }
    }

    func person(_ person: PersonBehindFigure, _ purpose: Purpose) -> PeoplePage.Person {
        let sum = person.contributions.reduce(0) { $0 + $1.contribution.numerator }
        return PeoplePage.Person(
            cpr: person.citizen.cpr,
            name: person.citizen.fullName,
            share: sum == 1 ? nil : sum,
            registrations: person.contributions.map { registration($0) },
            href: Route.citizenLaw(person.citizen.id.number).link([("purpose", purpose.text)]))
    }

    func registration(_ entry: ContributionWithNote) -> PeoplePage.Registration {
        let valid = entry.fact?.valid
        return PeoplePage.Registration(
            kind: entry.contribution.kind, number: entry.contribution.id, from: valid?.start,
            to: valid?.end, detail: detail(entry))
    }

    /// What the fact is, and where the ledger has it.
    private func detail(_ entry: ContributionWithNote) -> String {
        guard let fact = entry.fact, let note = entry.receipt else { return "" }
        let what = words(fact)
        let receipt = text(
            "term.receipt",
            [
                "number": wording.number(Int(note.number)), "day": note.recordedOn.danish,
                "hash": String(note.hash.prefix(12)),
            ])
        return what.isEmpty ? receipt : "\(what). \(receipt)"
    }

    func words(_ fact: Fact) -> String {
        switch fact {
        case .benefitSpell(let f):
            text("term.benefit.\(f.benefit.rawValue)")
                + (f.degree == .full ? "" : ", " + hours(f.degree))
        case .conversation(let f):
            text("term.conversation.\(f.kind.rawValue)") + ", "
                + text("term.status.\(f.status.rawValue)")
        case .offer(let f): text("term.offer.\(f.kind.rawValue)") + ", " + hours(f.weekly)
        case .employment(let f):
            text("term.employment.\(f.kind.rawValue)") + ", " + hours(f.weekly)
        case .matchCategory(let f): text("term.matchCategory.\(f.category.rawValue)")
        case .targetGroup(let f): text("term.targetGroup.\(f.group.rawValue)")
        case .jobOrder(let f): positions(f.positions)
        case .company(let f): f.name
        case .companyContact(let f): text("term.status.\(f.status.rawValue)")
        case .planItem(let f): text("term.planPart.\(f.part.rawValue)") + ": " + f.text
        case .effort(let f):
            f.goal + (f.outcome.map { ", " + text("term.outcome.\($0.rawValue)") } ?? "")
        case .effortHours(let f): hours(f.weekly)
        case .partialReturn(let f): hours(f.weekly)
        case .caseRecord(let f): words(f)
        case .caseAct(let f): text("law.act.\(f.kind.rawValue)")
        case .decision(let f): text("term.decision.\(f.kind.rawValue)") + ": " + f.subject
        case .conversationNote(let f): f.text
        case .message(let f): words(f)
        case .agreement(let f): f.tasks
        case .agreementSigner(let f): f.name
        case .agreementMark(let f): text("term.agreementMark.\(f.kind.rawValue)")
        case .orderEvent(let f): text("term.orderEvent.\(f.kind.rawValue)")
        case .complaintStep(let f): words(f)
        case .adviserEntry(let f): text("term.adviserEntry.\(f.kind.rawValue)")
        case .shopVisit(let f):
            f.topics.map { text("term.visitTopic.\($0.rawValue)") }.joined(separator: ", ")
        case .eventSignUp(let f): text("term.signUp.\(f.state.rawValue)")
        case .eventSeat(let f): text("term.seat.\(f.state.rawValue)")
        case .document(let f):
            f.title + ", " + text("term.messageParty.\(f.sender.rawValue)").lowercased()
        default: ""
        }
    }

    /// `1 stilling`, `3 stillinger`
    func positions(_ count: Int) -> String {
        text("term.positions.\(count == 1 ? "one" : "many")", ["n": wording.number(count)])
    }

    private func hours(_ time: WeeklyTime) -> String {
        text("term.hours", ["hours": wording.number(time.hours, decimals: 1)])
    }
}
