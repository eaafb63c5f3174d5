import Chronology
import Indicators

/// One number of a pack with everything that lets it be checked and opened.
public struct PackNumber: Codable, Hashable, Sendable {
    /// Unique in the pack: section, line and what it tells: `unemployment.gross.now`.
    public var id: String
    /// Nil when it is not known or not shown.
    public var value: Double?
    public var state: State
    public var unit: PackUnit
    /// Decimals it is shown with.
    public var decimals: Int
    /// The period's code; empty for what has none.
    public var period: String
    public var source: Source
    /// While later registrations can still be expected to change it (foreløbig).
    public var isProvisional: Bool
    public var numerator: Double?
    public var denominator: Double?
    /// Persons (or companies, orders) behind it.
    public var persons: Int?
    /// Where it opens, relative to the address of the pack: `number?number=...`. Nil in packs of
    /// earlier versions of the program.
    public var address: String?

    public enum State: String, Codable, CaseIterable, Sendable {
        case shown
        /// Few persons stand behind it (diskretion).
        case hidden
        /// The publisher does not show it: it stands for 0, 1 or 2.
        case notShown
        /// Nobody has registered or imported anything it could be made from.
        case missing
        /// The definition has no answer, such as a share of nothing.
        case undefined
    }

    /// How it came about.
    public enum Source: Codable, Hashable, Sendable {
        /// Computed from registrations. `filter` holds pairs as they stand in an address.
        case register(indicator: String, version: String, filter: [Pair])
        /// As an authority published it; `area` is the municipality's code or 0.
        case published(table: String, measure: String, area: Int32)
        /// Worked out from other numbers of the pack, in the order that the rule asks for.
        case derived(Rule, from: [String])
        /// Typed or imported: a budget, a survey, a target of the plan, a rate of the law.
        case given(String)
    }

    public struct Pair: Codable, Hashable, Sendable {
        public var name: String
        public var value: String
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// How a number is worked out from others.
    public enum Rule: String, Codable, CaseIterable, Sendable {
        /// The first less the second.
        case difference
        /// The difference in percent of the second.
        case percentChange
        case sum
        /// Each with the same weight.
        case mean
        case product
        /// How large a change may be by chance: 1.96 × 0.8 × √(first + second).
        case noiseOfCounts
        /// The same for two shares: 1.96 × √(p(100−p)/n + q(100−q)/m), in percentage points,
        /// n and m being the persons behind them.
        case noiseOfShares
        /// The mean of the ten best of the publisher's list, by the tie rule.
        case topTen
        /// The place among the municipalities, smallest first; ties share the best place.
        case place
        /// The ends of Wilson's 95 percent interval with the correction for a finite population,
        /// of (satisfied, answered, invited).
        case wilsonLow, wilsonHigh
        /// The first in percent of the second.
        case share
        /// The first divided by the second.
        case quotient
    }

    public init(
        id: String, value: Double?, state: State, unit: PackUnit, decimals: Int, period: String,
        source: Source, isProvisional: Bool = false, numerator: Double? = nil,
        denominator: Double? = nil, persons: Int? = nil
    ) {
        self.id = id
        self.value = value
        self.state = state
        self.unit = unit
        self.decimals = decimals
        self.period = period
        self.source = source
        self.isProvisional = isProvisional
        self.numerator = numerator
        self.denominator = denominator
        self.persons = persons
    }

    /// What stands in a table.
    public var cell: CellValue {
        switch state {
        case .shown: value.map { .number($0) } ?? .missing
        case .hidden: .hidden
        case .notShown, .missing, .undefined: .missing
        }
    }
}

/// What a number of a pack counts: a unit of the catalogue, or one that only packs have.
public enum PackUnit: Codable, Hashable, Sendable {
    case unit(String)
    case percentPoints
    case rank
    /// Kroner per full-time person and week.
    case kronerPerWeek

    public init(_ unit: Indicators.Unit) { self = .unit(unit.rawValue) }

    public var known: Indicators.Unit? {
        if case .unit(let name) = self { Indicators.Unit(rawValue: name) } else { nil }
    }

    public var decimals: Int {
        switch self {
        case .percentPoints: 1
        case .rank, .kronerPerWeek: 0
        case .unit: known.map(Wording.decimals) ?? 0
        }
    }
}

extension Wording {
    /// A number of a pack with its unit: `386 fuldtidspersoner`, `0,3 procentpoint`.
    public func amount(_ value: Double, _ unit: PackUnit) -> String {
        if let known = unit.known { return amount(value, known) }
        let number = number(value, decimals: unit.decimals)
        return self("reporting.packUnit.\(name(unit)).amount", ["value": number])
    }

    /// The unit alone, as a heading says it.
    public func unit(_ unit: PackUnit) -> String {
        unit.known.map { self.unit($0) } ?? self("reporting.packUnit.\(name(unit)).name")
    }

    private func name(_ unit: PackUnit) -> String {
        switch unit {
        case .percentPoints: "percentPoints"
        case .rank: "rank"
        case .kronerPerWeek: "kronerPerWeek"
        case .unit(let name): name
        }
    }
}
