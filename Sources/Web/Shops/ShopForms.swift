import Chronology
import Identifiers
import Jobcenter
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Desk {
    func newShop(_ visit: Visit) async throws -> Answer {
        try Policy.require(.registerCompany, by: visit.actor, in: municipality.code)
        guard let purpose = Purpose(visit.text("web.purpose.employers")) else {
            return visit.error(.notFound)
        }
        return try await SentForm(
            visit: visit, route: .shops(.new), section: .companies, back: ShopRoute.list.path,
            form: { (visit.form(nil, $0), visit.shopsTrail) },
            save: { try await visit.save(&$0, correcting: nil, purpose) },
            after: { _ in ShopRoute.list.path }
        ).answer()
    }

    func shopForm(
        _ number: Int64, _ form: ShopRoute.ShopForm, _ visit: Visit
    ) async throws -> Answer {
        try Policy.require(.registerCompany, by: visit.actor, in: municipality.code)
        guard let purpose = visit.shopPurpose(number) else { return visit.error(.notFound) }
        let back = ShopRoute.one(number).path
        let id = FactID(number)
        return try await SentForm(
            visit: visit, route: .shops(.form(number, form)), section: .companies, back: back,
            form: { typed in
                let book = try await ShopCase(house).book(
                    of: municipality.code, by: visit.actor)
                guard let shop = book[id]?.shop else { return nil }
                let found =
                    form == .edit
                    ? visit.form(shop, typed)
                    : try await visit.visitForm(shop, typed, purpose)
                return (found, visit.shopsTrail + [Link(shop.name, back)])
            },
            save: {
                form == .edit
                    ? try await visit.save(&$0, correcting: id, purpose)
                    : try await visit.saveVisit(&$0, id, purpose)
            }, after: { Route.shops(.one(number)).link([("receipt", String($0.number))]) }
        ).answer()
    }
}

extension Visit {
    fileprivate func form(_ known: JobShop?, _ typed: Typed) -> CaseForm {
        func label(_ name: String) -> String { text("views.shopForm.\(name)") }
        func field(_ name: String, _ value: String?) -> FormField {
            FormField(name, label(name), .text(typed.text(name, or: value ?? "")))
        }
        let today = house.clock.today()
        var fields = [
            field("name", known?.name), field("street", known?.street),
            field("postcode", known?.postcode),
        ]
        for weekday in 1...7 {
            let hours = known?.hours.first { $0.weekday == weekday }
            for (name, value) in [("opens", hours?.opens), ("closes", hours?.closes)] {
                fields.append(
                    FormField(
                        "\(name)-\(weekday)",
                        text(
                            "views.shopForm.\(name)", ["day": text("term.weekday.\(weekday)")]),
                        .time(typed.text("\(name)-\(weekday)", or: value?.asTime ?? ""))))
            }
        }
        fields += [
            FormField(
                "start", label("start"),
                .day(typed.text("start", or: (known?.start ?? today).iso))),
            FormField(
                "end", label("end"), .day(typed.text("end", or: known?.end?.iso ?? "")),
                help: label("endHelp")),
        ]
        return CaseForm(
            headline: known.map { text("views.shopForm.correct", ["name": $0.name]) }
                ?? text("views.shops.new"), lead: label("lead"), fields: fields,
            save: label("save"))
    }

    fileprivate func save(
        _ typed: inout Typed, correcting number: FactID?, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let books = try await CandidateCase(house).books()
        let postcode = typed.postcode("postcode", books)
        let start = typed.day("start")
        let end = typed.optionalDay("end")
        var hours: [OpenHours] = []
        for weekday in 1...7 {
            let (opens, closes) = ("opens-\(weekday)", "closes-\(weekday)")
            if typed.query[opens] == nil, typed.query[closes] == nil { continue }
            let from = typed.time(opens)
            let to = typed.time(closes)
            if let from, let to {
                hours.append(OpenHours(weekday: weekday, opens: from, closes: to))
            }
        }
        if typed.words("name").isEmpty { typed.reject("name", "empty") }
        try typed.check()
        guard let postcode, let start else { throw FieldProblems([]) }
        let (id, receipt) = try await ShopCase(house).register(
            JobShop(
                id: FactID(0), name: typed.words("name"), street: typed.words("street"),
                postcode: postcode, hours: hours, start: start, end: end),
            correcting: number, in: desk.municipality.code, by: actor, purpose: purpose)
        return .savedAt(.shops(.one(id.number)), receipt)
    }

    /// Who came, what with, and an order to be referred to there and then.
    fileprivate func visitForm(
        _ shop: JobShop, _ typed: Typed, _ purpose: Purpose
    ) async throws -> CaseForm {
        let book = try await OrderCase(house).book(of: desk.municipality.code, by: actor)
        let names = try await CompanyCase(house).names(in: desk.municipality.code, by: actor)
        let chosen = typed.text("order")
        var fields = try await PersonField(visit: self, purpose: purpose).fields(typed)
        fields[0].help = text("views.shopVisit.personHelp")
        fields += VisitTopic.allCases.filter { $0 != .referral }.map { topic in
            FormField(
                "topic-\(topic.rawValue)", text("term.visitTopic.\(topic.rawValue)"),
                .tick(typed.tick("topic-\(topic.rawValue)")))
        }
        fields += [
            FormField(
                "order", text("views.shopVisit.order"),
                .select(
                    [Choice(value: "", label: text("views.shopVisit.noOrder"))]
                        + book.open.filter { $0.vacant > 0 }.map {
                            Choice(
                                value: String($0.order.id.number),
                                label: "\(title(of: $0)), \(names[$0.order.unit]?.name ?? "")",
                                isSelected: String($0.order.id.number) == chosen)
                        }), help: text("views.shopVisit.orderHelp")),
            FormField(
                "day", text("views.conversation.day"),
                .day(typed.text("day", or: house.clock.today().iso))),
            FormField(
                "time", text("views.contact.begins"),
                .time(typed.text("time", or: house.clock.minute().asTime))),
            FormField("text", text("views.shopVisit.text"), .long(typed.text("text"))),
        ]
        return CaseForm(
            headline: text("views.shopVisit.headline", ["name": shop.name]),
            lead: text("views.shopVisit.lead"), fields: fields,
            save: text("views.shopVisit.save"))
    }

    fileprivate func saveVisit(
        _ typed: inout Typed, _ shop: FactID, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let who = try await PersonField(visit: self, purpose: purpose).participant(&typed)
        let day = typed.day("day")
        let minute = typed.query["time"] == nil ? nil : typed.time("time")
        let topics = VisitTopic.allCases.filter { typed.tick("topic-\($0.rawValue)") }
        try typed.check()
        guard let day else { throw FieldProblems([]) }
        return .saved(
            try await ShopCase(house).register(
                ShopVisit(
                    id: FactID(0), shop: shop, day: day, minute: minute, citizen: who?.citizen,
                    topics: topics, order: typed.query.fact("order"), staff: actor.staff,
                    text: typed.words("text")),
                in: desk.municipality.code, by: actor, purpose: purpose))
    }
}
