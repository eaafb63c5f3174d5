import Chronology
import Exchange
import Identifiers
import Matching
import Registry

/// Why somebody cannot have a stand.
public enum SeatObstacle: Hashable, Sendable {
    /// The job is of a kind that the participant does not seek.
    case kind(JobKind)
    /// Ids of skills that one must have.
    case lacks([String])
    /// Kilometres, and those that the participant will go.
    case tooFar(Int, farthest: Int)
    /// Said no to the order, or got no from the company.
    case answered(CandidateStand)
    case ruledOut
}

/// Who can have which seat at an event, and what each pair is worth.
public struct EventFilling: Sendable {
    /// What the stands wished for first, second and third are worth, beside the points of a
    /// suggestion (at most 120).
    public static let wishPoints = [30, 20, 10]
    /// What a seat is worth that no order says anything about.
    public static let plainPoints = 20

    public let participants: [EventSignUp]
    public let stands: [EventStand]
    public let problem: AssignmentProblem
    /// Names of the members that share the seats, by the number of their group.
    public let members: [String]
    /// How well a participant and the order of a stand fit.
    public let suggestions: [AssignmentProblem.Pair: Suggestion]
    public let obstacles: [AssignmentProblem.Pair: SeatObstacle]

    /// O(participants × stands).
    init(
        _ event: EventSummary, _ cards: [Participant: CandidateCard], _ books: MatchingBooks,
        _ orders: OrderBook, _ pool: EventPool?
    ) {
        // A card that was withdrawn takes no seat any more.
        let participants = event.participants.filter {
            $0.participant.citizen != nil || pool?.card($0.participant) != nil
        }
        let stands = event.stands
        var edges: [AssignmentProblem.Edge] = []
        var suggestions: [AssignmentProblem.Pair: Suggestion] = [:]
        var obstacles: [AssignmentProblem.Pair: SeatObstacle] = [:]
        var fixed: Set<AssignmentProblem.Pair> = []
        var forbidden: Set<AssignmentProblem.Pair> = []
        var previous: Set<AssignmentProblem.Pair> = []
        for (row, one) in participants.enumerated() {
            for (column, stand) in stands.enumerated() {
                let pair = AssignmentProblem.Pair(row, column)
                let seat = event.seat(of: one.participant, at: stand.id)?.state
                let order = stand.order.flatMap { orders[$0] }
                let fit = Fit(
                    one.participant, cards[one.participant], order, books,
                    isMeeting: event.event.kind.isForMeetings)
                suggestions[pair] = fit.suggestion
                if seat == .forbidden {
                    obstacles[pair] = .ruledOut
                    forbidden.insert(pair)
                } else if let obstacle = fit.obstacle, seat != .fixed {
                    obstacles[pair] = obstacle
                    continue
                }
                if seat == .fixed { fixed.insert(pair) }
                if seat == .given { previous.insert(pair) }
                edges.append(
                    .init(
                        row, column,
                        value: (fit.suggestion?.points ?? Self.plainPoints)
                            + Self.points(of: stand.id, among: one.wishes)))
            }
        }
        let (members, groups) = Self.groups(participants, stands, event.event, pool)
        let places = max(1, event.event.places)
        problem = AssignmentProblem(
            candidates: participants.map { one in
                .init(
                    places: places,
                    group: members.firstIndex(of: Self.member(of: one.participant, pool)))
            },
            openings: stands.map { .init(minimum: $0.least, maximum: $0.seats) }, edges: edges,
            groups: groups, fixed: fixed, forbidden: forbidden, previous: previous,
            objective: .filled)
        self.participants = participants
        self.stands = stands
        self.members = members
        self.suggestions = suggestions
        self.obstacles = obstacles
    }

    private static func points(of stand: FactID, among wishes: [FactID]) -> Int {
        wishes.firstIndex(of: stand).flatMap {
            wishPoints.indices.contains($0) ? wishPoints[$0] : 0
        }
            ?? 0
    }

    private static func member(of participant: Participant, _ pool: EventPool?) -> String {
        if case .card(let member, _) = participant { return member }
        return pool?.own ?? ""
    }

    /// The members that share the seats, and the most that each can have: its part by the
    /// agreed weights. What a member cannot use, because too few of its people come, is shared
    /// by the others.
    private static func groups(
        _ participants: [EventSignUp], _ stands: [EventStand], _ event: JobEvent,
        _ pool: EventPool?
    ) -> (members: [String], groups: [AssignmentProblem.Group]) {
        guard let pool else { return ([], []) }
        let members = pool.members.map(\.member).sorted()
        let weights = members.map { name in
            pool.members.first { $0.member == name }.map { Int($0.weight) } ?? 0
        }
        let room = members.map { name in
            participants.count { member(of: $0.participant, pool) == name } * max(1, event.places)
        }
        let seats = stands.reduce(0) { $0 + $1.seats }
        let most = FairSeats.shares(seats, weights: weights, room: room)
        return (members, most.map { AssignmentProblem.Group(maximum: $0) })
    }
}

/// The seats that each member can have at the most (lige fordeling).
public enum FairSeats {
    /// `seats` shared by `weights`, each part rounded upwards, and none larger than its `room`;
    /// what is left over goes to the others by the same weights. O(members²).
    public static func shares(_ seats: Int, weights: [Int], room: [Int]) -> [Int] {
        var shares = [Int](repeating: 0, count: weights.count)
        var open = Set(weights.indices.filter { weights[$0] > 0 && room[$0] > 0 })
        var left = seats
        while !open.isEmpty {
            let sum = open.reduce(0) { $0 + weights[$1] }
            let full = open.filter { room[$0] * sum <= left * weights[$0] }
            if full.isEmpty {
                for member in open { shares[member] = (left * weights[member] + sum - 1) / sum }
                break
            }
            for member in full {
                shares[member] = room[member]
                left -= room[member]
            }
            open.subtract(full)
        }
        return shares
    }
}

/// How a participant and a stand fit.
private struct Fit {
    var suggestion: Suggestion?
    var obstacle: SeatObstacle?

    init(
        _ participant: Participant, _ card: CandidateCard?, _ order: OrderSummary?,
        _ books: MatchingBooks, isMeeting: Bool
    ) {
        guard let order, let description = order.description else { return }
        let stand = participant.citizen.flatMap { order.stand(of: $0) }
        if let stand, stand == .declined || !stand.isOpen { obstacle = .answered(stand) }
        let job = books.card(description)
        guard let card else {
            // Nothing is known of what the participant can and wishes for.
            let must = Self.required(job.must, books, isMeeting)
            if !must.isEmpty { obstacle = obstacle ?? .lacks(must) }
            return
        }
        guard
            let found = books.taxonomy.suggestion(
                card, for: job, ownYes: stand == .volunteered)
        else {
            obstacle = obstacle ?? .kind(job.kind)
            return
        }
        suggestion = found
        if obstacle != nil { return }
        let missing = Self.required(found.missing, books, isMeeting)
        if !missing.isEmpty { obstacle = .lacks(missing) }
        for term in found.terms {
            if case .distance(let kilometres, let farthest) = term.reason, kilometres > farthest {
                obstacle = obstacle ?? .tooFar(kilometres, farthest: farthest)
            }
        }
    }

    /// What nobody can do without: all that the order asks for, and certificates alone where
    /// one only meets the company, which can judge the rest by itself.
    private static func required(
        _ skills: [String], _ books: MatchingBooks, _ isMeeting: Bool
    ) -> [String] {
        skills.filter { !isMeeting || books.taxonomy.skill($0)?.kind == .certificate }
    }
}
