import Chronology
import Registry

/// How a synthetic municipality behaves, as `Resources/calibration.yaml` says it
/// with sources and marks of confidence.
struct Calibration: Decodable, Sendable {
    var tolerances: [String: Tolerance]
    var bounds: [Bound]
    var ages: [AgeShare]
    var origin: Origin
    var movement: Movement
    var households: Households
    var education: Education
    var work: Work
    var seasons: [String: [Double]]
    var noise: Double
    var durations: [String: DurationSpec]
    var streams: [StreamSpec]
    var merger: Merger
    var fundsMeet: FundsMeet
    var conversations: Conversations
    var staff: Staff
    var exemptions: Exemptions
    var offers: Offers
    var companies: Companies
    var voices: Voices
    var recording: Recording

    struct Tolerance: Decodable {
        var percent: Double
        var persons: Double
    }
    /// Between which values a full-size municipality's figure must lie.
    struct Bound: Decodable {
        var municipality: Int32
        var year: Int
        var indicator: String
        var benefits: [Code<Benefit>]?
        /// The mean of the twelve months rather than the year's own figure.
        var monthly: Bool?
        var from: Double
        var to: Double
    }
    struct AgeShare: Decodable {
        var from: Int
        var to: Int
        var percent: Double
    }
    struct Range: Decodable {
        var low: Int
        var high: Int
    }
    struct Origin: Decodable {
        var western: Double
        var westernDescendant: Double
        var nonWestern: Double
        var nonWesternDescendant: Double
        var immigrantShare: [String: Double]
        var refugees: Double
        var reunifiedWithRefugee: Double
        var otherReunified: Double
    }
    struct Movement: Decodable {
        var births: Double
        var deathLevel: Double
        var deathSlope: Double
        var moves: [Move]
        var arrivalsOfAnyAge: Double
        var arrivalAges: AgeSpan
        struct Move: Decodable {
            var to: Int
            var rate: Double
        }
        struct AgeSpan: Decodable {
            var from: Int
            var to: Int
        }
    }
    struct Households: Decodable {
        var couples: [String: Double]
        var yearsApart: Int
        var parents: Movement.AgeSpan
        var singleParents: Double
        var leavesHome: Range
        var arriveTogether: Double
        var separations: Double
        var meetings: Double
    }
    struct Education: Decodable {
        var primary: Double
        var upperSecondary: Double
        var vocational: Double
        var shortHigher: Double
        var mediumHigher: Double
        var longHigher: Double
        var toUpperSecondary: Double
        var toVocational: Double
        var toHigher: Double
    }
    struct Work: Decodable {
        var changes: Double
        var partTime: Double
        var pastPension: Double
        var insured: Double
        var smallJobs: Double
    }
    struct Merger: Decodable {
        var from: IsoDay
        var benefits: [Code<Benefit>]
        var into: Code<Benefit>
    }
    struct FundsMeet: Decodable {
        var from: IsoDay
        var days: Int
        var stream: String
    }
    struct Conversations: Decodable {
        var first: Range
        var slowest: Double
        var fastest: Double
        var missed: Double
        var cancelled: Double
        var joint: Double
        var phone: Double
        var video: Double
        var booked: Range
    }
    struct Staff: Decodable {
        /// Who works there is told from this day on, and hours of the day from the other.
        var from: IsoDay
        var timesFrom: IsoDay
        var changesPerYear: Double
        var teams: [Team]

        struct Team: Decodable {
            var name: String
            var groups: [Code<TargetGroup>]
            /// Caseworkers for each thousand residents.
            var perThousand: Double
        }
    }
    struct Exemptions: Decodable {
        var chance: Double
        var days: Range
    }
    struct Offers: Decodable {
        var time: [String: Double]
        var hours: [String: Double]
        var lengths: [String: Length]
        var kinds: [String: [String: Double]]
        var steering: Steering
        struct Steering: Decodable {
            var chance: Double
            var wait: Double
            var hours: Double
            var days: Range
            var kinds: [Code<OfferKind>]
        }
        struct Length: Decodable {
            var low: Int
            var high: Int
            var hours: Double
        }
    }
    struct Companies: Decodable {
        var unitsPerResident: Double
        var meanEmployees: Double
        var changedHeadcountPerYear: Double
        var contactsPerUnitAndYear: Double
        var ordersPerThousandLabourForce: Double
        var morePositions: Double
        var referred: Double
        var filled: Double
    }
    struct Voices: Decodable {
        var complaintsPerThousandAndMonth: Double
        var feedbackAfterConversation: Double
        var surveyMonths: [Int]
        var surveyAnswered: Double
        var surveySatisfied: Double
    }
    struct Recording: Decodable {
        var sameDay: Double
        var week: Double
        var wrong: Double
    }
}

/// One benefit in one match category and target group, kept at a stock.
struct StreamSpec: Decodable, Sendable {
    var name: String
    var benefit: Code<Benefit>
    var category: Code<MatchCategory>?
    var group: Code<TargetGroup>?
    var stock: Stock
    var share: Double
    var burden: Double?
    var trend: Double?
    var local: [String: Double]?
    var season: String?
    var closed: IsoDay?
    var duration: String
    /// Weight by first year of age; it holds until the next.
    var ages: [String: Double]
    var nonWestern: Double?
    var from: Source
    /// The stream that goes on from the 30th birthday.
    var fromThirty: String?
    var partial: Partial?
    /// Chance per 30 days of a few days' work that interrupts the benefit.
    var gaps: Double?
    var contact: Double
    var conversation: Code<ConversationKind>?
    var hours: Double?
    var offers: String?
    var exits: [String: Double]

    enum Stock: String, Decodable, Sendable { case unemployment, jobReady, family, working }
    enum Source: String, Decodable, Sendable {
        case any, insured, uninsured, qualified, unqualified, newcomer, working, leave
    }
    struct Partial: Decodable, Sendable {
        var chance: Double
        var low: Double
        var high: Double
    }
}

/// A code of the registry, refused when the registry has no such code.
struct Code<Value: RawRepresentable & Sendable>: Decodable, Sendable
where Value.RawValue == String {
    var value: Value

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Value(rawValue: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(text) is no \(Value.self)")
        }
        self.value = value
    }
}

/// A day written `2025-07-01`.
struct IsoDay: Decodable, Sendable {
    var day: Day

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = Day(iso: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(text) is no day")
        }
        self.day = day
    }
}

/// How long completed spells last.
struct DurationSpec: Decodable, Sendable {
    var buckets: [Bucket]
    var over: Over

    struct Bucket: Decodable, Sendable {
        var from: Double
        var to: Double
        var percent: Double
    }
    struct Over: Decodable, Sendable {
        var from: Double
        var mean: Double
        var max: Double
    }

    private var rest: Double { 100 - buckets.reduce(0) { $0 + $1.percent } }

    /// Whole days of a new spell.
    func days(_ random: inout Randomness) -> Int {
        draw(&random, weights: buckets.map(\.percent) + [rest])
    }

    /// Whole days of a spell met on a random day: long ones are met more often.
    func daysOfOngoing(_ random: inout Randomness) -> Int {
        draw(
            &random,
            weights: buckets.map { $0.percent * ($0.from + $0.to) / 2 }
                + [rest * (over.from + over.mean)])
    }

    private func draw(_ random: inout Randomness, weights: [Double]) -> Int {
        let index = random.index(weights: weights)
        let weeks =
            index < buckets.count
            ? random.real(buckets[index].from, buckets[index].to)
            : min(over.max, over.from + random.exponential(mean: over.mean))
        return max(1, Int(weeks * 7))
    }
}

/// The published levels of one municipality (`Resources/levels.yaml`).
struct Level: Decodable, Sendable {
    var code: Int32
    var population: Int
    var labourShare: Double
    var growth: Double
    var unemployment: [Double]
    var jobReady: [Double]
    var family: [Double]
    var activation: Double
    var touched: Double
    var hours: Double
}
