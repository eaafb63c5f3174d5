import Foundation

/// What the interface of jobindsats.dk answers to a request for data, before it is
/// known what its columns mean.
struct JobindsatsReply: Decodable {
    var columns: [String]
    var rows: [[Cell]]

    /// What it answers when it refuses.
    private struct Refusal: Decodable {
        var code: Int
        var cause: String
    }

    enum Cell: Decodable, Hashable {
        case null
        case number(Double)
        case text(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .number(try container.decode(Double.self))
            }
        }

        var text: String? {
            switch self {
            case .text(let text): text
            case .null, .number: nil
            }
        }

        var published: NumberStyle.Cell? {
            switch self {
            case .null: .notShown
            case .number(let value): .value(value)
            case .text(let text): NumberStyle.danish.cell(text)
            }
        }

        var shown: String {
            switch self {
            case .null: "null"
            case .number(let value): String(value)
            case .text(let text): text
            }
        }
    }

    /// Nil, with the reason added to `problems`, when the bytes are no such reply.
    init?(_ bytes: [UInt8], _ problems: inout ImportProblems) {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let data = Data(bytes[start...])
        if let reply = try? JSONDecoder().decode(Self.self, from: data) {
            self = reply
            return
        }
        if let refusal = try? JSONDecoder().decode(Refusal.self, from: data) {
            problems.add(ImportProblem(.refusedByPublisher, found: refusal.cause))
        } else {
            let beginning = String(decoding: data.prefix(40), as: UTF8.self)
            problems.add(
                ImportProblem(
                    .notJSON, found: beginning, accepted: [#"{"columns": [...], "rows": [...]}"#]))
        }
        return nil
    }

    /// The first thing that stands in the column, when it is a text and no
    /// number: then the column names the members of a dimension.
    func firstMember(_ index: Int) -> String? {
        for row in rows where index < row.count {
            if case .null = row[index] { continue }
            return row[index].published == nil ? row[index].text : nil
        }
        return nil
    }
}
