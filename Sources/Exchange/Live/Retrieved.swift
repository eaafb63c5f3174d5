import Indicators

/// Figures as they came over the network, read and checked, with what is needed to
/// tell later what was asked and whether it came in the same shape.
public struct Retrieved: Hashable, Sendable {
    public var source: StatisticsSource
    /// The publisher's table: `y25i01`, `AUS08`.
    public var table: String
    /// What was chosen, without the periods: two retrievals of the same question can be
    /// compared column by column.
    public var question: String
    /// What was asked, without anything secret.
    public var address: String
    /// The answer as it came.
    public var bytes: [UInt8]
    /// The titles of the answer's columns, or the names of its dimensions.
    public var columns: [String]
    public var content: PublishedImport

    public init(
        source: StatisticsSource, table: String, question: String, address: String,
        bytes: [UInt8], columns: [String], content: PublishedImport
    ) {
        self.source = source
        self.table = table
        self.question = question
        self.address = address
        self.bytes = bytes
        self.columns = columns
        self.content = content
    }
}

/// The base address of a source.
enum BaseAddress {
    /// The address without a slash at its end. A token goes only over an encrypted
    /// connection, or to this computer. An address with a user's name, a password or a
    /// query is refused unseen: it would stand in messages and in the log.
    static func checked(
        _ text: String, _ source: StatisticsSource, carriesToken: Bool
    ) throws(SourceProblem) -> String {
        let base = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard !base.contains(where: { "@?#".contains($0) || $0.isWhitespace }) else {
            throw SourceProblem(.wrongAddress, source, address: "…")
        }
        if base.hasPrefix("https://") { return base }
        guard base.hasPrefix("http://") else {
            throw SourceProblem(.wrongAddress, source, address: base)
        }
        guard isPrivate(base) || !carriesToken else {
            throw SourceProblem(.insecureAddress, source, address: base)
        }
        return base
    }

    /// Whether nobody can listen on the way: the connection is encrypted, or it does not
    /// leave this computer.
    static func isPrivate(_ address: String) -> Bool {
        address.hasPrefix("https://")
            || ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains {
                $0 == address || address.hasPrefix($0 + ":") || address.hasPrefix($0 + "/")
            }
    }

    /// `text` as one part of a query; the signs of selectors stay as they are.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, 42, 44, 45, 46, 47, 58, 95, 126:
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                escaped += "%" + (hex.utf8.count == 1 ? "0" : "") + hex
            }
        }
        return escaped
    }

    /// Whether `text` can stand in a path: letters, digits, `_` and `-`.
    static func isIdentifier(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 60
            && text.utf8.allSatisfy {
                switch $0 {
                case 48...57, 65...90, 97...122, 45, 95: true
                default: false
                }
            }
    }
}
