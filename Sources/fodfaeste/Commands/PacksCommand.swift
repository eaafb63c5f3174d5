import ArgumentParser
import Foundation
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Reporting
import SQLiteStorage
import Storage

struct PacksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "packs",
        abstract: "Make the management information of many municipalities in one run.",
        discussion: """
            Every municipality that has registrations in the databases gets its files, named by
            its code; files of the same name are replaced. One that fails is told of and stops
            none of the others. Example:
              fodfaeste packs north.sqlite south.sqlite --quarter 2024Q3 --out var/packs
            """)

    @Argument(help: "SQLite files; without any the database of --database or --postgres.")
    var databases: [String] = []
    @OptionGroup var store: StoreOptions
    @OptionGroup var house: HouseOptions
    @OptionGroup var pack: PackOptions
    @Option(help: "The folder for the files.") var out: String
    @Option(name: .customLong("format"), help: "json, csv or xlsx; may be repeated (default: all).")
    var formats: [PackFile] = []
    @Option(help: "Municipalities at a time (default: one for each processor).") var jobs: Int?

    func validate() throws {
        guard (jobs ?? 1) > 0 else { throw ValidationError("--jobs is 1 or more.") }
    }

    func run() async throws {
        try await failing {
            let making = PackMaking(
                furnishing: try Furnishing(house, try Catalogue.bundled()),
                request: try pack.request(), options: pack, language: house.lang, out: out,
                files: formats.isEmpty ? PackFile.allCases : formats)
            do {
                try FileManager.default.createDirectory(
                    atPath: out, withIntermediateDirectories: true)
            } catch { throw CommandError.noFolder(out) }
            let atOnce = jobs ?? ProcessInfo.processInfo.activeProcessorCount
            var made: [PackMaking.Made] = []
            if databases.isEmpty {
                let engine = try await store.open()
                let codes = try await PackMaking.municipalities(engine)
                made = await inParallel(codes, atOnce) { [await making.make($0, engine)] }
                try await engine.close()
            } else {
                made = await inParallel(databases, atOnce) { [store] path in
                    var file = store
                    file.database = path
                    file.postgres = nil
                    return await making.makeAll(path) { [file] in try await file.open() }
                }
            }
            try report(made)
        }
    }

    private func report(_ made: [PackMaking.Made]) throws {
        var hasFailed = false
        for one in made.sorted(by: { $0.name < $1.name }) {
            switch one.result {
            case .success(let numbers): print("\(one.name): \(numbers)")
            case .failure(let error):
                hasFailed = true
                Console.complain("\(one.name): \(error.text)")
            }
        }
        if made.isEmpty {
            Console.complain("No municipality has registrations here.")
            hasFailed = true
        }
        if hasFailed { throw ExitCode(1) }
    }
}

/// `body` for each of `items`, no more than `atOnce` at a time.
private func inParallel<Item: Sendable, Found: Sendable>(
    _ items: [Item], _ atOnce: Int, _ body: @Sendable @escaping (Item) async -> [Found]
) async -> [Found] {
    await withTaskGroup(of: [Found].self) { group in
        var found: [Found] = []
        for (index, item) in items.enumerated() {
            if index >= atOnce { found += await group.next() ?? [] }
            group.addTask { await body(item) }
        }
        for await more in group { found += more }
        return found
    }
}

/// Makes packs and writes their files.
private struct PackMaking: Sendable {
    /// What became of one municipality: how many numbers its pack holds.
    struct Made: Sendable {
        struct Failure: Error, Sendable { var text: String }
        var name: String
        var result: Result<Int, Failure>
    }

    let furnishing: Furnishing
    let request: PackRequest
    let options: PackOptions
    let language: Language
    let out: String
    let files: [PackFile]

    static func municipalities(_ engine: any StorageEngine) async throws -> [MunicipalityCode] {
        try await engine.read { try LedgerAuditor($0).municipalities() }
    }

    func makeAll(
        _ path: String, _ open: @Sendable () async throws -> any StorageEngine
    ) async -> [Made] {
        do {
            let engine = try await open()
            var made: [Made] = []
            for code in try await Self.municipalities(engine) {
                made.append(await make(code, engine))
            }
            try await engine.close()
            return made
        } catch { return [Made(name: path, result: .failure(failure(error)))] }
    }

    func make(_ code: MunicipalityCode, _ engine: any StorageEngine) async -> Made {
        let name = "\(code) \(furnishing.municipalities[code.number]?.name ?? "")"
        do {
            let house = furnishing.house(engine)
            let pack = try await PackCase(house).pack(
                request, of: code, by: options.actor(code))
            let wording = Wording(furnishing.texts, language)
            let stem = "\(out)/\(code)-\(options.quarter)"
            for file in files {
                let data = Data(try file.bytes(pack, wording))
                try data.write(
                    to: URL(fileURLWithPath: "\(stem).\(file.rawValue)"), options: .atomic)
            }
            return Made(name: name, result: .success(pack.numbers.count))
        } catch { return Made(name: name, result: .failure(failure(error))) }
    }

    private func failure(_ error: any Error) -> Made.Failure {
        let text =
            switch error {
            case let error as StorageError: Console.words(error)
            case let error as CommandError: error.description
            case is CocoaError: "\(out) cannot be written to."
            default: "\(error)"
            }
        return Made.Failure(text: text)
    }
}
