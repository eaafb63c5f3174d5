import Chronology
import Parameters
import Registry
import Testing

@testable import Effects

@Suite("Protocols") struct ProtocolTests {
    static let sound = """
        format: 1
        id: placement
        name: {da: Praktik, en: Placement}
        question: {da: Virker det?, en: Does it work?}
        registeredOn: 2024-05-01
        eligible:
          benefits: [cashBenefit]
          weeksFrom: 4
          weeksTo: 104
        effort: [companyInternshipPrivate]
        entry: {from: 2024-01, to: 2024-06}
        followUpMonths: 6
        outcome: leftBenefits
        smallestDifference: 5
        adjustFor: [age, sex]
        """

    private func problems(_ yaml: String) -> [FileProblem] {
        do throws(FileProblems) {
            _ = try TrialProtocol(yaml: yaml, file: "plan.yaml")
            return []
        } catch {
            return error.all
        }
    }

    @Test("The protocols that ship can be read, under names of their own")
    func bundled() throws {
        let all = try ProtocolBook.bundled().protocols
        #expect(all.count >= 2)
        #expect(Set(all.map(\.id)).count == all.count)
        #expect(all.contains { $0.outcome == .leftBenefits })
        #expect(all.contains { $0.outcome == .weeksOnBenefits })
    }

    @Test("A sound protocol means what it says")
    func sound() throws {
        let trial = try TrialProtocol(yaml: Self.sound, file: "plan.yaml")
        #expect(trial.id == "placement")
        #expect(trial.benefits == [.cashBenefit])
        #expect(trial.categories.isEmpty)
        #expect(trial.weeks == 4...104)
        #expect(trial.entry.lowerBound == Month(year: 2024, month: 1))
        #expect(trial.entry.upperBound == Month(year: 2024, month: 6))
        #expect(abs(trial.smallestDifference - 0.05) < 1e-12)
        #expect(trial.traits == [.age, .sex])
    }

    @Test("Every problem is told at once, each with its line")
    func problems() {
        let yaml = Self.sound
            .replacing("registeredOn: 2024-05-01", with: "registeredOn: the first of May")
            .replacing("[cashBenefit]", with: "[cashBenefits]")
            .replacing("weeksTo: 104", with: "weeksTo: 2")
            .replacing("to: 2024-06", with: "to: 2023-13")
            .replacing("smallestDifference: 5", with: "smallestDifference: 0")
            .replacing("outcome: leftBenefits\n", with: "")
            .replacing("[age, sex]", with: "[age, age, shoes]")
        let found = problems(yaml)
        let expected: [(Int, FileProblem.Kind)] = [
            (1, .missingKey), (5, .notADate), (7, .notAWord), (9, .outOfRange), (11, .notAMonth),
            (13, .notAboveZero), (14, .duplicateId), (14, .notAWord),
        ]
        #expect(found.map(\.line) == expected.map(\.0))
        #expect(found.map(\.problem) == expected.map(\.1))
        #expect(found.first { $0.line == 7 }?.arguments["suggestion"] == "cashBenefit")
    }

    @Test("What is no YAML, and a period that ends before it begins, are told too")
    func forms() {
        #expect(problems("id: [").first?.problem == .notYAML)
        let turned = Self.sound.replacing("to: 2024-06", with: "to: 2023-06")
        #expect(problems(turned).map(\.problem) == [.endsBeforeItBegins])
        #expect(problems(turned).map(\.line) == [11])
    }

    @Test("Every problem has its text in both languages")
    func texts() throws {
        let texts = try TextCatalogue.bundled()
        for kind in [FileProblem.Kind.notAMonth, .notAboveZero] {
            #expect(texts.has("file.problem.\(kind)"))
        }
    }

    @Test("A protocol written too late is told from one written in time")
    func timing() throws {
        var trial = try TrialProtocol(yaml: Self.sound, file: "plan.yaml")
        let day = { (iso: String) in try #require(Day(iso: iso)) }
        for (iso, timing) in [
            ("2023-12-01", ProtocolTiming.before), ("2024-06-30", .before),
            ("2024-07-01", .during), ("2024-12-29", .during), ("2024-12-30", .after),
            ("2026-01-01", .after),
        ] {
            trial.registeredOn = try day(iso)
            #expect(trial.timing == timing, "\(iso)")
        }
    }
}
