import Chronology
import Identifiers
import Jobcenter
import Registry
import Storage
import Testing

@Suite("The citizens' adviser")
struct AdviserCaseTests {
    private let code = ComplaintHouse.code
    private static let today = Day(iso: "2025-06-16")!

    @Test("The adviser sees a case only while its citizen says yes, and every look is logged")
    func consent() async throws {
        let made = try await ComplaintHouse(today: Self.today)
        let (own, adviser) = (OwnCase(made.house), AdviserCase(made.house))
        let (me, dorte) = (made.me(made.ane), made.staff(.citizensAdviser))
        func look() async throws -> Int {
            let found = try await adviser.timeline(
                of: made.ane, in: code, by: dorte, purpose: made.purpose)
            return found.events.count
        }
        // Nobody has turned to the adviser: there is nobody to find.
        #expect(
            try await adviser.threads(in: code, by: dorte, purpose: made.purpose).isEmpty)
        #expect(
            try await adviser.thread(of: made.ane, in: code, by: dorte, purpose: made.purpose)
                == nil)
        await #expect(throws: Refusal.adviserNeedsConsent) { try await look() }

        let asked = try await own.ask(.time, "Hvor længe?", in: code, by: me)
        #expect(try await own.ask(.time, "Hvor længe?", in: code, by: me) == asked)
        await #expect(throws: Refusal.adviserNeedsConsent) { try await look() }
        await #expect(throws: Refusal.adviserNeedsConsent) {
            try await adviser.join(
                "Spørgsmål", "Hvad nu?", for: made.ane, in: code, by: dorte, purpose: made.purpose)
        }
        let before = try await own.lookups(in: code, by: me).count
        let yes = try await own.consent(true, in: code, by: me)
        #expect(try await own.consent(true, in: code, by: me) == yes)
        #expect(try await look() > 0)
        #expect(try await own.lookups(in: code, by: me).count == before + 1)
        #expect(try await own.lookups(in: code, by: me).first?.actor == "Dorte")

        let joined = try await adviser.join(
            "Spørgsmål", "Hvad nu?", for: made.ane, in: code, by: dorte, purpose: made.purpose)
        let twice = try await adviser.join(
            "Spørgsmål", "Hvad nu?", for: made.ane, in: code, by: dorte, purpose: made.purpose)
        #expect(joined == twice)
        let messages = try await made.facts([.message])
        #expect(messages.count == 1)
        if case .message(let message)? = messages.first {
            #expect(message.counterpart == "Dorte" && message.waits)
        }

        _ = try await own.consent(false, in: code, by: me)
        await #expect(throws: Refusal.adviserNeedsConsent) { try await look() }
        await #expect(throws: Refusal.adviserNeedsConsent) {
            try await adviser.join(
                "Mere", "x", for: made.ane, in: code, by: dorte, purpose: made.purpose)
        }
        // What was asked stands, and can be answered.
        _ = try await adviser.write(
            "Ring til mig", to: made.ane, in: code, by: dorte, purpose: made.purpose)
        _ = try await adviser.close(
            .guided, "", of: made.ane, in: code, by: dorte, purpose: made.purpose)
        let thread = try await own.adviserThread(in: code, by: me)
        #expect(thread.open == nil && thread.waits == nil && !thread.hasConsent)
        try await #expect(
            made.problems {
                _ = try await adviser.close(
                    .mediated, "", of: made.ane, in: code, by: dorte, purpose: made.purpose)
            } == ["choice:noInquiry"])
        let overview = try await adviser.overview(in: code, by: dorte)
        #expect(overview.subjects[.time]?.last == .count(1))
        #expect(overview.outcomes[.guided]?.last == .count(1))
        let open = try await adviser.overview(in: code, by: made.staff(.manager))
        #expect(open.subjects[.time]?.last == .hidden)
    }

    @Test("What is between citizen and adviser is on no page of the staff's")
    func apart() async throws {
        let made = try await ComplaintHouse(today: Self.today)
        let receipt = try await OwnCase(made.house).ask(
            .treatment, "Jeg er ked af min sagsbehandler", in: code, by: made.me(made.ane))
        let file = try #require(
            try await CitizenCase(made.house).file(
                of: made.ane, in: code, by: made.staff(), purpose: made.purpose))
        #expect(file.registrations.allSatisfy { $0.fact.kind != .adviserEntry })
        let overview = try #require(
            try await CitizenCase(made.house).overview(
                of: made.ane, EventQuestion(count: 100, receipt: receipt.number), in: code,
                by: made.staff(), purpose: made.purpose))
        #expect(!overview.kinds.contains(.adviserEntry) && overview.receipt == nil)
        #expect(overview.events.allSatisfy { $0.fact.kind != .adviserEntry })
        // The citizen's own everything has it.
        let own = try await OwnCase(made.house).file(in: code, by: made.me(made.ane))
        #expect(own.registrations.contains { $0.fact.kind == .adviserEntry })
    }

    @Test("Nobody but the adviser acts as the adviser")
    func policy() async throws {
        let made = try await ComplaintHouse(today: Self.today)
        _ = try await OwnCase(made.house).ask(.other, "x", in: code, by: made.me(made.ane))
        let adviser = AdviserCase(made.house)
        for role in Role.allCases where role != .citizensAdviser {
            let actor = Actor(name: "n", role: role, municipality: code, citizen: made.ane)
            await #expect(throws: Refusal.self) {
                try await adviser.threads(in: code, by: actor, purpose: made.purpose)
            }
            await #expect(throws: Refusal.self) {
                try await adviser.write(
                    "x", to: made.ane, in: code, by: actor, purpose: made.purpose)
            }
        }
        // The adviser may not look up whom the staff may, nor register.
        await #expect(throws: Refusal.self) {
            try await CitizenCase(made.house).file(
                of: made.ane, in: code, by: made.staff(.citizensAdviser), purpose: made.purpose)
        }
        try await #expect(
            made.problems {
                _ = try await adviser.write(
                    "x", to: made.bo, in: code, by: made.staff(.citizensAdviser),
                    purpose: made.purpose)
            } == ["words:notAsked"])
    }
}
