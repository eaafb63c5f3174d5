import ArgumentParser

@main
struct Fodfaeste: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "fodfaeste",
        abstract: "A municipality's employment plan, run from its registrations.",
        discussion: """
            Examples:
              fodfaeste demo
              fodfaeste plan status plans/herlev-2024-2025.yaml --as-of 2024-09-30

            Exit codes: 0 done; 1 the thing examined is not in order (a plan with problems, a
            broken ledger, rejected rows); 64 wrong use; 66 a file that cannot be read; 69 a source
            of figures that does not answer or refuses; 70 a failure of the program or its database.
            """,
        version: version,
        subcommands: [
            Demo.self, Serve.self, Simulate.self, Import.self, Fetch.self, Plan.self,
            LawCommand.self, IndicatorsCommand.self, ForecastCommand.self, EffectsCommand.self,
            MatchCommand.self, PoolCommand.self,
            PackCommand.self, PacksCommand.self,
            Verify.self, Backup.self, Restore.self,
        ])
}
