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

/// The 98 municipalities.
public struct MunicipalityList: Sendable {
    public let all: [Municipality]
    private let byCode: [Int32: Municipality]
    private let byName: [String: Municipality]

    /// Reads the list that ships with the program.
    public static func bundled() throws(ParameterError) -> MunicipalityList {
        let name = "Resources/municipalities.yaml"
        guard let url = Bundle.module.url(forResource: name, withExtension: nil),
            let text = try? String(contentsOf: url, encoding: .utf8)
        else { throw .missing(name) }
        return try MunicipalityList(yaml: text, file: name)
    }

    init(yaml: String, file: String) throws(ParameterError) {
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
        byCode = Dictionary(all.map { ($0.code, $0) }) { first, _ in first }
        byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
    }

    /// The municipality with this code (163 for `0163`).
    public subscript(code: Int32) -> Municipality? { byCode[code] }
    /// The municipality whose name is exactly this.
    public func named(_ name: String) -> Municipality? { byName[name] }
}
