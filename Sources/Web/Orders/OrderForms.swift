import Chronology
import Identifiers
import Jobcenter
import Parameters
import Registry
import Reporting
import Storage
import Views

/// One kind of form about an order.
protocol OrderFormKind: Sendable {
    /// The form, with what was typed or what is known filled in.
    func form(_ file: OrderFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm
    /// Reads what was sent and registers it. Throws `FieldProblems`.
    func save(
        _ typed: inout Typed, _ order: FactID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome
}

extension Desk {
    private func kind(_ form: Route.OrderForm) -> any OrderFormKind {
        switch form {
        case .correct: OrderCorrectionForm()
        case .step: OrderStepForm()
        case .refer: ReferralForm()
        case .candidate: CandidateForm()
        case .hire: HireForm()
        case .share: ShareOrderForm()
        }
    }

    func orderForm(
        _ number: Int64, _ form: Route.OrderForm, _ visit: Visit
    ) async throws -> Answer {
        try Policy.require(.registerCompany, by: visit.actor, in: municipality.code)
        guard let purpose = visit.orderPurpose(number) else { return visit.error(.notFound) }
        let kind = kind(form)
        let back = Route.order(number).path
        return try await SentForm(
            visit: visit, route: .orderForm(number, form), section: .companies, back: back,
            form: { typed in
                let found = try await OrderCase(house).file(
                    of: FactID(number), in: municipality.code, by: visit.actor, purpose: purpose)
                guard let file = found else { return nil }
                do {
                    return (
                        try await kind.form(file, typed, visit),
                        visit.trail(to: file.company) + [
                            Link(visit.title(of: file.summary), back)
                        ]
                    )
                } catch is FieldProblems {
                    return nil
                }
            },
            save: {
                let outcome = try await kind.save(&$0, FactID(number), visit, purpose)
                await visit.tellPools()
                return outcome
            },
            after: { Route.order(number).link([("receipt", String($0.number))]) }
        ).answer()
    }
}

extension Visit {
    /// The one the form is about, named by `id`; asked for where it names nobody.
    fileprivate func person(
        _ typed: Typed, _ file: OrderFile, _ takes: (CandidateStand) -> Bool
    ) throws(FieldProblems) -> FormField {
        let chosen = typed.query.fact("citizen") ?? typed.query.fact("id")
        let choices = file.summary.candidates.filter {
            file.summary.stand(of: $0).map(takes) ?? false
        }.map { citizen in
            Choice(
                value: String(citizen.number), label: file.people[citizen]?.fullName ?? "",
                isSelected: citizen.number == chosen?.number)
        }
        return FormField("citizen", text("views.orderStep.who"), .radios(choices))
    }
}

/// What happens to the order itself: settled, shared, answered, closed, opened again.
struct OrderStepForm: OrderFormKind {
    func form(_ file: OrderFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let order = file.summary
        let open: [OrderEventKind] =
            [.clarified, .shared, .answered].filter { !order.has($0) } + [.closed]
        let kinds = order.isOpen ? open : [.reopened]
        let chosen = typed.text("kind", or: kinds.first?.rawValue ?? "")
        var fields = [
            FormField(
                "kind", visit.text("views.orderStep.kind"),
                .radios(
                    kinds.map {
                        Choice(
                            value: $0.rawValue,
                            label: visit.text("term.orderEvent.\($0.rawValue)"),
                            isSelected: $0.rawValue == chosen)
                    }))
        ]
        if order.isOpen {
            fields.append(
                FormField(
                    "reason", visit.text("views.orderStep.reason"),
                    .select(visit.reasons(OrderReason.closing, typed)),
                    help: visit.text("views.orderStep.reasonHelp")))
        }
        fields.append(
            FormField("text", visit.text("views.orderStep.text"), .long(typed.text("text"))))
        return CaseForm(
            headline: visit.text("views.orderStep.headline", ["title": visit.title(of: order)]),
            lead: visit.text("views.orderStep.lead", ["stage": visit.stage(order)]),
            fields: fields, save: visit.text("views.orderStep.save"))
    }

    func save(
        _ typed: inout Typed, _ order: FactID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let kind: OrderEventKind? = typed.choice("kind")
        try typed.check()
        guard let kind else { throw FieldProblems([]) }
        return .saved(
            try await OrderCase(visit.house).register(
                kind,
                reason: kind == .closed
                    ? typed.query["reason"].flatMap { OrderReason(rawValue: $0) } : nil,
                text: typed.words("text"), on: order, in: visit.desk.municipality.code,
                by: visit.actor, purpose: purpose))
    }
}

/// Referring one citizen, named by `id`.
struct ReferralForm: OrderFormKind {
    func form(_ file: OrderFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        guard let id = typed.query.fact("id") else { throw FieldProblems([]) }
        let citizen = CitizenID(id.number)
        var person = file.people[citizen]
        if person == nil {
            person = try await CandidateCase(visit.house).candidates(
                for: file.summary.order.id, in: visit.desk.municipality.code, by: visit.actor,
                purpose: visit.orderPurpose(file.summary.order.id.number)
            )?.people[citizen]
        }
        guard let person else { throw FieldProblems([]) }
        return CaseForm(
            headline: visit.text(
                "views.referral.headline",
                ["name": person.fullName, "title": visit.title(of: file.summary)]),
            lead: visit.text("views.referral.lead"),
            fields: [
                FormField(
                    "agreed", visit.text("views.referral.agreed"),
                    .tick(typed.tick("agreed")))
            ], save: visit.text("views.referral.save"))
    }

    func save(
        _ typed: inout Typed, _ order: FactID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let id = typed.chosen("id")
        if !typed.tick("agreed") { typed.reject("agreed", "mustBeTicked") }
        try typed.check()
        guard let id else { throw FieldProblems([]) }
        return .saved(
            try await OrderCase(visit.house).refer(
                [CitizenID(id.number)], to: order, in: visit.desk.municipality.code,
                by: visit.actor, purpose: purpose))
    }
}

/// How it went with one who was referred: an interview, a no from either side.
struct CandidateForm: OrderFormKind {
    func form(_ file: OrderFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let kinds: [OrderEventKind] = [.interviewed, .rejected, .declined]
        let chosen = typed.text("kind", or: "interviewed")
        return CaseForm(
            headline: visit.text(
                "views.candidate.headline", ["title": visit.title(of: file.summary)]),
            lead: visit.text("views.candidate.lead"),
            fields: [
                try visit.person(typed, file) { $0.isOpen },
                FormField(
                    "kind", visit.text("views.orderStep.kind"),
                    .radios(
                        kinds.map {
                            Choice(
                                value: $0.rawValue,
                                label: visit.text("term.orderEvent.\($0.rawValue)"),
                                isSelected: $0.rawValue == chosen)
                        })),
                FormField(
                    "day", visit.text("views.conversation.day"),
                    .day(typed.text("day", or: visit.house.clock.today().iso))),
                FormField(
                    "reason", visit.text("views.candidate.reason"),
                    .select(visit.reasons(OrderReason.rejecting, typed))),
                FormField("text", visit.text("views.orderStep.text"), .long(typed.text("text"))),
            ], save: visit.text("views.orderStep.save"))
    }

    func save(
        _ typed: inout Typed, _ order: FactID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let citizen = typed.chosen("citizen")
        let kind: OrderEventKind? = typed.choice("kind")
        let day = typed.day("day")
        try typed.check()
        guard let citizen, let kind, let day else { throw FieldProblems([]) }
        return .saved(
            try await OrderCase(visit.house).register(
                kind, of: CitizenID(citizen.number), on: order, day: day,
                reason: kind == .rejected
                    ? typed.query["reason"].flatMap { OrderReason(rawValue: $0) } : nil,
                text: typed.words("text"), in: visit.desk.municipality.code, by: visit.actor,
                purpose: purpose))
    }
}

/// One who was referred got the job.
struct HireForm: OrderFormKind {
    func form(_ file: OrderFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let wanted = file.summary.description
        let today = visit.house.clock.today()
        let usual: EmploymentKind = wanted?.kind == .flex ? .flexJob : .ordinary
        return CaseForm(
            headline: visit.text("views.hire.headline", ["title": visit.title(of: file.summary)]),
            lead: visit.text(
                "views.hire.lead", ["n": visit.wording.number(file.summary.vacant)]),
            fields: [
                try visit.person(typed, file) { $0 != .volunteered && $0.isOpen },
                FormField(
                    "day", visit.text("views.hire.day"),
                    .day(typed.text("day", or: max(wanted?.start ?? today, today).iso))),
                FormField(
                    "terms", visit.text("views.hire.terms"),
                    .radios(
                        [EmploymentKind.ordinary, .flexJob, .wageSubsidy, .apprenticeship].map {
                            Choice(
                                value: $0.rawValue,
                                label: visit.text("term.employment.\($0.rawValue)"),
                                isSelected: $0.rawValue
                                    == typed.text("terms", or: usual.rawValue))
                        })),
            ], save: visit.text("views.hire.save"))
    }

    func save(
        _ typed: inout Typed, _ order: FactID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let citizen = typed.chosen("citizen")
        let day = typed.day("day")
        let terms: EmploymentKind? = typed.choice("terms")
        try typed.check()
        guard let citizen, let day, let terms else { throw FieldProblems([]) }
        return .saved(
            try await OrderCase(visit.house).hire(
                CitizenID(citizen.number), on: order, from: day, terms: terms,
                in: visit.desk.municipality.code, by: visit.actor, purpose: purpose))
    }
}

extension Visit {
    fileprivate func reasons(_ reasons: [OrderReason], _ typed: Typed) -> [Choice] {
        let chosen = typed.text("reason")
        return [Choice(value: "", label: text("views.effort.choose"))]
            + reasons.map {
                Choice(
                    value: $0.rawValue, label: text("term.orderReason.\($0.rawValue)"),
                    isSelected: $0.rawValue == chosen)
            }
    }
}
