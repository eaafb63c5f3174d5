import ArgumentParser

struct Match: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read occupations and skills out of text, as matching does.",
        discussion: "Example:\n  fodfaeste match code \"Vi søger en lagermedarbejder\"",
        subcommands: [MatchCode.self])
}
