import Chronology
import Identifiers

/// Several municipalities and unemployment funds that share orders and candidate cards
/// (partnerskab). Each member registers the same agreement for itself.
public struct Partnership: Hashable, Sendable {
    public var id: FactID
    /// What the members call it among themselves, the same with all of them: `nrs`.
    public var code: String
    public var name: String
    /// The fields of a candidate card that may leave a member; a card never has another.
    public var fields: [PoolField]
    /// How much of a candidate's postcode is told.
    public var postcode: PostcodeShown
    /// Who decides about the partnership, in words.
    public var decides: String
    public var start: Day
    /// The last day; nil while it goes on.
    public var end: Day?

    public init(
        id: FactID, code: String, name: String, fields: [PoolField],
        postcode: PostcodeShown = .area, decides: String, start: Day, end: Day? = nil
    ) {
        self.id = id
        self.code = code
        self.name = name
        self.fields = fields
        self.postcode = postcode
        self.decides = decides
        self.start = start
        self.end = end
    }

    public func holds(on day: Day) -> Bool { start <= day && day <= end ?? .openEnd }
}

/// What a candidate card in the pool can hold beside its number (aftalt felt). There is no case
/// for a name, a CPR number, a birth, a sex, an origin, a benefit or anything written freely.
public enum PoolField: String, CaseIterable, Sendable {
    case wishes, skills, hours, kinds, farthest, postcode
}

/// How much of a postcode is told.
public enum PostcodeShown: String, CaseIterable, Sendable {
    /// The first two digits
    case area
    case whole
}

/// What a member of a partnership is.
public enum PoolMemberKind: String, CaseIterable, Sendable {
    case municipality
    /// A-kasse
    case unemploymentFund
}

/// A member of a partnership in a period (medlem af et partnerskab). A new key is a new period.
public struct PartnershipMember: Hashable, Sendable {
    public var id: FactID
    public var partnership: FactID
    public var kind: PoolMemberKind
    /// The municipality's code in four digits, or the fund's name.
    public var member: String
    /// The Ed25519 key that the member's entries are signed with, in Base64.
    public var publicKey: String
    /// What the member's fair share is in proportion to: residents, or another number that the
    /// members agree on.
    public var weight: Int
    public var start: Day
    /// The last day; nil while it is a member.
    public var end: Day?

    public init(
        id: FactID, partnership: FactID, kind: PoolMemberKind, member: String,
        publicKey: String, weight: Int, start: Day, end: Day? = nil
    ) {
        self.id = id
        self.partnership = partnership
        self.kind = kind
        self.member = member
        self.publicKey = publicKey
        self.weight = weight
        self.start = start
        self.end = end
    }

    public func holds(on day: Day) -> Bool { start <= day && day <= end ?? .openEnd }
}

/// A citizen's consent to be shown as a card to a partnership (samtykke til puljen).
public struct PoolConsent: Hashable, Sendable {
    public var id: FactID
    public var citizen: CitizenID
    public var partnership: FactID
    /// The number under which the others see the card: drawn at random for this consent, from 1
    /// up to 2^53, and tied to the citizen here and nowhere else.
    public var card: Int64
    public var given: Day
    /// The day it was withdrawn; nil while it stands.
    public var withdrawn: Day?

    public init(
        id: FactID, citizen: CitizenID, partnership: FactID, card: Int64, given: Day,
        withdrawn: Day? = nil
    ) {
        self.id = id
        self.citizen = citizen
        self.partnership = partnership
        self.card = card
        self.given = given
        self.withdrawn = withdrawn
    }
}
