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

    @Test("a limit moved, a condition dropped, an amount changed: the answers notice")
    func entitlements() throws {
        let book = try EntitlementBook.bundled()
        let cases = try WorkedAnswer.all().filter { $0.agrees($0.question.entitlement) }
        var all = 0
        var survivors: [String] = []
        for entitlement in book.entitlements {
            let about = cases.filter { $0.what == entitlement.id }
            for (what, mutant) in entitlement.mutants {
                all += 1
                if about.allSatisfy({ $0.agrees(mutant) }) { survivors.append(what) }
            }
        }
        let caught = all - survivors.count
        print("mutation score: \(caught) of \(all) wrong entitlements caught")
        for survivor in survivors.sorted() { print("  not caught: \(survivor)") }
        #expect(all > 300)
        #expect(caught * 100 >= all * Self.least)
    }
}
