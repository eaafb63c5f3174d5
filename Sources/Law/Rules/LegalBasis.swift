import Chronology
import Parameters

/// What holds from a day on, and perhaps only to a day.
public protocol Dated {
    var validFrom: Day { get }
    /// The last day; nil while no end is known.
    var validTo: Day? { get }
}

extension Dated {
    /// Whether a day lies in its time.
    public func isWritten(for day: Day) -> Bool { validFrom <= day && day <= validTo ?? .openEnd }
}

/// What holds by law, where it is written, and for how long it has been so.
public struct LegalBasis: Hashable, Sendable, Dated {
    public var validFrom: Day
    public var validTo: Day?
    /// Act and paragraph, as lawyers cite them.
    public var law: String
    public var source: String
    public var confidence: RuleConfidence
    /// One plain sentence, or two.
    public var text: Localized
}

extension FileProblemList {
    /// One version must begin on the day after the one before it ends: a day with two rules
    /// or with none by mistake would be answered wrongly and in silence.
    mutating func check(
        _ next: some Dated, follows before: some Dated, _ id: String, at place: DocumentPlace
    ) {
        guard let end = before.validTo, end < next.validFrom else {
            return add(.versionsOverlap, at: place, ["other": id])
        }
        if end + 1 < next.validFrom {
            add(.versionsLeaveGap, at: place, ["from": (end + 1).iso, "other": id])
        }
    }
}

/// What rests on an act for a time.
protocol LegallyBased {
    var basis: LegalBasis { get }
}

extension Sequence where Element: LegallyBased {
    /// The one in force on a day; nil for none.
    func inForce(on day: Day) -> Element? { first { $0.basis.isInForce(on: day) } }
}

extension LegalBasis {
    public func isInForce(on day: Day) -> Bool { isWritten(for: day) }

    /// `dayRates@2025-07-01`
    func id(_ kind: String) -> String { "\(kind)@\(validFrom.iso)" }

    /// The fields every dated entry of a file has.
    static let fields: [FieldRule] = [
        .needs("from", .day), .may("to", .day), .needs("law", .text), .needs("source", .text),
        .needs("confidence", .words(RuleConfidence.self)), .needs("text", .localized),
    ]

    init(_ place: DocumentPlace) {
        self.init(
            validFrom: place["from"].day ?? .openEnd, validTo: place["to"].day,
            law: place["law"].string, source: place["source"].string,
            confidence: RuleConfidence(rawValue: place["confidence"].string) ?? .uncertain,
            text: place["text"].localized)
    }
}
