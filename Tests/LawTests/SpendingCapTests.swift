import Chronology
import Law
import Parameters
import Registry
import Testing

@Suite("The cap on guidance and mentor spending as data")
struct SpendingCapTests {
    private let cap = try! SpendingCap.bundled()

    @Test("The rate of 2026, and none before or after")
    func rate() throws {
        let rate = try #require(cap.rate(on: Day(iso: "2026-06-30")!))
        #expect(rate.kroner == 11_045 && rate.level == 2026)
        #expect(rate.basis.confidence == .sourced && rate.basis.law.contains("§ 203 a"))
        #expect(cap.rate(on: Day(iso: "2026-01-01")!) == rate)
        #expect(cap.rate(on: Day(iso: "2026-12-31")!) == rate)
        #expect(cap.rate(on: Day(iso: "2025-12-31")!) == nil)
        #expect(cap.rate(on: Day(iso: "2027-01-01")!) == nil)
        #expect(cap.begins == Day(iso: "2026-01-01"))
    }

    @Test("Every benefit stands once, and doubt has its reason")
    func benefits() {
        #expect(cap.benefits.map(\.benefit).count == Benefit.allCases.count)
        #expect(Set(cap.benefits.map(\.benefit)) == Set(Benefit.allCases))
        #expect(cap.uncertain.map(\.benefit) == [.flexJobUnemploymentAllowance])
        #expect(cap.uncertain.allSatisfy { $0.reason != nil })
        #expect(!cap.certain.contains(.flexJob) && cap.certain.contains(.sicknessBenefit))
        #expect(cap.outside == [.integrationProgramme])
    }

    @Test(
        "A paragraph of the cap by number or name",
        arguments: [
            ("§ 15", "partnerships"), ("§15", "partnerships"), ("15", "partnerships"),
            ("LAB § 91", "guidance"), ("§ 91, stk. 2", "guidance"), ("ØVO", "guidance"),
            ("mentor", "mentor"), ("Mentorstøtte", "mentor"), ("lab 167", "mentor"),
            ("§ 172, stk. 3", "teaching-material"), ("172(3)", "teaching-material"),
            ("§ 172(3)", "teaching-material"), ("172 stk. 3", "teaching-material"),
            ("teaching material", "teaching-material"), ("§ 176", "extra-costs"),
        ])
    func known(text: String, id: String) {
        guard case .account(let account) = cap.meaning(of: text) else {
            Issue.record("\(text) means no account")
            return
        }
        #expect(account.id == id)
    }

    @Test(
        "Another paragraph is none of the cap's",
        arguments: ["§ 172", "172", "§ 172, stk. 2", "§ 15 a", "§ 32", "LAB 168", "§", "1671"])
    func others(text: String) { #expect(cap.meaning(of: text) == .otherParagraph) }

    @Test(
        "Anything else is an account of the municipality's own",
        arguments: ["Kantine", "5.90.003", "Konto 167", "Mentor til ledere", "labyrint"])
    func own(text: String) { #expect(cap.meaning(of: text) == .own) }

    @Test("Days of publication lie in the days asked for and not before the rule")
    func announcements() {
        func days(_ from: String, _ to: String) -> [String] {
            cap.announcements(from: Day(iso: from)!, through: Day(iso: to)!).map(\.day.iso)
        }
        #expect(days("2026-07-01", "2026-07-01") == ["2026-07-01"])
        #expect(days("2025-07-01", "2026-12-31") == ["2026-07-01", "2026-12-31"])
        #expect(days("2026-12-31", "2027-07-01") == ["2026-12-31", "2027-07-01"])
        #expect(days("2026-07-02", "2026-12-30").isEmpty)
        #expect(days("2026-07-02", "2026-07-01").isEmpty)
    }

    private func problems(_ change: (inout String) -> Void) throws -> [String] {
        var yaml = """
            format: 1
            rates:
              - {from: "2026-01-01", to: "2026-12-31", law: "L", source: "S", confidence: sourced, text: {da: "a", en: "b"}, level: 2026, kroner: 10}
            accounts:
              - {id: mentor, paragraph: "167", name: {da: "Mentor", en: "Mentor"}}
            benefits:
            \(Benefit.allCases.map { "  - {benefit: \($0), counts: true, confidence: sourced}" }
                .joined(separator: "\n"))
            outside: [integrationProgramme]
            announcements:
              - {stage: final, month: 12, day: 31}
            """
        change(&yaml)
        do {
            _ = try SpendingCap(yaml, file: "cap.yaml")
            return []
        } catch {
            return error.all.map { "\($0.path) \($0.problem)" }
        }
    }

    private func replaced(_ old: String, _ new: String) throws -> [String] {
        try problems {
            #expect($0.contains(old))
            $0 = $0.replacing(old, with: new, maxReplacements: 1)
        }
    }

    @Test("A file that cannot be so is refused with its place")
    func wrong() throws {
        #expect(try problems { _ in }.isEmpty)
        #expect(try replaced("kroner: 10", "kroner: 0").count == 1)
        #expect(try replaced("kroner: 10", "kroner: ti").count == 1)
        #expect(try replaced("to: \"2026-12-31\"", "to: \"2025-12-31\"").count == 1)
        #expect(try replaced("benefit: flexJob,", "benefit: cashBenefit,").count == 2)
        #expect(try replaced("benefit: flexJob,", "benefit: sutter,").count >= 1)
        #expect(
            try replaced("  - {benefit: flexJob, counts: true, confidence: sourced}\n", "").count
                == 1)
        let doubt = try replaced(
            "{benefit: flexJob, counts: true, confidence: sourced}",
            "{benefit: flexJob, counts: true, confidence: uncertain}")
        #expect(doubt.count == 1 && doubt[0].contains("benefits[9]"))
        #expect(try replaced("outside: [integrationProgramme]", "outside: [group14]").count == 1)
        #expect(try replaced("month: 12", "month: 13").count == 1)
        let twice = try problems {
            $0 = $0.replacing(
                "accounts:\n",
                with:
                    "accounts:\n  - {id: mentor, paragraph: \"1\", name: {da: \"x\", en: \"y\"}}\n")
        }
        #expect(twice.count == 1)
        let overlapping = try problems {
            let row = $0.split(separator: "\n").first { $0.contains("2026-12-31") } ?? ""
            $0 = $0.replacing("accounts:\n", with: "\(row)\naccounts:\n")
        }
        #expect(overlapping.count == 1)
    }
}
