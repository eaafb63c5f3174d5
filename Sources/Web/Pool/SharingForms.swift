import Chronology
import Exchange
import Identifiers
import Jobcenter
import Parameters
import Registry
import Reporting
import Storage
import Views

/// An own order is shared with a pool.
struct ShareOrderForm: OrderFormKind {
    func form(_ file: OrderFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let agreements = try await visit.agreements()
        guard let first = agreements.first else { throw FieldProblems([]) }
        let chosen = typed.text("partnership", or: first.partnership.code)
        return CaseForm(
            headline: visit.text(
                "views.poolShare.headline", ["title": visit.title(of: file.summary)]),
            lead: visit.text("views.poolShare.lead"),
            fields: [visit.partnerships(agreements.map(\.partnership), chosen)],
            save: visit.text("views.poolShare.save"))
    }

    func save(
        _ typed: inout Typed, _ order: FactID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let code = typed.words("partnership")
        if code.isEmpty { typed.reject("partnership", "choice") }
        try typed.check()
        let municipality = visit.desk.municipality.code
        let receipt = try await visit.inPool {
            try await PoolCase(visit.house, chance: .system).share(
                order, with: code, in: municipality, by: visit.actor, purpose: purpose,
                signing: try visit.poolSigner())
        }
        let place = PoolRoute.Place(
            code: code, owner: municipality.description, number: order.number)
        return .savedAt(.pool(.order(place)), receipt)
    }
}

/// A citizen's consent to be shown in a pool.
struct PoolConsentForm: CaseFormKind {
    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let open = try await visit.stands(of: file.citizen.id, typed).filter { !$0.stands }
        guard let first = open.first else { throw FieldProblems([]) }
        return CaseForm(
            headline: visit.text(
                "views.poolConsent.headline", ["name": file.citizen.fullName]),
            lead: visit.text("views.poolConsent.lead"),
            notices: open.map { stand in
                Notice(
                    visit.text(
                        "views.poolConsent.told",
                        [
                            "pool": stand.partnership.name,
                            "fields": visit.fields(stand.partnership),
                            "members": visit.names(stand.others),
                        ]))
            },
            fields: [
                visit.partnerships(
                    open.map(\.partnership),
                    typed.text("partnership", or: first.partnership.code)),
                FormField(
                    "agreed", visit.text("views.poolConsent.agreed"),
                    .tick(typed.tick("agreed"))),
            ], save: visit.text("views.poolConsent.save"))
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let code = typed.words("partnership")
        if code.isEmpty { typed.reject("partnership", "choice") }
        if !typed.tick("agreed") { typed.reject("agreed", "mustBeTicked") }
        try typed.check()
        return .saved(
            try await visit.inPool {
                try await PartnershipCase(visit.house, chance: .system).consent(
                    of: citizen, to: code, in: visit.desk.municipality.code, by: visit.actor,
                    purpose: purpose, signing: try visit.poolSigner())
            })
    }

    func after(_ citizen: CitizenID) -> Route { .jobs(citizen.number) }
}

/// A citizen withdraws the consent.
struct PoolWithdrawalForm: CaseFormKind {
    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let standing = try await visit.stands(of: file.citizen.id, typed).filter(\.stands)
        guard let first = standing.first else { throw FieldProblems([]) }
        return CaseForm(
            headline: visit.text(
                "views.poolWithdrawal.headline", ["name": file.citizen.fullName]),
            lead: visit.text("views.poolWithdrawal.lead"),
            fields: [
                visit.partnerships(
                    standing.map(\.partnership),
                    typed.text("partnership", or: first.partnership.code))
            ], save: visit.text("views.poolWithdrawal.save"))
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let code = typed.words("partnership")
        if code.isEmpty { typed.reject("partnership", "choice") }
        try typed.check()
        return .saved(
            try await visit.inPool {
                try await PartnershipCase(visit.house, chance: .system).withdraw(
                    citizen, from: code, in: visit.desk.municipality.code, by: visit.actor,
                    purpose: purpose, signing: try visit.poolSigner())
            })
    }

    func after(_ citizen: CitizenID) -> Route { .jobs(citizen.number) }
}

extension Visit {
    fileprivate func partnerships(_ all: [Partnership], _ chosen: String) -> FormField {
        FormField(
            "partnership", text("views.pool.partnership"),
            .radios(
                all.map {
                    Choice(value: $0.code, label: $0.name, isSelected: $0.code == chosen)
                }))
    }

    fileprivate func stands(of citizen: CitizenID, _ typed: Typed) async throws -> [ConsentStand] {
        try await PartnershipCase(house, chance: .system).stands(
            of: citizen, in: desk.municipality.code, by: actor,
            purpose: typed.query["purpose"].flatMap { Purpose($0) })
    }

    /// A citizen's consents to pools, on the page of jobs; nil where there is no pool.
    func pools(of file: CitizenFile, _ purpose: Purpose) async throws -> CaseListPage.Section? {
        let stands = try await PartnershipCase(house, chance: .system).stands(
            of: file.citizen.id, in: desk.municipality.code, by: actor, purpose: purpose)
        if stands.isEmpty { return nil }
        let forms =
            (stands.contains { !$0.stands } ? [Route.CitizenForm.poolConsent] : [])
            + (stands.contains(where: \.stands) ? [.poolWithdrawal] : [])
        return CaseListPage.Section(
            heading: text("views.pool.all"),
            lines: stands.map { stand in
                CaseListPage.Line(
                    heading: stand.partnership.name, details: words(stand), by: "",
                    links: [
                        Link(
                            text("views.pool.open"),
                            Route.pool(.one(stand.partnership.code)).path)
                    ])
            },
            forms: mayRegister
                ? forms.map {
                    Link(
                        text("views.citizen.form.\($0.rawValue)"),
                        Route.citizenForm(file.citizen.id.number, $0).link([
                            ("purpose", purpose.text)
                        ]))
                } : [])
    }

    /// Where the card is, or that it is gone and from where.
    private func words(_ stand: ConsentStand) -> [String] {
        guard let consent = stand.consent else { return [text("views.poolStand.never")] }
        guard let withdrawn = consent.withdrawn else {
            let given = text("views.poolStand.given", ["day": wording.day(consent.given)])
            return stand.held.isEmpty
                ? [given, text("views.poolStand.noCard")]
                : [
                    given,
                    text(
                        "views.poolStand.card",
                        ["number": String(consent.card), "members": names(stand.held)]),
                ]
                    + stand.offers.map { offer in
                        text(
                            offer.isHired
                                ? "views.poolStand.hired" : "views.poolStand.offered",
                            ["title": offer.title, "owner": name(offer.owner)])
                    }
        }
        var lines = [text("views.poolStand.withdrawn", ["day": wording.day(withdrawn)])]
        if !stand.erased.isEmpty {
            lines.append(text("views.poolStand.erased", ["members": names(stand.erased)]))
        }
        if !stand.held.isEmpty {
            lines.append(text("views.poolStand.held", ["members": names(stand.held)]))
        }
        if !stand.elsewhere.isEmpty {
            lines.append(text("views.poolStand.elsewhere", ["members": names(stand.elsewhere)]))
        }
        return lines
    }

    /// An order's pools: where it is shared, and where it can be; nil where there is no pool.
    func pools(of order: OrderSummary) async throws -> CaseListPage.Section? {
        let agreements = mayReadPools ? try await agreements() : []
        if agreements.isEmpty { return nil }
        let own = desk.municipality.code.description
        let number = order.order.id.number
        var lines: [CaseListPage.Line] = []
        for agreement in agreements {
            let view = try await pool(agreement.partnership.code)
            let place = PoolRoute.Place(
                code: agreement.partnership.code, owner: own, number: number)
            guard view.order(place) != nil else { continue }
            let offers = view.state.offers.count { $0.owner == own && $0.order == number }
            lines.append(
                CaseListPage.Line(
                    heading: view.partnership.name, details: words(order, offers), by: "",
                    links: [
                        Link(text("views.poolOrder.open"), Route.pool(.order(place)).path)
                    ]))
        }
        let may =
            maySharePool && order.isOpen && order.description != nil
            && lines.count < agreements.count
        return CaseListPage.Section(
            heading: text("views.pool.all"), lines: lines,
            forms: may
                ? [
                    Link(
                        text("views.orderStep.share"), Route.orderForm(number, .share).path)
                ] : [], nothing: text("views.pool.notShared"))
    }

    /// Offers to own orders that nobody has sent on to the company; nil where none waits.
    func waitingOffers() async throws -> CaseListPage.Section? {
        guard mayReadPools else { return nil }
        let own = desk.municipality.code.description
        var lines: [CaseListPage.Line] = []
        for agreement in try await agreements() {
            let view = try await pool(agreement.partnership.code)
            let open = view.state.offers.filter { $0.owner == own && !$0.isHired }
            if open.isEmpty { continue }
            let book = try await OrderCase(house).book(
                of: desk.municipality.code, by: actor)
            for offer in open {
                guard let order = book[FactID(offer.order)], order.isOpen,
                    !order.isReferred(offer.number, of: offer.member)
                else { continue }
                let source = PoolSource(
                    partnership: view.partnership.code, member: offer.member,
                    offer: offer.number)
                lines.append(
                    CaseListPage.Line(
                        heading: offerName(source),
                        details: [
                            text("views.pool.waitingLine", ["title": title(of: order)])
                        ], by: "",
                        links: [
                            Link(
                                text("views.pool.answer"), link(view, own, offer.order))
                        ]))
            }
        }
        return lines.isEmpty
            ? nil
            : CaseListPage.Section(
                heading: text("views.pool.waiting"), lines: lines, forms: [])
    }

    /// How many other members have offered, and who was hired through the pool.
    private func words(_ order: OrderSummary, _ offers: Int) -> [String] {
        var lines = [text("views.pool.offersHere", ["n": wording.number(offers)])]
        if !order.poolHires.isEmpty {
            lines.append(
                text(
                    "views.pool.hiresHere",
                    [
                        "n": wording.number(order.poolHires.count),
                        "members": names(Set(order.poolHires.map(\.member)).sorted()),
                    ]))
        }
        return lines
    }
}
