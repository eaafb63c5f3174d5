import ArgumentParser
import Chronology
import Foundation
import Jobcenter
import Law
import Parameters
import Registry

extension LawCommand {
    struct Portfolios: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say how the duties towards whole groups stand (the 75 % rules).",
            discussion: """
                Who is counted, how many are exempt by decision, how many more are needed. \
                Example:
                  fodfaeste law portfolios --on 2026-10-01 --list
                  fodfaeste law portfolios --on 2025-06-30 --rules 2026-07-01
                """)

        @OptionGroup var common: CommonOptions
        @Option(help: "The cases as they stand on this day (default: today).") var on: Day?
        @Option(help: "As if the rules of this day had been in force all along.")
        var rules: Day?
        @Option(help: "Use only what was recorded by the end of this day.") var knownAt: Day?
        @Flag(help: "List the exempted, by number; the look-up is logged.") var list = false
        @Option(help: "text or json.") var format = OutputFormat.text

        func validate() throws { try format.refuseCSV() }

        func run() async throws {
            try await failing {
                try await Wiring.withHouse(common) { house, actor in
                    let law = LawCase(house)
                    let day = on ?? house.clock.today()
                    let found = try await law.portfolios(
                        on: day, rules: rules, of: common.municipality, knownAt: knownAt, by: actor)
                    var entries: [PortfolioEntry] = []
                    for (portfolio, status) in found {
                        let exempted =
                            list
                            ? try await law.exempted(
                                from: portfolio.id, on: day, rules: rules,
                                of: common.municipality, knownAt: knownAt, by: actor,
                                purpose: Purpose("law portfolios"))
                            : []
                        entries.append(
                            PortfolioEntry(
                                portfolio, status,
                                exempted.map { ($0.citizen.id.number, $0.decision.start) },
                                common.lang))
                    }
                    let texts = LawTexts(house.texts, common.lang)
                    switch format {
                    case .json: try Console.write(json: entries)
                    default:
                        if entries.isEmpty {
                            print(texts.text("portfolio.none", ["day": day.danish]))
                        }
                        for entry in entries {
                            for line in entry.lines(texts) { print(line) }
                        }
                    }
                }
            }
        }
    }
}

/// One portfolio duty as it is written out.
private struct PortfolioEntry: Encodable {
    struct Exempted: Encodable {
        var citizen: Int64
        var since: String
    }

    var id, name, law, confidence, text: String
    var citizens, exempt, served, required, needed, percent: Int
    var isKept: Bool
    var exempted: [Exempted]?

    init(
        _ portfolio: Portfolio, _ status: PortfolioStatus, _ exempted: [(Int64, Day)],
        _ language: Language
    ) {
        id = portfolio.id
        name = portfolio.name[language]
        law = portfolio.basis.law
        confidence = portfolio.basis.confidence.rawValue
        text = portfolio.basis.text[language]
        citizens = status.population.count
        exempt = status.exempt.count
        served = status.served
        required = status.required
        needed = status.needed
        percent = status.percent
        isKept = status.isKept
        self.exempted =
            exempted.isEmpty
            ? nil : exempted.map { Exempted(citizen: $0.0, since: $0.1.iso) }
    }

    private var stand: String {
        citizens == 0 ? "portfolio.nobody" : isKept ? "portfolio.kept" : "portfolio.short"
    }

    func lines(_ texts: LawTexts) -> [String] {
        let counts = [
            "citizens": String(citizens), "exempt": String(exempt), "served": String(served),
            "required": String(required), "needed": String(needed), "percent": String(percent),
        ]
        return [
            name, "  \(text) (\(law))", "  " + texts.text("portfolio.counted", counts),
            "  " + texts.text(stand, counts),
        ]
            + (exempted ?? []).map {
                "    "
                    + texts.text(
                        "portfolio.exempt",
                        ["citizen": String($0.citizen), "since": $0.since])
            }
    }
}
