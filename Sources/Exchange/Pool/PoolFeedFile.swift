import Foundation

/// A feed as a file: one line that says what it is, and one JSON object a line for each entry.
public enum PoolFeedFile {
    private struct Opening: Codable {
        var format: String
        var partnership: String
        var member: String
        var entries: Int
    }

    private static let format = "fodfaeste-pool/1"

    /// UTF-8, each line ended.
    public static func write(_ feed: PoolFeed) throws(PoolProblem) -> [UInt8] {
        let opening = Opening(
            format: format, partnership: feed.partnership, member: feed.member,
            entries: feed.entries.count)
        var text = try PoolJSON.text(opening) + "\n"
        for entry in feed.entries { text += try PoolJSON.text(entry) + "\n" }
        return Array(text.utf8)
    }

    /// Throws where it is no feed, a line is no entry, or some of it is gone. Signatures are
    /// examined when it is taken in.
    public static func read(_ bytes: [UInt8]) throws(PoolProblem) -> PoolFeed {
        var lines = String(decoding: bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first,
            let opening = PoolJSON.value(Opening.self, String(first)), opening.format == format
        else { throw .noFeed }
        // A file that was cut off in a line has no end of line.
        let isWhole = lines.last?.isEmpty == true
        if isWhole { lines.removeLast() }
        var feed = PoolFeed(
            partnership: opening.partnership, member: opening.member, entries: [])
        for (place, line) in lines.enumerated().dropFirst() {
            guard let entry = PoolJSON.value(PoolEntry.self, String(line)) else {
                if place == lines.count - 1, !isWhole { break }
                throw .malformed(line: place + 1)
            }
            feed.entries.append(entry)
        }
        // Entries in another order are told by their numbers when they are taken in.
        guard isWhole, feed.entries.count == opening.entries else {
            throw .truncated(
                member: opening.member, number: (feed.entries.last?.header.number ?? 0) + 1)
        }
        return feed
    }
}
