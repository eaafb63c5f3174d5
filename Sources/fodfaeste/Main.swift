import ArgumentParser
@main struct Fodfaeste: AsyncParsableCommand { func run() async throws {} }
