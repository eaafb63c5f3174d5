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
    func pool(_ route: PoolRoute, _ visit: Visit) async throws -> Answer {
        do {
            switch route {
            case .all: return try await pools(visit)
            case .one(let code): return try await pool(code, visit)
            case .member(let code, let member):
                return try await poolMember(code, member, visit)
            case .order(let place): return try await poolOrder(place, visit)
            case .form(let place, let form): return try await poolForm(place, form, visit)
            case .feeds: return visit.error(.notFound)
            }
        } catch let problems as FieldProblems
            where problems.all.contains(where: { $0.key == "poolUnknown" })
        {
            return visit.error(.notFound)
        }
    }

    /// The partnerships that the municipality has registered.
    private func pools(_ visit: Visit) async throws -> Answer {
        let agreements = try await visit.agreements()
        let today = house.clock.today()
        return visit.page(
            CaseListPage(
                headline: visit.text("views.pool.all"), lead: visit.text("views.pool.allLead"),
                sections: [
                    CaseListPage.Section(
                        heading: visit.text("views.pool.partnerships"),
                        lines: agreements.map { agreement in
                            let partnership = agreement.partnership
                            let members = agreement.members.filter { $0.holds(on: today) }
                            return CaseListPage.Line(
                                heading: partnership.name,
                                details: [
                                    visit.period(partnership.start, partnership.end),
                                    visit.text(
                                        "views.pool.decides", ["who": partnership.decides]),
                                    visit.text(
                                        "views.pool.members",
                                        ["names": visit.names(members.map(\.member))]),
                                ], by: "",
                                links: [
                                    Link(
                                        visit.text("views.pool.open"),
                                        Route.pool(.one(partnership.code)).path)
                                ])
                        }, forms: [], nothing: visit.text("views.pool.none"))
                ]), section: .companies, breadcrumb: visit.companiesTrail)
    }

    /// One pool: members, orders, offers and hires, and what everybody gives and gets.
    private func pool(_ code: String, _ visit: Visit) async throws -> Answer {
        let view = try await visit.pool(code)
        let book = try await OrderCase(house).book(of: municipality.code, by: visit.actor)
        let links = await house.poolLinks.all(of: code, in: municipality.code)
        return visit.page(
            PoolPage(
                headline: view.partnership.name, lead: visit.lead(view),
                receipt: visit.poolReceipt,
                parts: [
                    visit.openOrders(view), visit.sharable(view, book), visit.offers(view),
                    visit.shares(view), visit.members(view, links),
                ]), section: .companies, breadcrumb: visit.poolsTrail)
    }

    /// What is behind a member's figures.
    private func poolMember(
        _ code: String, _ member: String, _ visit: Visit
    ) async throws -> Answer {
        let view = try await visit.pool(code)
        guard let share = view.shares.first(where: { $0.member == member }) else {
            return visit.error(.notFound)
        }
        let books = try await CandidateCase(house).books()
        return visit.page(
            PoolPage(
                headline: visit.text(
                    "views.pool.memberHeadline",
                    ["member": visit.name(member), "pool": view.partnership.name]),
                lead: visit.text(
                    "views.pool.memberLead",
                    [
                        "orders": visit.wording.number(share.orders),
                        "cards": visit.wording.number(share.cards),
                        "owned": visit.wording.number(share.hiresOwned),
                        "placed": visit.wording.number(share.hiresPlaced),
                    ]),
                parts: [
                    visit.orders(of: member, view), visit.hires(view, owner: member),
                    visit.hires(view, placer: member), visit.cards(of: member, view, books),
                ]), section: .companies,
            breadcrumb: visit.poolsTrail + [
                Link(view.partnership.name, Route.pool(.one(code)).path)
            ])
    }
}

extension Visit {
    var mayReadPools: Bool {
        Policy.refusal(
            of: .readCandidates(Purpose("formål")), by: actor, in: desk.municipality.code) == nil
    }

    var maySharePool: Bool {
        Policy.refusal(of: .sharePool, by: actor, in: desk.municipality.code) == nil
    }

    var poolsTrail: [Link] {
        companiesTrail + [Link(text("views.pool.all"), Route.pool(.all).path)]
    }

    func agreements() async throws -> [PoolAgreement] {
        try await PartnershipCase(house, chance: .system).agreements(
            of: desk.municipality.code, by: actor)
    }

    func pool(_ code: String) async throws -> PoolView {
        try await PoolCase(house, chance: .system).view(
            of: code, in: desk.municipality.code, by: actor, purpose: poolPurpose(code))
    }

    /// What a pool is looked at and changed for.
    func poolPurpose(_ code: String) -> Purpose? {
        Purpose(text("web.purpose.pool", ["code": code]))
    }

    /// A member as people call it: a municipality's name, or the fund's own.
    func name(_ member: String) -> String {
        Int32(member).flatMap { house.municipalities[$0]?.name } ?? member
    }

    func names(_ members: [String]) -> String {
        members.map { name($0) }.sorted { DanishSortKey.key(for: $0) < DanishSortKey.key(for: $1) }
            .joined(separator: ", ")
    }

    func period(_ start: Day, _ end: Day?) -> String {
        guard let end else {
            return text("views.pool.from", ["start": wording.day(start)])
        }
        return text(
            "views.pool.fromTo", ["start": wording.day(start), "end": wording.day(end)])
    }

    /// `Tilbud 4 fra Hillerød`
    func offerName(_ source: PoolSource) -> String {
        text(
            "views.pool.offerName",
            ["number": String(source.offer), "member": name(source.member)])
    }

    /// Said after something was told to the pool; the ledger has it under the number.
    var poolReceipt: String? {
        call.query["receipt"].flatMap { Int64($0) }.map {
            text("views.pool.receipt", ["number": String($0)])
        }
    }

    fileprivate func lead(_ view: PoolView) -> String {
        text(
            "views.pool.lead",
            [
                "orders": wording.number(view.state.orders.count { $0.isOpen }),
                "cards": wording.number(view.state.cards.count),
                "period": period(view.partnership.start, view.partnership.end),
                "who": view.partnership.decides, "fields": fields(view.partnership),
            ])
    }

    /// What a card holds, in words.
    func fields(_ partnership: Partnership) -> String {
        partnership.fields.map { field in
            text(
                field == .postcode && partnership.postcode == .area
                    ? "term.poolField.area" : "term.poolField.\(field.rawValue)")
        }.joined(separator: ", ")
    }
}
