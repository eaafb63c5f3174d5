import Chronology
import Indicators
import Parameters
import Plans
import Reporting

/// Writes the pack's texts in both languages at once.
struct PackWords: Sendable {
    let danish: Wording
    let english: Wording
    private let texts: TextCatalogue

    /// What is filled into a text.
    enum Argument {
        case text(PackText)
        case amount(Double, PackUnit)
        case period(Period)
        case day(Day)
        case count(Int)
    }

    init(_ texts: TextCatalogue) {
        self.texts = texts
        danish = Wording(texts, .da)
        english = Wording(texts, .en)
    }

    func callAsFunction(_ key: String, _ arguments: [String: Argument] = [:]) -> PackText {
        PackText(
            da: texts.text("pack.\(key)", .da, arguments.mapValues { word($0, danish) }),
            en: texts.text("pack.\(key)", .en, arguments.mapValues { word($0, english) }))
    }

    private func word(_ argument: Argument, _ wording: Wording) -> String {
        switch argument {
        case .text(let text): text[wording.language]
        case .amount(let value, let unit): amount(value, unit, wording)
        case .period(let period): wording.period(period)
        case .day(let day): wording.day(day)
        case .count(let count): wording.number(count)
        }
    }

    /// One is said as one: `1 fuldtidsperson`.
    private func amount(_ value: Double, _ unit: PackUnit, _ wording: Wording) -> String {
        if let known = unit.known, wording.number(value, decimals: unit.decimals) == "1" {
            return texts.text("plans.amount.\(known.rawValue).one", wording.language, ["n": "1"])
        }
        return wording.amount(value, unit)
    }

    func period(_ period: Period) -> PackText {
        PackText(da: danish.period(period), en: english.period(period))
    }

    func benefit(_ raw: String) -> PackText {
        let key = "term.benefit.\(raw)"
        return PackText(da: texts.text(key, .da), en: texts.text(key, .en))
    }

    /// A plan's sentences about one of its targets.
    func plan(_ body: (PlanTexts) -> String) -> PackText {
        PackText(da: body(PlanTexts(texts, .da)), en: body(PlanTexts(texts, .en)))
    }

    func joined(_ texts: [PackText]) -> PackText {
        PackText(
            da: texts.map(\.da).joined(separator: " "), en: texts.map(\.en).joined(separator: " "))
    }
}
