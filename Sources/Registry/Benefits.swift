import Chronology

/// Income support and the states that stand beside it (ydelse). Raw values are
/// the codes used in stores, plan files and interfaces.
public enum Benefit: String, CaseIterable, Sendable {
    /// A-dagpenge
    case unemploymentBenefit
    /// Kontanthjælp
    case cashBenefit
    /// Uddannelseshjælp (until 2025-06-30)
    case educationAid
    /// Selvforsørgelses- og hjemrejseydelse (until 2025-06-30)
    case selfSupportAllowance
    /// Sygedagpenge
    case sicknessBenefit
    /// Jobafklaringsforløb
    case jobClarification
    /// Ressourceforløb
    case resourceProgramme
    /// Revalidering
    case vocationalRehabilitation
    /// Ledighedsydelse
    case flexJobUnemploymentAllowance
    /// Fleksjob
    case flexJob
    /// Førtidspension
    case disabilityPension
    /// Efterløn, tidlig pension, seniorpension
    case earlyRetirement
    /// Folkepension
    case oldAgePension
    /// Barselsdagpenge
    case parentalLeave

    /// Position in `allCases`, for columns and cubes.
    public var index: Int { Benefit.indices[self] ?? 0 }

    private static let indices = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}

/// An unbroken registration of one benefit at one degree (ydelsesforløb). One
/// official spell may be made of several of these; see the indicators' spell
/// rule.
public struct BenefitSpell: CitizenPeriod, Hashable {
    public var id: FactID
    public var citizen: CitizenID
    public var benefit: Benefit
    public var start: Day
    public var end: Day?
    /// The part of a full-time week that the benefit covers, 1...2,220 minutes.
    public var degree: WeeklyTime

    public init(
        id: FactID, citizen: CitizenID, benefit: Benefit, start: Day, end: Day?,
        degree: WeeklyTime = .full
    ) {
        self.id = id
        self.citizen = citizen
        self.benefit = benefit
        self.start = start
        self.end = end
        self.degree = degree
    }
}

/// Målgruppe: the thirteen numbered groups of LAB § 6, and the one that stands
/// outside it. Group, benefit and match category are three attributes of a
/// citizen; none of them follows from another for all time.
public enum TargetGroup: String, CaseIterable, Sendable {
    /// Dagpengemodtagere (nr. 1)
    case group1
    /// Jobparate, 30 år eller derover eller med en erhvervskompetencegivende
    /// uddannelse (nr. 2)
    case group2
    /// Aktivitetsparate, 30 år eller derover eller med en erhvervskompetencegivende
    /// uddannelse (nr. 3)
    case group3
    /// Uddannelsesparate under 30 år uden erhvervskompetencegivende uddannelse, også
    /// de åbenlyst uddannelsesparate (nr. 4)
    case group4
    /// Aktivitetsparate under 30 år uden erhvervskompetencegivende uddannelse (nr. 5)
    case group5
    /// Sygemeldte (nr. 6)
    case group6
    /// Jobafklaringsforløb (nr. 7)
    case group7
    /// Ressourceforløb (nr. 8)
    case group8
    /// Visiterede til fleksjob, både ledige og ansatte (nr. 9)
    case group9
    /// Revalidender (nr. 10)
    case group10
    /// Førtidspensionister, der vil arbejde med løntilskud (nr. 11)
    case group11
    /// Selvforsørgende: hverken job eller ret til offentlig hjælp (nr. 12)
    case group12
    /// Unge under 18 år (nr. 13)
    case group13
    /// Integrationsprogram
    case integrationProgramme
}

public struct TargetGroupPeriod: CitizenPeriod, Hashable {
    public var id: FactID
    public var citizen: CitizenID
    public var group: TargetGroup
    public var start: Day
    public var end: Day?

    public init(id: FactID, citizen: CitizenID, group: TargetGroup, start: Day, end: Day?) {
        self.id = id
        self.citizen = citizen
        self.group = group
        self.start = start
        self.end = end
    }
}

/// Visitationskategori.
public enum MatchCategory: String, CaseIterable, Sendable {
    /// Jobparat
    case jobReady
    /// Aktivitetsparat
    case activityReady
    /// Uddannelsesparat
    case educationReady
    /// Åbenlyst uddannelsesparat
    case obviouslyEducationReady
}

public struct MatchCategoryPeriod: CitizenPeriod, Hashable {
    public var id: FactID
    public var citizen: CitizenID
    public var category: MatchCategory
    public var start: Day
    public var end: Day?

    public init(id: FactID, citizen: CitizenID, category: MatchCategory, start: Day, end: Day?) {
        self.id = id
        self.citizen = citizen
        self.category = category
        self.start = start
        self.end = end
    }
}
