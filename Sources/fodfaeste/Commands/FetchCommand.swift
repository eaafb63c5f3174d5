import ArgumentParser
import Chronology
import Exchange
import Foundation
import Jobcenter
import Parameters

struct Fetch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fetch published figures over the network, and tell what was fetched.",
        discussion: """
            What is stored stays as it is when nothing can be fetched; the command then says how
            old it is and ends with exit code 69. Example:
              fodfaeste fetch jobindsats --table y25i01 --months 12
            """,
        subcommands: [FetchJobindsats.self, FetchStatBank.self, FetchAll.self, FetchLog.self])
}

/// How the network is used.
struct NetworkOptions: ParsableArguments {
    @Option(help: "How often a question is asked in all, when the server is busy or fails.")
    var tries = RetryPolicy().tries

    @Option(help: "Seconds before it is asked again; they double each time.")
    var pause = RetryPolicy().firstPause

    @Option(help: "Seconds for one whole answer.")
    var timeLimit = 120

    @Option(help: "The largest answer that is taken, in megabytes.")
    var sizeLimit = 64

    @Flag(help: "Take the figures although the columns are others than the last time.")
    var acceptColumns = false

    func validate() throws {
        guard (1...20).contains(tries), (0...3_600).contains(pause),
            (1...3_600).contains(timeLimit), (1...1_024).contains(sizeLimit)
        else {
            throw ValidationError(
                "--tries is 1 to 20, --pause 0 to 3600, --time-limit 1 to 3600 and "
                    + "--size-limit 1 to 1024.")
        }
    }

    func transport(_ clock: Clock) -> PatientTransport {
        PatientTransport(
            URLSessionTransport(timeLimit: .seconds(timeLimit), sizeLimit: sizeLimit << 20),
            policy: RetryPolicy(tries: tries, firstPause: pause),
            wait: { try await Task.sleep(for: .seconds($0)) }, now: clock.now)
    }

    /// What the environment says, unless an option says otherwise.
    static func configured(_ option: String?, _ variable: String, _ standard: String) -> String {
        if let option { return option }
        let value = ProcessInfo.processInfo.environment[variable] ?? ""
        return value.isEmpty ? standard : value
    }
}

struct FetchJobindsats: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobindsats",
        abstract: "Fetch figures of jobindsats.dk (version 3 of its interface), or find a table.",
        discussion: """
            The token is read from the environment variable FODFAESTE_JOBINDSATS_TOKEN or from a
            file, and is never stored or printed. Examples:
              fodfaeste fetch jobindsats --find "langtidsledige"
              fodfaeste fetch jobindsats --describe y25i01
              fodfaeste fetch jobindsats --table y25i01 --months 12
              fodfaeste fetch jobindsats --table y25i01 --member _ygrpi09=/2/ \
                --measure "Ledige fuldtidspersoner=ledige_ft_dagpenge"
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var network: NetworkOptions
    @OptionGroup var access: TokenOptions
    @Option(help: "List the tables with these words, with their latest and next update.")
    var find: String?
    @Option(help: "Say what the table with this id can be asked for.")
    var describe: String?
    @Option(help: "The table's id.") var table: String?
    @Option(help: "The latest so many months.") var months: Int?
    @Option(help: "The kind of periods: M, Q, QMAT, MYTD or Y.") var periodKind = "M"
    @Option(help: "The latest so many periods of that kind.") var periods: Int?
    @Option(name: .customLong("group"), help: "A measure group; all unless told.")
    var groups: [String] = []
    @Option(
        name: .customLong("measure"),
        help: "'Column title=measure' names a measure; may be given several times.")
    var measures: [String] = []
    @Option(
        name: .customLong("member"),
        help: "'Dimension=member' by id or name; a dimension not named is taken as a whole.")
    var members: [String] = []
    @Option(help: "The interface's address (or FODFAESTE_JOBINDSATS_ADDRESS).")
    var address: String?

    func validate() throws {
        guard [find, describe, table].count(where: { $0 != nil }) == 1 else {
            throw ValidationError("Give one of --table, --describe and --find.")
        }
        guard months == nil || (periods == nil && periodKind == "M") else {
            throw ValidationError("--months goes without --periods and --period-kind.")
        }
        guard (1...1_200).contains(months ?? periods ?? 12) else {
            throw ValidationError("Ask for 1 to 1200 periods.")
        }
    }

    func run() async throws {
        try await failing {
            let measures = try Pairs.read(measures)
            let members = try Pairs.read(members)
            let token = try access.token()
            try await FetchRun.open(common, network) { run in
                if let find {
                    try await run.reporting(nil) { () async throws(SourceProblem) in
                        let found = try await run.jobindsats(token, address).tables().filter {
                            $0.matches(find)
                        }
                        run.list(found, find)
                    }
                } else if let describe {
                    let id = JobindsatsQuestion(table: describe).table
                    try await run.reporting(id) { () async throws(SourceProblem) in
                        run.describe(try await run.jobindsats(token, address).table(id), id)
                    }
                } else if let table {
                    let question = JobindsatsQuestion(
                        table: table, periodKind: periodKind, periods: months ?? periods ?? 12,
                        groups: groups, members: members, measures: measures)
                    let retrieved = try await run.reporting(question.table) {
                        () async throws(SourceProblem) in
                        try await run.jobindsats(token, address).data(question)
                    }
                    try await run.keep(retrieved)
                }
            }
        }
    }
}

struct FetchStatBank: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statbank",
        abstract: "Fetch figures of Danmarks Statistik's Statistikbanken.",
        discussion: """
            Without --values a variable is left out, which gives its total. The measure is the
            codes of what was chosen, joined with '/'. Examples:
              fodfaeste fetch statbank --table AUS08 --describe
              fodfaeste fetch statbank --table AUS08 --values SAESONFAK=10 --periods 24
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var network: NetworkOptions
    @Option(help: "The table's id.") var table: String
    @Flag(help: "Say what the table can be asked for, and fetch nothing.") var describe = false
    @Option(
        name: .customLong("values"),
        help: "'VARIABLE=code,code': what is wanted of a variable; may be given several times.")
    var values: [String] = []
    @Option(help: "The latest so many periods.") var periods = 12
    @Option(
        name: .customLong("measure"),
        help: "'Codes=measure' names a measure; may be given several times.")
    var measures: [String] = []
    @Option(help: "The bank's address (or FODFAESTE_STATBANK_ADDRESS).")
    var address: String?

    func validate() throws {
        guard (1...1_200).contains(periods) else {
            throw ValidationError("Ask for 1 to 1200 periods.")
        }
    }

    func run() async throws {
        try await failing {
            let question = StatBankQuestion(
                table: table, periods: periods,
                values: try Pairs.read(values).mapValues {
                    $0.split(separator: ",").map(String.init)
                }, measures: try Pairs.read(measures))
            try await FetchRun.open(common, network) { run in
                if describe {
                    return try await run.reporting(question.table) {
                        () async throws(SourceProblem) in
                        run.describe(try await run.statbank(address).table(question.table))
                    }
                }
                let retrieved = try await run.reporting(question.table) {
                    () async throws(SourceProblem) in
                    try await run.statbank(address).data(question)
                }
                try await run.keep(retrieved)
            }
        }
    }
}
