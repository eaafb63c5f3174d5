import Chronology
import Foundation
import Identifiers
import Indicators
import Jobcenter
import Law
import Parameters
import Registry
import Storage
import Testing
import Yams

/// A worked example of a complaint's clocks, as the file has it.
struct ClockExample: Decodable, CustomTestStringConvertible, Sendable {
    struct Step: Decodable {
        var kind: String
        var day: String
        var choice: String?
        var words: String?
        var detail: String?
        var deadline: String?
    }
    struct Clock: Decodable, Hashable {
        var what: String
        var by: String
        var state: String
    }

    var name: String
    var about: String
    /// The day the decision was sent.
    var sent: String?
    var received: String
    var steps: [Step]?
    var today: String
    var tooLate: Bool?
    var clocks: [Clock]
    /// What is to be done first, or `nothing`.
    var next: String

    var testDescription: String { name }

    private struct File: Decodable { var cases: [ClockExample] }

    static let all: [ClockExample] = {
        let url = Bundle.module.url(
            forResource: "Resources/complaint-clocks", withExtension: "yaml")!
        let text = try! String(contentsOf: url, encoding: .utf8)
        return try! YAMLDecoder().decode(File.self, from: text).cases
    }()
}

@Suite("Worked examples of the clocks of complaints")
struct ComplaintClockTests {
    @Test("The clocks are those reckoned by hand", arguments: ClockExample.all)
    func clocks(example: ClockExample) async throws {
        let today = try #require(Day(iso: example.today))
        let made = try await ComplaintHouse(today: today)
        var decision: FactID?
        if let sent = example.sent.flatMap({ Day(iso: $0) }) {
            decision = FactID(9)
            try await made.decide(FactID(9), sent: sent)
        }
        let subject = try #require(ComplaintSubject(rawValue: example.about))
        let received = try #require(Day(iso: example.received))
        let (id, _) = try await ComplaintCase(made.house).register(
            NewComplaint(
                subject: subject, channel: .letter, received: received, words: "Jeg er uenig",
                decision: decision),
            from: made.ane, in: ComplaintHouse.code, by: made.staff(), purpose: made.purpose)
        for step in example.steps ?? [] {
            var new = NewComplaintStep(
                try #require(ComplaintStepKind(rawValue: step.kind)),
                on: try #require(Day(iso: step.day)))
            new.choice = step.choice ?? ""
            new.words = step.words ?? ""
            new.detail = step.detail ?? ""
            new.deadline = step.deadline.flatMap { Day(iso: $0) }
            try await made.step(new, on: id)
        }
        let record = try await made.record(id)
        let clocks = record.file.clocks(record.rules)
        let found = clocks.map {
            ClockExample.Clock(
                what: $0.kind.rawValue, by: $0.due.iso, state: $0.state(on: today).rawValue)
        }
        #expect(Set(found) == Set(example.clocks))
        #expect(found.count == example.clocks.count)
        #expect((record.file.next(record.rules)?.kind.rawValue ?? "nothing") == example.next)
        // What the law sets says so, and what is our own promise does not.
        for clock in clocks {
            #expect((clock.rule != nil) == (clock.kind == .reassess))
            if let rule = clock.rule { #expect(rule.law == "RSL § 66") }
        }
        if let tooLate = example.tooLate {
            #expect(record.file.isTooLate(record.rules) == tooLate)
        }
    }
}
