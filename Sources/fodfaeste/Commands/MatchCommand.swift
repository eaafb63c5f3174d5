import ArgumentParser

struct MatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: "Read what people write, and find what fits together, with the reasons.",
        discussion: """
            Examples:
              fodfaeste match code "Vi søger en lagermedarbejder"
              fodfaeste match titles --labels labels.tsv --queries titles.tsv --top 10
              fodfaeste match assign --candidates c.csv --openings o.csv --edges e.csv
            """,
        subcommands: [MatchCode.self, MatchTitlesCommand.self, MatchAssignCommand.self])
}
