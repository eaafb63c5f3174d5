import Chronology
import Identifiers

/// What is done for a citizen (indsats): an offer of the act, or a job, a course or a
/// support that is none. `measure` names it in the catalogue of efforts.
public struct Effort: CitizenPeriod, Hashable {
    public var id: FactID
    public var citizen: CitizenID
    public var measure: String
    public var goal: String
    /// The offer or employment that figures count, registered with it.
    public var offer: FactID?
    public var employment: FactID?
    public var unit: ProductionUnitNumber?
    /// Whom to ask at the employer or the school.
    public var contact: String
    public var start: Day
    public var end: Day?
    public var followUp: Day?
    /// How it ended; nil while it goes on.
    public var outcome: EffortOutcome?

    public init(
        id: FactID, citizen: CitizenID, measure: String, goal: String, offer: FactID? = nil,
        employment: FactID? = nil, unit: ProductionUnitNumber? = nil, contact: String = "",
        start: Day, end: Day?, followUp: Day? = nil, outcome: EffortOutcome? = nil
    ) {
        self.id = id
        self.citizen = citizen
        self.measure = measure
        self.goal = goal
        self.offer = offer
        self.employment = employment
        self.unit = unit
        self.contact = contact
        self.start = start
        self.end = end
        self.followUp = followUp
        self.outcome = outcome
    }
}

public enum EffortOutcome: String, CaseIterable, Sendable {
    /// Ordinært job, fleksjob, uddannelse, fortsat indsats, afbrudt
    case ordinaryJob, flexJob, education, continued, brokenOff
}

/// Hours a week of an effort over some weeks (timeplan); hours that rise are several of
/// these.
public struct EffortHours: CitizenPeriod, Hashable {
    public var id: FactID
    public var effort: FactID
    public var citizen: CitizenID
    public var weekly: WeeklyTime
    public var start: Day
    public var end: Day?

    public init(
        id: FactID, effort: FactID, citizen: CitizenID, weekly: WeeklyTime, start: Day, end: Day?
    ) {
        self.id = id
        self.effort = effort
        self.citizen = citizen
        self.weekly = weekly
        self.start = start
        self.end = end
    }
}
