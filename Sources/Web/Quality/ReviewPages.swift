import Chronology
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// The checklist for one drawn case.
    func review(_ number: Int64, _ visit: Visit) async throws -> Answer {
        let cases = QualityCase(house)
        let id = FactID(number)
        let book = try await qualityBook(visit)
        guard
            let summary = book.audits.first(where: { $0.cases.contains { $0.id == id } }),
            let purpose = visit.auditPurpose(summary.audit.id),
            let found = try await cases.underReview(
                id, in: municipality.code, by: visit.actor, purpose: purpose)
        else { return visit.error(.notFound) }
        let back = QualityRoute.sample(found.audit.id.number).path
        let trail = visit.qualityTrail + [Link(found.audit.title, back)]
        if found.isOwn {
            return visit.qualityPage(
                headline: visit.caseName(found.item), lead: visit.text("problem.auditOwnCase"),
                parts: [], breadcrumb: trail)
        }
        let next = summary.cases.first { $0.reviewed == nil && $0.id != id }
        return try await SentForm(
            visit: visit, route: .quality(.review(number)), section: .quality, back: back,
            form: { (visit.reviewForm(found, $0), trail) },
            save: { typed in
                let expected = typed.query["version"].flatMap { Int64($0) } ?? 0
                return .saved(
                    try await cases.review(
                        id, typed.findings(found.checklist), expected: expected,
                        in: municipality.code, by: visit.actor, purpose: purpose))
            },
            after: { receipt in
                let route = next.map { QualityRoute.review($0.id.number) }
                return Route.quality(route ?? .sample(found.audit.id.number))
                    .link([("receipt", String(receipt.number))])
            }
        ).answer()
    }

    /// Everything that stands in a drawn case, to read.
    func caseFile(_ number: Int64, _ visit: Visit) async throws -> Answer {
        let id = FactID(number)
        let book = try await qualityBook(visit)
        guard
            let summary = book.audits.first(where: { $0.cases.contains { $0.id == id } }),
            let purpose = visit.auditPurpose(summary.audit.id),
            let found = try await QualityCase(house).underReview(
                id, in: municipality.code, by: visit.actor, purpose: purpose)
        else { return visit.error(.notFound) }
        return visit.qualityPage(
            headline: found.citizen.fullName,
            lead: visit.text("views.quality.fileLead", ["purpose": purpose.text]),
            acts: [Link(visit.caseName(found.item), QualityRoute.review(number).path)],
            parts: [
                visit.part(
                    "fileHeading", found.registrations.map { visit.line($0) }, "fileNone")
            ],
            breadcrumb: visit.qualityTrail + [
                Link(
                    found.audit.title,
                    QualityRoute.sample(found.audit.id.number).path)
            ])
    }
}

extension Typed {
    /// What was found about each question that was answered.
    fileprivate func findings(_ list: Checklist) -> [AuditFinding] {
        list.questions.compactMap { question in
            query["finding-\(question.id)"].flatMap { Finding(rawValue: $0) }.map {
                AuditFinding(
                    question: question.id, finding: $0, remark: words("remark-\(question.id)"))
            }
        }
    }
}

extension Visit {
    fileprivate func reviewForm(_ found: CaseUnderReview, _ typed: Typed) -> CaseForm {
        var notices = [
            Notice(
                text("views.quality.matter"),
                lines: [
                    .init(
                        text(
                            "views.quality.matterOf",
                            [
                                "name": found.citizen.fullName,
                                "number": String(found.citizen.id.number),
                            ]))
                ] + (found.matter.map { [.init(told($0))] } ?? []),
                link: quality("readCase", .caseFile(found.item.id.number)))
        ]
        if let receipt = call.query["receipt"].flatMap({ Int($0) }) {
            notices.insert(
                Notice(text("views.quality.receipt", ["number": wording.number(receipt)])), at: 0)
        }
        if found.audit.closed != nil {
            notices.append(Notice(text("views.quality.reviewClosed")))
        }
        let fields = found.checklist.questions.flatMap { question in
            self.fields(question, found, typed)
        }
        return CaseForm(
            headline: text(
                "views.quality.review",
                ["case": caseName(found.item), "title": found.audit.title]),
            lead: text("views.quality.reviewLead"), notices: notices, fields: fields,
            hidden: [
                .init("version", typed.text("version", or: String(found.version)))
            ], save: text("views.quality.saveReview"))
    }

    private func fields(
        _ question: ChecklistQuestion, _ found: CaseUnderReview, _ typed: Typed
    ) -> [FormField] {
        let standing = found.item.findings[question.id]
        let proposal = found.proposals[question.id]
        let usual = standing?.finding ?? proposal?.finding
        let chosen = typed.text("finding-\(question.id)", or: usual?.rawValue ?? "")
        var help = text(
            question.law == "-" ? "views.quality.metPlain" : "views.quality.metBy",
            ["met": question.met[language], "law": question.law])
        if let proposal {
            help +=
                " "
                + text(
                    "views.quality.proposed",
                    [
                        "finding": text("term.finding.\(proposal.finding.rawValue)").lowercased(),
                        "notes": proposal.notes.map { told($0) }.joined(separator: "; "),
                    ])
        } else if question.probe != nil {
            help += " " + text("views.quality.notProposed")
        }
        return [
            FormField(
                "finding-\(question.id)", question.text[language],
                .radios(choices(Finding.self, "term.finding", selected: chosen)), help: help),
            FormField(
                "remark-\(question.id)",
                text("views.quality.remark", ["question": question.text[language]]),
                .text(typed.text("remark-\(question.id)", or: standing?.remark ?? ""))),
        ]
    }

    /// A registration in a few words: what, when, and its number in the ledger.
    private func told(_ note: RegistrationNote) -> String {
        let what = words(note.fact)
        return text(
            "views.quality.registration",
            [
                "kind": text("views.fact.\(note.fact.kind.rawValue)"),
                "day": wording.day(note.fact.valid?.start ?? note.recordedOn),
                "number": wording.number(Int(note.number)),
                "what": what.isEmpty ? "" : ": \(what)",
            ])
    }

    /// A registration with everything that was written.
    fileprivate func line(_ note: RegistrationNote) -> CaseListPage.Line {
        var details = [words(note.fact)]
        if case .decision(let decision) = note.fact {
            details += [decision.rule, decision.facts, decision.reasons, decision.answer]
        }
        let day = note.fact.valid?.start ?? note.recordedOn
        return CaseListPage.Line(
            heading: "\(text("views.fact.\(note.fact.kind.rawValue)")), \(wording.day(day))",
            details: details.filter { !$0.isEmpty },
            by: text(
                "views.quality.by",
                [
                    "who": note.actor, "day": wording.day(note.recordedOn),
                    "number": wording.number(Int(note.number)),
                ]))
    }
}
