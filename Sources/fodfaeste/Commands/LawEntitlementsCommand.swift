import ArgumentParser
import Chronology
import Foundation
import Jobcenter
import Law
import Parameters

extension LawCommand {
    struct Entitlements: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what one can have, or show what one question asks to be told.",
            discussion: """
                Examples:
                  fodfaeste law entitlements --on 2026-07-01
                  fodfaeste law entitlements adult-apprentice
                """)

        @Argument(help: "One of them; left out for all.") var id: String?
        @Option(help: "The day (default: today).") var on: Day?
        @Option(help: "Only one area of the law.") var area: RuleArea?
        @OptionGroup var choices: LawChoices
        @Option(help: "Language of the output: da or en.") var lang = Language.da

        func run() async throws {
            try await failing {
                let catalogue = try TextCatalogue.bundled()
                let texts = LawTexts(catalogue, lang)
                let book = try choices.statutes(lang, catalogue).entitlements
                let day = on ?? Wiring.clock(nil).today()
                guard let id else { return list(book, day, texts) }
                guard let found = book[id] else {
                    let ids = book.entitlements.map(\.id)
                    let near = ScalarForms.nearest(to: id, among: ids) ?? ids.first ?? ""
                    Console.complain(texts.text("rules.unknown", ["id": id, "near": near]))
                    throw ExitCode(1)
                }
                Entitlements.show(found, texts, lang)
            }
        }

        private func list(_ book: EntitlementBook, _ day: Day, _ texts: LawTexts) {
            for area in RuleArea.allCases where self.area == nil || self.area == area {
                let held = book.entitlements.filter { $0.area == area }.compactMap {
                    entitlement in entitlement.version(on: day).map { (entitlement, $0) }
                }
                if held.isEmpty { continue }
                print(texts.text("area.\(area)"))
                for (entitlement, version) in held {
                    print("  \(entitlement.id): \(entitlement.question[lang])")
                    print("      \(texts.sentence(version))")
                }
            }
        }

        static func show(_ entitlement: Entitlement, _ texts: LawTexts, _ lang: Language) {
            print(
                "\(entitlement.question[lang]) (\(entitlement.id))\n\n\(texts.text("rules.facts")):"
            )
            for fact in entitlement.facts {
                print("  \(fact.id): \(fact.name[lang]) (\(texts.kind(fact)))")
            }
            print("\n\(texts.text("rules.versions")):")
            for version in entitlement.versions {
                print("  \(version.id)\n      \(texts.sentence(version))")
                print("      \(version.basis.source)")
            }
        }
    }
}
