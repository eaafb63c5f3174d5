import ArgumentParser

@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fodfaeste-bench",
        abstract: "Time Fodfæste's own figures, and write the data for its peers.",
        discussion: "Every measurement is one line of JSON. bench/run.sh runs it all.",
        subcommands: [
            CubeBench.self, IndicatorBench.self, StatusBench.self, LawBench.self,
            DeskBench.self, SearchBench.self, AssignmentBench.self,
            RankingBench.self,
        ])
}
