import Chronology
import Parameters
import Registry

extension FileProblem.Kind {
    static let overlapsBefore = Self(rawValue: "overlapsBefore")
    static let impossibleAge = Self(rawValue: "impossibleAge")
    static let beforeBirth = Self(rawValue: "beforeBirth")
    static let unknownMunicipality = Self(rawValue: "unknownMunicipality")

    /// The kinds of files of facts.
    public static let ofFacts: [FileProblem.Kind] = [
        .overlapsBefore, .impossibleAge, .beforeBirth, .unknownMunicipality,
    ]
}

/// A file of citizens' facts, in JSON or YAML.
public struct FactFile: Hashable, Sendable {
    public var citizens: [CitizenFacts]
    /// Whose cases they are, when the file says so.
    public var municipality: Municipality?

    /// Throws every problem of the file at once; a municipality must be one of the list.
    /// O(size of the file).
    public init(
        _ text: String, file: String, municipalities: MunicipalityList
    ) throws(FileProblems) {
        var problems = FileProblemList(file: file)
        var citizens: [CitizenFacts] = []
        if let root = problems.document(text, FactFile.grammar) {
            let code = root["municipality"]
            municipality = Int32(code.string).flatMap { municipalities[$0] }
            if code.exists, municipality == nil { problems.add(.unknownMunicipality, at: code) }
            var seen: Set<String> = []
            for place in root["citizens"].items {
                if !seen.insert(place["id"].string).inserted {
                    problems.add(.duplicateId, at: place["id"])
                }
                citizens.append(CitizenFacts(place, &problems))
            }
        }
        guard problems.all.isEmpty else { throw problems.thrown() }
        self.citizens = citizens
    }

    static let grammar = ValueRule.object([
        .needs("format", .integer(1...1)), .may("municipality", .text),
        .needs("citizens", .list(citizen)),
    ])

    /// One citizen.
    public static let citizen = ValueRule.object([
        .needs("id", .text), .needs("born", .day),
        .may("qualifiedFrom", .day), .may("permitFrom", .day),
        .may("benefits", span("benefit", Benefit.self)),
        .may("groups", span("group", TargetGroup.self)),
        .may("categories", span("category", MatchCategory.self)),
        .may("states", span("state", LawState.self)),
        .may("employments", span("kind", EmploymentKind.self)),
        .may("offers", span("kind", OfferKind.self)),
        .may(
            "acts",
            .list(
                .object([
                    .needs("act", .words(ActKind.self)), .needs("on", .day),
                    .may("recorded", .day),
                ]))),
    ])

    private static func span<Value: RawRepresentable & CaseIterable>(
        _ key: String, _: Value.Type
    ) -> ValueRule where Value.RawValue == String {
        .list(
            .object([
                .needs(key, .words(Value.self)), .needs("from", .day), .may("to", .day),
                .may("hoursPerWeek", .number), .may("recorded", .day),
            ]))
    }
}

extension CitizenFacts {
    /// Reads one citizen from a place that has been checked by `FactFile.citizen`.
    public init(_ place: DocumentPlace, _ problems: inout FileProblemList) {
        self.init(id: place["id"].string, born: place["born"].day ?? Day(number: 0))
        qualifiedFrom = place["qualifiedFrom"].day
        permitFrom = place["permitFrom"].day
        benefits = CitizenFacts.spans(place["benefits"], "benefit", born, &problems)
        groups = CitizenFacts.spans(place["groups"], "group", born, isOneAtATime: true, &problems)
        categories = CitizenFacts.spans(
            place["categories"], "category", born, isOneAtATime: true, &problems)
        states = CitizenFacts.spans(place["states"], "state", born, &problems)
        employments = CitizenFacts.spans(place["employments"], "kind", born, &problems)
        offers = CitizenFacts.spans(place["offers"], "kind", born, &problems)
        for act in place["acts"].items {
            guard let kind = ActKind(rawValue: act["act"].string), let day = act["on"].day else {
                continue
            }
            if day < born { problems.add(.beforeBirth, at: act["on"]) }
            acts.append(FactDay(kind, day, recorded: act["recorded"].day))
        }
        checkAge(place["born"], &problems)
    }

    /// Nobody is 130 years old when something happens to them.
    private func checkAge(_ place: DocumentPlace, _ problems: inout FileProblemList) {
        let spans =
            benefits.map(\.start) + groups.map(\.start) + categories.map(\.start)
            + states.map(\.start) + employments.map(\.start) + offers.map(\.start)
            + acts.map(\.day)
        if let last = spans.max(), born.age(on: last) >= 130 {
            problems.add(.impossibleAge, at: place, ["day": last.iso])
        }
    }

    private static func spans<Value: RawRepresentable & Hashable & Sendable>(
        _ place: DocumentPlace, _ key: String, _ born: Day, isOneAtATime: Bool = false,
        _ problems: inout FileProblemList
    ) -> [FactSpan<Value>] where Value.RawValue == String {
        var spans: [FactSpan<Value>] = []
        for item in place.items {
            guard let value = Value(rawValue: item[key].string), let start = item["from"].day else {
                continue
            }
            let end = item["to"].day
            if let end, end < start { problems.add(.endsBeforeItBegins, at: item["to"]) }
            if start < born { problems.add(.beforeBirth, at: item["from"]) }
            let clash = spans.first {
                (isOneAtATime || $0.value == value) && $0.start <= (end ?? .openEnd)
                    && start <= ($0.end ?? .openEnd)
            }
            if let clash {
                problems.add(
                    .overlapsBefore, at: item["from"],
                    ["other": clash.value.rawValue, "from": clash.start.iso])
            }
            let hours = ScalarForms.number(item["hoursPerWeek"].string)
            spans.append(
                FactSpan(
                    value, start, end,
                    minutes: hours.map { Int32(($0 * 60).rounded()) } ?? WeeklyTime.full.minutes,
                    recorded: item["recorded"].day))
        }
        return spans
    }
}
