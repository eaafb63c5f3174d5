import Chronology
import Identifiers
import Registry

// What a citizen's page shows, without reading everything about the citizen.
extension StoreReader {
    /// What stands about a citizen and has a first day, the latest first day first: `count`
    /// of it after the first `skipping`. What was said in conversations stands with them and
    /// is left out. O(skipping + count) without `kind`, O(registrations of the citizen) with.
    public func timeline(
        about citizen: CitizenID, in municipality: MunicipalityCode, kind: FactKind? = nil,
        skipping: Int = 0, count: Int
    ) throws -> [RegistrationNote] {
        var arguments: [SQLValue] = [.integer(Int64(municipality.number)), .citizen(citizen)]
        if let kind { arguments.append(.text(kind.rawValue)) }
        let entries = try connection.all(
            """
            SELECT l.number, l.kind, l.fact, l.hash, l.recorded_on, l.actor, l.purpose
            FROM ledger l
            WHERE l.municipality = $1 AND l.citizen = $2 AND l.valid_from IS NOT NULL
                \(kind == nil ? "" : "AND l.kind = $3")
                AND NOT EXISTS (
                    SELECT 1 FROM ledger s
                    WHERE s.municipality = l.municipality AND s.supersedes = l.number)
            ORDER BY l.valid_from DESC, l.number DESC
            LIMIT \(count) OFFSET \(skipping)
            """, arguments
        ) { TimelineEntry($0) }
        var facts: [TimelineEntry.Key: Fact] = [:]
        for kind in FactKind.allCases {
            let ids = entries.filter { $0.key.kind == kind.rawValue }.map(\.key.fact)
            try self.facts(kind, numbered: ids, in: municipality) {
                facts[TimelineEntry.Key(kind: kind.rawValue, fact: $0.id.number)] = $0
            }
        }
        return entries.compactMap { entry in facts[entry.key].map { entry.note($0) } }
    }

    /// How many registrations of each kind stand about a citizen. A case that was drawn for a
    /// sample of quality counts when it is reviewed, so that nobody mends it for the review.
    /// O(registrations of the citizen), of an index alone.
    public func standing(
        about citizen: CitizenID, in municipality: MunicipalityCode
    ) throws -> [FactKind: Int] {
        var found: [FactKind: Int] = [:]
        for kind in FactKind.allCases where kind.columns.contains("citizen") {
            let count = try connection.first(
                "SELECT count(*) FROM \(kind.rawValue) "
                    + "WHERE municipality = $1 AND citizen = $2 AND superseded_by IS NULL"
                    + (kind == .auditedCase ? " AND reviewed IS NOT NULL" : ""),
                [.integer(Int64(municipality.number)), .citizen(citizen)]
            ) { Int($0.integer(0)) }
            if let count, count > 0 { found[kind] = count }
        }
        return found
    }

    /// The facts of a kind with these numbers that stand.
    public func facts(
        _ kind: FactKind, numbered ids: [Int64], in municipality: MunicipalityCode,
        _ body: (Fact) throws -> Void
    ) throws {
        // Lists of few lengths, so that a statement is prepared once.
        let portion = ids.count == 1 ? 1 : 50
        for start in stride(from: 0, to: ids.count, by: portion) {
            var list = Array(ids[start..<min(start + portion, ids.count)])
            while list.count < portion { list.append(list[0]) }
            let marks = (2...portion + 1).map { "$\($0)" }.joined(separator: ", ")
            try connection.query(
                "SELECT id, \(kind.columns.joined(separator: ", ")) FROM \(kind.rawValue) "
                    + "WHERE municipality = $1 AND id IN (\(marks)) AND +superseded_by IS NULL",
                [.integer(Int64(municipality.number))] + list.map { .integer($0) }
            ) { try body(try FactReader(kind: kind, row: $0).fact()) }
        }
    }

    /// The facts of these kinds that stand about a citizen.
    public func facts(
        about citizen: CitizenID, in municipality: MunicipalityCode, kinds: [FactKind],
        _ body: (Fact) throws -> Void
    ) throws {
        for kind in kinds {
            try connection.query(
                "SELECT id, \(kind.columns.joined(separator: ", ")) FROM \(kind.rawValue) "
                    + "WHERE municipality = $1 AND citizen = $2 AND superseded_by IS NULL",
                [.integer(Int64(municipality.number)), .citizen(citizen)]
            ) { try body(try FactReader(kind: kind, row: $0).fact()) }
        }
    }

    /// The number of the latest registration about a citizen; 0 for none.
    public func lastRegistration(
        about citizen: CitizenID, in municipality: MunicipalityCode
    ) throws -> Int64 {
        try connection.first(
            "SELECT coalesce(max(number), 0) FROM ledger "
                + "WHERE municipality = $1 AND citizen = $2",
            [.integer(Int64(municipality.number)), .citizen(citizen)]
        ) { $0.integer(0) } ?? 0
    }

    /// The registration with a number in the ledger, where it stands and is about the
    /// citizen; nil asks of no citizen in particular.
    public func registration(
        _ number: Int64, about citizen: CitizenID? = nil, in municipality: MunicipalityCode
    ) throws -> RegistrationNote? {
        let entry = try connection.first(
            """
            SELECT number, kind, fact, hash, recorded_on, actor, purpose FROM ledger
            WHERE municipality = $1 AND number = $2
            """,
            [.integer(Int64(municipality.number)), .integer(number)]
        ) { TimelineEntry($0) }
        guard let entry, let kind = FactKind(rawValue: entry.key.kind) else { return nil }
        let note = try registration(kind, FactID(entry.key.fact), of: municipality)
        guard note?.number == number, citizen == nil || note?.fact.citizenID == citizen else {
            return nil
        }
        return note
    }
}

/// What the ledger says of a registration, before its fact is read.
private struct TimelineEntry {
    struct Key: Hashable {
        var kind: String
        var fact: Int64
    }

    var number: Int64
    var key: Key
    var hash: String
    var recordedOn: Day
    var actor: String
    var purpose: String

    init(_ row: any SQLRow) {
        number = row.integer(0)
        key = Key(kind: row.text(1), fact: row.integer(2))
        hash = row.text(3)
        recordedOn = Day(number: Int32(truncatingIfNeeded: row.integer(4)))
        actor = row.text(5)
        purpose = row.text(6)
    }

    func note(_ fact: Fact) -> RegistrationNote {
        RegistrationNote(
            fact: fact, number: number, hash: hash, recordedOn: recordedOn, actor: actor,
            purpose: purpose)
    }
}
