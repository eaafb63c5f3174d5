import ArgumentParser
import Chronology
import Foundation
import Jobcenter
import Law
import Parameters
import Registry

extension LawCommand {
    struct WhatIfCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "what-if",
            abstract: "Compare what the rules of two days make of the municipality's cases.",
            discussion: """
                Both rule sets are asked as if they had been in force all along, about the \
                obligations still open on a day. Examples:
                  fodfaeste law what-if --from 2026-06-30 --to 2026-07-01
                  fodfaeste law what-if --from 2026-06-30 --to 2026-07-01 --on 2025-12-31 --list
                """)

        @OptionGroup var common: CommonOptions
        @Option(help: "The rules in force on this day.") var from: Day
        @Option(help: "Compared with the rules in force on this day.") var to: Day
        @Flag(help: "On the second day, as if what is proposed had been adopted.")
        var proposed = false
        @Option(help: "The cases as they stand on this day (default: today).") var on: Day?
        @Option(help: "Use only what was recorded by the end of this day.") var knownAt: Day?
        @Flag(help: "List the citizens, by number; the look-up is logged.") var list = false
        @Option(help: "text or json.") var format = OutputFormat.text

        func validate() throws { try format.refuseCSV() }

        func run() async throws {
            try await failing {
                try await Wiring.withHouse(common) { house, actor in
                    let cases = LawCase(house)
                    let day = on ?? house.clock.today()
                    let other: RuleSet = proposed ? .proposed(to) : .inForce(to)
                    let figures = try await cases.whatIf(
                        from: .inForce(from), to: other, on: day, of: common.municipality,
                        knownAt: knownAt, by: actor)
                    let people =
                        list
                        ? try await cases.people(
                            from: .inForce(from), to: other, on: day, of: common.municipality,
                            knownAt: knownAt, by: actor, purpose: Purpose("law what-if")
                        ).people : []
                    let report = WhatIfReport(
                        figures: figures, people: people, book: try await cases.rules().book,
                        texts: LawTexts(house.texts, common.lang), language: common.lang,
                        from: .inForce(from), to: other, days: (from, to), day: day)
                    switch format {
                    case .json: try Console.write(json: report.document)
                    default: for line in report.lines(house.texts) { print(line) }
                    }
                }
            }
        }
    }
}

private struct WhatIfReport {
    let figures: WhatIfFigures
    let people: [WhatIfPeople.Person]
    let book: RuleBook
    let texts: LawTexts
    let language: Language
    let from: RuleSet
    let to: RuleSet
    let days: (from: Day, to: Day)
    let day: Day

    func lines(_ catalogue: TextCatalogue) -> [String] {
        var lines = [
            texts.text(
                "whatIf.heading",
                ["from": days.from.danish, "to": days.to.danish, "day": day.danish]),
            texts.text(
                "whatIf.touched",
                ["touched": String(figures.touched), "citizens": String(figures.citizens)]),
        ]
        for duty in book.duties {
            let rows = figures.rows.filter { $0.duty == duty.id }
            if rows.isEmpty { continue }
            lines += ["", duty.name[language]]
            for (version, key) in [
                (duty.version(under: from), "before"), (duty.version(under: to), "after"),
            ] {
                let words = version.map { texts.sentence($0) }
                lines.append(
                    "  " + texts.text("whatIf.\(key)", ["text": words ?? texts.text("whatIf.none")])
                )
            }
            for row in rows {
                let group =
                    row.group.map { catalogue.text("term.targetGroup.\($0.rawValue)", language) }
                    ?? catalogue.text("term.none", language)
                lines.append(
                    "    "
                        + texts.text(
                            "whatIf.row",
                            [
                                "group": group, "gained": String(row.gained),
                                "lost": String(row.lost), "changed": String(row.changed),
                            ]))
            }
        }
        if !people.isEmpty { lines.append("") }
        return lines + people.map(line)
    }

    private func line(_ person: WhatIfPeople.Person) -> String {
        texts.text(
            "whatIf.person.\(person.kind)",
            [
                "citizen": String(person.citizen.id.number), "duty": name(person.duty),
                "before": person.before?.danish ?? "", "after": person.after?.danish ?? "",
            ])
    }

    private func name(_ id: String) -> String {
        book.duties.first { $0.id == id }?.name[language] ?? id
    }

    private struct Document: Encodable {
        struct Row: Encodable {
            var duty: String
            var group: String?
            var gained, lost, changed: Int
        }
        struct Person: Encodable {
            var citizen: Int64
            var duty, kind: String
            var before, after: String?
        }
        var from, to, on: String
        var citizens, touched: Int
        var rows: [Row]
        var people: [Person]?
    }

    var document: some Encodable {
        Document(
            from: days.from.iso, to: days.to.iso, on: day.iso, citizens: figures.citizens,
            touched: figures.touched,
            rows: figures.rows.map {
                .init(
                    duty: $0.duty, group: $0.group?.rawValue, gained: $0.gained, lost: $0.lost,
                    changed: $0.changed)
            },
            people: people.isEmpty
                ? nil
                : people.map {
                    .init(
                        citizen: $0.citizen.id.number, duty: $0.duty, kind: $0.kind.rawValue,
                        before: $0.before?.iso, after: $0.after?.iso)
                })
    }
}
