import Crypto
import Identifiers
import Registry

extension Message: FactRow {
    static let columns = [
        "citizen", "day", "sender", "recipient", "counterpart", "subject", "note", "reply_to",
        "conversation", "mailing", "handled",
    ]
    var values: [SQLValue] {
        [
            .citizen(citizen), .day(day), .raw(sender), .raw(recipient), .text(counterpart),
            .text(subject), .text(text), .fact(replyTo), .fact(conversation), .fact(mailing),
            .day(handled),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), citizen: row.person(1), day: row.day(2), sender: try row.raw(3),
            recipient: try row.raw(4), counterpart: row.text(5), subject: row.text(6),
            text: row.text(7), replyTo: row.optionalFact(8), conversation: row.optionalFact(9),
            mailing: row.optionalFact(10), handled: row.optionalDay(11))
    }
}

extension CaseDocument: FactRow {
    static let columns = [
        "citizen", "day", "sender", "title", "file_name", "media", "size", "digest",
    ]
    var values: [SQLValue] {
        [
            .citizen(citizen), .day(day), .raw(sender), .text(title), .text(fileName), .raw(media),
            .whole(size), .text(digest),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), citizen: row.person(1), day: row.day(2), sender: try row.raw(3),
            title: row.text(4), fileName: row.text(5), media: try row.raw(6),
            size: Int(row.number(7)), digest: row.text(8))
    }
}

extension Mailing: FactRow {
    static let columns = [
        "subject", "note", "target", "team", "tried", "writer", "recipients", "digest", "sample",
        "approver", "approved", "sent",
    ]
    var values: [SQLValue] {
        [
            .text(subject), .text(text), .text(group), .text(team), .day(tried), .text(writer),
            .whole(recipients), .text(digest),
            .text(sample.map { String($0.number) }.joined(separator: " ")), .text(approver),
            .day(approved), .day(sent),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), subject: row.text(1), text: row.text(2), group: row.text(3),
            team: row.text(4), tried: row.day(5), writer: row.text(6),
            recipients: Int(row.number(7)), digest: row.text(8),
            sample: row.text(9).split(separator: " ").compactMap { Int64($0) }
                .map { CitizenID($0) },
            approver: row.text(10), approved: row.optionalDay(11), sent: row.optionalDay(12))
    }
}

/// What is in the files of a municipality, found by its SHA-256.
public struct FileContents {
    private let connection: any SQLConnection
    private let municipality: MunicipalityCode

    public init(_ connection: any SQLConnection, _ municipality: MunicipalityCode) {
        self.connection = connection
        self.municipality = municipality
    }

    /// The SHA-256 in hexadecimal digits.
    public static func digest(_ content: [UInt8]) -> String {
        SHA256.hash(data: content).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    /// Nil where nothing is kept under the digest.
    public func content(_ digest: String) throws -> [UInt8]? {
        try connection.first(
            "SELECT content FROM file_content WHERE municipality = $1 AND digest = $2",
            [.integer(Int64(municipality.number)), .text(digest)]
        ) { $0.bytes(0) }
    }

    /// Keeps the content and returns its digest. The same content is kept once.
    public func keep(_ content: [UInt8]) throws -> String {
        let digest = FileContents.digest(content)
        let isKept = try connection.first(
            "SELECT 1 FROM file_content WHERE municipality = $1 AND digest = $2",
            [.integer(Int64(municipality.number)), .text(digest)]
        ) { _ in true }
        if isKept == nil {
            try connection.execute(
                "INSERT INTO file_content (municipality, digest, content) VALUES ($1, $2, $3)",
                [.integer(Int64(municipality.number)), .text(digest), .bytes(content)])
        }
        return digest
    }

    /// The first registration of a document or an edition whose content is gone or was
    /// changed; nil when all is well. O(bytes kept).
    func damaged() throws -> Int64? {
        let home = SQLValue.integer(Int64(municipality.number))
        let documents = try connection.all(
            """
            SELECT registration, digest FROM document WHERE municipality = $1
            UNION ALL SELECT registration, digest FROM pack_edition WHERE municipality = $2
            UNION ALL SELECT registration, public_digest FROM pack_edition WHERE municipality = $3
            ORDER BY 1
            """, [home, home, home]
        ) { ($0.integer(0), $0.text(1)) }
        return try documents.first { _, digest in
            try content(digest).map(FileContents.digest) != digest
        }?.0
    }
}
