import Chronology
import Registry

/// What the feeds of a partnership say together (puljens tilstand). It is worked out from the
/// entries alone, never from the order in which they came, so whoever has the same entries has
/// the same state.
public struct PoolState: Hashable, Codable, Sendable {
    /// How far each member's feed is here.
    public struct Head: Hashable, Codable, Sendable {
        public var member: String
        public var number: Int64
        public var hash: String
    }

    /// An order that a member shares.
    public struct Order: Hashable, Codable, Sendable {
        /// The member that has it, and its number there.
        public var owner: String
        public var number: Int64
        public var told: PoolOrder
        public var isOpen: Bool
        /// How many were hired through the pool.
        public var hired: Int
    }

    /// A candidate that a member shows.
    public struct Card: Hashable, Codable, Sendable {
        public var member: String
        public var number: Int64
        public var told: PoolCard
    }

    /// A card offered to another member's order.
    public struct Offer: Hashable, Codable, Sendable {
        /// The candidate's member, and the number of its entry.
        public var member: String
        public var number: Int64
        public var card: Int64
        public var owner: String
        public var order: Int64
        public var isHired: Bool
    }

    /// A credit to both: the order's owner and the candidate's member.
    public struct Hire: Hashable, Codable, Sendable {
        public var owner: String
        public var order: Int64
        public var member: String
        public var offer: Int64
        /// The day it was said, as yyyy-mm-dd.
        public var day: String
        /// The offer is here and was to this order, or was to an order that is forgotten with
        /// its card.
        public var isConfirmed: Bool
    }

    public var heads: [Head] = []
    /// By owner and number.
    public var orders: [Order] = []
    /// By member and number. Withdrawn ones are not among them.
    public var cards: [Card] = []
    /// Those whose card stands, by member and number.
    public var offers: [Offer] = []
    /// By owner and the order in which they were said. Of several for one offer the first is
    /// confirmed.
    public var hires: [Hire] = []
    /// How many cards each member has shown, those withdrawn among them.
    public var cardsShown: [String: Int] = [:]

    /// O(entries).
    public init(_ book: PoolBook) throws(PoolProblem) {
        for (member, feed) in book.feeds.sorted(by: { $0.key < $1.key }) {
            guard let last = feed.last else { continue }
            heads.append(
                Head(
                    member: member, number: last.header.number, hash: try last.header.hash()))
            read(feed, of: member)
        }
        confirm(book)
    }

    private mutating func read(_ feed: [PoolEntry], of member: String) {
        var own: [Int64: Order] = [:]
        var shown: [Int64: Card] = [:]
        var ever: Set<Int64> = []
        for entry in feed {
            let header = entry.header
            let subject = header.subject
            if header.kind == .cardShared { ever.insert(subject) }
            switch entry.payload.flatMap({ PoolContent(header.kind, $0) }) {
            case .order(let told):
                own[subject] = Order(
                    owner: member, number: subject, told: told, isOpen: true, hired: 0)
            case .card(let told):
                shown[subject] = Card(member: member, number: subject, told: told)
            case .offer(let told):
                offers.append(
                    Offer(
                        member: member, number: header.number, card: subject, owner: told.owner,
                        order: told.order, isHired: false))
            case .hire(let told):
                hires.append(
                    Hire(
                        owner: member, order: subject, member: told.member, offer: told.offer,
                        day: Day(number: header.day).iso, isConfirmed: false))
            case .end where header.kind == .orderClosed: own[subject]?.isOpen = false
            case .end: shown[subject] = nil
            case nil: break
            }
        }
        orders += own.values.sorted { $0.number < $1.number }
        cards += shown.values.sorted { $0.number < $1.number }
        if !ever.isEmpty { cardsShown[member] = ever.count }
    }

    /// Ties hires to the offers that they name. What one member says of another counts only
    /// when the other has said its part.
    private mutating func confirm(_ book: PoolBook) {
        struct Named: Hashable {
            var member: String
            var offer: Int64
        }
        var seen: Set<Named> = []
        for place in hires.indices {
            let hire = hires[place]
            guard let feed = book.feeds[hire.member], hire.offer >= 1,
                hire.offer <= Int64(feed.count)
            else { continue }
            let entry = feed[Int(hire.offer) - 1]
            guard entry.header.kind == .referralOffered else { continue }
            if let payload = entry.payload,
                case .offer(let told)? = PoolContent(.referralOffered, payload),
                told.owner != hire.owner || told.order != hire.order
            {
                continue
            }
            // An offer is hired by once.
            hires[place].isConfirmed =
                seen.insert(Named(member: hire.member, offer: hire.offer)).inserted
        }
        let sure = hires.filter(\.isConfirmed)
        for place in orders.indices {
            orders[place].hired = sure.count {
                $0.owner == orders[place].owner && $0.order == orders[place].number
            }
        }
        let named = Set(sure.map { Named(member: $0.member, offer: $0.offer) })
        for place in offers.indices {
            offers[place].isHired = named.contains(
                Named(member: offers[place].member, offer: offers[place].number))
        }
    }
}
