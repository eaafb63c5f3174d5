import Chronology
import Identifiers
import Law
import Registry
import Storage

/// Keeps the rules once they have been read, and the latest caseload until a
/// registration changes it.
actor LawShelf {
    private let storage: any StorageEngine
    private let choices: LocalChoices
    private var book: StatuteBook?
    private var engine: LawEngine?
    private var catalogue: EffortCatalogue?
    private var recordCatalogue: RecordCatalogue?
    private var companyRecordCatalogue: RecordCatalogue?
    private var courseCatalogue: CourseCatalogue?
    private var checklistCatalogue: ChecklistCatalogue?
    private var complaintCatalogue: ComplaintCatalogue?
    private var kept: Kept?
    private var persons: [CitizenID: KeptPerson] = [:]
    /// Citizens whose cases are kept, those in work these minutes.
    private static let mostPersons = 256

    private struct Kept {
        var municipality: MunicipalityCode
        var knownAt: Day?
        var ledgerNumber: Int64
        var cases: Caseload
    }

    private struct KeptPerson {
        var municipality: MunicipalityCode
        var ledgerNumber: Int64
        var day: Day
        var next: CitizenNext
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

    func records() throws -> RecordCatalogue {
        if let recordCatalogue { return recordCatalogue }
        let read = try RecordCatalogue.bundled()
        recordCatalogue = read
        return read
    }

    func companyRecords() throws -> RecordCatalogue {
        if let companyRecordCatalogue { return companyRecordCatalogue }
        let read = try RecordCatalogue.bundled("company-records")
        companyRecordCatalogue = read
        return read
    }

    func checklists() throws -> ChecklistCatalogue {
        if let checklistCatalogue { return checklistCatalogue }
        let read = try ChecklistCatalogue.bundled()
        checklistCatalogue = read
        return read
    }

    func complaints() throws -> ComplaintCatalogue {
        if let complaintCatalogue { return complaintCatalogue }
        let read = try ComplaintCatalogue.bundled()
        complaintCatalogue = read
        return read
    }

    func courses() throws -> CourseCatalogue {
        if let courseCatalogue { return courseCatalogue }
        let read = try CourseCatalogue.bundled()
        courseCatalogue = read
        return read
    }

    func rules() throws -> LawEngine {
        if let engine { return engine }
        let read = LawEngine(try statutes().rules)
        engine = read
        return read
    }

    /// What is open for a citizen, worked out anew when something was registered since: `latest`
    /// is the number of the latest registration.
    func next(
        for citizen: Citizen, latest: Int64, in municipality: MunicipalityCode, on day: Day
    ) async throws -> CitizenNext {
        let id = citizen.id
        if let kept = persons[id], kept.municipality == municipality, kept.ledgerNumber == latest,
            kept.day == day
        {
            return kept.next
        }
        let engine = try rules()
        let cases = try await storage.read { connection in
            var facts = RegisteredFacts()
            facts.add(id, born: citizen.born, permitFrom: citizen.permitFrom)
            try StoreReader(connection).facts(
                about: id, in: municipality, kinds: RegisteredFacts.kinds
            ) { facts.add($0) }
            return Caseload(facts.all)
        }
        let next = CitizenNext(
            cases: cases, book: engine.book,
            owed: engine.owed(to: 0, in: cases, on: day) { $0.isOpen(on: day) })
        if persons.count >= LawShelf.mostPersons { persons.removeAll(keepingCapacity: true) }
        persons[id] = KeptPerson(
            municipality: municipality, ledgerNumber: latest, day: day, next: next)
        return next
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

/// What comes next for one citizen, with the facts it rests on.
struct CitizenNext: Sendable {
    var cases: Caseload
    var book: RuleBook
    var owed: [CitizenObligations.Owed]

    /// What is overdue or due within two weeks.
    var pressing: [CitizenObligations.Owed] {
        owed.filter { $0.obligation.status != .notYetDue }
    }
}
