import Chronology
import Identifiers
import Registry
import Testing

@testable import Simulation

/// The oracle on lives made up by hand, with figures worked out on paper.
@Suite("The oracle")
struct OracleTests {
    private let herlev = MunicipalityCode(number: 163)

    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    private func citizen(_ number: Int64, born: String = "1990-05-04") throws -> Citizen {
        Citizen(
            id: CitizenID(number), cpr: try CPR("640590-\(1_000 + number)"), givenName: "Asta",
            familyName: "Holm", sex: .female, born: try day(born), origin: .danish)
    }

    private func spell(
        _ id: Int64, _ benefit: Benefit, _ start: String, _ end: String?, citizen: Int64 = 1,
        minutes: Int32 = 2_220
    ) throws -> Fact {
        .benefitSpell(
            BenefitSpell(
                id: FactID(id), citizen: CitizenID(citizen), benefit: benefit,
                start: try day(start), end: try end.map { try day($0) },
                degree: WeeklyTime(minutes: minutes)))
    }

    private func oracle(_ facts: [Fact], through: String = "2025-12-31") throws -> Oracle {
        let home = Residence(
            id: FactID(1), citizen: CitizenID(1), start: try day("1990-05-04"), end: nil)
        return Oracle(
            Truth(
                municipality: herlev, through: try day(through),
                facts: [.citizen(try citizen(1)), .residence(home)] + facts))
    }

    private func value(_ oracle: Oracle, _ id: String, _ period: String) throws -> Double? {
        let period = try #require(Period(period))
        let expected = oracle.expected(id, period)
        return try #require(expected).value
    }

    @Test("Full-time persons of half a month, of a part-time degree and of a quarter")
    func fullTime() throws {
        let half = try oracle([spell(1, .cashBenefit, "2024-11-01", "2024-11-15")])
        #expect(try value(half, "full-time-persons", "2024M11") == 0.5)
        #expect(try value(half, "persons", "2024M11") == 1)
        let part = try oracle([
            spell(1, .unemploymentBenefit, "2024-04-01", "2024-04-30", minutes: 600)
        ])
        let found = try value(part, "full-time-persons", "2024M04") ?? 0
        #expect(abs(found - 0.2703) < 5e-5)
        let quarter = try oracle([spell(1, .cashBenefit, "2024-01-01", "2024-02-14")])
        let three = try value(quarter, "full-time-persons", "2024Q1") ?? 0
        #expect(abs(three - 45.0 / 91) < 1e-9)
    }

    @Test("Two benefits on one day are capped at a full week")
    func capped() throws {
        let both = try oracle([
            spell(1, .flexJob, "2024-01-01", nil), spell(2, .sicknessBenefit, "2024-01-01", nil),
        ])
        #expect(try value(both, "full-time-persons", "2024M03") == 2)
        #expect(try value(both, "full-time-persons-capped", "2024M03") == 1)
    }

    @Test("Only a whole empty calendar month ends a spell")
    func spellRule() throws {
        let one = try oracle([
            spell(1, .cashBenefit, "2024-03-01", "2024-03-20"),
            spell(2, .cashBenefit, "2024-04-25", "2024-06-10"),
        ])
        #expect(try value(one, "spells-begun", "2024Y01") == 1)
        #expect(try value(one, "spells-ended", "2024Y01") == 1)
        let two = try oracle([
            spell(1, .cashBenefit, "2024-03-01", "2024-03-20"),
            spell(2, .cashBenefit, "2024-05-02", "2024-06-10"),
        ])
        #expect(try value(two, "spells-begun", "2024Y01") == 2)
        #expect(try value(two, "spells-ended", "2024M03") == 1)
        #expect(try value(two, "mean-duration-ended", "2024M03") == 20.0 / 7)
        let fresh = try oracle(
            [spell(1, .cashBenefit, "2024-03-01", "2024-03-20")], through: "2024-04-29")
        #expect(try value(fresh, "spells-ended", "2024M03") == 0)
        #expect(try value(fresh, "spells-open-end", "2024M03") == 1)
    }

    @Test("A shift to cash benefit continues a self-support spell, a sickness case takes no gap")
    func continued() throws {
        let shift = try oracle([
            spell(1, .selfSupportAllowance, "2024-03-01", "2024-03-20"),
            spell(2, .cashBenefit, "2024-03-25", "2024-06-10"),
        ])
        #expect(try value(shift, "spells-begun", "2024Y01") == 1)
        let sick = try oracle([
            spell(1, .sicknessBenefit, "2024-03-01", "2024-03-20"),
            spell(2, .sicknessBenefit, "2024-03-22", "2024-06-10"),
        ])
        #expect(try value(sick, "spells-begun", "2024Y01") == 2)
    }

    @Test("Where people are after a spell")
    func exits() throws {
        let ended = try spell(1, .unemploymentBenefit, "2024-01-01", "2024-03-31")
        func work(_ start: String) throws -> Fact {
            .employment(
                Employment(
                    id: FactID(1), citizen: CitizenID(1), kind: .ordinary, start: try day(start),
                    end: nil, weekly: .full))
        }
        let soon = try oracle([ended, work("2024-04-10")])
        #expect(try value(soon, "exit-to-work-1m", "2024M03") == 100)
        let late = try oracle([ended, work("2024-05-10")])
        #expect(try value(late, "exit-to-work-1m", "2024M03") == 0)
        #expect(try value(late, "exit-to-self-support-1m", "2024M03") == 100)
        #expect(try value(late, "exit-to-work-3m", "2024M03") == 100)
        let sick = try oracle([
            ended, work("2024-04-10"), spell(2, .sicknessBenefit, "2024-04-20", nil),
        ])
        #expect(try value(sick, "exit-to-work-1m", "2024M03") == 0)
    }

    @Test("Long-term unemployment by both definitions")
    func longTerm() throws {
        let gap = try oracle([
            spell(1, .unemploymentBenefit, "2023-01-01", "2023-06-30"),
            spell(2, .unemploymentBenefit, "2023-07-20", "2024-06-30"),
        ])
        #expect(try value(gap, "long-term-unemployed-52", "2024M01") == 1)
        #expect(try value(gap, "long-term-unemployed-52", "2023M12") == 1)
        #expect(try value(gap, "long-term-unemployed-52", "2023M11") == 0)
        #expect(try value(gap, "long-term-unemployed-80", "2023M11") == 1)
        #expect(try value(gap, "long-term-unemployed-80", "2023M09") == 0)
        let wide = try oracle([
            spell(1, .unemploymentBenefit, "2023-01-01", "2023-06-30"),
            spell(2, .unemploymentBenefit, "2023-08-20", "2024-06-30"),
        ])
        #expect(try value(wide, "long-term-unemployed-52", "2024M05") == 0)
    }

    @Test("The ladder counts benefit weeks and starts again after a year's self-support")
    func ladder() throws {
        // 2024-01-01 is a Monday.
        let climb = try oracle([spell(1, .cashBenefit, "2024-01-01", "2024-12-31")])
        let january = try value(climb, "reimbursement-share-step-1", "2024M01") ?? 0
        #expect(abs(january - 100.0 * 28 / 31) < 1e-9)
        #expect(try value(climb, "reimbursement-share-step-2", "2024M06") == 100)
        #expect(try value(climb, "reimbursement-share-step-3", "2024M07") == 100)
        let back = try oracle([
            spell(1, .cashBenefit, "2023-01-02", "2023-12-31"),
            spell(2, .sicknessBenefit, "2024-12-30", nil),
        ])
        let again = try value(back, "reimbursement-share-step-1", "2025M01") ?? 0
        #expect(abs(again - 100.0 * 26 / 31) < 1e-9)
        let short = try oracle([
            spell(1, .cashBenefit, "2023-01-02", "2023-12-31"),
            spell(2, .sicknessBenefit, "2024-12-16", nil),
        ])
        #expect(try value(short, "reimbursement-share-step-4", "2025M01") == 100)
    }

    @Test("Orders count by the day they were created, matches by all orders")
    func orders() throws {
        let unit = try ProductionUnitNumber("9000000001")
        var facts: [Fact] = []
        for number in 1...4 {
            facts.append(
                .jobOrder(
                    JobOrder(
                        id: FactID(Int64(number)), unit: unit, created: try day("2024-02-10"),
                        positions: 2, occupationGroup: 5, deadline: nil)))
        }
        let when = try day("2024-02-20")
        for order in [1, 2, 3] as [Int64] {
            facts.append(
                .referral(
                    Referral(
                        id: FactID(order), order: FactID(order), citizen: CitizenID(1), day: when)))
        }
        facts.append(
            .placement(
                Placement(
                    id: FactID(1), order: FactID(2), citizen: CitizenID(1), day: when,
                    terms: .ordinary)))
        let some = try oracle(facts)
        #expect(try value(some, "job-order-positions", "2024M02") == 8)
        #expect(try value(some, "referral-rate", "2024M02") == 75)
        let found = try value(some, "fill-rate", "2024M02") ?? 0
        #expect(abs(found - 100.0 / 3) < 1e-9)
        #expect(try value(some, "local-match-rate", "2024M02") == 25)
        #expect(try value(some, "local-match-rate", "2024M03") == nil)
    }

    @Test("An unknown indicator is not answered")
    func unknown() throws {
        #expect(try oracle([]).expected("nothing", .year(2024)) == nil)
    }
}
