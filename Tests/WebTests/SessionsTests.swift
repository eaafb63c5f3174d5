import Exchange
import Identifiers
import Jobcenter
import Synchronization
import Testing

@testable import Web

/// A clock that a test moves on, and numbers that never repeat.
final class MadeUpTime: Sendable {
    private let seconds = Atomic<Int64>(1_000_000)
    private let number = Atomic<UInt64>(1)

    var now: @Sendable () -> Int64 { { self.seconds.load(ordering: .relaxed) } }
    var random: @Sendable () -> UInt64 {
        { self.number.add(7_919, ordering: .relaxed).newValue &* 0x9E37_79B9_7F4A_7C15 }
    }

    func pass(_ more: Int64) { seconds.add(more, ordering: .relaxed) }
}

@Suite("Sessions")
struct SessionsTests {
    private static let herlev = MunicipalityCode(number: 163)
    private let time = MadeUpTime()

    private func sessions() -> Sessions { Sessions(now: time.now, random: time.random) }

    private func actor(_ role: Role) -> Actor {
        Actor(name: "x", role: role, municipality: Self.herlev)
    }

    @Test(
        "A citizen and an employer are signed out after half an hour without a page",
        arguments: [Role.citizen, .employer])
    func idle(role: Role) async {
        let sessions = sessions()
        let id = await sessions.start(actor(role), inPlaceOf: "")
        for _ in 0..<3 {
            time.pass(29 * 60)
            #expect(await sessions.session(id) != nil)
        }
        time.pass(30 * 60)
        #expect(await sessions.session(id) == nil)
        // It does not come back.
        time.pass(-30 * 60)
        #expect(await sessions.session(id) == nil)
    }

    @Test("Staff are signed out after a working day, and not before")
    func longest() async {
        let sessions = sessions()
        let id = await sessions.start(actor(.caseworker), inPlaceOf: "")
        time.pass(8 * 3_600 - 1)
        #expect(await sessions.session(id) != nil)
        time.pass(1)
        #expect(await sessions.session(id) == nil)
    }

    @Test("A citizen who keeps on is signed out after a day too")
    func longestOutside() async {
        let sessions = sessions()
        let id = await sessions.start(actor(.citizen), inPlaceOf: "")
        for _ in 0..<31 {
            time.pass(15 * 60)
            #expect(await sessions.session(id) != nil)
        }
        time.pass(15 * 60)
        #expect(await sessions.session(id) == nil)
    }

    @Test("Signing in gives a new id and ends the session there was")
    func newID() async {
        let sessions = sessions()
        let first = await sessions.start(actor(.citizen), inPlaceOf: "put there before")
        let second = await sessions.start(actor(.manager), inPlaceOf: first)
        #expect(first != second)
        #expect(await sessions.session("put there before") == nil)
        #expect(await sessions.session(first) == nil)
        #expect(await sessions.session(second)?.actor.role == .manager)
    }
}

@Suite("Sign-ins that have begun")
struct PendingSignInsTests {
    private let time = MadeUpTime()

    private func begin(
        _ pending: PendingSignIns, _ state: String, _ browser: String = "b", typed: Int? = nil
    ) async {
        await pending.begin(
            SignInRequest(state: state, nonce: "n", verifier: "v", back: "/"), by: .staff,
            browser: browser, returnTo: "/day",
            unsaved: typed.map { .init(form: "/x", fields: String(repeating: "t", count: $0)) })
    }

    @Test("A state is good once, in its own browser, for ten minutes")
    func once() async {
        let pending = PendingSignIns(now: time.now)
        await begin(pending, "s")
        #expect(await pending.take(state: "s", browser: "other") == nil)
        #expect(await pending.take(state: "t", browser: "b") == nil)
        #expect(await pending.take(state: "s", browser: "b")?.returnTo == "/day")
        #expect(await pending.take(state: "s", browser: "b") == nil)
        await begin(pending, "u")
        time.pass(600)
        #expect(await pending.knows(browser: "b") == false)
        #expect(await pending.take(state: "u", browser: "b") == nil)
    }

    @Test("The latest of a browser stays until its own state comes")
    func latest() async {
        let pending = PendingSignIns(now: time.now)
        await begin(pending, "1")
        await begin(pending, "2")
        await begin(pending, "3", "other")
        #expect(await pending.latest(browser: "b")?.request.state == "2")
        #expect(await pending.take(state: "2", browser: "b") != nil)
        #expect(await pending.latest(browser: "b")?.request.state == "1")
        #expect(await pending.latest(browser: "nobody") == nil)
    }

    @Test("What is kept has an end: the oldest go first")
    func room() async {
        let pending = PendingSignIns(now: time.now)
        for number in 0..<70 { await begin(pending, "\(number)", typed: 512 << 10) }
        #expect(await pending.take(state: "0", browser: "b") == nil)
        #expect(await pending.take(state: "69", browser: "b") != nil)
    }
}
