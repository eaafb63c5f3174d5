import ArgumentParser
import Chronology
import Exchange
import Jobcenter
import Parameters
import Reporting
import Storage

/// One run of a command that fetches: the house, the network, and what is said.
struct FetchRun {
    let house: House
    let transport: PatientTransport
    private let common: CommonOptions
    private let network: NetworkOptions
    let wording: Wording

    /// How many revisions are shown; the log has them all.
    private static let shownRevisions = 10

    /// Opens the store, lets `body` run, and closes the store. A store that is not there
    /// yet is made when the first figures have come, and not before: an empty database
    /// would look like one in use.
    static func open(
        _ common: CommonOptions, _ network: NetworkOptions, _ body: (FetchRun) async throws -> Void
    ) async throws {
        let engine = try await common.store.openOrEmpty()
        let house = try Wiring.house(common, engine)
        _ = try Wiring.municipality(common.municipality, house.municipalities)
        let run = FetchRun(
            house: house, transport: network.transport(house.clock), common: common,
            network: network, wording: Wording(house.texts, common.lang))
        do { try await body(run) } catch {
            try await engine.close()
            throw error
        }
        try await engine.close()
    }

    private func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
        house.texts.text("fetch.\(key)", common.lang, arguments)
    }

    /// Runs `body`; a problem of the source is said in words, with what is stored and how
    /// old it is, and ends the command.
    func reporting<T>(
        _ table: String?, _ body: () async throws(SourceProblem) -> T
    ) async throws -> T {
        do throws(SourceProblem) { return try await body() } catch {
            for line in error.lines(house.texts, common.lang) { Console.complain(line) }
            try await tellStored(table)
            throw ExitCode(error.kind.isNoService ? 69 : 1)
        }
    }

    /// Says that nothing was fetched, and how old the stored figures are: of one table,
    /// or of all.
    private func tellStored(_ table: String?) async throws {
        Console.complain(text("nothing"))
        let ages = try await StatisticsCase(house).ages()
            .filter { table == nil || $0.table == table }
        if ages.isEmpty {
            Console.complain(
                text(table == nil ? "noneStored" : "tableNotStored", ["table": table ?? ""]))
        }
        for age in ages {
            Console.complain(
                text(
                    "stored",
                    [
                        "table": age.table, "day": wording.day(age.fetchedOn),
                        "days": wording.number(age.days(until: house.clock.today())),
                        "period": wording.period(age.newest), "code": age.newest.description,
                        "figures": wording.number(age.figures),
                    ]))
        }
    }

    func list(_ found: [JobindsatsListing], _ words: String) {
        if found.isEmpty { return print(text("noneFound", ["words": words])) }
        let columns = ["table", "name", "subject", "frequency", "latest", "next"]
        let table = DataTable(
            id: "tables", caption: text("found", ["count": wording.number(found.count)]),
            columns: columns.map { DataTable.Column(text("column.\($0)")) },
            rows: found.map { line in
                DataTable.Row(
                    header: line.id,
                    cells: [line.name, line.subject, line.frequency, line.latest, line.next]
                        .map { .text($0) })
            })
        print(TextTable.text(table, wording))
    }

    /// Keeps what came and says what was new.
    func keep(_ retrieved: Retrieved) async throws {
        let engine = try await common.store.open(create: true)
        try await keep(retrieved, in: try Wiring.house(common, engine))
        try await engine.close()
    }

    private func keep(_ retrieved: Retrieved, in house: House) async throws {
        let kept: KeptRetrieval
        do {
            kept = try await RetrievalCase(house).keep(
                retrieved, acceptingColumns: network.acceptColumns,
                by: Wiring.system(common.municipality))
        } catch let changed as ChangedColumns {
            func list(_ names: [String]) -> String {
                names.isEmpty ? "–" : names.joined(separator: ", ")
            }
            Console.complain(
                text(
                    "otherColumns",
                    [
                        "table": retrieved.table, "day": wording.day(changed.since),
                        "missing": list(changed.missing), "new": list(changed.new),
                    ]))
            try await tellStored(retrieved.table)
            throw ExitCode(1)
        }
        let changes = kept.changes
        print(
            text(
                "kept",
                [
                    "source": text("source.\(retrieved.source.rawValue)"),
                    "table": retrieved.table,
                    "figures": wording.number(retrieved.content.read),
                    "notShown": wording.number(retrieved.content.notShown),
                    "skipped": wording.number(retrieved.content.skipped),
                    "added": wording.number(changes.added),
                    "revised": wording.number(changes.revisions.count),
                    "number": String(kept.receipt.number), "hash": kept.receipt.hash,
                ]))
        Console.report(former: retrieved.content, house.texts, wording.language)
        for line in RevisionText.lines(changes.revisions, Self.shownRevisions, house, wording) {
            print("  " + line)
        }
        if changes.absent > 0 {
            print(text("absent", ["count": wording.number(changes.absent)]))
        }
    }
}

/// Revisions in words, for the eye.
enum RevisionText {
    static func lines(
        _ revisions: [Revision], _ limit: Int, _ house: House, _ wording: Wording
    ) -> [String] {
        var lines = revisions.prefix(limit).map { revision in
            wording(
                "fetch.revision",
                [
                    "area": revision.area == 0
                        ? wording("fetch.country")
                        : house.municipalities[revision.area]?.name ?? String(revision.area),
                    "period": revision.period, "measure": revision.measure,
                    "old": value(revision.old, wording), "new": value(revision.new, wording),
                ])
        }
        if revisions.count > limit {
            lines.append(
                wording("fetch.moreRevisions", ["count": wording.number(revisions.count - limit)]))
        }
        return lines
    }

    private static func value(_ value: Double?, _ wording: Wording) -> String {
        guard let value else { return wording("fetch.notShown") }
        return wording.number(value, decimals: value == value.rounded() ? 0 : 2)
    }
}
