import Chronology

/// Somebody employed at the jobcenter who has citizens (sagsbehandler), for a time in a team.
public struct StaffMember: Hashable, Sendable {
    public var id: FactID
    public var name: String
    /// The municipality's own name for the team.
    public var team: String
    public var start: Day
    public var end: Day?

    public init(id: FactID, name: String, team: String, start: Day, end: Day?) {
        self.id = id
        self.name = name
        self.team = team
        self.start = start
        self.end = end
    }
}

/// Who a citizen's caseworker is (tildelt sagsbehandler).
public struct Assignment: CitizenPeriod, Hashable {
    public var id: FactID
    public var citizen: CitizenID
    public var staff: FactID
    public var start: Day
    public var end: Day?

    public init(id: FactID, citizen: CitizenID, staff: FactID, start: Day, end: Day?) {
        self.id = id
        self.citizen = citizen
        self.staff = staff
        self.start = start
        self.end = end
    }
}
