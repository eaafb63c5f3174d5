import Chronology
import Foundation
import Identifiers
import Indicators
import Parameters

extension FileProblem.Kind {
    static let notAQuantity = Self(rawValue: "notAQuantity")
    static let notAPeriod = Self(rawValue: "notAPeriod")
    static let notAMunicipality = Self(rawValue: "notAMunicipality")
    static let notAFingerprint = Self(rawValue: "notAFingerprint")
    static let outsidePlan = Self(rawValue: "outsidePlan")
    static let baselineNotBefore = Self(rawValue: "baselineNotBefore")
    static let notSameLength = Self(rawValue: "notSameLength")
    static let unknownIndicator = Self(rawValue: "unknownIndicator")
    static let noShape = Self(rawValue: "noShape")
    static let severalShapes = Self(rawValue: "severalShapes")
    static let indicatorMissing = Self(rawValue: "indicatorMissing")
    static let indicatorNotAllowed = Self(rawValue: "indicatorNotAllowed")
    static let filterNotAllowed = Self(rawValue: "filterNotAllowed")
    static let unitDoesNotFit = Self(rawValue: "unitDoesNotFit")
    static let percentOver100 = Self(rawValue: "percentOver100")
    static let negative = Self(rawValue: "negative")
    static let notCutBy = Self(rawValue: "notCutBy")
    static let refersToItself = Self(rawValue: "refersToItself")
    static let numberingHasGap = Self(rawValue: "numberingHasGap")
    static let unknownCoverage = Self(rawValue: "unknownCoverage")
    static let noCoverage = Self(rawValue: "noCoverage")

    /// The kinds of plan and coverage files.
    public static let ofPlans: [FileProblem.Kind] = [
        .notAQuantity, .notAPeriod, .notAMunicipality, .notAFingerprint, .outsidePlan,
        .baselineNotBefore, .notSameLength, .unknownIndicator, .noShape, .severalShapes,
        .indicatorMissing, .indicatorNotAllowed, .filterNotAllowed, .unitDoesNotFit,
        .percentOver100, .negative, .notCutBy, .refersToItself, .numberingHasGap,
        .unknownCoverage, .noCoverage,
    ]
}

/// The written forms of single values in a plan file.
extension ScalarForms {
    /// `380 fullTimePersons`, `75 %`, `0.5 percent`, `-3 persons`.
    static func quantity(_ text: String) -> Quantity? {
        let parts = text.split(separator: " ").map(String.init)
        guard parts.count == 2, let value = number(parts[0]) else { return nil }
        guard let unit = parts[1] == "%" ? Unit.percent : Unit(rawValue: parts[1]) else {
            return nil
        }
        return Quantity(value, unit)
    }

    /// A day, or every day of a month.
    static func date(_ text: String) -> DayRange? {
        if let day = Day(iso: text) { return DayRange(day, day) }
        if case .month(let month) = Period(text) { return month.range }
        return nil
    }

    static func isFingerprint(_ text: String) -> Bool {
        text.utf8.count == 16
            && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}

extension ValueRule {
    /// A number and a unit: `380 fullTimePersons`.
    static let quantity = ValueRule.form(
        WrittenForm(
            pattern: "^-?[0-9]+(\\.[0-9]+)? (%|"
                + Unit.allCases.map(\.rawValue).joined(separator: "|") + ")$",
            problem: .notAQuantity, accepted: Unit.allCases.map(\.rawValue)
        ) { ScalarForms.quantity($0) != nil })

    static let day = ValueRule.form(
        WrittenForm(pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", problem: .notADate) {
            Day(iso: $0) != nil
        })

    /// A day or a month.
    static let date = ValueRule.form(
        WrittenForm(pattern: "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$", problem: .notADate) {
            ScalarForms.date($0) != nil
        })

    /// A whole year is a number to YAML; other periods are text.
    static let period = ValueRule.form(
        WrittenForm(
            pattern: "^[0-9]{4}((M|-|MYTD)(0[1-9]|1[0-2])|Q0?[1-4]|QMAT0?[1-4]|Y01)?$",
            integers: 1...9999, problem: .notAPeriod
        ) { Period($0) != nil })

    static let municipality = ValueRule.form(
        WrittenForm(pattern: "^[0-9]{3,4}$", problem: .notAMunicipality) {
            (try? MunicipalityCode($0)) != nil
        })

    static let fingerprint = ValueRule.form(
        WrittenForm(pattern: "^[0-9a-f]{16}$", problem: .notAFingerprint) {
            ScalarForms.isFingerprint($0)
        })
}
