import Chronology
import Identifiers

/// A place where anybody can walk in and get help to find work (jobbutik).
public struct JobShop: Hashable, Sendable {
    public var id: FactID
    public var name: String
    public var street: String
    public var postcode: String
    public var hours: [OpenHours]
    public var start: Day
    /// The last day it was open at all; nil while it goes on.
    public var end: Day?

    public init(
        id: FactID, name: String, street: String = "", postcode: String = "",
        hours: [OpenHours] = [], start: Day, end: Day? = nil
    ) {
        self.id = id
        self.name = name
        self.street = street
        self.postcode = postcode
        self.hours = hours
        self.start = start
        self.end = end
    }
}

/// When a job shop is open on one day of the week (åbningstid).
public struct OpenHours: Hashable, Sendable {
    /// 1 for Monday to 7 for Sunday.
    public var weekday: Int
    /// Minutes after midnight.
    public var opens: Int
    public var closes: Int

    public init(weekday: Int, opens: Int, closes: Int) {
        self.weekday = weekday
        self.opens = opens
        self.closes = closes
    }
}

/// Somebody who came to a job shop (henvendelse).
public struct ShopVisit: Hashable, Sendable {
    public var id: FactID
    public var shop: FactID
    public var day: Day
    /// Minutes after midnight; nil where it was not noted.
    public var minute: Int?
    /// Nil for one who did not say, or has no case: nobody has to.
    public var citizen: CitizenID?
    public var topics: [VisitTopic]
    /// The order that the citizen was referred to there and then.
    public var order: FactID?
    public var staff: FactID?
    public var text: String

    public init(
        id: FactID, shop: FactID, day: Day, minute: Int? = nil, citizen: CitizenID? = nil,
        topics: [VisitTopic], order: FactID? = nil, staff: FactID? = nil, text: String = ""
    ) {
        self.id = id
        self.shop = shop
        self.day = day
        self.minute = minute
        self.citizen = citizen
        self.topics = topics
        self.order = order
        self.staff = staff
        self.text = text
    }
}

/// What somebody got help with in a job shop.
public enum VisitTopic: String, CaseIterable, Sendable {
    case cv, application
    /// Find job at søge
    case orderSearch
    /// Forberedelse til jobsamtale
    case interview
    /// Selvbetjening og jobnet
    case selfService
    /// Uddannelse og kurser
    case education
    /// Henvist direkte til en virksomhed
    case referral
    case other
}
