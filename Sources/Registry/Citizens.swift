import Chronology
import Identifiers

/// A person with a CPR number who lives or lived in the municipality (borger).
public struct Citizen: Hashable, Sendable {
    public var id: CitizenID
    public var cpr: CPR
    public var givenName: String
    public var familyName: String
    public var sex: Sex
    public var born: Day
    public var origin: OriginGroup
    /// Nil for one who needs no residence permit.
    public var residenceBasis: ResidenceBasis?
    /// The day of the first residence permit (opholdstilladelse).
    public var permitFrom: Day?

    public init(
        id: CitizenID, cpr: CPR, givenName: String, familyName: String, sex: Sex, born: Day,
        origin: OriginGroup, residenceBasis: ResidenceBasis? = nil, permitFrom: Day? = nil
    ) {
        self.id = id
        self.cpr = cpr
        self.givenName = givenName
        self.familyName = familyName
        self.sex = sex
        self.born = born
        self.origin = origin
        self.residenceBasis = residenceBasis
        self.permitFrom = permitFrom
    }

    /// As people say it.
    public var fullName: String { "\(givenName) \(familyName)" }
}

/// Køn as the CPR number has it.
public enum Sex: String, CaseIterable, Sendable { case female, male }

/// Herkomst, in the five groups of Danish statistics.
public enum OriginGroup: String, CaseIterable, Sendable {
    case danish, westernImmigrant, westernDescendant, nonWesternImmigrant, nonWesternDescendant
}

/// Why a foreigner may stay (opholdsgrundlag), as far as the plans ask.
public enum ResidenceBasis: String, CaseIterable, Sendable {
    /// Flygtning
    case refugee
    /// Familiesammenført til flygtning
    case reunifiedWithRefugee
    /// Anden familiesammenført
    case otherReunified
    case other
}

/// What a dated fact about one citizen has in common with the others.
public protocol CitizenPeriod: Sendable {
    var id: FactID { get }
    var citizen: CitizenID { get }
    var start: Day { get }
    /// The last day, or nil while it goes on.
    var end: Day? { get }
}

extension CitizenPeriod {
    public func holds(on day: Day) -> Bool { start <= day && day <= end ?? .openEnd }
}

/// Residence in the municipality (bopæl).
public struct Residence: CitizenPeriod, Hashable {
    public var id: FactID
    public var citizen: CitizenID
    public var start: Day
    public var end: Day?

    public init(id: FactID, citizen: CitizenID, start: Day, end: Day?) {
        self.id = id
        self.citizen = citizen
        self.start = start
        self.end = end
    }
}

/// Belonging to a household: people of one dwelling who live as a family or
/// alone (husstand, familie).
public struct HouseholdMembership: CitizenPeriod, Hashable {
    public var id: FactID
    public var citizen: CitizenID
    public var household: HouseholdID
    public var role: HouseholdRole
    public var start: Day
    public var end: Day?

    public init(
        id: FactID, citizen: CitizenID, household: HouseholdID, role: HouseholdRole, start: Day,
        end: Day?
    ) {
        self.id = id
        self.citizen = citizen
        self.household = household
        self.role = role
        self.start = start
        self.end = end
    }
}

public enum HouseholdRole: String, CaseIterable, Sendable {
    /// Voksen, herunder et hjemmeboende barn, der er fyldt 18 år
    case adult
    /// Barn under 18 år
    case child
}

/// The highest completed education (højest fuldførte uddannelse) over a period.
public struct EducationPeriod: CitizenPeriod, Hashable {
    public var id: FactID
    public var citizen: CitizenID
    public var level: EducationLevel
    public var start: Day
    public var end: Day?

    public init(id: FactID, citizen: CitizenID, level: EducationLevel, start: Day, end: Day?) {
        self.id = id
        self.citizen = citizen
        self.level = level
        self.start = start
        self.end = end
    }
}

public enum EducationLevel: String, CaseIterable, Sendable {
    case primary, upperSecondary, vocational, shortHigher, mediumHigher, longHigher

    /// Gives the holder a qualifying education (erhvervskompetencegivende
    /// uddannelse).
    public var isQualifying: Bool { self != .primary && self != .upperSecondary }
}

/// Being in education with state grant or as an apprentice (i uddannelse).
public struct Enrolment: CitizenPeriod, Hashable {
    public var id: FactID
    public var citizen: CitizenID
    public var kind: EnrolmentKind
    public var start: Day
    public var end: Day?

    public init(id: FactID, citizen: CitizenID, kind: EnrolmentKind, start: Day, end: Day?) {
        self.id = id
        self.citizen = citizen
        self.kind = kind
        self.start = start
        self.end = end
    }
}

public enum EnrolmentKind: String, CaseIterable, Sendable {
    /// SU-berettigende uddannelse
    case stateGrant
    /// Lærling eller elev
    case apprenticeship
    /// Voksenlærling, voksenelev
    case adultApprenticeship
    /// FGU
    case preparatory
}
