import Chronology
import Exchange
import Foundation
import Identifiers
import Registry
import Testing

@Suite("The feeds of a shared pool")
struct PoolTests {
    /// A home's book that has said a few things.
    private func home(_ pool: MadeUpPool) throws -> PoolBook {
        var book = pool.book
        for (kind, subject, content) in [
            (PoolEntryKind.orderShared, Int64(7), PoolContent.order(MadeUpPool.order("Kok"))),
            (.cardShared, 501, .card(pool.card("cleaner"))),
            (.cardShared, 502, .card(pool.card("bus-driver"))),
            (.referralOffered, 502, .offer(PoolOffer(owner: "0219", order: 3))),
        ] {
            _ = try book.say(
                kind, subject, content, on: MadeUpPool.day, by: pool.signers[0],
                chance: pool.chance)
        }
        return book
    }

    private func refused(
        _ feed: PoolFeed, by book: PoolBook
    ) throws -> PoolProblem? {
        var copy = book
        do throws(PoolProblem) {
            _ = try copy.take(feed)
            return nil
        } catch {
            #expect(copy.feeds == book.feeds, "nothing of a refused feed is kept")
            return error
        }
    }

    @Test("a feed goes through a file and says the same with the reader")
    func file() throws {
        let pool = try MadeUpPool()
        let book = try home(pool)
        let bytes = try PoolFeedFile.write(book.feed(of: "0163", since: 0))
        var reader = pool.book
        let change = try reader.take(try PoolFeedFile.read(bytes))
        #expect(change.added.count == 4 && change.erased.isEmpty)
        #expect(try PoolState(reader) == PoolState(book))
        let again = try reader.take(try PoolFeedFile.read(bytes))
        #expect(again.isEmpty, "taking it in again changes nothing")
        #expect(!String(decoding: bytes, as: UTF8.self).contains("HEMMELIG"))
    }

    @Test("what is forged, torn, turned or told twice is refused, with its member and number")
    func refusals() throws {
        let pool = try MadeUpPool()
        let book = try home(pool)
        let feed = book.feed(of: "0163", since: 0)
        func changed(_ place: Int, _ change: (inout PoolEntry) -> Void) -> PoolFeed {
            var copy = feed
            change(&copy.entries[place])
            return copy
        }
        let empty = pool.book
        let forged: [(PoolFeed, PoolProblem)] = [
            (changed(1) { $0.header.subject = 9 }, .wrongSignature("0163", number: 2)),
            (
                changed(0) { $0.payload = $0.payload?.replacing("Kok", with: "Tjener") },
                .wrongPayload("0163", number: 1)
            ),
            (changed(2) { $0.payload = nil }, .payloadMissing("0163", number: 3)),
            (changed(0) { $0.payload = nil }, .payloadMissing("0163", number: 1)),
            (changed(3) { $0.signature = "AAAA" }, .wrongSignature("0163", number: 4)),
            (changed(1) { $0.header.number = 5 }, .missing("0163", number: 2, found: 5)),
            (
                PoolFeed(
                    partnership: "prøve", member: "0163",
                    entries: [feed.entries[0], feed.entries[2], feed.entries[1]]),
                .missing("0163", number: 2, found: 3)
            ),
            (
                PoolFeed(
                    partnership: "prøve", member: "0163", entries: Array(feed.entries[1...])),
                .missing("0163", number: 1, found: 2)
            ),
            (
                PoolFeed(partnership: "prøve", member: "0219", entries: feed.entries),
                .wrongSignature("0219", number: 1)
            ),
            (PoolFeed(partnership: "prøve", member: "0201", entries: []), .unknownMember("0201")),
            (
                PoolFeed(partnership: "anden", member: "0163", entries: []),
                .otherPartnership("anden")
            ),
        ]
        for (wrong, problem) in forged {
            #expect(try refused(wrong, by: empty) == problem)
        }
        // The same number with another story.
        var other = pool.book
        _ = try other.say(
            .orderShared, 8, .order(MadeUpPool.order("Smed")), on: MadeUpPool.day,
            by: pool.signers[0], chance: pool.chance)
        #expect(
            try refused(other.feed(of: "0163", since: 0), by: book)
                == .forked("0163", number: 1))
        // Signed, and yet it follows nothing that is here.
        _ = try other.say(
            .orderShared, 9, .order(MadeUpPool.order("Smed")), on: MadeUpPool.day,
            by: pool.signers[0], chance: pool.chance)
        var short = pool.book
        _ = try short.take(
            PoolFeed(partnership: "prøve", member: "0163", entries: [feed.entries[0]]))
        #expect(
            try refused(other.feed(of: "0163", since: 1), by: short)
                == .wrongPredecessor("0163", number: 2))
    }

    @Test("files that are torn or are something else are refused")
    func files() throws {
        let pool = try MadeUpPool()
        let bytes = try PoolFeedFile.write(try home(pool).feed(of: "0163", since: 0))
        func problem(_ bytes: some Sequence<UInt8>) -> PoolProblem? {
            do throws(PoolProblem) {
                _ = try PoolFeedFile.read(Array(bytes))
                return nil
            } catch { return error }
        }
        #expect(problem([]) == .noFeed)
        #expect(problem("{}\n".utf8) == .noFeed)
        for length in 1..<bytes.count {
            #expect(problem(bytes.prefix(length)) != nil, "cut off after \(length) bytes")
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        #expect(
            problem((lines.dropLast().joined(separator: "\n") + "\n").utf8)
                == .truncated(member: "0163", number: 4))
        let more = lines[1].replacing("{\"header\"", with: "{\"cpr\":1,\"header\"")
        let smuggled = [lines[0], more[...]] + lines[2...]
        #expect(
            problem((smuggled.joined(separator: "\n") + "\n").utf8) == .malformed(line: 2))
    }

    @Test("a field that was not agreed on is refused, and so is a postcode in whole")
    func agreed() throws {
        let wide = try MadeUpPool(postcode: .whole)
        let narrow = try MadeUpPool(fields: [.wishes, .kinds, .postcode])
        func entry(_ card: PoolCard) throws -> PoolFeed {
            var book = wide.book
            _ = try book.say(
                .cardShared, 1, .card(card), on: MadeUpPool.day, by: wide.signers[0],
                chance: wide.chance)
            return book.feed(of: "0163", since: 0)
        }
        #expect(
            try refused(try entry(wide.card("cleaner")), by: narrow.book)
                == .notAgreed("0163", number: 1, field: "farthest"))
        var told = narrow.card("cleaner")
        told.postcode = "2730"
        #expect(
            try refused(try entry(told), by: narrow.book)
                == .notAgreed("0163", number: 1, field: "postcode"))
        let card = narrow.card("cleaner")
        #expect(card.skills == nil && card.hours == nil && card.farthest == nil)
        #expect(card.postcode == "27")
    }

    @Test("a withdrawn card is gone from the feed, and the feed still stands")
    func withdrawal() throws {
        let pool = try MadeUpPool()
        var book = try home(pool)
        var early = pool.book
        _ = try early.take(book.feed(of: "0163", since: 0))
        let change = try book.say(
            .cardWithdrawn, 502, .end, on: MadeUpPool.day, by: pool.signers[0],
            chance: pool.chance)
        #expect(change.erased.map(\.number) == [3, 4])
        let bytes = try PoolFeedFile.write(book.feed(of: "0163", since: 0))
        #expect(!String(decoding: bytes, as: UTF8.self).contains("bus-driver"))
        let erased = try early.take(book.feed(of: "0163", since: 4)).erased
        #expect(erased.map(\.number) == [3, 4])
        var late = pool.book
        _ = try late.take(try PoolFeedFile.read(bytes))
        #expect(early.feeds == book.feeds && late.feeds == book.feeds)
        let state = try PoolState(late)
        #expect(state.cards.map(\.number) == [501] && state.offers.isEmpty)
        #expect(state.cardsShown == ["0163": 2])
        #expect(throws: PoolProblem.withdrawnCard("0163", number: 6)) {
            _ = try book.say(
                .cardShared, 502, .card(pool.card("cleaner")), on: MadeUpPool.day,
                by: pool.signers[0], chance: pool.chance)
        }
    }

    @Test("a hire credits both, once, and only where the candidate's member offered")
    func credit() throws {
        let pool = try MadeUpPool()
        var book = try home(pool)
        func say(_ content: PoolHire, by place: Int) throws {
            _ = try book.say(
                .hired, 3, .hire(content), on: MadeUpPool.day, by: pool.signers[place],
                chance: pool.chance)
        }
        try say(PoolHire(member: "0163", offer: 4), by: 2)
        try say(PoolHire(member: "0163", offer: 2), by: 1)
        try say(PoolHire(member: "0163", offer: 4), by: 1)
        try say(PoolHire(member: "0163", offer: 4), by: 1)
        let hires = try PoolState(book).hires
        #expect(hires.map(\.owner) == ["0219", "0219", "0219", "A-kassen Prøve"])
        #expect(hires.map(\.isConfirmed) == [false, true, false, false])
        _ = try book.say(
            .cardWithdrawn, 502, .end, on: MadeUpPool.day, by: pool.signers[0],
            chance: pool.chance)
        #expect(try PoolState(book).hires.map(\.isConfirmed)[1], "the credit outlives the card")
    }

    @Test("entries of a day before or after membership are refused")
    func days() throws {
        let pool = try MadeUpPool()
        var members = pool.members
        members[0].end = MadeUpPool.day - 1
        #expect(
            try refused(
                try home(pool).feed(of: "0163", since: 0),
                by: PoolBook(pool.partnership, members))
                == .notMember("0163", number: 1))
        var book = try home(pool)
        #expect(throws: PoolProblem.wrongDay("0163", number: 5)) {
            _ = try book.say(
                .cardWithdrawn, 502, .end, on: MadeUpPool.day - 1, by: pool.signers[0],
                chance: pool.chance)
        }
    }

    // MARK: Convergence

    /// Everything that any reader could have got at any moment, and what all have at last.
    private func life(
        _ pool: MadeUpPool, _ dice: inout Dice
    ) throws -> (mail: [PoolFeed], last: [PoolFeed]) {
        var homes = pool.signers.map { _ in pool.book }
        var mail: [PoolFeed] = []
        var shown: [[Int64]] = [[], [], []]
        for step in 0..<40 {
            let who = Int.random(in: 0..<3, using: &dice)
            let signer = pool.signers[who]
            let subject = Int64.random(in: 1...4, using: &dice)
            let other = pool.signers[(who + 1) % 3].member
            let card = shown[who].randomElement(using: &dice)
            let (kind, about, content): (PoolEntryKind, Int64, PoolContent) =
                switch (Int.random(in: 0..<8, using: &dice), card) {
                case (0, _): (.orderShared, subject, .order(MadeUpPool.order("s\(step)")))
                case (1, _): (.orderChanged, subject, .order(MadeUpPool.order("c\(step)")))
                case (2, _): (.orderClosed, subject, .end)
                case (3, let card?): (.cardWithdrawn, card, .end)
                case (4, let card?): (.cardShared, card, .card(pool.card("again-\(step)")))
                case (5, let card?):
                    (.referralOffered, card, .offer(PoolOffer(owner: other, order: subject)))
                case (6, _):
                    (
                        .hired, subject,
                        .hire(PoolHire(member: other, offer: .random(in: 1...12, using: &dice)))
                    )
                default: (.cardShared, pool.chance.card(), .card(pool.card("new-\(step)")))
                }
            if kind == .cardShared { shown[who] = Array(Set(shown[who]).union([about])).sorted() }
            if kind == .cardWithdrawn { shown[who].removeAll { $0 == about } }
            _ = try homes[who].say(
                kind, about, content, on: MadeUpPool.day + step / 8, by: signer,
                chance: pool.chance)
            let since = Int64.random(
                in: 0...Int64(homes[who].feeds[signer.member]!.count), using: &dice)
            mail.append(homes[who].feed(of: signer.member, since: since))
        }
        return (
            mail, zip(homes, pool.signers).map { $0.feed(of: $1.member, since: 0) }
        )
    }

    @Test("whatever comes in whatever order, all have the same state at last", arguments: 1...12)
    func converges(seed: UInt64) throws {
        var dice = Dice(seed)
        let pool = try MadeUpPool(seed: seed)
        let (mail, last) = try life(pool, &dice)
        var states: Set<PoolState> = []
        var books: [[String: [PoolEntry]]] = []
        for reader in 0..<6 {
            var book = pool.book
            // One reader is cut off all the time, the others lose some of the mail.
            for feed in mail.shuffled(using: &dice)
            where reader > 0 && Int.random(in: 0..<3, using: &dice) > 0 {
                do throws(PoolProblem) { _ = try book.take(feed) } catch {
                    guard case .missing = error else { throw error }
                }
            }
            for feed in last.shuffled(using: &dice) {
                let head = Int64(book.feeds[feed.member]?.count ?? 0)
                let since = Int64.random(in: 0...head, using: &dice)
                var part = feed
                part.entries.removeAll { $0.header.number <= since }
                _ = try book.take(part)
            }
            states.insert(try PoolState(book))
            books.append(book.feeds)
        }
        #expect(states.count == 1)
        #expect(books.allSatisfy { $0 == books[0] }, "even the erased entries are the same")
        let gone = Set(
            last.flatMap(\.entries).filter { $0.header.kind == .cardWithdrawn }
                .map(\.header.subject))
        for entry in books[0].values.joined() where gone.contains(entry.header.subject) {
            let isOfCard = entry.header.kind == .cardShared || entry.header.kind == .referralOffered
            #expect(!isOfCard || entry.payload == nil)
        }
    }
}
