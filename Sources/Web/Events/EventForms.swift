import Chronology
import Identifiers
import Jobcenter
import Matching
import Parameters
import Registry
import Reporting
import Storage
import Views

/// One kind of form about an event.
protocol EventFormKind: Sendable {
    /// The form, with what was typed or what is known filled in; nil for what is not there.
    func form(_ file: EventFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm?
    /// Reads what was sent and registers it. Throws `FieldProblems`.
    func save(
        _ typed: inout Typed, _ event: FactID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome
}

extension Desk {
    private func kind(_ form: EventRoute.EventForm) -> any EventFormKind {
        switch form {
        case .edit: EventEditForm()
        case .stand: StandForm()
        case .signUp: SignUpForm()
        case .attendance: AttendanceForm()
        case .seat: SeatForm()
        case .distribute: DistributeForm()
        }
    }

    func eventForm(
        _ number: Int64, _ form: EventRoute.EventForm, _ visit: Visit
    ) async throws -> Answer {
        try Policy.require(.registerCompany, by: visit.actor, in: municipality.code)
        guard let purpose = visit.eventPurpose(number) else { return visit.error(.notFound) }
        let kind = kind(form)
        let back = EventRoute.one(number).path
        return try await SentForm(
            visit: visit, route: .events(.form(number, form)), section: .companies, back: back,
            form: { typed in
                let found = try await EventCase(house).file(
                    of: FactID(number), in: municipality.code, by: visit.actor, purpose: purpose)
                guard let file = found, let form = try await kind.form(file, typed, visit) else {
                    return nil
                }
                return (form, visit.eventsTrail + [Link(file.summary.event.title, back)])
            }, save: { try await kind.save(&$0, FactID(number), visit, purpose) },
            after: { Route.events(.one(number)).link([("receipt", String($0.number))]) }
        ).answer()
    }

    func newEvent(_ visit: Visit) async throws -> Answer {
        try Policy.require(.registerCompany, by: visit.actor, in: municipality.code)
        guard let purpose = Purpose(visit.text("web.purpose.employers")) else {
            return visit.error(.notFound)
        }
        let form = EventEditForm()
        return try await SentForm(
            visit: visit, route: .events(.new), section: .companies, back: EventRoute.list.path,
            form: { typed in
                (
                    try await form.form(nil as JobEvent?, typed, visit),
                    visit.eventsTrail
                )
            },
            save: { try await form.save(&$0, correcting: nil, visit, purpose) },
            after: { _ in EventRoute.list.path }
        ).answer()
    }
}

/// What an event is, new or corrected.
struct EventEditForm: EventFormKind {
    func form(_ file: EventFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm? {
        try await form(file.summary.event, typed, visit)
    }

    func form(_ known: JobEvent?, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        func label(_ name: String) -> String { visit.text("views.eventForm.\(name)") }
        func field(_ name: String, _ value: String?, help: Bool = false) -> FormField {
            FormField(
                name, label(name), .text(typed.text(name, or: value ?? "")),
                help: help ? label("\(name)Help") : nil)
        }
        func time(_ name: String, _ value: Int?) -> FormField {
            FormField(
                name, label(name), .time(typed.text(name, or: value.map { $0.asTime } ?? "")))
        }
        let pools = try await EventCase(visit.house).partnerships(
            of: visit.desk.municipality.code, by: visit.actor)
        let chosen = typed.text(
            "partnership", or: known?.partnership.map { String($0.number) } ?? "")
        return CaseForm(
            headline: known.map { visit.text("views.eventForm.correct", ["title": $0.title]) }
                ?? visit.text("views.events.new"), lead: label("lead"),
            fields: [
                FormField(
                    "kind", label("kind"),
                    .select(
                        visit.choices(
                            JobEventKind.self, "term.eventKind",
                            selected: typed.text("kind", or: known?.kind.rawValue ?? "recruitment")
                        ))), field("title", known?.title),
                FormField(
                    "start", label("start"), .day(typed.text("start", or: known?.start.iso ?? ""))),
                FormField(
                    "end", label("end"), .day(typed.text("end", or: known?.end?.iso ?? "")),
                    help: label("endHelp")), time("begins", known?.begins),
                time("ends", known?.ends), field("place", known?.place),
                field("postcode", known?.postcode),
                FormField(
                    "programme", label("programme"),
                    .long(typed.text("programme", or: known?.programme ?? "")),
                    help: label("programmeHelp")),
                field("places", String(known?.places ?? 1), help: true),
                field("slot", known?.slot.map { String($0) }, help: true),
                field("school", known?.school, help: true), field("course", known?.course),
                FormField(
                    "jobStart", label("jobStart"),
                    .day(typed.text("jobStart", or: known?.jobStart?.iso ?? ""))),
            ]
                + (pools.isEmpty
                    ? []
                    : [
                        FormField(
                            "partnership", label("partnership"),
                            .select(
                                [Choice(value: "", label: label("ownOnly"))]
                                    + pools.map {
                                        Choice(
                                            value: String($0.id.number), label: $0.name,
                                            isSelected: String($0.id.number) == chosen)
                                    }), help: label("partnershipHelp"))
                    ]),
            save: label("save"))
    }

    func save(
        _ typed: inout Typed, _ event: FactID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        try await save(&typed, correcting: event, visit, purpose)
    }

    func save(
        _ typed: inout Typed, correcting number: FactID?, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let books = try await CandidateCase(visit.house).books()
        let kind: JobEventKind? = typed.choice("kind")
        let start = typed.day("start")
        let end = typed.optionalDay("end")
        let begins = typed.query["begins"] == nil ? nil : typed.time("begins")
        let ends = typed.query["ends"] == nil ? nil : typed.time("ends")
        let postcode = typed.postcode("postcode", books)
        let places = typed.whole("places", in: 1...EventCase.mostPlaces)
        let slot = typed.query["slot"] == nil ? nil : typed.whole("slot", in: 3...240)
        let jobStart = typed.optionalDay("jobStart")
        if typed.words("title").isEmpty { typed.reject("title", "empty") }
        try typed.check()
        guard let kind, let start, let postcode, let places else { throw FieldProblems([]) }
        let (id, receipt) = try await EventCase(visit.house).register(
            JobEvent(
                id: FactID(0), kind: kind, title: typed.words("title"), start: start, end: end,
                begins: begins, ends: ends, place: typed.words("place"), postcode: postcode,
                programme: typed.words("programme"), places: places, slot: slot,
                school: typed.words("school"), course: typed.words("course"),
                jobStart: jobStart, partnership: typed.query.fact("partnership")),
            correcting: number, in: visit.desk.municipality.code, by: visit.actor,
            purpose: purpose)
        return .savedAt(.events(.one(id.number)), receipt)
    }
}

/// A company's stand, or what else there are seats on; the one named by `id` is corrected.
struct StandForm: EventFormKind {
    func form(_ file: EventFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm? {
        let known = typed.query.fact("id").flatMap { file.summary.stand($0) }
        func label(_ name: String) -> String { visit.text("views.standForm.\(name)") }
        func field(_ name: String, _ value: String?, help: Bool = false) -> FormField {
            FormField(
                name, label(name), .text(typed.text(name, or: value ?? "")),
                help: help ? label("\(name)Help") : nil)
        }
        let chosen = typed.text("order", or: known?.order.map { String($0.number) } ?? "")
        let orders = (file.orders?.orders ?? []).filter {
            $0.isOpen && $0.description != nil || $0.order.id == known?.order
        }
        let companies = try await CompanyCase(visit.house).names(
            in: visit.desk.municipality.code, by: visit.actor)
        return CaseForm(
            headline: known.map { visit.text("views.standForm.correct", ["title": $0.title]) }
                ?? label("headline"), lead: label("lead"),
            fields: [
                FormField(
                    "order", label("order"),
                    .select(
                        [Choice(value: "", label: label("noOrder"))]
                            + orders.map {
                                let company = companies[$0.order.unit]?.name ?? ""
                                return Choice(
                                    value: String($0.order.id.number),
                                    label: "\(visit.title(of: $0)), \(company)",
                                    isSelected: String($0.order.id.number) == chosen)
                            })), field("company", known?.company?.description, help: true),
                field("title", known?.title, help: true),
                field("seats", known.map { String($0.seats) }, help: true),
                field("least", String(known?.least ?? 0), help: true),
                field("promised", String(known?.promised ?? 0), help: true),
            ], save: label("save"))
    }

    func save(
        _ typed: inout Typed, _ event: FactID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let seats = typed.whole("seats", in: 1...EventCase.mostSeats)
        let least = typed.whole("least", in: 0...EventCase.mostSeats)
        let promised = typed.whole("promised", in: 0...EventCase.mostSeats)
        let number = typed.words("company").filter { !$0.isWhitespace }
        let cvr = number.isEmpty ? nil : try? CVR(number)
        if !number.isEmpty, cvr == nil { typed.reject("company", "cvrWrong") }
        try typed.check()
        guard let seats, let least, let promised else { throw FieldProblems([]) }
        return .saved(
            try await EventCase(visit.house).register(
                EventStand(
                    id: FactID(0), event: event, title: typed.words("title"), company: cvr,
                    order: typed.query.fact("order"), least: least, seats: seats,
                    promised: promised), correcting: typed.query.fact("id"),
                in: visit.desk.municipality.code, by: visit.actor, purpose: purpose))
    }
}

extension Int {
    /// Minutes after midnight as a field for a time has them: `09:30`.
    var asTime: String {
        let (hour, minute) = quotientAndRemainder(dividingBy: 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}
