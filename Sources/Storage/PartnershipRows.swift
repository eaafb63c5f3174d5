import Registry

extension Partnership: FactRow {
    static let columns = [
        "code", "name", "fields", "shown", "decides", "valid_from", "valid_to",
    ]
    var values: [SQLValue] {
        [
            .text(code), .text(name), .text(fields.map(\.rawValue).joined(separator: " ")),
            .raw(postcode), .text(decides), .day(start), .day(end),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), code: row.text(1), name: row.text(2),
            fields: row.text(3).split(separator: " ").compactMap { PoolField(rawValue: "\($0)") },
            postcode: try row.raw(4), decides: row.text(5), start: row.day(6),
            end: row.optionalDay(7))
    }
}

extension PartnershipMember: FactRow {
    static let columns = [
        "partnership", "kind", "member", "public_key", "weight", "valid_from", "valid_to",
    ]
    var values: [SQLValue] {
        [
            .fact(partnership), .raw(kind), .text(member), .text(publicKey), .whole(weight),
            .day(start), .day(end),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), partnership: FactID(row.number(1)), kind: try row.raw(2),
            member: row.text(3), publicKey: row.text(4), weight: Int(row.number(5)),
            start: row.day(6), end: row.optionalDay(7))
    }
}

extension PoolConsent: FactRow {
    static let columns = ["citizen", "partnership", "card", "given", "withdrawn"]
    var values: [SQLValue] {
        [
            .citizen(citizen), .fact(partnership), .integer(card), .day(given), .day(withdrawn),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), citizen: row.person(1), partnership: FactID(row.number(2)),
            card: row.number(3), given: row.day(4), withdrawn: row.optionalDay(5))
    }
}
