import Jobcenter
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// Giving many citizens of one caseworker to another. The citizens are ticked; all of
    /// them are moved, or none.
    func moveCases(_ visit: Visit) async throws -> Answer {
        try Policy.require(.moveCase, by: visit.actor, in: municipality.code)
        let isSent = visit.call.method == .post
        var typed = Typed(isSent ? visit.call.form : visit.call.query, isEmpty: !isSent)
        let staff = try await StaffCase(house).staff(of: municipality.code)
        let gone = try await StaffCase(house).withCitizens(in: municipality.code)
            .filter { member in !staff.contains { $0.id == member.id } }
        let from = typed.query.fact("from")
        guard let purpose = Purpose(visit.text("views.moveCases.purpose")) else {
            throw Refusal.purposeMissing
        }
        if isSent, let from {
            let to = typed.chosen("to")
            let note = typed.words("note")
            if note.isEmpty { typed.reject("note", "empty") }
            if !typed.tick("told") { typed.reject("told", "checkMissing") }
            let chosen = visit.call.form.all("citizen").compactMap { Int64($0) }
                .map { CitizenID($0) }
            if chosen.isEmpty { typed.reject("note", "nobodyChosen") }
            do {
                try typed.check()
                let receipt = try await StaffCase(house).handOver(
                    many: chosen, from: from, to: to ?? FactID(0), note: note,
                    in: municipality.code, by: visit.actor, purpose: purpose)
                return .redirect(
                    Route.moveCases.link([
                        ("from", String(from.number)), ("receipt", String(receipt.number)),
                        ("moved", String(chosen.count)),
                    ]))
            } catch let found as FieldProblems {
                if typed.problems.isEmpty { typed.reject(found.all) }
            }
        }
        var found: CitizensFound?
        if let from {
            found = try await StaffCase(house).citizens(
                of: from, in: municipality.code, by: visit.actor, purpose: purpose)
        }
        return visit.page(
            visit.page(typed, staff, gone, found, purpose), section: .day,
            breadcrumb: [Link(visit.text("views.section.day"), Route.day.path)],
            status: typed.problems.isEmpty ? 200 : 400)
    }
}

extension Visit {
    fileprivate func page(
        _ typed: Typed, _ staff: [StaffMember], _ gone: [StaffMember], _ found: CitizensFound?,
        _ purpose: Purpose
    ) -> MoveCasesPage {
        let from = typed.query["from"] ?? ""
        let chosen = Set(call.form.all("citizen"))
        let fields = [
            FormField(
                "to", text("views.handOver.staff"),
                .select(
                    staffChoices(
                        staff.filter { String($0.id.number) != from }, typed.text("to")))),
            FormField(
                "note", text("views.handOver.note"), .long(typed.text("note")),
                help: text("views.moveCases.noteHelp")),
            FormField("told", text("views.moveCases.told"), .tick(typed.tick("told"))),
        ]
        let receipt: String? = call.query["receipt"].map {
            text(
                "views.moveCases.receipt", ["number": $0, "count": call.query["moved"] ?? ""])
        }
        return MoveCasesPage(
            receipt: receipt, from: staffChoices(staff + gone, from),
            people: found.map { found in
                found.citizens.map {
                    Choice(
                        value: String($0.id.number), label: $0.fullName,
                        isSelected: typed.isEmpty || chosen.contains(String($0.id.number)))
                }
            }, fields: told(fields, typed.problems), hidden: [.init("from", from)],
            lookupNumber: found.map { Int($0.lookup) }, purpose: purpose.text,
            action: Route.moveCases.path)
    }
}
