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
    /// The citizen's plan.
    func myPlan(_ number: Int64, _ visit: Visit) async throws -> Answer {
        if let refusal = visit.peopleRefusal { throw refusal }
        guard let purpose = visit.statedPurpose else {
            return visit.askPurpose(
                visit.text("views.citizen.form.plan"), section: .citizens,
                breadcrumb: visit.citizensTrail, back: Route.citizens.path)
        }
        guard
            let file = try await MyPlanCase(house).plan(
                of: CitizenID(number), in: municipality.code, by: visit.actor, purpose: purpose)
        else { return visit.error(.notFound) }
        let citizen = Link(
            file.citizen.fullName, Route.citizen(number).link([("purpose", purpose.text)]))
        return visit.page(
            visit.page(of: file, purpose), section: .citizens,
            breadcrumb: visit.citizensTrail + [citizen])
    }
}

extension Visit {
    func page(of file: MyPlanFile, _ purpose: Purpose) -> MyPlanPage {
        let number = file.citizen.id.number
        let asked = [("purpose", purpose.text)]
        let receipt = call.query["receipt"].flatMap { Int64($0) }.flatMap { number in
            file.versions.first { $0.number == number }
        }
        var late: String?
        if let first = file.firstEffort {
            if file.begun == nil {
                late = text("views.myPlan.missing", ["day": wording.day(first)])
            } else if let begun = file.begun, begun > first {
                late = text(
                    "views.myPlan.late", ["day": wording.day(first), "begun": wording.day(begun)])
            }
        }
        return MyPlanPage(
            name: file.citizen.fullName, cpr: file.citizen.cpr, begun: file.begun, late: late,
            receipt: receipt.map { self.receipt($0) },
            parts: PlanPart.allCases.map { part in
                MyPlanPage.Part(
                    heading: text("term.planPart.\(part.rawValue)"),
                    lines: file.lines.filter { $0.item.part == part }.map { line in
                        MyPlanPage.Line(
                            text: line.item.text, detail: detail(line.item),
                            change: mayRegister
                                ? Route.citizenForm(number, .planLine).link(
                                    asked + [("id", String(line.item.id.number))]) : nil)
                    })
            },
            versions: file.versions.compactMap { note in
                guard case .planItem(let item) = note.fact else { return nil }
                return text(
                    "views.myPlan.version",
                    [
                        "day": wording.day(note.recordedOn), "actor": note.actor,
                        "text": item.text, "detail": detail(item),
                    ])
            },
            printed: printedLink(number, .plan),
            actions: mayRegister
                ? [
                    Link(
                        text("views.citizen.form.plan-line"),
                        Route.citizenForm(number, .planLine).link(asked))
                ] : [])
    }

    private func detail(_ item: PlanItem) -> String {
        var parts = [
            text(
                "views.myPlan.stance.\(item.stance.rawValue)",
                [
                    "who": text("term.planParty.\(item.stanceBy.rawValue)"),
                    "day": wording.day(item.stanceOn),
                ]),
            text(
                "views.myPlan.author",
                ["who": text("term.planParty.\(item.author.rawValue)")]),
        ]
        if let due = item.due { parts.append(text("views.myPlan.due", ["day": wording.day(due)])) }
        if item.progress != .open {
            parts.append(text("term.planProgress.\(item.progress.rawValue)"))
        }
        return parts.joined(separator: " · ")
    }

    func receipt(_ note: RegistrationNote) -> CitizenPage.Receipt {
        let day = note.fact.valid.map { ", " + wording.day($0.start) } ?? ""
        let words = words(note.fact)
        return CitizenPage.Receipt(
            number: Int(note.number), hash: String(note.hash.prefix(12)),
            what: (words.isEmpty ? text("views.fact.\(note.fact.kind.rawValue)") : words) + day)
    }
}
