import Foundation
import Parameters

/// The documents that ship with the room.
enum PlanResources {
    /// What stands in a file of `Resources`.
    static func text(_ file: String) throws(FileProblems) -> String {
        let url = Bundle.module.url(forResource: "Resources/\(file)", withExtension: nil)
        guard let url, let text = try? String(contentsOf: url, encoding: .utf8) else {
            var problems = FileProblemList(file: file)
            problems.add(.unreadable, mark: nil, found: "")
            throw problems.thrown()
        }
        return text
    }
}
