import Registry

/// A fact's row: how its columns are written and read. The columns stand in the order of
/// the migrations.
protocol FactRow {
    static var columns: [String] { get }
    var values: [SQLValue] { get }
    init(_ row: FactReader) throws(StorageError)
}

extension StaffMember: FactRow {
    static let columns = ["name", "team", "valid_from", "valid_to"]
    var values: [SQLValue] { [.text(name), .text(team), .day(start), .day(end)] }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), name: row.text(1), team: row.text(2), start: row.day(3),
            end: row.optionalDay(4))
    }
}

extension Assignment: FactRow {
    static let columns = ["citizen", "staff", "valid_from", "valid_to"]
    var values: [SQLValue] { [.citizen(citizen), .fact(staff), .day(start), .day(end)] }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), citizen: row.person(1), staff: FactID(row.number(2)),
            start: row.day(3), end: row.optionalDay(4))
    }
}

extension ConversationNote: FactRow {
    static let columns = [
        "citizen", "staff", "begins", "place", "approach", "interpreted", "companion", "note",
        "absence",
    ]
    var values: [SQLValue] {
        [
            .citizen(citizen), .fact(staff), .whole(begins), .text(place), .raw(method),
            .integer(isInterpreted ? 1 : 0), .text(companion), .text(text), .raw(absence),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), citizen: row.person(1), staff: row.optionalFact(2),
            begins: row.optionalWhole(3), place: row.text(4), method: try row.optionalRaw(5),
            isInterpreted: row.number(6) != 0, companion: row.text(7), text: row.text(8),
            absence: try row.optionalRaw(9))
    }
}

extension PlanItem: FactRow {
    static let columns = [
        "citizen", "part", "note", "author", "stance", "stance_by", "stance_on", "added", "due",
        "progress", "conversation",
    ]
    var values: [SQLValue] {
        [
            .citizen(citizen), .raw(part), .text(text), .raw(author), .raw(stance),
            .raw(stanceBy), .day(stanceOn), .day(added), .day(due), .raw(progress),
            .fact(conversation),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), citizen: row.person(1), part: try row.raw(2), text: row.text(3),
            author: try row.raw(4), stance: try row.raw(5), stanceBy: try row.raw(6),
            stanceOn: row.day(7), added: row.day(8), due: row.optionalDay(9),
            progress: try row.raw(10), conversation: row.optionalFact(11))
    }
}

extension Effort: FactRow {
    static let columns = [
        "citizen", "measure", "goal", "offer", "employment", "unit", "contact", "valid_from",
        "valid_to", "follow_up", "outcome",
    ]
    var values: [SQLValue] {
        [
            .citizen(citizen), .text(measure), .text(goal), .fact(offer), .fact(employment),
            .unit(unit), .text(contact), .day(start), .day(end), .day(followUp), .raw(outcome),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), citizen: row.person(1), measure: row.text(2), goal: row.text(3),
            offer: row.optionalFact(4), employment: row.optionalFact(5),
            unit: try row.optionalUnit(6), contact: row.text(7), start: row.day(8),
            end: row.optionalDay(9), followUp: row.optionalDay(10),
            outcome: try row.optionalRaw(11))
    }
}

extension EffortHours: FactRow {
    static let columns = ["effort", "citizen", "weekly", "valid_from", "valid_to"]
    var values: [SQLValue] {
        [.fact(effort), .citizen(citizen), .time(weekly), .day(start), .day(end)]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), effort: FactID(row.number(1)), citizen: row.person(2),
            weekly: row.time(3), start: row.day(4), end: row.optionalDay(5))
    }
}

extension CaseAct: FactRow {
    static let columns = ["citizen", "kind", "day", "note"]
    var values: [SQLValue] { [.citizen(citizen), .raw(kind), .day(day), .text(note)] }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), citizen: row.person(1), kind: try row.raw(2), day: row.day(3),
            note: row.text(4))
    }
}

extension PartialReturn: FactRow {
    static let columns = ["citizen", "weekly", "valid_from", "valid_to"]
    var values: [SQLValue] { [.citizen(citizen), .time(weekly), .day(start), .day(end)] }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), citizen: row.person(1), weekly: row.time(2), start: row.day(3),
            end: row.optionalDay(4))
    }
}

extension CaseRecord: FactRow {
    static let columns = ["citizen", "record", "answers", "valid_from", "valid_to"]
    var values: [SQLValue] {
        [.citizen(citizen), .text(record), .texts(answers), .day(start), .day(end)]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), citizen: row.person(1), record: row.text(2), start: row.day(4),
            end: row.optionalDay(5), answers: try row.texts(3))
    }
}

extension Decision: FactRow {
    static let columns = [
        "citizen", "kind", "subject", "rule", "facts", "reasons", "heard_on", "answer",
        "valid_from", "made", "sent",
    ]
    var values: [SQLValue] {
        [
            .citizen(citizen), .raw(kind), .text(subject), .text(rule), .text(facts),
            .text(reasons), .day(heardOn), .text(answer), .day(from), .day(made), .day(sent),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), citizen: row.person(1), kind: try row.raw(2),
            subject: row.text(3), rule: row.text(4), facts: row.text(5), reasons: row.text(6),
            heardOn: row.optionalDay(7), answer: row.text(8), from: row.day(9),
            made: row.day(10), sent: row.optionalDay(11))
    }
}

extension SQLValue {
    static func fact(_ id: FactID?) -> SQLValue { id.map { .integer($0.number) } ?? .null }
    static func whole(_ number: Int?) -> SQLValue { number.map { .integer(Int64($0)) } ?? .null }
    /// Answers by their fields' ids, as one object.
    static func texts(_ texts: [String: String]) -> SQLValue {
        let keys = texts.keys.sorted()
        return .text(CanonicalJSON.object(keys, keys.map { .text(texts[$0] ?? "") }))
    }
    static func time(_ time: WeeklyTime) -> SQLValue { .integer(Int64(time.minutes)) }
}
