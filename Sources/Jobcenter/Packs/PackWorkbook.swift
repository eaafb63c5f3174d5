import Exchange
import Indicators
import Parameters
import Reporting

extension Pack {
    /// The pack as a workbook: the front page, a sheet for each table, the definitions, and
    /// every number with where it comes from.
    public func workbook(_ wording: Wording) -> Workbook {
        let language = wording.language
        let heading = "\(title[language]) \u{2013} \(municipalityName)"
        var book = Workbook(title: heading, author: "Fodfæste")
        book.sheets.append(
            Workbook.Sheet(
                name: wording("reporting.packSheet.front"),
                heading: heading + ", " + (period.map(wording.period) ?? quarter),
                columns: [Workbook.Column(wording("reporting.packSheet.front"), width: 120)],
                rows: summary.map { [.text($0.text[language])] }
                    + sections.flatMap { section in
                        [[], [.text(section.title[language], isStrong: true)]]
                            + section.sentences.map { [.text($0.text[language])] }
                            + section.notes.map { [.text($0.line(language))] }
                    },
                notes: [wording("reporting.packSheet.known", known)]))
        for section in sections {
            book.sheets += section.tables.map { $0.sheet(in: section, wording) }
        }
        book.sheets += [definitionSheet(wording), listSheet(wording)]
        return book
    }

    private var known: KeyValuePairs<String, String> {
        ["asof": asOf, "known": knownAt ?? "\u{2013}"]
    }

    private func definitionSheet(_ wording: Wording) -> Workbook.Sheet {
        let language = wording.language
        let names = ["indicator", "version", "name", "definition", "rule", "source", "lag"]
        let widths: [Double] = [28, 12, 32, 70, 40, 40, 12]
        return Workbook.Sheet(
            name: wording("reporting.packSheet.definitions"),
            heading: wording("reporting.packSheet.definitions"),
            columns: zip(names, widths).map {
                Workbook.Column(wording("reporting.packDefinition.\($0)"), width: $1)
            },
            rows: definitions.map { entry in
                [
                    .text(entry.indicator), .text(entry.version), .text(entry.name[language]),
                    .text(entry.definition[language]), .text(entry.periodRule[language]),
                    .text(entry.source), .number(Double(entry.lagMonths), decimals: 0),
                ]
            })
    }

    private func listSheet(_ wording: Wording) -> Workbook.Sheet {
        let list = list(wording)
        return Workbook.Sheet(
            name: wording("reporting.packSheet.numbers"),
            heading: wording("reporting.packSheet.numbers"),
            columns: list.columns.map { Workbook.Column($0.title, width: 18) },
            rows: list.rows.map { row in
                [.text(row.header)]
                    + row.cells.enumerated().map { index, cell in
                        switch cell {
                        case .number(let value):
                            .number(value, decimals: list.columns[index + 1].decimals ?? 0)
                        case .text(let text): .text(text)
                        case .hidden, .missing: .empty
                        }
                    }
            })
    }
}

extension PackRemark {
    /// `Mål: tekst (Kim Test, 15.10.2024)`
    public func line(_ language: Language) -> String {
        let about = about[language]
        return (about.isEmpty ? "" : about + ": ") + "\(text) (\(writer), \(day))"
    }
}

extension PackTable {
    fileprivate func sheet(in section: PackSection, _ wording: Wording) -> Workbook.Sheet {
        let language = wording.language
        let table = table(wording)
        return Workbook.Sheet(
            name: title[language], heading: "\(section.title[language]): \(title[language])",
            columns: columns.enumerated().map { index, column in
                Workbook.Column(column[language], width: index == 0 ? 44 : 16)
            },
            rows: zip(rows, table.rows).map { row, shown in
                [.text(row.title[language], isStrong: row.isTotal)]
                    + zip(row.cells, shown.cells).map { cell, shown in
                        switch shown {
                        case .number(let value):
                            .number(
                                value, decimals: cell.number?.decimals ?? 0, isStrong: row.isTotal)
                        case .text(let text): .text(text)
                        case .hidden, .missing: .text(cell.number?.stateWord(wording) ?? "")
                        }
                    }
            }, notes: notes.map { $0[language] })
    }
}
