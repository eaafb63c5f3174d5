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
    var isOpenReading: Bool { !isStaff && call.method == .get }

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

    /// The days and the municipalities of the address, to carry on in links.
    var packQuery: [(String, String?)] {
        dayQuery + call.query.all("with").map { ("with", Optional($0)) }
    }

    /// The way to a number of the quarter as this address shows it; its id is added.
    func opening(_ quarter: Quarter) -> String {
        Route.packNumber(quarter).link(packQuery + [("number", "")])
    }

    /// The way to a number of an edition; its id is added.
    func opening(_ route: Route) -> String { route.link([("number", "")]) }

    /// The pack as a file.
    func file(
        _ pack: Pack, _ format: Route.PackFormat, state: [String]
    ) async throws -> Answer {
        let name = "ledelsesinformation-\(pack.municipality)-\(pack.quarter)"
        let fileName = "\(name).\(format.rawValue)"
        switch format {
        case .pdf:
            return try await pdf(
                [
                    PackPage(
                        pack: pack, state: state,
                        today: pack.knownAt.flatMap { Day(iso: $0) } ?? house.clock.today(),
                        isPrinted: true)
                ], named: name)
        case .xlsx:
            return Answer(
                contentType:
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                body: try pack.workbook(wording).bytes(), fileName: fileName)
        case .csv:
            // The file of the open data is read by programs, whatever the reader's language.
            let writer = !isStaff ? CSVWriter.standard : .danish
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
            let kind = Language.complete.map {
                house.texts.text("term.packNote.\(written.kind)", $0)
            }
            return PackRemark(
                about: PackText(da: kind[0], en: kind[1]), text: written.text,
                writer: written.writer, day: written.day.iso, registration: note.number)
        }
    }

    func addActs(_ edition: PackEdition, to page: inout PackPage) {
        let refusal = Policy.refusal(of: .approvePack, by: actor, in: desk.municipality.code)
        if !isStaff || edition.published != nil { return }
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
}

extension Pack {
    /// Table, row and column of a number in words; the id of one that stands in no table.
    func name(of id: String, _ language: Language) -> String { names(language)[id] ?? id }

    /// The same of every number that stands in a table.
    func names(_ language: Language) -> [String: String] {
        var names: [String: String] = [:]
        for table in sections.flatMap(\.tables) {
            for row in table.rows {
                for (index, cell) in row.cells.enumerated() {
                    guard let id = cell.number?.id, names[id] == nil else { continue }
                    names[id] =
                        "\(table.title[language]): \(row.title[language]), "
                        + table.columns[index + 1][language]
                }
            }
        }
        return names
    }
}
