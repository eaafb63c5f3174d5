import Chronology
import Identifiers
import Registry
import Storage

/// Something in a form that cannot be so; the page says it beside the field.
public struct FieldProblem: Hashable, Sendable {
    /// The field's name in the form.
    public var field: String
    /// The sentence's key in the text catalogue, below `problem`.
    public var key: String
    public var values: [String: String]

    public init(_ field: String, _ key: String, _ values: [String: String] = [:]) {
        self.field = field
        self.key = key
        self.values = values
    }
}

/// Everything in a form that cannot be so. Nothing was stored.
public struct FieldProblems: Error, Hashable, Sendable {
    public var all: [FieldProblem]

    public init(_ all: [FieldProblem]) { self.all = all }
}

/// Somebody else has changed what was being changed. Nothing was stored.
public struct EditConflict: Error, Hashable, Sendable {
    /// What stands now.
    public var standing: RegistrationNote
}

/// Writes about one citizen in one transaction, with the checks every such write needs.
struct CaseWriter {
    let reader: StoreReader
    let municipality: MunicipalityCode
    let today: Day
    private var ledger: LedgerWriter
    /// What is kept of surveys beside the ledger.
    let surveys: SurveyStore
    /// What was said in focus groups, beside the ledger.
    let focusWords: FocusWords
    private let files: FileContents
    private let stamp: Stamp

    init(_ connection: any SQLConnection, _ municipality: MunicipalityCode, _ stamp: Stamp) throws {
        reader = StoreReader(connection)
        self.municipality = municipality
        today = stamp.on
        // Held from here on, so that two who save at once take two numbers.
        ledger = try LedgerWriter(connection, municipality)
        surveys = SurveyStore(connection, municipality)
        focusWords = FocusWords(connection, municipality)
        files = FileContents(connection, municipality)
        self.stamp = stamp
    }

    /// Registers a new fact with the next number of its kind.
    mutating func add(_ kind: FactKind, _ fact: (FactID) -> Fact) throws -> (FactID, Receipt) {
        let id = try reader.nextID(kind, of: municipality)
        return (id, try ledger.register(fact(id), stamp))
    }

    mutating func set(_ fact: Fact) throws -> Receipt { try ledger.register(fact, stamp) }

    /// Registers the fact in place of the one numbered `id`; nil registers a new one.
    mutating func put(
        _ id: FactID?, _ kind: FactKind, _ fact: (FactID) -> Fact
    ) throws -> (FactID, Receipt) {
        try id.map { ($0, try set(fact($0))) } ?? add(kind, fact)
    }

    /// Registers each value in place of the fact that stands at the same place, such as the
    /// same account and month, or as a new one. O(facts of the kind).
    mutating func putInPlace<Value>(
        of kind: FactKind, _ values: [Value], place: (Fact) -> String?,
        fact: (Value, FactID) -> Fact
    ) throws -> [Receipt] {
        var standing: [String: FactID] = [:]
        try reader.facts(of: municipality, kinds: [kind], knownAt: nil) { fact in
            if let place = place(fact) { standing[place] = fact.id }
        }
        return try values.map { value in
            try put(place(fact(value, FactID(0))).flatMap { standing[$0] }, kind) {
                fact(value, $0)
            }.1
        }
    }

    /// Nil where nothing stands with the kind and number.
    @discardableResult
    mutating func withdraw(
        _ kind: FactKind, _ id: FactID, _ citizen: CitizenID
    ) throws -> Receipt? {
        try ledger.withdraw(kind, id, citizen: citizen, stamp)
    }

    /// Registers a fact in place of the one that stood when the form was opened: the
    /// registration numbered `expected`. Throws `EditConflict` when another stands now.
    mutating func replace(_ fact: Fact, expected: Int64) throws -> Receipt {
        if let standing = try reader.registration(fact.kind, fact.id, of: municipality),
            standing.number != expected
        {
            throw EditConflict(standing: standing)
        }
        return try set(fact)
    }

    /// Notes in the ledger what is kept outside the tables of facts.
    mutating func note(
        _ kind: String, _ keys: [String], _ values: [SQLValue]
    ) throws -> Receipt {
        try ledger.registerImport(kind: kind, keys: keys, values: values, stamp)
    }

    /// Keeps what is in a file; its digest.
    func keep(_ content: [UInt8]) throws -> String { try files.keep(content) }

    /// Throws the problem of `field` where the citizen lived elsewhere on the day.
    func requireResident(_ citizen: CitizenID, on day: Day, _ field: String) throws {
        let standing = try reader.registrations(
            about: citizen, of: municipality, kinds: [.residence])
        let isResident = standing.contains {
            guard case .residence(let residence) = $0.fact else { return false }
            return residence.holds(on: day)
        }
        if !isResident { throw FieldProblems([.init(field, "notResident")]) }
    }
}

extension House {
    /// One transaction of casework by somebody who may. `body` throws and nothing is stored.
    func writeCase<Value: Sendable>(
        _ municipality: MunicipalityCode, _ actor: Actor, _ purpose: Purpose,
        asking request: Request = .registerFact,
        _ body: @escaping @Sendable (inout CaseWriter) throws -> Value
    ) async throws -> Value {
        try Policy.require(request, by: actor, in: municipality)
        let stamp = stamp(actor, purpose.text)
        return try await engine.write { connection in
            var writer = try CaseWriter(connection, municipality, stamp)
            return try body(&writer)
        }
    }
}
