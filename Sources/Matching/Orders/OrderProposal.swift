import Chronology
import Parameters
import Registry

/// A value read out of a text, and where it stood.
public struct Proposed<Value: Hashable & Sendable>: Hashable, Sendable {
    public var value: Value
    /// In UTF-8 bytes from the text's beginning.
    public var place: Range<Int>

    public init(_ value: Value, at place: Range<Int>) {
        self.value = value
        self.place = place
    }
}

/// When the job begins (startdato).
public enum OrderStart: Hashable, Sendable {
    case on(Day)
    /// As soon as possible (snarest).
    case soonest
}

/// What a person has to look at before the order is used.
public enum OrderDoubt: Hashable, Sendable {
    /// The text has no words.
    case empty
    /// Nothing in it is known as an occupation.
    case noOccupation
    /// A second advert begins at this byte; only the first was read.
    case severalAdverts(at: Int)
    /// More positions than one employer usually has: confirm the number.
    case manyPositions(Int)
    /// A postcode or town of another country, as written.
    case postcodeAbroad(String)
    /// Four digits before a town that are no Danish postcode.
    case unknownPostcode(Int32)
    /// The text is in this language (ISO 639-1).
    case otherLanguage(String)
    /// Hours that cannot both be right.
    case contradictingHours([WeeklyHours])
    case contradictingStart([Day])
    case contradictingDeadline([Day])
    /// One can apply until after the job has begun.
    case deadlineAfterStart
    case startPassed(Day)
    case deadlinePassed(Day)

    /// The key of its text under `order.doubt` in the string catalogue.
    public var key: String {
        switch self {
        case .empty: "empty"
        case .noOccupation: "noOccupation"
        case .severalAdverts: "severalAdverts"
        case .manyPositions: "manyPositions"
        case .postcodeAbroad: "postcodeAbroad"
        case .unknownPostcode: "unknownPostcode"
        case .otherLanguage: "otherLanguage"
        case .contradictingHours: "contradictingHours"
        case .contradictingStart: "contradictingStart"
        case .contradictingDeadline: "contradictingDeadline"
        case .deadlineAfterStart: "deadlineAfterStart"
        case .startPassed: "startPassed"
        case .deadlinePassed: "deadlinePassed"
        }
    }
}

/// A job order (jobordre) as it is read out of an employer's own text. Everything is a
/// proposal with its place in the text; what the text does not say is nil.
public struct OrderProposal: Sendable {
    /// The id of the occupation that is sought.
    public var occupation: Proposed<String>?
    /// Other occupations that the text seeks or may mean.
    public var otherOccupations: [Proposed<String>] = []
    /// Ids of skills that are asked for, in the order of the text.
    public var must: [Proposed<String>] = []
    /// Ids of skills that are an advantage.
    public var nice: [Proposed<String>] = []
    public var hours: Proposed<WeeklyHours>?
    public var postcode: Proposed<Postcode>?
    public var start: Proposed<OrderStart>?
    /// Nil when the text does not say; it is ordinary then.
    public var kind: Proposed<JobKind>?
    /// Nil when the text gives no number; it is one then.
    public var positions: Proposed<Int>?
    public var deadline: Proposed<Day>?
    public var doubts: [OrderDoubt] = []
}
