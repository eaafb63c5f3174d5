import Chronology
import Identifiers
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

/// One kind of form about a company.
protocol CompanyFormKind: Sendable {
    /// The form, with what was typed or what is known filled in.
    func form(_ file: CompanyFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm
    /// Reads what was sent and registers it. Throws `FieldProblems`.
    func save(
        _ typed: inout Typed, _ company: CVR, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome
}

extension Desk {
    private func kind(_ form: Route.CompanyForm) -> any CompanyFormKind {
        switch form {
        case .order: CompanyOrderForm()
        case .contact: ContactForm(isPlanned: false)
        case .plan: ContactForm(isPlanned: true)
        case .contactDone: ContactDoneForm()
        case .record: CompanyRecordForm()
        case .recordEnd: CompanyRecordEndForm()
        case .limits: LimitsForm()
        }
    }

    func companyForm(
        _ number: Int64, _ form: Route.CompanyForm, _ visit: Visit
    ) async throws -> Answer {
        try Policy.require(.registerCompany, by: visit.actor, in: municipality.code)
        guard let cvr = try? CVR(number: number), let purpose = visit.employerPurpose else {
            return visit.error(.notFound)
        }
        let kind = kind(form)
        let back = Route.company(number).path
        return try await SentForm(
            visit: visit, route: .companyForm(number, form), section: .companies, back: back,
            form: { typed in
                let found = try await CompanyCase(house).file(
                    of: cvr, in: municipality.code, by: visit.actor)
                guard let file = found else { return nil }
                do {
                    return (
                        try await kind.form(file, typed, visit),
                        visit.companiesTrail + [Link(file.company.name, back)]
                    )
                } catch is FieldProblems {
                    return nil
                }
            },
            save: { try await kind.save(&$0, cvr, visit, purpose) },
            after: { Route.company(number).link([("receipt", String($0.number))]) }
        ).answer()
    }

    /// A company that no import has brought.
    func newCompany(_ visit: Visit) async throws -> Answer {
        try Policy.require(.registerCompany, by: visit.actor, in: municipality.code)
        guard let purpose = visit.employerPurpose else { return visit.error(.notFound) }
        return try await SentForm(
            visit: visit, route: .newCompany, section: .companies, back: Route.companies.path,
            form: { (visit.newCompanyForm($0), visit.companiesTrail) },
            save: { try await visit.saveNewCompany(&$0, purpose) },
            after: { Route.companies.link([("receipt", String($0.number))]) }
        ).answer()
    }
}

extension Visit {
    /// What companies' and orders' forms are sent for.
    var employerPurpose: Purpose? { Purpose(text("web.purpose.employers")) }

    /// The team that acts: the caseworker's, or employer services.
    func team() async throws -> String {
        guard let staff = actor.staff else { return text("web.team.employers") }
        let all = try await StaffCase(house).staff(of: desk.municipality.code)
        return all.first { $0.id == staff }?.team ?? text("web.team.employers")
    }

    /// A company's workplaces that are open; one that is chosen already stays.
    func workplaces(_ file: CompanyFile, selected: String) -> [Choice] {
        workplaces(file.workplaces, of: file.company, selected: selected)
    }

    func workplaces(
        _ all: [CompanyWorkplace], of company: Company, selected: String
    ) -> [Choice] {
        let today = house.clock.today()
        return all.filter {
            $0.closed(on: today) == nil || String($0.number.number) == selected
        }.map { place in
            let value = String(place.number.number)
            var label = "\(place.entry?.name ?? company.name), P \(place.number)"
            if let entry = place.entry, !entry.town.isEmpty { label += ", \(entry.town)" }
            return Choice(value: value, label: label, isSelected: value == selected)
        }
    }

    /// Names of the contact persons that are registered.
    func contactPerson(_ file: CompanyFile) -> String { contactPerson(file.notes) }

    func contactPerson(_ notes: [CompanyRecord]) -> String {
        let today = house.clock.today()
        let person = notes.last { $0.record == "contact-person" && $0.holds(on: today) }
        return ["name", "phone", "mail"].compactMap { person?.answers[$0] }
            .joined(separator: ", ")
    }

    fileprivate func newCompanyForm(_ typed: Typed) -> CaseForm {
        func field(_ name: String, help: String? = nil) -> FormField {
            FormField(
                name, text("views.newCompany.\(name)"), .text(typed.text(name)),
                help: help.map { text($0) })
        }
        return CaseForm(
            headline: text("views.newCompany.headline"), lead: text("views.newCompany.lead"),
            fields: [
                field("cvr"), field("name"),
                FormField(
                    "industry", text("views.companies.industry"),
                    .select(industries(selected: typed.text("industry")))),
                field("unit"), field("employees"), field("street"), field("postcode"),
                field("town"),
            ], save: text("views.newCompany.save"))
    }

    private func industries(selected: String) -> [Choice] {
        [Choice(value: "", label: text("views.effort.choose"))]
            + Visit.industryCodes.map {
                Choice(value: $0, label: industry($0), isSelected: $0 == selected)
            }
    }

    fileprivate func saveNewCompany(
        _ typed: inout Typed, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let cvr = try? CVR(typed.words("cvr").filter { !$0.isWhitespace })
        let unit = try? ProductionUnitNumber(typed.words("unit").filter { !$0.isWhitespace })
        let employees = typed.whole("employees", in: 0...100_000)
        if cvr == nil { typed.reject("cvr", "cvrWrong") }
        if unit == nil { typed.reject("unit", "unitWrong") }
        if typed.words("name").isEmpty { typed.reject("name", "empty") }
        if typed.query["industry"] == nil { typed.reject("industry", "choice") }
        try typed.check()
        guard let cvr, let unit, let employees else { throw FieldProblems([]) }
        let receipt = try await CompanyCase(house).register(
            NewCompany(
                cvr: cvr, name: typed.words("name"), industry: typed.query["industry"] ?? "",
                unit: unit, employees: employees, street: typed.words("street"),
                postcode: typed.words("postcode"), town: typed.words("town")),
            in: desk.municipality.code, by: actor, purpose: purpose)
        return .savedAt(.company(cvr.number), receipt)
    }
}

/// A contact that is agreed, or was held.
struct ContactForm: CompanyFormKind {
    let isPlanned: Bool

    func form(_ file: CompanyFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let today = visit.house.clock.today()
        let key = isPlanned ? "planned" : "held"
        let staff = try await StaffCase(visit.house).staff(of: visit.desk.municipality.code)
        let own = typed.text("staff", or: visit.actor.staff.map { String($0.number) } ?? "")
        return CaseForm(
            headline: visit.text(
                "views.contact.\(key).headline", ["name": file.company.name]),
            lead: visit.text("views.contact.\(key).lead"),
            fields: [
                FormField(
                    "unit", visit.text("views.contact.unit"),
                    .select(
                        visit.workplaces(
                            file,
                            selected: typed.text(
                                "unit",
                                or: file.workplaces.first.map { "\($0.number.number)" } ?? "")
                        ))),
                FormField(
                    "day", visit.text("views.conversation.day"),
                    .day(
                        typed.text(
                            "day",
                            or: (isPlanned ? today.nextWorkingDay(after: 7) : today).iso))),
                FormField(
                    "begins", visit.text("views.contact.begins"), .time(typed.text("begins"))),
                FormField(
                    "form", visit.text("views.contact.form"),
                    .radios(
                        visit.choices(
                            among: Registry.ContactForm.ofStaff, "term.contactForm",
                            selected: typed.text("form", or: isPlanned ? "visit" : "phone")))),
                FormField(
                    "reason", visit.text("views.contact.reason"),
                    .select(
                        visit.choices(
                            ContactReason.self, "term.contactReason",
                            selected: typed.text("reason", or: "planned")))),
                FormField(
                    "staff", visit.text("views.contact.staff"),
                    .select(
                        [Choice(value: "", label: try await visit.team())]
                            + staff.map {
                                let value = String($0.id.number)
                                return Choice(
                                    value: value, label: "\($0.name) (\($0.team))",
                                    isSelected: value == own)
                            })),
                FormField(
                    "person", visit.text("views.contact.person"),
                    .text(typed.text("person", or: visit.contactPerson(file)))),
                FormField(
                    "text", visit.text("views.contact.\(key).text"), .long(typed.text("text"))),
            ], save: visit.text("views.contact.\(key).save"))
    }

    func save(
        _ typed: inout Typed, _ company: CVR, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let day = typed.day("day")
        let begins = typed.query["begins"] == nil ? nil : typed.time("begins")
        let form: Registry.ContactForm? = typed.choice("form")
        let reason: ContactReason? = typed.choice("reason")
        let unit = typed.query["unit"].flatMap { Int64($0) }
            .flatMap { try? ProductionUnitNumber(number: $0) }
        if unit == nil { typed.reject("unit", "choice") }
        try typed.check()
        guard let day, let form, let reason, let unit else { throw FieldProblems([]) }
        let staff = typed.query.fact("staff")
        let all = try await StaffCase(visit.house).staff(of: visit.desk.municipality.code)
        let own = try await visit.team()
        return .saved(
            try await CompanyCase(visit.house).register(
                NewContact(
                    company: company, unit: unit, day: day, begins: begins, form: form,
                    reason: reason, staff: staff,
                    team: all.first { $0.id == staff }?.team ?? own,
                    person: typed.words("person"), text: typed.words("text")),
                isPlanned: isPlanned, in: visit.desk.municipality.code, by: visit.actor,
                purpose: purpose))
    }
}

/// How a planned contact went; `id` is the contact's number.
struct ContactDoneForm: CompanyFormKind {
    func form(_ file: CompanyFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let id = typed.query.fact("id")
        guard
            let line = file.contacts.first(where: {
                $0.contact.id == id && $0.contact.status == .planned
            })
        else { throw FieldProblems([]) }
        let today = visit.house.clock.today()
        return CaseForm(
            headline: visit.text("views.contactDone.headline", ["name": file.company.name]),
            lead: visit.wording.day(line.contact.day) + ": "
                + visit.words(line.contact, line.note),
            fields: [
                FormField(
                    "status", visit.text("views.contactDone.status"),
                    .radios(
                        [ConversationStatus.held, .cancelled].map {
                            Choice(
                                value: $0.rawValue,
                                label: visit.text("term.status.\($0.rawValue)"),
                                isSelected: $0.rawValue == typed.text("status", or: "held"))
                        })),
                FormField(
                    "day", visit.text("views.conversation.day"),
                    .day(typed.text("day", or: min(line.contact.day, today).iso))),
                FormField(
                    "text", visit.text("views.contact.held.text"),
                    .long(typed.text("text", or: line.note?.text ?? ""))),
            ], save: visit.text("views.contactDone.save"))
    }

    func save(
        _ typed: inout Typed, _ company: CVR, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let day = typed.day("day")
        let status: ConversationStatus? = typed.choice("status")
        let id = typed.chosen("id")
        try typed.check()
        guard let day, let status, let id else { throw FieldProblems([]) }
        return .saved(
            try await CompanyCase(visit.house).finish(
                id, status, on: day, text: typed.words("text"),
                in: visit.desk.municipality.code, by: visit.actor, purpose: purpose))
    }
}

/// A note about a company of one kind, whose fields are data: `id` names the kind.
struct CompanyRecordForm: CompanyFormKind {
    private func kind(_ typed: Typed, _ visit: Visit) async throws -> RecordKind {
        let kinds = try await CompanyCase(visit.house).catalogue()
        guard let kind = kinds[typed.query["id"] ?? ""] else { throw FieldProblems([]) }
        return kind
    }

    func form(_ file: CompanyFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        visit.recordForm(try await kind(typed, visit), typed, about: file.company.name)
    }

    func save(
        _ typed: inout Typed, _ company: CVR, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let kind = try await kind(typed, visit)
        let (start, end) = try visit.recordDays(kind, &typed)
        return .saved(
            try await CompanyCase(visit.house).register(
                kind.id, from: start, to: end, answers: visit.answers(kind, typed),
                about: company, in: visit.desk.municipality.code, by: visit.actor,
                purpose: purpose))
    }
}

/// Saying on which day a note that goes on ended; `id` is its number.
struct CompanyRecordEndForm: CompanyFormKind {
    func form(_ file: CompanyFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let id = typed.query.fact("id")
        guard let record = file.notes.first(where: { $0.id == id }) else {
            throw FieldProblems([])
        }
        let kinds = try await CompanyCase(visit.house).catalogue()
        return CaseForm(
            headline: visit.text("views.recordEnd.headline", ["name": file.company.name]),
            lead: visit.words(record, kinds),
            fields: [
                FormField(
                    "day", visit.text("views.recordEnd.day"),
                    .day(typed.text("day", or: visit.house.clock.today().iso)))
            ], save: visit.text("views.recordEnd.save"))
    }

    func save(
        _ typed: inout Typed, _ company: CVR, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let day = typed.day("day")
        let id = typed.chosen("id")
        try typed.check()
        guard let day, let id else { throw FieldProblems([]) }
        return .saved(
            try await CompanyCase(visit.house).end(
                id, of: company, on: day, in: visit.desk.municipality.code, by: visit.actor,
                purpose: purpose))
    }
}
