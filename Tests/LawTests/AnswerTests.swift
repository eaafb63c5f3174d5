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

    private func offer(
        _ kind: OfferKind, _ group: TargetGroup, _ from: String, _ to: String,
        _ change: (inout OfferQuestion) -> Void = { _ in }
    ) throws -> Answer {
        var question = OfferQuestion(
            kind, starts: try day(from), ends: try day(to), group: group, age: 40)
        change(&question)
        return try #require(try Limits.bundled().offer(question))
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
        #expect(try offer(.mentor, .group6, "2025-01-01", "2025-06-30").verdict == .yes)
        #expect(try offer(.mentor, .group6, "2025-01-01", "2025-07-01").verdict == .no)
    }

    private func sanction(
        _ change: (inout SanctionQuestion) -> Void = { _ in }
    ) throws -> Answer {
        var question = SanctionQuestion(
            .missedConversation, on: try day("2025-09-10"), decided: try day("2025-10-01"),
            category: .jobReady, guided: try day("2025-08-01"), isTold: true, isHeard: true,
            hadReasonableGround: false, isContactExhausted: false, help: 12_498, days: 3)
        change(&question)
        return try #require(try Limits.bundled().sanction(question))
    }

    private func sum(_ answer: Answer) -> Answer.Value? { answer.steps.last?.values["sum"] }

    @Test("LAS §§ 35-40: each precondition alone stops a sanction")
    func sanctions() throws {
        #expect(try sanction().verdict == .yes)
        #expect(sum(try sanction()) == .count(1_800))
        #expect(try sanction { $0.guided = nil }.verdict == .no)
        #expect(try sanction { $0.guided = Day(iso: "2025-09-11") }.verdict == .no)
        #expect(try sanction { $0.isTold = false }.verdict == .no)
        #expect(try sanction { ($0.isTold, $0.breach) = (false, .absentFromOffer) }.verdict == .yes)
        #expect(try sanction { $0.isHeard = false }.verdict == .no)
        #expect(try sanction { $0.hadReasonableGround = true }.verdict == .no)
        #expect(try sanction { $0.category = .activityReady }.verdict == .no)
        #expect(
            try sanction { ($0.category, $0.isContactExhausted) = (.activityReady, true) }.verdict
                == .yes)
        #expect(try sanction { $0.decided = Day(iso: "2025-12-31")! }.verdict == .yes)
        #expect(try sanction { $0.decided = Day(iso: "2026-01-01")! }.verdict == .no)
        #expect(sum(try sanction { $0.breach = .refusedWork }) == .count(1_800))
        #expect(sum(try sanction { ($0.help, $0.days) = (900, 30) }) == .count(900))
        #expect(sum(try sanction { $0.help = 6_788 }) == .count(600))
        #expect(sum(try sanction { $0.help = 6_789 }) == .count(1_350))
        #expect(sum(try sanction { $0.help = 9_990 }) == .count(1_800))
        #expect(sum(try sanction { $0.help = 14_217 }) == .count(2_250))
        #expect(try sanction { $0.guided = nil }.basis.law.contains("reguleret"))
    }

    @Test(
        "the day's rate by the month's help, in each time",
        arguments: [
            ("2024-05-02", 5_499, 200), ("2024-05-02", 5_500, 400), ("2025-06-30", 9_700, 400),
            ("2025-06-30", 9_701, 600), ("2025-06-30", 13_200, 600), ("2025-06-30", 13_201, 700),
            ("2025-07-01", 6_788, 200), ("2025-12-31", 6_789, 450), ("2025-12-31", 9_990, 600),
            ("2025-12-31", 14_217, 750),
        ])
    func dayRates(_ on: String, _ help: Int, _ kroner: Int) throws {
        let answer = try sanction {
            ($0.day, $0.help, $0.days) = (Day(iso: on)!, help, 1)
        }
        #expect(sum(answer) == .count(kroner))
        #expect(answer.basis.confidence == .uncertain)
        // The rates of 2026 have not been found, and none are made up.
        let later = SanctionQuestion(
            .missedConversation, on: try day("2026-01-01"), decided: try day("2026-01-05"),
            category: .jobReady, guided: nil, isTold: true, isHeard: true,
            hadReasonableGround: false, isContactExhausted: true, help: help, days: 1)
        #expect(try Limits.bundled().sanction(later) == nil)
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

    private func cash(
        age: Int, residence: Int = 108, work: Int = 30, atHome: Bool = false, eu: Bool = false,
        on: String = "2025-09-01"
    ) throws -> (Answer.Verdict, Answer.Value?, hasWorkDuty: Bool)? {
        let question = CashQuestion(
            on: try day(on), age: age, residenceMonths: residence, workMonths: work,
            isAtHome: atHome, isUnderEULaw: eu)
        return try Limits.bundled().cashBenefit(question).map { answer in
            (
                answer.verdict,
                answer.steps.first { $0.text.hasPrefix("cash.rate") }?.values["kroner"],
                answer.steps.contains { $0.text == "cash.workDuty" }
            )
        }
    }

    @Test("LAS §§ 11 and 16-19: the requirements and the rate that follows")
    func cashBenefit() throws {
        #expect(try #require(try cash(age: 30)) == (.yes, .count(12_498), false))
        #expect(try #require(try cash(age: 25)) == (.yes, .count(12_498), false))
        #expect(try #require(try cash(age: 24)) == (.yes, .count(7_205), false))
        #expect(try #require(try cash(age: 29, atHome: true)) == (.yes, .count(2_925), false))
        #expect(try #require(try cash(age: 30, atHome: true)) == (.yes, .count(12_498), false))
        #expect(try #require(try cash(age: 40, residence: 107)) == (.no, .count(6_789), true))
        #expect(try #require(try cash(age: 40, work: 29)) == (.no, .count(6_789), true))
        #expect(
            try #require(try cash(age: 22, work: 0, atHome: true)) == (.no, .count(2_925), true))
        #expect(
            try #require(try cash(age: 28, residence: 3, work: 3, eu: true))
                == (.yes, .count(7_205), false))
        #expect(try #require(try cash(age: 30, on: "2026-03-01")) == (.yes, .count(13_060), false))
        #expect(try cash(age: 30, on: "2025-06-30") == nil)
    }

    @Test("LAB § 105 a: 37 hours, of which at most 4 are preparation and job search")
    func workDuty() throws {
        let limits = try Limits.bundled()
        let on = try day("2025-03-03")
        func verdict(_ work: Int, _ preparation: Int, _ assessed: Int? = nil) -> Answer.Verdict? {
            limits.workDuty(
                WorkWeek(on: on, work: work, preparation: preparation, assessed: assessed))?.verdict
        }
        #expect(verdict(33 * 60, 240) == .yes)
        #expect(verdict(33 * 60 - 1, 240) == .no)
        #expect(verdict(33 * 60 - 1, 600) == .no)
        #expect(verdict(37 * 60, 0) == .yes)
        #expect(verdict(20 * 60, 0, 20 * 60) == .yes)
        #expect(
            limits.workDuty(WorkWeek(on: try day("2024-12-31"), work: 0, preparation: 0)) == nil)
    }

    @Test("LAB § 48: after five weeks, for six weeks, within six or nine months")
    func sixWeeks() throws {
        func verdict(
            _ starts: String, _ ends: String, age: Int = 40, _ group: TargetGroup = .group1
        ) throws -> Answer.Verdict? {
            try Limits.bundled().sixWeeks(
                SixWeeksQuestion(
                    unemployedFrom: try day("2025-01-06"), starts: try day(starts),
                    ends: try day(ends), age: age, group: group))?.verdict
        }
        #expect(try verdict("2025-02-10", "2025-03-23") == .yes)
        #expect(try verdict("2025-02-09", "2025-03-22") == .no)
        #expect(try verdict("2025-02-10", "2025-03-24") == .no)
        #expect(try verdict("2025-09-01", "2025-10-05") == .yes)
        #expect(try verdict("2025-09-01", "2025-10-06") == .no)
        #expect(try verdict("2025-06-01", "2025-07-05", age: 24) == .yes)
        #expect(try verdict("2025-06-01", "2025-07-06", age: 24) == .no)
        #expect(try verdict("2025-06-01", "2025-07-06", age: 25) == .yes)
        #expect(try verdict("2025-06-01", "2025-07-06", age: 24, .group9) == .yes)
        #expect(try verdict("2025-02-10", "2025-03-23", .group2) == .no)
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
              - workDuty: {on: "2025-09-01", workHours: 30.5, preparationHours: 7}
              - sixWeeks: {unemployedFrom: "2025-01-06", starts: "2025-02-10", ends: "2025-03-23", age: 40}
              - refund: {on: "2025-03-01", weeks: 3}
              - refund: {on: "2025-03-01", weeks: 99, selfSupportWeeks: 60, weeksSince: 2}
            """, file: "q", about: try EntitlementBook.bundled())
        #expect(file.questions.count == 16)
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
