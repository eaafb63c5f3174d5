import Chronology
import Identifiers
import Jobcenter
import Matching
import Parameters
import Registry
import Reporting
import Views

/// An order as it is typed: the company's own words, and the fields that are read from them.
struct OrderTyping {
    let visit: Visit
    let books: MatchingBooks
    /// The company itself types it: how it came in, and by when it is answered, goes without
    /// saying.
    let isCompanys: Bool

    init(_ visit: Visit, isCompanys: Bool = false) async throws {
        self.visit = visit
        self.isCompanys = isCompanys
        books = try await CandidateCase(visit.house).books()
    }

    private var today: Day { visit.house.clock.today() }

    /// The fields, filled in with the order as it stands or with what is usual.
    func fields(
        _ typed: Typed, units: [Choice], contact: String, standing: OrderSummary?
    ) -> [FormField] {
        let known = standing?.description
        func text(_ name: String, _ value: String?, help: Bool = false) -> FormField {
            FormField(
                name, visit.text("views.orderForm.\(name)"),
                .text(typed.text(name, or: value ?? "")),
                help: help ? visit.text("views.orderForm.\(name)Help") : nil)
        }
        let occupation = known.flatMap { $0.occupation.isEmpty ? nil : $0.occupation }
        let positions = typed.text(
            "positions", or: String(standing?.order.positions ?? 1))
        var fields = [
            FormField(
                "text", visit.text("views.orderForm.text"),
                .long(typed.text("text", or: known?.text ?? "")),
                help: visit.text("views.orderForm.textHelp")),
            FormField("unit", visit.text("views.contact.unit"), .select(units)),
            text("title", known?.title),
            text("occupation", occupation.map { visit.occupation($0, books) }, help: true),
            text("must", known.map { visit.skills($0.must, books) }, help: true),
            text("nice", known.map { visit.skills($0.nice, books) }),
            FormField(
                "kind", visit.text("views.orderForm.kind"),
                .radios(
                    visit.choices(
                        JobKind.self, "term.jobKind",
                        selected: typed.text("kind", or: known?.kind.rawValue ?? "ordinary")))),
        ]
        fields += visit.hoursFields(typed, known?.hours ?? WeeklyHours())
        fields += [
            text("postcode", known?.postcode, help: true),
            FormField(
                "start", visit.text("views.orderForm.start"),
                .day(typed.text("start", or: known?.start?.iso ?? "")),
                help: visit.text("views.orderForm.startHelp")),
            text("positions", positions),
        ]
        if (Int(positions) ?? 0) > OrderCase.manyPositions {
            fields.append(
                FormField(
                    "sure", visit.text("views.orderForm.sure", ["n": positions]),
                    .tick(typed.tick("sure"))))
        }
        fields += [
            FormField(
                "deadline", visit.text("views.orderForm.deadline"),
                .day(typed.text("deadline", or: standing?.order.deadline?.iso ?? "")),
                help: visit.text("views.orderForm.deadlineHelp")),
            FormField(
                "answerBy", visit.text("views.orderForm.answerBy"),
                .day(typed.text("answerBy", or: (known?.answerBy ?? usualAnswer).iso)),
                help: visit.text("views.orderForm.answerByHelp")),
            text("contact", known?.contact ?? contact),
        ]
        if isCompanys {
            return fields.filter { $0.name != "answerBy" }.map { visit.own($0, "orderForm") }
        }
        if standing == nil {
            fields.append(
                FormField(
                    "form", visit.text("views.orderForm.form"),
                    .radios(
                        visit.choices(
                            among: Registry.ContactForm.ofStaff, "term.contactForm",
                            selected: typed.text("form", or: "phone")))))
        }
        return fields
    }

    private var usualAnswer: Day { today.nextWorkingDay(after: 2) }

    /// What was sent, as an order. Notes what is missing or cannot be understood.
    func order(_ typed: inout Typed) async throws -> NewOrder {
        let unit = typed.query["unit"].flatMap { Int64($0) }
            .flatMap { try? ProductionUnitNumber(number: $0) }
        if unit == nil { typed.reject("unit", "choice") }
        if typed.words("title").isEmpty { typed.reject("title", "empty") }
        let occupation = typed.occupation("occupation", books)
        let must = typed.skills("must", books)
        let nice = typed.skills("nice", books)
        let hours = typed.hoursAWeek()
        let kind: JobKind? = typed.choice("kind")
        let postcode = typed.postcode("postcode", books)
        let start = typed.optionalDay("start")
        let positions = typed.whole("positions", in: 1...100_000)
        let deadline = typed.optionalDay("deadline")
        let answerBy = isCompanys ? usualAnswer : typed.day("answerBy")
        let form = typed.query["form"].flatMap { Registry.ContactForm(rawValue: $0) }
        try typed.check()
        guard let unit, let occupation, let kind, let postcode, let positions, let answerBy else {
            throw FieldProblems([])
        }
        return NewOrder(
            unit: unit, positions: positions, isSure: typed.tick("sure"),
            occupationGroup: books.group(occupation), deadline: deadline,
            description: OrderDescription(
                id: FactID(0), title: typed.words("title"), text: typed.words("text"),
                occupation: occupation, must: must, nice: nice.filter { !must.contains($0) },
                hours: hours, kind: kind, postcode: postcode, start: start, answerBy: answerBy,
                contact: typed.words("contact"), staff: visit.actor.staff),
            form: form ?? .phone, team: try await visit.team())
    }

    /// Reads the company's own words into the fields. What the words do not say stays as it
    /// was typed. The doubts are told.
    func read(_ typed: inout Typed) -> [Notice] {
        let proposal = books.reader.read(typed.words("text"), today: today)
        var values: [String: String] = [:]
        if let occupation = proposal.occupation {
            values["occupation"] = visit.occupation(occupation.value, books)
            if typed.words("title").isEmpty {
                values["title"] =
                    books.taxonomy.occupation(occupation.value)?.label.capitalisedFirst
            }
        }
        if !proposal.must.isEmpty {
            values["must"] = visit.skills(proposal.must.map(\.value), books)
        }
        if !proposal.nice.isEmpty {
            values["nice"] = visit.skills(proposal.nice.map(\.value), books)
        }
        if let hours = proposal.hours?.value {
            let both = [("hoursLeast", hours.least), ("hoursMost", hours.most)]
            for (name, time) in both {
                values[name] = visit.wording.number(time.hours, decimals: time.decimals)
            }
        }
        values["postcode"] = proposal.postcode.map { String($0.value.number) }
        if case .on(let day)? = proposal.start?.value { values["start"] = day.iso }
        values["kind"] = proposal.kind?.value.rawValue
        values["positions"] = proposal.positions.map { String($0.value) }
        values["deadline"] = proposal.deadline?.value.iso
        let kept = typed.query.pairs.filter { values[$0.name] == nil && $0.name != "_act" }
        typed = Typed(
            Query(kept + values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }),
            isEmpty: false)
        var notices = proposal.doubts.map { doubt in
            Notice(visit.text("order.doubt.\(doubt.key)", visit.values(doubt)))
        }
        if !values.isEmpty { notices.append(Notice(visit.text("views.orderForm.read"))) }
        return notices
    }
}

extension Visit {
    /// A field in words that are meant for the company itself.
    func own(_ field: FormField, _ form: String) -> FormField {
        var field = field
        let key = "door.\(form).\(field.name)"
        if house.texts.has(key) { field.label = text(key) }
        if house.texts.has(key + "Help") { field.help = text(key + "Help") }
        return field
    }

    /// What a doubt's sentence names.
    fileprivate func values(_ doubt: OrderDoubt) -> [String: String] {
        switch doubt {
        case .empty, .noOccupation, .deadlineAfterStart, .severalAdverts: [:]
        case .manyPositions(let count): ["count": wording.number(count)]
        case .postcodeAbroad(let written): ["found": written]
        case .unknownPostcode(let number): ["found": String(number)]
        case .otherLanguage(let code): ["found": code]
        case .contradictingHours(let found):
            [
                "found": found.map { hours($0) }.joined(separator: ", ")
            ]
        case .contradictingStart(let days), .contradictingDeadline(let days):
            ["found": days.map { wording.day($0) }.joined(separator: ", ")]
        case .startPassed(let day), .deadlinePassed(let day): ["found": wording.day(day)]
        }
    }
}

extension String {
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}

/// Registering a company's order.
struct CompanyOrderForm: CompanyFormKind {
    func form(_ file: CompanyFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let typing = try await OrderTyping(visit)
        let first = file.workplaces.first.map { String($0.number.number) } ?? ""
        return CaseForm(
            headline: visit.text("views.orderForm.headline", ["name": file.company.name]),
            lead: visit.text("views.orderForm.lead"),
            fields: typing.fields(
                typed, units: visit.workplaces(file, selected: typed.text("unit", or: first)),
                contact: visit.contactPerson(file), standing: nil),
            save: visit.text("views.orderForm.save"),
            others: [Choice(value: "read", label: visit.text("views.orderForm.readText"))])
    }

    func save(
        _ typed: inout Typed, _ company: CVR, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let typing = try await OrderTyping(visit)
        if typed.query["_act"] == "read" { return .shown(typing.read(&typed)) }
        let order = try await typing.order(&typed)
        let (id, receipt) = try await OrderCase(visit.house).register(
            order, in: visit.desk.municipality.code, by: visit.actor, purpose: purpose)
        return .savedAt(.order(id.number), receipt)
    }
}

/// Correcting what an order wants.
struct OrderCorrectionForm: OrderFormKind {
    func form(_ file: OrderFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let typing = try await OrderTyping(visit)
        let unit = file.summary.order.unit
        let company = try await CompanyCase(visit.house).file(
            of: file.company?.cvr ?? CVR(number: 0), in: visit.desk.municipality.code,
            by: visit.actor)
        guard let company else { throw FieldProblems([]) }
        return CaseForm(
            headline: visit.text(
                "views.orderForm.correct", ["title": visit.title(of: file.summary)]),
            lead: visit.text("views.orderForm.lead"),
            fields: typing.fields(
                typed,
                units: visit.workplaces(
                    company, selected: typed.text("unit", or: String(unit.number))),
                contact: visit.contactPerson(company), standing: file.summary),
            save: visit.text("views.orderForm.saveAgain"),
            others: [Choice(value: "read", label: visit.text("views.orderForm.readText"))])
    }

    func save(
        _ typed: inout Typed, _ order: FactID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let typing = try await OrderTyping(visit)
        if typed.query["_act"] == "read" { return .shown(typing.read(&typed)) }
        let new = try await typing.order(&typed)
        return .saved(
            try await OrderCase(visit.house).correct(
                order, new, in: visit.desk.municipality.code, by: visit.actor, purpose: purpose))
    }
}
