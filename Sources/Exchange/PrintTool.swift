import Foundation

/// WeasyPrint, the program that makes a PDF file of a page (an external tool, found when the
/// site starts; without it pages are printed from the browser).
public struct PrintTool: Sendable {
    private let path: String
    /// Two pages are made at the same time.
    private let turns = Turns(2)

    /// Hundredths of a second before it is given up: for any page, and for each more.
    private static let patience = 6_000
    private static let patienceEach = 50

    /// The first of these that can be run; nil for none.
    public init?(lookingAt paths: [String]) {
        guard let path = paths.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            return nil
        }
        self.path = path
    }

    /// Where it stands on Debian and other systems.
    public static let usualPaths = ["/usr/bin/weasyprint", "/usr/local/bin/weasyprint"]

    /// A document, with its style inside it, as a PDF file that screen readers can read
    /// (PDF/UA-1). `pages` is about how many there are. Throws `PrintFailure` when the program
    /// fails or takes longer than a minute and half a second for each page.
    public func pdf(_ html: [UInt8], pages: Int = 1) async throws -> [UInt8] {
        await turns.wait()
        let (path, turns) = (path, turns)
        defer { Task { await turns.leave() } }
        return try await withCheckedThrowingContinuation { answer in
            // A thread of its own: the program takes about a second.
            Thread.detachNewThread {
                answer.resume(with: Result { try PrintTool.run(path, html, pages) })
            }
        }
    }

    private static func run(_ path: String, _ html: [UInt8], _ pages: Int) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "fodfaeste-print-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appending(path: "page.html")
        let target = folder.appending(path: "page.pdf")
        try Data(html).write(to: source)
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = ["--pdf-variant", "pdf/ua-1", source.path, target.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<(patience + patienceEach * pages) where process.isRunning {
            Thread.sleep(forTimeInterval: 0.01)
        }
        guard !process.isRunning else {
            process.terminate()
            throw PrintFailure.tookTooLong
        }
        guard process.terminationStatus == 0, let file = try? Data(contentsOf: target) else {
            throw PrintFailure.failed(status: process.terminationStatus)
        }
        return Array(file)
    }
}

public enum PrintFailure: Error, Hashable, Sendable {
    case tookTooLong
    case failed(status: Int32)
}

/// Lets so many go on at once and the others wait in their order.
private actor Turns {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    func wait() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
