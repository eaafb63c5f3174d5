import Foundation
import Parameters

/// The protocols that ship with the program, in the order of their ids.
public struct ProtocolBook: Sendable {
    public let protocols: [TrialProtocol]

    public subscript(id: String) -> TrialProtocol? { protocols.first { $0.id == id } }

    public init(protocols: [TrialProtocol]) {
        self.protocols = protocols.sorted { $0.id < $1.id }
    }

    /// Reads every `.yaml` file of `Resources/protocols`.
    public static func bundled() throws(FileProblems) -> ProtocolBook {
        guard
            let folder = Bundle.module.url(
                forResource: "Resources/protocols", withExtension: nil),
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        else { throw unreadable("protocols") }
        var protocols: [TrialProtocol] = []
        for name in names.filter({ $0.hasSuffix(".yaml") }).sorted() {
            guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
            else { throw unreadable(name) }
            protocols.append(try TrialProtocol(yaml: text, file: name))
        }
        return ProtocolBook(protocols: protocols)
    }

    private static func unreadable(_ file: String) -> FileProblems {
        var problems = FileProblemList(file: file)
        problems.add(.unreadable, mark: nil, found: "")
        return problems.thrown()
    }
}
