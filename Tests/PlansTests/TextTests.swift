import Chronology
import Indicators
import Parameters
import Plans
import Testing

@Suite("The room's words")
struct TextTests {
    @Test("numbers and units the Danish and the English way")
    func quantities() throws {
        let catalogue = try Examples.texts()
        let da = PlanTexts(catalogue, .da)
        let en = PlanTexts(catalogue, .en)
        #expect(da.quantity(1380.45, .fullTimePersons) == "1.380,5 fuldtidspersoner")
        #expect(en.quantity(1380.45, .fullTimePersons) == "1,380.5 full-time persons")
        #expect(da.quantity(1, .persons) == "1 person")
        #expect(da.quantity(75, .percent) == "75 procent")
        #expect(en.quantity(-0.04, .percent) == "0 percent")
        #expect(da.number(-1_234_567.891, decimals: 2) == "-1.234.567,89")
        #expect(da.number(0.999, decimals: 1) == "1")
        #expect(da.number(0.05, decimals: 2) == "0,05")
    }

    @Test("periods and days")
    func periods() throws {
        let da = PlanTexts(try Examples.texts(), .da)
        let en = PlanTexts(try Examples.texts(), .en)
        #expect(try da.period(#require(Period("2024MYTD06"))) == "januar-juni 2024")
        #expect(try da.period(#require(Period("2024MYTD01"))) == "januar 2024")
        #expect(try da.period(#require(Period("2024Q2"))) == "2. kvartal 2024")
        #expect(try en.period(#require(Period("2024QMAT04"))).contains("quarter 4 of 2024"))
        #expect(try en.day(#require(Day(iso: "2024-02-29"))) == "29 February 2024")
    }

    @Test("every value of every list has its word")
    func words() throws {
        let catalogue = try Examples.texts()
        var keys = Verdict.allCases.map { "verdict.\($0)" }
        keys += TrafficLight.allCases.map { "light.\($0)" }
        keys += FigureOrigin.allCases.map { "origin.\($0)" }
        keys += PlanGoal.Issuer.allCases.map { "issuer.\($0)" }
        keys += Effort.Status.allCases.map { "effort.\($0)" }
        keys += [.held, .due, .missing, .upcoming].map { (s: DutyStatus.State) in "duty.\(s)" }
        keys += TargetShape.Key.allCases.flatMap { ["shape.\($0)", "field.\($0)"] }
        keys += Unit.allCases.flatMap { ["unit.\($0)", "amount.\($0).one", "amount.\($0).many"] }
        keys += RecurringDuty.Interval.allCases.flatMap {
            ["recurrence.\($0)", "recurrence.\($0)Once"]
        }
        keys += MeasuringInterval.allCases.map { "every.\($0)" }
        keys += Needed.Kind.allCases.flatMap {
            ["explanation.needed.\($0)", "explanation.needed.\($0)One"]
        }
        for key in keys { #expect(catalogue.has("plans.\(key)"), "\(key)") }
        for kind in FileProblem.Kind.shared + FileProblem.Kind.ofPlans {
            #expect(catalogue.has("file.problem.\(kind)"), "\(kind)")
        }
    }

    @Test("a target that is expected to fail is not called uncertain")
    func redIsNotYellow() throws {
        let da = PlanTexts(try Examples.texts(), .da)
        let target = try #require(Examples.plan("herlev-2024-2025").target("flex-jobs"))
        var status = TargetStatus(target: target)
        status.verdict = .atRisk
        status.light = .yellow
        #expect(da.verdict(of: status) == "I fare")
        status.light = .red
        #expect(da.verdict(of: status) == "I fare, ventes ikke nået")
    }

    @Test("a recurring duty says how often")
    func recurrence() throws {
        let da = PlanTexts(try Examples.texts(), .da)
        let herlev = try Examples.plan("herlev-2024-2025")
        let hilleroed = try Examples.plan("hilleroed-2024")
        #expect(da.recurrence(try #require(herlev.duty("user-survey"))) == "2 gange om året")
        #expect(
            da.recurrence(try #require(hilleroed.duty("quarterly-seniors"))) == "hvert kvartal")
    }
}
