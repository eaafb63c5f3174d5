import Chronology
import Parameters
import Registry
import Testing

@testable import Law

@Suite("Rule files with mistakes")
struct RuleFileTests {
    private func problems(_ duties: String) throws -> [String] {
        let yaml = "format: 1\narea: contact\nduties:\n" + duties
        let thrown = try #require(
            throws: FileProblems.self,
            performing: { try RuleBook(files: [(name: "rules.yaml", text: yaml)]) })
        return thrown.all.map { "\($0.line):\($0.column) \($0.problem)" }
    }

    private func duty(_ versions: [String], id: String = "a", act: String = "conversation")
        -> String
    {
        """
          - id: \(id)
            name: {da: a, en: a}
            trigger: {act: [firstContact]}
            versions:

        """
            + versions.map {
                """
                      - {\($0), law: L, source: S, confidence: sourced, acts: [\(act)], due: {weeksAfter: 1}, text: {da: a, en: a}}

                """
            }.joined()
    }

    @Test(
        "what a citizen is told of the law is in Ukrainian too, and not in another language twice")
    func ukrainian() throws {
        let book = try RuleBook.bundled()
        let texts =
            book.duties.flatMap { [$0.name] + $0.versions.map(\.text) }
            + book.portfolios.flatMap { [$0.name, $0.basis.text] }
            + book.continuations.flatMap { [$0.name, $0.basis.text] }
        #expect(texts.count > 180)
        for text in texts {
            let isCyrillic = text.uk?.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) }
            #expect(isCyrillic == true, "\(text.da)")
            // The numbers of a rule are the same in each language.
            func numbers(_ text: String) -> [String] {
                text.split { !$0.isNumber }.map(String.init).sorted()
            }
            #expect(numbers(text.uk ?? "") == numbers(text.en), "\(text.da)")
        }
    }

    @Test("two versions may neither overlap nor leave a gap")
    func versions() throws {
        #expect(
            try problems(duty([#"from: "2020-01-01""#, #"from: "2024-01-01""#]))
                == ["9:16 versionsOverlap"])
        #expect(
            try problems(
                duty([
                    #"from: "2020-01-01", to: "2023-12-31""#,
                    #"from: "2023-12-31""#,
                ])) == ["9:16 versionsOverlap"])
        #expect(
            try problems(
                duty([
                    #"from: "2020-01-01", to: "2023-12-31""#,
                    #"from: "2024-01-02""#,
                ])) == ["9:16 versionsLeaveGap"])
        #expect(
            try problems(duty([#"from: "2020-01-01", to: "2019-12-31""#]))
                == ["8:34 endsBeforeItBegins"])
    }

    @Test("an unknown fact, a duty that stands twice, no deadline")
    func others() throws {
        let fine = #"from: "2020-01-01""#
        #expect(
            try problems(duty([fine], act: "conversaton")).map { $0.split(separator: " ")[1] } == [
                "notAWord"
            ])
        #expect(
            try problems(duty([fine]) + duty([fine])).map { $0.split(separator: " ")[1] }
                == ["duplicateId"])
        let two = duty([fine]).replacing("{weeksAfter: 1}", with: "{weeksAfter: 1, daysAfter: 1}")
        #expect(try problems(two).map { $0.split(separator: " ")[1] } == ["noSpan"])
        let neither = duty([fine]).replacing("acts: [conversation], ", with: "")
        #expect(try problems(neither).map { $0.split(separator: " ")[1] } == ["noAct"])
        let still = duty([fine]).replacing(
            "{act: [firstContact]}", with: "{newBetween: [[group1]]}")
        #expect(try problems(still).map { $0.split(separator: " ")[1] } == ["noTrigger"])
    }

    @Test("rules that set each other off in a ring are refused")
    func circle() throws {
        let fine = #"from: "2020-01-01""#
        func duty(_ id: String, from trigger: String, to act: String) -> String {
            self.duty([fine], id: id, act: act).replacing("firstContact", with: trigger)
        }
        let ring =
            duty("a", from: "planMade", to: "conversation")
            + duty("b", from: "conversation", to: "cvApproved")
            + duty("c", from: "cvApproved", to: "planMade")
        #expect(try problems(ring) == ["16:14 rulesInCircle"])
        #expect(
            try problems(duty("a", from: "planMade", to: "planMade")) == ["6:14 rulesInCircle"])
        let chain =
            duty("a", from: "planMade", to: "conversation")
            + duty("b", from: "conversation", to: "cvApproved")
        let book = try RuleBook(
            files: [(name: "rules.yaml", text: "format: 1\narea: contact\nduties:\n" + chain)])
        #expect(book.duties.count == 2)
    }

    @Test("a municipality may leave out an uncertain rule, and no other")
    func choices() throws {
        let book = try RuleBook.bundled()
        let uncertain = try #require(
            book.duties.flatMap(\.versions).first { $0.confidence == .uncertain && !$0.isProposed })
        let sourced = try #require(
            book.duties.flatMap(\.versions).first { $0.confidence == .sourced })
        func choices(_ id: String) throws(FileProblems) -> LocalChoices {
            try LocalChoices(
                "format: 1\nswitchedOff:\n  - {rule: \(id), because: decided}\n", file: "c",
                about: try StatuteBook.bundled())
        }
        let local = book.applying(try choices(uncertain.id))
        let duty = try #require(
            local.duties.first { $0.versions.contains { $0.id == uncertain.id } })
        #expect(duty.version(on: uncertain.validFrom) == nil)
        #expect(
            book.duties.flatMap(\.versions).count { $0.isSwitchedOff } == 0
                && local.duties.flatMap(\.versions).count { $0.isSwitchedOff } == 1)
        for (id, problem) in [(sourced.id, "notUncertain"), ("nothing@x", "unknownReference")] {
            let thrown = try #require(throws: FileProblems.self) { try choices(id) }
            #expect(thrown.all.map { "\($0.line) \($0.problem)" } == ["3 \(problem)"])
        }
    }

    @Test("what is proposed stands beside the law and never in it")
    func proposed() throws {
        let book = try RuleBook.bundled()
        let day = try #require(Day(iso: "2027-01-01"))
        let duty = try #require(book.duties.first { $0.id == "contact-six-months-cash" })
        #expect(duty.version(on: day)?.isProposed == false)
        #expect(duty.version(under: .proposed(day))?.isProposed == true)
        #expect(duty.version(under: .proposed(day - 1))?.isProposed == false)
        let test = try #require(book.duties.first { $0.id == "youth-reading-test" })
        #expect(test.version(on: day) != nil)
        #expect(test.version(under: .proposed(day)) == nil)
        #expect(test.version(under: .proposed(day - 1)) != nil)
    }

    @Test("every mistake has words in both languages")
    func words() throws {
        let texts = try TextCatalogue.bundled()
        for kind in FileProblem.Kind.ofRules + FileProblem.Kind.ofFacts {
            #expect(texts.has("file.problem.\(kind)"), "\(kind)")
        }
        var keys = ObligationStatus.allCases.map { "status.\($0)" }
        keys += RuleArea.allCases.map { "area.\($0)" }
        keys += RuleConfidence.allCases.map { "confidence.\($0)" }
        keys += TimeSpan.Unit.allCases.flatMap { ["span.\($0).one", "span.\($0).many"] }
        keys += Debtor.allCases.map { "debtor.\($0)" }
        keys += LawState.allCases.map { "state.\($0)" } + ActKind.allCases.map { "act.\($0)" }
        for key in keys { #expect(texts.has("law.\(key)"), "\(key)") }
    }

    @Test("spans are counted the way the acts count")
    func spans() throws {
        func day(_ unit: TimeSpan.Unit, _ count: Int, _ from: String) throws -> String? {
            TimeSpan(unit, count).day(from: try #require(Day(iso: from)))?.iso
        }
        #expect(try day(.weeksAfter, 1, "2024-01-08") == "2024-01-15")
        #expect(try day(.firstWeeks, 8, "2024-01-08") == "2024-03-03")
        #expect(try day(.firstMonths, 6, "2024-01-08") == "2024-07-07")
        #expect(try day(.firstMonths, 6, "2024-08-31") == "2025-02-27")
        #expect(try day(.monthsAfter, 1, "2024-01-31") == "2024-02-29")
        #expect(try day(.monthsBefore, 3, "2024-11-15") == "2024-08-15")
        #expect(try day(.workingDaysAfter, 1, "2024-03-27") == "2024-04-02")
        #expect(try day(.fullMonthsAfter, 3, "2024-11-15") == "2025-02-28")
        #expect(try day(.accumulatedMonths, 6, "2024-01-01") == nil)
        #expect(try day(.accumulatedHours, 410, "2024-01-01") == nil)
    }
}

@Suite("Files of facts with mistakes")
struct FactFileTests {
    private func problems(_ citizen: String) throws -> [String] {
        let thrown = try #require(throws: FileProblems.self) {
            try FactFile(
                #"{"format": 1, "citizens": [\#(citizen)]}"#, file: "facts.json",
                municipalities: try MunicipalityList.bundled())
        }
        return thrown.all.map { "\($0.path) \($0.problem)" }
    }

    @Test("every mistake with its place")
    func places() throws {
        #expect(
            try problems(#"{"id": "A", "born": "1985-03-01", "stats": []}"#)
                == ["citizens[0] unknownKey"])
        #expect(
            try problems(
                #"{"id": "A", "born": "1894-01-01", "acts": [{"act": "planMade", "on": "2024-01-01"}]}"#
            ) == ["citizens[0].born impossibleAge"])
        #expect(
            try problems(
                #"{"id": "A", "born": "1785-03-01", "offers": [{"kind": "mentor", "from": "2024-01-01"}]}"#
            ) == ["citizens[0].born impossibleAge"])
        #expect(
            try problems(
                #"{"id": "A", "born": "2025-03-01", "acts": [{"act": "planMade", "on": "2024-01-01"}]}"#
            ) == ["citizens[0].acts[0].on beforeBirth"])
        #expect(
            try problems(
                #"{"id": "A", "born": "1985-03-01", "groups": [{"group": "group2", "from": "2024-01-01"}, {"group": "group3", "from": "2024-02-01"}]}"#
            ) == ["citizens[0].groups[1].from overlapsBefore"])
        #expect(
            try problems(
                #"{"id": "A", "born": "1985-03-01", "benefits": [{"benefit": "cashBenefit", "from": "2024-02-01", "to": "2024-01-01"}]}"#
            ) == ["citizens[0].benefits[0].to endsBeforeItBegins"])
        #expect(
            try problems(#"{"id": "A", "born": "1985-03-01"}, {"id": "A", "born": "1985-03-01"}"#)
                == ["citizens[1].id duplicateId"])
    }

    @Test("a municipality must be one of the 98")
    func municipality() throws {
        func file(_ code: String) throws(FileProblems) -> FactFile {
            let list: MunicipalityList
            do { list = try MunicipalityList.bundled() } catch { fatalError("\(error)") }
            return try FactFile(
                #"{"format": 1, "municipality": "\#(code)", "citizens": [{"id": "A", "born": "1985-03-01"}]}"#,
                file: "f",
                municipalities: list)
        }
        #expect(try file("0163").municipality?.name == "Herlev")
        let thrown = try #require(throws: FileProblems.self) { try file("0999") }
        #expect(
            thrown.all.map { "\($0.path) \($0.problem)" } == ["municipality unknownMunicipality"])
    }

    @Test("two benefits may be held at once, the same one may not")
    func benefits() throws {
        let both = #"""
            {"id": "A", "born": "1985-03-01", "benefits": [
            {"benefit": "cashBenefit", "from": "2024-01-01"}, {"benefit": "flexJob", "from": "2024-01-01"}]}
            """#
        #expect(
            try FactFile(
                #"{"format": 1, "citizens": [\#(both)]}"#, file: "f",
                municipalities: try MunicipalityList.bundled()
            ).citizens.count == 1)
        #expect(
            try problems(both.replacing("flexJob", with: "cashBenefit"))
                == ["citizens[0].benefits[1].from overlapsBefore"])
    }
}
