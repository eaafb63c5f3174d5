import Identifiers
import Registry

extension ComplaintStep: FactRow {
    static let columns = [
        "citizen", "complaint", "kind", "day", "decision", "choice", "detail", "words", "deadline",
    ]
    var values: [SQLValue] {
        [
            .citizen(citizen), .fact(complaint), .raw(kind), .day(day), .fact(decision),
            .text(choice), .text(detail), .text(words), .day(deadline),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), citizen: row.person(1), complaint: FactID(row.number(2)),
            kind: try row.raw(3), day: row.day(4), decision: row.optionalFact(5),
            choice: row.text(6), detail: row.text(7), words: row.text(8),
            deadline: row.optionalDay(9))
    }
}

extension AdviserEntry: FactRow {
    static let columns = ["citizen", "kind", "day", "choice", "words"]
    var values: [SQLValue] {
        [.citizen(citizen), .raw(kind), .day(day), .text(choice), .text(words)]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), citizen: row.person(1), kind: try row.raw(2), day: row.day(3),
            choice: row.text(4), words: row.text(5))
    }
}
