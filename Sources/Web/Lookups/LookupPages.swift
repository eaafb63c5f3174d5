import Chronology
import Indicators
import Jobcenter
import Parameters
import Reporting
import Views

extension Desk {
    func lookups(_ visit: Visit) async throws -> Answer {
        let portion = 50
        var fields = FieldReader(visit.call.query)
        var before: Int64?
        if let text = visit.call.query["before"] {
            before = Int64(text)
            if before == nil { fields.reject("before", text, "web.accepted.number") }
        }
        try fields.check()
        let (lookups, total) = try await AdministrationCase(house).lookups(
            of: municipality.code, count: portion, before: before, by: visit.actor)
        let next = lookups.count == portion ? lookups.last?.number : nil
        return visit.page(
            LookupsPage(
                total: total,
                rows: lookups.map { lookup in
                    LookupsPage.Row(
                        number: Int(lookup.number),
                        day: Day(number: Int32(lookup.at / 86_400)),
                        clock: visit.wording.clock(lookup.at),
                        user: lookup.actor,
                        role: lookup.role == Jobcenter.Role.signer.rawValue
                            ? nil : Views.Role(rawValue: lookup.role) ?? .administrator,
                        purpose: lookup.purpose, subject: subject(lookup.subject, visit),
                        personCount: lookup.personCount)
                },
                nextHref: next.map { Route.lookups.link([("before", String($0))]) }),
            section: .lookups)
    }

    private func subject(_ subject: String, _ visit: Visit) -> String {
        let parts = subject.split(separator: " ")
        guard parts.count == 2 else { return visit.text("web.lookup.cpr") }
        if let act = PersonLookup(rawValue: String(parts[0])), let day = Day(iso: String(parts[1]))
        {
            return visit.text("web.lookup.\(act.rawValue)", ["day": visit.wording.day(day)])
        }
        guard let definition = house.catalogue.definition(.init(String(parts[0]))) else {
            return visit.text("web.lookup.cpr")
        }
        let period = Period(String(parts[1])).map { visit.wording.period($0) } ?? String(parts[1])
        return visit.text(
            "web.lookup.people",
            ["indicator": definition.name[visit.language], "period": period])
    }
}
