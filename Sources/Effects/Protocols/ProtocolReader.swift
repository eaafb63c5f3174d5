import Chronology
import Parameters
import Registry

extension TrialProtocol {
    /// Reads a protocol. Throws every problem at once, each with its line.
    public init(yaml: String, file: String) throws(FileProblems) {
        var problems = FileProblemList(file: file)
        let root = problems.document(yaml, ProtocolGrammar.file)
        if let root { ProtocolGrammar.check(root, &problems) }
        guard problems.all.isEmpty, let root, let read = TrialProtocol(root) else {
            throw problems.thrown()
        }
        self = read
    }

    /// Nil only where the grammar has found a problem already.
    private init?(_ root: DocumentPlace) {
        let eligible = root["eligible"]
        let entry = root["entry"]
        guard let registeredOn = Day(iso: root["registeredOn"].string),
            let outcome = TrialOutcome(rawValue: root["outcome"].string),
            let first = entry["from"].month, let last = entry["to"].month, first <= last,
            let weeksFrom = eligible["weeksFrom"].integer,
            let weeksTo = eligible["weeksTo"].integer, weeksFrom <= weeksTo,
            let followUpMonths = root["followUpMonths"].integer,
            let difference = ScalarForms.number(root["smallestDifference"].string)
        else { return nil }
        self.init(
            id: root["id"].string, name: root["name"].localized,
            question: root["question"].localized, registeredOn: registeredOn,
            benefits: eligible["benefits"].words(Benefit.self),
            categories: eligible["categories"].words(MatchCategory.self),
            weeks: weeksFrom...weeksTo, effort: root["effort"].words(OfferKind.self),
            entry: first...last, followUpMonths: followUpMonths, outcome: outcome,
            traits: root["adjustFor"].words(TrialTrait.self),
            smallestDifference: outcome.isShare ? difference / 100 : difference)
    }
}

/// The language of protocol files, version 1.
enum ProtocolGrammar {
    static let file = ValueRule.object([
        .needs("format", .integer(1...1)), .needs("id", .identifier),
        .needs("name", .localized), .needs("question", .localized),
        .needs("registeredOn", day),
        .needs(
            "eligible",
            .object([
                .needs("benefits", .list(.words(Benefit.self))),
                .may("categories", .list(.words(MatchCategory.self))),
                .needs("weeksFrom", .integer(0...520)), .needs("weeksTo", .integer(0...2_000)),
            ])),
        .needs("effort", .list(.words(OfferKind.self))),
        .needs("entry", .object([.needs("from", month), .needs("to", month)])),
        .needs("followUpMonths", .integer(1...36)),
        .needs("outcome", .words(TrialOutcome.self)),
        .needs("smallestDifference", .number),
        .needs("adjustFor", .list(.words(TrialTrait.self))),
    ])

    private static let day = ValueRule.form(
        WrittenForm(pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", problem: .notADate) {
            Day(iso: $0) != nil
        })

    private static let month = ValueRule.form(
        WrittenForm(pattern: "^[0-9]{4}-[0-9]{2}$", problem: .notAMonth) {
            Day(iso: "\($0)-01") != nil
        })

    /// What the form of single values cannot show.
    static func check(_ root: DocumentPlace, _ problems: inout FileProblemList) {
        let eligible = root["eligible"]
        let entry = root["entry"]
        if let first = entry["from"].month, let last = entry["to"].month, last < first {
            problems.add(.endsBeforeItBegins, at: entry["to"])
        }
        if let from = eligible["weeksFrom"].integer, let to = eligible["weeksTo"].integer,
            to < from
        {
            problems.add(.outOfRange, at: eligible["weeksTo"], ["low": "\(from)", "high": "2000"])
        }
        let difference = root["smallestDifference"]
        if let value = ScalarForms.number(difference.string), value <= 0 {
            problems.add(.notAboveZero, at: difference)
        }
        let lists = [
            root["effort"], root["adjustFor"], eligible["benefits"], eligible["categories"],
        ]
        for list in lists {
            var seen: Set<String> = []
            for item in list.items where !seen.insert(item.string).inserted {
                problems.add(.duplicateId, at: item)
            }
        }
    }
}

extension FileProblem.Kind {
    static let notAMonth = FileProblem.Kind(rawValue: "notAMonth")
    static let notAboveZero = FileProblem.Kind(rawValue: "notAboveZero")
}

extension DocumentPlace {
    /// A month written `2025-01`.
    fileprivate var month: Month? { Day(iso: "\(string)-01")?.month }
}
