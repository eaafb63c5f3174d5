import Chronology
import Exchange
import Identifiers
import Matching
import Registry
import Storage

/// The shared pool: what this municipality shares with a partnership, what it takes in from the
/// others, and who is hired by it.
public struct PoolCase: Sendable {
    let house: House
    let chance: Chance

    /// `chance` draws the salts.
    public init(_ house: House, chance: Chance) {
        self.house = house
        self.chance = chance
    }

    /// Shares an open order with a partnership. Throws `FieldProblems` where it is closed, has
    /// no description or is shared already.
    public func share(
        _ order: FactID, with code: String, in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose, signing signer: PoolSigner
    ) async throws -> Receipt {
        let receipt = try await house.writePool(
            code, chance, municipality, actor, purpose, asking: .sharePool
        ) { writer in
            let summary = try writer.cases.summary(order)
            guard summary.isOpen else { throw FieldProblems([.init("order", "orderClosed")]) }
            guard let description = summary.description else {
                throw FieldProblems([.init("order", "poolNoDescription")])
            }
            let isShared = try writer.state().orders.contains {
                $0.owner == signer.member && $0.number == order.number
            }
            if isShared { throw FieldProblems([.init("order", "doneAlready")]) }
            return try writer.say(
                .orderShared, order.number, .order(PoolOrder(summary.order, description)),
                by: signer)
        }
        try await house.passOn(code, chance)
        return receipt
    }

    /// Tells the others what has changed of the orders and cards that are shared, and erases
    /// the cards of members that have left. How many entries were added to the own feed.
    public func refresh(
        _ code: String, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose,
        signing signer: PoolSigner
    ) async throws -> Int {
        let books = try await house.matching.books()
        let (added, erased) = try await house.writePool(
            code, chance, municipality, actor, purpose, asking: .sharePool
        ) { writer in
            let erased = try writer.forgetEnded()
            return (try writer.refresh(books, by: signer), erased)
        }
        if added + erased > 0 { try await house.engine.forgetErased() }
        if added > 0 { try await house.passOn(code, chance) }
        return added
    }

    /// A member's feed after a number, as it is here: the own one, or one to pass on to
    /// somebody who was cut off from its author.
    public func feed(
        of member: String, in code: String, since number: Int64,
        from municipality: MunicipalityCode, by actor: Actor
    ) async throws -> PoolFeed {
        try Policy.require(.exchangePool, by: actor, in: municipality)
        return try await house.engine.read {
            try PoolReading($0, municipality, code).book.feed(of: member, since: number)
        }
    }

    /// Takes in feeds: all of them, or none. Throws the first `PoolProblem`.
    public func take(
        _ feeds: [PoolFeed], into code: String, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> PoolTaken {
        let taken = try await house.writePool(
            code, chance, municipality, actor, purpose, asking: .exchangePool
        ) { writer in
            var taken = PoolTaken()
            for feed in feeds {
                let change = try writer.take(feed)
                taken.added += change.added.count
                taken.erased += change.erased.count
            }
            taken.erased += try writer.forgetEnded()
            return taken
        }
        if taken.erased > 0 { try await house.engine.forgetErased() }
        return taken
    }

    /// Passes feeds between the tenants of this database, by the same way as between
    /// installations. Those who have not registered the partnership are left out. Only the
    /// program itself may.
    public func exchange(
        _ code: String, among tenants: [MunicipalityCode], by actor: Actor
    ) async throws -> PoolTaken {
        // It reaches into every tenant, which nobody of one of them may.
        guard actor.role == .system else { throw Refusal.roleMayNotAdminister }
        return try await house.passOn(code, chance, among: tenants)
    }

    /// Offers a citizen's card to another member's order. Throws `FieldProblems` where the
    /// citizen has no card in the pool, the order is not open there, or the card was offered to
    /// it before.
    public func offer(
        _ citizen: CitizenID, to order: Int64, of owner: String, in code: String,
        from municipality: MunicipalityCode, by actor: Actor, purpose: Purpose,
        signing signer: PoolSigner
    ) async throws -> Receipt {
        let receipt = try await house.writePool(
            code, chance, municipality, actor, purpose, asking: .sharePool
        ) { writer in
            let state = try writer.state()
            guard owner != signer.member,
                state.orders.contains(where: {
                    $0.owner == owner && $0.number == order && $0.isOpen
                })
            else { throw FieldProblems([.init("order", "poolOrderUnknown")]) }
            let consent = try writer.consents(of: citizen).first { $0.withdrawn == nil }
            guard let card = consent?.card,
                state.cards.contains(where: { $0.member == signer.member && $0.number == card })
            else { throw FieldProblems([.init("citizen", "poolNoConsent")]) }
            let isOffered = state.offers.contains {
                $0.member == signer.member && $0.card == card && $0.owner == owner
                    && $0.order == order
            }
            if isOffered { throw FieldProblems([.init("citizen", "referredAlready")]) }
            return try writer.say(
                .referralOffered, card, .offer(PoolOffer(owner: owner, order: order)),
                by: signer)
        }
        try await house.passOn(code, chance)
        return receipt
    }
}

/// What taking feeds in changed.
public struct PoolTaken: Hashable, Sendable {
    public var added = 0
    /// Payloads that stood here and were erased.
    public var erased = 0

    public init() {}
}

extension House {
    /// Passes the feeds of a partnership between tenants of this database; all that have
    /// registered it where none are named. Done by the program itself. A tenant that refuses
    /// stops no other; its error is thrown when all have been asked.
    @discardableResult
    func passOn(
        _ code: String, _ chance: Chance, among named: [MunicipalityCode]? = nil
    ) async throws -> PoolTaken {
        let books = try await engine.read { connection in
            let all = try PoolStore.tenants(connection, of: code)
            let tenants = all.filter { named?.contains($0) ?? true }
            return try tenants.map { ($0, try PoolReading(connection, $0, code).book) }
        }
        var taken = PoolTaken()
        var first: (any Error)?
        guard let purpose = Purpose(code + " pool") else { return taken }
        for (taker, held) in books {
            let feeds = books.compactMap { giver, book -> PoolFeed? in
                let member = giver.description
                let last = held.feeds[member]?.last?.header.number ?? 0
                let feed = book.feed(of: member, since: last)
                let isKnown = held.members.contains { $0.member == member }
                return giver == taker || !isKnown || feed.entries.isEmpty ? nil : feed
            }
            if feeds.isEmpty { continue }
            let actor = Actor(name: "fodfaeste", role: .system, municipality: taker)
            do {
                let change = try await PoolCase(self, chance: chance).take(
                    feeds, into: code, in: taker, by: actor, purpose: purpose)
                taken.added += change.added
                taken.erased += change.erased
            } catch { first = first ?? error }
        }
        if let first { throw first }
        return taken
    }
}
