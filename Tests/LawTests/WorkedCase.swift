import Chronology
import Foundation
import Parameters
import Testing

@testable import Law

/// One worked case out of `Resources/cases`: the facts, the day, and what is owed.
struct WorkedCase: CustomTestStringConvertible, Sendable {
    struct Owed: Hashable, Sendable, CustomStringConvertible {
        var rule: String
        var due: String
        var status: String
        var settled: String?

        var description: String {
            "\(rule) due \(due): \(status)" + (settled.map { " on \($0)" } ?? "")
        }
    }

    var name: String
    var law: String
    var on: Day
    var knownAt: Day?
    /// Asked under the rules expected on a day if what is proposed is adopted.
    var proposed: Day?
    /// The duties that the case is about; others are not looked at.
    var about: [String]
    var citizen: CitizenFacts
    var owed: [Owed]
    var file: String

    var testDescription: String { "\(file): \(name)" }

    static let grammar = ValueRule.object([
        .needs(
            "cases",
            .list(
                .object([
                    .needs("name", .text), .needs("law", .text), .needs("on", .day),
                    .may("knownAt", .day), .may("proposed", .day),
                    .needs("about", .list(.identifier)),
                    .needs("citizen", FactFile.citizen),
                    .may(
                        "owed",
                        .list(
                            .object([
                                .needs("rule", .text), .needs("due", .day),
                                .needs("status", .words(ObligationStatus.self)),
                                .may("settled", .day),
                            ]))),
                ])))
    ])

    static func all() throws -> [WorkedCase] {
        let folder = try #require(
            Bundle.module.url(forResource: "Resources/cases", withExtension: nil))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        return try names.flatMap { name in
            try read(String(contentsOf: folder.appending(path: name), encoding: .utf8), name)
        }
    }

    private static func read(_ text: String, _ file: String) throws -> [WorkedCase] {
        var problems = FileProblemList(file: file)
        let root = problems.document(text, grammar)
        var cases: [WorkedCase] = []
        for place in root?["cases"].items ?? [] {
            cases.append(
                WorkedCase(
                    name: place["name"].string, law: place["law"].string,
                    on: place["on"].day ?? .openEnd, knownAt: place["knownAt"].day,
                    proposed: place["proposed"].day,
                    about: place["about"].items.map(\.string),
                    citizen: CitizenFacts(place["citizen"], &problems),
                    owed: place["owed"].items.map {
                        Owed(
                            rule: $0["rule"].string, due: $0["due"].string,
                            status: $0["status"].string, settled: $0["settled"].day?.iso)
                    }, file: file))
        }
        if !problems.all.isEmpty { throw problems.thrown() }
        return cases
    }

    /// What an engine finds for the case.
    func found(_ engine: LawEngine) -> [Owed] {
        let caseload = Caseload([citizen], knownAt: knownAt)
        let rules = proposed.map { RuleSet.proposed($0) }
        return engine.obligations(of: 0, in: caseload, on: on, under: rules).compactMap {
            obligation in
            let duty = engine.book.duties[obligation.duty]
            guard about.contains(duty.id) else { return nil }
            return Owed(
                rule: duty.versions[obligation.version].id, due: obligation.due.iso,
                status: obligation.status.rawValue, settled: obligation.settled?.iso)
        }
    }
}
