import Chronology

/// A note whose fields are data, about whomever (optegnelse).
public protocol FormRecord: Hashable, Sendable {
    /// The kind's id in its catalogue.
    var record: String { get }
    var start: Day { get }
    /// The last day; nil while it goes on.
    var end: Day? { get }
    /// What was answered, by the field's id.
    var answers: [String: String] { get }
}

/// Something noted in a citizen's case by a form of its own (optegnelse): a consent, an
/// agreement with a mentor, a goal. Its kind says which fields it has.
public struct CaseRecord: CitizenPeriod, FormRecord {
    public var id: FactID
    public var citizen: CitizenID
    /// The kind's id in the catalogue of records.
    public var record: String
    public var start: Day
    /// The last day; nil while it goes on. The same as `start` for what is of one day.
    public var end: Day?
    /// What was answered, by the field's id: text as it was typed, days as `2026-01-31`,
    /// numbers in digits, the id of a choice, `1` for a tick. Without what was left out.
    public var answers: [String: String]

    public init(
        id: FactID, citizen: CitizenID, record: String, start: Day, end: Day?,
        answers: [String: String]
    ) {
        self.id = id
        self.citizen = citizen
        self.record = record
        self.start = start
        self.end = end
        self.answers = answers
    }
}
