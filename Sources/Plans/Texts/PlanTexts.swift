import Chronology
import Indicators
import Parameters

/// Puts the room's values into words of one language.
public struct PlanTexts: Sendable {
    public let catalogue: TextCatalogue
    public let language: Language

    public init(_ catalogue: TextCatalogue, _ language: Language) {
        self.catalogue = catalogue
        self.language = language
    }

    private func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
        catalogue.text("plans.\(key)", language, arguments)
    }

    public func verdict(_ verdict: Verdict) -> String { text("verdict.\(verdict.rawValue)") }
    /// The verdict's word; a target whose whole forecast misses is told apart
    /// from one that may go either way.
    public func verdict(of status: TargetStatus) -> String {
        status.verdict == .atRisk && status.light == .red
            ? text("verdict.atRiskRed") : verdict(status.verdict)
    }
    public func light(_ light: TrafficLight) -> String { text("light.\(light.rawValue)") }
    public func origin(_ origin: FigureOrigin) -> String { text("origin.\(origin.rawValue)") }
    public func issuer(_ issuer: PlanGoal.Issuer) -> String { text("issuer.\(issuer.rawValue)") }
    public func effort(_ status: Effort.Status) -> String { text("effort.\(status.rawValue)") }
    public func duty(_ state: DutyStatus.State) -> String { text("duty.\(state.rawValue)") }
    public func unit(_ unit: Unit) -> String { text("unit.\(unit.rawValue)") }

    /// `to gange om året`
    public func recurrence(_ duty: RecurringDuty) -> String {
        text(
            "recurrence.\(duty.per.rawValue)\(duty.times == 1 ? "Once" : "")",
            ["times": String(duty.times)])
    }

    public func explanation(_ explanation: Explanation) -> String {
        text(
            "explanation.\(explanation.key)",
            explanation.arguments.mapValues { argument in
                switch argument {
                case .quantity(let value, let unit): quantity(value, unit)
                case .number(let value, let unit): number(value, decimals: unit.decimals)
                case .count(let count): String(count)
                case .period(let period): self.period(period)
                case .day(let day): self.day(day)
                case .text(let localized): localized[language]
                }
            })
    }

    /// Every sentence of the status, one after another.
    public func explanation(of status: TargetStatus) -> String {
        status.explanation.map(explanation).joined(separator: " ")
    }

    /// The target's shape with its numbers: `mindst 380 fuldtidspersoner`.
    public func shape(_ shape: TargetShape) -> String {
        text("shape.\(shape.key.rawValue)\(variant(shape))", arguments(of: shape))
    }

    private func variant(_ shape: TargetShape) -> String {
        switch shape {
        case .growth(nil, _), .rank(_, _, nil): "Open"
        case .noNumber(.up): "Up"
        case .noNumber(.down): "Down"
        default: ""
        }
    }

    private func arguments(of shape: TargetShape) -> [String: String] {
        switch shape {
        case .atLeast(let aim), .atMost(let aim), .shareAtLeast(let aim), .cumulative(let aim),
            .within(let aim), .gapToExpected(let aim, _):
            ["aim": quantity(aim.value, aim.unit)]
        case .ceiling(let aim, let every):
            ["aim": quantity(aim.value, aim.unit), "every": text("every.\(every.rawValue)")]
        case .moreThan(let period), .lessThan(let period): ["period": self.period(period)]
        case .growth(let percent, let since):
            ["aim": quantity(percent ?? 0, .percent), "period": period(since)]
        case .rank(_, _, let atMost): ["aim": String(atMost ?? 0)]
        case .held(_, let times): ["times": String(times)]
        case .noData(let reason): ["reason": reason[language]]
        case .coupled, .noNumber: [:]
        }
    }

    /// A figure with its unit: `380,4 fuldtidspersoner`, `75 pct.`.
    public func quantity(_ value: Double, _ unit: Unit) -> String {
        let number = number(value, decimals: unit.decimals)
        return text("amount.\(unit.rawValue).\(number == "1" ? "one" : "many")", ["n": number])
    }

    /// Thousands and decimals as the language writes them; trailing zeros are
    /// left out.
    public func number(_ value: Double, decimals: Int) -> String {
        var scale = 1
        for _ in 0..<max(0, decimals) { scale *= 10 }
        let scaled = (abs(value) * Double(scale)).rounded()
        guard scaled < 1e15 else { return "\(value)" }
        let whole = Int(scaled) / scale
        var fraction = String(Int(scaled) % scale + scale).dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        var digits = ""
        for (index, digit) in String(whole).reversed().enumerated() {
            if index > 0, index % 3 == 0 { digits.append(language == .da ? "." : ",") }
            digits.append(digit)
        }
        let sign = value < 0 && scaled > 0 ? "-" : ""
        let tail = fraction.isEmpty ? "" : (language == .da ? "," : ".") + fraction
        return sign + String(digits.reversed()) + tail
    }

    /// `31.01.2024`, `31 January 2024`
    public func day(_ day: Day) -> String {
        language == .da
            ? day.danish : "\(day.components.day) \(monthName(day.month)) \(day.year)"
    }

    /// `januar-juni 2024`, `2. kvartal 2024`
    public func period(_ period: Period) -> String {
        switch period {
        case .month(let month):
            text("period.month", ["month": monthName(month), "year": String(month.year)])
        case .quarter(let quarter):
            text(
                "period.quarter",
                ["quarter": String(quarter.number), "year": String(quarter.year)])
        case .year(let year): String(year)
        case .rollingFourQuarters(let quarter):
            text(
                "period.rolling",
                ["quarter": String(quarter.number), "year": String(quarter.year)])
        case .yearToDate(let month):
            month.number == 1
                ? self.period(.month(month))
                : text(
                    "period.toDate", ["month": monthName(month), "year": String(month.year)])
        }
    }

    private func monthName(_ month: Month) -> String { text("month.m\(month.number)") }
}

extension Unit {
    /// Decimals worth showing.
    var decimals: Int {
        switch self {
        case .percent, .fullTimePersons, .weeks, .hours, .points: 1
        case .perPerson: 2
        default: 0
        }
    }
}
