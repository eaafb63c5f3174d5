import Chronology
import Registry
import Testing

@testable import Indicators

@Suite struct ExampleTests {
    @Test(arguments: Example.all)
    func figuresAreAsWorkedOut(_ example: Example) throws {
        for check in example.checks {
            let cells = try example.register.figures(check.request)
            let cell = cells.first { $0.labels == check.labels }
            let what = "\(check.request.indicator) \(check.request.periods) \(check.labels)"
            let figure = cell?.figure
            if let value = check.value {
                let found = try #require(figure?.value ?? (value == 0 ? 0 : nil), "\(what)")
                #expect(abs(found - value) < 1e-9, "\(what)")
            }
            if let numerator = check.numerator {
                #expect(abs((figure?.numerator ?? -1) - numerator) < 1e-9, "\(what)")
            }
            if let denominator = check.denominator {
                #expect(abs((figure?.denominator ?? -1) - denominator) < 1e-9, "\(what)")
            }
        }
    }

    /// The twelve exits share a kernel and differ in days and statuses only.
    @Test func everyIndicatorHasAnExample() {
        let shown = Set(Example.all.flatMap(\.checks).map(\.request.indicator))
        let exits = catalogue.all.filter { $0.id.name.hasPrefix("exit-to-") }.map(\.id)
        #expect(exits.count == 12)
        let missing = Set(catalogue.all.map(\.id)).subtracting(shown).subtracting(exits)
        #expect(missing.isEmpty, "\(missing)")
    }

    @Test(arguments: Example.all)
    func contributionsAddUpToTheFigure(_ example: Example) throws {
        for check in example.checks where check.request.groupBy.isEmpty {
            try expectContributionsAddUp(example.register, check.request)
        }
    }
}

/// The contributions to a request add up to its figures.
func expectContributionsAddUp(_ register: Register, _ request: FigureRequest) throws {
    let figures = try register.figures(request).map(\.figure)
    let parts = try register.contributions(request, limit: .max)
    let numerator = figures.reduce(0) { $0 + $1.numerator }
    let denominator = figures.reduce(0) { $0 + ($1.denominator ?? 0) }
    let near = { (a: Double, b: Double) in abs(a - b) < 1e-9 * max(1, abs(a)) }
    #expect(near(numerator, parts.reduce(0) { $0 + $1.numerator }), "\(request.indicator)")
    #expect(near(denominator, parts.reduce(0) { $0 + $1.denominator }), "\(request.indicator)")
}
