import Chronology
import Exchange
import Identifiers
import Registry
import Storage

/// Another member that this municipality asks for feeds.
public struct PoolPeer: Hashable, Sendable {
    public var partnership: String
    public var member: String
    public var address: String

    public init(partnership: String, member: String, address: String) {
        self.partnership = partnership
        self.member = member
        self.address = address
    }
}

/// Feeds between installations: questions are answered, and others are asked. A feed of any
/// member can come from any other, so that one who cannot reach its author hears of it all the
/// same.
public struct PoolExchange: Sendable {
    private let house: House
    private let municipality: MunicipalityCode
    private let chance: Chance
    private let signer: PoolSigner

    public init(
        _ house: House, of municipality: MunicipalityCode, signing signer: PoolSigner,
        chance: Chance
    ) {
        self.house = house
        self.municipality = municipality
        self.signer = signer
        self.chance = chance
    }

    /// What another member asks for, as a file of feeds; empty where it has everything. Throws
    /// `PoolAskRefusal` to one who is no member today.
    public func answer(_ bytes: [UInt8], in code: String) async throws -> [UInt8] {
        guard let signed = SignedPoolAsk(bytes), signed.ask.partnership == code,
            signed.ask.answerer == signer.member
        else { throw PoolAskRefusal.unknown }
        let ask = signed.ask
        guard abs(house.clock.now() - ask.moment) <= PoolAsk.leeway else {
            throw PoolAskRefusal.clock
        }
        let (municipality, today, own) = (municipality, house.clock.today(), signer.member)
        let answer: [UInt8] = try await house.engine.read { connection in
            let all = try PoolReading.agreements(connection, municipality)
            guard let agreement = all.first(where: { $0.partnership.code == code }) else {
                throw PoolAskRefusal.unknown
            }
            let present = agreement.present(on: today)
            guard present.contains(where: { $0.member == own }),
                let asker = present.first(where: { $0.member == ask.asker }),
                asker.member != own, try signed.isSigned(by: asker.publicKey)
            else { throw PoolAskRefusal.notMember }
            let heads = try PoolStore(connection, municipality, partnership: code).heads()
            let newer = heads.filter { $0.value > ask.have[$0.key] ?? 0 }.keys.sorted()
            if newer.isEmpty { return [] }
            let book = try PoolReading(connection, municipality, code).book
            return try PoolFeedFile.writeAll(
                newer.map { book.feed(of: $0, since: ask.have[$0] ?? 0) })
        }
        await house.poolLinks.read(
            code, by: ask.asker, of: municipality, upTo: ask.have[own] ?? 0)
        return answer
    }

    /// The members that can be asked today.
    public func peers() async throws -> [PoolPeer] {
        let (municipality, today, own) = (municipality, house.clock.today(), signer.member)
        return try await house.engine.read { connection in
            try PoolReading.agreements(connection, municipality).flatMap { agreement in
                let present = agreement.present(on: today).map(\.member)
                guard present.contains(own) else { return [PoolPeer]() }
                return present.filter { $0 != own }.compactMap { member in
                    agreement.addresses[member].map {
                        PoolPeer(
                            partnership: agreement.partnership.code, member: member, address: $0)
                    }
                }
            }
        }
    }

    /// Asks one member, and takes in each feed that fits; what others of them lack stops none.
    /// How it went is kept for the pool's page, and thrown where it went wrong.
    @discardableResult
    public func ask(
        _ peer: PoolPeer, through client: PoolClient
    ) async throws -> PoolTaken {
        do {
            let taken = try await fetch(peer, client)
            await house.poolLinks.heard(peer, by: municipality, at: house.clock.now())
            return taken
        } catch let problem as PoolLinkProblem {
            await house.poolLinks.failed(peer, by: municipality, problem)
            throw problem
        }
    }

    private func fetch(_ peer: PoolPeer, _ client: PoolClient) async throws -> PoolTaken {
        let (municipality, code) = (municipality, peer.partnership)
        let have = try await house.engine.read {
            try PoolStore($0, municipality, partnership: code).heads()
        }
        let ask = PoolAsk(
            partnership: code, asker: signer.member, answerer: peer.member,
            moment: house.clock.now(), have: have)
        let signed: SignedPoolAsk
        do throws(PoolProblem) { signed = try SignedPoolAsk(ask, by: signer) } catch {
            throw PoolLinkProblem.feed(error)
        }
        let feeds = try await client.feeds(signed, from: peer.address)
        var taken = PoolTaken()
        var first: PoolProblem?
        let actor = Actor(name: "fodfaeste", role: .system, municipality: municipality)
        guard let purpose = Purpose("pool \(code)") else { return taken }
        for feed in feeds {
            do {
                let change = try await PoolCase(house, chance: chance).take(
                    [feed], into: code, in: municipality, by: actor, purpose: purpose)
                taken.added += change.added
                taken.erased += change.erased
            } catch let problem as PoolProblem { first = first ?? problem }
        }
        if let first { throw PoolLinkProblem.feed(first) }
        return taken
    }
}

extension PoolExchange {
    /// Asks every member again and again until the task is cancelled. One that does not answer
    /// is asked less and less often, and delays no other.
    ///
    /// - Parameters:
    ///   - pause: between two questions to the same member.
    ///   - longest: the longest pause after failures.
    public func keepUp(
        through client: PoolClient, every pause: Duration, atMost longest: Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) async {
        let links = house.poolLinks
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                for peer in (try? await peers()) ?? []
                where await links.begin(peer, by: municipality) {
                    group.addTask {
                        await keepUp(with: peer, client, pause, longest, sleep)
                        await links.end(peer, by: municipality)
                    }
                }
                // An agreement that is registered meanwhile is followed from here.
                do { try await sleep(pause) } catch { return }
            }
        }
    }

    private func keepUp(
        with peer: PoolPeer, _ client: PoolClient, _ pause: Duration, _ longest: Duration,
        _ sleep: @Sendable (Duration) async throws -> Void
    ) async {
        var wait = pause
        repeat {
            do {
                try await ask(peer, through: client)
                wait = pause
            } catch { wait = min(wait * 2, longest) }
            do { try await sleep(wait) } catch { return }
        } while ((try? await peers()) ?? [peer]).contains(peer)
    }
}

extension PoolAgreement {
    /// Those who are members on a day; nobody when the partnership does not hold.
    fileprivate func present(on day: Day) -> [PartnershipMember] {
        partnership.holds(on: day) ? members.filter { $0.holds(on: day) } : []
    }
}

/// When each member was last heard from, since the program began.
public actor PoolLinks {
    /// How it stands with one member.
    public struct Link: Hashable, Sendable {
        /// Unix seconds of the last answer; nil before the first.
        public var heard: Int64?
        /// What went wrong since; nil when the last question was answered.
        public var problem: PoolLinkProblem?
    }

    private var links: [MunicipalityCode: [PoolPeer: Link]] = [:]
    private var taken: [MunicipalityCode: [String: [String: Int64]]] = [:]
    /// Those that are asked again and again.
    private var kept: [MunicipalityCode: Set<PoolPeer>] = [:]

    func heard(_ peer: PoolPeer, by municipality: MunicipalityCode, at moment: Int64) {
        links[municipality, default: [:]][peer] = Link(heard: moment)
    }

    /// Another says how far it has taken in the own feed.
    func read(
        _ partnership: String, by member: String, of municipality: MunicipalityCode,
        upTo number: Int64
    ) {
        taken[municipality, default: [:]][partnership, default: [:]][member] = number
    }

    /// The last number of the own feed that others have said they have, by member. One that has
    /// said nothing since the program began is not there.
    func taken(of partnership: String, in municipality: MunicipalityCode) -> [String: Int64] {
        taken[municipality]?[partnership] ?? [:]
    }

    func failed(
        _ peer: PoolPeer, by municipality: MunicipalityCode, _ problem: PoolLinkProblem
    ) {
        links[municipality, default: [:]][peer, default: Link()].problem = problem
    }

    /// False where somebody keeps up with the member already.
    func begin(_ peer: PoolPeer, by municipality: MunicipalityCode) -> Bool {
        kept[municipality, default: []].insert(peer).inserted
    }

    func end(_ peer: PoolPeer, by municipality: MunicipalityCode) {
        kept[municipality]?.remove(peer)
    }

    /// The links of a municipality in a partnership, by member.
    public func all(
        of partnership: String, in municipality: MunicipalityCode
    ) -> [String: Link] {
        Dictionary(
            (links[municipality] ?? [:]).filter { $0.key.partnership == partnership }
                .map { ($0.key.member, $0.value) },
            uniquingKeysWith: { first, _ in first })
    }
}
