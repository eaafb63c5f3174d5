import Chronology
import Foundation
import Registry

/// The feeds of a partnership's members as somebody has them. It takes in what fits, refuses
/// what does not, and forgets what was withdrawn.
public struct PoolBook: Sendable {
    public let partnership: Partnership
    public let members: [PartnershipMember]
    /// Each member's entries, in the order of their numbers.
    public private(set) var feeds: [String: [PoolEntry]]
    /// What members told of cards is forgotten when their membership ends before this day.
    private let today: Day

    /// `entries` were taken in before and are not examined again.
    public init(
        _ partnership: Partnership, _ members: [PartnershipMember],
        _ entries: [PoolEntry] = [], on today: Day = Day(number: .min)
    ) {
        self.today = today
        self.partnership = partnership
        self.members = members
        feeds = Dictionary(grouping: entries, by: \.header.member).mapValues { feed in
            feed.sorted { $0.header.number < $1.header.number }
        }
    }

    /// What a change of the book asks of the store.
    public struct Change: Hashable, Sendable {
        /// In the order of each member's numbers.
        public var added: [PoolEntry] = []
        /// Entries that stood and lost their payload, in the order of their numbers.
        public var erased: [PoolHeader] = []

        public init() {}

        public var isEmpty: Bool { added.isEmpty && erased.isEmpty }
    }

    /// Takes in a member's feed. What is here already is compared and passed over. Throws the
    /// first problem, and then the book is as it was. O(entries of the member).
    public mutating func take(_ feed: PoolFeed) throws(PoolProblem) -> Change {
        guard feed.partnership == partnership.code else {
            throw .otherPartnership(feed.partnership)
        }
        guard members.contains(where: { $0.member == feed.member }) else {
            throw .unknownMember(feed.member)
        }
        let known = feeds[feed.member] ?? []
        var all = known
        for entry in feed.entries {
            let number = entry.header.number
            if number >= 1, number <= Int64(known.count) {
                if try known[Int(number) - 1].header.hash() != entry.header.hash() {
                    throw .forked(feed.member, number: number)
                }
                continue
            }
            try examine(entry, of: feed.member, after: all.last)
            all.append(entry)
        }
        return try settle(all, of: feed.member, known: known.count)
    }

    /// Adds the next entry of a signer's own feed.
    public mutating func say(
        _ kind: PoolEntryKind, _ subject: Int64, _ content: PoolContent, on day: Day,
        by signer: PoolSigner, chance: Chance
    ) throws(PoolProblem) -> Change {
        let last = feeds[signer.member]?.last
        let entry = try signer.entry(
            kind, subject, content, on: day, after: last, of: partnership.code, chance: chance)
        return try take(
            PoolFeed(partnership: partnership.code, member: signer.member, entries: [entry]))
    }

    /// A member's feed after a number; empty where there is nothing.
    public func feed(of member: String, since number: Int64) -> PoolFeed {
        PoolFeed(
            partnership: partnership.code, member: member,
            entries: (feeds[member] ?? []).filter { $0.header.number > number })
    }

    /// Forgets the cards and offers of memberships that have ended. O(entries).
    public mutating func forgetEnded() -> Change {
        var change = Change()
        for (member, feed) in feeds {
            for (place, entry) in feed.enumerated()
            where entry.payload != nil && hasEnded(entry.header) {
                feeds[member]?[place].payload = nil
                change.erased.append(entry.header)
            }
        }
        change.erased.sort { ($0.member, $0.number) < ($1.member, $1.number) }
        return change
    }

    /// Whether an entry tells of a card, and the membership it was told in is over.
    private func hasEnded(_ header: PoolHeader) -> Bool {
        guard header.kind == .cardShared || header.kind == .referralOffered else { return false }
        let day = Day(number: header.day)
        let author = members.first { $0.member == header.member && $0.holds(on: day) }
        return min(author?.end ?? .openEnd, partnership.end ?? .openEnd) < today
    }

    private func examine(
        _ entry: PoolEntry, of member: String, after last: PoolEntry?
    ) throws(PoolProblem) {
        let header = entry.header
        let number = header.number
        let expected = (last?.header.number ?? 0) + 1
        if number != expected { throw .missing(member, number: expected, found: number) }
        guard header.member == member, header.partnership == partnership.code else {
            throw .wrongSignature(member, number: number)
        }
        let day = Day(number: header.day)
        guard partnership.holds(on: day),
            let author = members.first(where: { $0.member == member && $0.holds(on: day) })
        else { throw .notMember(member, number: number) }
        guard try entry.isSigned(by: author.publicKey) else {
            throw .wrongSignature(member, number: number)
        }
        if header.previous != (try last?.header.hash() ?? PoolHeader.origin) {
            throw .wrongPredecessor(member, number: number)
        }
        if let last, header.day < last.header.day { throw .wrongDay(member, number: number) }
        guard let payload = entry.payload else { return }
        guard PoolJSON.digest(Data(payload.utf8)) == header.commitment,
            let content = PoolContent(header.kind, payload)
        else { throw .wrongPayload(member, number: number) }
        if let field = content.fieldsBeyond(partnership).first {
            throw .notAgreed(member, number: number, field: field)
        }
    }

    /// Forgets what later entries take back, and keeps the feed if nothing is gone without
    /// that.
    private mutating func settle(
        _ all: [PoolEntry], of member: String, known: Int
    ) throws(PoolProblem) -> Change {
        var change = Change()
        var feed = all
        var withdrawn: Set<Int64> = []
        var replaced: Set<Int64> = []
        for place in feed.indices.reversed() {
            let header = feed[place].header
            let subject = header.subject
            let isGone =
                switch header.kind {
                case _ where hasEnded(header): true
                case .cardShared: withdrawn.contains(subject) || replaced.contains(subject)
                case .referralOffered: withdrawn.contains(subject)
                default: false
                }
            if header.kind == .cardWithdrawn { withdrawn.insert(subject) }
            if header.kind == .cardShared { replaced.insert(subject) }
            if isGone, feed[place].payload != nil {
                feed[place].payload = nil
                if place < known { change.erased.append(header) }
            } else if !isGone, feed[place].payload == nil {
                throw .payloadMissing(member, number: header.number)
            }
        }
        change.erased.reverse()
        var ended: Set<Int64> = []
        for header in feed.map(\.header) where header.kind.isAboutCard {
            if ended.contains(header.subject) {
                throw .withdrawnCard(member, number: header.number)
            }
            if header.kind == .cardWithdrawn { ended.insert(header.subject) }
        }
        change.added = Array(feed[known...])
        feeds[member] = feed
        return change
    }
}
