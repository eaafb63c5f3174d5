import Storage

/// Looking persons up otherwise than behind a figure.
public enum PersonLookup: String, CaseIterable, Sendable {
    /// What is owed to one citizen.
    case obligations
    /// Those for whom other rules would change something.
    case whatIf
    /// Those exempted from a duty towards a whole group.
    case exempted
    /// Those found by name, day of birth or CPR number.
    case search
    /// One citizen's page.
    case file
    /// A file in a citizen's case.
    case document
    /// The one whom an agreement with an employer is about.
    case agreement
    /// Those who are to have a letter, or have got it.
    case mailing
    /// Those to whom something is due these days.
    case due
    /// Those considered for a company's order.
    case candidates
    /// Those who come to an event or a job shop.
    case events
    /// Those who are asked in a user survey, and what was written in it.
    case survey
    /// Cases drawn for a sample of quality, and those invited to a focus group.
    case audit
    /// Those whose registrations moved a number of the management information.
    case moved
    /// Those who have complained.
    case complaints
    /// One whom the citizens' adviser is in touch with, or whose case the adviser may see.
    case adviser
    /// A citizen who signed in.
    case signIn
}

/// One act of looking (opslag) as the log has it.
public struct LookupAct: Hashable, Sendable {
    public var number: Int64
    /// Unix seconds.
    public var at: Int64
    public var actor: String
    /// A role's raw value.
    public var role: String
    public var purpose: String
    /// An indicator's id and periods, a `PersonLookup` and a day, or "cpr".
    public var subject: String
    public var personCount: Int

    init(_ lookup: Lookup) {
        number = lookup.number
        at = lookup.at
        actor = lookup.actor
        role = lookup.role
        purpose = lookup.purpose
        subject = lookup.subject
        personCount = lookup.personCount
    }
}
