import Chronology
import Identifiers
import Jobcenter
import Law
import Matching
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Visit {
    /// An order's page.
    func page(
        of file: OrderFile, _ books: MatchingBooks, _ terms: [OrderTerms]
    ) -> CaseListPage {
        let order = file.summary
        return CaseListPage(
            headline: text(
                "views.order.headline",
                ["title": title(of: order), "company": file.company?.name ?? ""]),
            lead: text(
                "views.order.lead",
                [
                    "stage": stage(order), "positions": positions(order.order.positions),
                    "hired": wording.number(order.hired),
                ]), receipt: receipt(in: file.registrations),
            warnings: order.promised.map { day in
                [
                    text(
                        day < house.clock.today()
                            ? "views.companies.answerLate" : "views.companies.answerBy",
                        ["day": wording.day(day)])
                ]
            } ?? [],
            sections: [
                wanted(file, books), self.terms(order, terms), people(file), history(file),
            ], acts: next(order))
    }

    /// The likely next act: settle the order, find candidates, say how it went.
    private func next(_ order: OrderSummary) -> [Link] {
        let number = order.order.id.number
        let find = Link(text("views.order.findCandidates"), Route.candidates(number).path)
        guard mayRegisterCompany, order.isOpen else { return [] }
        switch order.stage {
        case .received: return forms(order, [.step]) + [find]
        case .clarified, .shared: return order.description == nil ? [] : [find]
        default: return forms(order, [.hire, .candidate])
        }
    }

    private func wanted(_ file: OrderFile, _ books: MatchingBooks) -> CaseListPage.Section {
        let order = file.summary
        var details: [String] = []
        func add(_ key: String, _ value: String) {
            if !value.isEmpty { details.append("\(text("views.orderForm.\(key)")): \(value)") }
        }
        if let wanted = order.description {
            if !wanted.occupation.isEmpty {
                add("occupation", occupation(wanted.occupation, books))
            }
            add("kind", text("term.jobKind.\(wanted.kind.rawValue)"))
            add("must", skills(wanted.must, books))
            add("nice", skills(wanted.nice, books))
            details.append(hours(wanted.hours))
            add(
                "postcode",
                books.place(wanted.postcode).map { "\($0.number) \($0.name)" } ?? wanted.postcode)
            add("start", wanted.start.map { wording.day($0) } ?? text("views.order.soonest"))
            add("deadline", order.order.deadline.map { wording.day($0) } ?? "")
            add("answerBy", wording.day(wanted.answerBy))
            add("contact", wanted.contact)
            add("text", wanted.text)
        } else {
            details.append(text("views.order.noDescription"))
        }
        let may = mayRegisterCompany && order.isOpen && file.company != nil
        return CaseListPage.Section(
            heading: text("views.order.wanted"),
            lines: [CaseListPage.Line(heading: title(of: order), details: details, by: "")],
            forms: may ? forms(order, [.correct]) : [])
    }

    /// Who may take the job, and on which terms.
    private func terms(_ order: OrderSummary, _ terms: [OrderTerms]) -> CaseListPage.Section {
        guard let kind = order.description?.kind else {
            return CaseListPage.Section(heading: text("views.order.terms"), lines: [], forms: [])
        }
        let law = [Link(text("views.company.askLaw"), Route.allowed.path)]
        let first = CaseListPage.Line(
            heading: text("term.jobKind.\(kind.rawValue)"),
            details: [
                text("views.order.who.\(kind.rawValue)"), text("views.order.everyTeam"),
            ], by: "")
        let isLed = kind == .ordinary || kind == .internship
        return CaseListPage.Section(
            heading: text("views.order.terms"),
            lines: [first]
                + (isLed ? terms : []).map { found in
                    CaseListPage.Line(
                        heading: text(
                            "views.order.before",
                            ["offer": text("term.offer.\(found.offer.rawValue)").lowercased()]),
                        details: found.lines.map { words($0) },
                        by: found.lines.first?.answer.basis.law ?? "", links: law)
                }, forms: [])
    }

    /// `Dagpengemodtagere: højst 4 uger`
    private func words(_ line: OrderTerms.Line) -> String {
        let group = text("term.targetGroup.\(line.group.rawValue)")
        guard line.answer.verdict == .yes else {
            return text("views.order.term.no", ["group": group])
        }
        let longest = line.answer.steps.first { $0.text.hasPrefix("offer.longest") }
        guard let longest, case .count(let count)? = longest.values["count"] else {
            return text("views.order.term.unlimited", ["group": group])
        }
        let key = longest.text.hasSuffix("months") ? "months" : "weeks"
        return text(
            "views.order.term.\(key)", ["group": group, "n": wording.number(count)])
    }

    private func forms(_ order: OrderSummary, _ forms: [Route.OrderForm]) -> [Link] {
        forms.map {
            Link(
                text("views.orderStep.\($0.rawValue)"),
                Route.orderForm(order.order.id.number, $0).path)
        }
    }

    private func people(_ file: OrderFile) -> CaseListPage.Section {
        let order = file.summary
        let may = mayRegisterCompany && order.isOpen
        let number = order.order.id.number
        var links: [Link] = []
        if order.isOpen, order.description != nil {
            links.append(Link(text("views.order.findCandidates"), Route.candidates(number).path))
        }
        if may, order.candidates.contains(where: { order.stand(of: $0)?.isOpen ?? false }) {
            links.append(Link(text("views.orderStep.hire"), Route.orderForm(number, .hire).path))
        }
        return CaseListPage.Section(
            heading: text("views.order.people"),
            lines: order.candidates.compactMap { citizen in
                guard let stand = order.stand(of: citizen) else { return nil }
                var acts: [Link] = []
                if may, stand == .volunteered {
                    acts.append(
                        Link(
                            text("views.orderStep.refer"),
                            Route.orderForm(number, .refer).link([
                                ("id", String(citizen.number))
                            ])))
                }
                if may, stand.isAnswered {
                    acts.append(
                        Link(
                            text("views.orderStep.candidate"),
                            Route.orderForm(number, .candidate).link([
                                ("id", String(citizen.number))
                            ])))
                    acts.append(
                        Link(
                            text("views.agreement.new"),
                            Route.newAgreement.link([
                                ("id", String(citizen.number)),
                                ("order", String(number)),
                                ("unit", order.order.unit.description),
                            ])))
                    acts.append(
                        Link(
                            text("views.orderStep.hire"),
                            Route.orderForm(number, .hire).link([
                                ("id", String(citizen.number))
                            ])))
                }
                return CaseListPage.Line(
                    heading: file.people[citizen]?.fullName ?? "", details: [words(stand)],
                    by: "", links: acts)
            } + peopleOfPools(order), forms: links, nothing: text("views.order.nobody"))
    }

    /// Other members' candidates, by their offers.
    private func peopleOfPools(_ order: OrderSummary) -> [CaseListPage.Line] {
        order.events.filter { $0.kind == .poolReferred }.compactMap { event in
            guard let source = event.pool else { return nil }
            let isHired = order.poolHires.contains {
                $0.member == source.member && $0.offer == source.offer
            }
            return CaseListPage.Line(
                heading: offerName(source),
                details: [
                    text("term.orderEvent.\(isHired ? "poolHired" : "poolReferred")"),
                    text("views.poolOrder.candidateIs", ["member": name(source.member)]),
                ], by: "")
        }
    }

    private func history(_ file: OrderFile) -> CaseListPage.Section {
        CaseListPage.Section(
            heading: text("views.order.history"),
            lines: file.registrations.map { note in
                CaseListPage.Line(
                    heading: heading(note.fact), details: told(note.fact, file),
                    by: registeredBy(note))
            },
            forms: mayRegisterCompany ? forms(file.summary, [.step]) : [])
    }

    private func heading(_ fact: Fact) -> String {
        guard case .orderEvent(let event) = fact else {
            return text("views.fact.\(fact.kind.rawValue)")
        }
        return text("term.orderEvent.\(event.kind.rawValue)")
    }

    private func told(_ fact: Fact, _ file: OrderFile) -> [String] {
        func name(_ citizen: CitizenID?) -> String? {
            citizen.flatMap { file.people[$0]?.fullName }
        }
        switch fact {
        case .orderEvent(let event):
            if let pool = event.pool {
                return [wording.day(event.day), offerName(pool)]
                    + (pool.terms.map { [text("term.employment.\($0.rawValue)")] } ?? [])
            }
            return [
                wording.day(event.day), name(event.citizen),
                event.reason.map { text("term.orderReason.\($0.rawValue)") },
                event.text.isEmpty ? nil : event.text,
            ].compactMap { $0 }
        case .referral(let referral):
            return [wording.day(referral.day), name(referral.citizen)].compactMap { $0 }
        case .placement(let placement):
            return [
                wording.day(placement.day), name(placement.citizen),
                text("term.employment.\(placement.terms.rawValue)"),
            ].compactMap { $0 }
        case .jobOrder(let order):
            return [
                wording.day(order.created), positions(order.positions),
            ]
        default: return []
        }
    }
}
