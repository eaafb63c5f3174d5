import Foundation

/// The sources of this package as text, found from where this file stands.
enum Repository {
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The rooms that have a folder, in order.
    static func rooms() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources").path())
            .filter { !$0.hasPrefix(".") }.sorted()
    }

    /// Every Swift file of a room as its path from the root and its text.
    static func files(of room: String) throws -> [(path: String, text: String)] {
        let folder = root.appending(path: "Sources/\(room)")
        let found = FileManager.default.enumerator(atPath: folder.path())
        let names = (found?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }
        return try names.sorted().map { name in
            let path = "Sources/\(room)/\(name)"
            return (path, try text(path))
        }
    }
}

/// The modules that a Swift file imports. Attributes, access levels and the kind
/// of a scoped import (`import struct X.Y`) are left out.
func imports(in text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place + 1 < words.count else {
            return nil
        }
        let modifiers: Set = ["public", "package", "internal", "fileprivate", "private"]
        guard words[..<place].allSatisfy({ $0.hasPrefix("@") || modifiers.contains("\($0)") })
        else { return nil }
        let kinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        let rest = words[(place + 1)...].drop { kinds.contains("\($0)") }
        return rest.first?.split(separator: ".").first.map(String.init)
    }
}
