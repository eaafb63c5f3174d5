import Chronology
import Identifiers
import Jobcenter
import Law
import Registry
import Testing

extension OrderCaseTests {
    @Test("two teams do not visit the same company at about the same time")
    func visits() async throws {
        let house = try await house()
        func visit(
            _ team: String, _ day: Day, form: ContactForm = .visit, planned: Bool = true,
            unit: ProductionUnitNumber = Self.unit
        ) async throws {
            _ = try await CompanyCase(house).register(
                NewContact(
                    company: Self.cvr, unit: unit, day: day, form: form, reason: .planned,
                    team: team), isPlanned: planned, in: Self.herlev, by: ida, purpose: purpose)
        }
        try await visit("Unge", Self.today + 7)
        #expect(
            try await problems { try await visit("Ledige", Self.today + 20) }
                == ["day:visitByOther"])
        try await visit("Ledige", Self.today + 20, form: .phone)
        try await visit("Unge", Self.today + 20)
        try await visit("Ledige", Self.today + 90)
        #expect(
            try await problems { try await visit("Unge", Self.today - 1) } == ["day:inPast"])
        #expect(
            try await problems { try await visit("Unge", Self.today + 1, planned: false) }
                == ["day:actInFuture"])
        #expect(
            try await problems { try await visit("Unge", Self.today + 1, unit: Self.closed) }
                == ["unit:workplaceClosed"])
        let day = try await CompanyCase(house).day(in: Self.herlev, by: ida)
        #expect(day.planned.count == 4 && day.toContact.isEmpty)
        let first = try #require(day.planned.first)
        _ = try await CompanyCase(house).finish(
            first.contact.id, .held, on: Self.today, text: "Vil have to", in: Self.herlev,
            by: ida, purpose: purpose)
        let file = try #require(
            try await CompanyCase(house).file(of: Self.cvr, in: Self.herlev, by: ida))
        let held = file.contacts.filter { $0.contact.status == .held }
        #expect(held.map(\.note?.text) == ["Vil have to"])
        #expect(file.workplaces.first { $0.number == Self.unit }?.ratio?.verdict == .yes)
    }

    @Test("companies are found by name, CVR and P number")
    func search() async throws {
        let house = try await house()
        func found(_ text: String) async throws -> [String] {
            try await CompanyCase(house).search(text, in: Self.herlev, by: ida)
                .companies.map(\.name)
        }
        for text in ["møll", "13585628", "13 58 56 28", "1012345678"] {
            #expect(try await found(text) == ["Møllers Lager"], "\(text)")
        }
        for text in ["lager", "13585629", "99999999", "x", "%"] {
            #expect(try await found(text) == [], "\(text)")
        }
    }

    @Test("companies are found by what they last said they can offer")
    func offering() async throws {
        let house = try await house()
        let cases = CompanyCase(house)
        func found(_ offer: String, _ text: String = "") async throws -> [String] {
            try await cases.search(text, offering: offer, in: Self.herlev, by: ida)
                .companies.map(\.name)
        }
        func say(_ answers: [String: String], _ day: Day) async throws {
            _ = try await cases.register(
                "can-offer", from: day, to: nil, answers: answers, about: Self.cvr,
                in: Self.herlev, by: ida, purpose: purpose)
        }
        #expect(try await found("leisure") == [])
        try await say(["leisure": "1", "flex": "1"], Self.today - 40)
        #expect(try await found("leisure") == ["Møllers Lager"])
        #expect(try await found("leisure", "møll") == ["Møllers Lager"])
        #expect(try await found("leisure", "andre") == [])
        try await say(["flex": "1"], Self.today - 3)
        #expect(try await found("leisure") == [], "what was said last counts")
        #expect(try await found("flex") == ["Møllers Lager"])
    }

    @Test("a record about a company is kept, warned of and ended")
    func records() async throws {
        let house = try await house()
        let cases = CompanyCase(house)
        _ = try await cases.register(
            "fast-track", from: Self.today - 20, to: nil,
            answers: ["firstDay": "2024-08-20", "answerBy": "2024-09-10"], about: Self.cvr,
            in: Self.herlev, by: ida, purpose: purpose)
        let day = try await cases.day(in: Self.herlev, by: ida)
        #expect(day.warnings.count == 2, "late, and open for more than two weeks")
        let file = try #require(try await cases.file(of: Self.cvr, in: Self.herlev, by: ida))
        let record = try #require(file.notes.first)
        _ = try await cases.end(
            record.id, of: Self.cvr, on: Self.today, in: Self.herlev, by: ida, purpose: purpose)
        #expect(try await cases.day(in: Self.herlev, by: ida).warnings.isEmpty)
        #expect(
            try await problems {
                _ = try await cases.register(
                    "fast-track", from: Self.today, to: nil, answers: [:], about: Self.cvr,
                    in: Self.herlev, by: ida, purpose: purpose)
            } == ["firstDay:day", "answerBy:day"])
    }
}
