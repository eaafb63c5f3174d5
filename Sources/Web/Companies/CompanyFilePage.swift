import Chronology
import Identifiers
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Visit {
    /// A company's page.
    func page(
        of file: CompanyFile, _ records: RecordCatalogue, _ agreements: [AgreementStanding],
        _ kinds: EffortCatalogue
    ) -> CaseListPage {
        let today = house.clock.today()
        let may = mayRegisterCompany
        return CaseListPage(
            headline: file.company.name, lead: lead(file),
            receipt: receipt(
                in: file.contacts.map(\.registration) + file.records),
            warnings: file.warnings.map { words($0, records) },
            sections: [
                workplaces(file, today), signed(agreements, file, kinds, may), contacts(file, may),
                orders(file, may),
            ]
                + [RecordKind.Section.company, .offering, .agreements, .employees].map {
                    noted($0, file, records, today, may)
                }, acts: may ? forms(file, [.limits, .order, .plan]) : [])
    }

    /// Internships and subsidies that are agreed or on their way.
    private func signed(
        _ agreements: [AgreementStanding], _ file: CompanyFile, _ kinds: EffortCatalogue,
        _ may: Bool
    ) -> CaseListPage.Section {
        CaseListPage.Section(
            heading: text("views.agreements.title"),
            lines: agreements.prefix(20).map { line($0, file.company.name, kinds) },
            forms: may
                ? [Link(text("views.agreement.new"), Route.newAgreement.path)]
                    + forms(file, [.limits]) : [],
            nothing: text("views.agreements.none"))
    }

    private func lead(_ file: CompanyFile) -> String {
        var parts = [
            text("views.company.cvr", ["cvr": file.company.cvr.description]),
            industry(file.company.industry),
        ]
        if let entry = file.entry {
            parts += [entry.form, entry.phone, entry.mail].filter { !$0.isEmpty }
            if entry.isProtected { parts.append(text("views.company.protected")) }
            if let ceased = entry.ceased {
                parts.append(text("views.company.ceased", ["day": wording.day(ceased)]))
            }
        }
        return parts.joined(separator: " · ")
    }

    private func workplaces(_ file: CompanyFile, _ today: Day) -> CaseListPage.Section {
        CaseListPage.Section(
            heading: text("views.company.workplaces"),
            lines: file.workplaces.map { place in
                let name = place.entry?.name ?? file.company.name
                var details: [String] = []
                if let entry = place.entry {
                    let where_ = [entry.street, "\(entry.postcode) \(entry.town)"]
                        .filter { $0.contains { !$0.isWhitespace } }
                    if !where_.isEmpty { details.append(where_.joined(separator: ", ")) }
                }
                if let closed = place.closed(on: today) {
                    details.append(text("views.company.closed", ["day": wording.day(closed)]))
                } else {
                    details.append(
                        text(
                            "views.company.people",
                            [
                                "employees": wording.number(place.employees),
                                "offers": wording.number(place.inOffers),
                            ]))
                    if let ratio = place.ratio {
                        let verdict = ratio.verdict == .yes ? "roomYes" : "roomNo"
                        details.append(
                            text("views.company.\(verdict)", ["law": ratio.basis.law]))
                    }
                }
                return CaseListPage.Line(
                    heading: text(
                        "views.company.workplace",
                        ["name": name, "number": place.number.description]),
                    details: details, by: "",
                    links: links(place, file))
            }, forms: [], nothing: text("views.company.noWorkplaces"))
    }

    private func links(_ place: CompanyWorkplace, _ file: CompanyFile) -> [Link] {
        let law = Link(text("views.company.askLaw"), Route.allowed.path)
        guard mayRegisterCompany else { return [law] }
        let unit = [("unit", Optional(place.number.description))]
        return [
            Link(
                text("views.companyForm.limits"),
                Route.companyForm(file.company.cvr.number, .limits).link(unit)),
            Link(text("views.agreement.new"), Route.newAgreement.link(unit)),
        ]
    }

    private func contacts(_ file: CompanyFile, _ may: Bool) -> CaseListPage.Section {
        CaseListPage.Section(
            heading: text("views.company.contacts"),
            lines: file.contacts.prefix(20).map { line in
                CaseListPage.Line(
                    heading: wording.day(line.contact.day) + ": "
                        + text("term.status.\(line.contact.status.rawValue)"),
                    details: [words(line.contact, line.note)]
                        + [line.note?.text, line.note?.team].compactMap { $0 }
                        .filter { !$0.isEmpty },
                    by: registeredBy(line.registration),
                    links: may && line.contact.status == .planned
                        ? [
                            Link(
                                text("views.companyForm.contact-done"),
                                Route.companyForm(file.company.cvr.number, .contactDone).link([
                                    ("id", String(line.contact.id.number))
                                ]))
                        ] : [])
            }, forms: may ? forms(file, [.plan, .contact]) : [],
            nothing: text("views.company.noContacts"))
    }

    private func forms(_ file: CompanyFile, _ forms: [Route.CompanyForm]) -> [Link] {
        forms.map {
            Link(
                text("views.companyForm.\($0.rawValue)"),
                Route.companyForm(file.company.cvr.number, $0).path)
        }
    }

    private func orders(_ file: CompanyFile, _ may: Bool) -> CaseListPage.Section {
        CaseListPage.Section(
            heading: text("views.company.orders"),
            lines: file.orders.prefix(20).map { order in
                CaseListPage.Line(
                    heading: title(of: order),
                    details: [
                        text(
                            "views.company.orderLine",
                            [
                                "day": wording.day(order.order.created),
                                "positions": positions(order.order.positions),
                                "hired": wording.number(order.hired),
                                "stage": stage(order),
                            ])
                    ], by: "",
                    links: [
                        Link(text("views.orders.open"), Route.order(order.order.id.number).path)
                    ])
            }, forms: may ? forms(file, [.order]) : [], nothing: text("views.company.noOrders"))
    }

    private func noted(
        _ section: RecordKind.Section, _ file: CompanyFile, _ records: RecordCatalogue,
        _ today: Day, _ may: Bool
    ) -> CaseListPage.Section {
        let kinds = records.kinds.filter { $0.section == section }
        let ids = Set(kinds.map(\.id))
        let number = file.company.cvr.number
        let lines = file.records.reversed().compactMap { note -> CaseListPage.Line? in
            guard case .companyRecord(let record) = note.fact, ids.contains(record.record) else {
                return nil
            }
            return line(note, record, records, today) {
                may
                    ? Route.companyForm(number, .recordEnd).link([
                        ("id", String(record.id.number))
                    ]) : nil
            }
        }
        return CaseListPage.Section(
            heading: text("views.record.section.\(section.rawValue)"), lines: lines,
            forms: may
                ? kinds.map {
                    Link(
                        $0.name[language],
                        Route.companyForm(number, .record).link([("id", $0.id)]))
                } : [])
    }
}
