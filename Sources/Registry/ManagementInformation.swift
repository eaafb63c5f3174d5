import Chronology

/// What somebody wrote for a quarter's management information (bemærkning).
public struct PackNote: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// Why a figure or a target came out as it did, by those who do the work (forklaring).
        case explanation
        /// About the draft, before it is approved (kommentar).
        case comment
        /// What the committee is asked to decide (indstilling).
        case decisionAsked
        /// What the committee decided (beslutning).
        case minutes
    }

    public var id: FactID
    public var quarter: Quarter
    public var kind: Kind
    /// A target of the plan by its id; empty for the quarter as a whole.
    public var subject: String
    public var text: String
    public var writer: String
    public var day: Day

    public init(
        id: FactID, quarter: Quarter, kind: Kind, subject: String, text: String, writer: String,
        day: Day
    ) {
        self.id = id
        self.quarter = quarter
        self.kind = kind
        self.subject = subject
        self.text = text
        self.writer = writer
        self.day = day
    }
}

/// A quarter's management information as it was drafted, approved and published (udgave).
/// Its content is kept under the digests and never changes; a new draft is a new edition.
public struct PackEdition: Hashable, Sendable {
    public var id: FactID
    public var quarter: Quarter
    /// The template it was made from.
    public var template: String
    /// The day up to which it is counted, and the day at whose end it says what was known.
    public var asOf: Day
    public var knownAt: Day
    /// SHA-256 of the content for the management, and of the one for everybody.
    public var digest: String
    public var publicDigest: String
    public var drafted: Day
    public var drafter: String
    public var approved: Day?
    public var approver: String
    public var published: Day?

    public init(
        id: FactID, quarter: Quarter, template: String, asOf: Day, knownAt: Day, digest: String,
        publicDigest: String, drafted: Day, drafter: String, approved: Day? = nil,
        approver: String = "", published: Day? = nil
    ) {
        self.id = id
        self.quarter = quarter
        self.template = template
        self.asOf = asOf
        self.knownAt = knownAt
        self.digest = digest
        self.publicDigest = publicDigest
        self.drafted = drafted
        self.drafter = drafter
        self.approved = approved
        self.approver = approver
        self.published = published
    }
}

/// What the council has set aside for one account in one month (budgetbeløb).
public struct BudgetLine: Hashable, Sendable {
    public var id: FactID
    /// The raw value of a benefit, or a name of the municipality's own.
    public var account: String
    public var month: Month
    /// Net, in øre.
    public var amount: Int64

    public init(id: FactID, account: String, month: Month, amount: Int64) {
        self.id = id
        self.account = account
        self.month = month
        self.amount = amount
    }
}

/// What was spent on one account in one month (udgiftsbeløb).
public struct SpendingLine: Hashable, Sendable {
    public var id: FactID
    /// The id of a paragraph that the cap on guidance and mentors counts (LAB § 203 a), or a
    /// name of the municipality's own.
    public var account: String
    public var month: Month
    /// Gross, in øre (brutto).
    public var amount: Int64
    /// What the state refunds of it, in øre (statsrefusion).
    public var refund: Int64

    /// What the municipality bears itself, in øre (netto).
    public var net: Int64 { amount - refund }

    public init(id: FactID, account: String, month: Month, amount: Int64, refund: Int64) {
        self.id = id
        self.account = account
        self.month = month
        self.amount = amount
        self.refund = refund
    }
}
