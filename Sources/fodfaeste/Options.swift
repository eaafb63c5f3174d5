import ArgumentParser
import Chronology
import Foundation
import Identifiers
import Indicators
import Jobcenter
import Parameters
import PostgresStorage
import SQLiteStorage
import Storage

extension Day: ExpressibleByArgument {
    public init?(argument: String) {
        guard let day = Day(iso: argument) ?? Day(danish: argument) else { return nil }
        self = day
    }
}

extension MunicipalityCode: ExpressibleByArgument {
    public init?(argument: String) {
        guard let code = try? MunicipalityCode(argument) else { return nil }
        self = code
    }
}

extension Language: ExpressibleByArgument {}

enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json, csv

    /// For commands whose answer is no table.
    func refuseCSV() throws {
        if self == .csv { throw ValidationError("--format is text or json here.") }
    }
}

/// Which database to use.
struct StoreOptions: ParsableArguments {
    @Option(help: "The SQLite database file.")
    var database = "var/fodfaeste.sqlite"

    @Option(help: "Use PostgreSQL: 'host=... dbname=...' or postgresql://... instead of a file.")
    var postgres: String?

    /// Opens the database and brings its schema up to date. Without `create`, a
    /// file that is not there is an error.
    func open(create: Bool = false) async throws -> any StorageEngine {
        let engine: any StorageEngine
        if let postgres {
            engine = try await PostgresEngine(conninfo: postgres)
        } else {
            guard create || FileManager.default.fileExists(atPath: database) else {
                throw CommandError.noDatabase(database)
            }
            try Files.makeFolder(of: database)
            engine = try SQLiteEngine(path: database)
        }
        try await engine.migrate(Migration.bundled())
        // PostgreSQL does so by itself.
        if engine.dialect == .sqlite { try await engine.refreshStatistics() }
        return engine
    }
}

extension StoreOptions {
    /// Opens the database, or an empty one in memory where there is none yet.
    func openOrEmpty() async throws -> any StorageEngine {
        if postgres != nil || FileManager.default.fileExists(atPath: database) {
            return try await open()
        }
        let engine = try SQLiteEngine.inMemory()
        try await engine.migrate(Migration.bundled())
        return engine
    }
}

/// What most commands share.
struct CommonOptions: ParsableArguments {
    @OptionGroup var store: StoreOptions

    @Option(help: "The municipality's code.")
    var municipality = MunicipalityCode(number: 163)

    @OptionGroup var house: HouseOptions

    var lang: Language { house.lang }
}

/// How the house is furnished, whichever database and municipality it is for.
struct HouseOptions: ParsableArguments {
    @Option(help: "The folder with plan files.")
    var plans = "plans"

    @Option(help: "Language of the output: da or en.")
    var lang = Language.da

    @Option(help: "Today's date (default: the computer's, in Denmark).")
    var today: Day?

    @OptionGroup var hiding: HidingOptions

    @OptionGroup var law: LawChoices
}

/// What is hidden from those who may not see figures about few.
struct HidingOptions: ParsableArguments {
    @Option(help: "Figures about fewer persons than this are hidden from the public.")
    var hideBelow = Suppression().k

    @Option(help: "Percentages of fewer than this are hidden from the public.")
    var hidePercentBelow = Suppression().leastDenominator

    var rule: Suppression { Suppression(k: hideBelow, leastDenominator: hidePercentBelow) }

    func validate() throws {
        guard hideBelow >= 1, hidePercentBelow >= 1 else {
            throw ValidationError("What is hidden below must be 1 (nothing is hidden) or more.")
        }
    }
}

/// A failure that the user can do something about; the text says what.
enum CommandError: Error, CustomStringConvertible {
    case noDatabase(String)
    case databaseNotEmpty(String)
    case fileExists(String)
    case cannotRead(String)
    case noFolder(String)
    case unknownMunicipality(MunicipalityCode)
    case unknownIndicator(String, nearest: [String])
    case wrongPeriod(String)
    /// Where a secret should be.
    case noSecret(String)

    var description: String {
        switch self {
        case .noDatabase(let path):
            "There is no database at \(path). Make one with 'fodfaeste simulate' or 'fodfaeste "
                + "demo', or name another with --database."
        case .databaseNotEmpty(let path):
            "The database at \(path) holds registrations already, and nothing is overwritten. "
                + "Name a new one with --database."
        case .fileExists(let path):
            "\(path) exists already and is not overwritten. Name a new file."
        case .cannotRead(let path): "\(path) cannot be read."
        case .noFolder(let path): "The folder \(path) cannot be made. Name another with --out."
        case .unknownMunicipality(let code):
            Self.unknown(code)
        case .unknownIndicator(let name, let nearest):
            "There is no indicator '\(name)'. Did you mean: \(nearest.joined(separator: ", "))? "
                + "'fodfaeste indicators list' shows all."
        case .wrongPeriod(let text):
            "'\(text)' is no period. Accepted: 2024M06, 2024Q2, 2024, 2024QMAT02, 2024MYTD06."
        case .noSecret(let place):
            "There is no secret in \(place). It is one line without spaces."
        }
    }

    /// One that was merged with others is told where to look.
    private static func unknown(_ code: MunicipalityCode) -> String {
        let former = (try? MunicipalityList.bundled())?.former(code.number)
        guard let former else {
            return "There is no municipality \(code). The codes are four digits, such as 0163 "
                + "(Herlev)."
        }
        let into = former.into.map { "\(MunicipalityCode(number: $0.code)) \($0.name)" }
        return "\(former.name) (\(code)) has been part of \(into.joined(separator: " and ")) since "
            + "1 January \(former.year)."
    }

    var exitCode: ExitCode {
        switch self {
        case .cannotRead, .noDatabase: ExitCode(66)
        default: ExitCode(64)
        }
    }
}

/// Says what went wrong on standard error and gives the exit code for it.
func failing<T>(_ body: () async throws -> T) async throws -> T {
    do { return try await body() } catch let error as CommandError {
        Console.complain(error.description)
        throw error.exitCode
    } catch let error as ExitCode { throw error } catch let error as ValidationError {
        throw error
    } catch let error as StorageError {
        Console.complain(Console.words(error))
        throw ExitCode(70)
    } catch {
        Console.complain("\(error)")
        throw ExitCode(70)
    }
}
