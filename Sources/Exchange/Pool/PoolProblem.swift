import Parameters

/// Why a feed was refused. Nothing of what came with it was kept.
public enum PoolProblem: Error, Hashable, Sendable {
    /// The first line is not that of a feed.
    case noFeed
    /// A line is no entry.
    case malformed(line: Int)
    /// Fewer or other entries than the first line says.
    case truncated(member: String, number: Int64)
    case otherPartnership(String)
    case unknownMember(String)
    /// The entry's day is none on which its author was a member.
    case notMember(String, number: Int64)
    case wrongSignature(String, number: Int64)
    /// The number is not the one after the last that is here.
    case missing(String, number: Int64, found: Int64)
    /// Another entry stands with the number already: the member has told two stories.
    case forked(String, number: Int64)
    /// It does not name the hash of the entry before it.
    case wrongPredecessor(String, number: Int64)
    /// Its day is before that of the entry before it.
    case wrongDay(String, number: Int64)
    /// The payload is not the one that was signed, or not what its kind has.
    case wrongPayload(String, number: Int64)
    /// The payload is gone, and no later entry says why.
    case payloadMissing(String, number: Int64)
    case notAgreed(String, number: Int64, field: String)
    /// A card that was withdrawn is shared or offered again.
    case withdrawnCard(String, number: Int64)
    /// A file with an agreement has something else than is expected at a place.
    case agreement(String)
    /// The signing key cannot be used.
    case wrongKey
    /// A value cannot be written as JSON.
    case unwritable

    /// The sentence's key in the text catalogue, and what it names.
    public var sentence: (key: String, values: [String: String]) {
        switch self {
        case .noFeed: ("noFeed", [:])
        case .malformed(let line): ("malformed", ["line": String(line)])
        case .truncated(let member, let number): Self.at("truncated", member, number)
        case .otherPartnership(let found): ("otherPartnership", ["found": found])
        case .unknownMember(let member): ("unknownMember", ["member": member])
        case .notMember(let member, let number): Self.at("notMember", member, number)
        case .wrongSignature(let member, let number): Self.at("wrongSignature", member, number)
        case .missing(let member, let number, let found):
            Self.at("missing", member, number, ["found": String(found)])
        case .forked(let member, let number): Self.at("forked", member, number)
        case .wrongPredecessor(let member, let number):
            Self.at("wrongPredecessor", member, number)
        case .wrongDay(let member, let number): Self.at("wrongDay", member, number)
        case .wrongPayload(let member, let number): Self.at("wrongPayload", member, number)
        case .payloadMissing(let member, let number): Self.at("payloadMissing", member, number)
        case .notAgreed(let member, let number, let field):
            Self.at("notAgreed", member, number, ["field": field])
        case .withdrawnCard(let member, let number): Self.at("withdrawnCard", member, number)
        case .agreement(let place): ("agreement", ["place": place])
        case .wrongKey: ("wrongKey", [:])
        case .unwritable: ("unwritable", [:])
        }
    }

    private static func at(
        _ key: String, _ member: String, _ number: Int64, _ more: [String: String] = [:]
    ) -> (key: String, values: [String: String]) {
        (key, ["member": member, "number": String(number)].merging(more) { first, _ in first })
    }

    /// In words.
    public func line(in language: Language, _ texts: TextCatalogue) -> String {
        let (key, values) = sentence
        return texts.text("pool.problem.\(key)", language, values)
    }
}
