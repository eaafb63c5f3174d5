import Chronology
import Identifiers
import Registry
import Storage

/// How far an order has come (ordrens trin).
public enum OrderStage: String, CaseIterable, Comparable, Sendable {
    case received, clarified, shared, referred, interviewed, hired, closed

    private var place: Int { OrderStage.allCases.firstIndex(of: self) ?? 0 }
    public static func < (a: Self, b: Self) -> Bool { a.place < b.place }
}

/// An order with everything that happened to it. Its stage is worked out, never typed.
public struct OrderSummary: Hashable, Sendable {
    public var order: JobOrder
    /// Nil for an order that came in without a description.
    public var description: OrderDescription?
    /// In the order of their days.
    public internal(set) var events: [OrderEvent] = []
    public internal(set) var referrals: [Referral] = []
    public internal(set) var placements: [Placement] = []

    public init(_ order: JobOrder) { self.order = order }

    /// Why it is closed; nil while it is open.
    public var closing: OrderEvent? {
        let last = events.last { $0.kind == .closed || $0.kind == .reopened }
        return last?.kind == .closed ? last : nil
    }

    public var isOpen: Bool { closing == nil }

    public var stage: OrderStage {
        if !isOpen { return .closed }
        if hired > 0 { return .hired }
        if events.contains(where: { $0.kind == .interviewed }) { return .interviewed }
        if isReferredTo { return .referred }
        if has(.shared) { return .shared }
        return has(.clarified) ? .clarified : .received
    }

    public func has(_ kind: OrderEventKind) -> Bool { events.contains { $0.kind == kind } }

    /// The day by which the company was promised an answer and has got none.
    public var promised: Day? {
        guard isOpen, !has(.answered), !isReferredTo else { return nil }
        return description?.answerBy
    }

    /// Own citizens and other members' candidates that got a job.
    public var hired: Int { placements.count + poolHires.count }

    /// Where those come from that were hired through a pool.
    public var poolHires: [PoolSource] {
        events.compactMap { $0.kind == .poolHired ? $0.pool : nil }
    }

    /// Somebody was sent to the company, an own citizen or another member's candidate.
    public var isReferredTo: Bool { !referrals.isEmpty || has(.poolReferred) }

    /// Positions that nobody is hired for.
    public var vacant: Int { max(0, order.positions - hired) }

    /// What last happened between a citizen and the order; nil where nothing did.
    public func stand(of citizen: CitizenID) -> CandidateStand? {
        if placements.contains(where: { $0.citizen == citizen }) { return .hired }
        let own = events.last { $0.citizen == citizen }
        switch own?.kind {
        case .rejected: return .rejected(own?.reason)
        case .declined: return .declined
        case .interviewed: return .interviewed
        case .invited: return .invited
        default: break
        }
        if referrals.contains(where: { $0.citizen == citizen }) { return .referred }
        return own?.kind == .volunteered ? .volunteered : nil
    }

    /// Everybody who is or was considered, in the order in which they came.
    public var candidates: [CitizenID] {
        var seen: [CitizenID] = []
        let all =
            events.compactMap { event in event.citizen.map { (event.day, $0) } }
            + referrals.map { ($0.day, $0.citizen) } + placements.map { ($0.day, $0.citizen) }
        for (_, citizen) in all.sorted(by: { $0 < $1 }) where !seen.contains(citizen) {
            seen.append(citizen)
        }
        return seen
    }
}

/// How a citizen stands to an order.
public enum CandidateStand: Hashable, Sendable {
    case volunteered, declined, referred, invited, interviewed
    case rejected(OrderReason?)
    case hired

    /// Still in play.
    public var isOpen: Bool {
        switch self {
        case .volunteered, .referred, .invited, .interviewed: true
        case .declined, .rejected, .hired: false
        }
    }
}

/// Every order of a municipality.
public struct OrderBook: FactBook {
    /// In the order of their numbers.
    public let orders: [OrderSummary]
    private let places: [FactID: Int]

    static let kinds: [FactKind] = [
        .jobOrder, .orderDescription, .orderEvent, .referral, .placement,
    ]

    /// O(facts). What belongs to no order is left out.
    init(_ facts: [Fact]) {
        var orders: [OrderSummary] = []
        for case .jobOrder(let order) in facts { orders.append(OrderSummary(order)) }
        orders.sort { $0.order.id < $1.order.id }
        let places = Dictionary(
            uniqueKeysWithValues: orders.enumerated().map { ($1.order.id, $0) })
        for fact in facts {
            switch fact {
            case .orderDescription(let description):
                places[description.id].map { orders[$0].description = description }
            case .orderEvent(let event): places[event.order].map { orders[$0].events.append(event) }
            case .referral(let referral):
                places[referral.order].map { orders[$0].referrals.append(referral) }
            case .placement(let placement):
                places[placement.order].map { orders[$0].placements.append(placement) }
            default: break
            }
        }
        for place in orders.indices {
            orders[place].events.sort { ($0.day, $0.id) < ($1.day, $1.id) }
        }
        self.orders = orders
        self.places = places
    }

    public subscript(id: FactID) -> OrderSummary? { places[id].map { orders[$0] } }

    public var open: [OrderSummary] { orders.filter(\.isOpen) }
}
