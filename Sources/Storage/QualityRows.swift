import Chronology
import Identifiers
import Registry

extension CaseAudit: FactRow {
    static let columns = [
        "title", "checklist", "version", "valid_from", "valid_to", "wanted", "seed", "drawn",
        "drawn_by", "strata", "closed", "figures",
    ]
    var values: [SQLValue] {
        [
            .text(title), .text(checklist), .day(version), .day(start), .day(end),
            .integer(Int64(wanted)), .integer(seed), .day(drawn), .text(drawnBy), .raw(strata),
            .day(closed), .raw(figures),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), title: row.text(1), checklist: row.text(2), version: row.day(3),
            start: row.day(4), end: row.day(5), wanted: Int(row.number(6)), seed: row.number(7),
            drawn: row.day(8), drawnBy: row.text(9), strata: try row.raw(10),
            closed: row.optionalDay(11), figures: try row.raw(12))
    }
}

extension AuditedCase: FactRow {
    static let columns = [
        "audit", "number", "citizen", "kind", "matter", "findings", "reviewer", "reviewed",
    ]
    var values: [SQLValue] {
        [
            .fact(audit), .integer(Int64(number)), .citizen(citizen), .raw(kind), .fact(matter),
            .raw(findings), .text(reviewer), .day(reviewed),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), audit: FactID(row.number(1)), number: Int(row.number(2)),
            citizen: row.person(3), kind: try row.raw(4), matter: FactID(row.number(5)),
            findings: try row.raw(6), reviewer: row.text(7), reviewed: row.optionalDay(8))
    }
}

extension QualityAction: FactRow {
    static let columns = [
        "audit", "question", "note", "owner", "added", "due", "done", "result",
    ]
    var values: [SQLValue] {
        [
            .fact(audit), .text(question), .text(text), .fact(owner), .day(added), .day(due),
            .day(done), .text(result),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), audit: row.optionalFact(1), question: row.text(2),
            text: row.text(3), owner: FactID(row.number(4)), added: row.day(5), due: row.day(6),
            done: row.optionalDay(7), result: row.text(8))
    }
}

extension TrainingCourse: FactRow {
    static let columns = ["title", "theme", "day", "minutes", "participants", "evaluation"]
    var values: [SQLValue] {
        [
            .text(title), .raw(theme), .day(day), .integer(Int64(minutes)), .raw(participants),
            .text(evaluation),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), title: row.text(1), theme: try row.raw(2), day: row.day(3),
            minutes: Int(row.number(4)), participants: try row.raw(5), evaluation: row.text(6))
    }
}

extension FocusGroup: FactRow {
    static let columns = [
        "title", "kind", "audience", "initiative", "day", "result", "changed", "changed_on",
        "told",
    ]
    var values: [SQLValue] {
        [
            .text(title), .raw(kind), .text(audience), .text(initiative), .day(day),
            .text(result), .text(changed), .day(changedOn), .day(told),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), title: row.text(1), kind: try row.raw(2), audience: row.text(3),
            initiative: row.text(4), day: row.day(5), result: row.text(6), changed: row.text(7),
            changedOn: row.optionalDay(8), told: row.optionalDay(9))
    }
}

extension FocusMember: FactRow {
    static let columns = ["focus_group", "citizen", "company", "consent", "day"]
    var values: [SQLValue] {
        [
            .fact(group), citizen.map { .citizen($0) } ?? .null,
            company.map { .integer($0.number) } ?? .null, .raw(consent), .day(day),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), group: FactID(row.number(1)),
            citizen: row.optionalFact(2).map { CitizenID($0.number) },
            company: row.row.isNull(3) ? nil : try row.cvr(3), consent: try row.raw(4),
            day: row.day(5))
    }
}

extension CouncilMatter: FactRow {
    static let columns = [
        "council", "title", "note", "asked", "asked_by", "due", "answer", "answered", "changed",
        "changed_on",
    ]
    var values: [SQLValue] {
        [
            .raw(council), .text(title), .text(text), .day(asked), .text(askedBy), .day(due),
            .text(answer), .day(answered), .text(changed), .day(changedOn),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), council: try row.raw(1), title: row.text(2), text: row.text(3),
            asked: row.day(4), askedBy: row.text(5), due: row.day(6), answer: row.text(7),
            answered: row.optionalDay(8), changed: row.text(9), changedOn: row.optionalDay(10))
    }
}

/// What one who took part in a focus group said. It stands beside the ledger, so that it can be
/// taken away for good when the consent is withdrawn.
public struct FocusWords {
    static let columns = ["municipality", "member", "words"]

    private let connection: any SQLConnection
    private let code: SQLValue

    public init(_ connection: any SQLConnection, _ municipality: MunicipalityCode) {
        self.connection = connection
        code = .integer(Int64(municipality.number))
    }

    /// Keeps it in place of what was kept before.
    public func keep(_ words: String, of member: FactID) throws {
        try erase(of: member)
        try connection.load(
            into: "focus_words", columns: Self.columns,
            rows: [[code, .integer(member.number), .text(words)]])
    }

    public func erase(of member: FactID) throws {
        try connection.execute(
            "DELETE FROM focus_words WHERE municipality = $1 AND member = $2",
            [code, .integer(member.number)])
    }

    /// By the numbers of those who said it.
    public func all() throws -> [FactID: String] {
        let rows = try connection.all(
            "SELECT member, words FROM focus_words WHERE municipality = $1", [code]
        ) { (FactID($0.integer(0)), $0.text(1)) }
        return Dictionary(rows) { _, last in last }
    }
}
