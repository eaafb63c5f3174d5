import Chronology
import Identifiers
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// A new agreement; the query says for whom (`id`, so that each citizen has a draft), where
    /// and from which order.
    func newAgreement(_ visit: Visit) async throws -> Answer {
        try Policy.require(.registerCompany, by: visit.actor, in: municipality.code)
        guard let purpose = visit.employerPurpose else { return visit.error(.notFound) }
        let kinds = try await AgreementCase(house).kinds(on: house.clock.today())
        return try await SentForm(
            visit: visit, route: .newAgreement, section: .companies,
            back: Route.agreements.path,
            form: { (visit.newAgreement($0, kinds), visit.agreementsTrail) },
            save: { typed in try await visit.saveNewAgreement(&typed, kinds, purpose) },
            after: { Route.agreements.link([("receipt", String($0.number))]) }
        ).answer()
    }

    func agreementForm(
        _ number: Int64, _ form: Route.AgreementForm, _ visit: Visit
    ) async throws -> Answer {
        try Policy.require(.registerCompany, by: visit.actor, in: municipality.code)
        if form == .sign {
            try Policy.require(.registerFact, by: visit.actor, in: municipality.code)
        }
        guard let purpose = visit.agreementPurpose(number),
            let file = try await visit.agreementFile(number)
        else { return visit.error(.notFound) }
        if form == .link { return try await link(file, purpose, visit) }
        let kinds = try await AgreementCase(house).kinds(on: file.agreement.start)
        let back = Route.agreement(number).path
        return try await SentForm(
            visit: visit, route: .agreementForm(number, form), section: .companies, back: back,
            form: { typed in
                visit.form(form, file, typed, kinds).map {
                    (
                        $0,
                        visit.agreementsTrail + [
                            Link(visit.title(of: file.agreement, file.kind), back)
                        ]
                    )
                }
            },
            save: { typed in try await visit.save(form, file, &typed, kinds, purpose) },
            after: { Route.agreement(number).link([("receipt", String($0.number))]) }
        ).answer()
    }

    /// Makes a link and shows it: only its hash is kept, so it is shown this once. The program
    /// sends no mail; whoever made the link does.
    private func link(
        _ file: AgreementFile, _ purpose: Purpose, _ visit: Visit
    ) async throws -> Answer {
        let number = file.agreement.id.number
        let back = Route.agreement(number).path
        let sent = visit.call.method == .post ? visit.call.form : visit.call.query
        let trail =
            visit.agreementsTrail + [Link(visit.title(of: file.agreement, file.kind), back)]
        guard let id = sent.fact("id"),
            let signer = file.standing.current.first(where: { $0.id == id })
        else { return visit.error(.notFound) }
        var problems: [Notice] = []
        if visit.call.method == .post {
            let secret = secret()
            do {
                let receipt = try await AgreementCase(house).send(
                    id, of: file.agreement.id, secret: secret, in: municipality.code,
                    by: visit.actor, purpose: purpose)
                return visit.page(
                    visit.page(of: secret, for: signer, file, receipt), section: .companies,
                    breadcrumb: trail)
            } catch let found as FieldProblems {
                problems = found.all.map { Notice(visit.text("problem.\($0.key)", $0.values)) }
            }
        }
        let isAgain = file.standing.link(of: id) != nil
        return visit.page(
            FormPage(
                headline: visit.text(
                    isAgain ? "views.agreementLink.again" : "views.agreementLink.headline",
                    ["name": signer.name]),
                lead: visit.text(
                    isAgain ? "views.agreementLink.againLead" : "views.agreementLink.lead"),
                notices: problems, fields: [], hidden: [.init("id", String(id.number))],
                save: visit.text("views.agreementLink.save"),
                back: Link(visit.text("views.form.back"), back),
                action: Route.agreementForm(number, .link).path),
            section: .companies, breadcrumb: trail, status: problems.isEmpty ? 200 : 400)
    }
}

extension Visit {
    fileprivate func page(
        of secret: String, for signer: AgreementSigner, _ file: AgreementFile, _ receipt: Receipt
    ) -> CaseListPage {
        let link = (call.site ?? "") + Route.sign(secret).path
        var ways = [
            Link(text("views.agreementLink.open"), Route.sign(secret).path)
        ]
        if signer.contact.contains("@"), !signer.contact.contains(" ") {
            let subject = text("views.agreementLink.subject", ["company": file.companyName])
            let body = text("views.agreementLink.body", ["name": signer.name, "link": link])
            ways.append(
                Link(
                    text("views.agreementLink.mail"),
                    "mailto:\(percentEncoded(signer.contact))?subject=\(percentEncoded(subject))"
                        + "&body=\(percentEncoded(body))"))
        }
        return CaseListPage(
            headline: text("views.agreementLink.made", ["name": signer.name]),
            lead: text("views.agreementLink.madeLead"),
            receipt: CitizenPage.Receipt(
                number: Int(receipt.number), hash: String(receipt.hash.prefix(12)),
                what: text("term.agreementMark.sent")),
            sections: [
                CaseListPage.Section(
                    heading: text("views.agreementLink.link"),
                    lines: [
                        CaseListPage.Line(
                            heading: signer.contact.isEmpty ? signer.name : signer.contact,
                            details: [link], by: "", links: ways)
                    ], forms: [])
            ],
            acts: [
                Link(
                    text("views.agreementLink.back"),
                    Route.agreement(file.agreement.id.number).path)
            ])
    }

    fileprivate func newAgreement(_ typed: Typed, _ kinds: [EffortKind]) -> CaseForm {
        let starts = house.clock.today().nextWorkingDay(after: 14)
        return CaseForm(
            headline: text("views.agreement.new"), lead: text("views.agreementForm.newLead"),
            fields: [
                FormField(
                    "citizen", text("views.agreementForm.citizen"),
                    .text(typed.text("citizen", or: typed.text("id"))),
                    help: text("views.agreementForm.citizenHelp")),
                FormField(
                    "order", text("views.agreementForm.order"), .text(typed.text("order")),
                    help: text("views.agreementForm.orderHelp")),
            ] + content(typed, nil, kinds, starts: starts) + signerFields(typed),
            save: text("views.agreementForm.newSave"))
    }

    /// What is agreed, with what stands filled in.
    private func content(
        _ typed: Typed, _ standing: OfferAgreement?, _ kinds: [EffortKind], starts: Day
    ) -> [FormField] {
        func amount(_ value: Int?) -> String {
            value.map { wording.number(Double($0) / 100, decimals: 2) } ?? ""
        }
        let measure = typed.text("measure", or: standing?.measure ?? "")
        func field(_ name: String, _ kind: FormField.Kind, help: Bool = false) -> FormField {
            FormField(
                name, text("views.agreementForm.\(name)"), kind,
                help: help ? text("views.agreementForm.\(name)Help") : nil)
        }
        let hours = standing.map { wording.number($0.weekly.hours, decimals: 1) } ?? ""
        return [
            field(
                "measure",
                .select(
                    [Choice(value: "", label: text("views.effort.choose"))]
                        + kinds.map {
                            Choice(
                                value: $0.id, label: $0.name[language],
                                isSelected: $0.id == measure)
                        })),
            field(
                "unit",
                .text(typed.text("unit", or: standing.map { $0.unit.description } ?? ""))),
            field("starts", .day(typed.text("starts", or: (standing?.start ?? starts).iso))),
            field("ends", .day(typed.text("ends", or: (standing?.end ?? starts + 25).iso))),
            field("hours", .text(typed.text("hours", or: hours))),
            field("tasks", .long(typed.text("tasks", or: standing?.tasks ?? "")), help: true),
            field(
                "wage", .text(typed.text("wage", or: amount(standing?.wage))), help: true),
            field(
                "subsidy", .text(typed.text("subsidy", or: amount(standing?.subsidy))),
                help: true),
            field(
                "extended", .tick(typed.tick("extended", or: standing?.isExtended ?? false))),
            field(
                "single", .tick(typed.tick("single", or: standing?.isSingleParent ?? false))),
            field(
                "deadline",
                .day(typed.text("deadline", or: (standing?.deadline ?? starts).iso)),
                help: true),
        ]
    }

    private func signerFields(_ typed: Typed) -> [FormField] {
        AgreementParty.allCases.flatMap { party -> [FormField] in
            let proposal = party == .caseworker ? actor.name : ""
            let name = FormField(
                "name-\(party.rawValue)",
                text("views.agreementForm.signer.\(party.rawValue)"),
                .text(typed.text("name-\(party.rawValue)", or: proposal)),
                help: party == .citizen || party == .employees
                    ? text("views.agreementForm.signerHelp.\(party.rawValue)") : nil)
            if party == .caseworker { return [name] }
            return [
                name,
                FormField(
                    "contact-\(party.rawValue)",
                    text("views.agreementForm.contactOf.\(party.rawValue)"),
                    .text(typed.text("contact-\(party.rawValue)"))),
            ]
        }
    }

    fileprivate func saveNewAgreement(
        _ typed: inout Typed, _ kinds: [EffortKind], _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let citizen = typed.query.fact("citizen")
        if citizen == nil { typed.reject("citizen", "caseNumber") }
        if typed.query["order"] != nil, typed.query.fact("order") == nil {
            typed.reject("order", "orderNumber")
        }
        let read = typed.content()
        for party in AgreementParty.allCases where party != .citizen {
            if typed.words("name-\(party.rawValue)").isEmpty {
                typed.reject("name-\(party.rawValue)", "empty")
            }
        }
        try typed.check()
        guard let content = read, let citizen else { throw FieldProblems([]) }
        let signers = AgreementParty.allCases.map {
            NewSigner(
                $0, name: typed.words("name-\($0.rawValue)"),
                contact: typed.words("contact-\($0.rawValue)"))
        }
        do {
            let (id, receipt) = try await AgreementCase(house).register(
                content, for: CitizenID(citizen.number), from: typed.query.fact("order"),
                signers: signers, in: desk.municipality.code, by: actor, purpose: purpose)
            return .savedAt(.agreement(id.number), receipt)
        } catch let refusal as EffortRefusal {
            return refused(refusal, &typed)
        }
    }

    /// The law said no: the arithmetic, and what would make it possible.
    func refused(_ refusal: EffortRefusal, _ typed: inout Typed) -> CaseOutcome {
        for check in refusal.checks where check.forbids {
            typed.reject(check.subject.field, "lawSaysNo")
        }
        return .shown(notices(refusal.ways) + notices(refusal.checks))
    }

    func notices(_ ways: [WayOut]) -> [Notice] {
        if ways.isEmpty { return [] }
        return [Notice(text("views.limits.ways"), lines: ways.map { .init(words($0)) })]
    }

    private func words(_ way: WayOut) -> String {
        switch way {
        case .endBy(let day): text("views.limits.endBy", ["day": wording.day(day)])
        case .startFrom(let day): text("views.limits.startFrom", ["day": wording.day(day)])
        case .hours(let weekly):
            text("views.limits.hours", ["n": wording.number(weekly.hours, decimals: 0)])
        case .statement: text("views.limits.statement")
        }
    }

    fileprivate func form(
        _ form: Route.AgreementForm, _ file: AgreementFile, _ typed: Typed,
        _ kinds: [EffortKind]
    ) -> CaseForm? {
        let values = ["name": file.citizen.fullName, "company": file.companyName]
        let headline = text("views.agreementForm.\(form.rawValue)Headline", values)
        let lead = text("views.agreementForm.\(form.rawValue)Lead", values)
        let save = text("views.agreementForm.\(form.rawValue)Save")
        switch form {
        case .change:
            return CaseForm(
                headline: headline, lead: lead,
                fields: content(typed, file.agreement, kinds, starts: file.agreement.start),
                save: save)
        case .replace:
            guard let signer = signer(file, typed) else { return nil }
            return CaseForm(
                headline: text("views.agreementForm.replaceHeadline", ["name": signer.name]),
                lead: lead,
                fields: [
                    FormField(
                        "name", text("views.agreementForm.newName"), .text(typed.text("name"))),
                    FormField(
                        "contact", text("views.agreementForm.newContact"),
                        .text(typed.text("contact"))),
                ], save: save)
        case .sign:
            return CaseForm(
                headline: headline, lead: lead,
                notices: [
                    Notice(text("views.sign.agreed"), lines: agreed(file).map { .init($0) })
                ] + notices(file.checks),
                fields: [
                    FormField(
                        "name", text("views.sign.name"), .text(typed.text("name", or: actor.name)))
                ], hidden: [.init("shown", file.agreement.digest)], save: save)
        case .withdraw:
            return CaseForm(
                headline: headline, lead: lead,
                fields: [
                    FormField("why", text("views.agreementForm.why"), .long(typed.text("why")))
                ], save: save)
        case .link: return nil
        }
    }

    private func signer(_ file: AgreementFile, _ typed: Typed) -> AgreementSigner? {
        let id = typed.query.fact("id")
        return file.standing.current.first { $0.id == id }
    }

    fileprivate func save(
        _ form: Route.AgreementForm, _ file: AgreementFile, _ typed: inout Typed,
        _ kinds: [EffortKind], _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let cases = AgreementCase(house)
        let (id, code) = (file.agreement.id, desk.municipality.code)
        do {
            switch form {
            case .change:
                let read = typed.content()
                try typed.check()
                guard let content = read else { throw FieldProblems([]) }
                return .saved(
                    try await cases.change(
                        id, to: content, in: code, by: actor, purpose: purpose))
            case .replace:
                guard let signer = signer(file, typed) else {
                    throw FieldProblems([.init("signer", "choice")])
                }
                return .saved(
                    try await cases.replace(
                        signer.id, of: id,
                        by: NewSigner(
                            signer.party, name: typed.words("name"),
                            contact: typed.words("contact")), in: code, by: actor,
                        purpose: purpose))
            case .sign:
                let name = typed.words("name")
                if name.isEmpty { throw FieldProblems([.init("name", "nameMissing")]) }
                return .saved(
                    try await cases.sign(
                        id, shown: typed.query["shown"] ?? "", name: name, in: code, by: actor,
                        purpose: purpose))
            case .withdraw:
                return .saved(
                    try await cases.withdraw(
                        id, why: typed.words("why"), in: code, by: actor, purpose: purpose))
            case .link: throw FieldProblems([])
            }
        } catch let refusal as EffortRefusal {
            return refused(refusal, &typed)
        }
    }
}

extension Typed {
    /// What is agreed as typed; nil with its problems where something is missing.
    fileprivate mutating func content() -> AgreedContent? {
        let unit = query["unit"].flatMap { try? ProductionUnitNumber($0) }
        if unit == nil { reject("unit", "workplaceNumber") }
        if query["measure"] == nil { reject("measure", "choice") }
        let (start, end, deadline) = (day("starts"), day("ends"), day("deadline"))
        let weekly = hours("hours")
        if query["hours"] == nil { reject("hours", "hoursMissing") }
        let (wage, subsidy) = (amount("wage"), amount("subsidy"))
        guard let unit, let start, let end, let deadline, let weekly else { return nil }
        return AgreedContent(
            unit: unit, measure: query["measure"] ?? "", start: start, end: end, weekly: weekly,
            tasks: words("tasks"), wage: wage, subsidy: subsidy, deadline: deadline,
            isExtended: tick("extended"), isSingleParent: tick("single"))
    }

    /// Kroner with a comma or a point as øre; nil without a problem where the field is empty.
    private mutating func amount(_ name: String) -> Int? {
        guard let text = query[name] else { return nil }
        guard let kroner = Double(text.replacing(",", with: ".")), kroner > 0, kroner < 10_000
        else {
            reject(name, "amount")
            return nil
        }
        return Int((kroner * 100).rounded())
    }
}
