import Foundation

/// A CV as a JSON Resume document (jsonresume.org, schema 1.0.0). All of what came in is kept,
/// also what the schema does not name.
public struct Resume: Hashable, Sendable {
    private(set) var root: [String: JSONValue]

    /// The largest document that is taken, in bytes.
    public static let largest = 200_000

    /// Empty, to begin with.
    public init() { root = [:] }

    /// Reads a document. Throws `ResumeProblems` with every place where it is not as the schema
    /// says, and for what is no JSON or too large.
    public init(_ bytes: [UInt8]) throws(ResumeProblems) {
        guard bytes.count <= Self.largest else {
            throw ResumeProblems([.init("", .tooLarge)])
        }
        guard let value = JSONValue(bytes), case .object(let root) = value else {
            throw ResumeProblems([.init("", .noResume)])
        }
        let problems = ResumeShape.resume.problems(of: value, at: "")
        if !problems.isEmpty { throw ResumeProblems(problems) }
        self.root = root
    }

    /// The same as JSON: keys in order, no spaces, the same bytes for the same CV.
    public var document: String { JSONValue.object(root).canonical }

    /// The same to read and to keep: keys in order, one to a line.
    public var file: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return ((try? encoder.encode(JSONValue.object(root))).map(Array.init) ?? []) + [10]
    }
}

/// A part of a CV with entries that have fields of text (afsnit i et CV).
public enum ResumePart: String, CaseIterable, Sendable {
    case work, education, certificates, languages, volunteer

    /// The fields that a form shows, in order. Their names are those of the schema.
    public var fields: [String] {
        switch self {
        case .work: ["position", "name", "startDate", "endDate", "summary"]
        case .education: ["area", "institution", "startDate", "endDate"]
        case .certificates: ["name", "issuer", "date"]
        case .languages: ["language", "fluency"]
        case .volunteer: ["position", "organization", "startDate", "endDate", "summary"]
        }
    }

    /// Without it an entry says nothing.
    public var needed: String { fields[0] }
}

extension Resume {
    /// The entries of a part, each with the fields that are texts.
    public func entries(_ part: ResumePart) -> [[String: String]] {
        (root[part.rawValue]?.array ?? []).map { entry in
            (entry.object ?? [:]).compactMapValues(\.text)
        }
    }

    /// Names of skills with their keywords.
    public var skills: [String] {
        (root["skills"]?.array ?? []).flatMap { skill -> [String] in
            let fields = skill.object ?? [:]
            return [fields["name"]?.text].compactMap { $0 }
                + (fields["keywords"]?.array ?? []).compactMap(\.text)
        }
    }

    /// What the citizen says first, and the title: for a line at the top.
    public var label: String? { root["basics"]?.object?["label"]?.text }
    public var summary: String? { root["basics"]?.object?["summary"]?.text }

    /// Every word that tells what one can, to look for occupations and skills in.
    public var words: String {
        let told = ResumePart.allCases.flatMap { part in
            entries(part).flatMap { entry in part.fields.compactMap { entry[$0] } }
        }
        return ([label, summary].compactMap { $0 } + told + skills).joined(separator: "\n")
    }

    /// Puts an entry in place of the one at an index, or after the last. Other fields of the
    /// entry stay. Throws `ResumeProblems` where the schema does not allow a field.
    public mutating func set(
        _ part: ResumePart, at index: Int?, _ fields: [String: String]
    ) throws(ResumeProblems) {
        var entries = root[part.rawValue]?.array ?? []
        let place = index.flatMap { entries.indices.contains($0) ? $0 : nil }
        var entry = place.flatMap { entries[$0].object } ?? [:]
        for name in part.fields {
            entry[name] = fields[name].flatMap { $0.isEmpty ? nil : .text($0) }
        }
        if entry[part.needed] == nil {
            throw ResumeProblems([.init(part.needed, .missing)])
        }
        if let place { entries[place] = .object(entry) } else { entries.append(.object(entry)) }
        var changed = self
        changed.root[part.rawValue] = .array(entries)
        let problems = ResumeShape.resume.problems(of: .object(changed.root), at: "")
        if !problems.isEmpty {
            throw ResumeProblems(
                problems.map { .init(String($0.place.split(separator: ".").last ?? ""), $0.kind) })
        }
        if changed.document.utf8.count > Self.largest {
            throw ResumeProblems([.init(part.needed, .tooLarge)])
        }
        self = changed
    }

    /// Takes an entry out.
    public mutating func remove(_ part: ResumePart, at index: Int) {
        guard var entries = root[part.rawValue]?.array, entries.indices.contains(index) else {
            return
        }
        entries.remove(at: index)
        root[part.rawValue] = entries.isEmpty ? nil : .array(entries)
    }

    public mutating func setBasics(label: String, summary: String) {
        var basics = root["basics"]?.object ?? [:]
        basics["label"] = label.isEmpty ? nil : .text(label)
        basics["summary"] = summary.isEmpty ? nil : .text(summary)
        root["basics"] = basics.isEmpty ? nil : .object(basics)
    }
}

/// What is wrong with a document, and where: `work.2.startDate`.
public struct ResumeProblem: Hashable, Sendable {
    public enum Kind: String, Hashable, CaseIterable, Sendable {
        case noResume, tooLarge, missing
        case notText, notList, notObject, notDate, notAddress, notMail
    }

    /// Entries are counted from 1; empty for the whole.
    public var place: String
    public var kind: Kind

    init(_ place: String, _ kind: Kind) {
        self.place = place
        self.kind = kind
    }
}

public struct ResumeProblems: Error, Hashable, Sendable {
    public var all: [ResumeProblem]

    init(_ all: [ResumeProblem]) { self.all = all }
}
