import Chronology
import Identifiers
import Jobcenter
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Desk {
    func shops(_ route: ShopRoute, _ visit: Visit) async throws -> Answer {
        switch route {
        case .list: return try await shopList(visit)
        case .new: return try await newShop(visit)
        case .one(let number): return try await shop(number, visit)
        case .form(let number, let form): return try await shopForm(number, form, visit)
        }
    }

    /// Every job shop with this month's figures.
    private func shopList(_ visit: Visit) async throws -> Answer {
        let book = try await ShopCase(house).book(of: municipality.code, by: visit.actor)
        let month = Month(containing: house.clock.today())
        let page = CaseListPage(
            headline: visit.text("views.shops.headline"), lead: visit.text("views.shops.lead"),
            sections: [
                CaseListPage.Section(
                    heading: visit.text("views.shops.all"),
                    lines: book.shops.map { shop in
                        CaseListPage.Line(
                            heading: shop.shop.name,
                            details: [
                                visit.openNow(shop),
                                visit.text(
                                    "views.shop.monthFigures",
                                    [
                                        "month": visit.wording.month(month),
                                        "figures": visit.words(shop.figures(month)),
                                    ]),
                            ], by: "",
                            links: [
                                Link(
                                    visit.text("views.shops.open"),
                                    ShopRoute.one(shop.shop.id.number).path)
                            ])
                    },
                    forms: visit.mayRegisterCompany
                        ? [Link(visit.text("views.shops.new"), ShopRoute.new.path)] : [],
                    nothing: visit.text("views.shops.none"))
            ])
        return visit.page(page, section: .companies, breadcrumb: visit.companiesTrail)
    }

    /// One job shop: who came today, or in a month.
    private func shop(_ number: Int64, _ visit: Visit) async throws -> Answer {
        let today = house.clock.today()
        let asked = visit.call.query["month"].flatMap { Visit.month($0) }
        guard let purpose = visit.shopPurpose(number),
            let file = try await ShopCase(house).file(
                of: FactID(number), from: asked?.first ?? today, to: asked?.last ?? today,
                in: municipality.code, by: visit.actor, purpose: purpose)
        else { return visit.error(.notFound) }
        return visit.page(
            visit.page(of: file, month: asked), section: .companies,
            breadcrumb: visit.shopsTrail)
    }
}

extension Visit {
    var shopsTrail: [Link] {
        companiesTrail + [Link(text("views.shops.all"), ShopRoute.list.path)]
    }

    /// What those who come to a job shop are looked at for.
    func shopPurpose(_ number: Int64) -> Purpose? {
        Purpose(text("web.purpose.shop", ["number": String(number)]))
    }

    /// A month as its links have it, `2025-12`.
    static func month(_ text: String) -> Month? {
        let parts = text.split(separator: "-").map { Int($0) }
        guard parts.count == 2, let year = parts[0], let month = parts[1] else { return nil }
        return Month(year: year, month: month)
    }

    fileprivate static func written(_ month: Month) -> String {
        "\(month.year)-\(month.number < 10 ? "0" : "")\(month.number)"
    }

    /// Whether it is open now; its hours otherwise.
    fileprivate func openNow(_ shop: ShopSummary) -> String {
        let minute = house.clock.minute()
        guard let isOpen = shop.isOpen(on: house.clock.today(), minute: minute) else {
            return text("views.shop.noHours")
        }
        let now = text(isOpen ? "views.shop.openNow" : "views.shop.closedNow")
        return "\(now) \(hours(shop.shop))"
    }

    /// `mandag 10.00–16.00, torsdag 10.00–18.00`
    func hours(_ shop: JobShop) -> String {
        shop.hours.map {
            "\(text("term.weekday.\($0.weekday)")) \(clock($0.opens))–\(clock($0.closes))"
        }.joined(separator: ", ")
    }

    /// `Henvendelser: 14. Kendte personer: 9 …`
    fileprivate func words(_ figures: ShopFigures) -> String {
        text(
            "views.shop.figures",
            [
                "visits": wording.number(figures.visits),
                "people": wording.number(figures.people),
                "referrals": wording.number(figures.referrals),
            ])
    }

    fileprivate func page(of file: ShopFile, month: Month?) -> CaseListPage {
        let shop = file.summary.shop
        let route = Route.shops(.one(shop.id.number))
        let may = mayRegisterCompany
        let when = month.map { wording.month($0) } ?? wording.day(house.clock.today())
        return CaseListPage(
            headline: shop.name,
            lead: [openNow(file.summary), shop.street, shop.postcode].filter { !$0.isEmpty }
                .joined(separator: " "),
            receipt: receipt(in: file.registrations),
            sections: [
                CaseListPage.Section(
                    heading: text("views.shop.visits", ["when": when]),
                    lines: file.visits.reversed().map { line($0, file) }, forms: [],
                    nothing: text("views.shop.nobody")),
                figures(file),
                CaseListPage.Section(
                    heading: text("views.shop.months"),
                    lines: file.summary.months.prefix(24).map { month in
                        CaseListPage.Line(
                            heading: wording.month(month),
                            details: [words(file.summary.figures(month))], by: "",
                            links: [
                                Link(
                                    text("views.shop.openMonth"),
                                    route.link([("month", Visit.written(month))]))
                            ])
                    }, forms: may ? [shopLink(.edit, shop)] : []),
            ],
            acts: (may ? [shopLink(.visit, shop)] : [])
                + [Link(text("views.shop.findOrders"), Route.orders.path)])
    }

    private func shopLink(_ form: ShopRoute.ShopForm, _ shop: JobShop) -> Link {
        Link(
            text("views.shopForm.\(form.rawValue)"), ShopRoute.form(shop.id.number, form).path)
    }

    private func line(_ came: ShopVisit, _ file: ShopFile) -> CaseListPage.Line {
        let who = came.citizen.flatMap { file.people[$0]?.fullName } ?? text("views.shop.anybody")
        let time = came.minute.map { clock($0) + " " } ?? ""
        var details = [
            came.topics.map { text("term.visitTopic.\($0.rawValue)") }.joined(separator: ", ")
        ]
        if !came.text.isEmpty { details.append(came.text) }
        var links: [Link] = []
        if let order = came.order {
            let job = file.orders?[order].map { title(of: $0) } ?? ""
            details.append(text("views.shop.referred", ["title": job]))
            links.append(Link(text("views.orders.open"), Route.order(order.number).path))
        }
        return CaseListPage.Line(
            heading: (file.visits.first?.day == file.visits.last?.day
                ? "" : wording.day(came.day) + " ") + time + who, details: details, by: "",
            links: links)
    }

    /// What was helped with, counted from the visits above.
    private func figures(_ file: ShopFile) -> CaseListPage.Section {
        if file.visits.isEmpty { return CaseListPage.Section(heading: "", lines: [], forms: []) }
        let figures = ShopFigures(file.visits)
        var details = VisitTopic.allCases.compactMap { topic in
            figures.topics[topic].map {
                "\(text("term.visitTopic.\(topic.rawValue)")): \(wording.number($0))"
            }
        }
        details.append(
            text(
                "views.shop.hired",
                ["n": wording.number(file.hired), "all": wording.number(figures.referrals)]))
        return CaseListPage.Section(
            heading: text("views.shop.counted"),
            lines: [
                CaseListPage.Line(
                    heading: text(
                        "views.shop.count",
                        [
                            "visits": wording.number(figures.visits),
                            "people": wording.number(figures.people),
                            "named": wording.number(figures.named),
                        ]), details: details, by: "")
            ], forms: [])
    }
}
