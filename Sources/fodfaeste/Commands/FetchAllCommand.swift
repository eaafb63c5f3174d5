import ArgumentParser
import Exchange
import Foundation
import Jobcenter
import Parameters

struct FetchAll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "all",
        abstract: "Fetch everything that a file lists; for a monthly job.",
        discussion: """
            One retrieval that fails does not stop the others. The addresses are those of the
            environment. Example:
              fodfaeste fetch all sources.yaml --token-file token.txt
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var network: NetworkOptions
    @OptionGroup var access: TokenOptions
    @Argument(help: "The file.") var file: String

    func run() async throws {
        try await failing {
            let list = try read()
            let token = try access.token()
            try await FetchRun.open(common, network) { run in
                var worst: Int32 = 0
                for entry in list.entries {
                    do {
                        let retrieved = try await run.reporting(entry.table) {
                            () async throws(SourceProblem) in
                            switch entry {
                            case .jobindsats(let question):
                                try await run.jobindsats(token, nil).data(question)
                            case .statbank(let question):
                                try await run.statbank(nil).data(question)
                            }
                        }
                        try await run.keep(retrieved)
                    } catch let code as ExitCode { worst = max(worst, code.rawValue) }
                }
                if worst != 0 { throw ExitCode(worst) }
            }
        }
    }

    private func read() throws -> FetchList {
        let text = String(decoding: try Files.bytes(file), as: UTF8.self)
        do throws(FileProblems) { return try FetchList(text, file: file) } catch {
            Console.complain(error, common.lang, try TextCatalogue.bundled())
            throw ExitCode(1)
        }
    }
}

/// Where the token of jobindsats.dk is.
struct TokenOptions: ParsableArguments {
    @Option(help: "A file with the token (or FODFAESTE_JOBINDSATS_TOKEN).")
    var tokenFile: String?

    /// Nil when there is none.
    func token() throws -> AccessToken? {
        guard let tokenFile else {
            return AccessToken(
                ProcessInfo.processInfo.environment["FODFAESTE_JOBINDSATS_TOKEN"] ?? "")
        }
        return AccessToken(String(decoding: try Files.bytes(tokenFile), as: UTF8.self))
    }
}

extension FetchRun {
    /// `address` goes before what the environment says.
    func jobindsats(
        _ token: AccessToken?, _ address: String?
    ) throws(SourceProblem) -> JobindsatsClient {
        try JobindsatsClient(
            base: NetworkOptions.configured(
                address, "FODFAESTE_JOBINDSATS_ADDRESS", JobindsatsClient.address),
            token: token, transport: transport, municipalities: house.municipalities)
    }

    func statbank(_ address: String?) throws(SourceProblem) -> StatBankClient {
        try StatBankClient(
            base: NetworkOptions.configured(
                address, "FODFAESTE_STATBANK_ADDRESS", StatBankClient.address),
            transport: transport, municipalities: house.municipalities)
    }
}
