import Chronology
import Parameters
import Registry
import Testing

@testable import Law

@Suite("Records and courses as data")
struct RecordTests {
    private static let day = Day(iso: "2025-06-02")!

    private func record(
        _ kind: String, from start: Day, to end: Day? = nil, _ answers: [String: String] = [:]
    ) -> CaseRecord {
        CaseRecord(
            id: FactID(1), citizen: CitizenID(1), record: kind, start: start, end: end,
            answers: answers)
    }

    @Test("what ships is sound, in both languages, and every course leads from a step to a form")
    func shipped() throws {
        let records = try RecordCatalogue.bundled()
        let courses = try CourseCatalogue.bundled()
        #expect(records.kinds.count > 30 && courses.courses.count > 9)
        for kind in records.kinds {
            #expect(kind.fields.count <= 8 && !kind.name.en.isEmpty, "\(kind.id)")
        }
        for course in courses.courses {
            #expect(course.steps.count >= 6 && !course.conditions.isEmpty, "\(course.id)")
        }
        let texts = try TextCatalogue.bundled()
        for problem in FileProblem.Kind.ofRecords { #expect(texts.has("file.problem.\(problem)")) }
        for section in RecordKind.Section.allCases {
            #expect(texts.has("views.record.section.\(section.rawValue)"))
        }
    }

    @Test(
        "an exemption that is registered puts the citizen outside the share, and no other record does"
    )
    func exemptions() throws {
        let catalogue = try RecordCatalogue.bundled()
        for (id, state) in RegisteredFacts.states {
            #expect(catalogue[id]?.lasts == true, "\(id)")
            var facts = RegisteredFacts()
            facts.add(CitizenID(1), born: Self.day - 10_000, permitFrom: nil)
            facts.add(.caseRecord(record(id, from: Self.day, to: Self.day + 9)))
            facts.add(.caseRecord(record("mentor-agreement", from: Self.day)))
            #expect(facts.all.first?.states == [FactSpan(state, Self.day, Self.day + 9)])
        }
        #expect(Set(RegisteredFacts.states.values) == [.conversationsExempt, .offersExempt])
    }

    private static let kind = """
        format: 1
        records:
          - id: a
            name: {da: n, en: n}
            what: {da: w, en: w}
            section: plan
            law: "-"
            confidence: background
            lasts: true
            warnAfterDays: 30
            fields:
              - {id: what, name: {da: n, en: n}, kind: text}
              - {id: hours, name: {da: n, en: n}, kind: number, from: 1, to: 37, optional: true}
              - {id: by, name: {da: n, en: n}, kind: day, optional: true, deadline: true}
              - {id: told, name: {da: n, en: n}, kind: tick, must: true}
              - {id: how, name: {da: n, en: n}, kind: choice, options: [{id: x, name: {da: n, en: n}}]}
          - id: b
            name: {da: n, en: n}
            what: {da: w, en: w}
            section: plan
            law: "-"
            confidence: background
            lasts: false
            needs: [a]
            followUpMonths: 3
            fields:
              - {id: what, name: {da: n, en: n}, kind: long}
        """

    @Test("answers are kept as they are read, and what is wrong is told by its field")
    func answers() throws {
        let kind = try #require(try RecordCatalogue(Self.kind, file: "r.yaml")["a"])
        let sound = kind.read([
            "what": "  en ting ", "hours": "37", "by": "30.06.2025", "told": "1", "how": "x",
        ])
        #expect(sound.problems.isEmpty)
        #expect(
            sound.answers == [
                "what": "en ting", "hours": "37", "by": "2025-06-30", "told": "1", "how": "x",
            ])
        let few = kind.read(["what": "x", "told": "1", "how": "x"])
        #expect(few.problems.isEmpty && few.answers.count == 3)
        let wrong = kind.read(["what": " ", "hours": "38", "by": "31.06.2025", "how": "y"])
        #expect(wrong.problems.map(\.field) == ["what", "hours", "by", "told", "how"])
        #expect(
            wrong.problems.map(\.problem) == [
                .missing, .notANumber(1...37), .notADay, .mustBeTicked, .notAChoice,
            ])
    }

    @Test("what is late, drags on or should be followed up is warned of, and only then")
    func warnings() throws {
        let catalogue = try RecordCatalogue(Self.kind, file: "r.yaml")
        func reasons(_ records: CaseRecord...) -> [RecordWarning<CaseRecord>.Reason] {
            catalogue.warnings(records, on: Self.day).map(\.reason)
        }
        #expect(reasons(record("a", from: Self.day - 30)) == [])
        #expect(
            reasons(record("a", from: Self.day - 31)) == [.draggingOn(since: Self.day - 31)])
        #expect(reasons(record("a", from: Self.day - 31, to: Self.day)) == [])
        #expect(reasons(record("a", from: Self.day - 31, to: Self.day + 1)).count == 1)
        let passed = ["by": (Self.day - 1).iso]
        #expect(reasons(record("a", from: Self.day - 5, passed)) == [.late(Self.day - 1)])
        #expect(reasons(record("a", from: Self.day - 5, to: Self.day - 2, passed)) == [])
        #expect(reasons(record("a", from: Self.day - 5, ["by": Self.day.iso])) == [])
        let old = Self.day.adding(months: -3)
        #expect(reasons(record("b", from: old, to: old)) == [.followUp(Self.day)])
        #expect(reasons(record("b", from: old + 1, to: old + 1)) == [])
        #expect(
            reasons(record("b", from: old, to: old), record("b", from: Self.day, to: Self.day))
                == [])
        let history = old - 120
        #expect(reasons(record("b", from: history, to: history)) == [])
    }

    @Test(
        "a file with a mistake is refused with its place",
        arguments: [
            ("needs: [a]", "needs: [c]", "24 unknownReference"),
            ("- id: b", "- id: a", "17 duplicateId"),
            ("from: 1, to: 37", "from: 9, to: 3", "13 incompleteField"),
            ("id: hours", "id: what", "13 duplicateId"),
            (", options: [{id: x, name: {da: n, en: n}}]", "", "16 incompleteField"),
            ("section: plan", "section: plans", "6 notAWord"),
        ])
    func mistakes(_ right: String, _ wrong: String, _ place: String) throws {
        let thrown = try #require(throws: FileProblems.self) {
            try RecordCatalogue(
                Self.kind.replacing(right, with: wrong, maxReplacements: 1), file: "r")
        }
        #expect(thrown.all.map { "\($0.line) \($0.problem)" }.contains(place), "\(thrown.all)")
    }

    @Test("a course that names what is not there is refused")
    func courses() throws {
        let sound = """
            format: 1
            courses:
              - id: c
                name: {da: n, en: n}
                what: {da: w, en: w}
                for: [{groups: [group1]}]
                steps:
                  - id: s
                    name: {da: n, en: n}
                    what: {da: w, en: w}
                    law: "-"
                    confidence: background
                    done: {records: [a], efforts: [e], rules: [r]}
                    duties: [d]
            """
        let known = CourseCatalogue.References(
            records: ["a"], efforts: ["e"], duties: ["d"], rules: ["r"])
        #expect(try CourseCatalogue(sound, file: "c", known: known).courses.count == 1)
        for (right, wrong, kind) in [
            ("records: [a]", "records: [b]", "unknownReference"),
            ("efforts: [e]", "efforts: [f]", "unknownReference"),
            ("duties: [d]", "duties: [x]", "unknownReference"),
            ("rules: [r]", "rules: [q]", "unknownReference"),
            ("{records: [a], efforts: [e], rules: [r]}", "{}", "incompleteField"),
            ("group1]", "group99]", "notAWord"),
        ] {
            let thrown = try #require(throws: FileProblems.self) {
                try CourseCatalogue(
                    sound.replacing(right, with: wrong), file: "c", known: known)
            }
            #expect(thrown.all.map { "\($0.problem)" }.contains(kind), "\(thrown.all)")
        }
    }
}
