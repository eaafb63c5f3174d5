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
    /// Every agreement, those that wait first.
    func agreements(_ visit: Visit) async throws -> Answer {
        let all = try await AgreementCase(house).all(of: municipality.code, by: visit.actor)
        let names = try await CompanyCase(house).names(in: municipality.code, by: visit.actor)
        let kinds = try await EffortCase(house).catalogue()
        let today = house.clock.today()
        let waiting = all.count { $0.stage(on: today) == .waiting }
        let sections = AgreementStage.inOrder.map { stage in
            CaseListPage.Section(
                heading: visit.text("views.agreement.stage.\(stage.rawValue)"),
                lines: all.filter { $0.stage(on: today) == stage }.map {
                    visit.line($0, names[$0.agreement.unit]?.name ?? "", kinds)
                }, forms: [],
                nothing: stage == .waiting ? visit.text("views.agreements.noneWaiting") : nil)
        }
        return visit.page(
            CaseListPage(
                headline: visit.text(
                    "views.agreements.headline.\(waiting == 1 ? "one" : "many")",
                    ["n": visit.wording.number(waiting)]),
                lead: visit.text("views.agreements.lead"), sections: sections,
                acts: visit.mayRegisterCompany
                    ? [Link(visit.text("views.agreement.new"), Route.newAgreement.path)] : []),
            section: .companies, breadcrumb: visit.companiesTrail)
    }

    /// One agreement: what is agreed, who has signed, and what the law says.
    func agreement(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard let file = try await visit.agreementFile(number) else {
            return visit.error(.notFound)
        }
        return visit.page(
            visit.page(of: file), section: .companies, breadcrumb: visit.agreementsTrail)
    }
}

extension AgreementStage {
    /// What somebody has to do something about stands first.
    fileprivate static let inOrder: [AgreementStage] = [
        .refused, .expired, .waiting, .draft, .signed, .withdrawn,
    ]
}

extension Visit {
    var agreementsTrail: [Link] {
        companiesTrail + [Link(text("views.agreements.title"), Route.agreements.path)]
    }

    func agreementFile(_ number: Int64) async throws -> AgreementFile? {
        guard let purpose = agreementPurpose(number) else { return nil }
        return try await AgreementCase(house).file(
            FactID(number), in: desk.municipality.code, by: actor, purpose: purpose)
    }

    func agreementPurpose(_ number: Int64) -> Purpose? {
        Purpose(text("web.purpose.agreement", ["number": String(number)]))
    }

    /// `Virksomhedspraktik, privat, 5. januar 2026 til 30. januar 2026`
    func title(of agreement: OfferAgreement, _ kind: EffortKind?) -> String {
        (kind?.name[language] ?? agreement.measure) + ", "
            + text(
                "law.rules.fromTo",
                ["from": wording.day(agreement.start), "to": wording.day(agreement.end)])
    }

    /// An agreement among others, without the citizen's name.
    func line(
        _ standing: AgreementStanding, _ company: String, _ kinds: EffortCatalogue
    ) -> CaseListPage.Line {
        let agreement = standing.agreement
        let waits = standing.current.filter { standing.answer(of: $0.id)?.kind != .signed }
        let stage = standing.stage(on: house.clock.today())
        var details = [text("views.agreement.stage.\(stage.rawValue)")]
        if stage.isOpen {
            details = [
                text(
                    "views.agreements.waitsFor",
                    [
                        "who": waits.map { text("term.party.\($0.party.rawValue)").lowercased() }
                            .joined(separator: ", "),
                        "day": wording.day(agreement.deadline),
                    ])
            ]
        }
        return CaseListPage.Line(
            heading: company + ": " + title(of: agreement, kinds[agreement.measure]),
            details: details, by: "",
            links: [
                Link(text("views.agreements.open"), Route.agreement(agreement.id.number).path)
            ])
    }

    fileprivate func page(of file: AgreementFile) -> CaseListPage {
        let may = mayRegisterCompany && ![.signed, .withdrawn].contains(file.stage)
        return CaseListPage(
            headline: text(
                "views.agreement.headline",
                [
                    "name": file.citizen.fullName, "company": file.companyName,
                ]), lead: lead(of: file), receipt: receipt(in: file.notes),
            warnings: warnings(of: file),
            sections: [
                CaseListPage.Section(
                    heading: text("views.agreement.agreed"),
                    lines: [
                        CaseListPage.Line(
                            heading: title(of: file.agreement, file.kind),
                            details: agreed(file), by: "", links: links(of: file))
                    ], forms: may ? forms(file, [.change]) : []),
                CaseListPage.Section(
                    heading: text("views.agreement.signers"),
                    lines: file.standing.current.map { line($0, file, may) }, forms: []),
                CaseListPage.Section(
                    heading: text("views.agreement.law"),
                    lines: file.checks.map { line($0) }, forms: [],
                    nothing: text("views.agreement.lawDone")),
                CaseListPage.Section(
                    heading: text("views.order.history"),
                    lines: file.notes.map { line($0, file) },
                    forms: may ? forms(file, [.withdraw]) : []),
            ])
    }

    private func forms(_ file: AgreementFile, _ forms: [Route.AgreementForm]) -> [Link] {
        forms.map {
            Link(
                text("views.agreementForm.\($0.rawValue)"),
                Route.agreementForm(file.agreement.id.number, $0).path)
        }
    }

    private func links(of file: AgreementFile) -> [Link] {
        let number = file.agreement.citizen.number
        let effort = Link(
            text("views.agreement.effort"),
            Route.efforts(number).link([
                ("purpose", agreementPurpose(file.agreement.id.number)?.text)
            ])
        )
        let company = Link(
            text("views.companies.openCompany"), Route.company(file.agreement.company.number).path)
        return (file.stage == .signed && peopleRefusal == nil ? [effort] : []) + [company]
    }

    private func lead(of file: AgreementFile) -> String {
        text(
            "views.agreement.lead.\(file.stage.rawValue)",
            ["day": wording.day(file.agreement.deadline)])
    }

    private func warnings(of file: AgreementFile) -> [String] {
        let standing = file.standing
        var warnings: [String] = []
        for signer in standing.current {
            let who = ["name": signer.name]
            if let void = standing.void(of: signer.id) {
                warnings.append(
                    text(
                        "views.agreement.void",
                        who.merging(["day": wording.day(void.day)]) { one, _ in one }))
            }
            if let mark = standing.answer(of: signer.id), mark.kind == .refused {
                warnings.append(
                    text(
                        "views.agreement.refusedWords",
                        who.merging(["words": mark.text]) { one, _ in one }))
            }
        }
        if file.isForbidden, file.stage != .withdrawn {
            warnings.append(text("views.agreement.forbiddenNow"))
        }
        if file.checks.contains(where: { $0.answer.basis.confidence == .uncertain }) {
            warnings.append(text("views.agreement.uncertain"))
        }
        return warnings
    }

    /// What is agreed, line by line, as everybody who signs sees it.
    func agreed(_ file: AgreementFile) -> [String] {
        let agreement = file.agreement
        var place = [file.companyName, "P \(agreement.unit)"]
        if let entry = file.workplace {
            place += [entry.street, "\(entry.postcode) \(entry.town)"]
        }
        var lines: [String] = []
        func add(_ key: String, _ value: String) {
            if !value.isEmpty { lines.append("\(text("views.agreement.\(key)")): \(value)") }
        }
        add("citizen", file.citizen.fullName)
        add("place", place.filter { $0.contains { $0 != " " } }.joined(separator: ", "))
        add("kind", file.kind?.name[language] ?? agreement.measure)
        add(
            "period",
            text(
                "law.rules.fromTo",
                ["from": wording.day(agreement.start), "to": wording.day(agreement.end)]))
        add("hours", wording.number(agreement.weekly.hours, decimals: 1))
        add("tasks", agreement.tasks)
        add("wage", agreement.wage.map { kroner($0) } ?? "")
        add("subsidy", agreement.subsidy.map { kroner($0) } ?? "")
        if agreement.isExtended { lines.append(text("views.agreement.extended")) }
        return lines
    }

    /// Øre as kroner an hour.
    func kroner(_ amount: Int) -> String {
        text(
            "views.agreement.kroner",
            ["amount": wording.number(Double(amount) / 100, decimals: 2)])
    }

    /// How a signer stands: `Har skrevet under 3. januar 2026`.
    func words(_ signer: AgreementSigner, _ standing: AgreementStanding) -> String {
        if let mark = standing.answer(of: signer.id) {
            return text(
                "views.agreement.\(mark.kind.rawValue)On", ["day": wording.day(mark.day)])
        }
        if let link = standing.link(of: signer.id) {
            return text("views.agreement.sentOn", ["day": wording.day(link.day)])
        }
        return text(
            signer.party == .caseworker
                ? "views.agreement.signsHere" : "views.agreement.notSent")
    }

    private func line(
        _ signer: AgreementSigner, _ file: AgreementFile, _ may: Bool
    ) -> CaseListPage.Line {
        let standing = file.standing
        var links: [Link] = []
        func add(_ form: Route.AgreementForm, _ key: String) {
            links.append(
                Link(
                    text("views.agreementForm.\(key)"),
                    Route.agreementForm(file.agreement.id.number, form).link([
                        ("id", String(signer.id.number))
                    ])))
        }
        let hasSigned = standing.answer(of: signer.id)?.kind == .signed
        if may, !hasSigned, file.stage != .expired {
            if signer.party == .caseworker {
                if mayRegister, file.stage.isOpen { add(.sign, "sign") }
            } else {
                add(.link, standing.link(of: signer.id) == nil ? "link" : "resend")
            }
        }
        if may { add(.replace, "replace") }
        let before = standing.signers.filter {
            $0.party == signer.party && standing.isReplaced($0.id)
        }
        return CaseListPage.Line(
            heading: "\(text("term.party.\(signer.party.rawValue)")): \(signer.name)",
            details: [words(signer, standing), signer.contact].filter { !$0.isEmpty }
                + before.map { text("views.agreement.insteadOf", ["name": $0.name]) },
            by: "", links: links)
    }

    private func line(_ check: EffortCheck) -> CaseListPage.Line {
        let found = notices([check])[0]
        return CaseListPage.Line(
            heading: found.text, details: found.lines.map(\.text), by: "")
    }

    private func line(_ note: RegistrationNote, _ file: AgreementFile) -> CaseListPage.Line {
        let names = Dictionary(
            file.standing.signers.map { ($0.id, $0.name) }, uniquingKeysWith: { one, _ in one })
        var heading = text("views.fact.\(note.fact.kind.rawValue)")
        var details: [String] = []
        switch note.fact {
        case .agreementSigner(let signer):
            details = ["\(text("term.party.\(signer.party.rawValue)")): \(signer.name)"]
        case .agreementMark(let mark):
            heading = text("term.agreementMark.\(mark.kind.rawValue)")
            details = [mark.signer.flatMap { names[$0] } ?? "", mark.text].filter { !$0.isEmpty }
            if mark.kind == .signed || mark.kind == .refused {
                details.append(
                    text("views.agreement.textHash", ["hash": String(mark.digest.prefix(12))]))
            }
        default: break
        }
        return CaseListPage.Line(heading: heading, details: details, by: registeredBy(note))
    }
}
