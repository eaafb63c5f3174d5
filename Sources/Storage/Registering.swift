import Chronology
import Identifiers
import Registry

/// Writes registrations: the ledger entry and the table row in one transaction.
public struct LedgerWriter {
    private let connection: any SQLConnection
    private let municipality: MunicipalityCode
    private var number: Int64
    private var previous: String

    /// Takes the municipality's ledger for the rest of the transaction; another
    /// writer waits.
    public init(_ connection: any SQLConnection, _ municipality: MunicipalityCode) throws {
        self.connection = connection
        self.municipality = municipality
        let code = SQLValue.integer(Int64(municipality.number))
        // An update that changes nothing holds the row on both engines.
        let held = try connection.execute(
            "UPDATE ledger_head SET number = number WHERE municipality = $1", [code])
        if held == 0 {
            try connection.execute(
                "INSERT INTO ledger_head (municipality, number, hash) VALUES ($1, 0, $2)",
                [code, .text(LedgerEntry.origin)])
        }
        let head = try connection.first(
            "SELECT number, hash FROM ledger_head WHERE municipality = $1", [code]
        ) { ($0.integer(0), $0.text(1)) }
        number = head?.0 ?? 0
        previous = head?.1 ?? LedgerEntry.origin
    }

    /// The number that the next entry gets.
    public var next: Int64 { number + 1 }

    /// Registers a fact, or corrects the one with the same kind and id.
    public mutating func register(_ fact: Fact, _ stamp: Stamp) throws -> Receipt {
        let current = try current(fact.kind, fact.id)
        let receipt = try append(
            entry(fact, stamp, act: current == nil ? .register : .correct, supersedes: current))
        if let current { try supersede(fact.kind, fact.id, current, by: receipt.number, stamp.on) }
        try connection.execute(
            Self.insert(fact.kind), row(fact, registration: receipt.number, stamp.on))
        try close()
        return receipt
    }

    /// Takes back the fact that stands with this kind and id; nil when none does.
    public mutating func withdraw(
        _ kind: FactKind, _ id: FactID, citizen: CitizenID?, _ stamp: Stamp
    ) throws -> Receipt? {
        guard let current = try current(kind, id) else { return nil }
        let receipt = try append(
            LedgerEntry(
                municipality: Int64(municipality.number), number: number + 1, stamp: stamp,
                act: .withdraw, kind: kind.rawValue, fact: id.number, citizen: citizen?.number,
                validFrom: nil, validTo: nil, supersedes: current, payload: "null"))
        try supersede(kind, id, current, by: receipt.number, stamp.on)
        try close()
        return receipt
    }

    /// Notes that a file of published figures was read; `payload` names it.
    public mutating func registerImport(
        kind: String, keys: [String], values: [SQLValue], _ stamp: Stamp
    ) throws -> Receipt {
        let receipt = try append(
            LedgerEntry(
                municipality: Int64(municipality.number), number: number + 1, stamp: stamp,
                act: .importFile, kind: kind, fact: number + 1, citizen: nil, validFrom: nil,
                validTo: nil, supersedes: nil, payload: CanonicalJSON.object(keys, values)))
        try close()
        return receipt
    }

    private func current(_ kind: FactKind, _ id: FactID) throws -> Int64? {
        try connection.first(
            "SELECT registration FROM \(kind.rawValue) "
                + "WHERE municipality = $1 AND id = $2 AND superseded_by IS NULL",
            [.integer(Int64(municipality.number)), .integer(id.number)]
        ) { $0.integer(0) }
    }

    private func supersede(
        _ kind: FactKind, _ id: FactID, _ current: Int64, by number: Int64, _ day: Day
    ) throws {
        try connection.execute(
            "UPDATE \(kind.rawValue) SET superseded_by = $1, superseded_on = $2 "
                + "WHERE municipality = $3 AND id = $4 AND registration = $5",
            [
                .integer(number), .day(day), .integer(Int64(municipality.number)),
                .integer(id.number), .integer(current),
            ])
    }

    private mutating func append(_ entry: LedgerEntry) throws -> Receipt {
        let hash = entry.hash(after: previous)
        try connection.execute(
            Self.ledgerInsert, entry.values + [.text(previous), .text(hash)])
        number = entry.number
        previous = hash
        return Receipt(municipality: municipality, number: number, hash: hash)
    }

    private func close() throws {
        try connection.execute(
            "UPDATE ledger_head SET number = $1, hash = $2 WHERE municipality = $3",
            [.integer(number), .text(previous), .integer(Int64(municipality.number))])
    }

    private func entry(
        _ fact: Fact, _ stamp: Stamp, act: Act, supersedes: Int64?
    ) -> LedgerEntry {
        LedgerEntry(
            municipality: Int64(municipality.number), number: number + 1, stamp: stamp, act: act,
            kind: fact.kind.rawValue, fact: fact.id.number, citizen: fact.citizenID?.number,
            validFrom: (fact.valid?.start).map { Int64($0.number) },
            validTo: fact.valid?.end.map { Int64($0.number) }, supersedes: supersedes,
            payload: CanonicalJSON.object(fact.kind.columns, fact.values))
    }

    private func row(_ fact: Fact, registration: Int64, _ day: Day) -> [SQLValue] {
        [.integer(Int64(municipality.number)), .integer(fact.id.number)] + fact.values
            + [.integer(registration), .day(day), .null, .null]
    }

    static func rowColumns(_ kind: FactKind) -> [String] {
        ["municipality", "id"] + kind.columns
            + ["registration", "recorded_on", "superseded_by", "superseded_on"]
    }

    private static func insert(_ kind: FactKind) -> String {
        statement(kind.rawValue, rowColumns(kind))
    }

    private static let ledgerInsert = statement("ledger", LedgerEntry.columns)

    private static func statement(_ table: String, _ columns: [String]) -> String {
        let marks = (1...columns.count).map { "$\($0)" }.joined(separator: ", ")
        return "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))"
    }
}

extension LedgerWriter {
    /// Writes many registrations at once with the engine's bulk load: the same
    /// rows as `register` one by one would write. All come from one municipality;
    /// each keeps its own day of recording, stamped at noon.
    public mutating func load(_ registrations: [Registration], _ stamp: Stamp) throws {
        var ledger: [[SQLValue]] = []
        ledger.reserveCapacity(registrations.count)
        var rows: [FactKind: [[SQLValue]]] = [:]
        var standing: [FactKind: [Int64: Int]] = [:]
        for registration in registrations {
            let fact = registration.fact
            let kind = fact.kind
            var stamp = stamp
            stamp.on = registration.recordedOn
            stamp.at = Int64(registration.recordedOn.number) * 86_400 + 43_200
            let next = number + 1
            var supersedes: Int64?
            if let index = standing[kind]?[fact.id.number] {
                let width = kind.columns.count
                if case .integer(let earlier)? = rows[kind]?[index][width + 2] {
                    supersedes = earlier
                }
                rows[kind]?[index][width + 4] = .integer(next)
                rows[kind]?[index][width + 5] = .day(stamp.on)
            } else if let earlier = try current(kind, fact.id) {
                supersedes = earlier
                try supersede(kind, fact.id, earlier, by: next, stamp.on)
            }
            let entry = entry(
                fact, stamp, act: supersedes == nil ? .register : .correct,
                supersedes: supersedes)
            let hash = entry.hash(after: previous)
            ledger.append(entry.values + [.text(previous), .text(hash)])
            number = next
            previous = hash
            standing[kind, default: [:]][fact.id.number] = rows[kind]?.count ?? 0
            rows[kind, default: []].append(row(fact, registration: next, stamp.on))
        }
        try connection.load(into: "ledger", columns: LedgerEntry.columns, rows: ledger)
        for kind in FactKind.allCases {
            guard let batch = rows[kind] else { continue }
            try connection.load(
                into: kind.rawValue, columns: Self.rowColumns(kind), rows: batch)
        }
        try close()
    }
}
