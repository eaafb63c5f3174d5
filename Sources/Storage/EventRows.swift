import Identifiers
import Registry

extension JobShop: FactRow {
    static let columns = ["name", "street", "postcode", "open_hours", "valid_from", "valid_to"]
    var values: [SQLValue] {
        let hours = hours.map { "\($0.weekday) \($0.opens) \($0.closes)" }
        return [
            .text(name), .text(street), .text(postcode), .text(hours.joined(separator: ",")),
            .day(start), .day(end),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        let hours = row.text(4).split(separator: ",").compactMap { part -> OpenHours? in
            let numbers = part.split(separator: " ").compactMap { Int($0) }
            guard numbers.count == 3 else { return nil }
            return OpenHours(weekday: numbers[0], opens: numbers[1], closes: numbers[2])
        }
        self.init(
            id: FactID(row.id), name: row.text(1), street: row.text(2), postcode: row.text(3),
            hours: hours, start: row.day(5), end: row.optionalDay(6))
    }
}

extension ShopVisit: FactRow {
    static let columns = [
        "shop", "day", "minute", "citizen", "visit_topics", "job_order", "staff", "note",
    ]
    var values: [SQLValue] {
        [
            .fact(shop), .day(day), .whole(minute), citizen.map { .citizen($0) } ?? .null,
            .text(topics.map(\.rawValue).joined(separator: " ")), .fact(order), .fact(staff),
            .text(text),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), shop: FactID(row.number(1)), day: row.day(2),
            minute: row.optionalWhole(3),
            citizen: row.optionalFact(4).map { CitizenID($0.number) },
            topics: row.text(5).split(separator: " ").compactMap {
                VisitTopic(rawValue: String($0))
            }, order: row.optionalFact(6), staff: row.optionalFact(7), text: row.text(8))
    }
}

extension JobEvent: FactRow {
    static let columns = [
        "kind", "title", "starts", "ends", "begins_at", "ends_at", "place", "postcode",
        "programme", "places", "slot", "school", "course", "job_start", "partnership",
    ]
    var values: [SQLValue] {
        [
            .raw(kind), .text(title), .day(start), .day(end), .whole(begins), .whole(ends),
            .text(place), .text(postcode), .text(programme), .whole(places), .whole(slot),
            .text(school), .text(course), .day(jobStart), .fact(partnership),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), kind: try row.raw(1), title: row.text(2), start: row.day(3),
            end: row.optionalDay(4), begins: row.optionalWhole(5), ends: row.optionalWhole(6),
            place: row.text(7), postcode: row.text(8), programme: row.text(9),
            places: Int(row.number(10)), slot: row.optionalWhole(11), school: row.text(12),
            course: row.text(13), jobStart: row.optionalDay(14),
            partnership: row.optionalFact(15))
    }
}

extension EventStand: FactRow {
    static let columns = [
        "event", "title", "company", "job_order", "least", "seats", "promised",
    ]
    var values: [SQLValue] {
        [
            .fact(event), .text(title), company.map { .integer($0.number) } ?? .null,
            .fact(order), .whole(least), .whole(seats), .whole(promised),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), event: FactID(row.number(1)), title: row.text(2),
            company: row.optionalFact(3) == nil ? nil : try row.cvr(3),
            order: row.optionalFact(4), least: Int(row.number(5)), seats: Int(row.number(6)),
            promised: Int(row.number(7)))
    }
}

extension EventSignUp: FactRow {
    static let columns = ["event", "citizen", "guest", "state", "day", "wishes"]
    var values: [SQLValue] {
        [
            .fact(event), participant.column, .text(participant.guest ?? ""), .raw(state),
            .day(day), .text(wishes.map { String($0.number) }.joined(separator: " ")),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), event: FactID(row.number(1)), participant: row.participant(2),
            state: try row.raw(4), day: row.day(5),
            wishes: row.text(6).split(separator: " ").compactMap { Int64($0) }.map { FactID($0) })
    }
}

extension EventSeat: FactRow {
    static let columns = ["event", "stand", "citizen", "guest", "state", "slot"]
    var values: [SQLValue] {
        [
            .fact(event), .fact(stand), participant.column, .text(participant.guest ?? ""),
            .raw(state), .whole(slot),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), event: FactID(row.number(1)), stand: FactID(row.number(2)),
            participant: row.participant(3), state: try row.raw(5), slot: row.optionalWhole(6))
    }
}

extension Participant {
    fileprivate var column: SQLValue { citizen.map { .citizen($0) } ?? .null }
}

extension FactReader {
    /// A citizen's number in one column, or a guest's in the next.
    fileprivate func participant(_ column: Int) -> Participant {
        optionalFact(column).map { .citizen(CitizenID($0.number)) }
            ?? Participant(guest: text(column + 1)) ?? .card(member: text(column + 1), number: 0)
    }
}
