import Chronology
import Exchange
import Identifiers
import Jobcenter
import Matching
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// A shared order: what is wanted, who was offered and hired, and who fits.
    func poolOrder(_ place: PoolRoute.Place, _ visit: Visit) async throws -> Answer {
        let view = try await visit.pool(place.code)
        guard let order = view.order(place) else { return visit.error(.notFound) }
        let books = try await CandidateCase(house).books()
        let found =
            order.isOpen
            ? try await PoolCase(house, chance: .system).candidates(
                for: place.number, of: place.owner, in: place.code, from: municipality.code,
                by: visit.actor, purpose: visit.poolPurpose(place.code)) : nil
        var standing: OrderSummary?
        if place.owner == municipality.code.description {
            standing = try await OrderCase(house).book(
                of: municipality.code, by: visit.actor)[FactID(place.number)]
        }
        return visit.page(
            PoolPage(
                headline: visit.text(
                    "views.poolOrder.headline",
                    ["title": order.told.title, "owner": visit.name(order.owner)]),
                lead: visit.text(
                    order.isOpen ? "views.poolOrder.lead" : "views.poolOrder.leadClosed",
                    [
                        "positions": visit.positions(order.told.positions),
                        "hired": visit.wording.number(order.hired),
                        "owner": visit.name(order.owner),
                    ]),
                receipt: visit.poolReceipt,
                acts: standing.map {
                    [
                        Link(
                            visit.text("views.poolOrder.own"),
                            Route.order($0.order.id.number).path)
                    ]
                } ?? [],
                parts: [
                    .lines(visit.wanted(order, books)),
                    .lines(visit.offers(order, view, standing, place, books)),
                ] + (found.map { visit.candidates($0, place, books) } ?? [])),
            section: .companies,
            breadcrumb: visit.trail(to: view.partnership))
    }
}

extension PoolView {
    func order(_ place: PoolRoute.Place) -> PoolState.Order? {
        state.orders.first { $0.owner == place.owner && $0.number == place.number }
    }
}

extension Visit {
    func trail(to partnership: Partnership) -> [Link] {
        poolsTrail + [Link(partnership.name, Route.pool(.one(partnership.code)).path)]
    }

    fileprivate func wanted(
        _ order: PoolState.Order, _ books: MatchingBooks
    ) -> CaseListPage.Section {
        let told = order.told
        var details: [String] = []
        func add(_ key: String, _ value: String) {
            if !value.isEmpty { details.append("\(text("views.orderForm.\(key)")): \(value)") }
        }
        if !told.occupation.isEmpty { add("occupation", occupation(told.occupation, books)) }
        add("kind", text("term.jobKind.\(told.kind)"))
        add("must", skills(told.must, books))
        add("nice", skills(told.nice, books))
        details.append(
            hours(
                WeeklyHours(
                    least: WeeklyTime(minutes: told.hoursLeast),
                    most: WeeklyTime(minutes: told.hoursMost))))
        add(
            "postcode",
            books.place(told.postcode).map { "\($0.number) \($0.name)" } ?? told.postcode)
        add("start", told.start.map { day($0) } ?? text("views.order.soonest"))
        add("deadline", told.deadline.map { day($0) } ?? "")
        add("answerBy", day(told.answerBy))
        return CaseListPage.Section(
            heading: text("views.order.wanted"),
            lines: [CaseListPage.Line(heading: told.title, details: details, by: "")], forms: [])
    }

    /// Offers and hires, with owner, candidate's municipality and credit told apart.
    fileprivate func offers(
        _ order: PoolState.Order, _ view: PoolView, _ standing: OrderSummary?,
        _ place: PoolRoute.Place, _ books: MatchingBooks
    ) -> CaseListPage.Section {
        let mine = { (owner: String, number: Int64) in
            owner == order.owner && number == order.number
        }
        let open = view.state.offers.filter { mine($0.owner, $0.order) && !$0.isHired }
        let hires = view.state.hires.filter { mine($0.owner, $0.order) && $0.isConfirmed }
        let sides = { (member: String) in
            [
                text("views.poolOrder.ownerIs", ["member": name(order.owner)]),
                text("views.poolOrder.candidateIs", ["member": name(member)]),
            ]
        }
        return CaseListPage.Section(
            heading: text("views.poolOrder.offers"),
            lines: open.map { offer in
                let isSent = standing?.isReferred(offer.number, of: offer.member) ?? false
                let card = view.state.cards.first {
                    $0.member == offer.member && $0.number == offer.card
                }
                return CaseListPage.Line(
                    heading: text(
                        "views.pool.offerName",
                        ["number": String(offer.number), "member": name(offer.member)]),
                    details: (card.map { told($0.told, books) } ?? []) + sides(offer.member)
                        + [
                            text(
                                "views.poolOrder."
                                    + (isSent
                                        ? "isSent" : order.isOpen ? "isOffered" : "isOver"))
                        ], by: "",
                    links: standing?.isOpen ?? false ? answers(offer, place, isSent) : [])
            }
                + hires.map { hire in
                    CaseListPage.Line(
                        heading: text(
                            "views.poolOrder.hire",
                            ["member": name(hire.member), "day": day(hire.day)]),
                        details: sides(hire.member)
                            + [text("views.poolOrder.credit", ["member": name(hire.member)])],
                        by: "")
                }, forms: [], nothing: text("views.poolOrder.noOffers"))
    }

    private func answers(
        _ offer: PoolState.Offer, _ place: PoolRoute.Place, _ isSent: Bool
    ) -> [Link] {
        guard maySharePool else { return [] }
        return ([PoolRoute.Form.refer, .hire].filter { !isSent || $0 == .hire }).map { form in
            Link(
                text("views.poolOrder.form.\(form.rawValue)"),
                Route.pool(.form(place, form)).link([
                    ("id", OfferName(offer.member, offer.number).text)
                ]))
        }
    }

    /// What a card says.
    func told(_ card: PoolCard, _ books: MatchingBooks) -> [String] {
        var lines: [String] = []
        let wanted = wishes(card, books)
        if !wanted.isEmpty {
            lines.append(text("views.poolOrder.wishes", ["wishes": wanted]))
        }
        if let has = card.skills, !has.isEmpty {
            lines.append(text("views.poolOrder.skills", ["skills": skills(has, books)]))
        }
        return lines
    }

    /// Those who fit: own citizens by name, whom something can be done for, then the others'
    /// cards.
    fileprivate func candidates(
        _ found: PoolCandidates, _ place: PoolRoute.Place, _ books: MatchingBooks
    ) -> [PoolPage.Part] {
        let ranked = found.found.enumerated().map { (number: $0 + 1, candidate: $1) }
        let seeking = ["seeking": wording.number(found.seeking)]
        return [
            .lines(
                CaseListPage.Section(
                    heading: text("views.poolOrder.ownCandidates", seeking),
                    lines: ranked.filter { $0.candidate.citizen != nil }.map {
                        line($0.candidate, $0.number, found, place, books)
                    }, forms: [], nothing: text("views.poolOrder.noOwn"))),
            .lines(
                CaseListPage.Section(
                    heading: text("views.poolOrder.candidates", seeking),
                    lines: ranked.filter { $0.candidate.citizen == nil }.map {
                        line($0.candidate, $0.number, found, place, books)
                    }, forms: [], nothing: text("views.poolOrder.nobody"))),
        ]
    }

    private func line(
        _ candidate: PoolCandidate, _ number: Int, _ found: PoolCandidates,
        _ place: PoolRoute.Place, _ books: MatchingBooks
    ) -> CaseListPage.Line {
        let card = text(
            "views.poolOrder.card",
            ["member": name(candidate.member), "number": String(candidate.card)])
        let person = candidate.citizen.flatMap { found.people[$0]?.fullName }
        var links: [Link] = []
        if maySharePool, let citizen = candidate.citizen {
            let id = [("id", Optional(String(citizen.number)))]
            links = [
                place.owner == desk.municipality.code.description
                    ? Link(
                        text("views.orderStep.refer"),
                        Route.orderForm(place.number, .refer).link(id))
                    : Link(
                        text("views.poolOrder.form.offer"),
                        Route.pool(.form(place, .offer)).link(id))
            ]
        }
        return CaseListPage.Line(
            heading: "\(number). \(person ?? card)",
            details: reasons(candidate.suggestion, books), by: "", links: links)
    }
}

/// An offer in an address: the member's name and its number, `0219-4`.
struct OfferName {
    let member: String
    let number: Int64

    init(_ member: String, _ number: Int64) {
        self.member = member
        self.number = number
    }

    init?(_ text: String?) {
        guard let text, let dash = text.lastIndex(of: "-"),
            let number = Int64(text[text.index(after: dash)...])
        else { return nil }
        member = String(text[..<dash])
        self.number = number
    }

    var text: String { "\(member)-\(number)" }
}
