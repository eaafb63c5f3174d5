import Chronology
import Identifiers
import Law
import Storage

/// Keeps the rules once they have been read, and the latest caseload until a
/// registration changes it.
actor LawShelf {
    private let storage: any StorageEngine
    private let choices: LocalChoices
    private var book: StatuteBook?
    private var engine: LawEngine?
    private var catalogue: EffortCatalogue?
    private var kept: Kept?

    private struct Kept {
        var municipality: MunicipalityCode
        var knownAt: Day?
        var ledgerNumber: Int64
        var cases: Caseload
    }

    init(_ storage: any StorageEngine, choices: LocalChoices) {
        self.storage = storage
        self.choices = choices
    }

    func statutes() throws -> StatuteBook {
        if let book { return book }
        let read = try StatuteBook.bundled().applying(choices)
        book = read
        return read
    }

    func efforts() throws -> EffortCatalogue {
        if let catalogue { return catalogue }
        let read = try EffortCatalogue.bundled()
        catalogue = read
        return read
    }

    func rules() throws -> LawEngine {
        if let engine { return engine }
        let read = LawEngine(try statutes().rules)
        engine = read
        return read
    }

    func cases(of municipality: MunicipalityCode, knownAt: Day?) async throws -> Caseload {
        let number = try await storage.read {
            try LedgerAuditor($0).lastNumber(of: municipality)
        }
        if let kept, kept.municipality == municipality, kept.knownAt == knownAt,
            kept.ledgerNumber == number
        {
            return kept.cases
        }
        let cases = try await CaseloadReading.read(
            of: municipality, knownAt: knownAt, from: storage)
        kept = Kept(
            municipality: municipality, knownAt: knownAt, ledgerNumber: number, cases: cases)
        return cases
    }
}
