import Chronology

/// What belongs to a conversation beside its day: when and where it is, who takes part,
/// and what was said (samtalens ramme og referat). It has the conversation's number.
public struct ConversationNote: Hashable, Sendable {
    public var id: FactID
    public var citizen: CitizenID
    /// Who holds it.
    public var staff: FactID?
    /// Minutes after midnight; nil where no time is agreed.
    public var begins: Int?
    /// A room, an address or a telephone number.
    public var place: String
    public var method: ConversationMethod?
    public var isInterpreted: Bool
    /// The person the citizen brings (bisidder).
    public var companion: String
    public var text: String
    /// Why the citizen did not come (rimelig grund); nil while it has not been asked.
    public var absence: AbsenceGround?

    public init(
        id: FactID, citizen: CitizenID, staff: FactID? = nil, begins: Int? = nil,
        place: String = "", method: ConversationMethod? = nil, isInterpreted: Bool = false,
        companion: String = "", text: String = "", absence: AbsenceGround? = nil
    ) {
        self.id = id
        self.citizen = citizen
        self.staff = staff
        self.begins = begins
        self.place = place
        self.method = method
        self.isInterpreted = isInterpreted
        self.companion = companion
        self.text = text
        self.absence = absence
    }
}

/// How the conversation was led (samtalemetode).
public enum ConversationMethod: String, CaseIterable, Sendable {
    /// Løsningsfokuseret samtale
    case solutionFocused
    /// Motiverende samtale
    case motivational
    /// Åben samtale uden fast metode
    case open
}

/// Whether one who did not come had a reasonable ground (rimelig grund).
public enum AbsenceGround: String, CaseIterable, Sendable {
    case illness, childIll, noSummons, otherReasonable
    /// Asked, and no reasonable ground was given.
    case none
}
