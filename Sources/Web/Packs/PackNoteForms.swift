import Chronology
import Jobcenter
import Parameters
import Plans
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// Writes for a quarter: why a target came out as it did, a comment, what the committee
    /// is asked, or what it decided.
    func packNote(_ quarter: Quarter, _ visit: Visit) async throws -> Answer {
        try Policy.require(.writePack, by: visit.actor, in: municipality.code)
        let isSent = visit.call.method == .post
        var typed = Typed(isSent ? visit.call.form : visit.call.query, isEmpty: !isSent)
        if isSent, let purpose = Purpose(visit.text("views.pack.purpose")) {
            let kind: PackNote.Kind? = typed.choice("kind")
            let words = typed.words("text")
            if let kind {
                do {
                    let receipt = try await PackNoteCase(house).write(
                        kind, words, about: typed.query["subject"] ?? "", quarter,
                        of: municipality.code, by: visit.actor, purpose: purpose)
                    return .redirect(
                        Route.pack(quarter).link([("receipt", String(receipt.number))]))
                } catch let found as FieldProblems {
                    typed.reject(found.all)
                }
            }
        }
        return visit.page(
            visit.form(typed, quarter), section: .packs, breadcrumb: visit.packTrail,
            status: typed.problems.isEmpty ? 200 : 400)
    }
}

extension Visit {
    fileprivate func form(_ typed: Typed, _ quarter: Quarter) -> FormPage {
        let mayDecide =
            Policy.refusal(of: .approvePack, by: actor, in: desk.municipality.code) == nil
        let kinds = choices(
            PackNote.Kind.self, "term.packNote", selected: typed.text("kind", or: "explanation")
        ).filter { mayDecide || ["explanation", "comment"].contains($0.value) }
        let plan = house.plans.first {
            $0.municipality == desk.municipality.code && $0.period.overlaps(quarter.range)
        }
        let chosen = typed.text("subject")
        let subjects =
            [
                Choice(
                    value: "", label: text("views.packNote.wholeQuarter"),
                    isSelected: chosen.isEmpty)
            ]
            + (plan?.targets ?? []).map {
                Choice(
                    value: $0.id, label: $0.text[language], isSelected: $0.id == chosen)
            }
        let period = wording.period(.quarter(quarter))
        return FormPage(
            headline: text("views.packNote.headline", ["period": period]),
            lead: text("views.packNote.lead"),
            fields: told(
                [
                    FormField("kind", text("views.packNote.kind"), .radios(kinds)),
                    FormField("subject", text("views.packNote.subject"), .select(subjects)),
                    FormField("text", text("views.packNote.text"), .long(typed.text("text"))),
                ], typed.problems), save: text("views.packNote.save"),
            back: Link(period, Route.pack(quarter).path), action: Route.packNote(quarter).path)
    }
}
