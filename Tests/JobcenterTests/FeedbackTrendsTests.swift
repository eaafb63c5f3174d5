import Chronology
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Registry
import Storage
import Surveys
import Testing

@Suite("Feedback over time")
struct FeedbackTrendsTests {
    static let herlev = MunicipalityCode(number: 163)
    static let today = Day(iso: "2025-06-30")!
    let manager = Actor(name: "Lea", role: .manager, municipality: Self.herlev)

    /// Two teams with 30 answers a month for two years, and a third with too few. The first
    /// team's answers fall in the latest five months.
    private func house() async throws -> House {
        let house = House(
            engine: try await UseCaseEngine.migrated(), clock: .stopped(at: Self.today),
            texts: try TextCatalogue.bundled(), municipalities: try MunicipalityList.bundled(),
            catalogue: try Catalogue.bundled(), plans: [])
        var facts: [Fact] = []
        let first = Self.today.month - 23
        for (place, team) in ["Job", "Syge", "Unge"].enumerated() {
            let id = FactID(Int64(place) + 1)
            let citizen = CitizenID(id.number)
            facts.append(
                .staffMember(
                    StaffMember(
                        id: id, name: "Nr. \(id.number)", team: team, start: first.first - 400,
                        end: nil)))
            facts.append(
                .assignment(
                    Assignment(
                        id: id, citizen: citizen, staff: id, start: first.first - 400, end: nil)))
        }
        var numbers = SeededNumbers(seed: 4)
        var number: Int64 = 0
        for month in 0..<24 {
            for team in 0..<3 {
                for _ in 0..<(team == 2 ? 1 : 30) {
                    number += 1
                    let level = team == 0 && month >= 19 ? 5 : 7
                    let score = level + Int(numbers.unit() * 4) - 1
                    facts.append(
                        .feedback(
                            ConversationFeedback(
                                id: FactID(number), conversation: FactID(number),
                                citizen: CitizenID(Int64(team) + 1),
                                day: (first + month).first + Int(numbers.unit() * 25),
                                heard: score, topics: score, method: score, overall: score)))
                }
            }
        }
        try await RegisterCase(house).load(
            facts.map {
                Registration(municipality: Self.herlev, recordedOn: Self.today, fact: $0)
            }, of: Self.herlev,
            by: Actor(name: "s", role: .system, municipality: Self.herlev)
        ) { _ in }
        return house
    }

    @Test("The team whose answers fall is warned of, the other is not, and few are left out")
    func teams() async throws {
        let found = try await FeedbackTrendsCase(try await house()).trends(
            of: Self.herlev, by: manager)
        #expect(found.trends.map(\.team) == [nil, "Job", "Syge"])
        let job = found.trends[1]
        #expect(job.months.count == 24 && job.means.allSatisfy { $0 != nil })
        let warning = try #require(job.warning)
        #expect((19...21).contains(warning.place))
        #expect(abs((warning.fallsSince ?? 0) - 19) <= 1)
        #expect(found.trends[2].warning == nil)
        // Three series, each of which may warn falsely once in 30 years.
        let alone = SequentialWatch(stepsBetween: 120).threshold
        #expect(found.threshold > alone)
    }

    @Test("Who may not see figures about few does not see teams")
    func refused() async throws {
        let house = try await house()
        await #expect(throws: Refusal.roleMayNotReadPeople) {
            _ = try await FeedbackTrendsCase(house).trends(
                of: Self.herlev, by: .outsider(Self.herlev))
        }
    }
}
