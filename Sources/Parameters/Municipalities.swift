import Foundation
import Yams

/// One municipality (kommune) of the code list.
public struct Municipality: Hashable, Sendable {
    /// The four-digit code read as a number: 163 for `0163`.
    public var code: Int32
    public var name: String
    /// The region's code: `0084`.
    public var region: String
    /// Landsdel, 1...11, and its name.
    public var part: Int
    public var partName: String
}

/// How a municipality was formed of others (kommunesammenlægning) on 1 January of a year. One
/// of those may have had its code: figures from before are then about another area.
public struct MunicipalityChange: Hashable, Sendable {
    /// A municipality as it was before.
    public struct Former: Hashable, Sendable {
        public var code: Int32
        public var name: String
    }

    public var code: Int32
    public var year: Int
    public var whole: [Former]
    /// Those that were divided between several.
    public var parts: [Former]
}

/// A municipality that there is no more, and what it went into.
public struct FormerMunicipality: Hashable, Sendable {
    public var code: Int32
    public var name: String
    /// The first year without it.
    public var year: Int
    public var into: [Municipality]
}

/// The 98 municipalities, and those that some of them were formed of.
public struct MunicipalityList: Sendable {
    public let all: [Municipality]
    private let byCode: [Int32: Municipality]
    private let byName: [String: Municipality]
    private let changes: [Int32: MunicipalityChange]
    private let formerByCode: [Int32: FormerMunicipality]
    private let formerByName: [String: FormerMunicipality]

    /// Reads the lists that ship with the program.
    public static func bundled() throws(ParameterError) -> MunicipalityList {
        try MunicipalityList(
            yaml: try text("municipalities.yaml"), file: "municipalities.yaml",
            changes: try text("municipality-changes.yaml"))
    }

    private static func text(_ file: String) throws(ParameterError) -> String {
        guard
            let url = Bundle.module.url(forResource: "Resources/\(file)", withExtension: nil),
            let text = try? String(contentsOf: url, encoding: .utf8)
        else { throw .missing(file) }
        return text
    }

    init(
        yaml: String, file: String, changes: String = "changes: []",
        changesFile: String = "municipality-changes.yaml"
    ) throws(ParameterError) {
        let rows = (try? Yams.compose(yaml: yaml, .basic))?["municipalities"]?.array()
        guard let rows else { throw .malformed(file: file, line: 1, "municipalities expected") }
        var all: [Municipality] = []
        for row in rows {
            guard let code = row["code"]?.string.flatMap({ Int32($0) }),
                let name = row["name"]?.string, let region = row["region"]?.string,
                let part = row["part"]?.int, let partName = row["partName"]?.string
            else {
                throw .malformed(
                    file: file, line: row.mark?.line ?? 0, "code, name, region and part expected")
            }
            all.append(
                Municipality(
                    code: code, name: name, region: region, part: part, partName: partName))
        }
        self.all = all.sorted { $0.code < $1.code }
        let byCode = Dictionary(all.map { ($0.code, $0) }) { first, _ in first }
        self.byCode = byCode
        byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
        let read = try Self.changes(changes, changesFile)
        for change in read where byCode[change.code] == nil {
            throw .malformed(file: changesFile, line: 0, "\(change.code) is no municipality")
        }
        self.changes = Dictionary(read.map { ($0.code, $0) }) { first, _ in first }
        var former: [Int32: FormerMunicipality] = [:]
        for change in read.sorted(by: { ($0.year, $0.code) < ($1.year, $1.code) }) {
            guard let into = byCode[change.code] else { continue }
            for old in change.whole + change.parts where byCode[old.code] == nil {
                former[
                    old.code,
                    default: FormerMunicipality(
                        code: old.code, name: old.name, year: change.year, into: [])
                ].into.append(into)
            }
        }
        formerByCode = former
        formerByName = Dictionary(former.values.map { ($0.name, $0) }) { first, _ in first }
    }

    private static func changes(
        _ yaml: String, _ file: String
    ) throws(ParameterError) -> [MunicipalityChange] {
        let rows = (try? Yams.compose(yaml: yaml, .basic))?["changes"]?.array()
        guard let rows else { throw .malformed(file: file, line: 1, "changes expected") }
        var found: [MunicipalityChange] = []
        for row in rows {
            guard let code = row["code"]?.string.flatMap({ Int32($0) }),
                let year = row["year"]?.int, let whole = former(row["whole"]),
                let parts = former(row["parts"] ?? [:])
            else {
                throw .malformed(
                    file: file, line: row.mark?.line ?? 0, "code, year and whole expected")
            }
            found.append(MunicipalityChange(code: code, year: year, whole: whole, parts: parts))
        }
        return found
    }

    private static func former(_ node: Node?) -> [MunicipalityChange.Former]? {
        guard let pairs = node?.mapping else { return nil }
        var found: [MunicipalityChange.Former] = []
        for (code, name) in pairs {
            guard let code = code.string.flatMap({ Int32($0) }), let name = name.string else {
                return nil
            }
            found.append(MunicipalityChange.Former(code: code, name: name))
        }
        return found
    }

    /// The codes that figures are published under: 0 for the country, then each municipality's.
    public var areas: [Int32] { [0] + all.map(\.code) }

    /// How the municipality with this code was formed; nil for one that has always been.
    public func change(of code: Int32) -> MunicipalityChange? { changes[code] }
    /// The municipality that had this code, where there is none now.
    public func former(_ code: Int32) -> FormerMunicipality? { formerByCode[code] }
    /// The municipality that had exactly this name, where there is none now.
    public func former(named name: String) -> FormerMunicipality? {
        byName[name] == nil ? formerByName[name] : nil
    }

    /// The municipality with this code (163 for `0163`).
    public subscript(code: Int32) -> Municipality? { byCode[code] }
    /// The municipality whose name is exactly this.
    public func named(_ name: String) -> Municipality? { byName[name] }
}
