import Foundation
import Parameters

/// All entitlements, with every version of each: read from `Resources/entitlements`.
public struct EntitlementBook: Sendable {
    public let entitlements: [Entitlement]

    /// Reads files of entitlements, each as its name and text. Throws every problem of the
    /// first file that has one.
    public init(files: [(name: String, text: String)]) throws(FileProblems) {
        var entitlements: [Entitlement] = []
        for file in files {
            var reader = EntitlementReader(file.name, taken: Set(entitlements.map(\.id)))
            try reader.read(file.text)
            entitlements += reader.entitlements
        }
        self.entitlements = entitlements
    }

    public init() { entitlements = [] }

    private init(_ entitlements: [Entitlement]) { self.entitlements = entitlements }

    /// Those that ship with the program.
    public static func bundled() throws(FileProblems) -> EntitlementBook {
        try EntitlementBook(files: LawFiles.bundled("entitlements"))
    }

    public subscript(id: String) -> Entitlement? { entitlements.first { $0.id == id } }

    /// The book with the versions marked that a municipality does not use.
    public func applying(_ choices: LocalChoices) -> EntitlementBook {
        EntitlementBook(
            entitlements.map { entitlement in
                var entitlement = entitlement
                for index in entitlement.versions.indices {
                    let id = entitlement.versions[index].id
                    entitlement.versions[index].isSwitchedOff = choices.switchedOff[id] != nil
                }
                return entitlement
            })
    }
}

/// The YAML files of a folder.
enum LawFiles {
    static func bundled(_ folder: String) throws(FileProblems) -> [(name: String, text: String)] {
        guard let url = Bundle.module.url(forResource: "Resources/\(folder)", withExtension: nil)
        else { throw unreadable(folder) }
        return try read(url)
    }

    /// Every `.yaml` file, in the order of their names.
    static func read(_ folder: URL) throws(FileProblems) -> [(name: String, text: String)] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
            throw unreadable(folder.lastPathComponent)
        }
        var files: [(name: String, text: String)] = []
        for name in names.filter({ $0.hasSuffix(".yaml") }).sorted() {
            guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
            else { throw unreadable(name) }
            files.append((name, text))
        }
        return files
    }

    private static func unreadable(_ file: String) -> FileProblems {
        var problems = FileProblemList(file: file)
        problems.add(.unreadable, mark: nil, found: "")
        return problems.thrown()
    }
}
