import Foundation
import Testing

/// Compares `bytes` with the recorded file of that name, or records it when the
/// environment says `RECORD=1`. A difference is told by its first line.
func expectSnapshot(
    _ bytes: [UInt8], named name: String, file: String = #filePath,
    at location: SourceLocation = #_sourceLocation
) throws {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
        .appendingPathComponent("__Snapshots__")
    let url = folder.appendingPathComponent(name)
    // One tag per line, so that a change is seen in a comparison of files.
    let text =
        String(decoding: bytes, as: UTF8.self)
        .replacingOccurrences(of: "><", with: ">\n<") + "\n"
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try text.write(to: url, atomically: true, encoding: .utf8)
        return
    }
    guard let recorded = try? String(contentsOf: url, encoding: .utf8) else {
        Issue.record("\(name) is not recorded; run with RECORD=1", sourceLocation: location)
        return
    }
    guard recorded != text else { return }
    let old = recorded.split(separator: "\n", omittingEmptySubsequences: false)
    let new = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(old, new).prefix { $0 == $1 }.count
    Issue.record(
        """
        \(name) differs at line \(line + 1)
        recorded: \(line < old.count ? old[line] : "(end)")
        now:      \(line < new.count ? new[line] : "(end)")
        """, sourceLocation: location)
}
