import Foundation
import Yams

/// The string catalogue: every text a user sees, in Danish and English, read from
/// `Resources/texts/*.yaml`. A file maps keys to `{da: ..., en: ...}`; keys nest
/// and are joined with dots; `{name}` marks an argument. Files in `Resources/texts-uk` say the
/// same keys in Ukrainian, for what citizens see.
public struct TextCatalogue: Sendable {
    private var entries: [String: Localized] = [:]

    /// Every key, in order.
    public var keys: [String] { entries.keys.sorted() }

    /// Reads the catalogue that ships with the program.
    public static func bundled() throws(ParameterError) -> TextCatalogue {
        guard let folder = Bundle.module.url(forResource: "Resources/texts", withExtension: nil)
        else { throw .missing("Resources/texts") }
        var catalogue = try TextCatalogue(folder: folder)
        if let more = Bundle.module.url(forResource: "Resources/texts-uk", withExtension: nil) {
            try catalogue.translate(folder: more)
        }
        return catalogue
    }

    /// Reads every `.yaml` file in `folder`.
    public init(folder: URL) throws(ParameterError) {
        for file in try Self.files(of: folder) {
            try collect(Self.mapping(of: file), prefix: "", file: file.lastPathComponent)
        }
    }

    /// Adds the Ukrainian of what is there already.
    private mutating func translate(folder: URL) throws(ParameterError) {
        for file in try Self.files(of: folder) {
            try translate(Self.mapping(of: file), prefix: "", file: file.lastPathComponent)
        }
    }

    private static func files(of folder: URL) throws(ParameterError) -> [URL] {
        do {
            return try FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: nil
            ).filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }
        } catch { throw .missing(folder.lastPathComponent) }
    }

    private static func mapping(of file: URL) throws(ParameterError) -> Node.Mapping {
        let name = file.lastPathComponent
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw .missing(name)
        }
        let root: Node?
        do { root = try Yams.compose(yaml: text, .basic) } catch {
            throw .malformed(file: name, line: 0, "\(error)")
        }
        guard let mapping = root?.mapping else {
            throw .malformed(file: name, line: 1, "a mapping of keys is expected")
        }
        return mapping
    }

    private mutating func translate(
        _ mapping: Node.Mapping, prefix: String, file: String
    ) throws(ParameterError) {
        for (key, value) in mapping {
            let path = prefix + (key.string ?? "")
            if let inner = value.mapping {
                try translate(inner, prefix: path + ".", file: file)
                continue
            }
            guard let text = value.string, let entry = entries[path], entry.uk == nil else {
                throw .malformed(
                    file: file, line: key.mark?.line ?? 0,
                    "\(path) is no text of the catalogue, or stands twice")
            }
            entries[path]?.uk = text
        }
    }

    private mutating func collect(
        _ mapping: Node.Mapping, prefix: String, file: String
    ) throws(ParameterError) {
        for (key, value) in mapping {
            let path = prefix + (key.string ?? "")
            guard let inner = value.mapping else {
                throw .malformed(
                    file: file, line: value.mark?.line ?? 0, "\(path): {da: ..., en: ...} expected")
            }
            if let da = inner["da"]?.string, let en = inner["en"]?.string {
                // An unquoted comma ends a text in YAML and makes a key of the rest.
                guard inner.count == 2 else {
                    throw .malformed(
                        file: file, line: key.mark?.line ?? 0,
                        "\(path) has more than da and en: quote texts with commas")
                }
                guard entries[path] == nil else {
                    throw .malformed(file: file, line: key.mark?.line ?? 0, "\(path) stands twice")
                }
                entries[path] = Localized(da: da, en: en)
            } else {
                try collect(inner, prefix: path + ".", file: file)
            }
        }
    }

    /// The text of `key` with its arguments filled in. An unknown key gives the
    /// key itself in brackets, which a test looks for on every page.
    public func text(
        _ key: String, _ language: Language, _ arguments: [String: String] = [:]
    ) -> String {
        guard let entry = entries[key] else { return "[\(key)]" }
        return arguments.isEmpty
            ? entry[language] : TextCatalogue.filled(entry[language]) { arguments[String($0)] }
    }

    /// The text with each `{name}` replaced by what `argument` gives for it, or left as
    /// it is. One pass, because pages ask for hundreds of these; what is filled in is
    /// not looked through again.
    public static func filled(
        _ text: String, _ argument: (_ name: Substring) -> String?
    ) -> String {
        var filled = ""
        var rest = text[...]
        while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")),
            let close = rest.utf8[open...].firstIndex(of: UInt8(ascii: "}"))
        {
            let name = rest[rest.utf8.index(after: open)..<close]
            let after = rest.utf8.index(after: close)
            filled += rest[..<open]
            if let value = argument(name) {
                filled += value
            } else {
                filled += rest[open..<after]
            }
            rest = rest[after...]
        }
        return filled + rest
    }

    public func has(_ key: String) -> Bool { entries[key] != nil }
    public subscript(key: String) -> Localized? { entries[key] }
}

/// Why a parameter file could not be used.
public enum ParameterError: Error, Hashable, Sendable {
    case missing(String)
    case malformed(file: String, line: Int, String)
}
