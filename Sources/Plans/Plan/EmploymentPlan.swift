import Chronology
import Identifiers
import Indicators
import Parameters

/// A municipality's employment plan (beskæftigelsesplan) as a document that the
/// software runs.
public struct EmploymentPlan: Hashable, Sendable {
    /// Names the plan in stores and links: `herlev-2024-2025`.
    public var id: String
    public var municipality: MunicipalityCode
    public var title: Localized
    public var period: DayRange
    /// The day or the month of adoption, where the source tells it.
    public var adopted: DayRange?
    public var source: PlanSource
    public var roles: [PlanRole]
    public var goals: [PlanGoal]
    public var focusAreas: [FocusArea]
    public var efforts: [Effort]
    public var duties: [RecurringDuty]
    public var targets: [ResultTarget]

    public func goal(_ id: String) -> PlanGoal? { goals.first { $0.id == id } }
    public func effort(_ id: String) -> Effort? { efforts.first { $0.id == id } }
    public func duty(_ id: String) -> RecurringDuty? { duties.first { $0.id == id } }
    public func target(_ id: String) -> ResultTarget? { targets.first { $0.id == id } }
    public func role(_ id: String) -> PlanRole? { roles.first { $0.id == id } }
}

/// The text the plan file was written from.
public struct PlanSource: Hashable, Sendable {
    public var name: String
    /// `Fingerprint` of the whole text.
    public var fingerprint: String
}

/// Somebody who can answer for a part of the plan: an office, never a person.
public struct PlanRole: Hashable, Sendable {
    public var id: String
    public var name: Localized
}

/// A minister's goal (ministermål) or a local one (lokalt mål).
public struct PlanGoal: Hashable, Sendable {
    public enum Issuer: String, CaseIterable, Sendable { case minister, local }

    public var id: String
    public var issuer: Issuer
    /// The goal's number among those of its issuer.
    public var number: Int
    public var text: Localized
}

/// Fokusområde: a part of the plan that is no goal of its own.
public struct FocusArea: Hashable, Sendable {
    public var id: String
    public var goals: [String]
    public var text: Localized
}

/// Indsats: something the municipality says that it does.
public struct Effort: Hashable, Sendable {
    public enum Status: String, CaseIterable, Sendable { case planned, running, completed, stopped }

    public var id: String
    public var goals: [String]
    public var text: Localized
    /// The role that answers for it.
    public var answers: String
    public var status: Status
    /// Indicators that show whether it happens, where there are any.
    public var indicators: [IndicatorID]
}

/// Something the municipality has bound itself to do again and again.
public struct RecurringDuty: Hashable, Sendable {
    /// Registrations that are made anyway and need no second one.
    public enum Evidence: String, CaseIterable, Sendable {
        /// A wave of the user survey counts on the day it closes.
        case userSurveys
        /// A course for staff, on its day.
        case training
        /// An action of the plan for quality, on the day it was done.
        case qualityActions
        /// A focus group or trial, on its day, when its result is written.
        case focusGroups
        /// What a council was asked, on the day it answered.
        case councilAnswers
    }

    public enum Interval: String, CaseIterable, Sendable {
        case month, quarter, halfYear, year

        public var months: Int {
            switch self {
            case .month: 1
            case .quarter: 3
            case .halfYear: 6
            case .year: 12
            }
        }
    }

    public var id: String
    public var goals: [String]
    public var text: Localized
    public var answers: String
    /// How many times in every interval.
    public var times: Int
    public var per: Interval
    /// The registrations that show that it was done; nil when each time is
    /// registered as the duty itself.
    public var counts: Evidence?
    /// The indicators a report of this duty must hold.
    public var indicators: [IndicatorID]
}
