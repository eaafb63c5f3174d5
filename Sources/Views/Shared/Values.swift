import Chronology
import Indicators
import Reporting

/// A link as it stands in a page value.
public struct Link: Hashable, Sendable {
    public var text: String
    public var href: String
    public init(_ text: String, _ href: String) {
        self.text = text
        self.href = href
    }
}

/// How a target stands (vurdering). Shown by symbol, word and colour together.
public enum Verdict: String, CaseIterable, Sendable {
    /// The period is over, or the count is reached, and the target is met.
    case met
    /// The period runs and the target will be met at the present pace.
    case onTrack
    /// The period runs and the present pace is not certain to be enough.
    case atRisk
    /// The target was not met, or can no longer be.
    case missed
    /// No figure is known.
    case noData
    /// The plan sets no number.
    case noNumber
}

/// Where a figure comes from (kilde).
public enum FigureOrigin: String, CaseIterable, Sendable {
    /// Computed from the municipality's own registrations.
    case register
    /// As published by an authority.
    case published
    case none
}

/// A figure as a page shows it: chosen and rounded elsewhere, never computed here.
public struct ShownFigure: Hashable, Sendable {
    /// In `unit`; `.hidden` where few persons stand behind it.
    public var value: CellValue
    public var unit: Indicators.Unit
    /// Nil for the unit's usual number of decimals.
    public var decimals: Int?
    public var period: Period?
    /// True while later registrations can still change it (foreløbig).
    public var isProvisional: Bool
    public var origin: FigureOrigin

    public init(
        value: CellValue, unit: Indicators.Unit, decimals: Int? = nil, period: Period? = nil,
        isProvisional: Bool = false, origin: FigureOrigin = .register
    ) {
        self.value = value
        self.unit = unit
        self.decimals = decimals
        self.period = period
        self.isProvisional = isProvisional
        self.origin = origin
    }
}

/// The way to the persons behind a figure ("hvem?").
public enum WhoLink: Hashable, Sendable {
    /// The reader may ask; the link leads to the question about purpose.
    case allowed(href: String)
    /// The reader may not; the sentence says why, in the reader's language.
    case refused(reason: String)
    /// No single persons stand behind the figure.
    case none
}

/// One choice in a list of choices.
public struct Choice: Hashable, Sendable {
    /// What the form sends.
    public var value: String
    public var label: String
    public var isSelected: Bool
    public init(value: String, label: String, isSelected: Bool = false) {
        self.value = value
        self.label = label
        self.isSelected = isSelected
    }
}

/// The roles a user can have.
public enum Role: String, CaseIterable, Sendable {
    case manager, caseworker, companyConsultant, qualityConsultant, citizensAdviser, analyst
    case administrator, citizen, employer
}
