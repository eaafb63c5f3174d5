import Chronology
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Views

/// What is asked in the address of a what-if.
private struct WhatIfQuery {
    var from: Day
    var to: Day
    var day: Day
    var isProposed: Bool

    init(_ visit: Visit) throws {
        var fields = FieldReader(visit.call.query)
        let today = visit.house.clock.today()
        from = fields.day("from") ?? today
        to = fields.day("to") ?? today
        day = fields.day("on") ?? today
        isProposed = visit.call.query["proposed"] == "1"
        try fields.check()
    }

    var before: RuleSet { .inForce(from) }
    var after: RuleSet { isProposed ? .proposed(to) : .inForce(to) }

    var pairs: [(String, String?)] {
        [
            ("from", from.iso), ("to", to.iso), ("on", day.iso),
            ("proposed", isProposed ? "1" : nil),
        ]
    }
}

extension Desk {
    /// What two days' rules make of the municipality's cases.
    func whatIf(_ visit: Visit) async throws -> Answer {
        let asked = try WhatIfQuery(visit)
        let law = LawCase(house)
        let figures = try await law.whatIf(
            from: asked.before, to: asked.after, on: asked.day, of: municipality.code,
            by: visit.actor)
        let book = try await law.rules().book
        let duties = book.duties.compactMap { duty -> WhatIfPage.Duty? in
            let rows = figures.rows.filter { $0.duty == duty.id }
            if rows.isEmpty { return nil }
            return WhatIfPage.Duty(
                name: duty.name[visit.language], href: Route.rule(duty.id).path,
                before: duty.version(under: asked.before).map(visit.sentence),
                after: duty.version(under: asked.after).map(visit.sentence),
                rows: rows.map { row in
                    WhatIfPage.Row(
                        group: visit.text(
                            row.group.map { "term.targetGroup.\($0.rawValue)" } ?? "term.none"),
                        gained: row.gained, lost: row.lost, changed: row.changed)
                },
                people: Route.whatIfPeople.link(asked.pairs + [("duty", duty.id)]))
        }
        return visit.page(
            WhatIfPage(
                from: asked.from, to: asked.to, day: asked.day, isProposed: asked.isProposed,
                citizens: figures.citizens, touched: figures.touched, duties: duties,
                action: Route.whatIf.path),
            section: .law, breadcrumb: visit.lawTrail)
    }

    /// First the question what for, then the citizens for whom one duty changes.
    func whatIfPeople(_ visit: Visit) async throws -> Answer {
        let asked = try WhatIfQuery(visit)
        if let refusal = visit.peopleRefusal { throw refusal }
        let law = LawCase(house)
        guard
            let duty = try await law.rules().book.duties.first(where: {
                $0.id == visit.call.query["duty"]
            })
        else { return visit.error(.notFound) }
        let back = Route.whatIf.link(asked.pairs)
        let trail = visit.lawTrail + [Link(visit.text("views.law.whatIf"), back)]
        guard let purpose = visit.statedPurpose else {
            return visit.askPurpose(
                duty.name[visit.language], section: .law, breadcrumb: trail, back: back)
        }
        var fields = FieldReader(visit.call.query)
        let page = try fields.page()
        let portion = 100
        let found = try await law.people(
            from: asked.before, to: asked.after, on: asked.day, of: municipality.code,
            duty: duty.id, skipping: (page - 1) * portion, count: portion, by: visit.actor,
            purpose: purpose)
        let more = [("duty", Optional(duty.id)), ("purpose", purpose.text)]
        return visit.page(
            WhatIfPeoplePage(
                duty: duty.name[visit.language], from: asked.from, to: asked.to,
                marks: [asked.before, asked.after].map {
                    duty.version(under: $0).map(visit.lawTexts.marks) ?? ""
                },
                purpose: purpose.text, lookupNumber: Int(found.lookup), total: found.total,
                people: found.people.map { person in
                    WhatIfPeoplePage.Person(
                        cpr: person.citizen.cpr,
                        name: person.citizen.fullName,
                        change: visit.text("views.whatIf.\(person.kind)"),
                        before: person.before, after: person.after,
                        href: Route.citizenLaw(person.citizen.id.number).link([
                            ("purpose", purpose.text), ("on", asked.day.iso),
                        ]))
                },
                nextHref: page * portion < found.total
                    ? Route.whatIfPeople.link(
                        asked.pairs + more + [("page", String(page + 1))]) : nil,
                back: back), section: .law, breadcrumb: trail)
    }
}
