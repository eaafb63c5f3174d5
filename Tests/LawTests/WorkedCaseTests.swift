import Chronology
import Foundation
import Law
import Parameters
import Testing

@Suite("Worked cases of the law")
struct WorkedCaseTests {
    static let engine = Result { LawEngine(try RuleBook.bundled()) }
    static let cases = Result { try WorkedCase.all() }

    @Test("what is owed, by when, and how it stands", arguments: try cases.get())
    func owed(_ example: WorkedCase) throws {
        #expect(example.found(try Self.engine.get()) == example.owed)
    }

    @Test("the cases name duties that there are")
    func known() throws {
        let duties = Set(try Self.engine.get().book.duties.map(\.id))
        for example in try Self.cases.get() {
            #expect(duties.isSuperset(of: example.about), "\(example.name)")
        }
    }
}
