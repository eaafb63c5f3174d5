import Chronology
import Identifiers

/// Paid work as the income register knows it (lønmodtagerbeskæftigelse): one
/// employment at one weekly time.
public struct Employment: CitizenPeriod, Hashable {
    public var id: FactID
    public var citizen: CitizenID
    public var kind: EmploymentKind
    public var start: Day
    public var end: Day?
    public var weekly: WeeklyTime
    public var unit: ProductionUnitNumber?

    public init(
        id: FactID, citizen: CitizenID, kind: EmploymentKind, start: Day, end: Day?,
        weekly: WeeklyTime, unit: ProductionUnitNumber? = nil
    ) {
        self.id = id
        self.citizen = citizen
        self.kind = kind
        self.start = start
        self.end = end
        self.weekly = weekly
        self.unit = unit
    }
}

public enum EmploymentKind: String, CaseIterable, Sendable {
    /// Ordinary terms; the only kind whose hours are ordinary paid hours
    /// (ordinære løntimer).
    case ordinary
    case flexJob
    case wageSubsidy
    case apprenticeship
    /// Socialt frikort
    case socialAllowanceCard
}

/// A company (virksomhed).
public struct Company: Hashable, Sendable {
    public var cvr: CVR
    public var name: String
    /// Two-digit industry code (DB07).
    public var industry: String

    public init(cvr: CVR, name: String, industry: String) {
        self.cvr = cvr
        self.name = name
        self.industry = industry
    }
}

/// A production unit (produktionsenhed) and its number of employees over a
/// period; a new headcount is a new fact.
public struct ProductionUnit: Hashable, Sendable {
    public var id: FactID
    public var number: ProductionUnitNumber
    public var company: CVR
    public var employees: Int
    public var start: Day
    public var end: Day?

    public init(
        id: FactID, number: ProductionUnitNumber, company: CVR, employees: Int, start: Day,
        end: Day?
    ) {
        self.id = id
        self.number = number
        self.company = company
        self.employees = employees
        self.start = start
        self.end = end
    }
}

/// Contact with a company (virksomhedskontakt).
public struct CompanyContact: Hashable, Sendable {
    public var id: FactID
    public var unit: ProductionUnitNumber
    public var day: Day
    public var form: ContactForm
    public var status: ConversationStatus

    public init(
        id: FactID, unit: ProductionUnitNumber, day: Day, form: ContactForm,
        status: ConversationStatus
    ) {
        self.id = id
        self.unit = unit
        self.day = day
        self.form = form
        self.status = status
    }
}

public enum ContactForm: String, CaseIterable, Sendable {
    case visit, phone, mail, event
    /// On the company's own pages
    case online

    /// How somebody at the jobcenter can have been in contact.
    public static let ofStaff: [ContactForm] = [.visit, .phone, .mail, .event]
}

/// A company's order for people to hire (jobordre, rekrutteringsordre).
public struct JobOrder: Hashable, Sendable {
    public var id: FactID
    public var unit: ProductionUnitNumber
    public var created: Day
    public var positions: Int
    /// ISCO-08 major group, 0...9.
    public var occupationGroup: Int
    /// The last day to fill it, or nil.
    public var deadline: Day?

    public init(
        id: FactID, unit: ProductionUnitNumber, created: Day, positions: Int,
        occupationGroup: Int, deadline: Day?
    ) {
        self.id = id
        self.unit = unit
        self.created = created
        self.positions = positions
        self.occupationGroup = occupationGroup
        self.deadline = deadline
    }
}

/// A candidate sent to an order (formidling).
public struct Referral: Hashable, Sendable {
    public var id: FactID
    public var order: FactID
    public var citizen: CitizenID
    public var day: Day

    public init(id: FactID, order: FactID, citizen: CitizenID, day: Day) {
        self.id = id
        self.order = order
        self.citizen = citizen
        self.day = day
    }
}

/// A hire on an order (ansættelse).
public struct Placement: Hashable, Sendable {
    public var id: FactID
    public var order: FactID
    public var citizen: CitizenID
    public var day: Day
    public var terms: EmploymentKind

    public init(id: FactID, order: FactID, citizen: CitizenID, day: Day, terms: EmploymentKind) {
        self.id = id
        self.order = order
        self.citizen = citizen
        self.day = day
        self.terms = terms
    }
}
