import Chronology
import Exchange
import Jobcenter
import Matching
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// One order with those who were referred to it.
    func doorOrder(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard let order = try await visit.ownOrder(number) else { return visit.error(.notFound) }
        let books = try await CandidateCase(house).books()
        return visit.doorPage(visit.page(of: order, books), .order(number))
    }

    /// One agreement: to sign, or as it was signed.
    func doorAgreement(_ number: Int64, _ visit: Visit) async throws -> Answer {
        let cases = DoorCase(house)
        let route = DoorRoute.agreement(number)
        var typed = Typed(visit.call.form, isEmpty: visit.call.method == .get)
        var notices: [Notice] = []
        if visit.call.method == .post {
            let shown = typed.query["shown"] ?? ""
            do {
                let isNo = typed.query["_act"] == "refuse"
                let receipt =
                    isNo
                    ? try await cases.refuse(
                        FactID(number), shown: shown, words: typed.words("words"),
                        in: municipality.code, by: visit.actor)
                    : try await cases.sign(
                        FactID(number), shown: shown, name: typed.words("name"),
                        in: municipality.code, by: visit.actor)
                return .redirect(Route.door(route).link([("receipt", String(receipt.number))]))
            } catch let found as FieldProblems {
                typed.reject(found.all)
            } catch is EffortRefusal {
                notices.append(Notice(visit.text("views.sign.forbidden")))
            }
        }
        guard let purpose = visit.agreementPurpose(number),
            let page = try await cases.agreement(
                FactID(number), in: municipality.code, by: visit.actor, purpose: purpose)
        else { return visit.error(.notFound) }
        let answer = page.file.standing.answer(of: page.signer.id)
        guard page.file.stage.isOpen, answer?.kind != .signed else {
            return visit.doorPage(visit.told(page), route)
        }
        return visit.signingForm(
            page, route.path, typed, notices, back: visit.doorLink(.agreements),
            section: route.section)
    }
}

extension Visit {
    func ownOrder(_ number: Int64) async throws -> DoorOrder? {
        guard let purpose = orderPurpose(number) else { return nil }
        return try await DoorCase(house).order(
            FactID(number), in: desk.municipality.code, by: actor, purpose: purpose)
    }

    fileprivate func page(of order: DoorOrder, _ books: MatchingBooks) -> CaseListPage {
        let summary = order.summary
        let id = String(summary.order.id.number)
        let waiting = order.candidates.count { $0.stand.isAnswered }
        return CaseListPage(
            headline: title(of: summary),
            lead: text(
                "views.order.lead",
                [
                    "stage": stage(summary), "positions": positions(summary.order.positions),
                    "hired": wording.number(summary.hired),
                ]), receipt: receipt(in: order.registrations),
            warnings: summary.promised.map {
                [text("door.orders.promised", ["day": wording.day($0)])]
            } ?? [],
            sections: [
                .init(
                    heading: text("door.order.people"),
                    lines: order.candidates.map { line($0, summary, books) }
                        + pooled(summary),
                    forms: [],
                    nothing: text("door.order.nobody")),
                .init(
                    heading: text("door.order.wanted"),
                    lines: [
                        .init(heading: title(of: summary), details: wanted(order, books), by: "")
                    ],
                    forms: summary.isOpen
                        ? [doorForm(.correct, id: id), doorForm(.close, id: id)] : []),
            ],
            acts: !summary.isOpen && !order.isSaid
                ? [doorForm(.say, id: id)]
                : waiting == 0 && summary.isOpen ? [doorForm(.contact)] : [])
    }

    /// Somebody who was referred: the name, what they can, and what the company can answer.
    private func line(
        _ candidate: DoorCandidate, _ order: OrderSummary, _ books: MatchingBooks
    ) -> CaseListPage.Line {
        var details = [words(candidate.stand)]
        if let invitation = candidate.invitation { details.append(invitation) }
        if let profile = candidate.profile {
            details.append(
                text("door.order.can", ["skills": skills(profile.skills, books)]))
            details.append(hours(profile.hours))
        }
        if let cv = candidate.cv {
            details += [cv.label, cv.summary].compactMap { $0 }
            for part in [ResumePart.work, .education] {
                details += cv.entries(part).prefix(5).map { entry in
                    ([entry["startDate"], entry["endDate"]].compactMap { $0 }
                        .joined(separator: " – ")) + " "
                        + part.fields.filter { !$0.hasSuffix("Date") && $0 != "summary" }
                        .compactMap { entry[$0] }.joined(separator: ", ")
                }
            }
        }
        let id = "\(order.order.id.number)-\(candidate.referral.number)"
        return CaseListPage.Line(
            heading: candidate.name, details: details, by: "",
            links: candidate.stand.isAnswered && order.isOpen
                ? [doorForm(.answer, id: id)] : [])
    }

    /// Candidates of other municipalities are presented by the consultant.
    private func pooled(_ order: OrderSummary) -> [CaseListPage.Line] {
        let count = order.events.count { $0.kind == .poolReferred }
        guard count > 0 else { return [] }
        return [
            CaseListPage.Line(
                heading: text("door.order.pooled", ["n": wording.number(count)]),
                details: [text("door.order.pooledText")], by: "")
        ]
    }

    private func wanted(_ order: DoorOrder, _ books: MatchingBooks) -> [String] {
        guard let wanted = order.summary.description else {
            return [text("views.order.noDescription")]
        }
        var details: [String] = []
        func add(_ key: String, _ value: String) {
            if !value.isEmpty { details.append("\(text("views.orderForm.\(key)")): \(value)") }
        }
        add("kind", text("term.jobKind.\(wanted.kind.rawValue)"))
        add("must", skills(wanted.must, books))
        add("nice", skills(wanted.nice, books))
        details.append(hours(wanted.hours))
        add("start", wanted.start.map { wording.day($0) } ?? text("views.order.soonest"))
        add("deadline", order.summary.order.deadline.map { wording.day($0) } ?? "")
        if let entry = order.workplace {
            details.append("\(entry.street), \(entry.postcode) \(entry.town)")
        }
        add("contact", wanted.contact)
        add("text", wanted.text)
        return details
    }

    /// An agreement that is answered or closed, as the company sees it.
    fileprivate func told(_ page: SigningPage) -> CaseListPage {
        let standing = page.file.standing
        return CaseListPage(
            headline: text("views.agreement.stage.\(page.file.stage.rawValue)"),
            lead: title(of: page.file.agreement, page.file.kind),
            receipt: receipt(in: page.file.notes),
            sections: [
                .init(
                    heading: text("views.agreement.agreed"),
                    lines: [
                        .init(
                            heading: page.file.companyName, details: agreed(page.file), by: "")
                    ], forms: []),
                .init(
                    heading: text("views.agreement.signers"),
                    lines: standing.current.map {
                        .init(
                            heading: "\(text("term.party.\($0.party.rawValue)")): \($0.name)",
                            details: [words($0, standing)], by: "")
                    }, forms: []),
            ])
    }
}
