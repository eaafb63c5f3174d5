import Chronology
import Identifiers
import Jobcenter
import Matching
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// Every open order, or also those that are closed.
    func orders(_ visit: Visit) async throws -> Answer {
        let book = try await OrderCase(house).book(of: municipality.code, by: visit.actor)
        let names = try await CompanyCase(house).names(in: municipality.code, by: visit.actor)
        let asked = visit.call.query["state"] ?? "open"
        let shown = book.orders.reversed().filter { asked == "all" || $0.isOpen }
        let states = [("open", "stateOpen"), ("all", "stateAll")].map { state, key in
            Choice(
                value: state, label: visit.text("views.orders.\(key)"), isSelected: state == asked)
        }
        return visit.page(
            OrdersPage(
                headline: visit.text(
                    "views.orders.headline", ["n": visit.wording.number(book.open.count)]),
                lead: visit.text("views.orders.lead"), states: states,
                orders: shown.map { order in
                    OrdersPage.Order(
                        title: visit.title(of: order),
                        href: Route.order(order.order.id.number).path,
                        company: names[order.order.unit]?.name ?? "",
                        kind: order.description.map {
                            visit.text("term.jobKind.\($0.kind.rawValue)")
                        } ?? "", stage: visit.stage(order), positions: order.order.positions,
                        hired: order.placements.count,
                        created: visit.wording.day(order.order.created),
                        deadline: order.order.deadline.map { visit.wording.day($0) } ?? "")
                }, action: Route.orders.path),
            section: .companies, breadcrumb: visit.companiesTrail)
    }

    /// One order.
    func order(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard let purpose = visit.orderPurpose(number),
            let file = try await OrderCase(house).file(
                of: FactID(number), in: municipality.code, by: visit.actor, purpose: purpose)
        else { return visit.error(.notFound) }
        let books = try await CandidateCase(house).books()
        return visit.page(
            try await visit.page(of: file, books), section: .companies,
            breadcrumb: visit.trail(to: file.company))
    }

    /// Who fits an order.
    func candidates(_ number: Int64, _ visit: Visit) async throws -> Answer {
        let purpose = visit.orderPurpose(number)
        let found = try await CandidateCase(house).candidates(
            for: FactID(number), in: municipality.code, by: visit.actor, purpose: purpose)
        guard let found else { return visit.error(.notFound) }
        let books = try await CandidateCase(house).books()
        return visit.page(
            visit.page(of: found, books, purpose?.text ?? ""), section: .companies,
            breadcrumb: visit.companiesTrail + [
                Link(visit.title(of: found.order), Route.order(number).path)
            ])
    }
}

extension Visit {
    /// What those around an order are looked at for.
    func orderPurpose(_ number: Int64) -> Purpose? {
        Purpose(text("web.purpose.order", ["number": String(number)]))
    }

    /// `Lagermedarbejder`, or what the occupation's group is called.
    func title(of order: OrderSummary) -> String {
        order.description?.title
            ?? text("term.occupationGroup.\(order.order.occupationGroup)")
    }

    func stage(_ order: OrderSummary) -> String {
        let stage = text("term.orderStage.\(order.stage.rawValue)")
        guard let reason = order.closing?.reason else { return stage }
        return "\(stage): \(text("term.orderReason.\(reason.rawValue)"))"
    }

    func trail(to company: Company?) -> [Link] {
        companiesTrail
            + (company.map { [Link($0.name, Route.company($0.cvr.number).path)] } ?? [])
    }

    /// How a citizen stands to an order: `formidlet`, `fik nej: mangler kompetencer`.
    func words(_ stand: CandidateStand) -> String {
        switch stand {
        case .volunteered: text("term.stand.volunteered")
        case .declined: text("term.stand.declined")
        case .referred: text("term.stand.referred")
        case .interviewed: text("term.stand.interviewed")
        case .hired: text("term.stand.hired")
        case .rejected(let reason):
            text("term.stand.rejected")
                + (reason.map { ": " + text("term.orderReason.\($0.rawValue)") } ?? "")
        }
    }

    /// An order's page.
    fileprivate func page(
        of file: OrderFile, _ books: MatchingBooks
    ) async throws -> CaseListPage {
        let order = file.summary
        return CaseListPage(
            headline: text(
                "views.order.headline",
                ["title": title(of: order), "company": file.company?.name ?? ""]),
            lead: text(
                "views.order.lead",
                [
                    "stage": stage(order), "positions": positions(order.order.positions),
                    "hired": wording.number(order.placements.count),
                ]), receipt: receipt(in: file.registrations),
            warnings: order.promised.map { day in
                [
                    text(
                        day < house.clock.today()
                            ? "views.companies.answerLate" : "views.companies.answerBy",
                        ["day": wording.day(day)])
                ]
            } ?? [],
            sections: [
                wanted(file, books), terms(order), people(file), history(file),
            ], acts: next(order))
    }

    /// The likely next act: settle the order, find candidates, say how it went.
    private func next(_ order: OrderSummary) -> [Link] {
        let number = order.order.id.number
        let find = Link(text("views.order.findCandidates"), Route.candidates(number).path)
        guard mayRegisterCompany, order.isOpen else { return [] }
        switch order.stage {
        case .received: return forms(order, [.step]) + [find]
        case .clarified, .shared: return order.description == nil ? [] : [find]
        default: return forms(order, [.hire, .candidate])
        }
    }

    private func wanted(_ file: OrderFile, _ books: MatchingBooks) -> CaseListPage.Section {
        let order = file.summary
        var details: [String] = []
        func add(_ key: String, _ value: String) {
            if !value.isEmpty { details.append("\(text("views.orderForm.\(key)")): \(value)") }
        }
        if let wanted = order.description {
            if !wanted.occupation.isEmpty {
                add("occupation", occupation(wanted.occupation, books))
            }
            add("kind", text("term.jobKind.\(wanted.kind.rawValue)"))
            add("must", skills(wanted.must, books))
            add("nice", skills(wanted.nice, books))
            details.append(hours(wanted.hours))
            add(
                "postcode",
                books.place(wanted.postcode).map { "\($0.number) \($0.name)" } ?? wanted.postcode)
            add("start", wanted.start.map { wording.day($0) } ?? text("views.order.soonest"))
            add("deadline", order.order.deadline.map { wording.day($0) } ?? "")
            add("answerBy", wording.day(wanted.answerBy))
            add("contact", wanted.contact)
            add("text", wanted.text)
        } else {
            details.append(text("views.order.noDescription"))
        }
        let may = mayRegisterCompany && order.isOpen && file.company != nil
        return CaseListPage.Section(
            heading: text("views.order.wanted"),
            lines: [CaseListPage.Line(heading: title(of: order), details: details, by: "")],
            forms: may ? forms(order, [.correct]) : [])
    }

    /// Who may take the job, and on which terms.
    private func terms(_ order: OrderSummary) -> CaseListPage.Section {
        guard let kind = order.description?.kind else {
            return CaseListPage.Section(heading: text("views.order.terms"), lines: [], forms: [])
        }
        return CaseListPage.Section(
            heading: text("views.order.terms"),
            lines: [
                CaseListPage.Line(
                    heading: text("term.jobKind.\(kind.rawValue)"),
                    details: [
                        text("views.order.who.\(kind.rawValue)"),
                        text("views.order.everyTeam"),
                    ], by: "",
                    links: [Link(text("views.company.askLaw"), Route.allowed.path)])
            ], forms: [])
    }

    private func forms(_ order: OrderSummary, _ forms: [Route.OrderForm]) -> [Link] {
        forms.map {
            Link(
                text("views.orderStep.\($0.rawValue)"),
                Route.orderForm(order.order.id.number, $0).path)
        }
    }

    private func people(_ file: OrderFile) -> CaseListPage.Section {
        let order = file.summary
        let may = mayRegisterCompany && order.isOpen
        let number = order.order.id.number
        var links: [Link] = []
        if order.isOpen, order.description != nil {
            links.append(Link(text("views.order.findCandidates"), Route.candidates(number).path))
        }
        if may, order.candidates.contains(where: { order.stand(of: $0)?.isOpen ?? false }) {
            links.append(Link(text("views.orderStep.hire"), Route.orderForm(number, .hire).path))
        }
        return CaseListPage.Section(
            heading: text("views.order.people"),
            lines: order.candidates.compactMap { citizen in
                guard let stand = order.stand(of: citizen) else { return nil }
                var acts: [Link] = []
                if may, stand == .volunteered {
                    acts.append(
                        Link(
                            text("views.orderStep.refer"),
                            Route.orderForm(number, .refer).link([
                                ("id", String(citizen.number))
                            ])))
                }
                if may, stand == .referred || stand == .interviewed {
                    acts.append(
                        Link(
                            text("views.orderStep.candidate"),
                            Route.orderForm(number, .candidate).link([
                                ("id", String(citizen.number))
                            ])))
                    acts.append(
                        Link(
                            text("views.orderStep.hire"),
                            Route.orderForm(number, .hire).link([
                                ("id", String(citizen.number))
                            ])))
                }
                return CaseListPage.Line(
                    heading: file.people[citizen]?.fullName ?? "", details: [words(stand)],
                    by: "", links: acts)
            }, forms: links, nothing: text("views.order.nobody"))
    }

    private func history(_ file: OrderFile) -> CaseListPage.Section {
        CaseListPage.Section(
            heading: text("views.order.history"),
            lines: file.registrations.map { note in
                CaseListPage.Line(
                    heading: heading(note.fact), details: told(note.fact, file),
                    by: registeredBy(note))
            },
            forms: mayRegisterCompany ? forms(file.summary, [.step]) : [])
    }

    private func heading(_ fact: Fact) -> String {
        guard case .orderEvent(let event) = fact else {
            return text("views.fact.\(fact.kind.rawValue)")
        }
        return text("term.orderEvent.\(event.kind.rawValue)")
    }

    private func told(_ fact: Fact, _ file: OrderFile) -> [String] {
        func name(_ citizen: CitizenID?) -> String? {
            citizen.flatMap { file.people[$0]?.fullName }
        }
        switch fact {
        case .orderEvent(let event):
            return [
                wording.day(event.day), name(event.citizen),
                event.reason.map { text("term.orderReason.\($0.rawValue)") },
                event.text.isEmpty ? nil : event.text,
            ].compactMap { $0 }
        case .referral(let referral):
            return [wording.day(referral.day), name(referral.citizen)].compactMap { $0 }
        case .placement(let placement):
            return [
                wording.day(placement.day), name(placement.citizen),
                text("term.employment.\(placement.terms.rawValue)"),
            ].compactMap { $0 }
        case .jobOrder(let order):
            return [
                wording.day(order.created), positions(order.positions),
            ]
        default: return []
        }
    }
}
