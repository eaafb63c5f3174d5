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
        let typed = visit.call.query["q"] ?? ""
        let books = try await CandidateCase(house).books()
        let shown = book.search(typed, books, names).filter { asked == "all" || $0.isOpen }
        let states = [("open", "stateOpen"), ("all", "stateAll")].map { state, key in
            Choice(
                value: state, label: visit.text("views.orders.\(key)"), isSelected: state == asked)
        }
        return visit.page(
            OrdersPage(
                headline: visit.text(
                    "views.orders.headline", ["n": visit.wording.number(book.open.count)]),
                lead: visit.text("views.orders.lead"), text: typed, states: states,
                orders: shown.map { order in
                    OrdersPage.Order(
                        title: visit.title(of: order),
                        href: Route.order(order.order.id.number).path,
                        company: names[order.order.unit]?.name ?? "",
                        kind: order.description.map {
                            visit.text("term.jobKind.\($0.kind.rawValue)")
                        } ?? "", stage: visit.stage(order), positions: order.order.positions,
                        hired: order.hired,
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
        var page = visit.page(
            of: file, books, try await OrderCase(house).terms(on: house.clock.today()))
        if let pools = try await visit.pools(of: file.summary) {
            // Beside those who are considered, before the order's history.
            page.sections.insert(pools, at: max(0, page.sections.count - 1))
        }
        return visit.page(
            page, section: .companies,
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
        case .invited: text("term.stand.invited")
        case .interviewed: text("term.stand.interviewed")
        case .hired: text("term.stand.hired")
        case .rejected(let reason):
            text("term.stand.rejected")
                + (reason.map { ": " + text("term.orderReason.\($0.rawValue)") } ?? "")
        }
    }
}
