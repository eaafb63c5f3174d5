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

    /// Several feeds, one after the other; nothing for none.
    public static func writeAll(_ feeds: [PoolFeed]) throws(PoolProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        for feed in feeds { bytes += try write(feed) }
        return bytes
    }

    /// Throws where it is no feed, a line is no entry, or some of it is gone. Signatures are
    /// examined when it is taken in.
    public static func read(_ bytes: [UInt8]) throws(PoolProblem) -> PoolFeed {
        let feeds = try readAll(bytes)
        guard feeds.count == 1 else { throw .noFeed }
        return feeds[0]
    }

    /// What ``writeAll`` gave. Throws as ``read``.
    public static func readAll(_ bytes: [UInt8]) throws(PoolProblem) -> [PoolFeed] {
        var lines = String(decoding: bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        // A file that was cut off in a line has no end of line.
        let isWhole = lines.last?.isEmpty == true
        if isWhole { lines.removeLast() }
        var feeds: [PoolFeed] = []
        var place = 0
        while place < lines.count {
            guard let opening = PoolJSON.value(Opening.self, String(lines[place])),
                opening.format == format, opening.entries >= 0
            else { throw .noFeed }
            var feed = PoolFeed(
                partnership: opening.partnership, member: opening.member, entries: [])
            place += 1
            while place < lines.count, feed.entries.count < opening.entries {
                guard let entry = PoolJSON.value(PoolEntry.self, String(lines[place])) else {
                    if place == lines.count - 1, !isWhole { break }
                    throw .malformed(line: place + 1)
                }
                feed.entries.append(entry)
                place += 1
            }
            // Entries in another order are told by their numbers when they are taken in.
            guard isWhole || place < lines.count, feed.entries.count == opening.entries else {
                throw .truncated(
                    member: opening.member, number: (feed.entries.last?.header.number ?? 0) + 1)
            }
            feeds.append(feed)
        }
        return feeds
    }
}
