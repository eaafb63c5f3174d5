import Identifiers
import Registry
import Storage

/// All facts of some kinds, laid out for questions that are asked of all of them at once.
protocol FactBook: Sendable {
    static var kinds: [FactKind] { get }
    /// O(facts).
    init(_ facts: [Fact])
}

/// Keeps a book of each municipality until one of its facts is registered anew.
actor FactShelf<Book: FactBook> {
    private let storage: any StorageEngine
    private var kept: [MunicipalityCode: (number: Int64, book: Book)] = [:]

    init(_ storage: any StorageEngine) { self.storage = storage }

    func book(of municipality: MunicipalityCode) async throws -> Book {
        let number = try await storage.read { connection in
            let reader = StoreReader(connection)
            return try Book.kinds.map {
                try reader.lastRegistration(of: $0, in: municipality)
            }.max() ?? 0
        }
        if let kept = kept[municipality], kept.number == number { return kept.book }
        let facts = try await storage.read { connection in
            var facts: [Fact] = []
            try StoreReader(connection).facts(of: municipality, kinds: Book.kinds) {
                facts.append($0)
            }
            return facts
        }
        let book = Book(facts)
        kept[municipality] = (number, book)
        return book
    }
}
