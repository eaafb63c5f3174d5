import Registry

extension CurriculumVitae: FactRow {
    static let columns = ["citizen", "document"]
    var values: [SQLValue] { [.citizen(citizen), .text(document)] }
    init(_ row: FactReader) throws(StorageError) {
        self.init(id: FactID(row.id), citizen: row.person(1), document: row.text(2))
    }
}
