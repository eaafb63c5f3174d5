import Chronology
import Foundation
import Parameters
import Registry

/// One kind of effort that can be registered for a citizen (indsatstype).
public struct EffortKind: Hashable, Sendable {
    public enum Place: String, CaseIterable, Sendable {
        /// A production unit must be named; a school may be; nowhere.
        case employer, school, none
    }
    public enum HoursNeed: String, CaseIterable, Sendable { case required, optional, none }

    public var id: String
    public var name: Localized
    /// What it is and for whom, in a sentence or two.
    public var what: Localized
    /// Act and chapter; `-` where no act rules it.
    public var law: String
    /// The days on which it can begin.
    public var from: Day?
    public var to: Day?
    public var confidence: RuleConfidence
    /// The offer and the job that figures count.
    public var offer: OfferKind?
    public var employment: EmploymentKind?
    public var place: Place
    public var hours: HoursNeed
    /// Who may have the offer, and for how long, is checked as the active-effort act has it;
    /// false where another act rules the effort.
    public var asksLimits: Bool
    /// The employer's ratio and net employment are checked.
    public var asksRatio: Bool
    public var asksNetEmployment: Bool
    /// The right to six weeks of job-directed education is checked.
    public var asksSixWeeks: Bool
    /// The questions that state its conditions, which are tried before it is kept.
    public var asks: [String]
    /// The questions about what must be in place before it begins.
    public var reminds: [String]
    /// Weeks from its first day to the first follow-up.
    public var followUpWeeks: Int
    public var outcomes: [EffortOutcome]

    /// Whether it can begin on a day.
    public func isOpen(on day: Day) -> Bool {
        (from ?? day) <= day && day <= (to ?? day)
    }
}

/// Every kind of effort, read from `Resources/efforts`.
public struct EffortCatalogue: Sendable {
    public let kinds: [EffortKind]

    public subscript(id: String) -> EffortKind? { kinds.first { $0.id == id } }

    /// The catalogue that ships with the program.
    public static func bundled() throws(FileProblems) -> EffortCatalogue {
        let questions = Set(try EntitlementBook.bundled().entitlements.map(\.id))
        var kinds: [EffortKind] = []
        for file in try LawFiles.bundled("efforts") {
            kinds += try EffortCatalogue(file.text, file: file.name, questions: questions).kinds
        }
        return EffortCatalogue(kinds: kinds)
    }

    private init(kinds: [EffortKind]) { self.kinds = kinds }

    /// Reads a file. Throws every problem at once: an id that stands twice or a question
    /// that is none is one.
    public init(_ yaml: String, file: String, questions: Set<String>) throws(FileProblems) {
        var problems = FileProblemList(file: file)
        var kinds: [EffortKind] = []
        if let root = problems.document(yaml, EffortCatalogue.grammar) {
            for place in root["efforts"].items {
                let kind = EffortKind(place)
                if kinds.contains(where: { $0.id == kind.id }) {
                    problems.add(.duplicateId, at: place["id"])
                }
                for asked in place["asks"].items + place["reminds"].items
                where !questions.contains(asked.string) {
                    problems.add(
                        .unknownReference, at: asked,
                        ["accepted": questions.sorted().joined(separator: ", ")])
                }
                if let to = kind.to, let from = kind.from, to < from {
                    problems.add(.endsBeforeItBegins, at: place["to"])
                }
                kinds.append(kind)
            }
        }
        guard problems.all.isEmpty else { throw problems.thrown() }
        self.kinds = kinds
    }

    private static let truth = ValueRule.word(["true", "false"])

    static let grammar = ValueRule.object([
        .needs("format", .integer(1...1)),
        .needs(
            "efforts",
            .list(
                .object([
                    .needs("id", .identifier), .needs("name", .localized),
                    .needs("what", .localized), .needs("law", .text), .may("from", .day),
                    .may("to", .day), .needs("confidence", .words(RuleConfidence.self)),
                    .may("offer", .words(OfferKind.self)),
                    .may("employment", .words(EmploymentKind.self)),
                    .needs("place", .words(EffortKind.Place.self)),
                    .needs("hours", .words(EffortKind.HoursNeed.self)), .may("limits", truth),
                    .may("ratio", truth), .may("sixWeeks", truth),
                    .may("netEmployment", truth), .may("asks", .list(.reference)),
                    .may("reminds", .list(.reference)),
                    .needs("followUpWeeks", .integer(1...300)),
                    .needs("outcomes", .list(.words(EffortOutcome.self))),
                ]))),
    ])
}

extension EffortKind {
    fileprivate init(_ place: DocumentPlace) {
        self.init(
            id: place["id"].string, name: place["name"].localized, what: place["what"].localized,
            law: place["law"].string, from: place["from"].day, to: place["to"].day,
            confidence: RuleConfidence(rawValue: place["confidence"].string) ?? .uncertain,
            offer: OfferKind(rawValue: place["offer"].string),
            employment: EmploymentKind(rawValue: place["employment"].string),
            place: Place(rawValue: place["place"].string) ?? .none,
            hours: HoursNeed(rawValue: place["hours"].string) ?? .none,
            asksLimits: place["limits"].string != "false",
            asksRatio: place["ratio"].string == "true",
            asksNetEmployment: place["netEmployment"].string == "true",
            asksSixWeeks: place["sixWeeks"].string == "true",
            asks: place["asks"].items.map(\.string),
            reminds: place["reminds"].items.map(\.string),
            followUpWeeks: place["followUpWeeks"].integer ?? 4,
            outcomes: place["outcomes"].items.compactMap { EffortOutcome(rawValue: $0.string) })
    }
}
