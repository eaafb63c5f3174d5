import Chronology
import Identifiers
import Matching
import Registry
import Storage

/// Who fits an order, and which orders fit a citizen.
public struct CandidateCase: Sendable {
    private let house: House

    /// No more candidates are shown than this.
    public static let mostShown = 30

    public init(_ house: House) { self.house = house }

    public func books() async throws -> MatchingBooks { try await house.matching.books() }

    /// Those who fit an order best, with the reasons. Who has said no, got no from the company
    /// or stands there already is left out. Everyone shown is entered in the look-up log. Nil
    /// where there is no such order with a description.
    public func candidates(
        for order: FactID, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose?
    ) async throws -> CandidatesFound? {
        let reading = try LoggedReading(
            house, actor, of: municipality, purpose, asking: Request.readCandidates)
        let today = house.clock.today()
        guard let summary = try await house.orders.book(of: municipality)[order],
            let description = summary.description
        else { return nil }
        let books = try await house.matching.books()
        let index = try await house.matching.candidates(of: municipality, on: today)
        let stands = summary.candidates.map { ($0.number, summary.stand(of: $0)) }
        let found = index.rank(
            books.card(description), top: Self.mostShown,
            yes: Set(stands.filter { $0.1 == .volunteered }.map(\.0)),
            without: Set(stands.filter { $0.1 != .volunteered }.map(\.0))
        ).filter { !$0.isIdle }
        let people = try await reading.citizens(
            Set(found.map { CitizenID($0.candidate) }), for: .candidates, on: today)
        return CandidatesFound(
            order: summary, suggestions: found, seeking: index.count,
            people: Dictionary(uniqueKeysWithValues: people.citizens.map { ($0.id, $0) }),
            lookup: people.lookup)
    }

    /// Open orders that fit a citizen's profile, the best first, and those the citizen stands
    /// in already. Nil where the citizen has no profile. The look-up is logged.
    public func orders(
        for citizen: CitizenID, in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose?
    ) async throws -> OrdersFound? {
        let reading = try LoggedReading(
            house, actor, of: municipality, purpose, asking: Request.readCandidates)
        let today = house.clock.today()
        let lookup = try await reading.log([citizen], for: .candidates, on: today)
        return try await orders(for: citizen, in: municipality, on: today, lookup: lookup)
    }

    /// The same to the citizen, which is no look-up.
    public func ownOrders(
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> OrdersFound? {
        let citizen = try await house.own(actor, in: municipality)
        return try await orders(
            for: citizen, in: municipality, on: house.clock.today(), lookup: 0)
    }

    private func orders(
        for citizen: CitizenID, in municipality: MunicipalityCode, on today: Day, lookup: Int64
    ) async throws -> OrdersFound? {
        let profile = try await house.engine.read {
            try StoreReader($0).profile(of: citizen, in: municipality, on: today)
        }
        guard let profile else { return nil }
        let books = try await house.matching.books()
        let card = books.card(profile)
        let open = try await house.orders.book(of: municipality).open
        var found: [OrdersFound.Line] = []
        for order in open where order.vacant > 0 {
            guard let description = order.description else { continue }
            let stand = order.stand(of: citizen)
            let suggestion = books.taxonomy.suggestion(
                card, for: books.card(description), ownYes: stand == .volunteered)
            if let suggestion, !suggestion.isIdle || stand != nil {
                found.append(.init(order: order, suggestion: suggestion, stand: stand))
            }
        }
        found.sort {
            ($1.suggestion.points, $0.order.order.id) < ($0.suggestion.points, $1.order.order.id)
        }
        return OrdersFound(
            profile: profile, lines: found,
            reach: books.taxonomy.reach(of: card.skills), lookup: lookup)
    }

    /// Registers what a citizen can and wishes for; the profile before ends the day before.
    /// Throws `FieldProblems` for hours or a distance that cannot be.
    public func register(
        _ new: JobProfile, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose,
        asking request: Request = .registerFact
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: request) { writer in
            try writer.requireResident(new.citizen, on: writer.today, "wishes")
            if new.hours.least > new.hours.most {
                throw FieldProblems([.init("hoursMost", "hoursTurned")])
            }
            if new.kinds.isEmpty { throw FieldProblems([.init("kind-ordinary", "choice")]) }
            if !(1...500).contains(new.farthest) {
                throw FieldProblems([
                    .init("farthest", "wholeNumber", ["from": "1", "to": "500"])
                ])
            }
            let today = writer.today
            var id: FactID?
            if var standing = try writer.reader.profile(
                of: new.citizen, in: municipality, on: today)
            {
                if standing.start == today {
                    id = standing.id
                } else {
                    standing.end = today - 1
                    _ = try writer.set(.jobProfile(standing))
                }
            }
            return try writer.put(id, .jobProfile) { id in
                var profile = new
                profile.id = id
                profile.start = today
                profile.end = nil
                return .jobProfile(profile)
            }.1
        }
    }
}

/// Those who fit an order best.
public struct CandidatesFound: Sendable {
    public var order: OrderSummary
    /// The best first.
    public var suggestions: [Suggestion]
    /// Everyone with a profile.
    public var seeking: Int
    public var people: [CitizenID: Citizen]
    public var lookup: Int64
}

/// Orders that fit a citizen.
public struct OrdersFound: Sendable {
    public struct Line: Sendable {
        public var order: OrderSummary
        public var suggestion: Suggestion
        /// How the citizen stands to it already.
        public var stand: CandidateStand?

        /// Percent of the points that can be had from which an order is said to fit (our own
        /// line; the reasons stand beside both those above and below it).
        public static let fitting = 40

        /// Whether the citizen is told that it fits: by its points, or because they stand to it.
        public var fits: Bool {
            stand != nil || suggestion.points * 100 >= suggestion.most * Self.fitting
        }
    }

    public var profile: JobProfile
    /// The best first.
    public var lines: [Line]
    /// Occupations within reach of the citizen's skills (brancheskift), the nearest first.
    public var reach: [Reach]
    public var lookup: Int64
}

extension StoreReader {
    /// The profile that holds on a day.
    func profile(
        of citizen: CitizenID, in municipality: MunicipalityCode, on day: Day
    ) throws -> JobProfile? {
        try registrations(about: citizen, of: municipality, kinds: [.jobProfile])
            .lazy.compactMap { note -> JobProfile? in
                guard case .jobProfile(let profile) = note.fact, profile.holds(on: day) else {
                    return nil
                }
                return profile
            }.first
    }
}
