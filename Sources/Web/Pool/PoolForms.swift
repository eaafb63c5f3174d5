import Chronology
import Exchange
import Identifiers
import Jobcenter
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// A form about a shared order: an own citizen is offered, and what came of others' offers.
    func poolForm(
        _ place: PoolRoute.Place, _ form: PoolRoute.Form, _ visit: Visit
    ) async throws -> Answer {
        try Policy.require(.sharePool, by: visit.actor, in: municipality.code)
        guard let purpose = visit.poolPurpose(place.code) else { return visit.error(.notFound) }
        let back = Route.pool(.order(place)).path
        return try await SentForm(
            visit: visit, route: .pool(.form(place, form)), section: .companies, back: back,
            form: { typed in
                let view = try await visit.pool(place.code)
                guard let order = view.order(place),
                    let form = try await visit.form(form, order, place, typed)
                else { return nil }
                return (
                    form, visit.trail(to: view.partnership) + [Link(order.told.title, back)]
                )
            },
            save: { typed in
                .saved(try await visit.save(form, place, &typed, purpose))
            },
            // What is registered on the own order is told there.
            after: { receipt in
                let number = [("receipt", Optional(String(receipt.number)))]
                return form == .offer
                    ? Route.pool(.order(place)).link(number)
                    : Route.order(place.number).link(number)
            }
        ).answer()
    }
}

extension Visit {
    fileprivate func form(
        _ form: PoolRoute.Form, _ order: PoolState.Order, _ place: PoolRoute.Place,
        _ typed: Typed
    ) async throws -> CaseForm? {
        var who = ""
        if form == .offer {
            guard let id = typed.query.fact("id"),
                let name = try await candidate(id.number, place)
            else { return nil }
            who = name
        } else {
            guard let offer = OfferName(typed.query["id"]) else { return nil }
            who = offerName(
                PoolSource(partnership: place.code, member: offer.member, offer: offer.number))
        }
        let key = "views.poolForm.\(form.rawValue)"
        return CaseForm(
            headline: text("\(key).headline", ["who": who, "title": order.told.title]),
            lead: text("\(key).lead", ["owner": name(order.owner)]),
            fields: form == .hire
                ? hireFields(order, typed)
                : [FormField("agreed", text("\(key).agreed"), .tick(typed.tick("agreed")))],
            save: text("\(key).save"))
    }

    private func hireFields(_ order: PoolState.Order, _ typed: Typed) -> [FormField] {
        let today = house.clock.today()
        let first = max(order.told.start.flatMap { Day(iso: $0) } ?? today, today)
        let usual: EmploymentKind =
            order.told.kind == JobKind.flex.rawValue ? .flexJob : .ordinary
        return [
            FormField(
                "day", text("views.hire.day"), .day(typed.text("day", or: first.iso))),
            FormField(
                "terms", text("views.hire.terms"),
                .radios(
                    [EmploymentKind.ordinary, .flexJob, .wageSubsidy, .apprenticeship].map {
                        Choice(
                            value: $0.rawValue, label: text("term.employment.\($0.rawValue)"),
                            isSelected: $0.rawValue == typed.text("terms", or: usual.rawValue))
                    })),
        ]
    }

    /// The name of an own citizen with a card that fits.
    private func candidate(_ citizen: Int64, _ place: PoolRoute.Place) async throws -> String? {
        try await PoolCase(house, chance: .system).candidates(
            for: place.number, of: place.owner, in: place.code, from: desk.municipality.code,
            by: actor, purpose: poolPurpose(place.code)
        )?.people[CitizenID(citizen)]?.fullName
    }

    fileprivate func save(
        _ form: PoolRoute.Form, _ place: PoolRoute.Place, _ typed: inout Typed,
        _ purpose: Purpose
    ) async throws -> Receipt {
        let cases = PoolCase(house, chance: .system)
        let code = desk.municipality.code
        if form != .hire, !typed.tick("agreed") { typed.reject("agreed", "mustBeTicked") }
        let day = form == .hire ? typed.day("day") : nil
        let terms: EmploymentKind? = form == .hire ? typed.choice("terms") : nil
        let citizen = form == .offer ? typed.chosen("id") : nil
        let offer = OfferName(typed.query["id"])
        try typed.check()
        return try await inPool {
            switch form {
            case .offer:
                guard let citizen else { throw FieldProblems([.init("id", "choice")]) }
                return try await cases.offer(
                    CitizenID(citizen.number), to: place.number, of: place.owner,
                    in: place.code, from: code, by: actor, purpose: purpose,
                    signing: try poolSigner())
            case .refer:
                guard let offer else { throw FieldProblems([.init("offer", "choice")]) }
                return try await cases.refer(
                    offer: offer.number, of: offer.member, in: place.code, for: code, by: actor,
                    purpose: purpose)
            case .hire:
                guard let offer else { throw FieldProblems([.init("offer", "choice")]) }
                return try await cases.hire(
                    offer: offer.number, of: offer.member, in: place.code, for: code, by: actor,
                    purpose: purpose, signing: try poolSigner(), from: day, terms: terms)
            }
        }
    }

    /// Does something in a pool; what the pool refuses is told in the form.
    func inPool<Value>(_ act: () async throws -> Value) async throws -> Value {
        do { return try await act() } catch let problem as PoolProblem {
            throw FieldProblems([
                .init("pool", "poolTrouble", ["why": problem.line(in: language, house.texts)])
            ])
        }
    }

    /// The municipality's own key. Throws `FieldProblems` where there is none that can be used.
    func poolSigner() throws -> PoolSigner {
        let code = desk.municipality.code
        guard let signer = try? desk.configuration.poolSigner(code) else {
            throw FieldProblems([.init("key", "poolNoKey", ["code": code.description])])
        }
        return signer
    }

    /// Tells the pools what has changed of the orders and cards that are shared. An order that
    /// was closed or a profile that was changed stands whether or not they could be told: what
    /// was not told now is told with the next change.
    func tellPools() async {
        let code = desk.municipality.code
        guard maySharePool, let signer = try? poolSigner(),
            let agreements = try? await agreements()
        else { return }
        for agreement in agreements {
            let partnership = agreement.partnership.code
            guard let purpose = poolPurpose(partnership) else { continue }
            _ = try? await PoolCase(house, chance: .system).refresh(
                partnership, in: code, by: actor, purpose: purpose, signing: signer)
        }
    }
}
