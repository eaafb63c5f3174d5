import ArgumentParser
import Chronology
import Jobcenter
import Parameters
import Reporting
import Storage

struct FetchLog: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Show what was fetched, when, and which figures had changed since.",
        discussion: """
            Newest first. The address is what was asked, the hash is that of the answer, which is
            kept as it came. Examples:
              fodfaeste fetch log --table y25i01 --format json
              fodfaeste fetch log --answer 412 > answer.json
            """)

    @OptionGroup var common: CommonOptions
    @Option(help: "Only this table.") var table: String?
    @Option(help: "At most so many retrievals.") var count = 20
    @Option(help: "text or json.") var format = OutputFormat.text
    @Option(help: "Write the answer of the retrieval with this receipt as it came.")
    var answer: Int64?

    /// How many revisions of a retrieval stand in the text; JSON has them all.
    private static let shownRevisions = 100

    func validate() throws {
        try format.refuseCSV()
        guard (1...10_000).contains(count) else {
            throw ValidationError("--count is a number from 1 to 10000.")
        }
    }

    func run() async throws {
        try await failing {
            try await Wiring.withHouse(common) { house, actor in
                if let answer {
                    guard let bytes = try await RetrievalCase(house).answer(of: answer, by: actor)
                    else {
                        let arguments = ["number": String(answer)]
                        Console.complain(
                            house.texts.text("fetch.noAnswer", common.lang, arguments))
                        throw ExitCode(64)
                    }
                    return Console.write(bytes)
                }
                let log = try await RetrievalCase(house).log(count: count, table: table, by: actor)
                if format == .json {
                    try Console.write(json: log.map { Line($0) })
                } else {
                    write(log, house)
                }
            }
        }
    }

    private func write(_ log: [LoggedRetrieval], _ house: House) {
        let wording = Wording(house.texts, common.lang)
        if log.isEmpty { print(wording("fetch.emptyLog")) }
        for retrieval in log {
            let row = retrieval.row
            print(
                wording(
                    "fetch.logged",
                    [
                        "number": String(row.number), "day": wording.day(row.on),
                        "time": wording.clock(row.at),
                        "source": wording("fetch.source.\(row.source)"),
                        "table": row.table, "figures": wording.number(row.figures),
                        "added": wording.number(row.added), "revised": wording.number(row.revised),
                        "absent": wording.number(row.absent),
                    ]))
            print("  \(row.address)")
            print("  SHA-256 \(row.digest)")
            let lines = RevisionText.lines(
                retrieval.revisions, Self.shownRevisions, house, wording)
            for line in lines { print("  " + line) }
        }
    }

    /// One retrieval in JSON.
    private struct Line: Encodable {
        struct Change: Encodable {
            var area: Int32
            var measure: String
            var period: String
            var old: Double?
            var new: Double?
        }

        var number: Int64
        var source: String
        var table: String
        var address: String
        var columns: [String]
        var at: Int64
        var on: String
        var sha256: String
        var figures: Int
        var added: Int
        var absent: Int
        var revised: [Change]

        init(_ logged: LoggedRetrieval) {
            let row = logged.row
            number = row.number
            source = row.source
            table = row.table
            address = row.address
            columns = row.columns
            at = row.at
            on = row.on.iso
            sha256 = row.digest
            figures = row.figures
            added = row.added
            absent = row.absent
            revised = logged.revisions.map {
                Change(
                    area: $0.area, measure: $0.measure, period: $0.period, old: $0.old, new: $0.new)
            }
        }
    }
}
