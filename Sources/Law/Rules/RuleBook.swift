import Chronology
import Foundation
import Parameters

/// All duties, with every version of each.
public struct RuleBook: Sendable {
    public let duties: [Duty]
    public let portfolios: [Portfolio]

    public init(duties: [Duty], portfolios: [Portfolio] = []) {
        self.duties = duties
        self.portfolios = portfolios
    }

    /// Reads rule files, each as its name and text. Throws every problem of the first
    /// file that has one.
    public init(files: [(name: String, text: String)]) throws(FileProblems) {
        var duties: [Duty] = []
        var portfolios: [Portfolio] = []
        for file in files {
            var reader = RuleReader(file.name, taken: duties)
            try reader.read(file.text)
            duties += reader.duties
            portfolios += reader.portfolios
        }
        self.init(duties: duties, portfolios: portfolios)
    }

    /// The rules that ship with the program.
    public static func bundled() throws(FileProblems) -> RuleBook {
        guard let folder = Bundle.module.url(forResource: "Resources/rules", withExtension: nil)
        else { throw RuleBook.unreadable("rules") }
        return try RuleBook(folder: folder)
    }

    /// Every `.yaml` file of a folder, in the order of their names.
    public init(folder: URL) throws(FileProblems) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
            throw RuleBook.unreadable(folder.lastPathComponent)
        }
        var files: [(name: String, text: String)] = []
        for name in names.filter({ $0.hasSuffix(".yaml") }).sorted() {
            guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
            else { throw RuleBook.unreadable(name) }
            files.append((name, text))
        }
        try self.init(files: files)
    }

    private static func unreadable(_ file: String) -> FileProblems {
        var problems = FileProblemList(file: file)
        problems.add(.unreadable, mark: nil, found: "")
        return problems.thrown()
    }

    /// The rule with an id, `duty@from`, or of a duty the version in force on a day.
    public func rule(_ id: String, on day: Day) -> (duty: Duty, rule: Rule)? {
        for duty in duties {
            if let rule = duty.versions.first(where: { $0.id == id }) { return (duty, rule) }
            if duty.id == id, let rule = duty.version(on: day) ?? duty.versions.last {
                return (duty, rule)
            }
        }
        return nil
    }

    /// The rules in force on a day, in the order of the files.
    public func inForce(on day: Day) -> [(duty: Duty, rule: Rule)] {
        duties.compactMap { duty in duty.version(on: day).map { (duty, $0) } }
    }
}

extension Rule {
    /// Whether a day lies in the version's time, adopted and used or not.
    func isWritten(for day: Day) -> Bool { validFrom <= day && day <= validTo ?? .openEnd }

    public func isInForce(on day: Day) -> Bool {
        !isProposed && !isSwitchedOff && isWritten(for: day)
    }
}

extension Duty {
    public func version(on day: Day) -> Rule? { versions.first { $0.isInForce(on: day) } }
}
