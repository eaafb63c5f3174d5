import Chronology
import Indicators
import Markup
import Parameters
import Reporting

/// The tables and sentences of a pack, each number with the way to what is behind it.
extension PackPage {
    private var opens: Bool { !opening.isEmpty && !isPrinted }

    func rows(_ table: PackTable, to html: inout HTML, _ wording: Wording) {
        let language = wording.language
        var shown = table.table(wording)
        // A chart stands over the table and has the title alone for its name.
        if table.isSeries, let unit = table.rows.first?.cells.first?.number?.unit {
            shown.caption = wording(
                "reporting.table.caption",
                ["title": shown.caption, "unit": wording.unit(unit)])
        }
        // A line that no month has a figure for is not drawn, and its column says nothing.
        let cells = shown.columns.indices.dropFirst().map { $0 - 1 }.filter { index in
            !table.isSeries || table.rows.contains { $0.cells[index].number?.value != nil }
        }
        html(
            .div, .class("scroll"), .role("region"),
            Attribute("aria-labelledby", "\(table.id)-caption"), Attribute("tabindex", 0)
        ) { html in
            html(.table, .id(table.id)) { html in
                html(.caption, .id("\(table.id)-caption"), text: shown.caption)
                html(.thead) { html in
                    html(.tr) { html in
                        for column in [0] + cells.map({ $0 + 1 }) {
                            html(
                                .th, .scope("col"),
                                .when(shown.columns[column].decimals != nil, .class("number")),
                                text: shown.columns[column].title)
                        }
                    }
                }
                html(.tbody) { html in
                    for row in table.rows {
                        html(.tr, .when(row.isTotal, .class("own"))) { html in
                            html(.th, .scope("row"), text: row.title[language])
                            for index in cells {
                                self.cell(
                                    row.cells[index],
                                    "\(row.title[language]), \(shown.columns[index + 1].title)",
                                    to: &html, wording)
                            }
                        }
                    }
                }
            }
        }
    }

    private func cell(
        _ cell: PackCell, _ name: String, to html: inout HTML, _ wording: Wording
    ) {
        guard let number = cell.number else {
            if case .text(let text) = cell { html(.td, text: text[wording.language]) }
            return
        }
        let value = number.state == .shown ? number.value : nil
        let text =
            value.map { wording.number($0, decimals: number.decimals) } ?? number.mark(wording)
        html(.td, value == nil ? .class("number quiet") : .class("number")) { html in
            if opens {
                html(
                    .a, .href(opening + number.id),
                    Attribute("aria-label", "\(text): \(name)"), text: text)
            } else {
                html.text(text)
            }
            if value != nil, number.isProvisional {
                html(.span, class: "note", text: " " + wording("views.pack.provisionalMark"))
            }
        }
    }

    // MARK: Sentences

    /// The numbers that sentences tell of, by their ids.
    var told: [String: PackNumber] {
        guard opens else { return [:] }
        let ids = Set((pack.summary + pack.sections.flatMap(\.sentences)).flatMap(\.numbers))
        return Dictionary(
            pack.numbers.filter { ids.contains($0.id) }.map { ($0.id, $0) }
        ) { first, _ in first }
    }

    /// A sentence, the amounts in it that are numbers of the pack leading to these. One whose
    /// words hold no such amount gets the way after it.
    func write(
        _ sentence: PackSentence, _ told: [String: PackNumber], to html: inout HTML,
        _ wording: Wording
    ) {
        let text = sentence.text[wording.language]
        guard opens, !sentence.numbers.isEmpty else { return html.text(text) }
        var rest = text[...]
        var isOpened = false
        for spot in spots(sentence, told, in: text, wording) {
            html.text(String(rest[..<spot.range.lowerBound]))
            html(.a, .href(opening + spot.id), text: String(text[spot.range]))
            rest = text[spot.range.upperBound...]
            isOpened = true
        }
        html.text(String(rest))
        guard !isOpened, let first = sentence.numbers.first else { return }
        html.text(" ")
        html(
            .a, .href(opening + first),
            Attribute(
                "aria-label", wording("views.pack.openNumber") + ": " + text),
            text: wording("views.pack.openNumber"))
    }

    /// Where the amounts stand, in the order of the text; none over another.
    private func spots(
        _ sentence: PackSentence, _ told: [String: PackNumber], in text: String,
        _ wording: Wording
    ) -> [(range: Range<String.Index>, id: String)] {
        var found: [(range: Range<String.Index>, id: String)] = []
        for id in sentence.numbers {
            guard let number = told[id], let value = number.value else { continue }
            // A fall is told without its sign, and one is told as one.
            var words = Set([value, abs(value)].map { wording.amount($0, number.unit) })
            if let unit = number.unit.known,
                wording.number(abs(value), decimals: number.unit.decimals) == "1"
            {
                words.insert(wording("plans.amount.\(unit.rawValue).one", ["n": "1"]))
            }
            for word in words.sorted() {
                let spot = text.ranges(of: word).first { range in
                    isWhole(range, in: text) && !found.contains { $0.range.overlaps(range) }
                }
                if let spot { found.append((spot, id)) }
            }
        }
        return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// `8 personer` is no part of `18 personer`.
    private func isWhole(_ range: Range<String.Index>, in text: String) -> Bool {
        let before = text[..<range.lowerBound].last
        let after = text[range.upperBound...].first
        return [before, after].allSatisfy { character in
            guard let character else { return true }
            return !character.isNumber && !character.isLetter && character != "-"
        } && !(before.map { ",.".contains($0) } ?? false)
    }

    /// The way to the heading under which a sentence stands that counts lines of its table.
    func origin(of sentence: PackSentence, to html: inout HTML, _ wording: Wording) {
        guard opens,
            let section = pack.sections.first(where: { $0.sentences.contains(sentence) })
        else { return }
        let title = section.title[wording.language]
        html.text(" ")
        html(
            .a, .href("#section-\(section.id)"),
            text: wording("views.pack.seeSection", ["title": title]))
    }

    // MARK: Age

    /// How old each published table was or is.
    func ages(to html: inout HTML, _ wording: Wording) {
        guard let tables = pack.published else { return }
        html(.h3, text: wording("views.pack.ages"))
        if tables.isEmpty { html(.p, class: "note", text: wording("views.pack.noAges")) }
        html(.ul) { html in
            for table in tables {
                guard let fetched = Day(iso: table.fetchedOn), let newest = Period(table.newest)
                else { continue }
                html(
                    .li,
                    text: wording(
                        "views.pack.age",
                        [
                            "table": table.table,
                            "age": wording.age(
                                fetchedOn: fetched, newest: newest, on: today ?? fetched - 1),
                        ]))
            }
        }
    }
}

extension PackNumber {
    /// What stands in a cell without a number.
    func mark(_ wording: Wording) -> String {
        switch state {
        case .hidden: wording("reporting.table.hidden")
        case .undefined: "\u{2013}"
        case .notShown, .missing, .shown: wording("reporting.table.missing")
        }
    }

    /// The number with its unit, or why there is none.
    public func shown(_ wording: Wording) -> String {
        guard state == .shown, let value else { return stateWord(wording) }
        return wording.amount(value, unit)
    }
}
