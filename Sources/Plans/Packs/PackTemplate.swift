import Indicators
import Parameters
import Registry

/// What a quarter's management information holds, section by section (skabelon).
public struct PackTemplate: Hashable, Sendable {
    public var id: String
    public var title: Localized
    public var sections: [Section]

    public struct Section: Hashable, Sendable {
        public var id: String
        public var title: Localized
        public var figures: [FigureLine]
        public var published: [PublishedLine]
        /// Ids of figures that are also shown month by month.
        public var charts: [String]
        /// Ids of figures that get a sentence on the front page.
        public var summary: [String]
        public var parts: [Part]
    }

    /// A figure of the catalogue, for the quarter and the same quarter of the year before.
    public struct FigureLine: Hashable, Sendable {
        public var id: String
        public var indicator: IndicatorID
        /// Nil for all benefits that the indicator is about.
        public var benefits: [Benefit]?
    }

    /// A figure that an authority publishes and that cannot be computed here.
    public struct PublishedLine: Hashable, Sendable {
        public var id: String
        public var title: Localized
        public var table: String
        public var measure: String
        public var unit: Indicators.Unit
    }

    /// Tables that the program makes up itself.
    public enum Part: String, CaseIterable, Sendable {
        /// The ministry's list and its expected level (benchmark).
        case benchmark
        /// Inflow, outflow and transfers between benefits.
        case bridge
        case targets
        /// Levels to the end of the year, with intervals and the probability of each target.
        case forecasts
        /// Full-time persons and net cost on each step of the reimbursement ladder.
        case ladder
        /// Net cost of one full-time person per week on each step.
        case rates
        case budget
        case targetsInMoney
        /// The cap on guidance and mentors: whose it is, what was spent, and the yardstick.
        case cap
        case surveys
        case deviations
        case decisions
    }

    /// The template that ships with the program.
    public static func bundled(known: KnownIndicators) throws(FileProblems) -> PackTemplate {
        let file = "quarterly-pack.yaml"
        return try PackTemplate(yaml: PlanResources.text(file), file: file, known: known)
    }

    /// Reads a template. Throws every problem of the file at once.
    public init(yaml: String, file: String, known: KnownIndicators) throws(FileProblems) {
        var problems = FileProblemList(file: file)
        guard let root = problems.document(yaml, PackTemplate.grammar(known)) else {
            throw problems.thrown()
        }
        id = root["id"].string
        title = root["title"].localized
        sections = []
        var seen: Set<String> = []
        for place in root["sections"].items {
            if !seen.insert(place["id"].string).inserted {
                problems.add(.duplicateId, at: place["id"])
            }
            sections.append(Section(place, known, &problems))
        }
        guard problems.all.isEmpty else { throw problems.thrown() }
    }

    private static func grammar(_ known: KnownIndicators) -> ValueRule {
        let id = FieldRule.needs("id", .identifier)
        let title = FieldRule.needs("title", .localized)
        let figure = ValueRule.object([
            id, .needs("indicator", .word(known.names, .unknownIndicator)),
            .may("benefits", .list(.words(Benefit.self))),
        ])
        let published = ValueRule.object([
            id, title, .needs("table", .text), .needs("measure", .text),
            .needs("unit", .words(Indicators.Unit.self)),
        ])
        return .object([
            .needs("format", .integer(1...1)), id, title,
            .needs(
                "sections",
                .list(
                    .object([
                        id, title, .may("figures", .list(figure)),
                        .may("published", .list(published)),
                        .may("charts", .list(.reference)), .may("summary", .list(.reference)),
                        .may("parts", .list(.words(Part.self))),
                    ]))),
        ])
    }
}

extension PackTemplate.Section {
    fileprivate init(
        _ place: DocumentPlace, _ known: KnownIndicators, _ problems: inout FileProblemList
    ) {
        id = place["id"].string
        title = place["title"].localized
        figures = place["figures"].items.map { line in
            let benefits = line["benefits"].words(Benefit.self)
            return PackTemplate.FigureLine(
                id: line["id"].string, indicator: IndicatorID(line["indicator"].string),
                benefits: benefits.isEmpty ? nil : benefits)
        }
        published = place["published"].items.map { line in
            PackTemplate.PublishedLine(
                id: line["id"].string, title: line["title"].localized,
                table: line["table"].string, measure: line["measure"].string,
                unit: Indicators.Unit(rawValue: line["unit"].string) ?? .persons)
        }
        charts = place["charts"].items.map(\.string)
        summary = place["summary"].items.map(\.string)
        parts = place["parts"].words(PackTemplate.Part.self)
        check(place, known, &problems)
    }

    /// What only the whole section can tell: ids that stand twice or nowhere, and benefits
    /// for a figure that is not cut by them.
    private func check(
        _ place: DocumentPlace, _ known: KnownIndicators, _ problems: inout FileProblemList
    ) {
        let lines = place["figures"].items + place["published"].items
        let ids = lines.map { $0["id"].string }
        for (index, line) in lines.enumerated() where ids[..<index].contains(ids[index]) {
            problems.add(.duplicateId, at: line["id"])
        }
        let figures = self.figures.map(\.id)
        for key in ["charts", "summary"] {
            for item in place[key].items where !figures.contains(item.string) {
                problems.add(
                    .unknownReference, at: item,
                    ["section": "figures", "accepted": figures.joined(separator: ", ")])
            }
        }
        for line in place["figures"].items where line["benefits"].exists {
            let entry = known[IndicatorID(line["indicator"].string)]
            if entry?.dimensions.contains(.benefit) == false {
                let accepted = entry?.dimensions.map(\.rawValue).sorted() ?? []
                problems.add(
                    .notCutBy, at: line["benefits"],
                    [
                        "indicator": line["indicator"].string,
                        "accepted": accepted.joined(separator: ", "),
                    ])
            }
        }
    }
}
