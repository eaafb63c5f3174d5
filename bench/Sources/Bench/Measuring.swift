import Foundation

/// One measurement as a line of JSON.
struct Line: Encodable {
    var program = "fodfaeste"
    var what: String
    var threads = 1
    var run = 0
    var seconds: Double
    /// Of all threads together.
    var cpuSeconds: Double?
    var rows: Int?
    var cells: Int?
    var checksum: String?
    /// Kilobytes resident.
    var resident: Int?

    func write() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        var line = try encoder.encode(self)
        line.append(UInt8(ascii: "\n"))
        try FileHandle.standardOutput.write(contentsOf: line)
    }
}

enum Measuring {
    /// Seconds that `body` took, on the wall and of the processors, with what it gave.
    static func seconds<Value>(
        _ body: () throws -> Value
    ) rethrows -> (seconds: Double, cpu: Double, value: Value) {
        let wall = ContinuousClock()
        let start = wall.now
        let startOfCPU = clock()
        let value = try body()
        let cpu = Double(clock() - startOfCPU) / Double(CLOCKS_PER_SEC)
        return ((wall.now - start) / .seconds(1), cpu, value)
    }

    /// The most memory that was resident since the last call of `forgetPeak`, in
    /// kilobytes; nil where the kernel does not tell.
    static func peak() -> Int? { status("VmHWM") }

    /// Lets the kernel begin a new peak at what is resident now.
    static func forgetPeak() {
        let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs")
        try? file?.write(contentsOf: Data("5".utf8))
    }

    private static func status(_ key: String) -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else {
            return nil
        }
        let line = text.split(separator: "\n").first { $0.hasPrefix(key + ":") }
        return line.flatMap { $0.split(whereSeparator: \.isWhitespace).dropFirst().first }
            .flatMap { Int($0) }
    }
}
