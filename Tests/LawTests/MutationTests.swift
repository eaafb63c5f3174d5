import Foundation
import Law
import Testing

@Suite("Worked cases catch wrong rules")
struct MutationTests {
    /// Percent of the mutants that the worked cases must catch.
    static let least = 95

    @Test("a deadline shifted, a code swapped, a condition dropped: the cases notice")
    func score() throws {
        // A case that fails for the true rules would seem to catch every mutant.
        let truth = LawEngine(try RuleBook.bundled())
        let cases = try WorkedCase.all().filter { $0.found(truth) == $0.owed }
        let mutants = Mutant.all(of: try RuleBook.bundled())
        let survivors = mutants.filter { mutant in
            let engine = LawEngine(mutant.book)
            return cases.allSatisfy {
                !$0.about.contains(mutant.duty) || $0.found(engine) == $0.owed
            }
        }
        let caught = mutants.count - survivors.count
        print("mutation score: \(caught) of \(mutants.count) wrong rules caught")
        for survivor in survivors.map(\.what).sorted() { print("  not caught: \(survivor)") }
        #expect(mutants.count > 300)
        #expect(caught * 100 >= mutants.count * Self.least)
    }
}
