import Chronology
import Jobcenter
import Law
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// A company's own pages. Nobody else sees them.
    func door(_ route: DoorRoute, _ visit: Visit) async throws -> Answer {
        if case .form(let form) = route { return try await doorForm(form, visit) }
        if case .agreement(let number) = route { return try await doorAgreement(number, visit) }
        if case .order(let number) = route { return try await doorOrder(number, visit) }
        let file = try await DoorCase(house).file(in: municipality.code, by: visit.actor)
        switch route {
        case .home: return visit.doorPage(visit.door(file), route)
        case .orders: return visit.doorPage(visit.doorOrders(file), route)
        case .agreements:
            let kinds = try await EffortCase(house).catalogue()
            return visit.doorPage(visit.doorAgreements(file, kinds), route)
        case .events: return visit.doorPage(visit.doorEvents(file), route)
        case .order, .agreement, .form: return visit.error(.notFound)
        }
    }
}

extension Visit {
    func doorPage(_ page: some Page, _ route: DoorRoute) -> Answer {
        self.page(page, section: route.section, breadcrumb: doorTrail(route))
    }

    /// The page above, for what is not in the navigation itself.
    func doorTrail(_ route: DoorRoute) -> [Link] {
        switch route {
        case .home, .orders, .agreements, .events: []
        case .order: [doorLink(.orders)]
        case .agreement: [doorLink(.agreements)]
        case .form(let form):
            switch form {
            case .order, .correct, .close, .answer, .say: [doorLink(.orders)]
            case .signUp, .focus: [doorLink(.events)]
            case .limits: [doorLink(.agreements)]
            case .fastTrack, .contact: [doorLink(.home)]
            }
        }
    }

    /// A link to one of the company's pages, named as in the navigation.
    func doorLink(_ route: DoorRoute) -> Link {
        Link(text("views.section.\(route.section.rawValue)"), route.path)
    }

    func doorForm(_ form: DoorRoute.Form, id: String? = nil) -> Link {
        Link(text("door.form.\(form.rawValue)"), Route.door(.form(form)).link([("id", id)]))
    }

    /// What waits for the company, and what it can do.
    fileprivate func door(_ file: DoorFile) -> CaseListPage {
        let today = house.clock.today()
        let answers = file.toAnswer.map { order in
            let count = order.candidates.count { order.stand(of: $0)?.isAnswered ?? false }
            return CaseListPage.Line(
                heading: text(
                    "door.home.answer.\(count == 1 ? "one" : "many")",
                    ["n": wording.number(count), "title": title(of: order)]),
                details: [text("door.home.answerText")], by: "",
                links: [Link(text("door.home.see"), DoorRoute.order(order.order.id.number).path)])
        }
        let signatures = file.toSign(on: today).map { standing in
            CaseListPage.Line(
                heading: text(
                    "door.home.sign", ["day": wording.day(standing.agreement.deadline)]),
                details: [text("door.home.signText")], by: "",
                links: [
                    Link(
                        text("door.home.signNow"),
                        DoorRoute.agreement(standing.agreement.id.number).path)
                ])
        }
        let opinions = file.toSay(on: today).prefix(3).map { order in
            CaseListPage.Line(
                heading: text("door.home.say", ["title": title(of: order)]),
                details: [text("door.home.sayText")], by: "",
                links: [doorForm(.say, id: String(order.order.id.number))])
        }
        let invitations = file.invitations.filter { $0.waits(on: today) }
            .map { line($0, isOwnPage: false) { doorForm(.focus, id: $0) } }
        let waiting = answers + signatures + opinions + invitations
        let open = file.orders.filter(\.isOpen)
        return CaseListPage(
            headline: text(
                waiting.isEmpty
                    ? "door.home.nothing"
                    : "door.home.waits.\(waiting.count == 1 ? "one" : "many")",
                ["n": wording.number(waiting.count)]),
            lead: text("door.home.lead", ["company": file.company.name]),
            receipt: receipt(in: file.registrations + file.contacts.map(\.registration)),
            sections: [
                .init(
                    heading: text("door.home.waiting"), lines: waiting, forms: [],
                    nothing: text("door.home.nothingText")),
                .init(
                    heading: text("door.home.open"), lines: open.prefix(5).map { line($0) },
                    forms: [], nothing: text("door.orders.none")),
                .init(heading: text("door.home.help"), lines: help(file, today), forms: []),
            ], acts: [doorForm(.order)])
    }

    /// What can be asked before the company decides.
    private func help(_ file: DoorFile, _ today: Day) -> [CaseListPage.Line] {
        let planned = file.contacts.filter {
            $0.contact.status == .planned && $0.contact.day >= today
        }
        return [DoorRoute.Form.limits, .fastTrack, .contact].map { form in
            CaseListPage.Line(
                heading: text("door.help.\(form.rawValue)"),
                details: [text("door.help.\(form.rawValue)Text")]
                    + (form == .contact ? planned : []).map {
                        text("door.home.planned", ["day": wording.day($0.contact.day)])
                    }, by: "", links: [doorForm(form)])
        }
    }

    /// An order among others.
    fileprivate func line(_ order: OrderSummary) -> CaseListPage.Line {
        var details = [
            stage(order), positions(order.order.positions),
            text("door.orders.hired", ["n": wording.number(order.hired)]),
        ]
        if let day = order.promised {
            details.append(text("door.orders.promised", ["day": wording.day(day)]))
        }
        return CaseListPage.Line(
            heading: title(of: order), details: details, by: "",
            links: [Link(text("door.home.see"), DoorRoute.order(order.order.id.number).path)])
    }

    fileprivate func doorOrders(_ file: DoorFile) -> CaseListPage {
        let open = file.orders.filter(\.isOpen)
        return CaseListPage(
            headline: text(
                "door.orders.headline.\(open.count == 1 ? "one" : "many")",
                ["n": wording.number(open.count)]),
            lead: text("door.orders.lead"),
            sections: [
                .init(
                    heading: text("door.home.open"), lines: open.map { line($0) }, forms: [],
                    nothing: text("door.orders.none")),
                .init(
                    heading: text("door.orders.closed"),
                    lines: file.orders.filter { !$0.isOpen }.prefix(20).map { line($0) },
                    forms: []),
            ], acts: [doorForm(.order)])
    }

    fileprivate func doorAgreements(
        _ file: DoorFile, _ kinds: EffortCatalogue
    ) -> CaseListPage {
        let today = house.clock.today()
        let waiting = Set(file.toSign(on: today).map(\.agreement.id))
        func lines(_ all: [AgreementStanding]) -> [CaseListPage.Line] {
            all.map { standing in
                let number = standing.agreement.id.number
                let stage = standing.stage(on: today)
                return CaseListPage.Line(
                    heading: title(of: standing.agreement, kinds[standing.agreement.measure]),
                    details: [text("views.agreement.stage.\(stage.rawValue)")], by: "",
                    links: [
                        Link(text("views.agreements.open"), DoorRoute.agreement(number).path)
                    ])
            }
        }
        return CaseListPage(
            headline: text(
                "door.agreements.headline.\(waiting.count == 1 ? "one" : "many")",
                ["n": wording.number(waiting.count)]),
            lead: text("door.agreements.lead"),
            sections: [
                .init(
                    heading: text("door.agreements.waiting"),
                    lines: lines(file.agreements.filter { waiting.contains($0.agreement.id) }),
                    forms: [], nothing: text("door.agreements.none")),
                .init(
                    heading: text("door.agreements.others"),
                    lines: lines(
                        file.agreements.filter { !waiting.contains($0.agreement.id) }
                            .prefix(20).map(\.self)), forms: []),
            ], acts: [doorForm(.limits)])
    }

    fileprivate func doorEvents(_ file: DoorFile) -> CaseListPage {
        let today = house.clock.today()
        func lines(_ events: [EventSummary]) -> [CaseListPage.Line] {
            events.map { summary in
                let isOpen = summary.event.last >= today && summary.event.kind.isForCompanies
                return CaseListPage.Line(
                    heading: summary.event.title,
                    details: [when(summary.event)]
                        + file.stands(at: summary).map { stand in
                            text(
                                "door.events.stand",
                                [
                                    "title": stand.title, "seats": wording.number(stand.seats),
                                    "taken": wording.number(summary.taken(at: stand.id).count),
                                ])
                        }, by: "",
                    links: isOpen
                        ? [doorForm(.signUp, id: String(summary.event.id.number))] : [])
            }
        }
        let coming = file.events.filter { $0.event.last >= today }
        return CaseListPage(
            headline: text(
                "door.events.headline.\(coming.count == 1 ? "one" : "many")",
                ["n": wording.number(coming.count)]),
            lead: text("door.events.lead"),
            receipt: receipt(in: file.stands + file.invitations.map(\.note)),
            sections: [
                .init(
                    heading: text("views.events.coming"), lines: lines(coming), forms: [],
                    nothing: text("views.events.noneComing")),
                .init(
                    heading: text("focus.all"),
                    lines: file.invitations.map { line($0) { doorForm(.focus, id: $0) } },
                    forms: []),
                .init(
                    heading: text("views.events.past"),
                    lines: lines(file.events.filter { $0.event.last < today }.reversed()),
                    forms: []),
            ])
    }
}
