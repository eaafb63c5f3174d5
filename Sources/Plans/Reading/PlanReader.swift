import Chronology
import Foundation
import Identifiers
import Indicators
import Parameters
import Registry

extension EmploymentPlan {
    /// Reads a plan file. Throws every problem of the file at once.
    public init(yaml: String, file: String, known: KnownIndicators) throws(FileProblems) {
        var problems = FileProblemList(file: file)
        guard let root = problems.document(yaml, PlanGrammar(known).plan) else {
            throw problems.thrown()
        }
        var reader = PlanReader(known: known, problems: problems)
        let plan = reader.plan(root)
        guard reader.problems.all.isEmpty else { throw reader.problems.thrown() }
        self = plan
    }

    /// Reads the plan file at `url`.
    public init(contentsOf url: URL, known: KnownIndicators) throws(FileProblems) {
        guard let yaml = try? String(contentsOf: url, encoding: .utf8) else {
            var problems = FileProblemList(file: url.lastPathComponent)
            problems.add(.unreadable, mark: nil, found: "")
            throw problems.thrown()
        }
        try self.init(yaml: yaml, file: url.lastPathComponent, known: known)
    }
}

extension DocumentPlace {
    var period: Period? { Period(string) }
    var quantity: Quantity? { ScalarForms.quantity(string) }
    var indicators: [IndicatorID] { items.map { IndicatorID($0.string) } }
    var publishedMeasure: PublishedMeasure {
        PublishedMeasure(table: self["table"].string, measure: self["measure"].string)
    }
}

/// Builds the plan from a checked document and finds what only the whole
/// document can tell: references, units, periods.
struct PlanReader {
    let known: KnownIndicators
    var problems: FileProblemList
    var planPeriod: DayRange?
    var ids: [String: Set<String>] = [:]
    /// The targets made of others; they cannot be parts themselves.
    var coupled: Set<String> = []

    init(known: KnownIndicators, problems: FileProblemList) {
        self.known = known
        self.problems = problems
    }

    mutating func plan(_ root: DocumentPlace) -> EmploymentPlan {
        for section in ["roles", "goals", "focusAreas", "efforts", "duties", "targets"] {
            ids[section] = collectIds(root[section])
        }
        coupled = Set(
            root["targets"].items.filter { $0["coupled"].exists }.map { $0["id"].string })
        planPeriod = period(root["period"])
        let plan = EmploymentPlan(
            id: root["id"].string,
            municipality: (try? MunicipalityCode(root["municipality"].string))
                ?? MunicipalityCode(number: 0),
            title: root["title"].localized,
            period: planPeriod ?? Month(index: 0).range,
            adopted: ScalarForms.date(root["adopted"].string),
            source: PlanSource(
                name: root["source"]["name"].string,
                fingerprint: root["source"]["fingerprint"].string),
            roles: root["roles"].items.map {
                PlanRole(id: $0["id"].string, name: $0["name"].localized)
            },
            goals: root["goals"].items.map(goal),
            focusAreas: [], efforts: [], duties: [], targets: [])
        return filled(plan, root)
    }

    private mutating func filled(_ plan: EmploymentPlan, _ root: DocumentPlace) -> EmploymentPlan {
        var plan = plan
        for place in root["focusAreas"].items {
            plan.focusAreas.append(
                FocusArea(
                    id: place["id"].string, goals: references(place["goals"], "goals"),
                    text: place["text"].localized))
        }
        for place in root["efforts"].items { plan.efforts.append(effort(place)) }
        for place in root["duties"].items { plan.duties.append(duty(place)) }
        for place in root["targets"].items { plan.targets.append(target(place)) }
        return plan
    }

    private mutating func collectIds(_ section: DocumentPlace) -> Set<String> {
        var seen: Set<String> = []
        for place in section.items.map({ $0["id"] }) where !place.string.isEmpty {
            if !seen.insert(place.string).inserted {
                problems.add(.duplicateId, at: place)
            }
        }
        return seen
    }

    private mutating func period(_ place: DocumentPlace) -> DayRange? {
        guard let from = Day(iso: place["from"].string), let to = Day(iso: place["to"].string)
        else { return nil }
        guard let range = DayRange(from, to) else {
            problems.add(.endsBeforeItBegins, at: place["to"])
            return nil
        }
        return range
    }

    private func goal(_ place: DocumentPlace) -> PlanGoal {
        PlanGoal(
            id: place["id"].string,
            issuer: PlanGoal.Issuer(rawValue: place["issuer"].string) ?? .local,
            number: place["number"].integer ?? 0, text: place["text"].localized)
    }

    private mutating func effort(_ place: DocumentPlace) -> Effort {
        Effort(
            id: place["id"].string, goals: references(place["goals"], "goals"),
            text: place["text"].localized, answers: reference(place["answers"], "roles"),
            status: Effort.Status(rawValue: place["status"].string) ?? .planned,
            indicators: place["indicators"].indicators)
    }

    private mutating func duty(_ place: DocumentPlace) -> RecurringDuty {
        RecurringDuty(
            id: place["id"].string, goals: references(place["goals"], "goals"),
            text: place["text"].localized, answers: reference(place["answers"], "roles"),
            times: place["times"].integer ?? 0,
            per: RecurringDuty.Interval(rawValue: place["per"].string) ?? .year,
            counts: RecurringDuty.Evidence(rawValue: place["counts"].string),
            indicators: place["indicators"].indicators)
    }

    mutating func references(_ place: DocumentPlace, _ section: String) -> [String] {
        place.items.map { reference($0, section) }
    }

    mutating func reference(_ place: DocumentPlace, _ section: String) -> String {
        let name = place.string
        let names = ids[section] ?? []
        if !name.isEmpty, !names.contains(name) {
            var arguments = [
                "section": section, "accepted": names.sorted().joined(separator: ", "),
            ]
            arguments["suggestion"] = ScalarForms.nearest(to: name, among: names.sorted())
            problems.add(.unknownReference, at: place, arguments)
        }
        return name
    }
}
