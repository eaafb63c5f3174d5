import Chronology
import Identifiers
import Jobcenter
import Parameters
import Registry
import Reporting
import Storage
import Views

/// A new order, or a correction of the one named by `id`.
struct DoorOrderForm: DoorFormKind {
    let isCorrection: Bool

    func form(_ file: DoorFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        var standing: OrderSummary?
        if isCorrection {
            standing = file.orders.first { $0.order.id == typed.query.fact("id") && $0.isOpen }
            if standing == nil { throw FieldProblems([]) }
        }
        let typing = try await OrderTyping(visit, isCompanys: true)
        let usual = standing?.order.unit ?? file.workplaces.first?.number
        return CaseForm(
            headline: standing.map {
                visit.text("views.orderForm.correct", ["title": visit.title(of: $0)])
            } ?? visit.text("door.orderForm.headline"),
            lead: visit.text("door.orderForm.lead"),
            fields: typing.fields(
                typed,
                units: visit.workplaces(
                    file.workplaces, of: file.company,
                    selected: typed.text("unit", or: usual.map { String($0.number) } ?? "")),
                contact: visit.contactPerson(file.notes), standing: standing),
            save: visit.text(
                isCorrection ? "views.orderForm.saveAgain" : "door.orderForm.save"),
            others: [Choice(value: "read", label: visit.text("views.orderForm.readText"))])
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        let typing = try await OrderTyping(visit, isCompanys: true)
        if typed.query["_act"] == "read" { return .shown(typing.read(&typed)) }
        let cases = DoorCase(visit.house)
        let code = visit.desk.municipality.code
        let order = try await typing.order(&typed)
        if isCorrection {
            guard let id = typed.query.fact("id") else { throw FieldProblems([]) }
            return .saved(try await cases.correct(id, order, in: code, by: visit.actor))
        }
        let (id, receipt) = try await cases.register(order, in: code, by: visit.actor)
        return .savedAt(.door(.order(id.number)), receipt)
    }

    func after(_ query: Query) -> DoorRoute { .afterOrder(query) }
}

/// The order named by `id` is not wanted any more.
struct DoorCloseForm: DoorFormKind {
    private static let reasons: [OrderReason] = [
        .filled, .filledElsewhere, .withdrawn, .nobodyFound,
    ]

    func form(_ file: DoorFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        guard
            let order = file.orders.first(where: {
                $0.order.id == typed.query.fact("id") && $0.isOpen
            })
        else { throw FieldProblems([]) }
        return CaseForm(
            headline: visit.text("door.close.headline", ["title": visit.title(of: order)]),
            lead: visit.text("door.close.lead"),
            fields: [
                visit.doorField(
                    "close", "reason",
                    .radios(
                        visit.choices(
                            among: Self.reasons, "door.close.because",
                            selected: typed.text("reason")))),
                visit.doorField("close", "text", .long(typed.text("text"))),
            ], save: visit.text("door.close.save"))
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        let id = typed.chosen("id")
        let reason: OrderReason? = typed.choice("reason")
        try typed.check()
        guard let id, let reason, let order = try await visit.ownOrder(id.number) else {
            throw FieldProblems([.init("reason", "choice")])
        }
        return .saved(
            try await DoorCase(visit.house).close(
                id, reason, words: typed.words("text"),
                telling: visit.notice(
                    "closed",
                    ["company": visit.actor.name, "title": visit.title(of: order.summary)]),
                in: visit.desk.municipality.code, by: visit.actor))
    }

    func after(_ query: Query) -> DoorRoute { .afterOrder(query) }
}

/// What the company says of one who was referred; `id` is the order's and the referral's number.
struct DoorAnswerForm: DoorFormKind {
    private enum Kind: String, CaseIterable { case invite, hire, no }

    /// Both numbers of `12-7`.
    static func numbers(_ id: String?) -> (order: Int64, referral: Int64)? {
        let parts = (id ?? "").split(separator: "-").map { Int64($0) }
        guard parts.count == 2, let order = parts[0], let referral = parts[1], order > 0 else {
            return nil
        }
        return (order, referral)
    }

    func form(_ file: DoorFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        guard let numbers = Self.numbers(typed.query["id"]),
            let order = try await visit.ownOrder(numbers.order),
            let candidate = order.candidates.first(where: {
                $0.referral.number == numbers.referral && $0.stand.isAnswered
            })
        else { throw FieldProblems([]) }
        let chosen = typed.text("kind", or: candidate.invitation == nil ? "invite" : "hire")
        let today = visit.house.clock.today()
        let start = max(order.summary.description?.start ?? today, today)
        func field(_ name: String, _ kind: FormField.Kind, help: Bool = false) -> FormField {
            visit.doorField("answer", name, kind, help: help)
        }
        let usual: EmploymentKind =
            order.summary.description?.kind == .flex ? .flexJob : .ordinary
        return CaseForm(
            headline: visit.text(
                "door.answer.headline",
                ["name": candidate.name, "title": visit.title(of: order.summary)]),
            lead: visit.text("door.answer.lead"),
            fields: [
                field(
                    "kind",
                    .radios(visit.choices(Kind.self, "door.answer.kinds", selected: chosen))),
                field(
                    "day",
                    .day(typed.text("day", or: chosen == "hire" ? start.iso : "")), help: true),
                field("begins", .time(typed.text("begins")), help: true),
                field(
                    "place",
                    .text(
                        typed.text(
                            "place",
                            or: order.workplace.map { "\($0.street), \($0.postcode) \($0.town)" }
                                ?? ""))),
                field(
                    "terms",
                    .select(
                        visit.choices(
                            among: [
                                EmploymentKind.ordinary, .flexJob, .wageSubsidy, .apprenticeship,
                            ], "term.employment",
                            selected: typed.text("terms", or: usual.rawValue))), help: true),
                field(
                    "reason",
                    .select(
                        visit.choices(
                            among: OrderReason.rejecting, "term.orderReason",
                            selected: typed.text("reason"), none: "views.effort.choose")),
                    help: true),
                field("words", .long(typed.text("words")), help: true),
            ], save: visit.text("door.answer.save"))
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        guard let numbers = Self.numbers(typed.query["id"]),
            let order = try await visit.ownOrder(numbers.order)
        else { throw FieldProblems([.init("kind", "choice")]) }
        let kind: Kind? = typed.choice("kind")
        typed.limit("words")
        var answer: DoorAnswer?
        var notice: DoorNotice?
        let title = visit.title(of: order.summary)
        let company = visit.actor.name
        switch kind {
        case .invite:
            if let written = invitation(&typed, visit) {
                answer = .invite(written)
                notice = visit.notice(
                    "invited", ["company": company, "title": title, "when": written])
            }
        case .hire:
            let terms: EmploymentKind? = typed.choice("terms")
            if let day = typed.day("day"), let terms {
                answer = .hire(from: day, terms)
                notice = visit.notice(
                    "hired",
                    [
                        "company": company, "title": title,
                        "day": visit.desk.site.wording(.da).day(day),
                    ])
            }
        case .no:
            let reason: OrderReason? = typed.choice("reason")
            answer = reason.map { .no($0, words: typed.words("words")) }
            notice = visit.notice("declined", ["company": company, "title": title])
        case nil: break
        }
        try typed.check()
        guard let answer, let notice else { throw FieldProblems([]) }
        return .saved(
            try await DoorCase(visit.house).answer(
                answer, about: FactID(numbers.referral), on: FactID(numbers.order),
                telling: notice, in: visit.desk.municipality.code, by: visit.actor))
    }

    /// `torsdag den 8. januar kl. 10.00, Lyskær 3`
    private func invitation(_ typed: inout Typed, _ visit: Visit) -> String? {
        let day = typed.day("day")
        let begins = typed.time("begins")
        let place = typed.words("place")
        if place.isEmpty { typed.reject("place", "empty") }
        if let day, day < visit.house.clock.today() { typed.reject("day", "inPast") }
        guard typed.problems.isEmpty, let day, let begins else { return nil }
        let texts = visit.house.texts
        return texts.text(
            "door.answer.when", .da,
            [
                "weekday": texts.text("term.weekday.\(day.weekday)", .da),
                "day": visit.desk.site.wording(.da).day(day), "time": clockTime(begins),
                "place": place,
            ])
    }

    func after(_ query: Query) -> DoorRoute {
        Self.numbers(query["id"]).map { .order($0.order) } ?? .orders
    }
}

extension DoorRoute {
    /// The order that a form is about.
    fileprivate static func afterOrder(_ query: Query) -> DoorRoute {
        query.fact("id").map { .order($0.number) } ?? .orders
    }
}

extension Visit {
    /// What the citizen is told, in Danish as every letter of the municipality.
    fileprivate func notice(_ key: String, _ values: [String: String]) -> DoorNotice {
        DoorNotice(
            subject: house.texts.text("door.told.\(key)Subject", .da, values),
            text: house.texts.text("door.told.\(key)", .da, values))
    }
}
