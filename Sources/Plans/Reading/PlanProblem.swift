import Parameters

/// One thing that is wrong with a plan or coverage file: where it stands, what was found
/// there, and what would be accepted.
public struct PlanProblem: Hashable, Sendable {
    public var file: String
    /// Counted from 1; 0 when the file as a whole is meant.
    public var line: Int
    public var column: Int
    /// `targets[2].period`
    public var path: String
    /// The text of the file at this place, cut short.
    public var found: String
    /// What is wrong: a key under `plans.problem` in the string catalogue.
    public var problem: Kind
    /// What would be accepted, and other arguments of the problem's text.
    public var arguments: [String: String]

    public enum Kind: String, CaseIterable, Sendable {
        case unreadable, notYAML, duplicateKey
        case expectedMapping, expectedList, emptyList, expectedText, missingKey, unknownKey
        case notAWord, notAnIdentifier, notANumber, outOfRange, notAQuantity, notADate, notAPeriod
        case notAMunicipality, notAFingerprint
        case endsBeforeItBegins, outsidePlan, baselineNotBefore, notSameLength
        case duplicateId, unknownReference, unknownIndicator
        case noShape, severalShapes, indicatorMissing, indicatorNotAllowed, filterNotAllowed
        case unitDoesNotFit, percentOver100, negative, notCutBy, refersToItself
        case numberingHasGap, unknownCoverage, noCoverage
    }

    /// One line: `file:line:column: path: found ...; accepted ...`.
    public func line(in language: Language, _ texts: TextCatalogue) -> String {
        var arguments = arguments
        arguments["found"] = found
        var message = texts.text("plans.problem.\(problem.rawValue)", language, arguments)
        if let near = arguments["suggestion"] {
            message += " " + texts.text("plans.problem.suggestion", language, ["suggestion": near])
        }
        let place = path.isEmpty ? "" : "\(path): "
        return "\(file):\(line):\(column): \(place)\(message)"
    }
}

/// Every problem of a file, in the order of their places.
public struct PlanProblems: Error, Hashable, Sendable {
    public var all: [PlanProblem]
}
