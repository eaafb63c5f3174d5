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
    /// What there is to do for companies, and a search.
    func companies(_ visit: Visit) async throws -> Answer {
        let cases = CompanyCase(house)
        let day = try await cases.day(in: municipality.code, by: visit.actor)
        let typed = visit.call.query["q"] ?? ""
        let records = try await cases.catalogue()
        let ticks = (records["can-offer"]?.fields ?? []).filter {
            if case .tick = $0.kind { true } else { false }
        }
        let offer = ticks.first { $0.id == visit.call.query["offer"] }?.id
        var found: CompaniesPage.Found?
        if !typed.isEmpty || offer != nil {
            let search = try await cases.search(
                typed, offering: offer, in: municipality.code, by: visit.actor)
            found = visit.found(search, typed)
        }
        let anything = Choice(value: "", label: visit.text("views.companies.anything"))
        let offers =
            [anything]
            + ticks.map {
                Choice(
                    value: $0.id, label: $0.name[visit.language], isSelected: $0.id == offer)
            }
        var page = visit.page(of: day, typed, found, offers, records)
        if let waiting = try await visit.waitingOffers() {
            // After the promised answers: a company may be waiting for these candidates.
            page.sections.insert(waiting, at: min(1, page.sections.count))
        }
        return visit.page(page, section: .companies)
    }

    /// One company.
    func company(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard let cvr = try? CVR(number: number),
            let file = try await CompanyCase(house).file(
                of: cvr, in: municipality.code, by: visit.actor)
        else { return visit.error(.notFound) }
        let records = try await CompanyCase(house).catalogue()
        let agreements = try await AgreementCase(house).all(
            of: municipality.code, with: cvr, by: visit.actor)
        let kinds = try await EffortCase(house).catalogue()
        return visit.page(
            visit.page(of: file, records, agreements, kinds), section: .companies,
            breadcrumb: visit.companiesTrail)
    }
}

extension Visit {
    var companiesTrail: [Link] {
        [Link(text("views.section.companies"), Route.companies.path)]
    }

    /// What was registered just now, where it is among these.
    func receipt(in notes: [RegistrationNote]) -> CitizenPage.Receipt? {
        guard let number = call.query["receipt"].flatMap({ Int64($0) }) else { return nil }
        return notes.first { $0.number == number }.map { receipt($0) }
    }

    /// The two-digit codes of DB07.
    static let industryCodes: [String] = [
        1...3, 5...6, 8...33, 35...39, 41...43, 45...47, 49...53, 55...56, 58...66, 68...75,
        77...82, 84...88, 90...99,
    ].flatMap { $0 }.map { $0 < 10 ? "0\($0)" : String($0) }

    /// The industry's name; the code itself where it is none.
    func industry(_ code: String) -> String {
        Visit.industryCodes.contains(code) ? text("term.industry.\(code)") : code
    }

    fileprivate func found(_ search: CompaniesFound, _ typed: String) -> CompaniesPage.Found {
        var notice: String?
        if search.isMore { notice = text("views.companies.narrow") }
        if search.companies.isEmpty { notice = noCompany(typed) }
        return CompaniesPage.Found(
            companies: search.companies.map {
                CompaniesPage.Company(
                    name: $0.name, cvr: $0.cvr.description, industry: industry($0.industry),
                    href: Route.company($0.cvr.number).path)
            }, notice: notice)
    }

    /// Why nothing was found, as exactly as can be told.
    private func noCompany(_ typed: String) -> String {
        if typed.isEmpty { return text("views.companies.noneOffers") }
        let digits = typed.filter(\.isNumber)
        guard digits.count >= 6, typed.allSatisfy({ $0.isNumber || " -".contains($0) }) else {
            return text("views.companies.nobody")
        }
        switch digits.count {
        case 8:
            return text((try? CVR(digits)) == nil ? "problem.cvrWrong" : "problem.cvrUnknown")
        case 10: return text("problem.workplaceUnknown")
        default: return text("problem.cvrLength", ["count": String(digits.count)])
        }
    }

    fileprivate func page(
        of day: CompanyDay, _ typed: String, _ found: CompaniesPage.Found?, _ offers: [Choice],
        _ records: RecordCatalogue
    ) -> CompaniesPage {
        let visits = day.planned.count { $0.contact.form == .visit && $0.contact.day >= day.today }
        let may = mayRegisterCompany
        return CompaniesPage(
            headline: [
                ("promised", day.promised.count), ("open", day.openOrders), ("visits", visits),
            ].map { key, count in
                text(
                    "views.companies.\(key).\(count == 1 ? "one" : "many")",
                    ["n": wording.number(count)])
            }.joined(separator: ", "),
            text: typed, found: found, offers: offers,
            sections: [
                CaseListPage.Section(
                    heading: text("views.companies.promisedHeading"),
                    lines: day.promised.map { promised($0, day) }, forms: [],
                    nothing: text("views.companies.noPromised")),
                CaseListPage.Section(
                    heading: text("views.companies.planned"),
                    lines: day.planned.map { planned($0, day, may) }, forms: [],
                    nothing: text("views.companies.noPlanned")),
                CaseListPage.Section(
                    heading: text("views.companies.warnings"),
                    lines: day.warnings.map { warning in
                        CaseListPage.Line(
                            heading: day.companies[warning.record.company]?.name ?? "",
                            details: [words(warning, records)], by: "",
                            links: [companyLink(warning.record.company)])
                    }, forms: []),
                CaseListPage.Section(
                    heading: text("views.companies.toContact"),
                    lines: day.toContact.map { toContact($0, day, may) }, forms: [],
                    nothing: text("views.companies.noneToContact")),
            ],
            links: [
                Link(text("views.orders.all"), Route.orders.path),
                Link(text("views.agreements.title"), Route.agreements.path),
                Link(text("views.events.all"), EventRoute.list.path),
                Link(text("views.shops.all"), ShopRoute.list.path),
            ]
                + (mayReadPools ? [Link(text("views.pool.all"), Route.pool(.all).path)] : [])
                + (may ? [Link(text("views.newCompany.headline"), Route.newCompany.path)] : []),
            action: Route.companies.path)
    }

    private func companyLink(_ company: CVR) -> Link {
        Link(text("views.companies.openCompany"), Route.company(company.number).path)
    }

    private func promised(_ order: OrderSummary, _ day: CompanyDay) -> CaseListPage.Line {
        let due = order.promised ?? day.today
        return CaseListPage.Line(
            heading: "\(title(of: order)), \(day.name(of: order.order.unit))",
            details: [
                text(
                    due < day.today ? "views.companies.answerLate" : "views.companies.answerBy",
                    ["day": wording.day(due)]),
                text("views.orders.stageIs", ["stage": stage(order)]),
            ], by: "",
            links: [Link(text("views.orders.open"), Route.order(order.order.id.number).path)])
    }

    private func planned(
        _ planned: CompanyDay.PlannedContact, _ day: CompanyDay, _ may: Bool
    ) -> CaseListPage.Line {
        var links = [companyLink(planned.company)]
        if may {
            links.append(
                Link(
                    text("views.companyForm.contact-done"),
                    Route.companyForm(planned.company.number, .contactDone).link([
                        ("id", String(planned.contact.id.number))
                    ])))
        }
        return CaseListPage.Line(
            heading: "\(wording.day(planned.contact.day)): "
                + (day.companies[planned.company]?.name ?? ""),
            details: [words(planned.contact, planned.note)]
                + (planned.contact.day < day.today ? [text("views.companies.howDidItGo")] : []),
            by: planned.note?.team ?? "", links: links)
    }

    private func toContact(
        _ company: CompanyDay.ToContact, _ day: CompanyDay, _ may: Bool
    ) -> CaseListPage.Line {
        var links = [companyLink(company.company)]
        if may {
            links.append(
                Link(
                    text("views.companyForm.planned-contact"),
                    Route.companyForm(company.company.number, .plan).path))
        }
        let why =
            company.last.map { text("views.companies.lastContact", ["day": wording.day($0)]) }
            ?? text("views.companies.noContact")
        return CaseListPage.Line(
            heading: day.companies[company.company]?.name ?? "",
            details: [
                text(
                    "views.companies.why",
                    ["why": why, "employees": wording.number(company.employees)])
            ], by: "", links: links)
    }

    /// `Besøg kl. 9.00: systematisk kontakt. Med Bo Test`
    func words(_ contact: CompanyContact, _ note: ContactNote?) -> String {
        var line = text("term.contactForm.\(contact.form.rawValue)")
        if let begins = note?.begins {
            line += " " + text("views.companies.at", ["time": clock(begins)])
        }
        guard let note else { return line }
        line += ": " + text("term.contactReason.\(note.reason.rawValue)")
        if !note.person.isEmpty {
            line += ". " + text("views.companies.with", ["person": note.person])
        }
        return line
    }

    func clock(_ minutes: Int) -> String {
        let rest = minutes % 60
        return "\(minutes / 60).\(rest < 10 ? "0" : "")\(rest)"
    }
}
