import Chronology
import Identifiers
import Jobcenter
import Matching
import Registry
import Storage
import Testing

@Suite("Events that are open to a pool")
struct EventPoolTests {
    let base = PoolCaseTests()

    @Test("Guests are cards, share the seats, and are gone when the consent is withdrawn")
    func guests() async throws {
        let places = try await base.places([163, 219, 250], together: true)
        let host = places[0]
        for place in places.dropFirst() { try await base.consent(place) }
        let feeds = try await [base.feed(places[1]), base.feed(places[2])]
        try await base.take(feeds, host)
        let cases = EventCase(host.house)
        let partnership = try #require(
            try await cases.partnerships(of: host.code, by: host.ida).first)
        let (event, _) = try await cases.register(
            JobEvent(
                id: FactID(0), kind: .recruitment, title: "Fælles", start: PoolCaseTests.today + 3,
                partnership: partnership.id), correcting: nil, in: host.code, by: host.ida,
            purpose: base.purpose)
        _ = try await cases.register(
            EventStand(id: FactID(0), event: event, title: "Lager", order: FactID(12), seats: 2),
            correcting: nil, in: host.code, by: host.ida, purpose: base.purpose)
        func file() async throws -> EventFile {
            try #require(
                try await cases.file(
                    of: event, in: host.code, by: host.ida, purpose: base.purpose))
        }
        // The own citizen and both cards are suggested, each once.
        let suggested = try await cases.suggestions(
            for: try await file(), top: 5, in: host.code, by: host.ida, purpose: base.purpose)
        #expect(suggested.count == 3)
        #expect(suggested.count { $0.participant.citizen != nil } == 1)
        #expect(suggested.allSatisfy { ($0.person == nil) == ($0.participant.citizen == nil) })
        _ = try await cases.register(
            suggested.map { EventMark($0.participant, .signedUp) }, at: event, in: host.code,
            by: host.ida, purpose: base.purpose)
        func distribution() async throws -> EventDistribution {
            try #require(
                try await cases.distribution(
                    of: event, in: host.code, by: host.ida, purpose: base.purpose))
        }
        let found = try await distribution()
        #expect(found.filling.members == ["0163", "0219", "0250"])
        #expect(found.best?.filled == 2)
        // With two seats and three members of about equal weight nobody has more than one.
        #expect(found.filling.problem.groups.map(\.maximum) == [1, 1, 1])
        _ = try await cases.distribute(
            event, version: found.version, in: host.code, by: host.ida, purpose: base.purpose)
        try await base.withdraw(places[2])
        try await base.take([try await base.feed(places[2])], host)
        let gone = Participant.card(
            member: "0250",
            number: try #require(
                suggested.compactMap { one -> Int64? in
                    if case .card("0250", let number) = one.participant { number } else { nil }
                }.first))
        let after = try await distribution()
        #expect(!after.filling.participants.map(\.participant).contains(gone))
        #expect(after.file.pool?.card(gone) == nil)
        let again = try await base.problems {
            _ = try await cases.register(
                [EventMark(gone, .signedUp, wishes: [])], at: event, in: host.code, by: host.ida,
                purpose: base.purpose)
        }
        #expect(again == ["person:cardWithdrawn"])
    }
}
