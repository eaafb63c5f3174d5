import Foundation

/// A folder of raw little-endian columns, one file a column, as the peers read it.
struct ColumnFolder {
    private let url: URL

    init(_ path: String) throws {
        url = URL(filePath: path, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    func folder(_ name: String) throws -> ColumnFolder {
        try ColumnFolder(url.appending(path: name).path)
    }

    /// The file's ending tells the type of the numbers: `u8`, `u16`, `i32`.
    func write<Number: FixedWidthInteger>(_ name: String, _ values: [Number]) throws {
        let ending = "\(Number.isSigned ? "i" : "u")\(Number.bitWidth)"
        let bytes = values.map(\.littleEndian).withUnsafeBytes { Data($0) }
        try bytes.write(to: url.appending(path: "\(name).\(ending)"))
    }

    func write(_ name: String, text: String) throws {
        try Data(text.utf8).write(to: url.appending(path: name))
    }
}
