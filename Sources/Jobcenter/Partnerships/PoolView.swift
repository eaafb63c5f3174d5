import Chronology
import Exchange
import Identifiers
import Matching
import Registry
import Storage

/// A pool as a member sees it on a day: orders and cards of all who are members then.
public struct PoolView: Sendable {
    public var partnership: Partnership
    public var members: [PartnershipMember]
    public var state: PoolState
    /// In the order of the members' names.
    public var shares: [FairShare]
    /// Members of the same database, who have everything at once.
    public var here: Set<String> = []
    /// Members elsewhere who can be asked for their feeds.
    public var addressed: Set<String> = []
}

/// What a member has given to a pool and got from it, beside its weight (rimelig andel).
public struct FairShare: Hashable, Codable, Sendable {
    public var member: String
    /// Orders shared, the closed ones among them.
    public var orders: Int
    /// Cards shown, the withdrawn ones among them.
    public var cards: Int
    /// Confirmed hires on the member's orders.
    public var hiresOwned: Int
    /// Confirmed hires of the member's candidates.
    public var hiresPlaced: Int
    /// The agreed weight.
    public var weight: Int
    /// Percentages of all members together; nil where all have nothing.
    public var weightShare: Double?
    public var orderShare: Double?
    public var cardShare: Double?
    public var hireShare: Double?

    /// One for each member that holds on the day or has entries. O(members × hires).
    static func all(_ state: PoolState, _ members: [PartnershipMember], on day: Day) -> [FairShare]
    {
        let names = Set(members.filter { $0.holds(on: day) }.map(\.member))
            .union(state.heads.map(\.member))
        let hires = state.hires.filter(\.isConfirmed)
        var shares = names.sorted().map { name in
            FairShare(
                member: name, orders: state.orders.count { $0.owner == name },
                cards: state.cardsShown[name] ?? 0,
                hiresOwned: hires.count { $0.owner == name },
                hiresPlaced: hires.count { $0.member == name },
                weight: members.first { $0.member == name && $0.holds(on: day) }?.weight ?? 0)
        }
        func part(_ path: KeyPath<FairShare, Int>) -> (FairShare) -> Double? {
            let sum = shares.reduce(0) { $0 + $1[keyPath: path] }
            return { sum == 0 ? nil : Double($0[keyPath: path]) * 100 / Double(sum) }
        }
        let (weight, orders, cards) = (part(\.weight), part(\.orders), part(\.cards))
        let hired = part(\.hiresPlaced)
        for place in shares.indices {
            let share = shares[place]
            shares[place].weightShare = weight(share)
            shares[place].orderShare = orders(share)
            shares[place].cardShare = cards(share)
            shares[place].hireShare = hired(share)
        }
        return shares
    }
}

/// A card that fits an order of the pool.
public struct PoolCandidate: Hashable, Sendable {
    /// The candidate's member and the card's number there.
    public var member: String
    public var card: Int64
    /// Why, term by term. Its `candidate` is the card's number.
    public var suggestion: Suggestion
    /// The own citizen behind the card; nil for another member's.
    public var citizen: CitizenID?
}

/// The cards that fit an order of the pool best.
public struct PoolCandidates: Sendable {
    public var order: PoolState.Order
    /// The best first.
    public var found: [PoolCandidate]
    /// Every card that was ranked.
    public var seeking: Int
    /// The own citizens behind the cards that are shown.
    public var people: [CitizenID: Citizen] = [:]
    /// The look-up's number; nil where no own citizen is shown.
    public var lookup: Int64?
}

extension PoolCase {
    /// The pool as it is here. Cards are about people, so a purpose is asked for; nobody can be
    /// named from them, so nobody is entered in the look-up log.
    public func view(
        of code: String, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose?
    ) async throws -> PoolView {
        try Policy.require(.readCandidates(purpose), by: actor, in: municipality)
        let today = house.clock.today()
        let (reading, here, addressed) = try await house.engine.read { connection in
            (
                try PoolReading(connection, municipality, code),
                try PoolStore.tenants(connection, of: code).map(\.description),
                try PoolStore(connection, municipality, partnership: code).addresses().keys
            )
        }
        var state = try PoolState(reading.book)
        let shares = FairShare.all(state, reading.members, on: today)
        let present = Set(
            reading.partnership.holds(on: today)
                ? reading.members.filter { $0.holds(on: today) }.map(\.member) : [])
        state.orders.removeAll { !present.contains($0.owner) }
        state.cards.removeAll { !present.contains($0.member) }
        state.offers.removeAll { !present.contains($0.member) || !present.contains($0.owner) }
        return PoolView(
            partnership: reading.partnership, members: reading.members, state: state,
            shares: shares, here: Set(here), addressed: Set(addressed))
    }

    /// The cards of all members that fit an order of the pool best, with the reasons. Those
    /// offered to it are left out. Own citizens that are shown are entered in the look-up log.
    /// Nil where there is no such open order. O(cards).
    public func candidates(
        for order: Int64, of owner: String, in code: String,
        from municipality: MunicipalityCode, by actor: Actor, purpose: Purpose?
    ) async throws -> PoolCandidates? {
        let reading = try LoggedReading(
            house, actor, of: municipality, purpose, asking: Request.readCandidates)
        let today = house.clock.today()
        let view = try await view(of: code, in: municipality, by: actor, purpose: purpose)
        let wanted = view.state.orders.first {
            $0.owner == owner && $0.number == order && $0.isOpen
        }
        guard let wanted else { return nil }
        let books = try await house.matching.books()
        let offered = Set(
            view.state.offers.filter { $0.owner == owner && $0.order == order }.map {
                "\($0.member) \($0.card)"
            })
        let cards = view.state.cards.filter { !offered.contains("\($0.member) \($0.number)") }
        // Numbers of two members could be the same, so each card is ranked by its place.
        let index = CandidateIndex(
            cards.enumerated().map { books.card($1.told, place: Int64($0)) }, books.taxonomy)
        let own = try await ownCitizens(of: view.partnership, in: municipality)
        let found = index.rank(books.card(wanted.told), top: CandidateCase.mostShown).map {
            suggestion in
            let card = cards[Int(suggestion.candidate)]
            var suggestion = suggestion
            suggestion.candidate = card.number
            let citizen = card.member == municipality.description ? own[card.number] : nil
            return PoolCandidate(
                member: card.member, card: card.number, suggestion: suggestion,
                citizen: citizen)
        }
        var candidates = PoolCandidates(order: wanted, found: found, seeking: cards.count)
        let shown = Set(found.compactMap(\.citizen))
        if !shown.isEmpty {
            let (citizens, lookup) = try await reading.citizens(
                shown, for: .candidates, on: today)
            for citizen in citizens { candidates.people[citizen.id] = citizen }
            candidates.lookup = lookup
        }
        return candidates
    }

    /// The citizens behind the own cards.
    private func ownCitizens(
        of partnership: Partnership, in municipality: MunicipalityCode
    ) async throws -> [Int64: CitizenID] {
        try await house.engine.read { connection in
            var found: [Int64: CitizenID] = [:]
            try StoreReader(connection).facts(of: municipality, kinds: [.poolConsent]) { fact in
                if case .poolConsent(let consent) = fact,
                    consent.partnership == partnership.id, consent.withdrawn == nil
                {
                    found[consent.card] = consent.citizen
                }
            }
            return found
        }
    }
}

extension MatchingBooks {
    /// A card of the pool, ranked under a number of its own. What was not told is as in a
    /// profile where nothing was said; the area of a postcode is no place.
    func card(_ told: PoolCard, place: Int64) -> CandidateCard {
        let hours = told.hours ?? []
        return CandidateCard(
            id: place, wishes: told.wishes ?? [], skills: Set(told.skills ?? []),
            hours: hours.count == 2
                ? WeeklyHours(
                    least: WeeklyTime(minutes: hours[0]), most: WeeklyTime(minutes: hours[1]))
                : WeeklyHours(),
            kinds: Set((told.kinds ?? [JobKind.ordinary.rawValue]).compactMap(JobKind.init)),
            place: told.postcode.flatMap { $0.count == 4 ? self.place($0) : nil },
            farthest: told.farthest ?? 30)
    }

    func card(_ told: PoolOrder) -> JobCard {
        JobCard(
            occupation: told.occupation, must: told.must, nice: told.nice,
            hours: WeeklyHours(
                least: WeeklyTime(minutes: told.hoursLeast),
                most: WeeklyTime(minutes: told.hoursMost)),
            kind: JobKind(rawValue: told.kind) ?? .ordinary, place: place(told.postcode))
    }
}
