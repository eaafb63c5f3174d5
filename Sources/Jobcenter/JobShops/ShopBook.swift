import Chronology
import Identifiers
import Registry
import Storage

/// A job shop with everybody who came.
public struct ShopSummary: Hashable, Sendable {
    public var shop: JobShop
    /// In the order in which they came.
    public internal(set) var visits: [ShopVisit] = []

    public init(_ shop: JobShop) { self.shop = shop }

    /// Whether it is open at a time of a day; nil where no hours are told.
    public func isOpen(on day: Day, minute: Int) -> Bool? {
        guard !shop.hours.isEmpty else { return nil }
        guard shop.start <= day, day <= shop.end ?? .openEnd else { return false }
        return shop.hours.contains {
            $0.weekday == day.weekday && $0.opens <= minute && minute < $0.closes
        }
    }

    /// What was done in a month, counted from the visits.
    public func figures(_ month: Month) -> ShopFigures {
        ShopFigures(visits.filter { month.first <= $0.day && $0.day <= month.last })
    }

    /// The months with visits, the latest first.
    public var months: [Month] { Set(visits.map { Month(containing: $0.day) }).sorted(by: >) }
}

/// Counts of visits.
public struct ShopFigures: Hashable, Sendable {
    public var visits: Int
    /// Visits of those who said who they were, and how many people that was.
    public var named: Int
    public var people: Int
    public var topics: [VisitTopic: Int]
    public var referrals: Int

    public init(_ visits: [ShopVisit]) {
        self.visits = visits.count
        named = visits.count { $0.citizen != nil }
        people = Set(visits.compactMap(\.citizen)).count
        topics = visits.reduce(into: [:]) { counts, visit in
            for topic in Set(visit.topics) { counts[topic, default: 0] += 1 }
        }
        referrals = visits.count { $0.order != nil }
    }
}

/// Every job shop of a municipality.
public struct ShopBook: FactBook {
    /// In the order of their numbers.
    public let shops: [ShopSummary]

    static let kinds: [FactKind] = [.jobShop, .shopVisit]

    /// O(facts).
    init(_ facts: [Fact]) {
        var shops: [ShopSummary] = []
        for case .jobShop(let shop) in facts { shops.append(ShopSummary(shop)) }
        shops.sort { $0.shop.id < $1.shop.id }
        let places = Dictionary(uniqueKeysWithValues: shops.enumerated().map { ($1.shop.id, $0) })
        for case .shopVisit(let visit) in facts {
            places[visit.shop].map { shops[$0].visits.append(visit) }
        }
        for place in shops.indices {
            shops[place].visits.sort {
                ($0.day, $0.minute ?? 0, $0.id) < ($1.day, $1.minute ?? 0, $1.id)
            }
        }
        self.shops = shops
    }

    public subscript(id: FactID) -> ShopSummary? { shops.first { $0.shop.id == id } }
}
