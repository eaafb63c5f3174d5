import Chronology
import Identifiers
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Views

extension Desk {
    private static let dueOnPage = 50

    /// What is due and overdue; first the question what for.
    func due(_ visit: Visit) async throws -> Answer {
        if let refusal = visit.peopleRefusal { throw refusal }
        let trail = [Link(visit.text("views.section.citizens"), Route.citizens.path)]
        guard let purpose = visit.statedPurpose else {
            return visit.askPurpose(
                visit.text("views.due.what"), section: .citizens, breadcrumb: trail,
                back: Route.citizens.path)
        }
        var fields = FieldReader(visit.call.query)
        let page = try fields.page()
        let asked = visit.call.query
        let filter = DueFilter(
            duty: asked["duty"], group: asked["group"].flatMap { TargetGroup(rawValue: $0) },
            status: asked["status"].flatMap { ObligationStatus(rawValue: $0) })
        let most = Desk.dueOnPage
        let list = try await DueCase(house).list(
            filter, of: municipality.code, skipping: (page - 1) * most, count: most,
            by: visit.actor, purpose: purpose)
        let isLast = page * most >= list.total
        let kept = ["duty", "group", "status"].map { ($0, asked[$0]) }
        return visit.page(
            visit.page(
                of: list, filter, purpose,
                later: isLast
                    ? nil
                    : Route.due.link(
                        kept + [("purpose", purpose.text), ("page", String(page + 1))])),
            section: .citizens, breadcrumb: trail)
    }
}

extension Visit {
    /// `Første samtale (LAB § 31) (usikker)`
    func duty(_ due: Due, _ names: [String: String]) -> String {
        let duty = "\(names[due.duty] ?? "") (\(due.law))"
        return due.isUncertain ? "\(duty) \(lawTexts.text("rules.mark"))" : duty
    }

    fileprivate func page(
        of list: DueList, _ filter: DueFilter, _ purpose: Purpose, later: String?
    ) -> DuePage {
        let names = Dictionary(
            uniqueKeysWithValues: list.duties.map { ($0.id, $0.name[language]) })
        let any = Choice(value: "", label: text("views.due.any"))
        return DuePage(
            overdue: list.overdue, total: list.total, purpose: purpose.text,
            lookupNumber: Int(list.lookup),
            duties: [any]
                + list.duties.map {
                    Choice(
                        value: $0.id, label: $0.name[language], isSelected: $0.id == filter.duty)
                },
            groups: [any]
                + list.groups.map {
                    Choice(
                        value: $0.rawValue, label: text("term.targetGroup.\($0.rawValue)"),
                        isSelected: $0 == filter.group)
                },
            statuses: [any]
                + [ObligationStatus.overdue, .due].map {
                    Choice(
                        value: $0.rawValue, label: text("law.status.\($0)"),
                        isSelected: $0 == filter.status)
                },
            entries: list.entries.map { entry in
                DuePage.Entry(
                    name: entry.citizen.fullName,
                    cpr: entry.citizen.cpr,
                    href: Route.citizen(entry.citizen.id.number)
                        .link([("purpose", purpose.text)]),
                    group: entry.due.group.map { text("term.targetGroup.\($0.rawValue)") } ?? "",
                    duty: duty(entry.due, names), due: entry.due.due,
                    status: text("law.status.\(entry.due.status)"))
            }, later: later, action: Route.due.path)
    }
}
