import Chronology
import Identifiers
import Indicators
import Parameters
import Plans

/// A plan's status as lines of text.
struct PlanStatusText {
    private let status: PlanStatus
    private let texts: PlanTexts
    private let municipalities: MunicipalityList

    init(_ status: PlanStatus, _ texts: PlanTexts, _ municipalities: MunicipalityList) {
        self.status = status
        self.texts = texts
        self.municipalities = municipalities
    }

    private var language: Language { texts.language }

    private func say(_ key: String, _ arguments: [String: String] = [:]) -> String {
        texts.catalogue.text("cli.status.\(key)", language, arguments)
    }

    var text: String {
        var lines = [
            status.plan.title[language], say("asOf", ["day": texts.day(status.asOf)]), "",
        ]
        for goal in status.goals {
            let issuer = texts.issuer(goal.goal.issuer)
            lines.append("\(issuer) \(goal.goal.number): \(goal.goal.text[language])")
            for target in goal.targets { lines += self.lines(target, indent: "  ") }
            for duty in goal.duties { lines.append("  " + line(duty)) }
            if goal.targets.isEmpty, goal.duties.isEmpty { lines.append("  " + say("nothing")) }
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }

    private func lines(_ target: TargetStatus, indent: String) -> [String] {
        var lines = ["\(indent)[\(texts.verdict(of: target))] \(target.target.text[language])"]
        let inner = indent + "    "
        func add(_ key: String, _ value: String?) {
            if let value { lines.append("\(inner)\(say(key)): \(value)") }
        }
        add("figure", target.measured.map(words) ?? say("unknown"))
        add("aim", texts.shape(target.target.shape))
        add("baseline", target.baseline.map(words))
        add("needed", needed(target))
        add(
            "comparison",
            target.comparison.map { comparison in
                let name = municipalities[comparison.municipality.number]?.name
                return
                    "\(name ?? comparison.municipality.description): \(words(comparison.measurement))"
            })
        add("definition", target.definition?.name)
        add("because", texts.explanation(of: target))
        for part in target.parts { lines += self.lines(part, indent: inner) }
        return lines
    }

    private func words(_ measurement: Measurement) -> String {
        var text = texts.quantity(measurement.value, measurement.unit)
        text += " (\(texts.period(measurement.period)); \(texts.origin(measurement.source))"
        if measurement.isProvisional { text += "; " + say("provisional") }
        return text + ")"
    }

    private func needed(_ target: TargetStatus) -> String? {
        guard let needed = target.needed, let unit = target.measured?.unit else { return nil }
        return say(
            "neededWords",
            ["amount": texts.quantity(needed.perMonth, unit), "months": String(needed.monthsLeft)])
    }

    private func line(_ duty: DutyStatus) -> String {
        let state = duty.current.map { texts.duty($0.state) } ?? ""
        let held = duty.windows.reduce(0) { $0 + $1.held.count }
        return "[\(state)] \(duty.duty.text[language]) (\(texts.recurrence(duty.duty)); "
            + say("held", ["times": String(held)]) + ")"
    }
}
