import Chronology

/// One wave of a user survey (brugerundersøgelse): who was asked, how, and when. The answers
/// are kept apart from the persons, see `SurveyStrata`.
public struct SurveyWave: Hashable, Sendable {
    public var id: FactID
    public var title: String
    /// The day on which those who can be asked are in contact with the job centre
    /// (stikprøverammens dag).
    public var frameDay: Day
    /// The first and the last day on which one can answer.
    public var opens: Day
    public var closes: Day
    public var mode: SurveyMode
    /// How many are to be asked; fewer where there are not so many.
    public var wanted: Int
    /// Draws the same sample again from the same registrations.
    public var seed: Int64
    /// The day the sample was drawn; nil before.
    public var drawn: Day?
    /// Empty before the sample is drawn.
    public var strata: SurveyStrata
    /// The day the wave was ended and its totals registered; nil before.
    public var ended: Day?
    /// The totals that plans and figures count.
    public var survey: FactID?
    /// SHA-256 of the answers without their words, in the order of their numbers; empty before
    /// the wave is ended.
    public var digest: String

    public init(
        id: FactID, title: String, frameDay: Day, opens: Day, closes: Day, mode: SurveyMode,
        wanted: Int, seed: Int64, drawn: Day? = nil, strata: SurveyStrata = SurveyStrata([]),
        ended: Day? = nil, survey: FactID? = nil, digest: String = ""
    ) {
        self.id = id
        self.title = title
        self.frameDay = frameDay
        self.opens = opens
        self.closes = closes
        self.mode = mode
        self.wanted = wanted
        self.seed = seed
        self.drawn = drawn
        self.strata = strata
        self.ended = ended
        self.survey = survey
        self.digest = digest
    }

    /// How many could have been asked (stikprøverammen).
    public var frame: Int { strata.all.reduce(0) { $0 + $1.frame } }
    /// How many were asked.
    public var invited: Int { strata.all.reduce(0) { $0 + $1.drawn } }
}

/// How those asked are reached and answer (indsamlingsmetode).
public enum SurveyMode: String, CaseIterable, Sendable { case digital, letter, phone }

/// Links were made for those who had not answered: the invitation, or a reminder (rykker).
public struct SurveySending: Hashable, Sendable {
    public var id: FactID
    public var wave: FactID
    public var day: Day
    /// How many got a link.
    public var count: Int

    public init(id: FactID, wave: FactID, day: Day, count: Int) {
        self.id = id
        self.wave = wave
        self.day = day
        self.count = count
    }
}

/// What is asked, comparable with the five themes of the municipalities' common survey
/// (KL's tværkommunale borgerundersøgelse, 2024).
public enum SurveyTheme: String, CaseIterable, Sendable {
    /// Mødet med jobcentret
    case meeting
    /// Klare mål
    case goals
    /// Seneste samtale
    case conversation
    /// Progression
    case progress
    /// Samlet tilfredshed
    case overall
}

/// Benefits in the groups that a sample is drawn and weighted by. Who is in a flex job, on a
/// pension or on leave is not asked.
public enum SurveyBenefits: String, CaseIterable, Sendable {
    /// Dagpenge
    case unemployment
    /// Kontanthjælp and what became a part of it in 2025
    case cash
    /// Sygedagpenge and jobafklaringsforløb
    case sickness
    /// Ressourceforløb, revalidering and ledighedsydelse
    case lasting

    public init?(_ benefit: Benefit) {
        switch benefit {
        case .unemploymentBenefit: self = .unemployment
        case .cashBenefit, .educationAid, .selfSupportAllowance: self = .cash
        case .sicknessBenefit, .jobClarification: self = .sickness
        case .resourceProgramme, .vocationalRehabilitation, .flexJobUnemploymentAllowance:
            self = .lasting
        case .flexJob, .disabilityPension, .earlyRetirement, .oldAgePension, .parentalLeave:
            return nil
        }
    }
}

/// Ages in the groups that a sample is drawn and weighted by.
public enum SurveyAges: String, CaseIterable, Sendable {
    /// Below 30, from 30 to 49, and from 50.
    case young, middle, senior

    public init(years: Int) {
        switch years {
        case ..<30: self = .young
        case ..<50: self = .middle
        default: self = .senior
        }
    }
}

/// Those of one group of benefits, ages and sex.
public struct SurveyCell: Hashable, Sendable, Comparable {
    public var benefits: SurveyBenefits
    public var ages: SurveyAges
    public var sex: Sex

    public init(_ benefits: SurveyBenefits, _ ages: SurveyAges, _ sex: Sex) {
        self.benefits = benefits
        self.ages = ages
        self.sex = sex
    }

    /// `cash.young.female`
    public var code: String { "\(benefits.rawValue).\(ages.rawValue).\(sex.rawValue)" }

    /// Nil for what is no code.
    public init?(code: Substring) {
        let parts = code.split(separator: ".").map { String($0) }
        guard parts.count == 3, let benefits = SurveyBenefits(rawValue: parts[0]),
            let ages = SurveyAges(rawValue: parts[1]), let sex = Sex(rawValue: parts[2])
        else { return nil }
        self.init(benefits, ages, sex)
    }

    /// Every cell there is.
    public static let all = SurveyBenefits.allCases.flatMap { benefits in
        SurveyAges.allCases.flatMap { ages in
            Sex.allCases.map { SurveyCell(benefits, ages, $0) }
        }
    }

    public static func < (a: SurveyCell, b: SurveyCell) -> Bool { a.code < b.code }
}

/// Cells that are drawn from together, with how many there are and how many were asked.
public struct SurveyStratum: Hashable, Sendable {
    public var cells: [SurveyCell]
    public var frame: Int
    public var drawn: Int

    public init(cells: [SurveyCell], frame: Int, drawn: Int) {
        self.cells = cells
        self.frame = frame
        self.drawn = drawn
    }
}

/// The strata of a wave; an answer knows which of them it belongs to by its place, and nothing
/// more of the person.
public struct SurveyStrata: Hashable, Sendable, RawRepresentable {
    public var all: [SurveyStratum]

    public init(_ all: [SurveyStratum]) { self.all = all }

    /// `cash.young.female,cash.young.male 40 20;...`
    public var rawValue: String {
        all.map { stratum in
            let cells = stratum.cells.map(\.code).joined(separator: ",")
            return "\(cells) \(stratum.frame) \(stratum.drawn)"
        }.joined(separator: ";")
    }

    public init?(rawValue: String) {
        all = []
        for part in rawValue.split(separator: ";") {
            let fields = part.split(separator: " ")
            guard fields.count == 3, let frame = Int(fields[1]), let drawn = Int(fields[2]) else {
                return nil
            }
            let codes = fields[0].split(separator: ",")
            let cells = codes.compactMap { SurveyCell(code: $0) }
            guard cells.count == codes.count else { return nil }
            all.append(SurveyStratum(cells: cells, frame: frame, drawn: drawn))
        }
    }
}
