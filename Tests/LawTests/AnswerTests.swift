import Chronology
import Parameters
import Registry
import Testing

@testable import Law

@Suite("What the law allows, with the arithmetic")
struct AnswerTests {
    private func day(_ text: String) throws -> Day { try #require(Day(iso: text)) }

    /// A workplace with so many full-time employees in each of the four months before.
    private func workplace(
        _ employees: Int, inOffers: Int = 0, kind: OfferKind = .companyInternshipPrivate,
        on starts: String = "2025-03-10"
    ) throws -> EmployerQuestion {
        let start = try day(starts)
        let week = WeeklyTime.full
        return EmployerQuestion(
            starts: start,
            work: (1...4).map { .init(Month(containing: start) - $0, hours: employees * 16_033) },
            inOffers: (0..<inOffers).map { _ in .init(kind, week) }, asked: .init(kind, week))
    }

    @Test(
        "BEK 1216/2023 §§ 65 and 83: one for 5 up to 50, one for 10 above, always one",
        arguments: [
            (0, 1), (1, 1), (9, 1), (10, 2), (14, 2), (20, 4), (24, 4), (49, 9), (50, 10),
            (59, 10), (60, 11), (250, 30),
        ])
    func ratio(_ employees: Int, _ allowed: Int) throws {
        let limits = try Limits.bundled()
        let last = try workplace(employees, inOffers: allowed - 1)
        #expect(limits.ratio(last)?.verdict == .yes)
        let oneMore = try workplace(employees, inOffers: allowed)
        #expect(limits.ratio(oneMore)?.verdict == .no)
    }

    @Test("fractions of full-time count on both sides, and only the latest four months")
    func fractions() throws {
        let limits = try Limits.bundled()
        var question = try workplace(10, inOffers: 1)
        // 9.99 full-time employees are not ten.
        question.work[0].hours -= 641
        #expect(limits.ratio(question)?.verdict == .no)
        question.work.append(.init(Month(containing: question.starts) - 5, hours: 16_033))
        question.work.append(.init(Month(containing: question.starts), hours: 16_033))
        #expect(limits.ratio(question)?.verdict == .no)
        question.asked.weekly = WeeklyTime(minutes: 0)
        #expect(limits.ratio(question)?.verdict == .yes)
    }

    @Test("community work was counted until the end of 2024, and is not limited since")
    func communityWork() throws {
        let limits = try Limits.bundled()
        let before = try workplace(5, inOffers: 1, kind: .communityWork, on: "2024-12-31")
        #expect(limits.ratio(before)?.verdict == .no)
        let after = try workplace(5, inOffers: 1, kind: .communityWork, on: "2025-01-01")
        #expect(limits.ratio(after)?.verdict == .yes)
    }

    @Test("a wage subsidy must come on top of the average of twelve months")
    func netEmployment() throws {
        let limits = try Limits.bundled()
        var question = try workplace(4, kind: .wageSubsidyPrivate)
        let first = Month(containing: question.starts)
        // Six months of four employees and six of two: three on average; empty months are
        // left out.
        question.work = (1...12).map { .init(first - $0, hours: ($0 <= 6 ? 4 : 2) * 16_033) }
        question.work.append(.init(first - 13, hours: 90 * 16_033))
        #expect(limits.netEmployment(question, now: 3 * 16_033)?.verdict == .yes)
        #expect(limits.netEmployment(question, now: 2 * 16_033)?.verdict == .no)
        question.work = [.init(first - 1, hours: 2 * 16_033), .init(first - 2, hours: 0)]
        #expect(limits.netEmployment(question, now: 16_033)?.verdict == .no)
        #expect(limits.netEmployment(question, now: 16_034)?.verdict == .yes)
        question.work = []
        #expect(limits.netEmployment(question, now: 0)?.verdict == .yes)
        question.asked.kind = .companyInternshipPrivate
        #expect(limits.netEmployment(question, now: 0) == nil)
    }

    @Test("BEK §§ 65(5) and 83(5): some are neither counted nor limited")
    func outsideRatio() throws {
        let limits = try Limits.bundled()
        var question = try workplace(5, inOffers: 1, kind: .wageSubsidyPrivate)
        #expect(limits.ratio(question)?.verdict == .no)
        question.inOffers[0].isOutsideRatio = true
        #expect(limits.ratio(question)?.verdict == .yes)
        question.inOffers[0].isOutsideRatio = false
        question.asked.isOutsideRatio = true
        #expect(limits.ratio(question)?.verdict == .yes)
    }

    @Test("LAB §§ 58(3) and 66: the sick-listed keep a job by an internship, not by a subsidy")
    func employedSickListed() throws {
        func verdict(
            _ kind: OfferKind, _ group: TargetGroup, employed: Bool, last: Bool = false
        ) throws -> Answer.Verdict {
            try offer(kind, group, "2025-03-03", "2025-03-30") {
                ($0.isEmployed, $0.isAtLastEmployer, $0.monthsOnBenefits) = (employed, last, 6)
            }.verdict
        }
        let internship = OfferKind.companyInternshipPrivate
        for group in [TargetGroup.group6, .group7] {
            #expect(try verdict(internship, group, employed: true, last: true) == .yes)
            #expect(try verdict(internship, group, employed: false, last: true) == .no)
            for kind in [OfferKind.wageSubsidyPrivate, .wageSubsidyPublic] {
                #expect(try verdict(kind, group, employed: true) == .no)
                #expect(try verdict(kind, group, employed: false) == .yes)
                #expect(try verdict(kind, .group3, employed: true) == .yes)
            }
        }
        #expect(try verdict(internship, .group2, employed: true, last: true) == .no)
    }

    private func offer(
        _ kind: OfferKind, _ group: TargetGroup, _ from: String, _ to: String,
        _ change: (inout OfferQuestion) -> Void = { _ in }
    ) throws -> Answer {
        var question = OfferQuestion(
            kind, starts: try day(from), ends: try day(to), group: group, age: 40)
        change(&question)
        return try #require(try Limits.bundled().offer(question))
    }

    @Test("community work for the insured only tests whether they are available")
    func communityWorkAsTest() throws {
        for day in ["2024-03-04", "2025-03-03"] {
            for isTest in [true, false] {
                let insured = try offer(.communityWork, .group1, day, day) { $0.isTest = isTest }
                #expect(insured.verdict == (isTest ? .yes : .no))
                let other = try offer(.communityWork, .group3, day, day) { $0.isTest = isTest }
                #expect(other.verdict == .yes)
            }
        }
    }

    @Test("LAB § 61: internships of 4 and 13 weeks, and 26 after an assessment")
    func internships() throws {
        #expect(
            try offer(.companyInternshipPrivate, .group1, "2025-03-03", "2025-03-30").verdict
                == .yes)
        #expect(
            try offer(.companyInternshipPrivate, .group1, "2025-03-03", "2025-03-31").verdict == .no
        )
        #expect(
            try offer(.companyInternshipPublic, .group3, "2025-03-03", "2025-06-01").verdict == .yes
        )
        let long = try offer(.companyInternshipPublic, .group3, "2025-03-03", "2025-06-02")
        #expect(long.verdict == .no)
        #expect(long.steps.contains { $0.text == "offer.mayExtend.weeks" })
        let assessed = try offer(.companyInternshipPublic, .group3, "2025-03-03", "2025-08-31") {
            $0.isExtended = true
        }
        #expect(assessed.verdict == .yes)
        #expect(
            try offer(.companyInternshipPrivate, .group12, "2025-03-03", "2025-06-01") {
                $0.category = .activityReady
            }.verdict == .yes)
        #expect(
            try offer(.companyInternshipPrivate, .group12, "2025-03-03", "2025-06-01") {
                $0.category = .jobReady
            }.verdict == .no)
        #expect(
            try offer(.companyInternshipPrivate, .group1, "2025-03-03", "2025-03-30") {
                $0.isAtLastEmployer = true
            }.verdict == .no)
    }

    @Test("LAB §§ 66-69: wage subsidy, who, how long, and six months before it")
    func wageSubsidies() throws {
        func subsidy(
            _ kind: OfferKind, _ group: TargetGroup, to end: String, months: Int = 6,
            _ change: (inout OfferQuestion) -> Void = { _ in }
        ) throws -> Answer.Verdict {
            try offer(kind, group, "2025-03-01", end) {
                $0.monthsOnBenefits = months
                change(&$0)
            }.verdict
        }
        #expect(try subsidy(.wageSubsidyPrivate, .group2, to: "2025-08-31") == .yes)
        #expect(try subsidy(.wageSubsidyPrivate, .group2, to: "2025-09-01") == .no)
        #expect(try subsidy(.wageSubsidyPublic, .group2, to: "2025-06-30") == .yes)
        #expect(try subsidy(.wageSubsidyPublic, .group2, to: "2025-07-01") == .no)
        #expect(
            try subsidy(.wageSubsidyPrivate, .group3, to: "2026-02-28") { $0.isExtended = true }
                == .yes)
        #expect(try subsidy(.wageSubsidyPrivate, .group2, to: "2025-08-31", months: 5) == .no)
        #expect(
            try subsidy(.wageSubsidyPrivate, .group2, to: "2025-08-31", months: 5) {
                $0.isQualified = false
            } == .yes)
        #expect(
            try subsidy(.wageSubsidyPrivate, .group2, to: "2025-08-31", months: 5) { $0.age = 50 }
                == .no)
        #expect(
            try subsidy(.wageSubsidyPrivate, .group2, to: "2025-08-31", months: 5) { $0.age = 51 }
                == .yes)
        #expect(
            try subsidy(.wageSubsidyPrivate, .group2, to: "2025-08-31", months: 5) {
                $0.isSingleParent = true
            } == .yes)
        // Public wage subsidy for the sick-listed asks for no months before.
        #expect(try subsidy(.wageSubsidyPrivate, .group6, to: "2025-05-31", months: 0) == .no)
        #expect(try subsidy(.wageSubsidyPublic, .group6, to: "2025-05-31", months: 0) == .yes)
        #expect(try subsidy(.wageSubsidyPrivate, .group9, to: "2025-05-31") == .no)
        #expect(try subsidy(.wageSubsidyPrivate, .group13, to: "2025-05-31") == .no)
        #expect(try subsidy(.wageSubsidyPrivate, .group11, to: "2035-05-31", months: 0) == .yes)
        #expect(
            try subsidy(.wageSubsidyPrivate, .group4, to: "2025-05-31") {
                $0.category = .obviouslyEducationReady
            } == .no)
    }

    @Test("community work had 13 weeks until 2025, and mentors have 6 months at a time")
    func others() throws {
        #expect(try offer(.communityWork, .group2, "2024-12-31", "2025-04-01").verdict == .no)
        #expect(try offer(.communityWork, .group2, "2025-01-01", "2025-12-31").verdict == .yes)
        #expect(try offer(.communityWork, .group6, "2025-01-01", "2025-01-31").verdict == .no)
        #expect(try offer(.communityWork, .group2, "2024-12-01", "2024-12-31").verdict == .yes)
        #expect(try offer(.communityWork, .group2, "2025-01-01", "2025-01-31").verdict == .yes)
        let refugee = TargetGroup.integrationProgramme
        #expect(try offer(.communityWork, refugee, "2024-12-31", "2024-12-31").verdict == .no)
        #expect(try offer(.communityWork, refugee, "2025-01-01", "2025-12-31").verdict == .yes)
        #expect(try offer(.mentor, .group6, "2025-01-01", "2025-06-30").verdict == .yes)
        #expect(try offer(.mentor, .group6, "2025-01-01", "2025-07-01").verdict == .no)
    }

    @Test(
        "the state's share falls with the weeks, and a year of self-support begins anew",
        arguments: [
            (1, 80), (4, 80), (5, 40), (26, 40), (27, 30), (52, 30), (53, 20), (300, 20),
        ])
    func refund(_ week: Int, _ percent: Int) throws {
        let limits = try Limits.bundled()
        let on = try day("2025-01-01")
        #expect(limits.refund(weeks: week, selfSupport: 51, since: 1, on: on)?.percent == percent)
        #expect(limits.refund(weeks: 400, selfSupport: 52, since: week, on: on)?.percent == percent)
    }

    @Test("limits about the same follow one another, and a day with two or none is refused")
    func limitsInOrder() throws {
        func problems(_ first: String, _ second: String) throws -> [String] {
            let basis = { (dates: String) in
                """
                  - {\(dates), law: a, source: b, confidence: sourced, text: {da: c, en: d},
                     hours: 37, preparationHours: 4}

                """
            }
            let thrown = try #require(throws: FileProblems.self) {
                try Limits("workDuty:\n" + basis(first) + basis(second), file: "limits.yaml")
            }
            return thrown.all.filter { $0.problem.rawValue != "missingKey" }
                .map { "\($0.line) \($0.problem)" }
        }
        let open = #"from: "2025-01-01""#
        let closed = #"from: "2025-01-01", to: "2025-12-31""#
        #expect(try problems(open, #"from: "2026-01-01""#) == ["4 versionsOverlap"])
        #expect(try problems(closed, #"from: "2025-12-31""#) == ["4 versionsOverlap"])
        #expect(try problems(closed, #"from: "2026-01-02""#) == ["4 versionsLeaveGap"])
        #expect(try problems(closed, #"from: "2026-01-01""#) == [])
        #expect(
            try problems(#"from: "2025-01-01", to: "2024-12-31""#, open).first
                == "2 endsBeforeItBegins")
    }

    @Test("every line has words in both languages, and mistakes in a file have their places")
    func words() throws {
        let texts = try TextCatalogue.bundled()
        let limits = try Limits.bundled()
        let file = try QuestionFile(
            """
            format: 1
            questions:
              - ratio: {starts: "2025-03-10", work: [{month: "2025-02", hours: 1603.3}], asked: {kind: communityWork, hoursPerWeek: 37}}
              - ratio: {starts: "2025-03-10", work: [{month: "2025-02", hours: 1603.3}], asked: {kind: wageSubsidyPrivate, hoursPerWeek: 18.5}}
              - netEmployment: {starts: "2025-03-10", now: 160.33, work: [{month: "2025-02", hours: 1603.3}], asked: {kind: wageSubsidyPrivate, hoursPerWeek: 37}}
              - offer: {kind: companyInternshipPrivate, starts: "2025-03-01", ends: "2025-12-01", group: group3, age: 30, lastEmployer: true}
              - offer: {kind: wageSubsidyPrivate, starts: "2025-03-01", ends: "2025-12-01", group: group3, age: 30, qualified: false, extended: true}
              - offer: {kind: wageSubsidyPrivate, starts: "2025-03-01", ends: "2025-12-01", group: group3, age: 30}
              - offer: {kind: communityWork, starts: "2025-03-01", ends: "2025-12-01", group: group3, age: 30}
              - sanction: {breach: refusedWork, on: "2025-03-01", decided: "2025-04-01", category: activityReady, help: 9000}
              - cashBenefit: {on: "2025-09-01", age: 22, residenceMonths: 20, workMonths: 3, atHome: true}
              - cashBenefit: {on: "2025-09-01", age: 22, residenceMonths: 20, workMonths: 3}
              - cashBenefit: {on: "2025-09-01", age: 22, residenceMonths: 20, workMonths: 3, underEULaw: true}
              - cashBenefit: {on: "2025-09-01", age: 42, residenceMonths: 120, workMonths: 90}
              - cashBenefit: {on: "2025-09-01", age: 42, residenceMonths: 120, workMonths: 9, returned: true}
              - sanction: {breach: notBooked, on: "2025-09-01", resumed: "2025-09-03", decided: "2025-09-10", category: jobReady, help: 9000}
              - sanction: {breach: refusedWork, on: "2025-09-01", decided: "2025-09-10", category: jobReady, help: 9000, secondInMonth: true}
              - offer: {kind: companyInternshipPrivate, starts: "2025-03-01", ends: "2025-03-20", group: group6, age: 40, employed: true}
              - workDuty: {on: "2025-09-01", workHours: 30.5, preparationHours: 7}
              - sixWeeks: {unemployedFrom: "2025-01-06", starts: "2025-02-10", ends: "2025-03-23", age: 40}
              - refund: {on: "2025-03-01", weeks: 3}
              - refund: {on: "2025-03-01", weeks: 99, selfSupportWeeks: 60, weeksSince: 2}
            """, file: "q", about: try EntitlementBook.bundled())
        #expect(file.questions.count == 20)
        for language in Language.allCases {
            let words = LawTexts(texts, language)
            for question in file.questions {
                let answer = try #require(limits.answer(question))
                for line in words.lines(answer) {
                    #expect(!line.contains("[") && !line.contains("{"), "\(line)")
                }
            }
        }
        let thrown = try #require(throws: FileProblems.self) {
            try QuestionFile(
                """
                format: 1
                questions:
                  - offer: {kind: mentor, starts: "2025-03-02", ends: "2025-03-01", group: group3, age: 30}
                  - {refund: {on: "2025-03-01", weeks: 3}, sanction: {breach: refusedWork, on: "2025-03-01", decided: "2025-02-01", category: jobReady, help: 1}}
                """, file: "q", about: try EntitlementBook.bundled())
        }
        #expect(
            thrown.all.map { "\($0.line) \($0.problem)" }
                == ["3 endsBeforeItBegins", "4 oneQuestion"])
        #expect(FileProblem.Kind.ofQuestions.allSatisfy { texts.has("file.problem.\($0)") })
    }
}
