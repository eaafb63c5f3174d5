import Chronology
import Exchange
import Identifiers
import Registry
import Storage

/// A partnership as this municipality has registered it, and what its members have sent.
struct PoolReading {
    let partnership: Partnership
    /// Those of the partnership, in the order of their numbers.
    let members: [PartnershipMember]
    let book: PoolBook

    /// Throws `FieldProblems` where no partnership of the code is registered. O(entries).
    /// With a day, cards of memberships that ended before it need not be there.
    init(
        _ connection: any SQLConnection, _ municipality: MunicipalityCode, _ code: String,
        on today: Day = Day(number: .min)
    ) throws {
        let all = try Self.agreements(connection, municipality)
        guard let found = all.first(where: { $0.partnership.code == code }) else {
            throw FieldProblems([.init("partnership", "poolUnknown")])
        }
        partnership = found.partnership
        members = found.members
        let rows = try PoolStore(connection, municipality, partnership: code).all()
        book = PoolBook(partnership, members, try rows.map { try PoolEntry($0) }, on: today)
    }

    static func agreements(
        _ connection: any SQLConnection, _ municipality: MunicipalityCode
    ) throws -> [PoolAgreement] {
        var partnerships: [Partnership] = []
        var members: [PartnershipMember] = []
        try StoreReader(connection).facts(
            of: municipality, kinds: [.partnership, .partnershipMember]
        ) { fact in
            if case .partnership(let found) = fact { partnerships.append(found) }
            if case .partnershipMember(let found) = fact { members.append(found) }
        }
        members.sort { $0.id < $1.id }
        return try partnerships.sorted { $0.code < $1.code }.map { partnership in
            PoolAgreement(
                partnership: partnership,
                members: members.filter { $0.partnership == partnership.id },
                addresses: try PoolStore(
                    connection, municipality, partnership: partnership.code
                ).addresses())
        }
    }
}

extension PoolEntry {
    /// Throws `StorageError.malformedRow` where the kind is none that is known.
    init(_ row: PoolEntryRow) throws(StorageError) {
        guard let kind = PoolEntryKind(rawValue: row.kind) else {
            throw .malformedRow(table: "pool_entry", id: row.number, column: "kind")
        }
        self.init(
            header: PoolHeader(
                partnership: row.partnership, member: row.member, number: row.number,
                previous: row.previous, kind: kind, subject: row.subject,
                day: Int32(truncatingIfNeeded: row.day), commitment: row.commitment),
            signature: row.signature, payload: row.payload)
    }

    func row() throws(PoolProblem) -> PoolEntryRow {
        PoolEntryRow(
            partnership: header.partnership, member: header.member, number: header.number,
            previous: header.previous, kind: header.kind.rawValue, subject: header.subject,
            day: Int64(header.day), commitment: header.commitment, hash: try header.hash(),
            signature: signature, payload: payload)
    }
}

/// Writes facts and feeds in one transaction, with a note in the ledger of each change of a
/// feed. The note holds hashes and numbers, and nothing that would have to be erased.
struct PoolWriter {
    var cases: CaseWriter
    let partnership: Partnership
    let members: [PartnershipMember]
    private(set) var book: PoolBook
    private let store: PoolStore
    private let chance: Chance

    init(
        _ connection: any SQLConnection, _ municipality: MunicipalityCode, _ code: String,
        _ stamp: Stamp, _ chance: Chance
    ) throws {
        cases = try CaseWriter(connection, municipality, stamp)
        let reading = try PoolReading(connection, municipality, code, on: stamp.on)
        partnership = reading.partnership
        members = reading.members
        book = reading.book
        store = PoolStore(connection, municipality, partnership: code)
        self.chance = chance
    }

    /// A number for a card that no other of the feed has.
    func newCard() -> Int64 {
        var card = chance.card()
        let used = Set(book.feeds.values.joined().map(\.header.subject))
        while used.contains(card) { card = chance.card() }
        return card
    }

    func state() throws -> PoolState { try PoolState(book) }

    /// Adds to the own feed. Throws `FieldProblems` where the key is that of another
    /// municipality, so that no tenant speaks for another.
    @discardableResult
    mutating func say(
        _ kind: PoolEntryKind, _ subject: Int64, _ content: PoolContent, by signer: PoolSigner
    ) throws -> Receipt {
        try require(signer)
        let change = try book.say(
            kind, subject, content, on: cases.today, by: signer, chance: chance)
        return try keep(change, of: signer.member)
    }

    /// Whether the signer is a member today, with this key, of a partnership that goes on.
    func isMember(_ signer: PoolSigner) throws -> Bool {
        let key = try signer.publicKey()
        return partnership.holds(on: cases.today)
            && members.contains {
                $0.member == signer.member && $0.publicKey == key && $0.holds(on: cases.today)
            }
    }

    /// Throws `FieldProblems` where the signer is no member today, and where the key is that
    /// of another municipality.
    func require(_ signer: PoolSigner) throws {
        let own = members.filter { $0.member == signer.member }
        guard try isMember(signer) else {
            throw FieldProblems([.init("key", "poolKeyUnknown", ["member": signer.member])])
        }
        if own.contains(where: { $0.kind == .municipality }),
            signer.member != cases.municipality.description
        {
            throw FieldProblems([.init("key", "poolKeyOfOther", ["member": signer.member])])
        }
    }

    /// Takes in another's feed; what was new of it.
    mutating func take(_ feed: PoolFeed) throws -> PoolBook.Change {
        let change = try book.take(feed)
        if !change.isEmpty { _ = try keep(change, of: feed.member) }
        return change
    }

    /// Keeps where members are asked, and notes it where it is news.
    mutating func setAddresses(_ addresses: [String: String]) throws {
        guard try store.addresses() != addresses else { return }
        try store.setAddresses(addresses)
        _ = try cases.note(
            "pool_address", ["partnership", "addresses"],
            [
                .text(partnership.code),
                .text(
                    addresses.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                        .joined(separator: "\n")),
            ])
    }

    /// Erases the cards and offers of members that have left. How many payloads.
    mutating func forgetEnded() throws -> Int {
        let change = book.forgetEnded()
        for (member, headers) in Dictionary(grouping: change.erased, by: \.member)
            .sorted(by: { $0.key < $1.key })
        {
            var own = PoolBook.Change()
            own.erased = headers
            _ = try keep(own, of: member)
        }
        return change.erased.count
    }

    private mutating func keep(_ change: PoolBook.Change, of member: String) throws -> Receipt {
        let rows = try change.added.map { entry throws(PoolProblem) in try entry.row() }
        try store.add(rows)
        for header in change.erased { try store.erase(header.member, header.number) }
        return try cases.note(
            "pool_feed", ["partnership", "member", "from", "to", "hash", "erased"],
            [
                .text(partnership.code), .text(member), .integer(rows.first?.number ?? 0),
                .integer(rows.last?.number ?? 0), .text(rows.last?.hash ?? ""),
                .integer(Int64(change.erased.count)),
            ])
    }
}

extension House {
    /// One transaction on a partnership's pool by somebody who may. `body` throws and nothing
    /// is stored.
    func writePool<Value: Sendable>(
        _ code: String, _ chance: Chance, _ municipality: MunicipalityCode, _ actor: Actor,
        _ purpose: Purpose, asking request: Request,
        _ body: @escaping @Sendable (inout PoolWriter) throws -> Value
    ) async throws -> Value {
        try Policy.require(request, by: actor, in: municipality)
        let stamp = stamp(actor, purpose.text)
        return try await engine.write { connection in
            var writer = try PoolWriter(connection, municipality, code, stamp, chance)
            return try body(&writer)
        }
    }
}
