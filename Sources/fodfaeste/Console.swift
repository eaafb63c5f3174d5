import Foundation
import Parameters
import Storage

/// Standard output and standard error.
enum Console {
    static func write(_ bytes: [UInt8]) {
        FileHandle.standardOutput.write(Data(bytes))
    }

    /// A value as a JSON document, its keys in order.
    static func write(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        write(Array(try encoder.encode(value)) + [10])
    }

    static func complain(_ problems: FileProblems, _ language: Language, _ texts: TextCatalogue) {
        for problem in problems.all { complain(problem.line(in: language, texts)) }
    }

    static func complain(_ text: String) {
        FileHandle.standardError.write(Data("fodfaeste: \(text)\n".utf8))
    }

    /// A line about a long step; goes to standard error, so that output stays clean.
    static func report(_ text: String) {
        FileHandle.standardError.write(Data("\(text)\n".utf8))
    }

    static func words(_ error: StorageError) -> String {
        switch error {
        case .engine(let message, _): "The database answered: \(message)"
        case .constraint(let message): "The database refused a row: \(message)"
        case .busy: "The database is in use by another program. Try again in a moment."
        case .cannotOpen(let what): "The database cannot be opened: \(what)"
        case .newerSchema(let found, let known):
            "The database was made by a newer version (schema \(found); this one knows \(known))."
        case .malformedRow(let table, let id, let column):
            "Table \(table), id \(id): the value in \(column) is none that is known. "
                + "'fodfaeste verify' tells whether somebody changed it."
        }
    }
}

/// What the file system is asked for.
enum Files {
    static func makeFolder(of path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    static func bytes(_ path: String) throws(CommandError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .cannotRead(path)
        }
        return Array(data)
    }
}
