import Chronology
import Foundation
import Indicators
import Parameters
import Plans
import Testing

@Suite("The two plans that ship")
struct ShippedPlanTests {
    @Test("read without a problem", arguments: Examples.shipped)
    func readsClean(_ id: String) throws {
        let texts = try Examples.texts()
        do {
            let plan = try Examples.plan(id)
            #expect(plan.id == id)
            #expect(plan.period.start == Day(iso: "2024-01-01"))
        } catch let problems as FileProblems {
            for problem in problems.all { Issue.record("\(problem.line(in: .en, texts))") }
        }
    }

    @Test("Herlev: eight goals, every effort keyword, every result target")
    func herlev() throws {
        let plan = try Examples.plan("herlev-2024-2025")
        #expect(plan.goals.filter { $0.issuer == .minister }.map(\.number) == [1, 2, 3, 4, 5])
        #expect(plan.goals.filter { $0.issuer == .local }.map(\.number) == [1, 2, 3])
        for id in [
            "klapjob", "ips", "sosu-adult-pupils", "education-lift", "regional-training-fund",
            "partnership-agreements", "education-institutions", "company-based-effort",
            "social-enterprises", "psychiatry", "disability-compensation", "flex-and-small-jobs",
            "my-plan", "citizens-adviser", "quality-action-plan", "fvu", "social-allowance-card",
            "fast-track", "job-shops", "job-broker", "danish-course", "partial-return",
        ] {
            #expect(plan.effort(id) != nil, "\(id)")
        }
        #expect(plan.target("company-based-offers")?.shape == .moreThan(.year(2023)))
        #expect(plan.target("sickness-persons")?.shape == .lessThan(.year(2023)))
        #expect(plan.target("local-match")?.shape == .shareAtLeast(Quantity(50, .percent)))
        #expect(plan.target("flex-jobs")?.shape == .atLeast(Quantity(380, .fullTimePersons)))
        #expect(plan.target("persons-in-small-jobs")?.shape == .cumulative(Quantity(60, .persons)))
        #expect(
            plan.target("refugees-self-supporting")?.shape == .shareAtLeast(Quantity(75, .percent)))
        #expect(plan.target("education-aid")?.shape == .atMost(Quantity(95, .fullTimePersons)))
        #expect(plan.target("user-survey-2024")?.shape == .held(duty: "user-survey", times: 2))
    }

    @Test("Hillerød: six quarterly headings and the two national focus targets")
    func hilleroed() throws {
        let plan = try Examples.plan("hilleroed-2024")
        let quarterly = plan.duties.filter { $0.per == .quarter && $0.times == 1 }
        #expect(quarterly.count == 6)
        #expect(Set(quarterly.map(\.answers)) == ["committee"])
        #expect(
            plan.target("focus-offers")?.shape == .ceiling(Quantity(30, .percent), every: .year))
        #expect(
            plan.target("focus-conversations")?.shape
                == .ceiling(Quantity(20, .percent), every: .year))
        #expect(plan.adopted == Month(year: 2023, month: 12)?.range)
    }

    @Test(
        "every goal has a target and somebody answers for every effort", arguments: Examples.shipped
    )
    func nothingHangsLoose(_ id: String) throws {
        let plan = try Examples.plan(id)
        for goal in plan.goals {
            #expect(plan.targets.contains { $0.goals.contains(goal.id) }, "\(goal.id)")
            #expect(plan.efforts.contains { $0.goals.contains(goal.id) }, "\(goal.id)")
        }
        let answering = Set(plan.efforts.map(\.answers) + plan.duties.map(\.answers))
        #expect(answering == Set(plan.roles.map(\.id)))
    }

    @Test("use their own words", arguments: Examples.shipped)
    func ownWords(_ id: String) throws {
        guard let text = Examples.publishedText(id) else {
            print("skipped 1: the published text of \(id) is not at hand")
            return
        }
        let plan = try Examples.plan(id)
        let sentences = Set(
            SentenceSplitter.sentences(of: text).map { $0.text.lowercased() }.filter {
                $0.split(separator: " ").count > 4
            })
        let words =
            plan.goals.map(\.text.da) + plan.focusAreas.map(\.text.da) + plan.efforts.map(\.text.da)
            + plan.duties.map(\.text.da) + plan.targets.map(\.text.da)
        for phrase in words { #expect(!sentences.contains(phrase.lowercased()), "\(phrase)") }
    }
}
