import Chronology
import Exchange
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Visit {
    var packTrail: [Link] { [Link(text("views.section.packs"), Route.packs.path)] }

    /// Only reading, without being signed in.
    var isOpenReading: Bool { session == nil && call.method == .get }

    func words(_ problems: FieldProblems) -> String {
        problems.all.map { text("problem.\($0.key)", $0.values) }.joined(separator: " ")
    }

    /// The pack of a quarter for the days of the address; counted up to a month after it, or
    /// today where that has not come.
    func livePack(
        _ quarter: Quarter
    ) async throws -> (pack: Pack, asOf: Day, knownAt: Day?) {
        var fields = FieldReader(call.query)
        let today = house.clock.today()
        let asked = fields.day("asof")
        let knownAt = fields.day("known")
        if let asked, asked < quarter.range.end {
            fields.reject("asof", asked.danish, "web.accepted.afterQuarter")
        } else if today < quarter.range.end {
            fields.reject("quarter", quarter.description, "web.accepted.quarterOver")
        }
        var peers: [MunicipalityCode] = []
        for code in call.query.all("with") {
            if let number = Int32(code), house.municipalities[number] != nil {
                peers.append(MunicipalityCode(number: number))
            } else {
                fields.reject("with", code, "web.accepted.municipality")
            }
        }
        try fields.check()
        let asOf = asked ?? min(today, (quarter.lastMonth + 1).last)
        let pack = try await PackCase(house).pack(
            PackRequest(quarter, asOf: asOf, knownAt: knownAt, peers: peers),
            of: desk.municipality.code,
            by: actor)
        return (pack, asOf, knownAt)
    }

    /// The pack as a page whose figures lead to their queries.
    func page(_ pack: Pack, asOf: Day, knownAt: Day?) -> PackPage {
        var queries: [String: String] = [:]
        for number in pack.numbers {
            guard case .register(let indicator, _, let filter) = number.source else { continue }
            queries[number.id] = Route.indicator(indicator).link(
                [("period", number.period)] + filter.map { ($0.name, $0.value) }
                    + [("asof", asOf.iso), ("known", knownAt?.iso)])
        }
        return PackPage(pack: pack, state: [], queries: queries)
    }

    /// The pack as a file.
    func file(
        _ pack: Pack, _ format: Route.PackFormat, state: [String]
    ) async throws -> Answer {
        let name = "ledelsesinformation-\(pack.municipality)-\(pack.quarter)"
        let fileName = "\(name).\(format.rawValue)"
        switch format {
        case .pdf:
            return try await pdf(
                [PackPage(pack: pack, state: state, isPrinted: true)], named: name)
        case .xlsx:
            return Answer(
                contentType:
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                body: try pack.workbook(wording).bytes(), fileName: fileName)
        case .csv:
            // The file of the open data is read by programs, whatever the reader's language.
            let writer = session == nil ? CSVWriter.standard : .danish
            return Answer(
                contentType: "text/csv; charset=utf-8",
                body: writer.bytes(pack.list(wording), wording), fileName: fileName)
        case .json:
            return Answer(
                contentType: "application/json; charset=utf-8", body: try pack.json(),
                fileName: fileName)
        }
    }

    /// Up to which day it is counted, and what was known.
    func live(_ asOf: Day, _ knownAt: Day?) -> [String] {
        [
            text("views.pack.live", ["day": wording.day(asOf)]),
            knownAt.map { text("views.pack.knownAt", ["day": wording.day($0)]) }
                ?? text("views.pack.knownNow"),
        ]
    }

    /// The quarters before and after one that is over.
    func around(_ quarter: Quarter) -> [Link] {
        let today = house.clock.today()
        return [quarter - 4, quarter - 1, quarter + 1].filter { $0.range.end <= today }.map {
            Link(wording.period(.quarter($0)), Route.pack($0).path)
        }
    }

    // MARK: Editions

    func name(_ edition: PackEdition) -> String {
        text(
            "views.edition.name",
            [
                "period": wording.period(.quarter(edition.quarter)),
                "number": String(edition.id.number),
            ])
    }

    func state(_ edition: PackEdition) -> String {
        if let day = edition.published {
            return text("views.edition.published", ["day": wording.day(day)])
        }
        if let day = edition.approved {
            return text(
                "views.edition.approved", ["day": wording.day(day), "who": edition.approver])
        }
        return text(
            "views.edition.drafted",
            ["day": wording.day(edition.drafted), "who": edition.drafter])
    }

    func frozen(_ edition: PackEdition) -> String {
        text(
            "views.edition.frozen",
            [
                "day": wording.day(edition.knownAt),
                "digest": String(
                    (mayReadSmallCounts ? edition.digest : edition.publicDigest).prefix(12)),
            ])
    }

    /// Comments and what was minuted or explained after the edition was drafted: minutes for
    /// everybody, the rest for those who write.
    func written(since pack: Pack, _ edition: PackEdition) async throws -> [PackRemark] {
        let mayWrite = Policy.refusal(of: .writePack, by: actor, in: desk.municipality.code) == nil
        let kept = Set(pack.sections.flatMap(\.notes).map(\.registration))
        let notes = try await PackNoteCase(house).notes(
            edition.quarter, of: desk.municipality.code, by: actor)
        return notes.compactMap { note in
            guard case .packNote(let written) = note.fact, !kept.contains(note.number),
                mayWrite || written.kind == .minutes
            else { return nil }
            let kind = Language.allCases.map {
                house.texts.text("term.packNote.\(written.kind)", $0)
            }
            return PackRemark(
                about: PackText(da: kind[0], en: kind[1]), text: written.text,
                writer: written.writer, day: written.day.iso, registration: note.number)
        }
    }

    func addActs(_ edition: PackEdition, to page: inout PackPage) {
        let refusal = Policy.refusal(of: .approvePack, by: actor, in: desk.municipality.code)
        if session == nil || edition.published != nil { return }
        if let refusal {
            page.whyNot = text(refusal.textKey)
        } else if edition.approved != nil {
            page.acts = [Choice(value: "publish", label: text("views.edition.publish"))]
        } else if edition.drafter == actor.name {
            page.whyNot = text("problem.ownDraft")
        } else {
            page.acts = [Choice(value: "approve", label: text("views.edition.approve"))]
        }
    }

    // MARK: As known now

    func moved(
        _ edition: PackEdition, _ pack: Pack, _ now: Pack, _ moved: [MovedNumber]
    ) -> CaseListPage {
        let own = moved.filter { number in
            guard case .derived? = (number.then ?? number.now)?.source else { return true }
            return false
        }
        let derived = moved.filter { number in !own.contains(number) }
        return CaseListPage(
            headline: moved.isEmpty
                ? text("views.moved.none", ["edition": name(edition)])
                : text(
                    "views.moved.some",
                    [
                        "count": wording.number(own.count), "edition": name(edition),
                        "derived": wording.number(derived.count),
                    ]),
            lead: text("views.moved.lead", ["day": wording.day(edition.knownAt)]),
            sections: [
                CaseListPage.Section(
                    heading: text("views.moved.own"),
                    lines: own.map { line($0, edition, pack, now) }, forms: [],
                    nothing: text("views.moved.nothing")),
                CaseListPage.Section(
                    heading: text("views.moved.derived"),
                    lines: derived.map { line($0, edition, pack, now) }, forms: []),
            ])
    }

    private func line(
        _ moved: MovedNumber, _ edition: PackEdition, _ pack: Pack, _ now: Pack
    ) -> CaseListPage.Line {
        func shown(_ number: PackNumber?) -> String {
            guard let number else { return text("views.moved.notThere") }
            guard let value = number.value else { return number.stateWord(wording) }
            return wording.amount(value, number.unit)
        }
        var links: [Link] = []
        if case .register? = moved.then?.source, peopleRefusal == nil {
            links.append(
                Link(
                    text("views.moved.who"),
                    Route.editionMoved(edition.id.number).link([("number", moved.id)])))
        }
        let place = moved.then == nil ? now : pack
        return CaseListPage.Line(
            heading: place.name(of: moved.id, language),
            details: [
                text("views.moved.change", ["then": shown(moved.then), "now": shown(moved.now)])
            ], by: "", links: links)
    }

    func registrations(
        _ found: MovedRegistrations, _ name: String, _ purpose: Purpose
    ) -> CaseListPage {
        CaseListPage(
            headline: text(
                "views.moved.registrations",
                ["count": wording.number(found.lines.count), "name": name]),
            lead: text(
                "views.people.logged",
                ["number": String(found.lookup), "purpose": purpose.text]),
            sections: [
                CaseListPage.Section(
                    heading: name, lines: found.lines.map { line($0, found) }, forms: [],
                    nothing: text("views.moved.noRegistrations"))
            ])
    }

    private func line(
        _ line: MovedRegistrations.Line, _ found: MovedRegistrations
    ) -> CaseListPage.Line {
        let person = line.citizen.flatMap { found.people[$0] }
        let what =
            text("views.fact.\(line.kind.rawValue)")
            + (line.note.map { " " + words($0.fact) } ?? "")
        func amount(_ value: Double) -> String {
            wording.number(value, decimals: value == value.rounded() ? 0 : 2)
        }
        var details = [
            text("views.moved.adds", ["then": amount(line.then), "now": amount(line.now)])
        ]
        if line.thenOf != line.nowOf {
            details.append(
                text(
                    "views.moved.addsOf",
                    ["then": amount(line.thenOf), "now": amount(line.nowOf)]))
        }
        return CaseListPage.Line(
            heading: (person.map { "\($0.fullName): " } ?? "") + what, details: details,
            by: line.note.map { registeredBy($0) } ?? text("views.moved.withdrawn"))
    }
}

extension Pack {
    /// Section, row and column of a number in words.
    func name(of id: String, _ language: Language) -> String {
        for section in sections {
            for table in section.tables {
                for row in table.rows {
                    for (index, cell) in row.cells.enumerated() where cell.number?.id == id {
                        return
                            "\(table.title[language]): \(row.title[language]), "
                            + table.columns[index + 1][language]
                    }
                }
            }
        }
        return id
    }
}
