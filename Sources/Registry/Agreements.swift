import Chronology
import Identifiers

/// What is agreed on an internship or a wage subsidy before it begins (aftale om
/// virksomhedspraktik eller løntilskud). When the last party has signed, the effort and its
/// offer are registered from it, and it has the effort's number.
public struct OfferAgreement: Hashable, Sendable {
    public var id: FactID
    public var citizen: CitizenID
    public var company: CVR
    public var unit: ProductionUnitNumber
    /// The effort's kind in the catalogue of efforts.
    public var measure: String
    public var start: Day
    public var end: Day
    public var weekly: WeeklyTime
    public var tasks: String
    /// Øre an hour; nil where no wage is paid.
    public var wage: Int?
    /// Øre an hour; nil where there is no subsidy.
    public var subsidy: Int?
    /// The order that it came from.
    public var order: FactID?
    /// The last day to sign.
    public var deadline: Day
    /// An assessment has found that more time is needed.
    public var isExtended: Bool
    public var isSingleParent: Bool
    /// The effort registered when everybody had signed.
    public var effort: FactID?

    public init(
        id: FactID, citizen: CitizenID, company: CVR, unit: ProductionUnitNumber, measure: String,
        start: Day, end: Day, weekly: WeeklyTime, tasks: String, wage: Int? = nil,
        subsidy: Int? = nil, order: FactID? = nil, deadline: Day, isExtended: Bool = false,
        isSingleParent: Bool = false, effort: FactID? = nil
    ) {
        self.id = id
        self.citizen = citizen
        self.company = company
        self.unit = unit
        self.measure = measure
        self.start = start
        self.end = end
        self.weekly = weekly
        self.tasks = tasks
        self.wage = wage
        self.subsidy = subsidy
        self.order = order
        self.deadline = deadline
        self.isExtended = isExtended
        self.isSingleParent = isSingleParent
        self.effort = effort
    }
}

/// In which capacity somebody signs an agreement (part).
public enum AgreementParty: String, CaseIterable, Sendable {
    case employer
    /// Medarbejderrepræsentanten: the union representative, or else who speaks for the employees
    case employees
    case citizen
    case caseworker
}

/// Somebody who is to sign. A later one of the same party takes the place of an earlier one.
public struct AgreementSigner: Hashable, Sendable {
    public var id: FactID
    public var agreement: FactID
    public var party: AgreementParty
    public var name: String
    /// An address or a phone number, for the one who sends the link.
    public var contact: String
    /// Whose place it takes.
    public var replaces: FactID?

    public init(
        id: FactID, agreement: FactID, party: AgreementParty, name: String, contact: String = "",
        replaces: FactID? = nil
    ) {
        self.id = id
        self.agreement = agreement
        self.party = party
        self.name = name
        self.contact = contact
        self.replaces = replaces
    }
}

/// Something that happened to an agreement. Whether it is signed, refused, withdrawn or has
/// run out follows from these and is never registered.
public struct AgreementMark: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// A link was made for a signer; a later one takes the place of an earlier one
        case sent
        case signed, refused
        /// By the municipality, before everybody had signed
        case withdrawn
    }

    public var id: FactID
    public var agreement: FactID
    /// Nil for what is about the agreement alone.
    public var signer: FactID?
    public var kind: Kind
    public var day: Day
    /// SHA-256: of the link's secret for a link, and of the text that was shown for a signature
    /// and a refusal.
    public var digest: String
    /// The link by which it was signed or refused; nil for who was signed in.
    public var link: FactID?
    /// The signer's own words, or why it was withdrawn.
    public var text: String

    public init(
        id: FactID, agreement: FactID, signer: FactID? = nil, kind: Kind, day: Day,
        digest: String = "", link: FactID? = nil, text: String = ""
    ) {
        self.id = id
        self.agreement = agreement
        self.signer = signer
        self.kind = kind
        self.day = day
        self.digest = digest
        self.link = link
        self.text = text
    }
}
