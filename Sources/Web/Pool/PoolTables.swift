import Chronology
import Exchange
import Identifiers
import Jobcenter
import Matching
import Registry
import Reporting
import Views

// The tables of a pool's pages.
extension Visit {
    private func column(_ key: String, decimals: Int? = nil) -> DataTable.Column {
        DataTable.Column(text("views.pool.column.\(key)"), decimals: decimals)
    }

    private func table(
        _ id: String, _ columns: [DataTable.Column], _ rows: [DataTable.Row],
        of member: String? = nil, note: String = ""
    ) -> PoolPage.Part {
        let values = ["member": member.map { name($0) } ?? ""]
        return .table(
            PoolPage.Table(
                heading: text("views.pool.heading.\(id)", values),
                table: DataTable(
                    id: id, caption: text("views.pool.caption.\(id)", values),
                    columns: columns, rows: rows),
                note: note, nothing: text("views.pool.nothing.\(id)")))
    }

    func link(_ view: PoolView, _ owner: String, _ order: Int64) -> String {
        Route.pool(
            .order(.init(code: view.partnership.code, owner: owner, number: order))
        ).path
    }

    func title(_ view: PoolView, _ owner: String, _ order: Int64) -> String {
        view.state.orders.first { $0.owner == owner && $0.number == order }?.told.title
            ?? text("views.pool.orderNumber", ["number": String(order)])
    }

    func members(_ view: PoolView, _ links: [String: PoolLinks.Link]) -> PoolPage.Part {
        let heads = Dictionary(
            view.state.heads.map { ($0.member, $0.number) }, uniquingKeysWith: { $1 })
        return table(
            "members",
            [
                column("member"), column("memberKind"), column("start"), column("end"),
                column("weight", decimals: 0), column("read", decimals: 0), column("link"),
            ],
            view.members.map { member in
                .init(
                    header: name(member.member),
                    cells: [
                        .text(text("term.poolMember.\(member.kind.rawValue)")),
                        .text(wording.day(member.start)),
                        .text(member.end.map { wording.day($0) } ?? ""),
                        .number(Double(member.weight)),
                        .number(Double(heads[member.member] ?? 0)),
                        .text(link(member.member, links[member.member], view)),
                    ])
            }, note: text("views.pool.membersNote", ["who": view.partnership.decides]))
    }

    func openOrders(_ view: PoolView) -> PoolPage.Part {
        table(
            "shared",
            [
                column("order"), column("owner"), column("kind"),
                column("positions", decimals: 0), column("hired", decimals: 0),
                column("deadline"),
            ],
            view.state.orders.filter(\.isOpen).map { row($0, view) })
    }

    private func row(_ order: PoolState.Order, _ view: PoolView) -> DataTable.Row {
        let deadline = order.told.deadline.flatMap { Day(iso: $0) }
        return DataTable.Row(
            header: order.told.title, href: link(view, order.owner, order.number),
            cells: [
                .text(name(order.owner)), .text(text("term.jobKind.\(order.told.kind)")),
                .number(Double(order.told.positions)), .number(Double(order.hired)),
                .text(
                    order.isOpen
                        ? deadline.map { wording.day($0) } ?? "" : text("views.pool.closed")),
            ])
    }

    /// Own orders that are not in the pool, where the visitor may share them.
    func sharable(_ view: PoolView, _ book: OrderBook) -> PoolPage.Part {
        let own = desk.municipality.code.description
        let shared = Set(view.state.orders.filter { $0.owner == own }.map(\.number))
        let open = book.open.reversed().filter {
            $0.description != nil && !shared.contains($0.order.id.number)
        }
        return table(
            "sharable", [column("order"), column("kind"), column("positions", decimals: 0)],
            open.map { order in
                .init(
                    header: title(of: order),
                    href: maySharePool
                        ? Route.orderForm(order.order.id.number, .share).path
                        : Route.order(order.order.id.number).path,
                    cells: [
                        .text(
                            order.description.map { text("term.jobKind.\($0.kind.rawValue)") }
                                ?? ""), .number(Double(order.order.positions)),
                    ])
            })
    }

    /// Offers that are open, and hires: whose order, whose candidate, and whose credit.
    func offers(_ view: PoolView) -> PoolPage.Part {
        let standing = Set(
            view.state.orders.filter(\.isOpen).map { "\($0.owner) \($0.number)" })
        let open = view.state.offers.filter { !$0.isHired }.map { offer in
            let isOpen = standing.contains("\(offer.owner) \(offer.order)")
            return DataTable.Row(
                header: title(view, offer.owner, offer.order),
                href: link(view, offer.owner, offer.order),
                cells: [
                    .text(name(offer.owner)), .text(name(offer.member)),
                    .text(text(isOpen ? "views.pool.offered" : "views.pool.offerOver")),
                    .text(text(isOpen ? "views.pool.notYet" : "views.pool.nobodyHired")),
                ])
        }
        let hires = view.state.hires.filter(\.isConfirmed).map { hire in
            DataTable.Row(
                header: title(view, hire.owner, hire.order),
                href: link(view, hire.owner, hire.order),
                cells: [
                    .text(name(hire.owner)), .text(name(hire.member)),
                    .text(text("views.pool.hiredOn", ["day": day(hire.day)])),
                    .text(name(hire.member)),
                ])
        }
        return table(
            "offers",
            [
                column("order"), column("owner"), column("candidate"), column("state"),
                column("credit"),
            ], open + hires, note: text("views.pool.creditNote"))
    }

    /// When a member with an installation of its own was heard from, and what is wrong.
    private func link(
        _ member: String, _ link: PoolLinks.Link?, _ view: PoolView
    ) -> String {
        if view.here.contains(member) { return text("views.pool.link.here") }
        guard let link else {
            return text(
                view.addressed.contains(member)
                    ? "views.pool.link.notYet" : "views.pool.link.files")
        }
        let heard = link.heard.map {
            text(
                "views.pool.link.heard",
                ["day": wording.day(DanishTime.day($0)), "time": DanishTime.minute($0).asTime])
        }
        guard let problem = link.problem else { return heard ?? "" }
        let told = problem.line(in: language, house.texts)
        return [told, heard].compactMap { $0 }.joined(separator: " ")
    }

    func day(_ iso: String) -> String { Day(iso: iso).map { wording.day($0) } ?? iso }

    /// What each has given and got, beside what was agreed on.
    func shares(_ view: PoolView) -> PoolPage.Part {
        func part(_ value: Double?) -> CellValue { value.map { .number($0) } ?? .missing }
        return table(
            "shares",
            [
                column("member"), column("orders", decimals: 0), column("share", decimals: 0),
                column("cards", decimals: 0), column("share", decimals: 0),
                column("owned", decimals: 0), column("placed", decimals: 0),
                column("share", decimals: 0), column("agreed", decimals: 0),
            ],
            view.shares.map { share in
                .init(
                    header: name(share.member),
                    href: Route.pool(
                        .member(view.partnership.code, member: share.member)
                    ).path,
                    cells: [
                        .number(Double(share.orders)), part(share.orderShare),
                        .number(Double(share.cards)), part(share.cardShare),
                        .number(Double(share.hiresOwned)), .number(Double(share.hiresPlaced)),
                        part(share.hireShare), part(share.weightShare),
                    ])
            }, note: text("views.pool.sharesNote"))
    }

    // MARK: Behind a member's figures

    func orders(of member: String, _ view: PoolView) -> PoolPage.Part {
        table(
            "memberOrders",
            [
                column("order"), column("owner"), column("kind"),
                column("positions", decimals: 0), column("hired", decimals: 0),
                column("deadline"),
            ], view.state.orders.filter { $0.owner == member }.map { row($0, view) },
            of: member)
    }

    func hires(_ view: PoolView, owner: String) -> PoolPage.Part {
        hires("memberOwned", view, view.state.hires.filter { $0.owner == owner }, owner)
    }

    func hires(_ view: PoolView, placer: String) -> PoolPage.Part {
        hires("memberPlaced", view, view.state.hires.filter { $0.member == placer }, placer)
    }

    private func hires(
        _ id: String, _ view: PoolView, _ hires: [PoolState.Hire], _ member: String
    ) -> PoolPage.Part {
        table(
            id, [column("order"), column("owner"), column("candidate"), column("day")],
            hires.filter(\.isConfirmed).map { hire in
                .init(
                    header: title(view, hire.owner, hire.order),
                    href: link(view, hire.owner, hire.order),
                    cells: [
                        .text(name(hire.owner)), .text(name(hire.member)),
                        .text(day(hire.day)),
                    ])
            }, of: member)
    }

    func cards(
        of member: String, _ view: PoolView, _ books: MatchingBooks
    ) -> PoolPage.Part {
        let shown = view.state.cards.filter { $0.member == member }
        let all = view.state.cardsShown[member] ?? 0
        return table(
            "memberCards", [column("card"), column("wishes"), column("skills")],
            shown.map { card in
                .init(
                    header: String(card.number),
                    cells: [
                        .text(wishes(card.told, books)),
                        .text(skills(card.told.skills ?? [], books)),
                    ])
            }, of: member,
            note: text("views.pool.cardsGone", ["n": wording.number(all - shown.count)]))
    }

    func wishes(_ card: PoolCard, _ books: MatchingBooks) -> String {
        (card.wishes ?? []).map { occupation($0, books) }.joined(separator: ", ")
    }
}
