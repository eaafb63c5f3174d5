import Chronology
import Registry

/// What may be told of an order. The company, its workplace, the contact person and the
/// company's own text have no field here.
public struct PoolOrder: Hashable, Codable, Sendable {
    public var title: String
    /// The occupation's id in the taxonomy; empty where it is not known.
    public var occupation: String
    public var must: [String]
    public var nice: [String]
    /// Minutes a week.
    public var hoursLeast: Int32
    public var hoursMost: Int32
    public var kind: String
    public var postcode: String
    public var positions: Int
    /// Days as yyyy-mm-dd.
    public var start: String?
    public var answerBy: String
    public var deadline: String?

    public init(_ order: JobOrder, _ description: OrderDescription) {
        title = description.title
        occupation = description.occupation
        must = description.must
        nice = description.nice
        hoursLeast = description.hours.least.minutes
        hoursMost = description.hours.most.minutes
        kind = description.kind.rawValue
        postcode = description.postcode
        positions = order.positions
        start = description.start?.iso
        answerBy = description.answerBy.iso
        deadline = order.deadline?.iso
    }
}

/// What may be told of a candidate: a field of ``Registry/PoolField`` each, those that the
/// partnership agreed on. The card's number stands in the entry's header.
public struct PoolCard: Hashable, Codable, Sendable {
    public var wishes: [String]?
    public var skills: [String]?
    /// Minutes a week.
    public var hours: [Int32]?
    public var kinds: [String]?
    /// Kilometres.
    public var farthest: Int?
    /// The whole of it, or its first two digits.
    public var postcode: String?

    /// Takes the agreed fields of a profile and nothing else. `isKnown` says which ids the
    /// taxonomy has; another is left out, because it could be anything that somebody typed.
    public init(
        _ profile: JobProfile, _ partnership: Partnership, isKnown: (String) -> Bool
    ) {
        let agreed = Set(partnership.fields)
        if agreed.contains(.wishes) { wishes = profile.wishes.filter(isKnown) }
        if agreed.contains(.skills) { skills = profile.skills.filter(isKnown) }
        if agreed.contains(.hours) {
            hours = [profile.hours.least.minutes, profile.hours.most.minutes]
        }
        if agreed.contains(.kinds) { kinds = profile.kinds.map(\.rawValue) }
        if agreed.contains(.farthest) { farthest = profile.farthest }
        if agreed.contains(.postcode) {
            let digits = profile.postcode.filter { ("0"..."9").contains($0) }
            postcode =
                digits.count == 4
                ? String(digits.prefix(partnership.postcode == .whole ? 4 : 2)) : ""
        }
    }
}

/// A member's card is offered to an order of another member. The card stands in the header.
public struct PoolOffer: Hashable, Codable, Sendable {
    /// The member that has the order, and its number there.
    public var owner: String
    public var order: Int64

    public init(owner: String, order: Int64) {
        self.owner = owner
        self.order = order
    }
}

/// Somebody got a job by an offer. The order stands in the header; the candidate is told by the
/// offer's number alone, so that the credit stands when the card is gone.
public struct PoolHire: Hashable, Codable, Sendable {
    /// The candidate's member, and the number of its entry that offered the card.
    public var member: String
    public var offer: Int64

    public init(member: String, offer: Int64) {
        self.member = member
        self.offer = offer
    }
}

/// A payload as it is written: what is told, and a salt.
struct Salted<Value: Hashable & Codable & Sendable>: Hashable, Codable, Sendable {
    var salt: String
    var told: Value
}

/// For kinds whose header tells all.
struct Nothing: Hashable, Codable, Sendable {}

/// What an entry tells.
public enum PoolContent: Hashable, Sendable {
    case order(PoolOrder)
    case card(PoolCard)
    case offer(PoolOffer)
    case hire(PoolHire)
    /// An order was closed, or a card withdrawn.
    case end

    func text(salt: String) throws(PoolProblem) -> String {
        switch self {
        case .order(let value): try PoolJSON.text(Salted(salt: salt, told: value))
        case .card(let value): try PoolJSON.text(Salted(salt: salt, told: value))
        case .offer(let value): try PoolJSON.text(Salted(salt: salt, told: value))
        case .hire(let value): try PoolJSON.text(Salted(salt: salt, told: value))
        case .end: try PoolJSON.text(Salted(salt: salt, told: Nothing()))
        }
    }

    /// Nil where the payload is not just what the kind has.
    init?(_ kind: PoolEntryKind, _ payload: String) {
        func told<Value: Hashable & Codable & Sendable>(_ type: Value.Type) -> Value? {
            PoolJSON.value(Salted<Value>.self, payload)?.told
        }
        let found: PoolContent? =
            switch kind {
            case .orderShared, .orderChanged: told(PoolOrder.self).map { .order($0) }
            case .cardShared: told(PoolCard.self).map { .card($0) }
            case .referralOffered: told(PoolOffer.self).map { .offer($0) }
            case .hired: told(PoolHire.self).map { .hire($0) }
            case .orderClosed, .cardWithdrawn: told(Nothing.self).map { _ in .end }
            }
        guard let found else { return nil }
        self = found
    }

    /// The fields of a card that the partnership did not agree on, and a postcode told in whole
    /// where only its area may be.
    func fieldsBeyond(_ partnership: Partnership) -> [String] {
        guard case .card(let card) = self else { return [] }
        var beyond: [String] = []
        let agreed = Set(partnership.fields.map(\.rawValue))
        if let text = try? PoolJSON.text(card) {
            beyond = PoolJSON.fields(text).subtracting(agreed).sorted()
        }
        let digits = partnership.postcode == .whole ? 4 : 2
        if let postcode = card.postcode, postcode.count > digits { beyond.append("postcode") }
        return beyond
    }
}
