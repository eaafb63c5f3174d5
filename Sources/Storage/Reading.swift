import Chronology
import Identifiers
import Registry

/// Reads facts, look-ups and published figures.
public struct StoreReader {
    let connection: any SQLConnection

    public init(_ connection: any SQLConnection) { self.connection = connection }

    /// Every fact of the municipality as it was known at the end of `knownAt`,
    /// one kind after the other; `knownAt` nil means as known now.
    public func facts(
        of municipality: MunicipalityCode, kinds: [FactKind] = FactKind.allCases,
        knownAt: Day? = nil, _ body: (Fact) throws -> Void
    ) throws {
        for kind in kinds {
            try query(kind, kind.columns, of: municipality, knownAt) { reader in
                try body(try reader.fact())
            }
        }
    }

    /// What figures ask about every citizen, as `facts` reads it. Neither names nor
    /// CPR numbers leave the database.
    public func traits(
        of municipality: MunicipalityCode, knownAt: Day? = nil,
        _ body: (CitizenTraits) throws -> Void
    ) throws {
        let columns = FactKind.citizen.columns.map {
            CitizenTraits.columns.contains($0) ? $0 : "NULL"
        }
        try query(.citizen, columns, of: municipality, knownAt) { reader in
            try body(try reader.traits())
        }
    }

    private func query(
        _ kind: FactKind, _ columns: [String], of municipality: MunicipalityCode, _ knownAt: Day?,
        _ body: (FactReader) throws -> Void
    ) throws {
        let known =
            knownAt == nil
            ? "superseded_by IS NULL"
            : "recorded_on <= $2 AND (superseded_on IS NULL OR superseded_on > $3)"
        let arguments: [SQLValue] =
            [.integer(Int64(municipality.number))]
            + (knownAt.map { [.day($0), .day($0)] } ?? [])
        try connection.query(
            "SELECT id, \(columns.joined(separator: ", ")) FROM \(kind.rawValue) "
                + "WHERE municipality = $1 AND \(known) ORDER BY id", arguments
        ) { row in
            try body(FactReader(kind: kind, row: row))
        }
    }

    /// The citizens with these numbers, in the Danish order of their names.
    public func citizens(
        of municipality: MunicipalityCode, _ ids: [CitizenID]
    ) throws -> [Citizen] {
        var found: [(key: String, citizen: Citizen)] = []
        for id in Set(ids) {
            try connection.query(
                "SELECT id, \(FactKind.citizen.columns.joined(separator: ", ")) FROM citizen "
                    + "WHERE municipality = $1 AND id = $2 AND superseded_by IS NULL",
                [.integer(Int64(municipality.number)), .integer(id.number)]
            ) { row in
                if case .citizen(let citizen) = try FactReader(kind: .citizen, row: row).fact() {
                    found.append((row.text(4), citizen))
                }
            }
        }
        return found.sorted { ($0.key, $0.citizen.id) < ($1.key, $1.citizen.id) }.map(\.citizen)
    }

    /// The citizen with this CPR number, in ten digits.
    public func citizen(of municipality: MunicipalityCode, cpr: CPR) throws -> CitizenID? {
        try connection.first(
            "SELECT id FROM citizen "
                + "WHERE municipality = $1 AND cpr = $2 AND superseded_by IS NULL",
            [.integer(Int64(municipality.number)), .text(cpr.unmasked)]
        ) { CitizenID($0.integer(0)) }
    }

    /// The first free number for a fact of this kind.
    public func nextID(_ kind: FactKind, of municipality: MunicipalityCode) throws -> FactID {
        FactID(
            try connection.first(
                "SELECT coalesce(max(id), 0) + 1 FROM \(kind.rawValue) WHERE municipality = $1",
                [.integer(Int64(municipality.number))]
            ) { $0.integer(0) } ?? 1)
    }

    /// A standing spell on the same benefit that shares days with this one.
    public func overlap(of spell: BenefitSpell, in municipality: MunicipalityCode) throws -> FactID?
    {
        let end = spell.end ?? Day.openEnd
        return try connection.first(
            """
            SELECT id FROM benefit_spell
            WHERE municipality = $1 AND citizen = $2 AND benefit = $3 AND id <> $4
                AND superseded_by IS NULL AND valid_from <= $5
                AND (valid_to IS NULL OR valid_to >= $6)
            ORDER BY id LIMIT 1
            """,
            [
                .integer(Int64(municipality.number)), .citizen(spell.citizen),
                .raw(spell.benefit), .integer(spell.id.number), .day(end), .day(spell.start),
            ]
        ) { FactID($0.integer(0)) }
    }

    /// The registration behind the fact as it stands now, and the fact.
    public func registration(
        _ kind: FactKind, _ id: FactID, of municipality: MunicipalityCode
    ) throws -> RegistrationNote? {
        var found: RegistrationNote?
        try eachNote(kind, where: "t.id = $2", .integer(id.number), of: municipality) {
            found = $0
        }
        return found
    }

    /// The records of one kind that stand, whoever they are about. O(found).
    public func records(
        _ record: String, of municipality: MunicipalityCode
    ) throws -> [RegistrationNote] {
        var found: [RegistrationNote] = []
        try eachNote(.caseRecord, where: "t.record = $2", .text(record), of: municipality) {
            found.append($0)
        }
        return found.sorted { $0.number < $1.number }
    }

    /// Everything of these kinds that stands about a citizen with its registration, the
    /// latest first day first. O(registrations of the citizen).
    public func registrations(
        about citizen: CitizenID, of municipality: MunicipalityCode,
        kinds: [FactKind] = FactKind.allCases
    ) throws -> [RegistrationNote] {
        var found: [RegistrationNote] = []
        for kind in kinds where kind.columns.contains("citizen") {
            try eachNote(kind, where: "t.citizen = $2", .citizen(citizen), of: municipality) {
                found.append($0)
            }
        }
        return found.sorted {
            ($0.fact.valid?.start ?? .openEnd, $0.number) > (
                $1.fact.valid?.start ?? .openEnd, $1.number
            )
        }
    }

    /// Every version of the facts of a kind about a citizen, also those that were corrected
    /// or taken back, the latest first.
    public func versions(
        of kind: FactKind, about citizen: CitizenID, in municipality: MunicipalityCode
    ) throws -> [RegistrationNote] {
        var found: [RegistrationNote] = []
        try eachNote(
            kind, where: "t.citizen = $2", .citizen(citizen), of: municipality, isStanding: false
        ) { found.append($0) }
        return found.sorted { $0.number > $1.number }
    }

    func eachNote(
        _ kind: FactKind, where condition: String, _ argument: SQLValue,
        of municipality: MunicipalityCode, isStanding: Bool = true,
        _ body: (RegistrationNote) -> Void
    ) throws {
        let columns = kind.columns
        let note = columns.count + 1
        try connection.query(
            """
            SELECT t.id, \(columns.map { "t.\($0)" }.joined(separator: ", ")),
                l.number, l.hash, l.recorded_on, l.actor, l.purpose
            FROM \(kind.rawValue) t
            JOIN ledger l ON l.municipality = t.municipality AND l.number = t.registration
            WHERE t.municipality = $1 AND \(condition)
                \(isStanding ? "AND t.superseded_by IS NULL" : "")
            """, [.integer(Int64(municipality.number)), argument]
        ) { row in
            body(
                RegistrationNote(
                    fact: try FactReader(kind: kind, row: row).fact(), number: row.integer(note),
                    hash: row.text(note + 1),
                    recordedOn: Day(number: Int32(truncatingIfNeeded: row.integer(note + 2))),
                    actor: row.text(note + 3), purpose: row.text(note + 4)))
        }
    }

    /// The words of every citizen's name, as they are compared. O(citizens).
    public func names(of municipality: MunicipalityCode) throws -> [CitizenName] {
        try connection.all(
            "SELECT id, sort_name FROM citizen WHERE municipality = $1 AND superseded_by IS NULL",
            [.integer(Int64(municipality.number))]
        ) { CitizenName(id: CitizenID($0.integer(0)), sortKey: $0.text(1)) }
    }

    /// The number of the latest registration of a kind; 0 for none.
    public func lastRegistration(
        of kind: FactKind, in municipality: MunicipalityCode
    ) throws -> Int64 {
        try connection.first(
            "SELECT coalesce(max(number), 0) FROM ledger WHERE municipality = $1 AND kind = $2",
            [.integer(Int64(municipality.number)), .text(kind.rawValue)]
        ) { $0.integer(0) } ?? 0
    }

    /// Citizens born on a day, in the Danish order of their names, no more than `limit`.
    public func citizens(
        of municipality: MunicipalityCode, born day: Day, limit: Int
    ) throws -> [Citizen] {
        try citizens(
            where: "born = $2", [.integer(Int64(municipality.number)), .day(day)], limit: limit)
    }

    /// `arguments` begin with the municipality.
    private func citizens(
        where condition: String, _ arguments: [SQLValue], limit: Int
    ) throws -> [Citizen] {
        var found: [Citizen] = []
        try connection.query(
            "SELECT id, \(FactKind.citizen.columns.joined(separator: ", ")) FROM citizen "
                + "WHERE municipality = $1 AND superseded_by IS NULL AND \(condition) "
                + "ORDER BY sort_name, id LIMIT \(limit)", arguments
        ) { row in
            if case .citizen(let citizen) = try FactReader(kind: .citizen, row: row).fact() {
                found.append(citizen)
            }
        }
        return found
    }
}

/// A citizen as figures see them: no name and no CPR number.
public struct CitizenTraits: Hashable, Sendable {
    public var id: CitizenID
    public var sex: Sex
    public var born: Day
    public var origin: OriginGroup
    public var residenceBasis: ResidenceBasis?
    public var permitFrom: Day?

    static let columns: Set = ["sex", "born", "origin", "residence_basis", "permit_from"]
}

/// A citizen's name as it is searched.
public struct CitizenName: Hashable, Sendable {
    public var id: CitizenID
    /// Words in the Danish order of letters, with a space between.
    public var sortKey: String

    public init(id: CitizenID, sortKey: String) {
        self.id = id
        self.sortKey = sortKey
    }

    /// The words of the name.
    public var words: [Substring] {
        sortKey.prefix { $0 != DanishSortKey.divider }.split(separator: " ")
    }

    /// What was typed as it is compared with words of names; empty when it is none.
    public static func words(of typed: String) -> [String] {
        DanishSortKey.weights(of: typed).split(separator: " ").map(String.init)
    }
}

/// What the ledger says of one registration.
public struct RegistrationNote: Hashable, Sendable {
    public var fact: Fact
    public var number: Int64
    public var hash: String
    public var recordedOn: Day
    public var actor: String
    public var purpose: String

    /// What whoever registered it was given.
    public func receipt(in municipality: MunicipalityCode) -> Receipt {
        Receipt(municipality: municipality, number: number, hash: hash)
    }
}
