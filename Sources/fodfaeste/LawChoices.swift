import ArgumentParser
import Foundation
import Jobcenter
import Law
import Parameters

/// Which uncertain rules the municipality does not use.
struct LawChoices: ParsableArguments {
    @Option(help: "A file with the uncertain rules that the municipality does not use.")
    var lawChoices: String?

    /// The choices of the file. What is wrong with it is said on standard error.
    func read(_ language: Language, _ texts: TextCatalogue) throws -> LocalChoices {
        guard let lawChoices else { return LocalChoices() }
        do {
            return try LocalChoices(
                String(decoding: try Files.bytes(lawChoices), as: UTF8.self), file: lawChoices,
                about: try StatuteBook.bundled())
        } catch let problems as FileProblems {
            Console.complain(problems, language, texts)
            throw ExitCode(65)
        }
    }

    /// The rules that ship, with the choices marked.
    func book(_ language: Language, _ texts: TextCatalogue) throws -> RuleBook {
        try statutes(language, texts).rules
    }

    /// Everything that ships, with the choices applied.
    func statutes(_ language: Language, _ texts: TextCatalogue) throws -> StatuteBook {
        try StatuteBook.bundled().applying(try read(language, texts))
    }
}
