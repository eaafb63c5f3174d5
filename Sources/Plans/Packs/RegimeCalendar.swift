import Chronology
import Indicators
import Parameters

/// A day on which an act, a register or a definition changed (regimeskift).
public struct Regime: Hashable, Sendable {
    public var id: String
    public var from: Day
    public var text: Localized
    public var source: String
    public var confidence: IndicatorDefinition.Confidence
    /// The figures that cannot be compared across the day without a word.
    public var indicators: [IndicatorID]
}

/// The days on which reality changed under the figures (kalender over regimeskift).
public struct RegimeCalendar: Hashable, Sendable {
    public var regimes: [Regime]

    /// The calendar that ships with the program.
    public static func bundled(known: KnownIndicators) throws(FileProblems) -> RegimeCalendar {
        let file = "regimes.yaml"
        return try RegimeCalendar(yaml: PlanResources.text(file), file: file, known: known)
    }

    /// Reads a calendar. Throws every problem of the file at once.
    public init(yaml: String, file: String, known: KnownIndicators) throws(FileProblems) {
        var problems = FileProblemList(file: file)
        let regime = ValueRule.object([
            .needs("id", .identifier), .needs("from", .day), .needs("text", .localized),
            .needs("source", .text),
            .needs("confidence", .words(IndicatorDefinition.Confidence.self)),
            .may("indicators", .list(.word(known.names, .unknownIndicator))),
        ])
        let grammar = ValueRule.object([
            .needs("format", .integer(1...1)), .needs("regimes", .list(regime)),
        ])
        guard let root = problems.document(yaml, grammar) else { throw problems.thrown() }
        regimes = []
        for place in root["regimes"].items {
            if regimes.contains(where: { $0.id == place["id"].string }) {
                problems.add(.duplicateId, at: place["id"])
            }
            guard let from = Day(iso: place["from"].string) else { continue }
            regimes.append(
                Regime(
                    id: place["id"].string, from: from, text: place["text"].localized,
                    source: place["source"].string,
                    confidence: IndicatorDefinition.Confidence(
                        rawValue: place["confidence"].string) ?? .background,
                    indicators: place["indicators"].indicators))
        }
        guard problems.all.isEmpty else { throw problems.thrown() }
    }

    /// What changed for a figure after one day and up to another.
    public func breaks(_ indicator: IndicatorID, after start: Day, through end: Day) -> [Regime] {
        regimes.filter {
            $0.indicators.contains(indicator) && $0.from > start && $0.from <= end
        }
    }
}
