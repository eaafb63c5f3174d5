import Chronology
import Foundation
import Parameters

/// All duties, with every version of each.
public struct RuleBook: Sendable {
    public let duties: [Duty]
    public let portfolios: [Portfolio]
    /// Changes of benefit that do not begin a new period.
    public let continuations: [Continuation]

    public init(
        duties: [Duty], portfolios: [Portfolio] = [], continuations: [Continuation] = []
    ) {
        self.duties = duties
        self.portfolios = portfolios
        self.continuations = continuations
    }

    /// Reads rule files, each as its name and text. Throws every problem of the first
    /// file that has one.
    public init(files: [(name: String, text: String)]) throws(FileProblems) {
        var duties: [Duty] = []
        var portfolios: [Portfolio] = []
        var continuations: [Continuation] = []
        for file in files {
            var reader = RuleReader(file.name, taken: duties)
            try reader.read(file.text)
            duties += reader.duties
            portfolios += reader.portfolios
            continuations += reader.continuations
        }
        self.init(duties: duties, portfolios: portfolios, continuations: continuations)
    }

    /// The rules that ship with the program.
    public static func bundled() throws(FileProblems) -> RuleBook {
        try RuleBook(files: LawFiles.bundled("rules"))
    }

    /// Every `.yaml` file of a folder, in the order of their names.
    public init(folder: URL) throws(FileProblems) {
        try self.init(files: LawFiles.read(folder))
    }

    /// The rule with an id, `duty@from`, or of a duty the version in force on a day.
    public func rule(_ id: String, on day: Day) -> (duty: Duty, rule: Rule)? {
        for duty in duties {
            if let rule = duty.versions.first(where: { $0.id == id }) { return (duty, rule) }
            if duty.id == id, let rule = duty.version(on: day) ?? duty.versions.last {
                return (duty, rule)
            }
        }
        return nil
    }

    /// The rules in force on a day, in the order of the files.
    public func inForce(on day: Day) -> [(duty: Duty, rule: Rule)] {
        duties.compactMap { duty in duty.version(on: day).map { (duty, $0) } }
    }
}

extension RuleBook {
    /// The change of benefit with an id, that does not begin a new period.
    public func continuation(_ id: String) -> Continuation? {
        continuations.first { $0.id == id }
    }

    /// How sure what drives a deadline is: the rule, and the period it is counted in.
    public func confidence(_ obligation: Obligation) -> RuleConfidence {
        let rule = duties[obligation.duty].versions[obligation.version].confidence
        let period = obligation.continuation.map { continuations[$0].basis.confidence }
        return period == .uncertain ? .uncertain : rule
    }

    public func isUncertain(_ obligation: Obligation) -> Bool {
        confidence(obligation) == .uncertain
    }
}

extension Rule {
    public func isInForce(on day: Day) -> Bool {
        !isProposed && !isSwitchedOff && isWritten(for: day)
    }
}

extension Duty {
    public func version(on day: Day) -> Rule? { versions.first { $0.isInForce(on: day) } }
}
