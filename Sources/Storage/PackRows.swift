import Chronology
import Identifiers
import Registry

extension PackNote: FactRow {
    static let columns = ["quarter", "kind", "subject", "note", "writer", "day"]
    var values: [SQLValue] {
        [
            .text(quarter.description), .raw(kind), .text(subject), .text(text), .text(writer),
            .day(day),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), quarter: row.quarter(1), kind: try row.raw(2),
            subject: row.text(3), text: row.text(4), writer: row.text(5), day: row.day(6))
    }
}

extension PackEdition: FactRow {
    static let columns = [
        "quarter", "template", "as_of", "known_at", "digest", "public_digest", "drafted",
        "drafter", "approved", "approver", "published",
    ]
    var values: [SQLValue] {
        [
            .text(quarter.description), .text(template), .day(asOf), .day(knownAt), .text(digest),
            .text(publicDigest), .day(drafted), .text(drafter), .day(approved), .text(approver),
            .day(published),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), quarter: row.quarter(1), template: row.text(2), asOf: row.day(3),
            knownAt: row.day(4), digest: row.text(5), publicDigest: row.text(6),
            drafted: row.day(7), drafter: row.text(8), approved: row.optionalDay(9),
            approver: row.text(10), published: row.optionalDay(11))
    }
}

extension BudgetLine: FactRow {
    static let columns = ["account", "month", "amount"]
    var values: [SQLValue] { [.text(account), .day(month.first), .integer(amount)] }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), account: row.text(1), month: row.day(2).month,
            amount: row.number(3))
    }
}

extension SpendingLine: FactRow {
    static let columns = ["account", "month", "amount", "refund"]
    var values: [SQLValue] {
        [.text(account), .day(month.first), .integer(amount), .integer(refund)]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), account: row.text(1), month: row.day(2).month,
            amount: row.number(3), refund: row.number(4))
    }
}

extension FactReader {
    /// Quarters are written by the store itself; one that cannot be read is the first of all.
    fileprivate func quarter(_ column: Int) -> Quarter {
        if case .quarter(let quarter)? = Period(text(column)) { return quarter }
        return Quarter(index: 0)
    }
}

extension StoreReader {
    /// Everything that was written for a quarter, in the order of its numbers, as known at a
    /// day (nil: now).
    public func packNotes(
        of municipality: MunicipalityCode, _ quarter: Quarter
    ) throws -> [RegistrationNote] {
        var found: [RegistrationNote] = []
        try eachNote(
            .packNote, where: "t.quarter = $2", .text(quarter.description), of: municipality
        ) { found.append($0) }
        return found.sorted { $0.fact.id < $1.fact.id }
    }

    /// Every edition that stands, the latest first.
    public func packEditions(of municipality: MunicipalityCode) throws -> [RegistrationNote] {
        var found: [RegistrationNote] = []
        try eachNote(.packEdition, where: "t.id > $2", .integer(0), of: municipality) {
            found.append($0)
        }
        return found.sorted { $0.fact.id > $1.fact.id }
    }

    /// What kept contents hold; nil where nothing is kept under the digest.
    public func fileContent(_ digest: String, of municipality: MunicipalityCode) throws -> [UInt8]?
    {
        try FileContents(connection, municipality).content(digest)
    }
}
