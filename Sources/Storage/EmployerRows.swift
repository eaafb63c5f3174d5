import Identifiers
import Registry

extension CompanyEntry: FactRow {
    static let columns = ["form", "phone", "mail", "protected", "ceased"]
    var values: [SQLValue] {
        [.text(form), .text(phone), .text(mail), .integer(isProtected ? 1 : 0), .day(ceased)]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            cvr: try row.cvr(0), form: row.text(1), phone: row.text(2), mail: row.text(3),
            isProtected: row.number(4) != 0, ceased: row.optionalDay(5))
    }
}

extension WorkplaceEntry: FactRow {
    static let columns = [
        "company", "name", "industry", "street", "postcode", "town", "closed",
    ]
    var values: [SQLValue] {
        [
            .integer(company.number), .text(name), .text(industry), .text(street),
            .text(postcode), .text(town), .day(closed),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            number: try row.unit(0), company: try row.cvr(1), name: row.text(2),
            industry: row.text(3), street: row.text(4), postcode: row.text(5),
            town: row.text(6), closed: row.optionalDay(7))
    }
}

extension CompanyRecord: FactRow {
    static let columns = ["company", "record", "answers", "valid_from", "valid_to"]
    var values: [SQLValue] {
        [
            .integer(company.number), .text(record), .texts(answers), .day(start), .day(end),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), company: try row.cvr(1), record: row.text(2), start: row.day(4),
            end: row.optionalDay(5), answers: try row.texts(3))
    }
}

extension ContactNote: FactRow {
    static let columns = ["company", "staff", "team", "reason", "begins", "person", "note"]
    var values: [SQLValue] {
        [
            .integer(company.number), .fact(staff), .text(team), .raw(reason), .whole(begins),
            .text(person), .text(text),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), company: try row.cvr(1), staff: row.optionalFact(2),
            team: row.text(3), reason: try row.raw(4), begins: row.optionalWhole(5),
            person: row.text(6), text: row.text(7))
    }
}

extension OrderDescription: FactRow {
    static let columns = [
        "title", "note", "occupation", "must", "nice", "hours_least", "hours_most", "kind",
        "postcode", "starts", "answer_by", "contact", "staff",
    ]
    var values: [SQLValue] {
        [
            .text(title), .text(text), .text(occupation), .list(must), .list(nice),
            .time(hours.least), .time(hours.most), .raw(kind), .text(postcode), .day(start),
            .day(answerBy), .text(contact), .fact(staff),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), title: row.text(1), text: row.text(2), occupation: row.text(3),
            must: row.list(4), nice: row.list(5),
            hours: WeeklyHours(least: row.time(6), most: row.time(7)), kind: try row.raw(8),
            postcode: row.text(9), start: row.optionalDay(10), answerBy: row.day(11),
            contact: row.text(12), staff: row.optionalFact(13))
    }
}

extension OrderEvent: FactRow {
    static let columns = ["job_order", "citizen", "kind", "day", "reason", "note"]
    var values: [SQLValue] {
        [
            .fact(order), citizen.map { .citizen($0) } ?? .null, .raw(kind), .day(day),
            .raw(reason), .text(text),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), order: FactID(row.number(1)),
            citizen: row.optionalFact(2).map { CitizenID($0.number) }, kind: try row.raw(3),
            day: row.day(4), reason: try row.optionalRaw(5), text: row.text(6))
    }
}

extension JobProfile: FactRow {
    static let columns = [
        "citizen", "wishes", "skills", "hours_least", "hours_most", "kinds", "postcode",
        "farthest", "note", "valid_from", "valid_to",
    ]
    var values: [SQLValue] {
        [
            .citizen(citizen), .list(wishes), .list(skills), .time(hours.least),
            .time(hours.most), .list(kinds.map(\.rawValue)), .text(postcode), .whole(farthest),
            .text(text), .day(start), .day(end),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), citizen: row.person(1), start: row.day(10),
            end: row.optionalDay(11), wishes: row.list(2), skills: row.list(3),
            hours: WeeklyHours(least: row.time(4), most: row.time(5)),
            kinds: row.list(6).compactMap { JobKind(rawValue: $0) }, postcode: row.text(7),
            farthest: Int(row.number(8)), text: row.text(9))
    }
}

extension SQLValue {
    /// Ids, which hold no space, with a space between.
    fileprivate static func list(_ ids: [String]) -> SQLValue {
        .text(ids.joined(separator: " "))
    }
}

extension FactReader {
    fileprivate func list(_ column: Int) -> [String] {
        text(column).split(separator: " ").map(String.init)
    }
}
