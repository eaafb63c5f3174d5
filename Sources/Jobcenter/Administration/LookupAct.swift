import Storage

/// Looking persons up by what the law asks for them.
public enum LawLookup: String, CaseIterable, Sendable {
    /// What is owed to one citizen.
    case obligations
    /// Those for whom other rules would change something.
    case whatIf
    /// Those exempted from a duty towards a whole group.
    case exempted
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
    /// An indicator's id and periods, a `LawLookup` and a day, or "cpr".
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
