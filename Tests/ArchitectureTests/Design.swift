import Testing

/// What docs/architecture.md says about floors and libraries.
struct Design {
    /// The floor of each room.
    var floors: [String: Int] = [:]
    /// The rooms that may know each library.
    var libraries: [String: Set<String>] = [:]

    init(document: String) {
        for line in document.split(separator: "\n") {
            let words = line.split(separator: " ")
            if line.hasPrefix("floor "), words.count > 2, let floor = Int(words[1]) {
                for room in words[2...] { floors["\(room)"] = floor }
            }
        }
        let section = document.split(separator: "\n## ").first { $0.hasPrefix("Libraries\n") } ?? ""
        for row in section.split(separator: "\n") where row.hasPrefix("|") {
            let cells = row.split(separator: "|").map { $0.trimmed }
            guard cells.count == 3, cells[0] != "library", !cells[0].hasPrefix("---") else {
                continue
            }
            libraries[cells[0]] = Set(cells[1].split(separator: ",").map { $0.trimmed })
        }
    }

    /// Each dependency that does not lead down, in words.
    func violations(in manifest: Manifest) throws -> [String] {
        var found: [String] = []
        for room in manifest.targets where !room.isTest {
            let floor = try #require(floors[room.name], "\(room.name) has no floor")
            for other in room.rooms where !manifest.systemLibraries.contains(other) {
                let lower = try #require(floors[other], "\(other) has no floor")
                guard lower >= floor else { continue }
                found.append(
                    "\(room.name) (floor \(floor)) may not rest on \(other) (floor \(lower))")
            }
        }
        return found
    }
}

extension Substring {
    var trimmed: String { split(separator: " ").joined(separator: " ") }
}
