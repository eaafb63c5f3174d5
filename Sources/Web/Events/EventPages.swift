import Chronology
import Identifiers
import Jobcenter
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Desk {
    func events(_ route: EventRoute, _ visit: Visit) async throws -> Answer {
        switch route {
        case .list: return try await eventList(visit)
        case .new: return try await newEvent(visit)
        case .one(let number): return try await event(number, visit)
        case .fill(let number): return try await fillEvent(number, visit)
        case .form(let number, let form): return try await eventForm(number, form, visit)
        }
    }

    private func eventList(_ visit: Visit) async throws -> Answer {
        let book = try await EventCase(house).book(of: municipality.code, by: visit.actor)
        let today = house.clock.today()
        let coming = book.events.filter { $0.event.last >= today }
        let past = book.events.filter { $0.event.last < today }.reversed()
        let page = CaseListPage(
            headline: visit.text(
                coming.count == 1 ? "views.events.one" : "views.events.many",
                ["n": visit.wording.number(coming.count)]),
            lead: visit.text("views.events.lead"),
            sections: [
                CaseListPage.Section(
                    heading: visit.text("views.events.coming"),
                    lines: coming.map { visit.line($0) }, forms: [],
                    nothing: visit.text("views.events.noneComing")),
                CaseListPage.Section(
                    heading: visit.text("views.events.past"), lines: past.map { visit.line($0) },
                    forms: []),
            ],
            acts: (visit.mayRegisterCompany
                ? [Link(visit.text("views.events.new"), EventRoute.new.path)] : [])
                + [Link(visit.text("views.shops.all"), ShopRoute.list.path)])
        return visit.page(page, section: .companies, breadcrumb: visit.companiesTrail)
    }

    private func event(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard let purpose = visit.eventPurpose(number),
            let file = try await EventCase(house).file(
                of: FactID(number), in: municipality.code, by: visit.actor, purpose: purpose)
        else { return visit.error(.notFound) }
        return visit.page(
            visit.page(of: file), section: .companies, breadcrumb: visit.eventsTrail)
    }
}

extension Visit {
    var eventsTrail: [Link] {
        companiesTrail + [Link(text("views.events.all"), EventRoute.list.path)]
    }

    /// What those at an event are looked at for.
    func eventPurpose(_ number: Int64) -> Purpose? {
        Purpose(text("web.purpose.event", ["number": String(number)]))
    }

    /// `Jobdating, 14. januar 2026 kl. 9.00–12.00, Rådhuset`
    func when(_ event: JobEvent) -> String {
        var words = text("term.eventKind.\(event.kind.rawValue)") + ", " + wording.day(event.start)
        if let end = event.end, end != event.start { words += "–" + wording.day(end) }
        if let begins = event.begins {
            words += " " + text("views.companies.at", ["time": clock(begins)])
            if let ends = event.ends { words += "–" + clock(ends) }
        }
        return event.place.isEmpty ? words : words + ", " + event.place
    }

    fileprivate func line(_ summary: EventSummary) -> CaseListPage.Line {
        let seats = summary.stands.reduce(0) { $0 + $1.seats }
        return CaseListPage.Line(
            heading: summary.event.title,
            details: [
                when(summary.event),
                text(
                    "views.events.counts",
                    [
                        "people": wording.number(summary.participants.count),
                        "stands": wording.number(summary.stands.count),
                        "seats": wording.number(seats),
                    ]),
            ], by: "",
            links: [
                Link(
                    text("views.events.open"), EventRoute.one(summary.event.id.number).path)
            ])
    }

    /// One who takes part: the name, or the member and the card's number.
    func name(_ participant: Participant, _ file: EventFile) -> String {
        switch participant {
        case .citizen(let citizen): file.people[citizen]?.fullName ?? ""
        case .card(let member, let number):
            text(
                "views.event.guest", ["member": memberName(member), "number": String(number)])
        }
    }

    /// A member of a pool: a municipality by its name, a fund by its own.
    func memberName(_ member: String) -> String {
        Int32(member).flatMap { house.municipalities[$0]?.name } ?? member
    }

    private func eventLink(_ form: EventRoute.EventForm, _ file: EventFile, id: String? = nil)
        -> Link
    {
        let route = Route.events(.form(file.summary.event.id.number, form))
        return Link(text("views.eventForm.\(form.rawValue)"), route.link([("id", id)]))
    }

    fileprivate func page(of file: EventFile) -> CaseListPage {
        let summary = file.summary
        let today = house.clock.today()
        let isOver = summary.event.last < today
        var acts: [Link] = []
        if mayRegisterCompany {
            let isNow = summary.event.start <= today && !summary.participants.isEmpty
            acts = isNow ? [eventLink(.attendance, file)] : isOver ? [] : [eventLink(.signUp, file)]
            if !summary.stands.isEmpty, !summary.participants.isEmpty, !isOver {
                acts.append(
                    Link(
                        text("views.event.fill"),
                        EventRoute.fill(summary.event.id.number).path))
            }
        }
        return CaseListPage(
            headline: summary.event.title, lead: when(summary.event),
            receipt: receipt(in: file.registrations),
            sections: [
                CaseListPage.Section(
                    heading: text("views.event.about"), lines: [about(summary)],
                    forms: mayRegisterCompany ? [eventLink(.edit, file)] : []),
                CaseListPage.Section(
                    heading: text("views.event.stands"),
                    lines: summary.stands.map { stand($0, file) },
                    forms: mayRegisterCompany ? [eventLink(.stand, file)] : [],
                    nothing: text("views.event.noStands")),
                CaseListPage.Section(
                    heading: text("views.event.people"),
                    lines: summary.signUps.map { signUp($0, file) },
                    forms: mayRegisterCompany && !isOver ? [eventLink(.signUp, file)] : [],
                    nothing: text("views.event.nobody")),
                outcome(file),
            ], acts: acts)
    }

    private func about(_ summary: EventSummary) -> CaseListPage.Line {
        let event = summary.event
        var details = event.programme.split(whereSeparator: \.isNewline).map(String.init)
        func add(_ key: String, _ value: String) {
            if !value.isEmpty { details.append("\(text("views.eventForm.\(key)")): \(value)") }
        }
        add("postcode", event.postcode)
        add("places", wording.number(event.places))
        if let slots = summary.slots, let length = event.slot {
            details.append(
                text(
                    "views.event.slots",
                    ["n": wording.number(slots), "minutes": wording.number(length)]))
        }
        add("school", event.school)
        add("course", event.course)
        add("jobStart", event.jobStart.map { wording.day($0) } ?? "")
        let promised = summary.stands.reduce(0) { $0 + $1.promised }
        if promised > 0 {
            details.append(text("views.event.promised", ["n": wording.number(promised)]))
        }
        return CaseListPage.Line(
            heading: text("term.eventKind.\(event.kind.rawValue)"), details: details, by: "")
    }

    private func stand(_ stand: EventStand, _ file: EventFile) -> CaseListPage.Line {
        let taken = file.summary.taken(at: stand.id)
        var details = [
            text(
                "views.event.seats",
                ["taken": wording.number(taken.count), "seats": wording.number(stand.seats)])
        ]
        if stand.promised > 0 {
            details.append(
                text("views.event.promised", ["n": wording.number(stand.promised)]))
        }
        details += taken.map { seat in
            let time = seat.slot.flatMap { file.summary.time(of: $0) }
            return (time.map { clock($0) + " " } ?? "") + name(seat.participant, file)
        }
        var links: [Link] = []
        if let order = stand.order {
            links.append(Link(text("views.orders.open"), Route.order(order.number).path))
        }
        if mayRegisterCompany {
            links.append(
                Link(
                    text("views.event.correctStand"),
                    eventLink(.stand, file, id: String(stand.id.number)).href))
        }
        let company = stand.company.flatMap { file.companies[$0]?.name }
        return CaseListPage.Line(
            heading: [stand.title, company].compactMap { $0 == stand.title ? nil : $0 }
                .reduce(stand.title) { "\($0), \($1)" }, details: details, by: "", links: links)
    }

    private func signUp(_ one: EventSignUp, _ file: EventFile) -> CaseListPage.Line {
        let summary = file.summary
        var details = [text("term.signUp.\(one.state.rawValue)")]
        if one.participant.citizen == nil, file.pool?.card(one.participant) == nil {
            details.append(text("views.event.cardGone"))
        }
        let wishes = one.wishes.compactMap { summary.stand($0)?.title }
        if !wishes.isEmpty {
            details.append(
                text("views.event.wishes", ["stands": wishes.joined(separator: ", ")]))
        }
        details += summary.taken(by: one.participant).map { seat in
            let time = seat.slot.flatMap { summary.time(of: $0) }.map { clock($0) }
            let kept = seat.state == .fixed ? ", " + text("term.seat.fixed") : ""
            return [time, summary.stand(seat.stand)?.title].compactMap { $0 }
                .joined(separator: " ") + kept
        }
        if let outcome = file.outcomes[one.participant] {
            details.append(
                outcome.firstJob.map { text("views.event.firstJob", ["day": wording.day($0)]) }
                    ?? text("views.event.noJob"))
        }
        var links: [Link] = []
        let isOver = summary.event.last < house.clock.today()
        if mayRegisterCompany, one.state.isIn, !isOver {
            links = [
                eventLink(.signUp, file, id: one.participant.written),
                eventLink(.seat, file, id: one.participant.written),
            ]
            links[0].text = text("views.event.changeWishes")
        }
        return CaseListPage.Line(
            heading: name(one.participant, file), details: details, by: "", links: links)
    }

    /// What came of it, counted from those above.
    private func outcome(_ file: EventFile) -> CaseListPage.Section {
        let summary = file.summary
        let came = summary.signUps.count { $0.state == .attended }
        let absent = summary.signUps.count { $0.state == .absent }
        guard came + absent > 0 else {
            return CaseListPage.Section(heading: "", lines: [], forms: [])
        }
        var details = [
            text(
                "views.event.came",
                ["n": wording.number(came), "absent": wording.number(absent)])
        ]
        for months in EventOutcome.months {
            let day = wording.day(summary.event.last.adding(months: months))
            if let found = file.inWork(after: months) {
                details.append(
                    text(
                        "views.event.inWork.\(months)",
                        [
                            "n": wording.number(found.count), "all": wording.number(found.of),
                            "day": day,
                        ]))
            } else {
                details.append(text("views.event.inWorkLater.\(months)", ["day": day]))
            }
        }
        return CaseListPage.Section(
            heading: text("views.event.outcome"),
            lines: [
                CaseListPage.Line(
                    heading: text("views.event.outcomeOf"), details: details, by: "")
            ], forms: [])
    }
}
