import Chronology
import Exchange
import Foundation
import Identifiers
import Jobcenter
import Registry
import Storage
import Synchronization
import Testing

/// A network between installations in one process, with members that can be cut off.
private final class Wires: Transport {
    private let members: [String: PoolExchange]
    private let cut = Mutex<Set<String>>([])

    init(_ members: [String: PoolExchange]) { self.members = members }

    func cut(_ member: String) { cut.withLock { _ = $0.insert(member) } }
    func mend(_ member: String) { cut.withLock { _ = $0.remove(member) } }

    func send(_ request: OutsideRequest) async throws(TransportFailure) -> OutsideAnswer {
        let parts = request.address.split(separator: "/").map(String.init)
        guard let name = parts.last, let member = members[name], request.method == .post,
            !cut.withLock({ $0.contains(name) })
        else { throw .unreachable }
        do {
            return OutsideAnswer(
                status: 200,
                bytes: try await member.answer(request.body, in: parts[parts.count - 2]))
        } catch let refusal as PoolAskRefusal {
            return OutsideAnswer(status: 403, bytes: Array((refusal.rawValue + "\n").utf8))
        } catch { return OutsideAnswer(status: 500) }
    }
}

@Suite("Feeds of pools between installations")
struct PoolExchangeTests {
    let base = PoolCaseTests()

    /// Installations that can ask each other.
    private func network(
        _ codes: [Int32]
    ) async throws -> ([PoolCaseTests.Place], [PoolExchange], Wires) {
        let places = try await base.places(codes)
        for place in places {
            var agreement = try await place.partnerships.agreements(
                of: place.code, by: place.system)[0]
            for other in places { agreement.addresses[other.name] = "https://\(other.name).dk" }
            _ = try await place.partnerships.register(
                agreement, in: place.code, by: place.system, purpose: base.purpose)
        }
        let exchanges = places.map {
            PoolExchange($0.house, of: $0.code, signing: $0.signer, chance: $0.chance)
        }
        let wires = Wires(
            Dictionary(uniqueKeysWithValues: zip(places.map(\.name), exchanges)))
        return (places, exchanges, wires)
    }

    /// Asks everybody once; how many did not answer.
    @discardableResult
    private func round(_ exchange: PoolExchange, _ wires: Wires) async throws -> Int {
        var silent = 0
        for peer in try await exchange.peers() {
            do { try await exchange.ask(peer, through: PoolClient(wires)) } catch PoolLinkProblem
                .unreachable
            { silent += 1 }
        }
        return silent
    }

    private func cards(_ place: PoolCaseTests.Place) async throws -> Int {
        try await base.view(place).state.cards.count
    }

    @Test("a card comes and goes, and one who was cut off hears it from another")
    func relayed() async throws {
        let (places, exchanges, wires) = try await network([163, 219, 201])
        try await base.consent(places[0])
        for exchange in exchanges { try await #expect(round(exchange, wires) == 0) }
        for place in places { try await #expect(cards(place) == 1) }

        wires.cut(places[2].name)
        try await base.withdraw(places[0])
        try await #expect(round(exchanges[1], wires) == 1)
        try await #expect(cards(places[1]) == 0)
        try await #expect(cards(places[2]) == 1)
        let link = await places[1].house.poolLinks.all(
            of: PoolCaseTests.code, in: places[1].code)[places[2].name]
        #expect(link?.problem == .unreachable && link?.heard != nil)

        // The author is away now, and the news comes all the same.
        wires.cut(places[0].name)
        wires.mend(places[2].name)
        try await #expect(round(exchanges[2], wires) == 1)
        try await #expect(cards(places[2]) == 0)
        try await #expect(base.isSound(places[2]))
        // What everybody has is told to nobody again.
        let before = try await base.feed(places[1]).entries.count
        wires.mend(places[0].name)
        for exchange in exchanges { try await #expect(round(exchange, wires) == 0) }
        try await #expect(base.feed(places[1]).entries.count == before)
    }

    @Test("the citizen is told where a card is erased as the others say it")
    func confirmed() async throws {
        let (places, exchanges, wires) = try await network([163, 219, 201])
        func stand() async throws -> ConsentStand {
            try await places[0].partnerships.stands(
                of: base.ane, in: places[0].code, by: places[0].system, purpose: base.purpose)[0]
        }
        try await base.consent(places[0])
        for exchange in exchanges { try await round(exchange, wires) }
        try await base.withdraw(places[0])
        try await #expect(stand().erased == ["0163"])
        try await #expect(stand().elsewhere.sorted() == ["0201", "0219"])
        // The first question brings the withdrawal, the next one says that it was taken in.
        try await round(exchanges[1], wires)
        try await #expect(stand().elsewhere.sorted() == ["0201", "0219"])
        try await round(exchanges[1], wires)
        try await #expect(stand().erased.sorted() == ["0163", "0219"])
        try await #expect(stand().elsewhere == ["0201"])
    }

    @Test("only a member, with its own key, about now, is answered")
    func refused() async throws {
        let (places, exchanges, _) = try await network([163, 219])
        try await base.consent(places[0])
        let now = places[0].house.clock.now()
        let whole = PoolAsk(
            partnership: PoolCaseTests.code, asker: "0219", answerer: "0163", moment: now,
            have: [:])
        func answer(
            _ ask: PoolAsk, by signer: PoolSigner, in code: String = PoolCaseTests.code
        ) async throws -> PoolAskRefusal? {
            do {
                let bytes = try SignedPoolAsk(ask, by: signer).bytes()
                let feeds = try PoolFeedFile.readAll(await exchanges[0].answer(bytes, in: code))
                #expect(feeds.map(\.member) == ["0163"])
                return nil
            } catch let refusal as PoolAskRefusal { return refusal }
        }
        let (own, other) = (places[0].signer, places[1].signer)
        try await #expect(answer(whole, by: other) == nil)
        try await #expect(answer(whole, by: own) == .notMember)
        try await #expect(answer(whole, by: other, in: "x") == .unknown)
        var ask = whole
        ask.asker = "0163"
        try await #expect(answer(ask, by: own) == .notMember)
        ask = whole
        ask.asker = "0201"
        try await #expect(answer(ask, by: other) == .notMember)
        ask = whole
        ask.answerer = "0219"
        try await #expect(answer(ask, by: other) == .unknown)
        for moment in [now - 301, now + 301] {
            ask = whole
            ask.moment = moment
            try await #expect(answer(ask, by: other) == .clock)
        }
        // A question that was changed on the way.
        let text = String(decoding: try SignedPoolAsk(whole, by: other).bytes(), as: UTF8.self)
        let changed = text.replacingOccurrences(of: "{}", with: "{\"0163\":1}")
        #expect(changed != text)
        await #expect(throws: PoolAskRefusal.notMember) {
            try await exchanges[0].answer(Array(changed.utf8), in: PoolCaseTests.code)
        }
    }

    @Test("one who tells two stories is named, and the others are heard all the same")
    func forked() async throws {
        let (places, exchanges, wires) = try await network([163, 219, 201])
        let peer = try #require(
            try await exchanges[2].peers().first { $0.member == places[1].name })
        // Herlev has told Hillerød of a card, and Allerød of an order, each as its first entry.
        try await base.consent(places[0])
        try await base.take([base.feed(places[0])], places[1])
        let twin = try await base.places([163])[0]
        try await base.share(twin)
        try await base.take([base.feed(twin)], places[2])
        // A second entry, so that Hillerød has more of Herlev's feed than Allerød.
        try await base.withdraw(places[0])
        try await base.take([base.feed(places[0])], places[1])
        try await base.consent(places[1])
        let found = await #expect(throws: PoolLinkProblem.self) {
            try await exchanges[2].ask(peer, through: PoolClient(wires))
        }
        #expect(found == .feed(.wrongPredecessor("0163", number: 2)))
        let heads = try await base.view(places[2]).state.heads.map { "\($0.member) \($0.number)" }
        #expect(heads == ["0163 1", "0219 1"])
    }

    @Test("an address is secure, or on this machine")
    func addresses() {
        for good in ["https://herlev.example", "http://127.0.0.1:80", "https://a.dk/pulje"] {
            #expect(PoolClient.isAddress(good), "\(good)")
        }
        for bad in [
            "http://herlev.example", "herlev.example", "https://", "https://a.dk/", "",
            "https://a@b.dk", "https://a.dk?x=1", "file:///etc/passwd",
        ] {
            #expect(!PoolClient.isAddress(bad), "\(bad)")
        }
    }
}
