import Chronology
import Identifiers

/// What a complaint is about (hvad klagen handler om).
public enum ComplaintSubject: String, CaseIterable, Sendable {
    /// En afgørelse: the only one that the appeals board tries (RSL § 66)
    case decision
    /// Behandlingen: how somebody was met
    case treatment
    /// Sagsbehandlingstiden
    case time
    /// Andet
    case other
}

/// How a complaint came in (kanal).
public enum ComplaintChannel: String, CaseIterable, Sendable { case portal, letter, phone }

/// One thing that happened with a complaint (skridt i en klagesag).
public enum ComplaintStepKind: String, CaseIterable, Sendable {
    /// Klagen er modtaget, with what it is about and the citizen's own words
    case filed
    /// Kvitteret: the citizen was told that it is here and what happens next
    case acknowledged
    /// Forventningssamtale: what the citizen wishes for was talked over, and what was agreed
    case talked
    /// Borgeren har fået besked om, at det tager længere tid
    case extended
    /// Genvurderet (RSL § 66)
    case reassessed
    /// Besvaret: a complaint that is not about a decision
    case answered
    /// Sendt videre til Ankestyrelsen
    case forwarded
    /// Ankestyrelsens afgørelse
    case boardDecided
    /// Trukket tilbage af borgeren
    case withdrawn
    /// Læring: what was at fault, what is changed, by whom and by when
    case learned
    /// Ændringen er gennemført
    case changeMade
}

/// What came of a reassessment, or of a complaint that is not about a decision (resultat).
public enum ComplaintResult: String, CaseIterable, Sendable {
    /// Medhold, delvist medhold, fastholdt
    case whole, partly, kept
}

/// What the appeals board decided (Ankestyrelsens afgørelse).
public enum BoardOutcome: String, CaseIterable, Sendable {
    /// Stadfæstet, ændret, hjemvist, afvist
    case confirmed, changed, sentBack, dismissed
}

/// One step of a complaint. What a column means follows from the kind; what a kind has no use
/// for is empty.
public struct ComplaintStep: Hashable, Sendable {
    public var id: FactID
    public var citizen: CitizenID
    public var complaint: FactID
    public var kind: ComplaintStepKind
    public var day: Day
    /// The decision complained of, for what was filed.
    public var decision: FactID?
    /// A subject for what was filed, a result, a board's outcome, or the id of a fault that is
    /// learned from.
    public var choice: String
    /// The channel of what was filed; who owns a change.
    public var detail: String
    /// The citizen's own words, what was agreed, the reasons, or what is changed.
    public var words: String
    /// The day promised to the citizen, or the day by which a change is made.
    public var deadline: Day?

    public init(
        id: FactID, citizen: CitizenID, complaint: FactID, kind: ComplaintStepKind, day: Day,
        decision: FactID? = nil, choice: String = "", detail: String = "", words: String = "",
        deadline: Day? = nil
    ) {
        self.id = id
        self.citizen = citizen
        self.complaint = complaint
        self.kind = kind
        self.day = day
        self.decision = decision
        self.choice = choice
        self.detail = detail
        self.words = words
        self.deadline = deadline
    }

    /// What was filed is about; nil for other steps.
    public var subject: ComplaintSubject? {
        kind == .filed ? ComplaintSubject(rawValue: choice) : nil
    }

    /// How what was filed came in; nil for other steps.
    public var channel: ComplaintChannel? {
        kind == .filed ? ComplaintChannel(rawValue: detail) : nil
    }

    /// What came of it; nil where nothing has yet.
    public var result: ComplaintResult? {
        [.reassessed, .answered].contains(kind) ? ComplaintResult(rawValue: choice) : nil
    }

    /// What the appeals board decided; nil for other steps.
    public var outcome: BoardOutcome? {
        kind == .boardDecided ? BoardOutcome(rawValue: choice) : nil
    }
}

/// One thing between a citizen and the citizens' adviser (borgerrådgiveren). The staff's pages
/// do not show it.
public struct AdviserEntry: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// Samtykke: the adviser may see the case and join the dialogue
        case consented
        /// Samtykket er trukket tilbage
        case refused
        /// Henvendelse: the citizen asks the adviser
        case asked
        /// The citizen writes on, and the adviser writes to the citizen
        case citizenWrote, adviserWrote
        /// The adviser joins the dialogue: a message to the jobcenter with the citizen's consent
        case joined
        /// The inquiry is over, with what came of it
        case closed
    }

    public var id: FactID
    public var citizen: CitizenID
    public var kind: Kind
    public var day: Day
    /// An `AdviserSubject` for what was asked, an `AdviserOutcome` for what was closed.
    public var choice: String
    public var words: String

    public init(
        id: FactID, citizen: CitizenID, kind: Kind, day: Day, choice: String = "",
        words: String = ""
    ) {
        self.id = id
        self.citizen = citizen
        self.kind = kind
        self.day = day
        self.choice = choice
        self.words = words
    }
}

/// What the citizens' adviser is asked about (henvendelsens emne).
public enum AdviserSubject: String, CaseIterable, Sendable {
    case decision, treatment, time, understanding, other
}

/// What came of an inquiry to the adviser (henvendelsens udfald).
public enum AdviserOutcome: String, CaseIterable, Sendable {
    /// Vejledt, mæglet, hjulpet til at klage, sendt det rette sted hen, intet videre
    case guided, mediated, complaintHelped, shownOn, nothingMore
}
